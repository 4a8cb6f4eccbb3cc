"""The forms under which printed headings, units and wordings are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

_WEIGHT = re.compile(r"[(\[【〔][^)\]】〕]*[\d分值重][^)\]】〕]*[)\]】〕]")
_NUMBERING = re.compile(r"^(?:\d+|[一二三四五六七八九十]+)[、.:)]")
_SUFFIXES = ("指标", "目标", "值")
_TRADITIONAL = "traditional.txt"
_PUNCTUATION = re.compile(r"[\W_]+")


def fold_unit(printed: str) -> str:
    """Fold width and white space of a unit of measure; case tells units apart and stays.

    >>> fold_unit("元 ／ 人")
    '元/人'
    """
    return "".join(unicodedata.normalize("NFKC", printed).split())


def simplify(printed: str) -> str:
    """Write the traditional characters that labels use in their simplified form.

    >>> simplify("預算單位")
    '预算单位'
    """
    return printed if printed.isascii() else printed.translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    text = files("ontology").joinpath(_TRADITIONAL).read_text("utf-8")
    pairs = [pair for line in text.splitlines() if not line.startswith("#") for pair in line.split()]
    return {ord(pair[0]): pair[1] for pair in pairs}


def fold_heading(printed: str) -> str:
    """Fold a heading of level one or two: without number, weight and a last 指标, 目标 or 值.

    >>> [fold_heading(heading) for heading in ("产出指标（50分）", "一、数 量 指标值：", "满意度")]
    ['产出', '数量', '满意度']
    """
    heading = _NUMBERING.sub("", _WEIGHT.sub("", simplify(fold_unit(printed)).lower())).strip(":;,.")
    while heading.endswith(_SUFFIXES):
        shorter = next(heading.removesuffix(suffix) for suffix in _SUFFIXES if heading.endswith(suffix))
        if not shorter:
            break
        heading = shorter
    return heading


def fold_wording(printed: str) -> str:
    """Fold a verbal target: letters and digits only.

    >>> fold_wording("“有效保障”。")
    '有效保障'
    """
    return _PUNCTUATION.sub("", fold_unit(printed))
