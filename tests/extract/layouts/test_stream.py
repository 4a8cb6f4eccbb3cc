"""Sheets that lost their rows."""

from __future__ import annotations

import pytest

from tests.extract.sheets import read, rows

CELLS = [
    "项目支出绩效目标表",
    "（2022年度）",
    "预算单位",
    "某县卫生健康局",
    "项目名称",
    "公共卫生补助",
    "项目资金（万元）",
    "年度资金总额：",
    "120.50",
    "其中：财政拨款",
    "120.50",
    "其他资金",
    "0",
    "项目总体目标",
    "免费提供健康档案。",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "产出指标",
    "数量指标",
    "建档份数（份）",
    "≥5000",
    "接种人次（人次）",
    "≥12000",
    "质量指标",
    "合格率（%）",
    "≥95%",
    "成本指标",
    "补助标准（元/人）",
    "84",
    "效益指标",
    "社会效益指标",
    "健康意识",
    "有效提升",
    "生态效益指标",
    "满意度指标",
    "服务对象满意度指标",
    "居民满意度（%）",
    "≥90%",
]
LINES = """项目支出绩效目标表
(2022年)
预算单位 某县卫生健康局 项目名称 公共卫生补助
项目资金（万元） 年度资金总额： 120.50 其中：财政拨款 120.50 其他资金 0
项目总体目标 免费提供健康档案。
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 建档份数（份） ≥5000
接种人次（人次） ≥12000
质量指标 合格率（%） ≥95%
成本指标 补助标准（元/人） 84
效益指标 社会效益指标 健康意识 有效提升
生态效益指标
满意度指标 服务对象满意度指标 居民满意度（%） ≥90%
"""
EXPECTED = [
    ("产出指标", "数量指标", "建档份数（份）", "≥5000"),
    ("产出指标", "数量指标", "接种人次（人次）", "≥12000"),
    ("产出指标", "质量指标", "合格率（%）", "≥95%"),
    ("产出指标", "成本指标", "补助标准（元/人）", "84"),
    ("效益指标", "社会效益指标", "健康意识", "有效提升"),
    ("满意度指标", "服务对象满意度指标", "居民满意度（%）", "≥90%"),
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a cell a line", "\n".join(CELLS)),
        ("with blank lines", "\n\n".join(CELLS)),
        ("with tabs", "\n".join("\t" + cell for cell in CELLS)),
        ("with trailing bars", "\n".join(cell + "|" for cell in CELLS)),
        ("a row a line", LINES),
        (
            "inside a document",
            f"第四部分 说明\n（四）预算绩效情况\n详见下表。\n{chr(10).join(CELLS)}\n（五）其他\n无。\n",
        ),
    ],
)
def test_the_grammar_of_a_row_gives_the_rows_back(name: str, text: str) -> None:
    (found,) = read(text).goal_sheets
    assert rows(found) == EXPECTED, name
    assert (found.unit, found.project, found.printed_year) == ("某县卫生健康局", "公共卫生补助", 2022)
    assert (found.funds.total, found.funds.fiscal, found.funds.other) == ("120.50", "120.50", "0")
    assert found.objective == "免费提供健康档案。"
    assert found.empty_level2 == ["生态效益指标"]
