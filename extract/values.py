"""What a record says about a target (指标值), and the front door to the grammar of values.

The typed grammar lives in ``targets``, ``dates`` and ``money``; the plain forms that make up most of
all targets are read here by one pattern, everything else through the grammar.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from extract.dates import Deadline, Period, iso_date
from extract.lexicon.numerals import half_width
from extract.lexicon.units import is_known_unit, read_lexicon, words
from extract.money import CostComponent, find_cost_components, read_amount, to_yuan
from extract.records import Comparator
from extract.targets import (
    PARSERS,
    Quantity,
    Range,
    Several,
    Target,
    Wording,
    figure_pattern,
    find_quantities,
    parse_target,
)

__all__ = [
    "PARSERS",
    "CostComponent",
    "Deadline",
    "Period",
    "Quantity",
    "Range",
    "Several",
    "Target",
    "TargetReading",
    "Wording",
    "bracket_unit",
    "find_cost_components",
    "find_quantities",
    "is_operator",
    "parse_target",
    "read_amount",
    "read_target",
    "to_yuan",
]

_BLANK = re.compile(r"[-—–―－−_/／\\.。…·*＊★☆○□√×:：一]*")
_LETTER = re.compile(r"[^\W\d_年月日号]")
_DAMAGED = re.compile(r"[≥≤≧≦⩾⩽=<>]\s*[0-9]")
# The plain forms that make up most of all targets; anything else takes the whole grammar.
_PLAIN = re.compile(r"([≥≤=]|>=|<=)?([1-9][0-9]*(?:\.[0-9]+)?|0(?:\.[0-9]+)?)(%|[^\W\d_]{1,4})?")
_NAMES_TIME = re.compile(r"时间|日期|时限|时点|节点|年月")
_COUNTS_MONTHS = re.compile(r"期限|时长|时段|月数|周期|年限|个月|[（(]月[)）]")
_BARE_MONTH = re.compile(r"(?:1[0-2]|[1-9])月")
_COMPACT_DATE = re.compile(r"((?:19|20)[0-9]{2})(?:\.?(1[0-2]|0?[1-9])(0[1-9]|[12][0-9]|3[01])?)?")


class TargetReading(msgspec.Struct, frozen=True):
    """What an ``Indicator`` record says about its target, by rule 5 of the record format."""

    comparator: Comparator | None = None
    value: str | None = None
    unit: str | None = None
    date: str | None = None
    qualitative: bool = False


NOTHING = TargetReading()


def bracket_unit(name: str) -> str | None:
    """The text in the last brackets at the end of an indicator's name, however they are mixed.

    >>> bracket_unit("份数(份）"), bracket_unit("满意度（％）"), bracket_unit("（一）会议")
    ('份', '%', None)
    """
    name = name.rstrip("：:。；;，,、 \t\r\n\u3000")
    depth = 0
    for position in range(len(name) - 1, -1, -1) if name[-1:] in ("）", ")", "]", "］") else ():
        depth += (name[position] in "）)]］") - (name[position] in "（([［")
        if depth == 0:
            unit = "".join(name[position + 1 : -1].split())
            return unit.replace("％", "%") or None
    return None


def is_damaged(printed: str) -> bool:
    """Whether letters stand where a figure has digits, as poor recognition leaves them: 12OO, l5, 9O%.

    >>> is_damaged("≥12OO户"), is_damaged("≤5mg/l"), is_damaged("A4纸2包")
    (True, False, False)
    """
    return _LETTERS_FOR_DIGITS.search(printed) is not None


@lru_cache(maxsize=16384)
def read_target(printed: str | None, name: str | None) -> TargetReading:
    """Read a target for the record; the unit is the printed one, else that in the name's brackets.

    >>> read_target("≥95%", "满意度").value, read_target("140", "批次（次）").unit
    ('95', '次')
    >>> read_target("2021年12月", "完成时间").date
    '2021-12'
    """
    text = printed.strip() if printed is not None else ""
    if _BLANK.fullmatch(text) or text in words("blank"):
        return NOTHING
    if (plain := _PLAIN.fullmatch(text)) and (reading := _read_plain(plain, name)):
        return reading
    if is_damaged(text):
        return TargetReading(unit=bracket_unit(name) if name else None)
    target = parse_target(text)
    if isinstance(target, Wording) and name and (own := _without_name(text, name)):
        target = parse_target(own)
    if name and _BARE_MONTH.fullmatch(text) and _COUNTS_MONTHS.search(name):
        return TargetReading(None, text[:-1], text[-1])  # 12月 of a lease are twelve, of a date December
    if (date := _COMPACT_DATE.fullmatch(half_width(text))) and name and _names_time(name):
        return TargetReading(date=iso_date(*date.groups()) if date[2] else None)
    return _reading(target, name)


def is_operator(printed: str) -> bool:
    """Whether a text is an operator and nothing else.

    >>> is_operator("≥"), is_operator("不低于"), is_operator("约")
    (True, True, False)
    """
    return half_width(printed) in read_lexicon("words")["operators"]


def _read_plain(match: re.Match[str], name: str | None) -> TargetReading | None:
    """The short way for ≥95%, 140 or =7万元; ``None`` sends a doubtful one through the whole grammar."""
    operator, number, unit = match.groups()
    if unit is None:
        if len(number) >= 4 and number[:2] in ("19", "20"):
            return None
        unit = bracket_unit(name) if name else None
    elif unit != "%" and (unit[0] in "年月日号" or not is_known_unit(unit)):
        return None
    return TargetReading(_COMPARATORS[operator], number, unit)


_LETTERS_FOR_DIGITS = re.compile(r"[0-9][OoI]|[0-9]l[0-9]|(?:^|[≥≤=<>年月])[OoIl][0-9]")
_COMPARATORS: dict[str | None, Comparator | None] = {
    None: None, "≥": ">=", "≤": "<=", "=": "=", ">=": ">=", "<=": "<=",
}  # fmt: skip


def _names_time(name: str) -> bool:
    return _NAMES_TIME.search(name) is not None and bracket_unit(name) is None  # 响应时间(秒) counts


def _without_name(printed: str, name: str) -> str | None:
    """The target without the indicator's own name, where a form repeats it in the cell."""
    stem = re.sub(r"[（(][^（()）]*[)）]$", "", name)
    return printed[len(stem) :] if len(stem) > 1 and printed.startswith(stem) else None


def _reading(target: Target, name: str | None) -> TargetReading:
    fallback = bracket_unit(name) if name else None
    match target:
        case Quantity(comparator=comparator, value=value, unit=unit):
            return TargetReading(comparator, f"{value:f}", unit or fallback)
        case Deadline(date=date, comparator=comparator):
            full = date if date and len(date) >= 7 and date[0] != "-" else None
            return TargetReading(comparator if full else None, date=full)
        case Period():
            return NOTHING
        case Range(unit=unit):
            return TargetReading(unit=unit or fallback)
        case Several(parts=parts):
            units = {part.unit or fallback for part in parts}
            return TargetReading(unit=units.pop() if len(units) == 1 else None)
        case Wording(printed=printed):
            return TargetReading(unit=fallback, qualitative=_is_verbal(printed))


def _is_verbal(printed: str) -> bool:
    """Whether words remain beside the figures: 1人1天 or ≥**% is damaged or manifold, not verbal."""
    rest = figure_pattern().sub("", half_width(printed))
    return _LETTER.search(rest) is not None and _DAMAGED.search(printed) is None
