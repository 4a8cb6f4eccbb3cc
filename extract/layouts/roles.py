"""What a printed label means: the vocabulary of ``headers.toml`` and ``levels.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from extract.records import Dimension
from extract.text import fold

LONGEST_LABEL = 30
UNIT_IN_BRACKETS = re.compile(r"\((?:单位:)?(万元|元|千元|亿元)\)$")
WEIGHT = re.compile(r"\(?\d{1,3}(?:\.\d+)?(?:分|%)\)?$|\(\d{1,3}(?:\.\d+)?\)$")
LEVEL_SUFFIX = re.compile(r"(?:指标|目标|值|类)+$")


class Level2(NamedTuple):
    """A known level-2 heading: its kind of content and the dimensions under which it is printed."""

    kind: str
    dimensions: frozenset[Dimension]


@cache
def _toml(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("extract.layouts").joinpath(name).read_text("utf-8"))


@cache
def spellings(section: str) -> dict[str, str]:
    """Folded spelling → role, for one section of ``headers.toml``."""
    return {label_key(word): role for role, words in _toml("headers.toml")[section].items() for word in words}


@lru_cache(maxsize=16384)
def label_key(printed: str) -> str:
    """The form of a label under which spellings are compared.

    >>> label_key("项目资金（万元）：")
    '项目资金'
    """
    key = fold(printed).rstrip(":;,。*★☆")
    return UNIT_IN_BRACKETS.sub("", key).rstrip(":")


@lru_cache(maxsize=65536)
def role_of(printed: str, section: str) -> str | None:
    """The role that a cell's whole text names in a section, or ``None``.

    >>> role_of("其中： 财政拨款", "head"), role_of("全年接待批次", "head")
    ('fiscal', None)
    """
    if not printed or len(printed) > LONGEST_LABEL:
        return None
    return spellings(section).get(label_key(printed))


@lru_cache(maxsize=16384)
def unit_in_label(printed: str) -> str | None:
    """The money unit that a label prints in brackets.

    >>> unit_in_label("项目资金（万元）")
    '万元'
    """
    match = re.search(r"\((?:单位:)?(万元|元|千元|亿元)\)", fold(printed)) if len(printed) <= 40 else None
    return match.group(1) if match else None


@lru_cache(maxsize=16384)
def level_key(printed: str) -> str:
    """A level heading without weight and without 指标.

    >>> level_key("产出指标（50分）"), level_key("满意度指 标")
    ('产出', '满意度')
    """
    return LEVEL_SUFFIX.sub("", WEIGHT.sub("", fold(printed).rstrip(":")))


@lru_cache(maxsize=16384)
def is_bare(printed: str) -> bool:
    """Whether a level heading is printed without 指标, so that it might as well name an indicator.

    >>> is_bare("服务对象满意度"), is_bare("服务对象满意度指标"), is_bare("满意度（10分）")
    (True, False, False)
    """
    return level_key(printed) == fold(printed)


@cache
def _level1() -> dict[str, str]:
    return {word: dimension for dimension, words in _toml("levels.toml")["level1"].items() for word in words}


@cache
def _level2() -> dict[str, Level2]:
    table = cast("list[dict[str, Any]]", _toml("levels.toml")["level2"])
    return {
        word: Level2(entry["kind"], frozenset(entry["dimensions"]))
        for entry in table
        for word in entry["words"]
    }


@lru_cache(maxsize=16384)
def is_level1(printed: str) -> bool:
    """Whether the text is a known level-1 heading."""
    return bool(printed) and len(printed) <= LONGEST_LABEL and level_key(printed) in _level1()


@lru_cache(maxsize=16384)
def level2_of(printed: str | None) -> Level2 | None:
    """The known level-2 heading that a text prints, or ``None``."""
    return _level2().get(level_key(printed)) if printed and len(printed) <= LONGEST_LABEL else None


@lru_cache(maxsize=4096)
def dimension_of(level1: str | None) -> Dimension | None:
    """The normalised dimension of a printed level-1 heading.

    >>> dimension_of("项目完成指标"), dimension_of("投入")
    ('产出', None)
    """
    found = _level1().get(level_key(level1)) if level1 else None
    return cast("Dimension", found) if found else None


@cache
def sheet_titles() -> tuple[str, ...]:
    """Endings of lines that open a goal sheet, longest first."""
    return tuple(sorted(map(fold, _toml("headers.toml")["title"]["endings"]), key=len, reverse=True))


@cache
def inapplicable() -> frozenset[str]:
    """Texts that say "nothing here"."""
    return frozenset(map(fold, _toml("headers.toml")["inapplicable"]["words"]))
