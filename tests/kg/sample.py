"""Three small records written by hand: one unit, two years, two documents that print the same edition.

Documents are told apart by their hash alone, so a hash is a repeated digit here.
"""

from __future__ import annotations

from typing import Any

from extract.records import (
    AllocationItem,
    Document,
    ExpenditureLine,
    Funds,
    GoalSheet,
    Indicator,
    Narrative,
    ProjectListRow,
    Source,
)

UNIT = "示例市档案局"
ALLOCATION = "库房租金55万元，维护费0.5万元/月"


def source(start: int, end: int, **more: Any) -> Source:
    return Source(file="sample.txt", start=start, end=end, **more)


def indicator(row: int, level1: str, level2: str, name: str, target: str | None, **more: Any) -> Indicator:
    """An indicator of a table, one hundred characters a row, with name and target in cells of their own."""
    start = 100 * row
    cells = {"name": [(start, start + len(name))]}
    if target is not None:
        cells["target"] = [(start + 50, start + 50 + len(target))]
    return Indicator(
        row=row,
        level1=level1,
        level2=level2,
        name=name,
        target=target,
        **{"dimension": None, **more},
        source=source(start, start + 90, table=1, row=row + 6, cells=cells),
    )


def rent_sheet(seq: int = 1) -> GoalSheet:
    """A sheet of the 项目完成 form: a bound, a cost, a date, a wording and a percentage."""
    output, benefit = "项目完成指标", "项目效益指标"
    rows = [
        indicator(1, output, "数量指标", "租用面积（平米）", "≥1200", dimension="产出",
                  comparator=">=", value="1200", unit="平米"),
        indicator(2, output, "成本指标", "全年租金", "≤60万元", dimension="产出",
                  comparator="<=", value="60", unit="万元"),
        indicator(3, output, "时效指标", "租赁结束时间", "2020年12月31日", dimension="产出",
                  date="2020-12-31"),
        indicator(4, benefit, "社会效益指标", "查阅需要", "有效保障", dimension="效益", qualitative=True),
        indicator(5, "满意度指标", "满意度指标", "查阅人员满意度（%）", "≥95%", dimension="满意度",
                  comparator=">=", value="95", unit="%"),
    ]  # fmt: skip
    return GoalSheet(
        seq=seq,
        printed_year=None,
        unit=UNIT,
        project="库房租赁费",
        responsible_person=None,
        funds=Funds(total="60.00", fiscal="60", other="0"),
        amount_unit="万元",
        objective="保障档案库房安全",
        indicators=rows,
        empty_level2=["生态效益指标"],
        source=source(0, 600, table=1, row=1, cells={"total": [(10, 15)], "fiscal": [(20, 22)]}),
    )


def digital_sheet() -> GoalSheet:
    """A sheet with doubts: funds that do not add up, an unknown unit, a price, a row without target."""
    output = "项目完成指标"
    rows = [
        indicator(1, output, "数量指标", "查阅人数（人/次）", "3000", dimension="产出",
                  value="3000", unit="人/次"),
        indicator(2, output, "成本指标", "数字化单价", "=0.5元/页", dimension="产出",
                  comparator="=", value="0.5", unit="元/页"),
        indicator(3, output, "质量指标", "完成率", "100%", dimension="产出", value="100", unit="%"),
        indicator(4, output, "时效指标", "设备到位", None, dimension="产出",
                  unresolved=["no target printed"]),
    ]  # fmt: skip
    return GoalSheet(
        seq=2,
        printed_year=2020,
        unit=UNIT,
        project="档案数字化经费",
        responsible_person="张三",
        funds=Funds(total="80", fiscal="50", other="20"),
        amount_unit="万元",
        objective=None,
        indicators=rows,
        empty_level2=[],
        unresolved=["two totals printed"],
        source=source(600, 1100, table=2, row=1),
    )


def budget_2020() -> Document:
    """A department budget with sheets, a list, an expenditure line and a narrative."""
    return Document(
        document="a-2020.txt",
        title="示例市档案局2020年部门预算公开",
        publisher=UNIT,
        fiscal_year=2020,
        published="2020-01-20",
        kind="部门预算公开",
        goal_sheets=[rent_sheet(), digital_sheet()],
        project_list=[
            ProjectListRow(seq=1, department=UNIT, unit=UNIT, project="库房租赁费", amount="65.00",
                           amount_unit="万元", source=source(2000, 2040, table=3, row=2)),
            ProjectListRow(seq=2, department=UNIT, unit=UNIT, project="档案数字化经费", amount="80",
                           amount_unit="万元", source=source(2040, 2080, table=3, row=3)),
        ],
        expenditure_lines=[
            ExpenditureLine(function_code="2012601", function_name="行政运行", project="库房租赁费",
                            total="60.00", economic={"商品和服务支出": "60.00"}, amount_unit="万元",
                            source=source(3000, 3050, table=4, row=5, cells={"total": [(3030, 3035)]})),
        ],
        narratives=[
            Narrative(project="库房租赁费", policy_basis=None, amount="60", amount_unit="万元", unit=UNIT,
                      allocation=ALLOCATION, period="2020年全年",
                      allocation_items=[
                          AllocationItem(name="库房租金", amount="55", unit="万元", start=4020, end=4028),
                          AllocationItem(name="维护费", amount="0.5", unit="万元/月", start=4029, end=4040),
                      ],
                      source=source(4000, 4100, cells={"amount": [(4010, 4014)]},
                                    printed={"amount": "60万元"})),
        ],
        project_list_total="145.00",
        sha256="a" * 64,
        source=source(0, 5000, cells={"title": [(2, 19)], "published": [(4900, 4910)]},
                      printed={"published": "2020年1月20日"}),
        encoding="utf-8",
    )  # fmt: skip


def key_projects_2020() -> Document:
    """Another document that prints the same edition of the rent, with the same amounts."""
    sheet = rent_sheet()
    return Document(
        document="b-2020.txt",
        title="2020年重点项目绩效目标",
        publisher=None,
        fiscal_year=2020,
        published=None,
        kind="重点项目绩效目标",
        goal_sheets=[sheet],
        project_list=[],
        expenditure_lines=[],
        narratives=[],
        sha256="b" * 64,
        source=source(0, 5000),
        encoding="gb18030",
        unresolved=["the list breaks off"],
    )


def budget_2021() -> Document:
    """The next year in the form with 成本 as a level one, weights printed, money in 元."""
    rows = [
        indicator(1, "成本指标", "经济成本指标", "租金", "≤600,000元", dimension="成本", comparator="<=",
                  value="600000", unit="元", weight="20"),
        indicator(2, "产出指标", "数量指标", "租用面积", "≥1200平方米", dimension="产出", comparator=">=",
                  value="1200", unit="平方米", weight="(0-20)分"),
        indicator(3, "效益指标", "社会效益指标", "查阅需要", "显著提高", dimension="效益", qualitative=True),
        indicator(4, "满意度指标", "服务对象满意度指标", "查阅人员满意度", "=100%", dimension="满意度",
                  comparator="=", value="100", unit="%", weight="10"),
    ]  # fmt: skip
    sheet = GoalSheet(
        seq=1,
        printed_year=2021,
        unit=UNIT,
        project="库房　租赁费",
        responsible_person=None,
        funds=Funds(total="600000", fiscal="600000", other="0.00"),
        amount_unit="元",
        objective='安全"存放"',
        indicators=rows,
        empty_level2=[],
        source=source(0, 500, table=1, row=1),
    )
    return Document(
        document="c-2021.txt",
        title=None,
        publisher=UNIT,
        fiscal_year=2021,
        published="2021-02-30",
        kind="单位预算公开",
        goal_sheets=[sheet],
        project_list=[],
        expenditure_lines=[],
        narratives=[],
        sha256="c" * 64,
        source=source(0, 5000),
        encoding="utf-8",
    )


def documents() -> list[Document]:
    """All three, in the order of their hashes."""
    return [budget_2020(), key_projects_2020(), budget_2021()]
