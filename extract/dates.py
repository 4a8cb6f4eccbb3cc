"""Dates and periods as printed in targets: 2021年12月底前, 2020.1.1, 1-12月, 2021年全年."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

import msgspec

from extract.lexicon.numerals import half_width
from extract.records import Comparator

TO = r"(?:[-—–―~]+|至|到)"
_Y, _M, _D = r"(?:19|20)[0-9]{2}", r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12][0-9]|0?[1-9])"
DATE = (
    rf"(?P<y1>{_Y})年(?:(?P<m1>{_M})月份?(?:(?P<d1>{_D})[日号]?)?)?"
    rf"|(?P<y2>{_Y})(?P<mark>[-./])(?P<m2>{_M})(?P=mark)(?P<d2>{_D})日?"
    rf"|(?P<y3>{_Y})[-/](?P<m3>{_M})|(?P<m4>{_M})月份?(?:(?P<d4>{_D})[日号]?)?"
)
_TAIL = r"(?:[底末]|上旬|中旬|下旬)?(?:之前|以前|前|止|为止)?(?:全部|按时)?(?:完成|完工|竣工|结束|到位)?"
_DEADLINE = re.compile(
    rf"(?P<op>[≥≤≧≦⩾⩽=<>]+|不晚于|不迟于)?(?:于|在|至|到|截至|截止到?)?(?:{DATE})(?P<tail>{_TAIL})"
)
_YEAR_END = re.compile(rf"(?:当年|本年)?年?[底末]{_TAIL}|年[底末]{_TAIL}")
_MONTHS = (
    rf"(?:({_Y})[年./])?({_M})(?:月份?|(?=[./]|{TO}))(?:[./]?({_D})[日号]?)?{TO}"
    rf"(?:({_Y})[年./])?({_M})(?:月份?|(?=[./]|$))(?:[./]?({_D})[日号]?)?(?:[底末止]|完成)*"
)
_YEARS = re.compile(rf"({_Y})(?:年度?)?{TO}({_Y})(?:年度?)?")
_PARTS = r"(?:[上下]半年|全年度?|内|第?[一二三四1-4]季度)"
_WITHIN = re.compile(
    rf"(?:({_Y})年度?|[当本]年度?|全年度?|年度?(?=内)){_PARTS}?"
    r"|[上下]半年|第?[一二三四1-4]季度"
)
# In running text: the longer forms first; a bare year is a period.
_RUNNING = re.compile(
    rf"(?<![0-9第])(?<![0-9]\.)(?:{_MONTHS}|{_Y}(?:年度?)?{TO}{_Y}年度?|{_Y}年度?{_PARTS}"
    rf"|(?:{DATE})(?:年?[底末]|[上中下]旬)?(?:之前|以前|前)?|[当本]年度?(?:内|[底末])?|全年度?|[上下]半年"
    r"|第[一二三四1-4]季度|年[底末](?:之前|以前|前)?|年度?内)(?![0-9])"
)
_GAP = re.compile(
    r"(?<=[0-9])[ \u3000]+(?=[年月日号])|(?<=[年月至到])[ \u3000]+(?=[0-9])|(?<=[年月日])[ \u3000]+(?=[至到])"
)
_COMPARATORS: dict[str, Comparator] = {
    "≤": "<=", "≦": "<=", "⩽": "<=", "<=": "<=", "=<": "<=", "不晚于": "<=", "不迟于": "<=", "<": "<",
    "≥": ">=", "≧": ">=", "⩾": ">=", ">=": ">=", "=>": ">=", ">": ">", "=": "=",
}  # fmt: skip


class Deadline(msgspec.Struct, frozen=True):
    """A date as target: ISO ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY``, or ``--MM-DD``/``--MM`` without a year.

    ``date`` is ``None`` where none is printed (年底前).
    """

    printed: str
    date: str | None
    comparator: Comparator | None = None


class Period(msgspec.Struct, frozen=True):
    """A stretch of time as target (1-12月, 2021年全年), with its printed ends as in ``Deadline``."""

    printed: str
    start: str | None
    end: str | None


def iso_date(year: str | None, month: str | None, day: str | None) -> str | None:
    """The ISO form of a printed date of any completeness; ``None`` when the calendar has no such day.

    >>> iso_date("2021", "6", "30"), iso_date("2021", "6", "31"), iso_date(None, "12", None)
    ('2021-06-30', None, '--12')
    """
    if month is None:
        return year
    if day is not None and int(day) > calendar.monthrange(int(year or 2000), int(month))[1]:
        return None
    return f"{year or '-'}-{int(month):02d}" + (f"-{int(day):02d}" if day is not None else "")


def read_date(match: re.Match[str]) -> str | None:
    """The ISO form of a match of ``DATE``."""
    found = match.groupdict()
    year = found["y1"] or found["y2"] or found["y3"]
    month = found["m1"] or found["m2"] or found["m3"] or found["m4"]
    return iso_date(year, month, found["d1"] or found["d2"] or found["d4"])


def parse_deadline(printed: str, text: str) -> Deadline | None:
    """Read a point in time, with or without a word such as 前, 底 or 完成 behind it.

    ``text`` is the print in half width without space, here and in all parsers.
    """
    if _YEAR_END.fullmatch(text):
        return Deadline(printed, None)
    match = _DEADLINE.fullmatch(text)
    if match is None or not (match["tail"] or match["y1"] is None or match["m1"]):
        return None  # 2021年 alone is the year, not a day in it
    if match["op"] and not match["tail"] and match["m4"] and not match["d4"]:
        return None  # =12月 counts months
    date = read_date(match)
    return None if date is None else Deadline(printed, date, _COMPARATORS.get(match["op"] or ""))


def parse_period(printed: str, text: str) -> Period | None:
    """Read a stretch of time: months, years, 全年, 上半年, 第一季度."""
    if match := re.fullmatch(_MONTHS, text):
        year, month, day, year2, month2, day2 = match.groups()
        if not ("月" in text or (year and year2)):
            return None  # 1-12 alone may count anything
        start, end = iso_date(year, month, day), iso_date(year2 or year, month2, day2)
        return Period(printed, start, end) if start and end else None
    if match := _YEARS.fullmatch(text):
        return Period(printed, match[1], match[2])
    if match := _WITHIN.fullmatch(text):
        return Period(printed, match[1], match[1])
    return None


def find_dates(text: str) -> Iterator[tuple[int, int, Deadline | Period]]:
    """Find dates and periods in running text, blanks inside them allowed: start, end, value.

    >>> [value.printed for _, _, value in find_dates("自2021 年1月至12月，年底前完成")]
    ['2021 年1月至12月', '年底前']
    """
    plain = half_width(text)
    dropped = {index for gap in _GAP.finditer(plain) for index in range(*gap.span())}
    place = [index for index in range(len(plain)) if index not in dropped]
    squeezed = "".join(plain[index] for index in place) if dropped else plain
    for match in _RUNNING.finditer(squeezed):
        start, end = place[match.start()], place[match.end() - 1] + 1
        printed = text[start:end]
        value = parse_period(printed, match[0]) or parse_deadline(printed, match[0])
        if value is not None:
            yield start, end, value
