"""How a synthetic sheet is printed: geometry, form era, labels, glyphs, page breaks."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

Geometry = Literal["cells", "tabs", "wide", "bars"]
GEOMETRIES: tuple[Geometry, ...] = ("cells", "tabs", "wide", "bars")


@dataclass(frozen=True, slots=True)
class Era:
    """The level labels of one generation of the form; ``cost`` is set where 成本指标 is a level 1."""

    output: str
    benefit: str
    satisfaction: tuple[str, str]
    cost: tuple[str, str] | None


EARLY = Era("项目完成指标", "项目效益指标", ("满意度指标", "满意度指标"), None)
SHORT = Era("项目完成", "项目效益", ("满意度指标", "满意度指标"), None)
MIDDLE = Era("产出指标", "效益指标", ("满意度指标", "服务对象满意度指标"), None)
LATE = Era("产出指标", "效益指标", ("满意度指标", "满意度指标"), ("成本指标", "经济成本指标"))
ERAS = {2020: (EARLY, SHORT), 2021: (EARLY, MIDDLE), 2022: (MIDDLE,), 2023: (MIDDLE, LATE), 2024: (LATE,)}
YEAR_FORMS = ("（{year}年）", "({year}年)", "（{year}年度）", "( {year} 年度)")
SIGNS = (
    {">=": "≥", "<=": "≤", "=": "="},
    {">=": ">=", "<=": "<=", "=": "="},
    {">=": "≥", "<=": "≤", "=": ""},
)
BRACKETS = ("（{}）", "({})")


@dataclass(frozen=True, slots=True)
class Style:
    """One way to print; every sheet of a document is printed in the same style."""

    geometry: Geometry
    era: Era
    year_form: str
    signs: tuple[tuple[str, str], ...]
    bracket: str
    unit_in_name: bool
    unit_in_target: bool
    decimals: bool
    wide: bool
    block_label: bool
    repeat_labels: bool
    page_break: bool
    repeat_header: bool
    wrapped: bool
    gap: int

    def money(self, hundredths: int) -> str:
        """An amount in 万元 as printed in a sheet: ``12.5`` or ``12.50``, ``60`` or ``60.00``."""
        printed = f"{hundredths / 100:.2f}"
        return printed if self.decimals else printed.rstrip("0").rstrip(".")

    def sign(self, comparator: str) -> str:
        """The printed sign of a comparator; one set of signs leaves out the equals sign."""
        return dict(self.signs)[comparator]


def pick_style(rng: Random, year: int) -> Style:
    """A style that occurs in the given year."""
    geometry = rng.choice(GEOMETRIES)
    wide = geometry == "wide" or (geometry == "bars" and year >= 2022)
    unit_in_name = rng.random() < 0.6
    return Style(
        geometry=geometry, era=rng.choice(ERAS[year]),
        year_form="" if geometry == "cells" and rng.random() < 0.3 else rng.choice(YEAR_FORMS),
        signs=tuple(rng.choice(SIGNS).items()), bracket=rng.choice(BRACKETS),
        unit_in_name=unit_in_name, unit_in_target=not unit_in_name or rng.random() < 0.5,
        decimals=rng.random() < 0.5, wide=wide,
        block_label=geometry == "tabs" or (wide and rng.random() < 0.3),
        repeat_labels=rng.random() < 0.25, page_break=rng.random() < 0.4, repeat_header=rng.random() < 0.3,
        wrapped=wide and rng.random() < 0.3, gap=rng.choice((0, 0, 1)) if geometry == "tabs" else 0,
    )  # fmt: skip
