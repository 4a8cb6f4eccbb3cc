"""The typed grammar of targets (指标值): a closed table of parsers, most specific first.

Every parser takes the print and its half-width form without space, and keeps the print. What none
of them knows with certainty stays ``Wording``; no figure is guessed. Spellings are data in
``extract/lexicon``; this module holds the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache, lru_cache

import msgspec

from extract.dates import TO, Deadline, Period, parse_deadline, parse_period
from extract.lexicon.numerals import NUMBER, NUMERAL, half_width
from extract.lexicon.units import (
    is_known_unit,
    is_unit,
    money_factor,
    normal_unit,
    read_lexicon,
    unit_pattern,
    words,
)
from extract.money import read_money
from extract.records import Comparator

_UNIT = r"(?:[^\W\d_]|[%‰℃°㎡㎥²³/／·]|(?<=[mM])[23]){1,12}?(?:[（(][^\W\d_]{1,4}[)）])?"
_FIGURE = re.compile(r"[0-9０-９一二两三四五六七八九十百当本全年上下]")
_PERCENT_WORDS = re.compile(rf"([百千])分之({NUMERAL}|{NUMBER})")


class Quantity(msgspec.Struct, frozen=True):
    """指标值 with one number, such as ≥95%; ``approximate`` when the print says 约, 余 or 左右."""

    printed: str
    comparator: Comparator | None
    value: Decimal
    unit: str | None
    approximate: bool = False

    @property
    def normal(self) -> tuple[Decimal, str | None]:
        """Value and unit in plain measure: 5万人 is 50000 人, 0.15万元/月 is 1500 元/个月."""
        if self.unit is None:
            return self.value, None
        factor, unit = normal_unit(self.unit)
        return self.value * factor, unit


class Range(msgspec.Struct, frozen=True):
    """指标值 between two numbers, such as 5-10天; an ``open`` bound is itself excluded."""

    printed: str
    low: Decimal
    high: Decimal
    unit: str | None
    open_low: bool = False
    open_high: bool = False


class Several(msgspec.Struct, frozen=True):
    """Several values in one cell (省级≥5个，市级≥3个)."""

    printed: str
    parts: tuple[Quantity | Range, ...]


class Wording(msgspec.Struct, frozen=True):
    """A target in words (有效保障), or one that holds figures which cannot be read with certainty."""

    printed: str


Target = Quantity | Range | Deadline | Period | Several | Wording


class _Grammar(msgspec.Struct, frozen=True):
    before: dict[str, Comparator]
    after: dict[str, Comparator]
    quantity: re.Pattern[str]
    label: re.Pattern[str]
    between: re.Pattern[str]
    bounds: re.Pattern[str]


def _any(spellings: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(spellings, key=len, reverse=True))


@cache
def _grammar() -> _Grammar:
    """The patterns, compiled when the first target is read: nothing is read from disk at import."""
    lexicon = read_lexicon("words")
    before, after = lexicon["operators"], lexicon["operators_after"]
    ops, hedges, tail = _any(before), _any(words("hedges")), f"(?P<after>{_any(after)})?"
    number = rf"-?{NUMBER}|{NUMERAL}"
    bound = rf"({ops})({number})({_UNIT})??"
    quantity = (
        rf"(?:{hedges})*(?:(?P<op>{ops})(?P=op)?)?(?P<hedge>{hedges})?(?P<number>{number})(?P<odd>余|多)?"
        rf"(?:(?P<unit>{_UNIT})|[(（](?P<inner>[^()（）0-9]{{1,8}})[)）])??(?P<about>左右|上下)?{tail}(?(unit)(?:[(（][^()（）0-9,;、]+[)）])?)[。;,、]?"
    )
    between = (
        rf"(?:{hedges})*(?P<low>{number})(?P<unit1>{_UNIT})??{TO}"
        rf"(?P<high>{number})(?P<unit>{_UNIT})??(?:之间|间)?{tail}"
    )
    return _Grammar(
        before,
        after,
        quantity=re.compile(quantity),
        label=re.compile(rf"([^0-9%,;。、≥≤≧≦⩾⩽=<>]{{1,24}}?)(?::|(?={ops}))(.+)"),
        between=re.compile(between),
        bounds=re.compile(rf"{bound}(?:且|并且|并|,|、|;)?{bound}"),
    )


@cache
def figure_pattern() -> re.Pattern[str]:
    """A number with a listed unit or none, in half-width text."""
    return re.compile(rf"(?<![0-9])(?<![0-9][.,])-?{NUMBER}(?:{unit_pattern()})?")


@cache
def _running_pattern() -> re.Pattern[str]:
    lexicon = read_lexicon("words")
    ops, after = _any(lexicon["operators"]), _any(lexicon["operators_after"])
    number = rf"(?:{NUMBER}|(?<![零〇一二两三四五六七八九十百千万第])(?:{NUMERAL}))"
    gap, unit = "[ \u3000]?", unit_pattern()
    return re.compile(
        rf"(?<![0-9A-Za-z第])(?<![0-9][.,])(?:大约|约|近)?(?P<op>{ops})?{gap}(?:[百千]分之(?P<share>{number})"
        rf"|(?P<number>{number})(?:余|多)?(?:{gap}(?P<unit>{unit}))?(?:{TO}{NUMBER}(?:{gap}(?P<unit2>{unit}))?)?)"
        rf"(?:左右|(?:{after})(?![部容外涵地在]))?"
    )


def find_quantities(text: str) -> Iterator[tuple[int, int, Quantity | Range]]:
    """Find numbers with an operator or a listed unit in running text: start, end, value.

    >>> [(start, end, value.unit) for start, end, value in find_quantities("培训不少于300人次，第3次会议")]
    [(2, 10, '人次')]
    """
    plain = half_width(text)
    for match in _running_pattern().finditer(plain):
        unit = match["unit2"] or match["unit"]
        if not (unit or match["op"] or match["share"]) or not _counts(plain, match, unit):
            continue
        value = parse_target(text[match.start() : match.end()].strip())
        if isinstance(value, Quantity | Range):
            start = match.start() + (plain[match.start()] in " \u3000")
            yield start, match.end(), value


def _counts(text: str, match: re.Match[str], unit: str | None) -> bool:
    """Whether a figure in running text is a count, and not part of a name such as 5G网 or 一家亲."""
    number, following = match["number"] or "", text[match.end() : match.end() + 1]
    if unit and unit.isascii() and unit.isalpha() and following.isalpha():
        return False
    if not number or number[-1].isdecimal() or match["op"] or (unit and money_factor(unit) is not None):
        return not (unit == "元" and following in set("素旦宵月件化"))
    return (len(number) > 1 or number in "两二三四五六七八九十") and unit in words("spoken_units")


@lru_cache(maxsize=32768)
def parse_target(printed: str) -> Target:
    """Read a 指标值; text that no parser knows stays as Wording.

    >>> parse_target("≥95%")
    Quantity(printed='≥95%', comparator='>=', value=Decimal('95'), unit='%', approximate=False)
    >>> parse_target("2021年12月").date, parse_target("1-12月").end
    ('2021-12', '--12')
    >>> parse_target("有效保障")
    Wording(printed='有效保障')
    """
    if _FIGURE.search(printed) is not None:
        text = half_width("".join(printed.split()))
        for parse in PARSERS:
            if (target := parse(printed, text)) is not None:
                return target
    return Wording(printed)


def parse_range(printed: str, text: str) -> Range | None:
    """Read two bounds: 5-10天, 80%-90%, 大于等于5小于10."""
    grammar = _grammar()
    if match := grammar.between.fullmatch(text):
        return _ordered(printed, (match["low"], match["unit1"]), (match["high"], match["unit"]))
    if (match := grammar.bounds.fullmatch(text)) is None:
        return None
    first, second = grammar.before[match[1]], grammar.before[match[4]]
    if first[0] != ">" or second[0] != "<":
        return None
    found = _ordered(printed, (match[2], match[3]), (match[5], match[6]))
    return found and msgspec.structs.replace(found, open_low=first == ">", open_high=second == "<")


def _ordered(printed: str, low: tuple[str, str | None], high: tuple[str, str | None]) -> Range | None:
    bottom, top = _decimal(low[0]), _decimal(high[0])
    unit = high[1] or low[1]
    if (
        bottom is None
        or top is None
        or bottom >= top
        or low[1] not in (None, unit)
        or (unit and not is_unit(unit))
    ):
        return None
    return Range(printed, bottom, top, unit)


def parse_quantity(printed: str, text: str) -> Quantity | None:
    """Read one number with its operator and unit: ≤820元, 不低于50%, 三十万元, 200人以上."""
    if "分之" in text:
        text = _PERCENT_WORDS.sub(lambda found: found[2] + ("%" if found[1] == "百" else "‰"), text)
    grammar = _grammar()
    match = grammar.quantity.fullmatch(text)
    if match is None or text in words("idioms"):
        return None
    money = read_money(match["number"], _unit(match["unit"], match["inner"]))
    comparator, agreed = _agree(
        grammar.before.get(match["op"] or ""), grammar.after.get(match["after"] or "")
    )
    if money is None or not agreed:
        return None
    number, unit = money
    spelled = not match["number"][-1].isdecimal()  # 十分满意 begins like a number: be strict
    if unit is not None and not (is_known_unit(unit) if spelled else is_unit(unit)):
        return None
    about = bool(match["odd"] or match["about"] or match["hedge"]) or text.startswith(("约", "近", "大约"))
    return Quantity(printed, comparator, Decimal(number), unit, about)


def _unit(printed: str | None, in_brackets: str | None) -> str | None:
    """The unit of 5台（套）, of 200（人）, and of 95%（抽查）, where the brackets hold a remark."""
    if printed is None:
        return in_brackets if in_brackets and is_known_unit(in_brackets) else None
    bare = re.split("[（(]", printed)[0]
    return printed if is_known_unit(printed) else bare


def parse_labelled(printed: str, text: str) -> Quantity | Range | None:
    """Read a value behind a label of its own: 满意度≥95%, 培训：200人."""
    match = _grammar().label.fullmatch(text)
    if match is None or any(word in match[1] for word in words("relative")):
        return None
    return parse_range(printed, match[2]) or parse_quantity(printed, match[2])


def parse_several(printed: str, text: str) -> Several | None:
    """Read a list of values, each with its own label or none: all of them, or nothing."""
    pieces = [piece for piece in re.split(r"[、,;。/]", text) if piece]
    if len(pieces) < 2:
        return None
    read = (parse_quantity(piece, piece) or parse_labelled(piece, piece) for piece in pieces)
    parts = tuple(part for part in read if part is not None)
    if "/" in text and any(part.unit is None for part in parts):
        return None  # 2/3 is a share, not two values
    return Several(printed, parts) if len(parts) == len(pieces) else None


# Most specific first: a number-first parser takes 2021年12月 for 2021 with the unit 年12月.
PARSERS: tuple[Callable[[str, str], Target | None], ...] = (
    parse_deadline,
    parse_period,
    parse_range,
    parse_quantity,
    parse_labelled,
    parse_several,
)


def _decimal(number: str) -> Decimal | None:
    money = read_money(number, None)
    return None if money is None or money[1] is not None else Decimal(money[0])


def _agree(before: Comparator | None, after: Comparator | None) -> tuple[Comparator | None, bool]:
    """The comparator of operators on both sides of a number, and whether they do not contradict."""
    if before and after and before[0] != after[0]:
        return None, False
    return before or after, True
