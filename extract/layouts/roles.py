"""What a printed label means: the roles of ``headers.toml`` and the headings of the ontology."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from extract.records import Dimension
from extract.text import fold
from ontology import labels
from ontology.folding import fold_heading, simplify
from ontology.labels import category_of, dimension_concept_of
from ontology.terms import CATEGORY

LONGEST_LABEL = 30
UNIT_IN_BRACKETS = re.compile(r"\((?:单位:)?(万元|元|千元|亿元)\)$")
SEAL = re.compile(r"\((?:盖章|公章|签章|盖公章|加盖公章)\)")
DAMAGED_UNIT = "(万兀)"


class Level2(NamedTuple):
    """A known level-2 heading: its kind of content and the dimensions under which it is printed."""

    kind: str
    dimensions: frozenset[Dimension]


OUTPUT: frozenset[Dimension] = frozenset({"产出"})
BENEFIT: frozenset[Dimension] = frozenset({"效益"})
COST: frozenset[Dimension] = frozenset({"成本"})
LEVEL2 = {
    CATEGORY.quantity: Level2("count", OUTPUT),
    CATEGORY.quality: Level2("quality", OUTPUT),
    CATEGORY.timeliness: Level2("time", OUTPUT),
    CATEGORY.outputCost: Level2("cost", OUTPUT | COST),
    CATEGORY.economicCost: Level2("cost", COST),
    CATEGORY.socialCost: Level2("cost", COST),
    CATEGORY.environmentalCost: Level2("cost", COST),
    CATEGORY.economicBenefit: Level2("benefit", BENEFIT),
    CATEGORY.socialBenefit: Level2("benefit", BENEFIT),
    CATEGORY.ecologicalBenefit: Level2("benefit", BENEFIT),
    CATEGORY.sustainability: Level2("benefit", BENEFIT),
    CATEGORY.approval: Level2("process", frozenset()),
    CATEGORY.goalSetting: Level2("process", frozenset()),
    CATEGORY.fundingDecision: Level2("process", frozenset()),
    CATEGORY.fundsInPlace: Level2("process", frozenset()),
    CATEGORY.fundsManagement: Level2("process", frozenset()),
    CATEGORY.implementation: Level2("process", frozenset()),
    # Some forms print 满意度 as a level 2 of 效益.
    CATEGORY.serviceSatisfaction: Level2("satisfaction", frozenset({"满意度", "效益"})),
}


@cache
def _headers() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("extract.layouts").joinpath("headers.toml").read_text("utf-8"))


@cache
def spellings(section: str) -> dict[str, str]:
    """Folded spelling → role, for one section of ``headers.toml``."""
    return {label_key(word): role for role, words in _headers()[section].items() for word in words}


@lru_cache(maxsize=16384)
def label_key(printed: str) -> str:
    """The form of a label under which spellings are compared.

    >>> label_key("项目资金（万元）：")
    '项目资金'
    """
    key = SEAL.sub("", simplify(fold(printed))).strip("*★☆").rstrip(":;,。")
    return UNIT_IN_BRACKETS.sub("", key).removesuffix(DAMAGED_UNIT).rstrip(":")


@lru_cache(maxsize=16384)
def role_of(printed: str, section: str) -> str | None:
    """The role that a cell's whole text names in a section, or ``None``.

    >>> role_of("其中： 财政拨款", "head"), role_of("全年接待批次", "head")
    ('fiscal', None)
    """
    if not printed or len(printed) > LONGEST_LABEL or printed.isascii():
        return None
    return spellings(section).get(label_key(printed))


@lru_cache(maxsize=16384)
def unit_in_label(printed: str) -> str | None:
    """The money unit that a label prints in brackets.

    >>> unit_in_label("项目资金（万元）")
    '万元'
    """
    match = (
        re.search(r"\((?:单位:)?(万元|元|千元|亿元)\)", simplify(fold(printed)))
        if len(printed) <= 40
        else None
    )
    return match.group(1) if match else None


@lru_cache(maxsize=16384)
def is_level1(printed: str) -> bool:
    """Whether the text is a known level-1 heading.

    >>> is_level1("产出指标（50分）"), is_level1("投入"), is_level1("数量指标")
    (True, True, False)
    """
    return bool(printed) and len(printed) <= LONGEST_LABEL and dimension_concept_of(printed) is not None


@lru_cache(maxsize=16384)
def level2_of(printed: str | None) -> Level2 | None:
    """The known level-2 heading that a text prints, or ``None``.

    >>> level2_of("满意度指 标").kind
    'satisfaction'
    """
    if not printed or len(printed) > LONGEST_LABEL:
        return None
    return LEVEL2.get(category_of(printed) or "")


@lru_cache(maxsize=4096)
def dimension_of(level1: str | None) -> Dimension | None:
    """The normalised dimension of a printed level 1, or ``None``.

    >>> dimension_of("項目完成指標"), dimension_of("投入")
    ('产出', None)
    """
    return labels.dimension_of(level1) if level1 else None


@lru_cache(maxsize=16384)
def is_bare(printed: str) -> bool:
    """Whether a level heading is printed without 指标, so that it might as well name an indicator.

    >>> is_bare("服务对象满意度"), is_bare("服务对象满意度指标"), is_bare("满意度（10分）")
    (True, False, False)
    """
    return fold_heading(printed) == fold(printed)


@cache
def sheet_titles() -> tuple[str, ...]:
    """Endings of lines that open a goal sheet, longest first."""
    return tuple(sorted(map(fold, _headers()["title"]["endings"]), key=len, reverse=True))


@cache
def inapplicable() -> frozenset[str]:
    """Texts that say "nothing here"."""
    return frozenset(map(fold, _headers()["inapplicable"]["words"]))


@cache
def natures() -> frozenset[str]:
    """Texts that say of which nature a target is (定性), where others print its operator."""
    return frozenset(map(fold, _headers()["inapplicable"]["natures"]))
