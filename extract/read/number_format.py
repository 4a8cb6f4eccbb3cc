"""Numbers as a spreadsheet prints them: the stored number and the format code of its cell.

A workbook stores 0.95 and the code ``0%`` where its page prints 95%. Codes follow the grammar of
Excel, which LibreOffice and WPS share.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from extract.read.date_format import print_date

GENERAL = "General"
# The codes that a workbook names by number alone, as an office in China prints them.
BUILTIN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00"},
    **{14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "yyyy/m/d h:mm"},
    **{18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss"},
    **{27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"'},
    **{32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"'},
    **{35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"'},
    **{52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"'},
    **{56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"'},
    **{37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00"},
    **{41: '#,##0;-#,##0;"-";@', 42: '¥#,##0;¥-#,##0;¥"-";@'},
    **{43: '#,##0.00;-#,##0.00;"-";@', 44: '¥#,##0.00;¥-#,##0.00;¥"-";@'},
    **{45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"},
}
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<space>.?)|\*(?P<fill>.?)'
    r"|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)"
    r"|(?P<noon>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-])|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
# Digits as 一二三, as Excel and as LibreOffice spell it.
CHINESE = re.compile(r"DBNum1$|\$-1E", re.IGNORECASE)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)$")
LITERALS = frozenset({"quoted", "escaped", "other"})
DATES = frozenset({"date", "elapsed", "noon"})
COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda number, limit: number < limit,
    ">": lambda number, limit: number > limit,
    "=": lambda number, limit: number == limit,
    "<=": lambda number, limit: number <= limit,
    ">=": lambda number, limit: number >= limit,
    "<>": lambda number, limit: number != limit,
}
# Excel allows 255 characters and 30 decimals; what is longer is no code of a real workbook.
LONGEST_CODE = 255
DIGITS = 15
LONGEST_PLAIN = 21
# Room for the largest number that a cell can hold, written out.
EXACT = Context(prec=700)

Token = tuple[str, str]


class Section(NamedTuple):
    """One of the parts of a code between semicolons, with the condition that it holds for."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    is_date: bool
    chinese: bool  # digits as 一二三

    def has(self, kind: str) -> bool:
        """Whether the section has a token of a kind."""
        return any(token[0] == kind for token in self.tokens)


def print_number(stored: str, code: str = GENERAL, *, epoch_1904: bool = False) -> str:
    """A stored number as the page prints it under a format code; what is no number stays as it is.

    >>> print_number("0.95", "0%"), print_number("2523.7", "#,##0.00"), print_number("0.30000000000000004")
    ('95%', '2,523.70', '0.3')
    >>> print_number("44531", 'yyyy"年"m"月"'), print_number("44561", "yyyy-mm-dd")
    ('2021年12月', '2021-12-31')
    """
    if code == GENERAL and len(stored) <= LONGEST_PLAIN and stored.isdecimal() and stored[0] != "0":
        return stored
    number = _number(stored)
    if number is None:
        return stored
    sections = read_code(code)
    index = _applicable(sections, number)
    if index is None:
        return _general(number)
    section = sections[index]
    if section.is_date:
        printed = print_date(float(number), section.tokens, epoch_1904=epoch_1904, chinese=section.chinese)
        return _general(number) if printed is None else printed
    signed = number < 0 and _keeps_sign(sections, index)
    return ("-" if signed else "") + _print_section(abs(number), section)


def print_text(stored: str, code: str) -> str:
    """A stored text as the page prints it: a code may put words around it, or hide it.

    >>> print_text("某项目", '0;-0;0;"项目："@')
    '项目：某项目'
    """
    if code in (GENERAL, "@"):
        return stored
    for section in read_code(code):
        if section.has("text"):
            return "".join(
                stored if kind == "text" else _literal(kind, text) for kind, text in section.tokens
            )
    return "" if len(read_code(code)) > 3 else stored


@lru_cache(maxsize=1024)
def read_code(code: str) -> tuple[Section, ...]:
    """The sections of a format code."""
    if not code or len(code) > LONGEST_CODE:
        code = GENERAL
    return tuple(_section(tokens) for tokens in _split(code))


def _split(code: str) -> Iterator[list[Token]]:
    tokens: list[Token] = []
    for match in TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        if kind == "other" and match.group() == ";":
            yield tokens
            tokens = []
        else:
            tokens.append((kind, match.group(kind)))
    yield tokens


def _section(tokens: list[Token]) -> Section:
    brackets = [text for kind, text in tokens if kind == "bracket"]
    conditions = [match for text in brackets if (match := CONDITION.match(text))]
    # [$¥-804] prints its currency; colours and locales print nothing.
    kept = tuple(
        ("quoted", text[1:].partition("-")[0]) if kind == "bracket" else (kind, text)
        for kind, text in tokens
        if kind not in ("space", "fill") and (kind != "bracket" or text.startswith("$"))
    )
    return Section(
        kept,
        (conditions[0].group(1), Decimal(conditions[0].group(2))) if conditions else None,
        any(kind in DATES for kind, _ in kept),
        any(CHINESE.match(text) for text in brackets),
    )


def _number(stored: str) -> Decimal | None:
    """A stored number without the noise of binary fractions: 15 digits, as spreadsheets compute."""
    try:
        number = float(stored)
    except ValueError:
        return None
    return Decimal(f"{number:.{DIGITS}g}") if isfinite(number) else None


def _applicable(sections: tuple[Section, ...], number: Decimal) -> int | None:
    """The section for a number: by its conditions, else for positive; negative; zero."""
    numeric = [index for index, section in enumerate(sections[:3]) if not section.has("text")]
    if any(sections[index].condition for index in numeric):
        for index in numeric:
            condition = sections[index].condition
            if condition is None or COMPARE[condition[0]](number, condition[1]):
                return index
        return None
    if not numeric:
        return None
    if number < 0 and len(numeric) > 1:
        return numeric[1]
    return numeric[2] if number == 0 and len(numeric) > 2 else numeric[0]


def _keeps_sign(sections: tuple[Section, ...], index: int) -> bool:
    """Whether a minus is printed: a section of their own prints negative numbers its own way."""
    condition = sections[index].condition
    if condition is not None:
        return not (condition[0] in ("<", "<=") and condition[1] <= 0)
    return index == 0 or sections[0].condition is not None


def _general(number: Decimal) -> str:
    """The shortest decimal; only what no page prints in full keeps an exponent."""
    if number and abs(number.adjusted()) >= LONGEST_PLAIN:
        return f"{number.normalize():E}"
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _print_section(number: Decimal, section: Section) -> str:
    tokens = section.tokens
    if section.has("general"):
        return "".join(
            _general(number) if kind == "general" else _literal(kind, text) for kind, text in tokens
        )
    if any(kind == "other" and text == "/" for kind, text in tokens) and section.has("digit"):
        return _general(number)  # a fraction such as 1/4: its decimal says the same
    if not section.has("digit"):
        return "".join(_literal(kind, text) for kind, text in tokens)
    exponent = next((place for place, token in enumerate(tokens) if token[0] == "exponent"), None)
    if exponent is not None:
        return _scientific(number, tokens, exponent)
    percents = sum(kind == "percent" for kind, _ in tokens)
    return _print_digits(number.scaleb(2 * percents, EXACT), tokens)


def _print_digits(number: Decimal, tokens: tuple[Token, ...]) -> str:
    last = max((place for place, token in enumerate(tokens) if token[0] == "digit"), default=-1)
    # Commas behind the last digit print thousands, millions …; others group the digits.
    scale = next(
        (n for n, token in enumerate(tokens[last + 1 :]) if token[0] != "comma"), len(tokens) - last - 1
    )
    point = next((place for place, token in enumerate(tokens) if token[0] == "point"), last + 1)
    whole, rest = tokens[:point], tokens[point:]
    decimals = sum(kind == "digit" for kind, _ in rest)
    unit = Decimal(1).scaleb(-decimals)
    rounded = number.scaleb(-3 * scale, EXACT).quantize(unit, ROUND_HALF_UP, EXACT)
    digits, _, fraction = format(rounded, "f").partition(".")
    grouped = any(kind == "comma" for kind, _ in tokens[: last + 1])
    return _whole("" if digits == "0" else digits, whole, grouped=grouped) + _fraction(fraction, rest)


def _whole(digits: str, tokens: tuple[Token, ...], *, grouped: bool) -> str:
    """Digits laid into their places from the right; the first place takes all that are left."""
    pieces: list[str] = []
    first = next((place for place, token in enumerate(tokens) if token[0] == "digit"), -1)
    count = 0
    for place in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[place]
        if kind != "digit":
            pieces.append(_literal(kind, text))
            continue
        taken = digits if place == first else digits[-1:]
        digits = "" if place == first else digits[:-1]
        for digit in reversed(taken or ("0" if text == "0" else "")):
            if grouped and count and count % 3 == 0:
                pieces.append(",")
            pieces.append(digit)
            count += 1
    return "".join(reversed(pieces))


def _fraction(digits: str, tokens: tuple[Token, ...]) -> str:
    pieces: list[str] = []
    place = 0
    # Excel prints the bare point of "5.", LibreOffice does not; a figure reads better without.
    point = "." if digits.strip("0") or any(token == ("digit", "0") for token in tokens) else ""
    for kind, text in tokens:
        if kind != "digit":
            pieces.append(point if kind == "point" else _literal(kind, text))
            continue
        if text == "0" or digits[place:].strip("0"):
            pieces.append(digits[place])
        place += 1
    return "".join(pieces)


def _scientific(number: Decimal, tokens: tuple[Token, ...], exponent: int) -> str:
    mantissa, power = tokens[:exponent], tokens[exponent + 1 :]
    decimals = sum(kind == "digit" for kind, _ in mantissa) - 1
    digits, _, size = f"{number:.{max(decimals, 0)}E}".partition("E") if number else ("0", "", "0")
    sign = "-" if size.startswith("-") else tokens[exponent][1][1:].replace("-", "")
    return _print_digits(Decimal(digits), mantissa) + "E" + sign + _print_digits(abs(Decimal(size)), power)


def _literal(kind: str, text: str) -> str:
    if kind == "percent":
        return "%"
    return text if kind in LITERALS else ""
