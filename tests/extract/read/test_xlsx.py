"""Workbooks are read as printed: formats, merged areas, hidden parts, several sheets; bad ones are refused."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UnreadableDocument
from extract.read.blocks import Blocks
from extract.read.xlsx import read_xlsx
from tests.extract.read.rendered import EXAMPLES, corpus, printed_blocks, record_as_data, text_of, wrong_cells
from tests.extract.read.workbooks import Number, Raw, Tab, Value, disclosure, make_xlsx, rows_of, zipped

MANNERS = [
    pytest.param({}, id="plain"),
    pytest.param({"merge": True}, id="merged"),
    pytest.param({"merge": True, "split": True}, id="sheets"),
]
# One row to stand as a table below what a test is about.
PAIR = ("预算单位", "某县教育局")


def read(*tabs: Tab, **parts: object) -> Blocks:
    return read_xlsx(make_xlsx(*tabs, **parts), "a.xlsx")  # type: ignore[arg-type]


def texts(blocks: Blocks) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in blocks.rows]


def row(*values: Value) -> list[str]:
    """What the only row of a sheet prints; a number in front keeps the row a table."""
    return texts(read(Tab("Sheet1", rows_of(("1", *values)))))[0][1:]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("manner", MANNERS)
def test_an_example_as_a_workbook_gives_its_golden_record(path: Path, manner: dict[str, bool]) -> None:
    workbook = disclosure(printed_blocks(text_of(path)), **manner)
    assert wrong_cells(path, read_xlsx(workbook, path.name)) == []


@pytest.mark.parametrize("path", corpus())
@pytest.mark.parametrize("manner", MANNERS)
def test_a_real_disclosure_as_a_workbook_gives_its_gold_record(path: Path, manner: dict[str, bool]) -> None:
    workbook = disclosure(printed_blocks(text_of(path)), **manner)
    assert wrong_cells(path, read_xlsx(workbook, path.name)) == []


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("≥95%", "≥95%"),
        ("满意度\n指标", "满意度指标"),
        ("项\u200b目\ufeff", "项目"),
        (Number("0.95", "0%"), "95%"),
        (Number("2523.7", "#,##0.00"), "2,523.70"),
        (Number("0.30000000000000004"), "0.3"),
        (Number("44531", 'yyyy"年"m"月"'), "2021年12月"),
        (Number("12", "General", formula="SUM(B1:B9)"), "12"),
        (Raw('<c r="{place}" t="b"><v>1</v></c>'), "TRUE"),
        (Raw('<c r="{place}" t="e"><v>#DIV/0!</v></c>'), "#DIV/0!"),
        (Raw('<c r="{place}" t="str"><f>A1&amp;"x"</f><v>某局</v></c>'), "某局"),
        (Raw('<c r="{place}" t="str"><f>IF(1,"")</f><v></v></c>'), ""),
        (Raw('<c r="{place}" t="inlineStr"><is><t>直</t></is></c>'), "直"),
        (Raw('<c r="{place}" t="inlineStr"><is><t>a_x000D_\nb_x005F_c</t></is></c>'), "ab_c"),
        (Raw('<c r="{place}" t="d"><v>2021-12-31</v></c>'), "2021-12-31"),
        (Raw("<c><v>7</v></c>"), "7"),
    ],
)
def test_a_value_is_printed_as_its_page_prints_it(value: Value, printed: str) -> None:
    assert row(value, "2") == [printed, "2"] if printed else row(value, "2") == ["2"]


def test_runs_are_joined_and_readings_left_out() -> None:
    rich = (
        "<r><t>产出</t></r><r><rPr><b/></rPr><t>指标</t></r>"
        '<rPh sb="0" eb="2"><t>チャンチュ</t></rPh><phoneticPr fontId="1"/>'
    )
    shared = make_xlsx(
        Tab("Sheet1", rows_of(("1", Raw('<c r="{place}" t="s"><v>0</v></c>')))), strings=[rich]
    )
    assert texts(read_xlsx(shared, "a.xlsx"))[0][1] == "产出指标"


def test_signs_of_sign_fonts_and_raised_digits_are_kept() -> None:
    ticks = '<r><rPr><rFont val="Wingdings 2"/></rPr><t>R</t></r><r><t>是 10</t></r>'
    ticks += '<r><rPr><vertAlign val="superscript"/></rPr><t>4</t></r>'
    shared = make_xlsx(
        Tab("Sheet1", rows_of(("1", Raw('<c r="{place}" t="s"><v>0</v></c>')))), strings=[ticks]
    )
    assert texts(read_xlsx(shared, "a.xlsx"))[0][1] == "☑是10⁴"


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    tab = Tab("Sheet1", rows_of((Number("43099", "yyyy-mm-dd"), "b")))
    assert texts(read(tab, settings='<workbookPr date1904="1"/>')) == [["2021-12-31", "b"]]
    assert texts(read(tab)) == [["2017-12-30", "b"]]


def test_zeros_that_the_sheet_does_not_show_are_blank() -> None:
    view = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    cells = rows_of(("a", Number("0", "0.00"), Number("0.001", "0.00")), ("b", "0", "c"))
    assert texts(read(Tab("Sheet1", cells, before=view))) == [["a", "", "0.00"], ["b", "0", "c"]]


def test_a_merged_area_prints_in_its_first_cell_and_what_it_covers_is_no_print() -> None:
    rows = rows_of(("产出指标", "数量", "a"), ("遗留", "", "b"), ("", "质量", "c"))
    assert texts(read(Tab("Sheet1", rows, ["A1:A3", "B1:B2"]))) == [
        ["产出指标", "数量", "a"],
        ["", "", "b"],
        ["", "质量", "c"],
    ]


def test_columns_without_print_are_no_columns() -> None:
    assert texts(
        read(Tab("Sheet1", {3: [None, "a", None, None, "b"], 4: [None, None, None, None, "c"]}))
    ) == [
        ["a", "b"],
        ["", "c"],
    ]


def test_hidden_sheets_rows_and_columns_are_not_printed() -> None:
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>'
    shown = Tab(
        "Sheet1",
        rows_of(("a", "内部", "b"), ("c", "d", "e"), ("f", "g", "h")),
        hidden_rows=[2],
        before=columns,
    )
    hidden = [Tab(state, rows_of(("x", "y")), state=state) for state in ("hidden", "veryHidden")]
    assert texts(read(hidden[0], shown, hidden[1])) == [["a", "b"], ["f", "h"]]


def test_a_merged_area_whose_first_cell_is_hidden_still_prints() -> None:
    columns = '<cols><col min="1" max="1" hidden="true"/></cols>'
    tab = Tab("Sheet1", rows_of(("标签", "", "a"), ("", "", "b")), ["A1:B2"], hidden_rows=[1], before=columns)
    assert texts(read(tab)) == [["标签", "b"]]


def test_titles_and_notes_are_running_text_and_the_rest_is_one_table() -> None:
    rows = rows_of(
        ("项目支出绩效目标表",), ("（2024年度）",), PAIR, ("总体目标", "年度目标"), ("", "保障运转。"), (),
        ("二、说明",), ("a", "b"), ("注：略",),
    )  # fmt: skip
    found = read(Tab("Sheet1", rows, ["A1:B1", "A9:B9"]))
    assert [(line.table, line.broken, line.text) for line in found.rows] == [
        (0, True, "项目支出绩效目标表"),
        (0, False, "（2024年度）"),
        (2, False, "预算单位某县教育局"),
        (2, False, "总体目标年度目标"),
        (2, False, "保障运转。"),
        (0, True, "二、说明"),
        (3, False, "ab"),
        (0, False, "注：略"),
    ]


def test_a_blank_row_breaks_a_table_and_a_row_within_a_merged_area_does_not() -> None:
    rows = {1: ("a", "b"), 3: ("c", "d"), 6: ("e", "f")}
    found = read(Tab("Sheet1", rows, ["A3:A6"]))
    assert [(line.table, line.broken) for line in found.rows] == [(1, True), (1, True), (1, False)]


@pytest.mark.parametrize(
    ("name", "title", "first"),
    [
        ("某县教育局绩效目标表", "（2024年度）", "某县教育局绩效目标表"),
        ("某县教育局绩效目标表", None, "某县教育局绩效目标表"),
        ("绩效目标表", "2024年项目支出绩效目标表(预算)", "2024年项目支出绩效目标表(预算)"),
        ("Sheet1", None, "预算单位某县教育局"),
        ("工作表2", None, "预算单位某县教育局"),
        ("Sheet1 (2)", None, "预算单位某县教育局"),
    ],
)
def test_the_name_of_a_sheet_stands_in_for_a_missing_title(name: str, title: str | None, first: str) -> None:
    rows = rows_of((title,), PAIR) if title else rows_of(PAIR)
    assert read(Tab(name, rows)).rows[0].text == first


def test_every_sheet_begins_a_table_of_its_own() -> None:
    found = read(Tab("Sheet1", rows_of(("a", "b"))), Tab("Sheet2", rows_of(("c", "d"))))
    assert [line.table for line in found.rows] == [1, 2]


def test_places_count_in_the_text_of_the_blocks() -> None:
    found = read(Tab("Sheet1", rows_of(("项目支出绩效目标表",), ("a", "总体 目标", "", "c"))))
    assert [found.text[cell.start : cell.end] for line in found.rows for cell in line.cells] == [
        "项目支出绩效目标表", "a", "总体 目标", "c",
    ]  # fmt: skip


def test_strict_workbooks_and_other_places_of_parts_are_read() -> None:
    with zipfile.ZipFile(BytesIO(make_xlsx(Tab("Sheet1", rows_of(("a", Number("0.5", "0%"))))))) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    strict = {
        name.replace("xl/workbook.xml", "xl/Workbook2.xml"): content.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        .replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
        .replace("xl/workbook.xml", "xl/workbook2.xml")
        for name, content in members.items()
    }  # fmt: skip
    strict["xl/_rels/workbook2.xml.rels"] = strict.pop("xl/_rels/workbook.xml.rels")
    assert texts(read_xlsx(zipped(strict), "a.xlsx")) == [["a", "50%"]]


def far(place: str) -> Raw:
    return Raw(f'<c r="{place}" t="inlineStr"><is><t>far</t></is></c>')


def test_a_cell_in_the_last_place_is_a_cell_like_any_other() -> None:
    rows = {1: ("a", "b"), 1_048_576: (far("XFD1048576"),)}
    assert texts(read(Tab("Sheet1", rows))) == [["a", "b", ""], ["", "", "far"]]
    assert texts(read(Tab("Sheet1", rows, ["A1:XFD1048576"]))) == [["a"], ["", "far"]]


def wide(columns: int) -> dict[int, Sequence[Value]]:
    return {1: [str(number) for number in range(columns)]}


def tall(rows: int) -> dict[int, Sequence[Value]]:
    return {number: (Number("1"), Number("2")) for number in range(1, rows + 1)}


BILLION = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "damaged or cut off"),
        (make_xlsx(Tab("Sheet1", wide(3)))[:200], "damaged or cut off"),
        (make_xlsx(Tab("Sheet1", {})), "prints no text"),
        (make_xlsx(Tab("内", wide(3), state="hidden")), "prints no text"),
        (make_xlsx(Tab("Sheet1", wide(65))), "more than 64 columns"),
        (make_xlsx(Tab("Sheet1", tall(20_001))), "more than 20,000 rows"),
        (make_xlsx(Tab("Sheet1", {1: (Raw('<c r="{place}"><f>A2</f></c>'),)})), "formula in A1 was never stored"),
        (make_xlsx(Tab("Sheet1", {1: (Raw('<c r="{place}" t="s"><v>9</v></c>'),)})), "shared text '9' is missing"),
        (make_xlsx(Tab("Sheet1", {1: (far("XFE1"),)})), "names no column"),
        (make_xlsx(Tab("Sheet1", {9_999_999: ("a", "b")})), "points outside"),
        (make_xlsx(Tab("S", wide(3)), parts={"xl/sharedStrings.xml": BILLION + "<sst><si><t>&c;</t></si></sst>"}), "DOCTYPE"),
        (make_xlsx(Tab("S", wide(3)), parts={"xl/worksheets/sheet1.xml": "<worksheet><row>"}), "damaged XML"),
        (make_xlsx(Tab("S", wide(3)), parts={"xl/worksheets/sheet1.xml": "<a>" * 5000 + "</a>" * 5000}), "too deep"),
        (zipped({"xl/other.xml": "<a/>"}), "part xl/workbook.xml is missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_clear_line(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as refusal:
        read_xlsx(raw, "a.xlsx")
    assert str(refusal.value).startswith("a.xlsx: ")
    assert "\n" not in str(refusal.value)


def test_many_merged_areas_over_everything_do_no_harm() -> None:
    areas = ["A1:XFD1048576"] * 3000
    rows = dict.fromkeys(range(1, 400), ("a", "b"))
    assert texts(read(Tab("Sheet1", rows, areas)))[0][0] == "a"


VALID = make_xlsx(
    Tab("绩效目标表", rows_of(("项目支出绩效目标表",), PAIR, ("资金", Number("0.95", "0%"))), ["A1:B1"]),
    Tab("附", rows_of(("a", Number("44561", "yyyy-mm-dd")))),
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600))
def test_random_bytes_raise_nothing_but_a_refusal(raw: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        read_xlsx(raw, "a.xlsx")


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_mutated_workbooks_raise_nothing_but_a_refusal(seed: int) -> None:
    """Mutates the parts inside the package, so that more than the container is put to the test."""
    choice = random.Random(seed)
    with zipfile.ZipFile(BytesIO(VALID)) as archive:
        members = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    for _ in range(choice.randint(1, 4)):
        part = members[choice.choice(sorted(members))]
        place = choice.randrange(len(part))
        part[place : place + choice.randint(0, 9)] = choice.choice(
            (b"", b"9", b"-1", b'"', b"<", b"\xff", b"A", b"</c>")
        )
    try:
        found = read_xlsx(zipped({name: bytes(part) for name, part in members.items()}), "a.xlsx")
    except UnreadableDocument:
        return
    assert all(
        found.text[cell.start : cell.end].split() or not cell.text
        for line in found.rows
        for cell in line.cells
    )


def test_a_goal_sheet_with_merged_labels_and_stored_figures_is_read() -> None:
    money, percent = "#,##0.00", "0%"
    rows = rows_of(
        ("附件3",),
        ("项目支出绩效目标申报表",),
        ("（2024年度）",),
        ("项目名称", "", "校园安全项目", "", "", "项目负责人", "张三"),
        ("预算单位", "", "某县教育局", "", "", "主管部门", "某县教育局"),
        ("项目资金（万元）", "", "年度资金总额：", "", Number("1250.5", money)),
        ("", "", "其中：财政拨款", "", Number("1200", money)),
        ("", "", "其他资金", "", Number("50.5", money)),
        ("年度目标", "保障校园安全。"),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "", "指标值"),
        ("", "产出指标", "数量指标", "安保人员数量（人）", "", Number("120", '"≥"0')),
        ("", "", "质量指标", "设备验收合格率", "", Number("1", percent)),
        ("", "", "时效指标", "完成时间", "", Number("45627", 'yyyy"年"m"月"')),
        ("", "", "成本指标", "人均成本", "", Number("4.2000000000000002", '"≤"General"万元"')),
        ("", "满意度指标", "服务对象满意度指标", "学生满意度", "", Number("0.95", '"≥"0%')),
    )  # fmt: skip
    areas = [
        "A1:B1",
        "A2:G2",
        "A3:G3",
        "A4:B4",
        "C4:E4",
        "A5:B5",
        "C5:E5",
        "A6:B8",
        "C6:D6",
        "C7:D7",
        "C8:D8",
    ]
    areas += ["E6:G6", "E7:G7", "E8:G8", "B9:G9", "A10:A15", "B11:B14"]
    areas += [f"D{row}:E{row}" for row in range(10, 16)] + [f"F{row}:G{row}" for row in range(10, 16)]
    record = record_as_data(read(Tab("Sheet1", rows, areas)), "a.xlsx")
    (sheet,) = record["goal_sheets"]
    assert (sheet["printed_year"], sheet["unit"], sheet["project"]) == (2024, "某县教育局", "校园安全项目")
    assert sheet["funds"] == {"total": "1250.50", "fiscal": "1200.00", "other": "50.50"}
    assert sheet["objective"] == "保障校园安全。"
    assert sheet["unresolved"] == [] == record["unresolved"]
    assert [(one["level1"], one["level2"], one["target"], one["comparator"], one["value"], one["unit"], one["date"]) for one in sheet["indicators"]] == [
        ("产出指标", "数量指标", "≥120", ">=", "120", "人", None),
        ("产出指标", "质量指标", "100%", None, "100", "%", None),
        ("产出指标", "时效指标", "2024年12月", None, None, None, "2024-12"),
        ("产出指标", "成本指标", "≤4.2万元", "<=", "4.2", "万元", None),
        ("满意度指标", "服务对象满意度指标", "≥95%", ">=", "95", "%", None),
    ]  # fmt: skip
