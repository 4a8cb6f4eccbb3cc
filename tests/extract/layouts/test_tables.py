"""Project lists and project expenditure tables."""

from __future__ import annotations

from tests.extract.sheets import read

LIST = "单位：万元\n\n序号\t部门单位\t项目实施单位\t项目名称\t申请预算金额\n合计\t\t\t\t1,050.20\n1\t甲局\t甲中心\t甲项目\t1,000.00\n2\t乙局\t乙局\t乙经费\t50.2\n"


def test_a_project_list_gives_its_rows_and_its_total() -> None:
    found = read(LIST)
    assert found.project_list_total == "1050.20"
    assert [(row.seq, row.department, row.unit, row.project, row.amount) for row in found.project_list] == [
        (1, "甲局", "甲中心", "甲项目", "1000.00"),
        (2, "乙局", "乙局", "乙经费", "50.2"),
    ]
    assert found.project_list[0].amount_unit == "万元"
    assert found.goal_sheets == []


EXPENDITURE = (
    "表7\n\n科目编码\t\t\t科目名称\t项目名称\t项目支出合计\t工资福利支出\t商品和服务支出\t资本性支出\n类\t款\t项\t\t\t\t\t\t\n"
    "205\t\t\t教育支出\t\t90.00\t\t80.00\t10.00\n205\t02\t99\t其他普通教育支出\t校园安全项目\t90.00\t\t80.00\t10.00\n"
    "\t\t\t\t合计\t90.00\t\t80.00\t10.00\n"
)


def test_expenditure_lines_are_the_project_rows_only() -> None:
    (line,) = read(EXPENDITURE).expenditure_lines
    assert (line.function_code, line.function_name) == ("2050299", "其他普通教育支出")
    assert (line.project, line.total) == ("校园安全项目", "90.00")
    assert line.economic == {"商品和服务支出": "80.00", "资本性支出": "10.00"}


def test_a_header_printed_a_cell_a_line_spreads_its_merged_code() -> None:
    header = ["科 目 编 码", "科目", "项目名称", "项目支出合计", "工资福利支出", "商品和服务支出"]
    second = ["类", "款", "项", "", "", "", "", ""]
    line = ["205", "02", "99", "其他普通教育支出", "校园安全项目", "90", "", "90"]
    text = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in (header, second, line))
    (found,) = read(text + "\n").expenditure_lines
    assert (found.function_code, found.project, found.economic) == (
        "2050299",
        "校园安全项目",
        {"商品和服务支出": "90"},
    )


def test_spans_of_a_list_row_show_its_print() -> None:
    row = read(LIST).project_list[0]
    ((start, end),) = row.source.cells["amount"]
    assert LIST[start:end] == "1,000.00"
    assert (row.source.table, row.source.row) == (1, 3)
