"""Documents printed otherwise say the same: their records must not change.

Each relation is tried on every example and every real disclosure, at all places where it applies
and at seeded samples of them. On every text that is read, each value must also stand exactly
where its record says.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.document import read_document
from extract.records import Document
from extract.text import decode
from tests.metamorphic import rearrange, transform
from tests.metamorphic.compare import differences, figures, folded, misplaced, records, said
from tests.metamorphic.documents import Case, case, documents, read
from tests.metamorphic.printed import parse, render

SHOWN = 8
GROUPS = ("goal_sheets", "project_list", "expenditure_lines", "narratives")


def wrong(
    expected: Document, text: str, path: Path, *without: str, view: Callable[[Any], Any] | None = None
) -> list[str]:
    """What a text says otherwise than expected, and values that are not where their record says."""
    found = read(text, path)
    one, other = said(expected, *without), said(found, *without)
    changed = differences(view(one), view(other)) if view else differences(one, other)
    return (changed + misplaced(found, decode(text.encode(), path.name)[0]))[:SHOWN]


def check(before: Case, change: transform.Transform, *without: str) -> None:
    """Read every text of a transformation; at least one must differ from the original."""
    texts = list(change(before))
    if not texts:
        pytest.skip("the document prints nothing of the kind, or only displaced cells")
    assert any(text != before.text for text in texts), "the transformation changed nothing"
    failures = {
        number: found
        for number, text in enumerate(texts)
        if (found := wrong(before.document, text, before.path, *without))
    }
    assert failures == {}


@pytest.mark.parametrize("path", documents())
def test_text_is_parsed_and_printed_again_unchanged(path: Path) -> None:
    """The tool of all relations: rows can be taken apart and put together."""
    before = case(path)
    assert render(parse(before.text)) == before.text
    assert misplaced(before.document, before.text) == []


@pytest.mark.parametrize("path", documents())
def test_doubled_blank_lines(path: Path) -> None:
    """A blank line prints nothing, and two print no more."""
    check(case(path), transform.doubled_blank_lines)


@pytest.mark.parametrize("path", documents("tabs"))
def test_blank_lines_between_rows(path: Path) -> None:
    """A row of tabs ends with its line; what white space follows says nothing about its cells."""
    check(case(path), transform.blank_lines_between_rows)


@pytest.mark.parametrize("path", documents("lines"))
def test_rows_without_blank_lines(path: Path) -> None:
    """With every blank cell printed, the header's width tells where the rows end; only displacement
    can no longer be seen."""
    check(case(path), rearrange.rows_without_blank_lines, "layout")


@pytest.mark.parametrize("path", documents())
def test_full_width_figures_letters_and_brackets(path: Path) -> None:
    """Width is a matter of typing: the print keeps it, what is parsed does not know it."""
    before = case(path)
    for text in transform.full_width(before):
        assert wrong(before.document, text, path, view=folded) == []
        assert figures(read(text, path)) == figures(before.document)


@pytest.mark.parametrize("path", documents())
def test_spellings_of_comparators(path: Path) -> None:
    """≥, >=, ≧, ⩾ and 大于等于 say the same; only the print of the target differs."""
    before = case(path)
    for text, targets in transform.respelled_comparators(before):
        expected = said(before.document)
        for (sheet, row), target in targets.items():
            expected["goal_sheets"][sheet]["indicators"][row]["target"] = target
        found = read(text, path)
        assert differences(expected, said(found)) == []
        assert misplaced(found, text) == []


@pytest.mark.parametrize("path", documents())
def test_spaces_inside_cells(path: Path) -> None:
    """Chinese is written without spaces: between two characters they justify a line."""
    check(case(path), transform.spaces_in_cells)


@pytest.mark.parametrize("path", documents())
def test_lines_wrapped_inside_cells(path: Path) -> None:
    """A cell that is too narrow for its text goes on in the next line; it is still one cell."""
    check(case(path), transform.wrapped_cells)


@pytest.mark.parametrize("path", documents())
def test_lines_wrapped_inside_lists_and_expenditure_tables(path: Path) -> None:
    """The same for tables of projects."""
    check(case(path), transform.wrapped_lists)


@pytest.mark.parametrize("path", documents())
def test_lines_wrapped_inside_narratives(path: Path) -> None:
    """Running text has lines because paper has a width."""
    check(case(path), transform.wrapped_narratives)


@pytest.mark.parametrize("path", documents())
def test_tables_split_by_a_page_break(path: Path) -> None:
    """A page ends where the paper ends: page numbers and repeated headers are not of the table."""
    check(case(path), transform.page_breaks)


@pytest.mark.parametrize("path", documents())
def test_columns_reordered_with_their_header(path: Path) -> None:
    """A column is what its header says, wherever it stands."""
    check(case(path), rearrange.reordered_columns)


@pytest.mark.parametrize("path", documents())
def test_labels_repeated_in_every_row(path: Path) -> None:
    """A merged cell governs all its rows; printing its text in each of them says the same."""
    check(case(path), rearrange.repeated_labels)


@pytest.mark.parametrize("path", documents())
def test_labels_only_in_the_first_row(path: Path) -> None:
    """The same the other way round: repeated labels merged into one cell."""
    before = case(path)
    (text,) = rearrange.merged_labels(before)
    assert wrong(before.document, text, path) == []


@pytest.mark.parametrize("path", documents())
def test_line_ends(path: Path) -> None:
    """How a system ends its lines is not printed."""
    check(case(path), transform.line_ends)


@pytest.mark.parametrize("path", documents())
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_encodings(path: Path, encoding: str) -> None:
    """Bytes spell characters; the characters and their places are the same."""
    before = case(path)
    found = read(before.text, path, encoding)
    marked = read_document(path, raw=("\ufeff" + before.text).encode(encoding.removesuffix("-sig")))
    for reading in (found, marked):
        assert differences(said(before.document), said(reading)) == []
        assert misplaced(reading, before.text) == []


@pytest.mark.parametrize("path", documents())
def test_unrelated_tables_and_paragraphs_around_sheets(path: Path) -> None:
    """What stands before, between and after the sheets and is no sheet adds nothing to them."""
    check(case(path), transform.unrelated_content)


@pytest.mark.parametrize("path", documents())
def test_two_documents_in_one_file(path: Path) -> None:
    """One after the other, two documents say what both say; the sheets are counted through."""
    for other in (path, neighbour(path)):
        first, second = case(path), case(other)
        text = f"{first.text}\n\n{second.text}"
        found = read(text, path)
        expected = {group: said(first.document)[group] + said(second.document)[group] for group in GROUPS}
        for number, sheet in enumerate(expected["goal_sheets"], 1):
            sheet["seq"] = number
        assert differences(expected, {group: said(found)[group] for group in GROUPS})[:SHOWN] == []
        assert misplaced(found, text) == []


def neighbour(path: Path) -> Path:
    """The next document of the same folder, the first after the last."""
    paths = sorted(path.parent.glob("*.txt")) or [path]
    return paths[(paths.index(path) + 1) % len(paths)]


@pytest.mark.parametrize("path", documents())
def test_renamed_file(path: Path) -> None:
    """A file name is no part of what is printed; it only names the document and its places."""
    before = case(path)
    found = read(before.text, Path("附件3.txt"))
    assert differences(said(before.document, "document"), said(found, "document")) == []
    assert {source.file for _, _, source in records(found)} == {found.document} == {"附件3.txt"}


@pytest.mark.parametrize("path", documents("tabs"))
def test_tabs_printed_as_bars(path: Path) -> None:
    """A bar between two cells separates them as a tab does; a ruled line is an ornament."""
    check(case(path), rearrange.bars)
    check(case(path), rearrange.bars_with_rules)


@pytest.mark.parametrize("path", documents("lines"))
def test_cells_one_a_line_with_bars_or_tabs_behind(path: Path) -> None:
    """A mark at the end of a cell's line says the same as a tab at its beginning."""
    check(case(path), rearrange.barred_lines)


@pytest.mark.parametrize("path", documents())
def test_empty_cells_appended(path: Path) -> None:
    """An empty cell prints nothing, nor do hundreds."""
    check(case(path), rearrange.more_empty_cells)


@pytest.mark.parametrize("path", documents("tabs"))
def test_empty_cells_cut_off(path: Path) -> None:
    """Editors and exports drop the blanks at the end of a line; they printed nothing."""
    check(case(path), rearrange.fewer_empty_cells)


@pytest.mark.parametrize("path", documents())
def test_sheets_in_the_opposite_order(path: Path) -> None:
    """A sheet is complete in itself; its neighbours have no say in it."""
    before = case(path)
    expected = said(before.document)
    expected["goal_sheets"].reverse()
    for number, sheet in enumerate(expected["goal_sheets"], 1):
        sheet["seq"] = number
    text = rearrange.reversed_sheets(before)
    found = read(text, path)
    assert differences(expected, said(found))[:SHOWN] == []
    assert misplaced(found, text) == []


@pytest.mark.parametrize("path", documents("tabs"))
def test_rows_of_tabs_printed_one_cell_a_line(path: Path) -> None:
    """The same cells in the same order: only the geometry of the file differs."""
    check(case(path), rearrange.cell_per_line)


@pytest.mark.parametrize("path", documents("lines"))
def test_cells_one_a_line_printed_as_rows_of_tabs(path: Path) -> None:
    """The same cells in the same order: only the geometry of the file differs."""
    check(case(path), rearrange.tab_rows)
