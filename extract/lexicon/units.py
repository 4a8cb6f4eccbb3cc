"""Units of measure: which text is a unit, which unit is money, and what it comes to."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

SHORT = 4  # characters of a unit that the lexicon does not list
LONGEST = 12  # characters of any unit, rates included
_PER = re.compile(r"[/／·]")
_WORD = re.compile(r"[A-Za-zμ一-鿿㐀-䶿%％‰℃°㎡㎥²³23]+")
_BRACKETS = re.compile(r"[（(]([^（()）]+)[)）]$")


@cache
def read_lexicon(name: str) -> dict[str, Any]:
    """The tables of one lexicon file (``units`` or ``words``), read once when first needed."""
    return tomllib.loads(files("extract.lexicon").joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def words(key: str) -> tuple[str, ...]:
    """A word list of the lexicon, longest first.

    >>> "共计" in words("links")
    True
    """
    return tuple(sorted(read_lexicon("words")["words"][key].split(), key=lambda word: (-len(word), word)))


@cache
def known_units() -> frozenset[str]:
    """Every listed unit of measure, money included."""
    lexicon = read_lexicon("units")
    measures = (unit for group in lexicon["measures"].values() for unit in group.split())
    return frozenset(measures) | frozenset(lexicon["money"])


@cache
def unit_pattern() -> str:
    """A regular expression for one listed unit in running text, longest first, rates included."""
    one = "|".join(re.escape(unit) for unit in sorted(known_units(), key=lambda unit: (-len(unit), unit)))
    times = "|".join(sorted(read_lexicon("units")["magnitudes"], key=lambda unit: (-len(unit), unit)))
    return rf"(?:{times})?(?:{one})(?:[（(](?:{one})[)）])?(?:[/／·](?:{one}))*"


@lru_cache(maxsize=4096)
def is_known_unit(printed: str) -> bool:
    """Whether each part of a printed unit is listed; a multiplier may stand before it.

    >>> is_known_unit("万元/人·天"), is_known_unit("台（套）"), is_known_unit("万人"), is_known_unit("个村容")
    (True, True, True, False)
    """
    if printed in known_units():
        return True
    if bracketed := _BRACKETS.search(printed):
        return is_known_unit(printed[: bracketed.start()]) and is_known_unit(bracketed[1])
    parts = _PER.split(printed)
    if len(parts) > 1:
        return all(map(is_known_unit, parts))
    return any(
        printed.startswith(magnitude) and printed[len(magnitude) :] in known_units()
        for magnitude in read_lexicon("units")["magnitudes"]
    )


@lru_cache(maxsize=4096)
def is_unit(printed: str) -> bool:
    """Whether the text behind a number reads as a unit: listed, or short and no clause.

    >>> is_unit("团组"), is_unit("驮次"), is_unit("个以上村容村貌改善")
    (True, True, False)
    """
    if is_known_unit(printed):
        return True
    parts = _PER.split(printed)
    if len(printed) > LONGEST or not all(len(part) <= SHORT and _WORD.fullmatch(part) for part in parts):
        return False
    return not any(word in printed for word in words("clause"))


@lru_cache(maxsize=1024)
def money_factor(printed: str) -> Decimal | None:
    """How many 元 the money part of a unit is (万元/月 is 10000); ``None`` when it is no money."""
    factor = read_lexicon("units")["money"].get(_PER.split(printed, maxsplit=1)[0])
    return None if factor is None else Decimal(factor)


@lru_cache(maxsize=4096)
def normal_unit(printed: str) -> tuple[Decimal, str]:
    """The factor to, and the name of, the plain unit behind a printed one.

    >>> normal_unit("万元/月"), normal_unit("万人"), normal_unit("㎡")
    ((Decimal('10000'), '元/个月'), (Decimal('10000'), '人'), (Decimal('1'), '平方米'))
    """
    lexicon = read_lexicon("units")
    head, *rest = _PER.split(printed.replace("％", "%"))
    factor, plain = Decimal(1), head
    if (money := money_factor(head)) is not None:
        factor, plain = money, "元"
    elif head not in known_units():
        for magnitude, value in lexicon["magnitudes"].items():
            if head.startswith(magnitude) and head[len(magnitude) :] in known_units():
                factor, plain = Decimal(value), head[len(magnitude) :]
    return factor, "/".join(lexicon["same"].get(part, part) for part in (plain, *rest))
