"""Rows of tabs that were broken inside a cell."""

from __future__ import annotations

import pytest

from extract.layouts.wraps import join_wrapped
from extract.read.blocks import number_tables
from extract.read.plain import read_plain


def cells(text: str) -> list[list[str]]:
    return [
        [cell.text for cell in row.cells] for row in join_wrapped(read_plain(text, "a.txt", "utf-8").rows)
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "by the number of tabs",
            "甲\t乙\t丙\t丁\n一\t二\n二半\t三\t四\n五\t六\t七\t八\n",
            [["甲", "乙", "丙", "丁"], ["一", "二二半", "三", "四"], ["五", "六", "七", "八"]],
        ),
        (
            "over several lines, and inside a label",
            "项目总\n体目标\t\t保障\n校园\n安全。\t\n预算单位\t\t甲局\t\n",
            [["项目总体目标", "", "保障校园安全。", ""], ["预算单位", "", "甲局", ""]],
        ),
        (
            "inside the last cell",
            "甲\t乙\t丙\n一\t二\t三的前半\n三的后半\n四\t五\t六\n",
            [["甲", "乙", "丙"], ["一", "二", "三的前半三的后半"], ["四", "五", "六"]],
        ),
        (
            "short rows that begin with labels of their own stay apart",
            "项目名称\t甲\n预算单位\t乙局\n资金总额\t10\n一级指标\t二级指标\t三级指标\t指标值\n",
            [
                ["项目名称", "甲"],
                ["预算单位", "乙局"],
                ["资金总额", "10"],
                ["一级指标", "二级指标", "三级指标", "指标值"],
            ],
        ),
        (
            "a figure is whole, and what stands below it is no part of it",
            "甲\t乙\t丙\n一\t二\t95%\n某局\n四\t五\t六\n",
            [["甲", "乙", "丙"], ["一", "二", "95%"], ["某局"], ["四", "五", "六"]],
        ),
    ],
)
def test_rows_are_joined(name: str, text: str, expected: list[list[str]]) -> None:
    assert cells(text) == expected, name


def test_tables_and_rows_are_numbered_and_breaks_marked() -> None:
    text = "甲\t乙\t丙\n丁\t戊\t己\n\n庚\t辛\t壬\n正文\n\n子\t丑\t寅\n"
    found = number_tables(join_wrapped(read_plain(text, "a.txt", "utf-8").rows))
    assert [(row.table, row.number, row.broken) for row in found] == [
        (1, 1, True),
        (1, 2, False),
        (1, 3, True),
        (0, 0, False),
        (2, 1, True),
    ]
