"""Legacy workbooks are read by the rules of XLSX; bad ones are refused."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UnreadableDocument
from extract.read.blocks import Blocks
from extract.read.xls import read_xls
from tests.extract.read.legacy import Figure, Page, Truth, Value, biff, make_xls, ole_file
from tests.extract.read.rendered import EXAMPLES, Block, corpus, merged, printed_blocks, text_of, wrong_cells


def texts(blocks: Blocks) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in blocks.rows]


def disclosure(blocks: list[Block]) -> bytes:
    """A whole disclosure on one sheet, labels merged over the blank cells beside or below them."""
    width = max(len(row) for block in blocks for row in block.rows)
    rows: list[tuple[str, ...]] = []
    areas: list[tuple[int, int, int, int]] = []
    for block in blocks:
        if not block.rows:
            areas.append((len(rows), len(rows), 0, width - 1))
            rows.append((block.text,))
            continue
        for number, cells in enumerate(merged(block.rows), len(rows)):
            areas += [
                (number, number + one.rows - 1, column, column + one.columns - 1)
                for column, one in cells.items()
                if one.rows * one.columns > 1
            ]
        rows += [*block.rows, ()]
    return make_xls(Page("Sheet1", rows, areas))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_as_a_workbook_gives_its_golden_record(path: Path) -> None:
    assert wrong_cells(path, read_xls(disclosure(printed_blocks(text_of(path))), path.name)) == []


@pytest.mark.parametrize("path", corpus())
def test_a_real_disclosure_as_a_workbook_gives_its_gold_record(path: Path) -> None:
    assert wrong_cells(path, read_xls(disclosure(printed_blocks(text_of(path))), path.name)) == []


SHEET: list[list[Value]] = [
    ["项目支出绩效目标表"],
    ["预算单位", "某县教育局", None, Figure(0.95, "0%")],
    ["", "", Figure(2523.7, "#,##0.00"), Figure(0.1 + 0.2)],
    ["", "盖住", Truth(1), Truth(7, error=True)],
    [Figure(44561, 'yyyy"年"m"月"'), Figure(44561, "yyyy/m/d"), Figure(0), Figure(95)],
]


def test_values_are_printed_as_their_page_prints_them() -> None:
    found = read_xls(make_xls(Page("Sheet1", SHEET, [(0, 0, 0, 3), (1, 3, 0, 0), (2, 3, 1, 1)])), "a.xls")
    assert texts(found) == [
        ["项目支出绩效目标表"],
        ["预算单位", "某县教育局", "", "95%"],
        ["", "", "2,523.70", "0.3"],
        ["", "", "TRUE", "#DIV/0!"],
        ["2021年12月", "2021/12/31", "0", "95"],
    ]
    assert [row.table for row in found.rows] == [0, 2, 2, 2, 2]


def test_what_is_hidden_or_not_shown_is_not_printed() -> None:
    rows: list[list[Value]] = [["a", Figure(0), "z"], ["内部", "x"], ["b", "c"]]
    shown = Page("Sheet1", rows, hidden_rows=[1], show_zeros=False)
    hidden = [Page("藏", [["x"]], hidden=1), Page("深藏", [["y"]], hidden=2)]
    assert texts(read_xls(make_xls(hidden[0], shown, hidden[1]), "a.xls")) == [["a", "", "z"], ["b", "c", ""]]


def test_records_without_a_container_and_days_from_1904() -> None:
    raw = biff(Page("Sheet1", [["a", Figure(43099, "yyyy/m/d")]]), epoch_1904=True)
    assert texts(read_xls(raw, "a.xls")) == [["a", "2021/12/31"]]


VALID = make_xls(Page("Sheet1", SHEET), Page("附", [["a"]]))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "damaged"),
        (VALID[:1500], "damaged"),
        (ole_file({"Workbook": b""}), "damaged"),
        (ole_file({"WordDocument": b""}), "damaged"),
        (make_xls(Page("Sheet1", SHEET), password=True), "protected by a password"),
        (make_xls(Page("Sheet1", [])), "prints no text"),
        (make_xls(Page("Sheet1", [[str(n) for n in range(65)]])), "more than 64 columns"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_clear_line(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as refusal:
        read_xls(raw, "a.xls")
    assert str(refusal.value).startswith("a.xls: ")
    assert "\n" not in str(refusal.value)


@settings(max_examples=200, deadline=None)
@given(raw=st.binary(max_size=400), seed=st.integers(0, 2**32), start=st.sampled_from([0, 512, 1536, 2560]))
def test_random_and_mutated_bytes_raise_nothing_but_a_refusal(raw: bytes, seed: int, start: int) -> None:
    choice = random.Random(seed)
    mutated = bytearray(VALID)
    for _ in range(choice.randint(1, 8)):
        mutated[choice.randrange(start, min(start + 1024, len(mutated)))] = choice.randrange(256)
    for content in (raw, bytes(mutated), VALID[: choice.randrange(len(VALID))]):
        try:
            read_xls(content, "a.xls")
        except UnreadableDocument:
            continue
