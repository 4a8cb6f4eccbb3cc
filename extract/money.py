"""Money as printed: amounts in cells, and cost components (name and amount) in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache

import msgspec

from extract.lexicon.numerals import NUMBER, NUMERAL, half_width, read_number
from extract.lexicon.units import money_factor, unit_pattern, words

MONEY_UNIT = r"(?:[十百千]万元|[万亿千百]元|万圆|[萬億]元|元)"
_CELL = re.compile(
    rf"(?:人民币|[¥￥])?(-?{NUMBER}|{NUMERAL})({MONEY_UNIT}(?:[/／·].{{1,8}})?|[万亿萬億](?:[/／].{{1,8}})?)?"
)
_STRONG = frozenset('，,；;。!！?？：:\n\r\t|“”"‘’《》【】')
_OPEN, _CLOSE = "（(", "）)"
_MARK = re.compile(
    r"(?:[0-9]{1,2}(?:[.．](?![0-9])|、)|[（(][0-9一二三四五六七八九十]{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]{1,2}、)"
)
_REMARK = re.compile(r"[（(][^（()）]*[)）]$")
_NO_NAME = re.compile(r"[^一-鿿A-Za-z]*")
LONGEST_NAME = 40


class CostComponent(msgspec.Struct, frozen=True):
    """成本构成 in running text: a name with its money; ``text[start:end]`` prints name to unit."""

    name: str
    amount: str
    unit: str
    start: int
    end: int


@cache
def money_pattern() -> re.Pattern[str]:
    """Money in running text: ``number`` and ``unit``, rates included (0.15万元/月)."""
    return re.compile(
        rf"(?<![0-9])(?<![0-9][.,])(?P<number>{NUMBER}|(?<![零〇一二两三四五六七八九十百千万])(?:{NUMERAL}))"
        r"[ \t\u3000]*"
        rf"(?P<unit>{MONEY_UNIT}(?![素旦宵月件化])(?:[/／·](?:{unit_pattern()}))?)"
    )


@lru_cache(maxsize=32768)
def read_amount(printed: str) -> tuple[str, str | None] | None:
    """Read a money cell: a decimal string without separators and its printed unit; else ``None``.

    >>> read_amount("2,523.70"), read_amount("三十万元"), read_amount("—")
    (('2523.70', None), ('30', '万元'), None)
    """
    match = _CELL.fullmatch(half_width("".join(printed.split())))
    return None if match is None else read_money(match[1], match[2])


def read_money(number: str, unit: str | None) -> tuple[str, str | None] | None:
    """The decimal string and the unit of a printed number; 万 and 亿 of a numeral go to the unit."""
    if not number[-1].isdecimal() and number[-1] in "万亿" and len(number) > 1:
        number, unit = number[:-1], number[-1] + (unit or "")
    amount = read_number(number)
    return None if amount is None else (amount, unit)


def to_yuan(amount: str, unit: str) -> Decimal | None:
    """Turn an amount into 元 (a rate keeps its denominator); ``None`` when the unit is no money.

    >>> to_yuan("0.15", "万元/月"), to_yuan("5", "万人")
    (Decimal('1500.00'), None)
    """
    factor = money_factor(unit)
    return None if factor is None else Decimal(amount) * factor


def find_cost_components(text: str) -> list[CostComponent]:
    """Find names with their money in running text; totals, sources and changes of funds are none.

    >>> [(item.name, item.amount, item.unit) for item in find_cost_components("差旅费10万元、会议费五万元")]
    [('差旅费', '10', '万元'), ('会议费', '5', '万元')]
    """
    return list(_components(text, half_width(text)))


def _components(text: str, plain: str) -> Iterator[CostComponent]:
    floor = 0
    for match in money_pattern().finditer(plain):
        start, end = _name_span(plain, floor, match.start())
        floor, name = match.end(), "".join(text[start:end].split())
        money = read_money(match["number"], match["unit"])
        if money is not None and money[1] is not None and _names_cost(name):
            yield CostComponent(name, money[0], money[1], start, match.end())


def _name_span(text: str, floor: int, end: int) -> tuple[int, int]:
    """The span of the name before an amount: back to the clause boundary, lead-ins and links cut off."""
    end = _cut_links(text, floor, end)
    start = _clause_start(text, floor, end)
    joined = start == floor > 0
    while start < end:
        if mark := _MARK.match(text, start, end):
            start = mark.end()
        elif text[start].isspace() or (text[start] in "、.和及与并" and (joined or text[start] in "、.")):
            start += 1
        elif lead := next((word for word in words("lead_ins") if text.startswith(word, start, end)), None):
            start += len(lead)
        else:
            break
        joined = False
    return start, end


def _cut_links(text: str, floor: int, end: int) -> int:
    while end > floor and not text.endswith(words("changes"), floor, end):
        if text[end - 1] in " \t\u3000:：（(≤≥=":
            end -= 1
        elif link := next((word for word in words("links") if text.endswith(word, floor, end)), None):
            end -= len(link)
        else:
            break
    return end


def _clause_start(text: str, floor: int, end: int) -> int:
    """Walk back to the punctuation that opens the clause; brackets that close in the name belong to it."""
    depth = 0
    for position in range(end - 1, floor - 1, -1):
        character = text[position]
        if character in _CLOSE:
            depth += 1
        elif character in _OPEN:
            if depth == 0:
                return position + 1
            depth -= 1
        elif depth == 0 and character in _STRONG:
            return position + 1
    if depth:  # a bracket that closes what was opened before the last amount
        return max(text.rfind(close, floor, end) for close in _CLOSE) + 1
    return floor


def _names_cost(name: str) -> bool:
    if not 2 <= len(name) <= LONGEST_NAME or _NO_NAME.fullmatch(name) or name.startswith("每"):
        return False
    name = _REMARK.sub("", name)  # 上年结余（不含基金） is 上年结余
    if name in words("bare_funds") or any(word in name for word in words("compares")):
        return False
    return not name.endswith(words("funds")) and not name.endswith(words("changes"))
