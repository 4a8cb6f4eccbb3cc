"""Project narratives."""

from __future__ import annotations

from tests.extract.sheets import read

TEXT = """七、关于某局2024年项目支出情况说明

1、项目名称：会议中心改造

设立的政策依据：依据某财预【2024】1号的通知

预算安排规模：59.00 万元

项目承担单位：某县人民政府办公室

室

资金分配情况：改造费 49 万元，维护费 10 万元，参会人数 300 人，

餐费标准 60 元/人

资金执行时间：2024 年 1 月-2024 年 12 月

情况二：（属于对个人补贴的项目支出按下列内容说明）

项目名称：无
设立的政策依据：无
预算安排规模：无

八、关于政府性基金预算
项目名称这几个字在正文里不算数。
"""


def test_a_narrative_is_read_with_its_cost_components() -> None:
    (found,) = read(TEXT).narratives
    assert (found.project, found.amount, found.amount_unit) == ("会议中心改造", "59.00", "万元")
    assert [(item.name, item.amount, item.unit) for item in found.allocation_items] == [
        ("改造费", "49", "万元"),
        ("维护费", "10", "万元"),
        ("餐费标准", "60", "元/人"),
    ]
    assert found.period == "2024年1月-2024年12月"


def test_a_tail_printed_twice_by_a_page_break_is_left_out() -> None:
    (found,) = read(TEXT).narratives
    assert found.unit == "某县人民政府办公室"


def test_the_place_of_every_part_is_known() -> None:
    (found,) = read(TEXT).narratives
    ((start, end),) = found.source.cells["amount"]
    assert TEXT[start:end] == "59.00 万元"
