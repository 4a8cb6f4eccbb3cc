"""PDF: ruled tables over pages, paragraphs, furniture, and an account of every word."""

from __future__ import annotations

import io
import os
import zlib
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UnreadableDocument
from extract.read.blocks import Blocks, number_tables
from extract.read.pdf import PageAccount, account, read_pdf, read_pdf_with_account
from extract.read.pdf.limits import Clock
from extract.read.plain import PAGE_NUMBER
from tests.extract.read.pdf_maker import LEFT, UP, Style, canvas_of, pdf
from tests.extract.read.rendered import (
    EXAMPLES,
    ROOT,
    Block,
    corpus,
    printed_blocks,
    record_of,
    text_of,
    wrong_cells,
)

REAL = ROOT / ".." / "shared" / "pdf"
HEAD = "2024年单位预算公开说明材料"
PORTRAIT = {"width": 595, "height": 842, "size": 7}
STYLES = {
    "lines": Style(),
    "boxes, cut rows, furniture": Style(
        rules="rectangle", cut_rows=True, number_pages=True, head=HEAD, **PORTRAIT
    ),
    "dashes, pages not closed": Style(rules="dashed", open_pages=True, cut_rows=True),
}
ONE_EXAMPLE = {
    "dots": Style(rules="dots"),
    "double lines": Style(rules="double"),
    "imitated bold": Style(bold=True),
    "open sides": Style(open_sides=True),
    "no indents": Style(indent=False),
}


def read(raw: bytes) -> tuple[Blocks, list[PageAccount]]:
    """Blocks and account of a file; no word may be lost, none may be printed that the pages do not print."""
    blocks, accounts = read_pdf_with_account(raw, "x.pdf")
    assert [one.lost for one in accounts if one.lost] == []
    assert all(one.words == one.placed + one.furniture for one in accounts)
    return blocks, accounts


def rows(raw: bytes) -> list[list[str]]:
    """The texts of the table rows of a file."""
    return [[cell.text for cell in row.cells] for row in read(raw)[0].rows if row.table]


def lines(raw: bytes) -> list[str]:
    """The paragraphs of a file."""
    return [row.text for row in read(raw)[0].rows if not row.table]


def table(*printed: tuple[str, ...]) -> Block:
    return Block("", list(printed))


def paragraph(text: str) -> Block:
    return Block(text, [])


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_an_example_gives_its_golden_record(path: Path, style: Style) -> None:
    blocks, _ = read(pdf(printed_blocks(text_of(path)), style))
    assert wrong_cells(path, blocks) == []


@pytest.mark.parametrize("style", ONE_EXAMPLE.values(), ids=ONE_EXAMPLE)
def test_another_way_of_printing_gives_the_same_record(style: Style) -> None:
    blocks, _ = read(pdf(printed_blocks(text_of(EXAMPLES[0])), style))
    assert wrong_cells(EXAMPLES[0], blocks) == []


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("path", corpus())
def test_a_real_disclosure_printed_as_pdf_gives_its_gold(path: Path, style: Style) -> None:
    blocks, _ = read(pdf(printed_blocks(text_of(path)), style))
    assert wrong_cells(path, blocks) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_every_character_printed_stands_in_the_transcript_once(path: Path) -> None:
    """But for the page numbers that some of the examples print as a line of their own."""
    printed = printed_blocks(text_of(path))
    texts = [text for one in printed for text in (one.text, *[cell for row in one.rows for cell in row])]
    wanted, found = (Counter("".join(text.split())) for text in ("".join(texts), read(pdf(printed))[0].text))
    numbers = Counter("".join(text for text in texts if PAGE_NUMBER.match(text.strip())))
    assert found - wanted == Counter()
    assert wanted - found <= numbers


# Real budgets without goal sheets.


@cache
def real(name: str) -> tuple[Blocks, list[PageAccount]]:
    path = REAL / f"2025-district-{name}-budget.pdf"
    if not path.exists():
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("the real disclosures are not in ../shared/pdf")
    return read(path.read_bytes())


REAL_NAMES = ("finance-bureau", "government-office")


@pytest.mark.corpus
@pytest.mark.parametrize("name", REAL_NAMES)
def test_a_real_budget_without_goal_sheets_has_none_and_loses_no_word(name: str) -> None:
    blocks, accounts = real(name)
    record = record_of(blocks, name)
    assert (record["goal_sheets"], record["unresolved"]) == ([], [])
    assert sum(one.words for one in accounts) > 500
    assert (record["fiscal_year"], record["kind"]) == (2025, None) or record["fiscal_year"] == 2025


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "page", "printed"),
    [
        ("finance-bureau", 9, ["一、财政拨款收入", "31,214,205.80", "一、一般公共服务支出", "22,186,440.80"]),
        (
            "finance-bureau",
            12,
            ["201", "06", "01", "行政运行", "16,231,840.80", "16,093,326.00", "138,514.80"],
        ),
        ("finance-bureau", 13, ["合计", "", "", "", "31,214,205.80", "25,121,091.00", "6,093,114.80"]),
        ("finance-bureau", 21, ["0.95", "", "0.95", "", "", "", "229.43"]),
        (
            "government-office",
            10,
            ["221", "02", "03", "购房补贴", "1,867,680.00", "1,867,680.00", "", "", ""],
        ),
        ("government-office", 20, ["867.50", "839.00", "28.50", "", "", "", "213.28"]),
    ],
)
def test_a_real_table_row_keeps_its_columns(name: str, page: int, printed: list[str]) -> None:
    assert printed in [[cell.text for cell in row.cells] for row in real(name)[0].rows if row.page == page]


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "tables"), [("finance-bureau", 9), ("government-office", 9)])
def test_a_real_table_that_goes_on_over_a_page_is_one_table(name: str, tables: int) -> None:
    numbered = number_tables(real(name)[0].rows)
    assert max(row.table for row in numbered) == tables
    assert (
        len(
            {row.table for row in numbered if row.page in (10, 11) and row.table and name == "finance-bureau"}
        )
        <= 1
    )


@pytest.mark.corpus
def test_text_that_a_page_only_holds_clipped_is_printed_on_the_other_page() -> None:
    """A spreadsheet cell over two pages stands whole on both of them, and each shows its part."""
    prose = [(row.page, row.text) for row in real("finance-bureau")[0].rows if not row.table]
    assert [page for page, text in prose if text.startswith(("8.“社会", "9.“卫生"))] == [7, 8]


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "heading", "text"),
    [
        ("finance-bureau", "五、实施周期", "2025年1月1日至2025年12月31日"),
        ("finance-bureau", "四、实施方案", "根据与中介机构的相关合同有序推进。"),
        ("government-office", "五、实施周期", "2025全年度。"),
    ],
)
def test_the_description_of_a_project_stands_below_its_heading(name: str, heading: str, text: str) -> None:
    prose = [row.text for row in real(name)[0].rows if not row.table]
    assert prose[prose.index(heading) + 1] == text


# Tables.

GRID = table(("项目名称", "金额"), ("图书", "12.50"), ("合计", "12.50"))


@pytest.mark.parametrize("rules", ["stroke", "rectangle", "dashed", "dots", "double"])
def test_lines_of_any_kind_rule_a_table(rules: str) -> None:
    assert rows(pdf([GRID], Style(rules=rules))) == [list(row) for row in GRID.rows]


def test_a_merged_cell_prints_in_its_first_column_and_row() -> None:
    printed = table(("项目", LEFT, "金额"), ("类", "款", UP), ("201", "01", "8"))
    assert rows(pdf([printed])) == [["项目", "", "金额"], ["类", "款", ""], ["201", "01", "8"]]


def test_a_table_without_side_lines_keeps_its_outer_columns() -> None:
    assert rows(pdf([GRID], Style(open_sides=True))) == [list(row) for row in GRID.rows]


def drawn(draw: Any, **options: Any) -> bytes:
    """A page that ``draw`` draws on."""
    canvas, file = canvas_of(**options)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def ruled(canvas: Any, xs: list[float], ys: list[float]) -> None:
    """A full grid of lines."""
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])


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


# Tables over pages.

LONG = table(
    ("序号", "项目名称", "金额"), *[(str(number), f"项目{number}", f"{number}.00") for number in range(1, 60)]
)


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
    ],
)
def test_a_row_cut_by_the_page_is_joined_only_where_the_cells_prove_it(
    above: tuple[str, ...], below: tuple[str, ...], joined: bool
) -> None:
    together = ["".join(pair) for pair in zip(above, below, strict=True)]
    assert cut(above, below) == ([together] if joined else [list(above), list(below)])


# Text.


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


@pytest.mark.parametrize(
    ("kind", "left_out"),
    [
        ("3 Tr", "x"),
        ("0.2 w 0 Tr /F1 0.1 Tf", "x"),
        ("1 0 0 1 -900 0 cm 0 Tr", "x"),
        ("0 0 5 5 re W n 0 Tr", "x"),
    ],
    ids=["invisible", "tiny", "outside of the page", "clipped"],
)
def test_what_nobody_sees_is_left_out(kind: str, left_out: str) -> None:
    content = (
        f"BT /F1 12 Tf 50 700 Td (seen) Tj ET q BT {kind.split(' cm')[0] if 'cm' not in kind else ''} ET Q"
    )
    if "cm" in kind or "W n" in kind:
        before, _, mode = kind.rpartition(" 0 Tr")
        content = f"BT /F1 12 Tf 50 700 Td (seen) Tj ET q {before} BT /F1 12 Tf 50 500 Td ({left_out}) Tj ET Q{mode}"
    else:
        content = f"BT /F1 12 Tf 50 700 Td (seen) Tj ET BT /F1 12 Tf 50 500 Td {kind} ({left_out}) Tj ET"
    assert lines(one_page(content.encode())) == ["seen"]


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


# Furniture.


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


# Refusals.

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def written(objects: dict[int, bytes]) -> bytes:
    """A PDF of numbered objects; the first is its catalog."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = {}
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start, size = out.tell(), max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(b"%010d %05d %c \n" % (places.get(number, 0), 0, b"nf"[number not in places]))
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
    return out.getvalue()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def pages_of(kids: bytes, count: int, content: bytes = b"BT /F1 12 Tf 50 700 Td (Hello) Tj ET") -> bytes:
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return written({1: CATALOG, 2: tree, 3: PAGE, 4: stream(content), 5: FONT})


def one_page(content: bytes) -> bytes:
    return pages_of(b"3 0 R", 1, content)


def encrypted(user: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    canvas, file = canvas_of(encrypt=StandardEncryption(user, "owner", canPrint=0, canCopy=0))
    canvas.drawString(100, 400, "项目支出")
    canvas.save()
    return file.getvalue()


def picture() -> bytes:
    canvas, file = canvas_of()
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    return file.getvalue()


def without_codes() -> bytes:
    """Text in a font whose glyphs have numbers and no characters."""
    page = {3: PAGE, 4: stream(b"BT /F1 12 Tf 50 700 Td <00410142023402350236> Tj ET")}
    font = b"<</Type/Font/Subtype/Type0/BaseFont/ABC/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    system = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    glyphs = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABC/DW 1000/FontDescriptor 7 0 R%s>>" % system
    looks = b"<</Type/FontDescriptor/FontName/ABC/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return written({1: CATALOG, 2: tree, **page, 5: font, 6: glyphs, 7: looks})


GOOD = one_page(b"BT /F1 12 Tf 50 700 Td (Hello) Tj ET")
NESTED = b"[" * 100_000 + b"]" * 100_000
REFUSED = {
    "nothing": (b"", "no PDF"),
    "web page": (b"<html>404</html>", "no PDF"),
    "half": (pdf([LONG])[:-2000], "cut off"),
    "only a header": (b"%PDF-1.7\n%%EOF", "damaged"),
    "password": (encrypted("secret"), "encrypted with a password"),
    "picture": (picture(), "no text layer: the pages are images; install jixiao[ocr]"),
    "blank": (one_page(b" "), "blank"),
    "loop of pages": (pages_of(b"2 0 R", 5), "damaged"),
    "missing page": (pages_of(b"3 0 R 9 0 R", 2), "damaged"),
    "too many pages": (pages_of(b"3 0 R " * 10_000, 10_000), "more than 2,000 pages"),
    "content bomb": (one_page(b" " * 40_000_000), "unpacks to more than 32 MiB"),
    "nested arrays": (
        written({1: CATALOG[:-2] + b"/X " + NESTED + b">>", 2: b"<</Kids[]/Count 0>>"}),
        "damaged",
    ),
    "no codes": (without_codes(), "do not say which characters they print"),
}


@pytest.mark.parametrize(("raw", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_pdf(raw, "x.pdf")
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_owner_password_alone_locks_nobody_out() -> None:
    assert lines(encrypted("")) == ["项目支出"]


def test_a_form_that_draws_itself_ends() -> None:
    form = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 6 0 R>>>>")
    page = PAGE.replace(b"/Font", b"/XObject<</X 6 0 R>>/Font")
    content = stream(b"/X Do BT /F1 12 Tf 50 700 Td (Hello) Tj ET")
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    assert lines(written({1: CATALOG, 2: tree, 3: page, 4: content, 5: FONT, 6: form})) == ["Hello"]


def test_the_time_of_a_document_is_bounded() -> None:
    clock = Clock("x.pdf", seconds=-1)
    with pytest.raises(UnreadableDocument, match="takes longer"):
        clock.check()


def test_the_cells_of_a_document_are_bounded() -> None:
    with pytest.raises(UnreadableDocument, match="500,000 cells"):
        Clock("x.pdf").cells(500_001)


def test_a_page_of_an_image_beside_pages_of_text_is_told() -> None:
    canvas, file = canvas_of()
    canvas.drawString(100, 400, "项目支出")
    canvas.showPage()
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    assert [one.pictured for one in account(file.getvalue(), "x.pdf")] == [False, True]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_are_read_or_refused(raw: bytes) -> None:
    read_or_refuse(b"%PDF-1.7\n" + raw + b"\n%%EOF")
    read_or_refuse(raw)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_bytes_are_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([GOOD, SMALL_TABLE])))
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), max_size=12)
    ):
        raw[place] = value
    read_or_refuse(bytes(raw))


SMALL_TABLE = pdf([GRID])


def read_or_refuse(raw: bytes) -> None:
    try:
        blocks, accounts = read_pdf_with_account(raw, "x.pdf")
    except UnreadableDocument:
        return
    blocks.text.encode("utf-8")
    assert all(one.lost == [] for one in accounts)
