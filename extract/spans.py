"""What running text holds: money, quantities, dates, cost components, activities, bodies, projects.

Every span keeps its print and its character offsets; its value is read by the one grammar of
``values``. No language library is needed here; ``language`` puts the same spans on spaCy documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, get_args

import msgspec

from extract.dates import find_dates
from extract.lexicon.units import money_factor, read_lexicon
from extract.values import (
    CostComponent,
    Deadline,
    Period,
    Quantity,
    Range,
    find_cost_components,
    find_quantities,
)

Kind = Literal["money", "quantity", "date", "period", "cost_component", "activity", "unit", "project"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_HAN = r"[一-鿿㐀-䶿]"
_TIME_UNITS = frozenset(
    ["年", "个月", "月", "天", "日", "小时", "分钟", "秒", "个工作日", "工作日", "周", "%", "‰"]
)
_OBJECT = re.compile(r"[^\s，,；;。：:！!？?、|%0-9]{0,24}")
_FOLLOWING = re.compile(rf"(?:{_HAN}|[“”‘’（）]){{1,16}}")
_QUOTED = re.compile(r"[“《「『\"]([^“”《》「」『』\"\n]{2,40})[”》」』\"]")
_YEAR_REST = re.compile("年度?")
LONGEST_NAME = 40


class Activity(msgspec.Struct, frozen=True):
    """计划开展的活动 with its count: 举办培训班2期 is (举办, 培训班, 2, 期)."""

    verb: str
    object: str
    count: Decimal
    unit: str
    printed: str


class BodyName(msgspec.Struct, frozen=True):
    """预算单位 named in running text, with the ending that tells its kind (局, 委员会办公室)."""

    name: str
    ending: str


class ProjectName(msgspec.Struct, frozen=True):
    """项目 named in running text; ``quoted`` when the print sets it in quotation marks."""

    name: str
    ending: str
    quoted: bool


Value = Quantity | Range | Deadline | Period | CostComponent | Activity | BodyName | ProjectName


class Annotation(msgspec.Struct, frozen=True):
    """A marked span: ``text`` is exactly what stands at ``start:end`` of the source."""

    kind: Kind
    start: int
    end: int
    text: str
    value: Value


Found = tuple[int, int, Value]


def annotate(text: str) -> list[Annotation]:
    """Mark everything that a text names or counts, in order of place.

    >>> [(found.kind, found.text) for found in annotate("2021年举办培训班2期，会议费3万元")]
    [('period', '2021年'), ('activity', '举办培训班2期'), ('quantity', '2期'), \
('cost_component', '会议费3万元'), ('money', '3万元')]
    """
    return list(_annotate(text))


@lru_cache(maxsize=16)
def _annotate(text: str) -> tuple[Annotation, ...]:
    dates = list(find_dates(text))
    figures = list(_apart_from(find_quantities(text), dates))
    costs = [(cost.start, cost.end, cost) for cost in find_cost_components(text)]
    found: dict[Kind, Iterable[Found]] = {
        "date": (entry for entry in dates if isinstance(entry[2], Deadline)),
        "period": (entry for entry in dates if isinstance(entry[2], Period)),
        "money": (entry for entry in figures if is_money(entry[2])),
        "quantity": (entry for entry in figures if not is_money(entry[2])),
        "cost_component": costs,
        "activity": find_activities(text, figures),
        "unit": find_bodies(text),
        "project": find_projects(text, costs),
    }
    marks = [
        Annotation(kind, start, end, text[start:end], value)
        for kind in found
        for start, end, value in found[kind]
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end, KINDS.index(mark.kind))))


def _apart_from(entries: Iterable[Found], others: Iterable[Found]) -> Iterator[Found]:
    """The entries that touch none of the others, in order; both are sorted and free of overlaps."""
    rest = iter(others)
    other = next(rest, None)
    for entry in entries:
        while other is not None and other[1] <= entry[0]:
            other = next(rest, None)
        if other is None or other[0] >= entry[1]:
            yield entry


def is_money(value: Value) -> bool:
    """Whether a quantity or range is an amount of money; 万 alone may count anything."""
    unit = value.unit if isinstance(value, Quantity | Range) else None
    return unit is not None and unit not in ("万", "亿") and money_factor(unit) is not None


# --- activities ------------------------------------------------------------------------------


@cache
def _alternatives(table: str, key: str) -> re.Pattern[str]:
    found = read_lexicon("language")[table][key].split()
    return re.compile(
        "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))
    )


def find_activities(text: str, figures: Iterable[Found]) -> Iterator[Found]:
    """Find a verb, its object and a count, in either order: 慰问群众300人, 举办2期培训班."""
    floor = 0
    for start, end, value in figures:
        if (
            not isinstance(value, Quantity)
            or value.unit is None
            or is_money(value)
            or value.unit in _TIME_UNITS
        ):
            continue
        clause = max(floor, start - LONGEST_NAME)
        clause = max(
            [clause, *(text.rfind(mark, clause, start) + 1 for mark in "，,；;。：:！!？?、\n\t|）)（(")]
        )
        verb = _alternatives("activities", "verbs").search(text, clause, start)
        if verb is None or _OBJECT.fullmatch(text, verb.end(), start) is None:
            continue
        thing, last = _without_links(text[verb.end() : start]), end
        if not thing and (behind := _thing_behind(text, end)):
            thing, last = behind, end + len(behind)
        if thing or verb.start() == clause:
            printed = text[verb.start() : last]
            yield verb.start(), last, Activity(verb[0], thing, value.value, value.unit, printed)
            floor = last


def _without_links(thing: str) -> str:
    links = _alternatives("activities", "links")
    pattern = re.compile(rf"(?:{links.pattern})$")
    while match := pattern.search(thing):
        thing = thing[: match.start()]
    return thing.strip()


def _thing_behind(text: str, end: int) -> str:
    """The object that follows a count (2期培训班), up to the next word that opens another phrase."""
    run = _FOLLOWING.match(text, end)
    if run is None:
        return ""
    stop = re.compile(rf"{_alternatives('clauses', 'stops').pattern}").search(run[0])
    return run[0][: stop.start()] if stop else run[0]


# --- names -----------------------------------------------------------------------------------


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(
        "|".join(sorted(read_lexicon("language")["clauses"]["stops"].split(), key=len, reverse=True))
    )


@cache
def _word_list(table: str, key: str) -> tuple[str, ...]:
    return tuple(read_lexicon("language")[table][key].split())


@cache
def _endings() -> re.Pattern[str]:
    every = sorted({*_word_list("bodies", "strong"), *_word_list("bodies", "placed")}, key=len, reverse=True)
    return re.compile(
        rf"(?:{'|'.join(every)})(?![面部限长员级])(?<!政府(?=采购|性|购买|投资|债|网|信息))(?<!中心(?=工作|任务))"
    )


@cache
def _places() -> re.Pattern[str]:
    return re.compile(
        rf"(?!{_alternatives('bodies', 'not_places').pattern})(?:{_alternatives('bodies', 'places').pattern})"
    )


def _phrases(text: str, letters: str) -> Iterator[tuple[int, int]]:
    """Stretches of running text without punctuation, figures and words at which a name ends."""
    for run in re.finditer(rf"(?:{letters})+", text):
        start = run.start()
        for stop in _stops().finditer(text, run.start(), run.end()):
            if stop.start() > start:
                yield start, stop.start()
            start = stop.end()
        if start < run.end():
            yield start, run.end()


def _after_year(text: str, start: int, end: int) -> int:
    """The start of a phrase without the 年 or 年度 of a printed year."""
    year = _YEAR_REST.match(text, start, end)
    return year.end() if year and text[max(start - 8, 0) : start].rstrip()[-1:].isdecimal() else start


def find_bodies(text: str) -> Iterator[Found]:
    """Find names of public bodies: an ending of their kind, behind a place or a telling name."""
    for start, end in _phrases(text, _HAN):
        start = _after_year(text, start, end)
        last: re.Match[str] | None = None
        for ending in _endings().finditer(text, start, end):
            if last is not None and (ending.start() - last.end() > 10 or text[last.end()] in "和与及"):
                yield from _body(text, start, last)
                start = last.end() + (text[last.end()] in "和与及")
            last = ending
        if last is not None:
            yield from _body(text, start, last)


def _body(text: str, start: int, ending: re.Match[str]) -> Iterator[Found]:
    name = text[start : ending.end()]
    head = name[: -len(ending[0])]
    if not head or name.startswith(_word_list("bodies", "general")) or len(name) > LONGEST_NAME:
        return
    told = ending[0] in _word_list("bodies", "strong") and len(head) >= 3
    if (told or _places().search(head)) and not name.endswith(_word_list("bodies", "false_friends")):
        yield start, ending.end(), BodyName(name, ending[0])


def find_projects(text: str, costs: Iterable[Found] = ()) -> Iterator[Found]:
    """Find names of projects: in quotation marks, or a phrase that ends in 项目, 经费, 工程 and the like.

    A name in 费 with its amount is a cost component; give these as ``costs``, they are no projects.
    """
    fees = [cost for cost in costs if isinstance(cost[2], CostComponent) and cost[2].name.endswith("费")]
    quoted = [(match.start(), match.end(), match[1]) for match in _QUOTED.finditer(text)]
    names = [
        (start + 1, end - 1, ProjectName(inner, ending, True))
        for start, end, inner in quoted
        if (ending := _project_ending(inner))
    ]
    plain = (
        (start, end, ProjectName(text[start:end], ending, False))
        for start, end in _project_phrases(text)
        if (ending := _project_ending(text[start:end]))
    )
    yield from sorted([*names, *_apart_from(_apart_from(plain, names), fees)], key=lambda entry: entry[0])


def _project_phrases(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _phrases(text, rf"{_HAN}|[A-Za-z“”（()）《》]"):
        start = _after_year(text, start, end)
        while start < end and text[start] in "”）)》和及与":
            start += 1
        if text[start - 1 : start].isdecimal():
            continue  # 8间门面房经费 is cut by its figure
        if text.count("“", start, end) == text.count("”", start, end):
            yield start, end


def _project_ending(name: str) -> str | None:
    """The ending of a project's name; ``None`` for a common noun, a cost head or anything else."""
    ending = next((word for word in _word_list("projects", "endings") if name.endswith(word)), None)
    common = name in _word_list("projects", "general") or name in _word_list("words", "cost_heads")
    shortest = 4 if ending == "费" else 2
    if ending is None or common or not shortest <= len(name) - len(ending) <= LONGEST_NAME:
        return None
    return None if name.startswith(_word_list("projects", "determiners")) else ending
