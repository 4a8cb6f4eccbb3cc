"""Small sheets for tests: a head that is always the same, and the body that a test is about."""

from __future__ import annotations

from pathlib import Path

from extract.document import read_document
from extract.records import Document, GoalSheet

NARROW = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值（包含数字及文字描述）\t\t"
WIDE = (
    "一级指标\t二级指标\t三级指标\t指标值\t指标值设置依据\t上年完成值\t指标分值权重\t指标赋分规则\t佐证资料"
)
HEAD = (
    "项目支出绩效目标表\n\n(2023年)\n"
    "预算单位\t某县教育局\t\t\t项目名称\t校园安全项目\t\n"
    "项目资金（万元）\t年度资金总额:\t{total}\t其中:财政拨款\t{total}\t其他资金\t0\n"
    "总体目标\t年度目标\t\t\t\t\t\n\t保障校园安全。\t\t\t\t\t\n"
)


def read(text: str) -> Document:
    """Read a document given as text."""
    return read_document(Path("test.txt"), text.encode())


def sheet(body: str, header: str = NARROW, total: str = "50") -> GoalSheet:
    """The one sheet of a document with this body."""
    sheets = read(HEAD.format(total=total) + header + "\n" + body).goal_sheets
    assert len(sheets) == 1
    return sheets[0]


def rows(found: GoalSheet) -> list[tuple[str | None, str | None, str | None, str | None]]:
    """(level 1, level 2, name, target) of every indicator."""
    return [(i.level1, i.level2, i.name, i.target) for i in found.indicators]
