"""Geometries of plain text, as rows of cells."""

from __future__ import annotations

import pytest

from extract.read.blocks import Row
from extract.read.plain import read_plain


def cells(text: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows(text)]


def rows(text: str) -> list[Row]:
    return read_plain(text, "a.txt", "utf-8").rows


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("tab rows", "甲\t乙\t丙\n丁\t\t己\n", [["甲", "乙", "丙"], ["丁", "", "己"]]),
        ("a cell a line", "\t甲\n\t\n\t乙\n\n\t丙\n\t丁\n", [["甲", "", "乙"], ["丙", "丁"]]),
        (
            "a cell a line, wrapped",
            "\t标题\n\t\n长的正文\n还有一行\n\n\t丙\n",
            [["标题", "长的正文还有一行"], ["丙"]],
        ),
        (
            "bars around",
            "| 甲 | 乙 | |\n|---|---|---|\n| 丙 | | 丁 |\n",
            [["甲", "乙", ""], ["丙", "", "丁"]],
        ),
        ("bars between", "甲 | 乙 | 丙\n", [["甲", "乙", "丙"]]),
        ("a bar ends each cell", "甲|\n乙|\n\n丙|\n", [["甲", "乙"], ["丙"]]),
        ("running text", "一、主要职能\n负责某项工作。\n", [["一、主要职能"], ["负责某项工作。"]]),
        (
            "page numbers vanish",
            "甲\t乙\t丙\n\n- 12 -\n\n丁\t戊\t己\n",
            [["甲", "乙", "丙"], ["丁", "戊", "己"]],
        ),
        ("spaces inside a cell", "计划标 准\t100 %\t甲\n", [["计划标准", "100%", "甲"]]),
    ],
)
def test_geometry(name: str, text: str, expected: list[list[str]]) -> None:
    assert cells(text) == expected, name


def test_columns_aligned_by_blanks() -> None:
    text = (
        "一级指标        二级指标        三级指标              指标值\n"
        "                数量指标        培训人数              ≥50\n"
        "产出指标\n"
        "                质量指标        合格率                ≥95%\n"
    )
    assert cells(text) == [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["", "数量指标", "培训人数", "≥50"],
        ["产出指标", "", "", ""],
        ["", "质量指标", "合格率", "≥95%"],
    ]


def test_one_line_with_a_gap_stays_running_text() -> None:
    assert rows("编制单位：某县教育局          单位：万元\n")[0].table == 0


def test_every_cell_stands_where_its_span_says() -> None:
    text = "| 甲 乙 | 丙|\n\t丁 \n\t\n 戊己\n\n一\t 二\t三\n"
    for row in rows(text):
        for cell in row.cells:
            assert "".join(text[cell.start : cell.end].split()) == cell.text
