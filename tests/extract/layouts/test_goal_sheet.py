"""Goal sheets as forms print them and as damage leaves them."""

from __future__ import annotations

import pytest

from tests.extract.sheets import HEAD, NARROW, WIDE, read, rows, sheet

OUTPUT, BENEFIT, SATISFACTION = "项目完成", "项目效益", "满意度指标"


def test_the_head_is_read_with_the_place_of_every_value() -> None:
    text = HEAD.format(total="1,250.50") + NARROW + "\n\t产出指标\t数量指标\t培训人数\t≥50人\t\t\n"
    found = read(text).goal_sheets[0]
    assert (found.unit, found.project, found.printed_year) == ("某县教育局", "校园安全项目", 2023)
    assert (found.funds.total, found.funds.other, found.amount_unit) == ("1250.50", "0", "万元")
    assert found.objective == "保障校园安全。"
    for field, printed in (("unit", "某县教育局"), ("total", "1,250.50"), ("objective", "保障校园安全。")):
        ((start, end),) = found.source.cells[field]
        assert text[start:end] == printed


def test_the_head_keeps_apart_what_shares_a_cell_with_its_label() -> None:
    text = (
        "预算单位：某县司法局\t\t项目名称：普法经费\t\n项目资金\t年度资金总额：\t30\t财政拨款\t30\t其他资金 0\n"
        "总体目标\t年度目标 开展普法宣讲。\t\t\n" + NARROW + "\n\t产出指标\t数量指标\t宣讲次数\t15\t\t\n"
    )
    found = read(text).goal_sheets[0]
    assert (found.unit, found.project, found.funds.other) == ("某县司法局", "普法经费", "0")
    assert found.objective == "开展普法宣讲。"


def test_a_blank_fund_is_absent_and_a_word_in_its_place_is_said() -> None:
    head = "预算单位\t甲局\t项目名称\t乙费\n项目资金（万元）\t年度资金总额：\t见附件\t其中：财政拨款\t\t其他资金\t\n"
    found = read(head + NARROW + "\n\t产出指标\t数量指标\t次数\t15\t\t\n").goal_sheets[0]
    assert found.funds.total is None
    assert found.funds.other is None
    assert any("见附件" in problem for problem in found.unresolved)


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        (
            "merged labels govern the rows below",
            f"\t{OUTPUT}\t数量指标\t甲次数\t5次\t\t\n\t\t\t乙次数\t6次\t\t\n\t\t质量指标\t合格率\t100%\t\t\n",
            [(OUTPUT, "数量指标", "甲次数", "5次"), (OUTPUT, "数量指标", "乙次数", "6次"),
             (OUTPUT, "质量指标", "合格率", "100%")],
        ),
        (
            "cells shifted to the left are known by their labels",
            f"\t{BENEFIT}\t社会效益指标\t改善环境\t有效改善\t\t\n{SATISFACTION}\t{SATISFACTION}\t群众满意度\t≥90%\t\t\t\n"
            "学生满意度\t\t\t≥95%\t\t\n",
            [(BENEFIT, "社会效益指标", "改善环境", "有效改善"), (SATISFACTION, SATISFACTION, "群众满意度", "≥90%"),
             (SATISFACTION, SATISFACTION, "学生满意度", "≥95%")],
        ),
        (
            "cells shifted to the right too",
            f"\t{OUTPUT}\t数量指标\t甲次数\t\t5次\t\n\t\t{BENEFIT}\t经济效益指标\t减轻负担\t\t减轻\n",
            [(OUTPUT, "数量指标", "甲次数", "5次"), (BENEFIT, "经济效益指标", "减轻负担", "减轻")],
        ),
        (
            "a level 2 in the column of level 1 is still a level 2",
            f"\t{OUTPUT}\t数量指标\t甲次数\t5次\t\t\n\t成本指标\t补助标准\t5\t\t\t\n",
            [(OUTPUT, "数量指标", "甲次数", "5次"), (OUTPUT, "成本指标", "补助标准", "5")],
        ),
        (
            "a level 1 printed one row too high waits for its rows",
            f"\t{OUTPUT}\t数量指标\t甲次数\t5次\t\t\n\t{BENEFIT}\t成本指标\t甲费用(万元)\t50\t\t\n"
            "\t\t社会效益指标\t改善环境\t有效改善\t\t\n",
            [(OUTPUT, "数量指标", "甲次数", "5次"), (OUTPUT, "成本指标", "甲费用(万元)", "50"),
             (BENEFIT, "社会效益指标", "改善环境", "有效改善")],
        ),
        (
            "a level 1 printed in the middle of its rows governs them from the first",
            f"\t{OUTPUT}\t数量指标\t甲次数\t5次\t\t\n\t\t社会效益指标\t改善环境\t有效改善\t\t\n"
            f"\t{BENEFIT}\t可持续影响指标\t长效机制\t长期\t\t\n",
            [(OUTPUT, "数量指标", "甲次数", "5次"), (BENEFIT, "社会效益指标", "改善环境", "有效改善"),
             (BENEFIT, "可持续影响指标", "长效机制", "长期")],
        ),
        (
            "a repeated header after a page break is no indicator",
            f"\t{OUTPUT}\t数量指标\t甲次数\t5次\t\t\n\n- 3 -\n\n{NARROW}\n\t\t质量指标\t合格率\t100%\t\t\n",
            [(OUTPUT, "数量指标", "甲次数", "5次"), (OUTPUT, "质量指标", "合格率", "100%")],
        ),
        (
            "rows that say nothing are none",
            f"\t{OUTPUT}\t数量指标\t甲次数\t5次\t\t\n\t{BENEFIT}\t经济效益指标\t无\t无\t\t\n\t\t社会效益指标\t/\t\t\t\n"
            "\t\t生态效益指标\t本项目不适用此指标\t\t\t\n\t\t可持续影响指标\t指标1：\t……\t\t\n",
            [(OUTPUT, "数量指标", "甲次数", "5次")],
        ),
    ],
)  # fmt: skip
def test_which_headings_govern_which_rows(
    name: str, body: str, expected: list[tuple[str, str, str, str]]
) -> None:
    found = sheet(body)
    assert rows(found) == expected, name
    assert not found.unresolved
    assert not any(indicator.unresolved for indicator in found.indicators)


def test_headings_without_a_filled_row_are_kept_apart() -> None:
    found = sheet(
        f"\t{OUTPUT}\t数量指标\t\t\t\t\n\t\t\t甲次数\t5次\t\t\n\t{BENEFIT}\t经济效益指标\t\t\t\t\n\t\t社会效益指标\t改善\t有效\t\t\n"
    )
    assert found.empty_level2 == ["经济效益指标"]
    assert rows(found)[0] == (OUTPUT, "数量指标", "甲次数", "5次")


def test_a_contradiction_without_proof_is_said_aloud() -> None:
    found = sheet(f"\t{OUTPUT}\t社会效益指标\t改善环境\t有效改善\t\t\n")
    assert found.indicators[0].level1 == OUTPUT
    assert found.indicators[0].unresolved == [f"社会效益指标 is printed under {OUTPUT}"]


WIDE_ROW = "\t计划标准\t新增\t5\t按比例赋分\t工作资料\n"


def test_a_wide_row_keeps_every_cell_in_its_column() -> None:
    found = sheet(
        "产出指标\t数量指标\t检查次数（次）\t>=12 次\t计划标准\t10 次\t20\t按比例赋分\t工作资料\n", WIDE
    )
    indicator = found.indicators[0]
    assert (indicator.basis, indicator.previous, indicator.weight) == ("计划标准", "10次", "20")
    assert (indicator.scoring, indicator.evidence) == ("按比例赋分", "工作资料")


def test_a_wide_row_shifted_to_the_right_loses_only_its_last_cell() -> None:
    body = (
        "产出指标\t数量指标\t检查次数\t>=12次"
        + WIDE_ROW
        + "\t成本指标\t经济成本指标\t检查费（万元）\t=50万元\t预算支出标准\t新增\t20\t按比例赋分\n"
    )
    indicator = sheet(body, WIDE).indicators[1]
    assert (indicator.level1, indicator.level2, indicator.dimension) == ("成本指标", "经济成本指标", "成本")
    assert (indicator.weight, indicator.evidence) == ("20", None)
    assert indicator.layout == "column_shift_right"


def test_a_name_broken_by_a_page_is_joined() -> None:
    body = "产出指标\t数量指标\t会议室维护费\t=10 万元\t预算支出标准\t新增\t10\t按照正常比例\t原始凭证\n\n\t\t(万元)\t\t\t\t\t赋分\t\n"
    indicator = sheet(body, WIDE).indicators[0]
    assert (indicator.name, indicator.scoring) == ("会议室维护费(万元)", "按照正常比例赋分")
    assert len(indicator.source.cells["name"]) == 2


def test_a_label_between_the_halves_of_a_broken_row_belongs_to_that_row() -> None:
    body = (
        "产出指标\t数量指标\t检查次数\t>=12次"
        + WIDE_ROW
        + "\t\t保障机关日常工作\t有效保障"
        + WIDE_ROW
        + "效益指标\t社会效益指标\t\t\t\t\t\t\t\n\n\t\t运行\t\t\t\t\t\t\n\t\t提高效率\t有效提高"
        + WIDE_ROW
    )
    found = sheet(body, WIDE)
    assert rows(found)[1:] == [
        ("效益指标", "社会效益指标", "保障机关日常工作运行", "有效保障"),
        ("效益指标", "社会效益指标", "提高效率", "有效提高"),
    ]
    assert found.indicators[1].layout == "level_label_printed_below+continuation"


@pytest.mark.parametrize(("total", "level2"), [("50", "经济成本指标"), ("60", "时效指标")])
def test_a_cost_label_moves_up_only_if_the_costs_then_add_up_to_the_budget(total: str, level2: str) -> None:
    body = (
        "产出指标\t时效指标\t响应时间\t=2小时"
        + WIDE_ROW
        + "\t\t业务经费（万元）\t=36.2万元"
        + WIDE_ROW
        + "成本指标\t经济成本指标\t维护费（万元）\t=12万元"
        + WIDE_ROW
        + "\t\t专网租赁费（万元）\t=0.15万元/月"
        + WIDE_ROW
    )
    indicator = sheet(body, WIDE, total).indicators[1]
    assert indicator.level2 == level2
    assert bool(indicator.unresolved) is (total == "60")


def test_more_cells_than_columns_are_unresolved_and_not_guessed() -> None:
    found = sheet(f"\t{OUTPUT}\t数量指标\t甲次数\t5次\t又一格\t\n")
    assert rows(found) == [(OUTPUT, "数量指标", "甲次数", "5次")]
    assert "又一格" in found.indicators[0].unresolved[0]


@pytest.mark.parametrize(
    "text",
    [
        "项目支出绩效目标表\n\n(  年)\n预算单位\t\t\t\t项目名称\t\t\n项目资金\t年度资金总额:\t\t其中:财政拨款\t\t其他资金\t\n"
        f"总体目标\t年度目标\t\t\t\t\t\n{NARROW}\n\t产出指标\t数量指标\t\t\t\t\n\t\t质量指标\t\t\t\t\n",
        "第四部分 绩效目标\n\n本部门绩效目标随部门预算另行公开，详见附件。\n",
        "2022年部门决算公开\n\n本年收入合计\t100.00\t支出合计\t100.00\n",
    ],
)
def test_a_blank_form_and_a_document_without_sheets_give_no_project(text: str) -> None:
    assert read(text).goal_sheets == []


def test_sheets_follow_each_other_without_titles() -> None:
    one = HEAD.partition("\n\n")[2].format(total="5") + NARROW + "\n\t产出指标\t数量指标\t次数\t15\t\t\n"
    found = read(one + "\n" + one.replace("校园安全", "营养改善")).goal_sheets
    assert [(sheet.seq, sheet.project) for sheet in found] == [(1, "校园安全项目"), (2, "营养改善项目")]


def test_a_table_of_another_shape_below_a_sheet_is_no_part_of_it() -> None:
    found = sheet(f"\t{OUTPUT}\t数量指标\t甲次数\t5次\t\t\n\n部门\t人数\n办公室\t12\n")
    assert rows(found) == [(OUTPUT, "数量指标", "甲次数", "5次")]
