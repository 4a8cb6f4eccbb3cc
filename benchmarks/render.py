"""Printing: a disclosure becomes the text of a file, its tables in the geometry of its style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from benchmarks.sheets import Cells, blank_to, sheet_lines, table_lines
from benchmarks.world import Disclosure

ECONOMIC = (
    "工资福利支出", "商品和服务支出", "对个人和家庭的补助", "债务利息及费用支出",
    "资本性支出（基本建设）", "资本性支出", "对企业补助（基本建设）", "对企业补助",
    "对社会保障基金补助", "其他支出",
)  # fmt: skip
EXPENSE_HEAD = ("科目编码", "", "", "科目名称", "项目名称", "项目支出合计", *ECONOMIC)
LIST_HEAD = ("序号", "部门单位", "项目实施单位", "项目名称", "申请预算金额")
BALANCE_HEAD = ("项目", "预算数", "功能分类", "预算数")
FUNCTIONS = ("201 一般公共服务支出", "204 公共安全支出", "205 教育支出", "208 社会保障和就业支出",
             "210 卫生健康支出", "213 农林水支出", "214 交通运输支出", "221 住房保障支出",
             "229 其他支出")  # fmt: skip


def render(disclosure: Disclosure, damage: bool = False) -> str:
    """The text of a disclosure; ``damage`` displaces some cells as real documents do."""
    body = key_project_lines(disclosure) if disclosure.key_projects else budget_lines(disclosure)
    lines = [disclosure.title, "", *body]
    for sheet in disclosure.sheets:
        lines += ["", *sheet_lines(sheet, damage), ""]
    return "\n".join([*lines, *closing_lines(disclosure), ""])


def key_project_lines(disclosure: Disclosure) -> Iterator[str]:
    """The project list (项目清单) at the top of a document on key projects."""
    rows: Cells = [
        LIST_HEAD,
        ("合计", "", "", "", f"{total_of(sheet.total for sheet in disclosure.sheets):,}"),
    ]
    rows += [
        (str(number), sheet.unit, sheet.unit, sheet.project, f"{Decimal(sheet.total):,.2f}")
        for number, sheet in enumerate(disclosure.sheets, 1)
    ]
    yield from ("单位：万元", "")
    yield from table_lines(rows, disclosure.style)


def total_of(amounts: Iterable[str]) -> Decimal:
    """The sum of printed amounts, with two decimals."""
    return sum(map(Decimal, amounts), Decimal("0.00"))


def budget_lines(disclosure: Disclosure) -> Iterator[str]:
    """Contents, an unrelated table, the expenditure table and the narratives of a budget disclosure."""
    unit, year = disclosure.unit, disclosure.year
    yield from (
        "目  录",
        "",
        "第一部分 概况",
        "第二部分 预算公开表",
        "第三部分 情况说明",
        "第四部分 名词解释",
        "",
    )
    yield from ("第一部分 概况", "", f"{unit}贯彻上级部署，承担法定职责，内设机构{year % 7 + 4}个。", "")
    yield from ("第二部分 预算公开表", "", "表一：", "收支总体情况表", f"编制单位：{unit}", "单位：万元", "")
    yield from table_lines(balance_rows(disclosure), disclosure.style)
    yield from ("", "表七：", "一般公共预算项目支出情况表", "", f"编制单位：{unit}", "", "单位：万元", "")
    yield from table_lines(expense_rows(disclosure), disclosure.style)
    yield from ("", "第三部分 情况说明", "", f"七、关于{unit}{year}年项目支出情况说明", "")
    yield from story_lines(disclosure)
    yield from ("", "八、预算绩效情况", "", f"本年度编报绩效目标的项目{len(disclosure.sheets)}个：")


def balance_rows(disclosure: Disclosure) -> Cells:
    """A small budget table that holds no project."""
    sums = f"{total_of(expense.total for expense in disclosure.expenses):,}"
    filled: Sequence[tuple[str, ...]] = [("", "", name, "") for name in FUNCTIONS]
    return [
        BALANCE_HEAD,
        ("财政拨款", sums, "201 一般公共服务支出", sums),
        *filled,
        ("收入总计", sums, "支出总计", sums),
    ]


def expense_rows(disclosure: Disclosure) -> Cells:
    """The project expenditure table: a class row, the projects, a sum."""
    width, style = len(EXPENSE_HEAD), disclosure.style
    first = disclosure.expenses[0]
    total = str(total_of(expense.total for expense in disclosure.expenses))
    head = tuple(cell for cell in EXPENSE_HEAD if cell) if style.geometry == "cells" else EXPENSE_HEAD
    rows: Cells = [head, blank_to(("类", "款", "项"), width)]
    rows.append(blank_to((first.codes[0], "", "", "本类支出", "", total), width))
    for expense in disclosure.expenses:
        amounts = dict(expense.economic)
        cells = [*expense.codes, expense.function, expense.project, expense.total]
        rows.append((*cells, *(amounts.get(name, "") for name in ECONOMIC)))
    rows.append(blank_to(("", "", "", "", "合计", total), width))
    return rows


def story_lines(disclosure: Disclosure) -> Iterator[str]:
    """The numbered narratives (项目支出情况说明)."""
    for number, story in enumerate(disclosure.stories, 1):
        yield f"{number}、项目名称：{story.project}"
        yield f"设立的政策依据：{story.basis}"
        yield f"预算安排规模：{story.amount}万元"
        yield f"项目承担单位：{story.unit}"
        yield f"资金分配情况：{story.allocation}"
        yield f"资金执行时间：{story.period}"


def closing_lines(disclosure: Disclosure) -> Iterator[str]:
    """Glossary, signature and date; a document on key projects ends with its last sheet."""
    if disclosure.key_projects:
        return
    yield from (
        "",
        "第四部分 名词解释",
        "",
        "一、项目支出：为完成专门任务而安排的支出。",
        "",
        disclosure.unit,
        "",
    )
    yield f"{disclosure.year}年{disclosure.month}月{disclosure.day}日"
