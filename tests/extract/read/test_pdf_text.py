"""PDF: paragraphs, what nobody sees, turned text, furniture."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.extract.read.pdf_maker import Style, canvas_of, pdf
from tests.extract.read.pdf_reading import (
    GRID,
    LONG,
    drawn,
    lines,
    one_page,
    paragraph,
    read,
    rows,
    ruled,
)

HEAD = "2024年单位预算公开说明材料"


def test_wrapped_lines_are_paragraphs_and_short_lines_stay_apart() -> None:
    long = "本项目资金用于支付全年场地租金和设施维护费用，保障工作正常开展。" * 5
    printed = ["一、概况", long, "项目名称：场地租金", "预算安排规模：60万元", long]
    assert lines(pdf([paragraph(one) for one in printed])) == printed


def test_a_paragraph_goes_on_over_a_page() -> None:
    long = "本项目资金用于支付全年场地租金和设施维护费用，保障工作正常开展。" * 150
    blocks, accounts = read(pdf([paragraph(long)]))
    assert [row.text for row in blocks.rows] == [long]
    assert len(accounts) > 1


def test_short_lines_are_no_full_lines_on_a_page_without_one() -> None:
    printed = ["设立的政策依据：按照接待工作需要安排", "预算安排规模：60万元", "项目承担单位：办公室"]
    assert lines(pdf([paragraph(one) for one in printed])) == printed


SEEN = "BT /F1 12 Tf 50 700 Td (seen) Tj ET "
HIDDEN = {
    "invisible": "BT /F1 12 Tf 50 500 Td 3 Tr (x) Tj ET",
    "tiny": "BT /F1 0.1 Tf 50 500 Td (x) Tj ET",
    "outside of the page": "BT /F1 12 Tf -900 500 Td (x) Tj ET",
    "clipped": "q 0 0 5 5 re W n BT /F1 12 Tf 50 500 Td (x) Tj ET Q",
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_what_nobody_sees_is_left_out(hidden: str) -> None:
    assert lines(one_page((SEEN + hidden).encode())) == ["seen"]


@pytest.mark.parametrize("shift", [0.0, 0.3, 1.2])
def test_text_printed_upon_itself_is_read_once(shift: float) -> None:
    def draw(canvas: Any) -> None:
        for step in range(3):
            canvas.drawString(100 + shift * step / 2, 400, "项目支出11月")

    assert lines(drawn(draw)) == ["项目支出11月"]


def turned(raw: bytes, turn: int) -> bytes:
    """The same file with its pages shown turned."""
    import pypdfium2

    document, file = pypdfium2.PdfDocument(raw), io.BytesIO()
    for page in document:
        page.set_rotation(turn)
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_reads_like_an_upright_one(turn: int) -> None:
    raw = turned(pdf([paragraph("项目清单"), GRID]), turn)
    assert (lines(raw), rows(raw)) == (["项目清单"], [list(row) for row in GRID.rows])


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_printed_sideways_on_an_upright_page_is_turned(turn: int) -> None:
    def draw(canvas: Any) -> None:
        canvas.translate(400, 400)
        canvas.rotate(turn)
        ruled(canvas, [0, 100, 200], [40, 20, 0])
        for x, y, text in ((2, 25, "名称"), (102, 25, "金额"), (2, 5, "图书"), (102, 5, "12.50")):
            canvas.drawString(x, y, text)

    assert rows(drawn(draw, width=800, height=800)) == [["名称", "金额"], ["图书", "12.50"]]


def test_a_label_turned_in_its_cell_stays_whole() -> None:
    def draw(canvas: Any) -> None:
        ruled(canvas, [100, 130, 250], [500, 400])
        canvas.drawString(135, 450, "数量指标值说明")
        canvas.translate(120, 410)
        canvas.rotate(90)
        canvas.drawString(0, 0, "绩效指标")

    assert rows(drawn(draw)) == [["绩效指标", "数量指标值说明"]]


def test_a_slanted_stamp_is_furniture() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(100, 400, "项目支出")
        canvas.translate(100, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "公开")

    blocks, accounts = read(drawn(draw))
    assert ([row.text for row in blocks.rows], accounts[0].furniture) == (["项目支出"], 1)


def test_a_raised_figure_does_not_become_a_digit() -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(100, 400, "面积10")
        canvas.setFont("STSong-Light", 5)
        canvas.drawString(100 + 18 + 9, 404, "4")

    assert lines(drawn(draw)) == ["面积10⁴"]


def test_the_visible_part_of_a_page_is_read_from_its_crop_box() -> None:
    canvas, file = canvas_of()
    canvas.setCropBox((200, 200, 600, 500))
    canvas.drawString(210, 400, "里面")
    canvas.drawString(50, 400, "外面")
    canvas.save()
    assert lines(file.getvalue()) == ["里面"]


def test_the_filled_field_of_a_form_is_text() -> None:
    canvas, file = canvas_of()
    canvas.drawString(50, 500, "项目名称：")
    canvas.acroForm.textfield(
        name="a", x=120, y=490, width=200, height=20, value="Lounge 2024", borderWidth=0
    )
    canvas.save()
    assert lines(file.getvalue()) == ["项目名称：Lounge2024"]


def test_page_numbers_and_running_heads_are_furniture_and_counted() -> None:
    blocks, accounts = read(pdf([LONG], Style(number_pages=True, head=HEAD)))
    assert [row.text for row in blocks.rows if not row.table] == []
    assert [one.furniture for one in accounts] == [4] * len(accounts)


@pytest.mark.parametrize("title", ["项目支出绩效目标表", "单位：万元", "附表1（2024年）"])
def test_a_line_that_names_or_labels_the_table_below_is_no_furniture(title: str) -> None:
    def draw(canvas: Any) -> None:
        for _ in range(4):
            canvas.setFont("STSong-Light", 9)
            canvas.drawString(300, 570, title)
            ruled(canvas, [100, 250, 400], [500, 480])
            canvas.drawString(102, 485, "项目名称")
            canvas.drawString(252, 485, "图书")
            canvas.showPage()

    assert lines(drawn(draw)) == [title] * 4


def test_a_bare_number_that_counts_no_pages_stays() -> None:
    def draw(canvas: Any) -> None:
        for number in ("7", "5", "31"):
            canvas.setFont("STSong-Light", 9)
            canvas.drawString(300, 300, "正文")
            canvas.drawString(300, 20, number)
            canvas.showPage()

    assert lines(drawn(draw)) == ["正文", "7", "正文", "5", "正文", "31"]
