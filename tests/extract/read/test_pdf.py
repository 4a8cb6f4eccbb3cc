"""PDF: the records of whole disclosures, and an account of every word."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from extract.read.blocks import Blocks, number_tables
from extract.read.pdf import PageAccount
from extract.read.plain import PAGE_NUMBER
from tests.extract.read.pdf_maker import Style, pdf
from tests.extract.read.pdf_reading import (
    read,
)
from tests.extract.read.rendered import (
    EXAMPLES,
    ROOT,
    corpus,
    printed_blocks,
    record_as_data,
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
    record = record_as_data(blocks, name)
    assert (record["goal_sheets"], record["unresolved"]) == ([], [])
    assert sum(one.words for one in accounts) > 500
    assert record["fiscal_year"] == 2025


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
@pytest.mark.parametrize("name", REAL_NAMES)
def test_a_real_table_that_goes_on_over_a_page_is_one_table(name: str) -> None:
    """Nine tables are announced, four of them stand on two pages."""
    pages: dict[int, set[int | None]] = {}
    for row in number_tables(real(name)[0].rows):
        if row.table:
            pages.setdefault(row.table, set()).add(row.page)
    assert len(pages) == 9
    assert sum(len(on) == 2 for on in pages.values()) == 4


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
