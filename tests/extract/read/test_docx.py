"""Word documents: what prints is read, in printed order and in its grid; the rest is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UnreadableDocument
from extract.read.blocks import Blocks
from extract.read.docx import read_docx
from tests.extract.read.rendered import EXAMPLES, corpus, printed_blocks, text_of, wrong_cells
from tests.extract.read.word_writer import cell, disclosure, docx, p, package, row, runs, table

T = "<w:r><w:t>{}</w:t></w:r>"
ONE, TWO, THREE = (T.format(text) for text in ("一", "二", "三"))
HIDDEN = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t>隐</w:t></w:r>"
RAISED = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
BOX = f"<w:txbxContent>{p('框')}{table(row('甲', '乙'), row('丙', '丁'))}</w:txbxContent>"
SHAPE = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{BOX}</wps:txbx></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (FIELD.format(kind) for kind in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
TICK = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
)
SDT = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
DELETED_MARK = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
SMALL = table(row("小", "表"))
LARGE = table(row("大", "表"), row("两", "行"))
GRID = table(row("左", "右"), row("下", "边"))


def sketch(blocks: Blocks) -> list[Any]:
    """Running text as strings, rows of tables as lists of cells, with ``"|"`` where a new table begins."""
    drawn: list[Any] = []
    table = 0
    for one in blocks.rows:
        if one.table and one.table != table:
            drawn.append("|")
        table = one.table
        drawn.append([cell.text for cell in one.cells] if one.table else one.text)
    return drawn


def body(content: str, **settings: Any) -> list[Any]:
    return sketch(read_docx(docx(content, **settings), "a.docx"))


def inline(content: str) -> str:
    return f"<w:p>{content}</w:p>"


TEXTS = {
    "runs": (ONE + TWO, ["一二"]),
    "tabs and hyphens": (
        "<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:tab/><w:t>3</w:t></w:r>",
        ["1-23"],
    ),
    "breaks begin lines": (runs("一\n二"), ["一", "二"]),
    "carriage return": (f"{ONE}<w:r><w:cr/></w:r>{TWO}", ["一", "二"]),
    "page break": (f'<w:r><w:br w:type="page"/></w:r>{ONE}', ["一"]),
    "tab stops are no tabs": (
        f'<w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr>{ONE}',
        ["一"],
    ),
    "deleted": (
        f"{ONE}<w:del><w:r><w:delText>二</w:delText><w:br/><w:t>二</w:t></w:r></w:del>{THREE}",
        ["一三"],
    ),
    "inserted": (f"{ONE}<w:ins>{TWO}</w:ins>", ["一二"]),
    "moved": (f"<w:moveFrom>{ONE}</w:moveFrom>{TWO}<w:moveTo>{ONE}</w:moveTo>", ["二一"]),
    "hidden": (ONE + HIDDEN.format("") + HIDDEN.format(' w:val="0"'), ["一隐"]),
    "hidden mark of a paragraph": (f"<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{ONE}", ["一"]),
    "link and smart tag": (
        f"<w:hyperlink>{ONE}</w:hyperlink><w:smartTag><w:smartTagPr/>{TWO}</w:smartTag><w:fldSimple>{THREE}</w:fldSimple>",
        ["一二三"],
    ),
    "content control": (SDT.format("<w:text/>", ONE), ["一"]),
    "prompt of a content control": (ONE + SDT.format("<w:showingPlcHdr/>", TWO), ["一"]),
    "field": (ONE + BEGIN + CODE + SEPARATE + TWO + END + THREE, ["一二三"]),
    "field in a code": (BEGIN + BEGIN + CODE + SEPARATE + ONE + END + CODE + SEPARATE + TWO + END, ["二"]),
    "field without end": (ONE + BEGIN + CODE, ["一"]),
    "tick boxes": (
        TICK.format('<w:default w:val="1"/>')
        + END
        + ONE
        + TICK.format('<w:default w:val="1"/><w:checked w:val="0"/>'),
        ["☑一□"],
    ),
    "signs": ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r>', ["≥95%"]),
    "unknown sign": ('<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>', ["\ufffd"]),
    "raised figure": (T.format("10") + RAISED.format("4") + T.format("m") + RAISED.format("2"), ["10⁴m²"]),
    "raised word": (ONE + RAISED.format("注1"), ["一注1"]),
    "ruby": (f"<w:ruby><w:rt>{ONE}</w:rt><w:rubyBase>{TWO}</w:rubyBase></w:ruby>", ["二"]),
    "formula": (
        "<m:oMath><m:f><m:num><m:r><m:t>甲</m:t></m:r></m:num><m:den><m:r><m:t>乙</m:t></m:r></m:den></m:f>"
        "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup></m:oMath>",
        ["甲/乙10⁴"],
    ),
    "notes": (f'{ONE}<w:r><w:footnoteReference w:id="2"/></w:r>', ["一"]),
    "invisible characters": (T.format("预\u200b算\ufeff"), ["预算"]),
    "text box follows its paragraph": (f"{ONE}{SHAPE}{TWO}", ["一二", "框", "|", ["甲", "乙"], ["丙", "丁"]]),
}
BODIES = {
    "order": (p("前") + GRID + p("") + GRID + p("后"), ["前", "|", ["左", "右"], ["下", "边"], "|", ["左", "右"], ["下", "边"], "后"]),
    "touching tables": (GRID + GRID, ["|", ["左", "右"], ["下", "边"], "|", ["左", "右"], ["下", "边"]]),
    "deleted paragraph mark": (inline(DELETED_MARK + ONE) + inline(DELETED_MARK + TWO) + inline(THREE), ["一二三"]),
    "block control": (SDT.format("<w:docPartObj/>", p("一") + GRID), ["一", "|", ["左", "右"], ["下", "边"]]),
    "row and cell controls": (
        table(SDT.format("", row("左", SDT.format("", cell("右")))), f"<w:ins>{row('下', '边')}</w:ins>"),
        ["|", ["左", "右"], ["下", "边"]],
    ),
    "custom markup": (f"<w:customXml>{p('一')}</w:customXml>", ["一"]),
    "gridSpan": (table(row(cell("题", span=3)), row("左", "中", "右")), ["|", ["题", "", ""], ["左", "中", "右"]]),
    "columns that only borders make": (
        table(row(cell("左", span=2), cell("右", span=5)), row(cell("下", span=2), cell("边", span=5))),
        ["|", ["左", "右"], ["下", "边"]],
    ),
    "gridSpan without bounds": (table(row(cell("题", span=20_000_000), "右"), row("左")), ["|", ["题", "右"], ["左", ""]]),
    "vMerge": (
        table(row(cell("产出", merge="restart"), "一"), row(cell("看不见", merge="continue"), "二"), row(cell("效益", merge="restart"), "三")),
        ["|", ["产出", "一"], ["", "二"], ["效益", "三"]],
    ),
    "vMerge without value goes on": (
        table(row(cell("产出", merge="restart"), "一"), row("<w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc>", "二")),
        ["|", ["产出", "一"], ["", "二"]],
    ),
    "vMerge that begins nowhere": (table(row("左", "右"), row(cell("产出", merge="continue"), "一")), ["|", ["左", "右"], ["产出", "一"]]),
    "hMerge": (
        table(row('<w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr>' + p("题") + "</w:tc>", "<w:tc><w:tcPr><w:hMerge/></w:tcPr>" + p("无") + "</w:tc>"), row("左", "右")),
        ["|", ["题", ""], ["左", "右"]],
    ),
    "gridBefore": (table(row("左", "右"), row("边", properties='<w:gridBefore w:val="1"/>')), ["|", ["左", "右"], ["", "边"]]),
    "gridAfter": (table(row("左", "右"), row("下", properties='<w:gridAfter w:val="1"/>')), ["|", ["左", "右"], ["下", ""]]),
    "hidden and deleted rows": (
        table(row("左", "右"), row("隐", "藏", properties="<w:hidden/>"), row("删", "去", properties='<w:del w:id="1"/>'), row("下", "边", properties='<w:hidden w:val="0"/>')),
        ["|", ["左", "右"], ["下", "边"]],
    ),
    "several paragraphs in a cell": (table(row(cell(p("产出") + p("指标")), "右")), ["|", ["产出指标", "右"]]),
    "small table in a cell": (table(row(cell(p("前") + SMALL + p("后")), "右")), ["|", ["前小表后", "右"]]),
    "cell that begins with a spanned table": (
        table(row(cell(table(row(cell("内", span=3))) + p("后")), "右")), ["|", ["内后", "右"]]
    ),
    "large table in a cell": (table(row(cell(p("前") + LARGE + p("后")), cell(LARGE)), row("下", "边")) + p("完"), ["|", ["前后", ""], ["下", "边"], "|", ["大", "表"], ["两", "行"], "|", ["大", "表"], ["两", "行"], "完"]),
    "large table in a large one": (
        table(row(cell(table(row(cell(LARGE + p("内")), "乙"), row("丙", "丁"))), "右")),
        ["|", ["", "右"], "|", ["内", "乙"], ["丙", "丁"], "|", ["大", "表"], ["两", "行"]],
    ),
    "frame around content": (table(row(cell(p("前") + LARGE + p("后")))), ["前", "|", ["大", "表"], ["两", "行"], "后"]),
    "text box in a cell": (table(row(cell(inline(ONE + SHAPE)), "右")) + p("完"), ["|", ["一", "右"], "框", "|", ["甲", "乙"], ["丙", "丁"], "完"]),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_text_of_a_paragraph(name: str) -> None:
    content, expected = TEXTS[name]
    assert body(inline(content)) == expected


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("strict", [False, True])
def test_body(name: str, strict: bool) -> None:
    content, expected = BODIES[name]
    assert body(content, strict=strict) == expected


def test_the_document_may_have_another_name() -> None:
    assert body(p("一"), part="word/document2.xml") == ["一"]


def test_places_count_in_the_transcript() -> None:
    blocks = read_docx(docx(p("题 目") + table(row("左", cell(p("右") + p("边"))))), "a.docx")
    assert blocks.text == "题 目\n左\t右 边\n" and blocks.encoding == "docx"
    cells = [cell for one in blocks.rows for cell in one.cells]
    assert [blocks.text[one.start : one.end] for one in cells] == ["题 目", "左", "右 边"]


def test_a_table_and_a_paragraph_are_parted_from_what_stands_above() -> None:
    rows = read_docx(docx(p("一\n二") + GRID), "a.docx").rows
    assert [one.broken for one in rows] == [True, False, True, False]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("merge", [False, True], ids=["plain", "merged"])
def test_the_example_reads_as_from_text(path: Path, merge: bool) -> None:
    assert (
        wrong_cells(path, read_docx(disclosure(printed_blocks(text_of(path)), merge=merge), "a.docx")) == []
    )


@pytest.mark.parametrize("path", corpus())
@pytest.mark.parametrize("merge", [False, True], ids=["plain", "merged"])
def test_the_real_disclosure_reads_as_from_text(path: Path, merge: bool) -> None:
    assert (
        wrong_cells(path, read_docx(disclosure(printed_blocks(text_of(path)), merge=merge), "a.docx")) == []
    )


def nested(depth: int) -> str:
    return GRID if not depth else table(row(cell(nested(depth - 1)), "右"), row("下", "边"))


REFUSED = {
    "nothing": (b"", "damaged"),
    "workbook": (package({"xl/workbook.xml": "<workbook/>"}), "holds no Word document"),
    "other root": (package({"word/document.xml": "<document/>"}), "holds no Word document"),
    "no text": (docx(p(" ") + table(row("", ""))), "holds no text"),
    "picture": (docx("<w:p><w:r><w:drawing/></w:r></w:p>"), "pictures but no text"),
    "other document inside": (docx(p("一") + '<w:altChunk r:id="rId9"/>'), "not merged into it"),
    "doctype": (package({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}), "DOCTYPE"),
    "nested 45 deep": (docx(nested(45)), "nested more than 40 deep"),
    "nested 5,000 deep": (docx("<w:tbl><w:tr><w:tc>" * 5000 + p("一") + "</w:tc></w:tr></w:tbl>" * 5000), "nested too deep"),
    "too many cells": (docx(table(row(*["<w:tc/>"] * 700), *[row(str(n)) for n in range(750)])), "more than 500,000 cells and lines"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    raw, reason = REFUSED[name]
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read_docx(raw, "a.docx")
    assert "\n" not in str(caught.value)


def test_the_deepest_tree_that_is_parsed_is_read() -> None:
    assert body("<w:customXml>" * 245 + p("一") + "</w:customXml>" * 245) == ["一"]
    assert body(nested(39))[-2:] == [["左", "右"], ["下", "边"]]


PIECES = [ONE, SHAPE, TICK, BEGIN, SEPARATE, END, DELETED_MARK, "<w:p>", "</w:p>", "<w:tbl>", "</w:tbl>", "<w:tr>",
          "</w:tr>", "<w:tc>", "</w:tc>", "<w:del>", "</w:del>", '<w:tcPr><w:gridSpan w:val="9"/><w:vMerge/></w:tcPr>',
          "<w:sdt>", "</w:sdt>", "<w:moveFrom>", "</w:moveFrom>", "<mc:AlternateContent/>", "<m:num/>", "<w:hidden/>",
          '<w:vertAlign w:val="superscript"/>', "<w:vanish/>", "<w:showingPlcHdr/>", GRID, "<w:rt/>", "&amp;", "<"]  # fmt: skip


def read_or_refuse(raw: bytes) -> None:
    try:
        read_docx(raw, "a.docx")
    except UnreadableDocument as error:
        assert "\n" not in str(error)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_markup_gives_blocks_or_one_clear_line(pieces: list[str]) -> None:
    read_or_refuse(docx("".join(pieces)))


@given(st.recursive(st.just(ONE), lambda inner: st.tuples(st.sampled_from(
    ["p", "tbl", "tr", "tc", "r", "rPr", "pPr", "trPr", "tcPr", "del", "moveFrom", "sdt", "sdtPr", "txbxContent", "rt",
     "vanish", "hidden", "vertAlign", "showingPlcHdr", "fldChar", "checkBox"]), st.lists(inner, max_size=3)).map(
        lambda pair: f'<w:{pair[0]} w:val="superscript">{"".join(pair[1])}</w:{pair[0]}>'), max_leaves=12))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_any_tree_gives_blocks_or_one_clear_line(content: str) -> None:
    read_or_refuse(docx(content))


@given(st.binary(max_size=40), st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_blocks_or_one_clear_line(noise: bytes, share: float) -> None:
    whole = docx(p("预算单位") + GRID)
    place = int(share * len(whole))
    read_or_refuse(noise)
    read_or_refuse(whole[:place] + noise + whole[place + len(noise) :])
    markup = f"<w:document {'x' * 3}>".encode() + noise
    read_or_refuse(package({"word/document.xml": markup}))
