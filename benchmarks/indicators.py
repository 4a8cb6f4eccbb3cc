"""Sampling of indicators (三级指标): about twelve a sheet, each with the truth about its target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks import vocabulary as words
from benchmarks.styles import Style


@dataclass(frozen=True, slots=True)
class Target:
    """A 指标值 as printed and what it says; values are decimal strings, dates ISO."""

    printed: str
    comparator: str | None = None
    value: str | None = None
    unit: str | None = None
    date: str | None = None
    qualitative: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet; ``name`` is None in a row that prints only its level-2 heading.

    ``extras`` are 指标值设置依据, 上年完成值, 指标分值权重, 指标赋分规则, 佐证资料 of a wide sheet.
    """

    level1: str
    level2: str
    name: str | None = None
    target: Target | None = None
    extras: tuple[str | None, ...] = ()


def sheet_rows(rng: Random, topic: str, year: int, total: int, style: Style) -> tuple[Row, ...]:
    """The rows of a sheet in printed order; cost components in 万元 add up to ``total`` hundredths."""
    era = style.era
    cost = era.cost or (era.output, "成本指标")
    groups = [
        *((era.output, "数量指标", row) for row in quantities(rng, style, rng.randint(2, 4))),
        *((era.output, "质量指标", row) for row in rates(rng, style, words.QUALITIES, rng.randint(1, 2))),
        *((era.output, "时效指标", row) for row in timely(rng, style, year)),
        *((*cost, row) for row in costs(rng, style, total)),
        *((era.benefit, *row) for row in benefits(rng)),
        *((*era.satisfaction, row) for row in satisfaction(rng, style)),
    ]
    return tuple(finish(rng, topic, style, level1, level2, row) for level1, level2, row in groups)


def finish(rng: Random, topic: str, style: Style, level1: str, level2: str, row: Named | None) -> Row:
    """A row with its topic filled in and, in a wide sheet, its five extra cells."""
    if row is None:
        return Row(level1, level2)
    name, target = row
    extras = tuple(extra_cells(rng, target)) if style.wide else ()
    return Row(level1, level2, name.format(topic=topic), target, extras)


Named = tuple[str, Target]


def measure(style: Style, name: str, comparator: str, number: str, unit: str) -> Named:
    """A name and its target with a number; the unit stands in the name, in the target or in both."""
    percent = unit == "%"
    sign = style.sign(comparator)
    printed = sign + number + (unit if percent or style.unit_in_target else "")
    bracket = style.bracket.format(unit) if style.unit_in_name else ""
    return name + bracket, Target(printed, comparator if sign else None, number, unit)


def quantities(rng: Random, style: Style, count: int) -> Iterator[Named]:
    """Counts of what is done, such as 开展疫苗接种培训期数."""
    for name, unit, low, high in rng.sample(words.OUTPUTS, count):
        comparator = rng.choice((">=", ">=", "=", "<="))
        yield measure(style, name, comparator, str(rng.randint(low, high)), unit)


def rates(
    rng: Random, style: Style, names: tuple[tuple[str, str, int, int], ...], count: int
) -> Iterator[Named]:
    """Percentages."""
    for name, comparator, low, high in rng.sample(names, count):
        yield measure(style, name, comparator, str(rng.randint(low, high)), "%")


def timely(rng: Random, style: Style, year: int) -> Iterator[Named]:
    """A rate and then a time limit, a date or a period."""
    yield from rates(rng, style, words.TIMELY_RATES, 1)
    form = rng.randrange(4)
    if form == 0:
        name, unit, low, high = rng.choice(words.TIMELY_UNITS)
        yield measure(style, name, "<=", str(rng.randint(low, high)), unit)
    elif form == 1:
        month = rng.randint(6, 12)
        yield words.TIMELY_DATES[0], Target(f"{year}年{month}月", date=f"{year}-{month:02d}")
    elif form == 2:
        month, day = rng.randint(1, 12), rng.randint(1, 28)
        yield words.TIMELY_DATES[1], Target(f"{year}年{month}月{day}日", date=f"{year}-{month:02d}-{day:02d}")
    else:
        yield words.TIMELY_PERIODS[0], Target(rng.choice(words.PERIODS).format(year=year))


def costs(rng: Random, style: Style, total: int) -> Iterator[Named]:
    """One or two components in 万元 and sometimes a standard per head or month."""
    names = rng.sample(words.COST_PARTS, rng.randint(1, 2))
    first = total if len(names) == 1 else total * rng.randint(20, 80) // 100
    for name, amount in zip(names, (first, total - first), strict=False):
        yield measure(style, name, rng.choice(("=", "<=")), style.money(amount), "万元")
    if rng.random() < 0.5:
        name, unit, low, high = rng.choice(words.COST_RATES)
        yield measure(style, name, "<=", str(rng.randint(low, high)), unit)


def benefits(rng: Random) -> Iterator[tuple[str, Named | None]]:
    """Two to three benefits in words; a heading without a benefit is printed blank or not at all."""
    filled = set(rng.sample(sorted(words.BENEFITS), rng.randint(2, 3)))
    for kind, choices in words.BENEFITS.items():
        heading = f"{kind}指标"
        if kind in filled:
            name, wording = rng.choice(choices)
            yield heading, (name, Target(wording, qualitative=True))
        elif rng.random() < 0.7:
            yield heading, None


def satisfaction(rng: Random, style: Style) -> Iterator[Named]:
    """One or two satisfaction rates."""
    for name in rng.sample(words.SATISFACTION, rng.randint(1, 2)):
        yield measure(style, name, ">=", str(rng.randint(80, 98)), "%")


def extra_cells(rng: Random, target: Target) -> Iterator[str | None]:
    """The five further cells of a wide sheet."""
    yield rng.choice(words.BASES)
    yield "新增" if target.value is None or rng.random() < 0.4 else f"{target.value}{target.unit}"
    yield str(rng.randint(2, 10))
    yield rng.choice(words.SCORINGS)
    yield rng.choice(words.EVIDENCE)
