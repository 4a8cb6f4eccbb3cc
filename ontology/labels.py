"""From a printed spelling to the concept it stands for; quick, since the tables are generated."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal

from ontology.folding import fold_heading, fold_unit, fold_wording
from ontology.spellings import ADVERBS, CATEGORIES, DIMENSIONS, ERAS, UNITS, WORDINGS
from ontology.terms import CATEGORY

DimensionName = Literal["产出", "效益", "满意度", "成本"]
DIMENSION_CONCEPTS: Final[dict[str, str]] = {
    "产出": CATEGORY.output,
    "效益": CATEGORY.benefit,
    "满意度": CATEGORY.satisfaction,
    "成本": CATEGORY.cost,
}
_DIMENSION_NAMES: Final[dict[str, DimensionName]] = {
    CATEGORY.output: "产出",
    CATEGORY.benefit: "效益",
    CATEGORY.satisfaction: "满意度",
    CATEGORY.cost: "成本",
}
# A longer text is a sentence, and the adverb at its head may belong to a part of it.
_PHRASE_LENGTH = 8
_MAKES_A_NOUN = frozenset("期率性度数值")  # 有效期, 有效率, 显著性
_DENIES = frozenset("不未无否没")  # 变化不明显, 是否有效


@lru_cache(maxsize=4096)
def dimension_concept_of(level1: str) -> str | None:
    """Give the concept of a level-one heading in any form era, or ``None``.

    >>> dimension_concept_of("投入").endswith("#input")
    True
    """
    return DIMENSIONS.get(fold_heading(level1))


def dimension_of(level1: str) -> DimensionName | None:
    """Give the dimension of a level-one heading as records name it, or ``None``.

    >>> dimension_of("项目完成指标"), dimension_of("项目概况")
    ('产出', None)
    """
    return _DIMENSION_NAMES.get(dimension_concept_of(level1) or "")


@lru_cache(maxsize=4096)
def category_of(level2: str) -> str | None:
    """Give the concept of a level-two heading, or ``None`` when the spelling is not known.

    >>> category_of("数 量 指 标 (20分)")
    'https://w3id.org/jixiao/category#quantity'
    """
    return CATEGORIES.get(fold_heading(level2))


@lru_cache(maxsize=16384)
def unit_of(text: str) -> str | None:
    """Give the concept of a unit of measure, or ``None`` when the spelling is not known.

    >>> unit_of("平米"), unit_of("人/次")
    ('https://w3id.org/jixiao/unit#squareMetre', None)
    """
    return UNITS.get(fold_unit(text))


@lru_cache(maxsize=16384)
def wording_of(text: str) -> str | None:
    """Give the degree of a verbal target: the whole text if known, else a short phrase by its adverb.

    >>> wording_of("有效保障"), wording_of("作用明显"), wording_of("按季召开")
    ('https://w3id.org/jixiao/wording#effective', 'https://w3id.org/jixiao/wording#clear', None)
    """
    phrase = fold_wording(text)
    known = WORDINGS.get(phrase)
    if known is not None or len(phrase) > _PHRASE_LENGTH:
        return known
    return next((wording for adverb, wording in ADVERBS if _is_graded_by(phrase, adverb)), None)


def _is_graded_by(phrase: str, adverb: str) -> bool:
    """Whether a phrase begins or ends with an adverb that is neither part of a noun nor denied."""
    if phrase.startswith(adverb):
        return len(phrase) > len(adverb) and phrase[len(adverb)] not in _MAKES_A_NOUN
    return phrase.endswith(adverb) and phrase[-len(adverb) - 1] not in _DENIES


def era_of(headings: Iterable[tuple[str | None, str | None]]) -> str | None:
    """Give the only form era that has all (level one, level two) pairs of a sheet, or ``None``.

    ``None`` when a pair is unknown, or when several eras (or none) have them all.

    >>> era_of([("项目完成", "数量指标"), ("满意度指标", "满意度指标")])
    'https://w3id.org/jixiao/form-era#completion'
    >>> era_of([("产出指标", "数量指标")]) is None
    True
    """
    candidates: frozenset[str] | None = None
    for level1, level2 in headings:
        eras = _eras_with(level1 or "", level2 or "")
        candidates = eras if candidates is None else candidates & eras
    return next(iter(candidates)) if candidates and len(candidates) == 1 else None


@lru_cache(maxsize=4096)
def _eras_with(level1: str, level2: str) -> frozenset[str]:
    return ERAS.get((fold_heading(level1), category_of(level2) or ""), frozenset())
