"""PDF: ruled tables and tables over pages."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from extract.read.blocks import number_tables
from tests.extract.read.pdf_maker import LEFT, UP, Style, pdf
from tests.extract.read.pdf_reading import (
    GRID,
    LONG,
    drawn,
    lines,
    paragraph,
    read,
    rows,
    ruled,
    table,
)


@pytest.mark.parametrize("rules", ["stroke", "rectangle", "dashed", "dots", "double"])
def test_lines_of_any_kind_rule_a_table(rules: str) -> None:
    assert rows(pdf([GRID], Style(rules=rules))) == [list(row) for row in GRID.rows]


def test_a_merged_cell_prints_in_its_first_column_and_row() -> None:
    printed = table(("项目", LEFT, "金额"), ("类", "款", UP), ("201", "01", "8"))
    assert rows(pdf([printed])) == [["项目", "", "金额"], ["类", "款", ""], ["201", "01", "8"]]


def test_a_table_without_side_lines_keeps_its_outer_columns() -> None:
    assert rows(pdf([GRID], Style(open_sides=True))) == [list(row) for row in GRID.rows]


def test_cells_that_touch_are_two_and_text_over_a_border_is_one() -> None:
    def draw(canvas: Any) -> None:
        ruled(canvas, [100, 145, 250], [500, 480, 460, 440])
        canvas.drawString(100, 485, "项目支出表")  # 45 points: it ends at the line
        canvas.drawString(145, 485, "金额")
        canvas.drawString(102, 465, "机关事业单位养老")  # 72 points: over the line
        canvas.drawString(102, 445, "合计")
        canvas.drawRightString(249, 445, "1,234.50")

    assert rows(drawn(draw)) == [["项目支出表", "金额"], ["机关事业单位养老", ""], ["合计", "1,234.50"]]


def test_lines_of_a_cell_are_joined_in_reading_order_and_latin_words_stay_apart() -> None:
    def draw(canvas: Any) -> None:
        ruled(canvas, [100, 200, 300], [500, 440])
        for y, text in ((470, "指标"), (485, "经济效益")):
            canvas.drawString(102, y, text)
        for y, text in ((485, "Party"), (470, "School")):
            canvas.drawString(202, y, text)

    blocks, _ = read(drawn(draw))
    assert [cell.text for cell in blocks.rows[0].cells] == ["经济效益指标", "PartySchool"]
    assert "Party School" in blocks.text


def test_a_row_that_no_line_closes_keeps_its_words_and_columns() -> None:
    def draw(canvas: Any) -> None:
        ruled(canvas, [100, 200, 300, 400], [500, 480])
        for number, text in enumerate(("一级指标", "二级指标", "指标值")):
            canvas.drawString(102 + 100 * number, 485, text)
        for number, text in enumerate(("产出", "数量", "≥20")):
            canvas.drawString(102 + 100 * number, 468, text)

    assert rows(drawn(draw)) == [["一级指标", "二级指标", "指标值"], ["产出", "数量", "≥20"]]


def test_signatures_below_a_table_are_no_row_of_it() -> None:
    def draw(canvas: Any) -> None:
        ruled(canvas, [100, 200, 300, 400], [500, 480])
        for number, text in enumerate(("一级指标", "二级指标", "指标值")):
            canvas.drawString(102 + 100 * number, 485, text)
        for number, text in enumerate(("填表人：张三", "审核人：李四", "日期：")):
            canvas.drawString(102 + 100 * number, 468, text)

    assert rows(drawn(draw)) == [["一级指标", "二级指标", "指标值"]]
    assert lines(drawn(draw)) == ["填表人：张三审核人：李四日期："]


def test_a_frame_around_a_single_text_is_no_table() -> None:
    def draw(canvas: Any) -> None:
        canvas.rect(100, 400, 200, 100)
        canvas.drawString(120, 450, "说明文字")

    assert (rows(drawn(draw)), lines(drawn(draw))) == ([], ["说明文字"])


def test_columns_without_lines_are_a_table_from_three_lines_on() -> None:
    def draw(canvas: Any) -> None:
        for number, row in enumerate(
            (("编码", "名称", "金额"), ("201", "行政运行", "5.00"), ("合计", "", "5.00"))
        ):
            for x, text in zip((100, 200, 350), row, strict=True):
                canvas.drawString(x, 500 - 14 * number, text)

    assert rows(drawn(draw)) == [["编码", "名称", "金额"], ["201", "行政运行", "5.00"], ["合计", "", "5.00"]]


@pytest.mark.parametrize(
    "options", [{}, {"open_pages": True}, {"repeat_header": True}, {"number_pages": True}]
)
def test_a_table_over_pages_is_one_and_the_page_breaks_are_known(options: dict[str, Any]) -> None:
    blocks, _ = read(pdf([paragraph("项目清单"), LONG], Style(**options)))
    numbered = number_tables(blocks.rows)
    assert {row.table for row in numbered} == {0, 1}
    first_of_page = [row for above, row in pairwise(numbered) if row.page != above.page]
    assert len(first_of_page) >= 2
    assert all(row.broken for row in first_of_page)
    printed = [[cell.text for cell in row.cells] for row in numbered if row.table]
    assert [row for row in printed if row != list(LONG.rows[0])] == [list(row) for row in LONG.rows[1:]]


def test_a_title_between_two_pages_begins_another_table() -> None:
    printed = [LONG, paragraph("项目支出绩效目标表"), LONG]
    assert {row.table for row in number_tables(read(pdf(printed))[0].rows)} == {0, 1, 2}


def test_a_page_with_fewer_column_borders_keeps_the_numbers_of_its_columns() -> None:
    def draw(canvas: Any) -> None:
        ruled(canvas, [100, 150, 250, 400], [60, 40])
        for x, text in ((102, "甲"), (152, "乙"), (252, "丙")):
            canvas.drawString(x, 45, text)
        canvas.showPage()
        canvas.setFont("STSong-Light", 9)
        ruled(canvas, [100, 250, 400], [560, 540])
        for x, text in ((102, "合计"), (252, "丁")):
            canvas.drawString(x, 545, text)

    assert rows(drawn(draw)) == [["甲", "乙", "丙"], ["合计", "", "丁"]]


def cut(above: tuple[str, ...], below: tuple[str, ...]) -> list[list[str]]:
    """What is read of two rows, 5 characters wide, the one at the end of a page, the other on the next."""

    def draw(canvas: Any) -> None:
        for row, top in ((above, 60), (below, 560)):
            count = max(len(text.split("\n")) for text in row)
            ruled(canvas, [100 + 50 * number for number in range(len(row) + 1)], [top, top - 4 - 12 * count])
            for number, text in enumerate(row):
                for line, part in enumerate(text.split("\n")):
                    canvas.drawString(102 + 50 * number, top - 10 - 12 * line, part)
            canvas.showPage()
            canvas.setFont("STSong-Light", 9)

    return rows(drawn(draw))


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (("201", "其他政府办", "机场设施租", "60.00"), ("", "公厅事务", "用费", ""), True),
        (("项目名称", "环保专项业", ""), ("", "务经费", ""), True),
        (("数量指标", "办案满意度", "95%"), ("", "（%）", ""), True),
        (("数量指标", "满意", "95%"), ("", "群众", ""), False),  # the line above had room
        (("产出", "经济效益类", "95%"), ("", "社会效益类", ""), False),  # a label of its own
        (("合计合计合", "12,345.6", "1"), ("其他其他其", "12,345.6", ""), False),  # figures are never joined
        (("甲甲甲甲甲", "乙乙乙乙乙"), ("丙丙", "丁丁"), False),  # nothing tells a rest from a row
        (("年度预算总", "财政拨款六", "60.00"), ("项目目标", "保障工作", ""), False),  # a label and its value
        (("甲", "设施\n租赁费用支", "场地\n全年维护费", "6"), ("", "出", "用", ""), True),
    ],
)
def test_a_row_cut_by_the_page_is_joined_only_where_the_cells_prove_it(
    above: tuple[str, ...], below: tuple[str, ...], joined: bool
) -> None:
    first, rest = ([text.replace("\n", "") for text in row] for row in (above, below))
    together = ["".join(pair) for pair in zip(first, rest, strict=True)]
    assert cut(above, below) == ([together] if joined else [first, rest])
