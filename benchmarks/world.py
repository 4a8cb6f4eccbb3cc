"""Sampling: document number and seed give one disclosure, always the same.

Five consecutive numbers are the five years 2020-2024 of one unit, which keeps its projects, so that the
world holds series over the years; every fifth unit publishes a list of key projects instead of its budget.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks import vocabulary as words
from benchmarks.indicators import Row, sheet_rows
from benchmarks.styles import Style, pick_style

YEARS = range(2020, 2025)
SHEETS = (3, 4, 5, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One goal sheet (项目支出绩效目标表) and the style in which it is printed; amounts as printed."""

    printed_year: int | None
    unit: str
    project: str
    person: str | None
    total: str
    fiscal: str
    other: str | None
    objective: str
    rows: tuple[Row, ...]
    style: Style


@dataclass(frozen=True, slots=True)
class Expense:
    """A row of the project expenditure table (项目支出情况表)."""

    codes: tuple[str, str, str]
    function: str
    project: str
    total: str
    economic: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An item of the project narratives (项目支出情况说明); parts are (name, amount in 万元)."""

    project: str
    basis: str
    amount: str
    unit: str
    allocation: str
    parts: tuple[tuple[str, str], ...]
    period: str


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One synthetic document; ``key_projects`` documents print a project list and no publisher."""

    name: str
    title: str
    unit: str
    year: int
    month: int
    day: int
    kind: str
    key_projects: bool
    sheets: tuple[Sheet, ...]
    expenses: tuple[Expense, ...]
    stories: tuple[Story, ...]
    style: Style


@dataclass(frozen=True, slots=True)
class Plan:
    """What lasts of a project: its name, its topic and its money in 2020, in hundredths of 万元."""

    project: str
    topic: str
    start: int


def make_disclosure(number: int, seed: int) -> Disclosure:
    """The disclosure of this number in the world of this seed."""
    household, year = number // len(YEARS), YEARS[number % len(YEARS)]
    lasting, rng = Random(f"{seed}/unit/{household}"), Random(f"{seed}/document/{number}")
    province, place, body = make_unit(lasting)
    unit = lasting.choice((province, "")) + place + body.name
    plans = make_plans(lasting, body)
    style = pick_style(rng, year)
    key_projects = household % 5 == 4
    sheets = tuple(make_sheet(rng, unit, place, plan, year, style) for plan in plans)
    kind = "重点项目绩效目标" if key_projects else rng.choice(("部门预算公开", "单位预算公开"))
    title = f"{year}年{place}{kind}" if key_projects else f"{unit}{year}年{kind}"
    funded = () if key_projects else tuple(zip(plans, sheets, strict=True))
    return Disclosure(
        name=f"{number:06d}.txt", title=title, unit=unit, year=year,
        month=rng.randint(1, 3), day=rng.randint(1, 28), kind=kind, key_projects=key_projects, sheets=sheets,
        expenses=tuple(make_expense(rng, body, sheet) for _, sheet in funded),
        stories=tuple(make_story(rng, plan, sheet, year) for plan, sheet in funded), style=style,
    )  # fmt: skip


def make_unit(rng: Random) -> tuple[str, str, words.Body]:
    """A province, a place in it and the kind of body that publishes there."""
    place = rng.choice(words.PLACE_FIRST) + rng.choice(words.PLACE_SECOND) + rng.choice(words.PLACE_KIND)
    return rng.choice(words.PROVINCES), place, rng.choice(words.BODIES)


def make_plans(rng: Random, body: words.Body) -> tuple[Plan, ...]:
    """The projects of a unit, no two with the same name."""
    names = [(topic, kind) for topic in body.topics for kind in words.PROJECT_KINDS]
    chosen = rng.sample(names, rng.choice(SHEETS))
    return tuple(Plan(topic + kind, topic, rng.randint(200, 90000)) for topic, kind in chosen)


def make_sheet(rng: Random, unit: str, place: str, plan: Plan, year: int, style: Style) -> Sheet:
    """The goal sheet of one project in one year; its money drifts from year to year."""
    total = max(100, plan.start * rng.randint(85, 125) // 100)
    other = rng.choice((0, 0, 0, total // 10))
    blank_other = other == 0 and style.geometry == "cells" and rng.random() < 0.3
    opening, middle, ending = (
        rng.choice(part)
        for part in (words.OBJECTIVE_OPENINGS, words.OBJECTIVE_MIDDLES, words.OBJECTIVE_ENDINGS)
    )
    return Sheet(
        printed_year=year if style.year_form else None, unit=unit, project=plan.project,
        person=rng.choice(words.PERSONS) if style.wide else None,
        total=style.money(total), fiscal=style.money(total - other),
        other=None if blank_other else style.money(other),
        objective=(opening + middle + ending).format(topic=plan.topic, place=place),
        rows=sheet_rows(rng, plan.topic, year, total, style), style=style,
    )  # fmt: skip


def make_expense(rng: Random, body: words.Body, sheet: Sheet) -> Expense:
    """The line of a project in the expenditure table, on one or two economic classes."""
    total = Decimal(sheet.total)
    part = (total * rng.choice((0, 0, 3)) / 10).quantize(Decimal("0.01"))
    classes = [("商品和服务支出", total - part)] + ([("资本性支出", part)] if part else [])
    economic = tuple((name, f"{amount:.2f}") for name, amount in classes)
    return Expense(body.codes, body.function, sheet.project, f"{total:.2f}", economic)


def make_story(rng: Random, plan: Plan, sheet: Sheet, year: int) -> Story:
    """The narrative of a project; half of the narratives tell what the money is for."""
    total = Decimal(sheet.total)
    half = (total / 2).quantize(Decimal("0.01"))
    names = [name.format(topic=plan.topic) for name in rng.sample(words.COST_PARTS, 2)]
    parts = tuple(zip(names, (f"{half:.2f}", f"{total - half:.2f}"), strict=True))
    told = rng.random() < 0.5
    stop = rng.choice("，、")
    allocation = (
        stop.join(f"{name}{amount}万元" for name, amount in parts) if told else f"主要用于{plan.topic}工作"
    )
    basis = rng.choice(words.POLICY_BASES).format(topic=plan.topic)
    period = rng.choice((f"{year}年全年", f"{year}年1月-{year}年12月", "全年"))
    return Story(plan.project, basis, f"{total:.2f}", sheet.unit, allocation, parts if told else (), period)
