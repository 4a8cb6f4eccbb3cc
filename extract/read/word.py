"""The tree of a Word document, straightened: what does not print is gone, what prints stands in order.

Afterwards every block below the body is a paragraph, a table or a container of blocks, no table
holds another that is larger than a row or a column, and all text below an element prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.errors import UnreadableDocument
from extract.read.glyphs import raised
from extract.read.grid import MAX_NESTING, SPLIT

if TYPE_CHECKING:
    from lxml.etree import _Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
W, M, MC = f"{{{WORD}}}", f"{{{MATH}}}", "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = W + "val"
PARAGRAPH, TABLE, ROW, CELL, RUN = W + "p", W + "tbl", W + "tr", W + "tc", W + "r"
TEXT, SYMBOL, MATH_TEXT = W + "t", W + "sym", M + "t"
BOX, FIELD, DELETED = W + "txbxContent", W + "fldChar", W + "del"
SPAN, DOWN, ACROSS, BEFORE = W + "gridSpan", W + "vMerge", W + "hMerge", W + "gridBefore"
TABLE_PARTS = (ROW, CELL, SPAN, DOWN, ACROSS, BEFORE)
NESTED = W + "nested"
MOVED, RUN_MARKS = W + "moveFrom", W + "rPr"
# What properties were before a change that is tracked.
FORMER = tuple(f"{W}{name}PrChange" for name in ("tc", "tr", "tbl", "p", "r", "sect"))
OFF = frozenset({"0", "false", "off", "none"})
# A mark, the properties that it stands in and the element that does not print for it.
UNPRINTED = {
    (W + "hidden", W + "trPr", ROW),
    (DELETED, W + "trPr", ROW),
    (W + "cellDel", W + "tcPr", CELL),
    (W + "vanish", RUN_MARKS, RUN),
    (W + "vanish", RUN_MARKS, M + "r"),
    (DELETED, RUN_MARKS, M + "r"),
}
MARKS = sorted({mark for mark, _, _ in UNPRINTED} | {MOVED})


def straighten(body: _Element, file: str) -> None:
    """Prune a body and put its text boxes and nested tables in order; changes the tree.

    Raises ``UnreadableDocument`` if tables are nested too deep.
    """
    _drop_second_renderings(body)
    _accept_changes(body)
    _drop_field_codes(body)
    _drop_placeholders(body)
    _keep_heights(body)
    frames = {table for table in body.iter(TABLE) if _is_frame(table)}
    _move_nested_tables(body, frames, file)
    _move_boxes(body, frames)


def members(parent: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, those inside of content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif len(child):
            yield from members(child, tag)


def blocks(container: _Element) -> Iterator[_Element]:
    """Paragraphs and tables in printed order; a table of one column is a frame around its content."""
    for child in container:
        if child.tag == PARAGRAPH or (child.tag == TABLE and not _is_frame(child)):
            yield child
        elif len(child):
            yield from blocks(child)


def is_on(mark: _Element | None) -> bool:
    """Whether a property is set: its mere presence says so, unless its value denies it."""
    return mark is not None and mark.get(VAL) not in OFF


def _is_frame(table: _Element) -> bool:
    return all(_at_most_one(members(row, CELL)) for row in members(table, ROW))


def _at_most_one(elements: Iterator[_Element]) -> bool:
    return next(elements, None) is None or next(elements, None) is None


def _drop(element: _Element) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _drop_second_renderings(body: _Element) -> None:
    """Keep one branch of content that is there for newer and older programs."""
    for alternatives in list(body.iter(MC + "AlternateContent")):
        for other in alternatives[1:]:
            alternatives.remove(other)
    for annotation in list(body.iter(W + "rt")):
        _drop(annotation)


def _accept_changes(body: _Element) -> None:
    """Leave out what was deleted, moved away or hidden."""
    for former in list(body.iter(*FORMER)):
        _drop(former)
    joined: list[_Element] = []
    for mark in list(body.iter(*MARKS)):
        properties = mark.getparent()
        if properties is None or (owner := properties.getparent()) is None:
            continue
        if len(mark) and mark.tag in (DELETED, MOVED):
            _drop(mark)
        elif (mark.tag, properties.tag, owner.tag) in UNPRINTED:
            if is_on(mark):
                _drop(owner)
        elif mark.tag in (DELETED, MOVED) and properties.tag == RUN_MARKS and owner.tag == W + "pPr":
            joined.append(owner.getparent())
    _join_paragraphs(joined)


def _join_paragraphs(joined: list[_Element]) -> None:
    """Make one of each paragraph whose mark was deleted and the next one."""
    heads: dict[_Element, _Element] = {}
    for paragraph in joined:
        following = paragraph.getnext()
        if following is not None and following.tag == PARAGRAPH:
            heads[following] = heads.get(paragraph, paragraph)
            heads[following].extend(list(following))
    for emptied in heads:
        _drop(emptied)


def _drop_field_codes(body: _Element) -> None:
    """Drop results of fields inside of the codes of others; codes themselves are no text anyway."""
    if next(body.iter(FIELD), None) is None:
        return
    in_code: list[bool] = []
    unprinted: list[_Element] = []
    for element in body.iter(PARAGRAPH, FIELD, TEXT, SYMBOL):
        if element.tag == PARAGRAPH:
            # A field without an end must not swallow the rest of the document.
            in_code = []
        elif element.tag != FIELD:
            if any(in_code):
                unprinted.append(element)
        elif (kind := element.get(W + "fldCharType")) == "begin":
            in_code.append(True)
        elif in_code:
            in_code.pop()
            if kind == "separate":
                in_code.append(False)
    for element in unprinted:
        _drop(element)


def _drop_placeholders(body: _Element) -> None:
    """Empty content controls that only show their prompt; it is no value of the form."""
    for prompt in list(body.iter(W + "showingPlcHdr")):
        control = prompt.getparent()
        if is_on(prompt) and control is not None and (control := control.getparent()) is not None:
            for text in list(control.iter(TEXT)):
                text.text = None


def _keep_heights(body: _Element) -> None:
    """Print raised figures in raised signs and fractions with a stroke: 10⁴ is not 104."""
    for mark in body.iter(W + "vertAlign"):
        if mark.get(VAL) == "superscript" and mark.getparent().getparent().tag == RUN:
            _raise(mark.getparent().getparent(), TEXT)
    for power in body.iter(M + "sup"):
        _raise(power, MATH_TEXT)
    for numerator in body.iter(M + "num"):
        for last in list(numerator.iter(MATH_TEXT))[-1:]:
            last.text = f"{last.text or ''}/"


def _raise(element: _Element, tag: str) -> None:
    for text in element.iter(tag):
        text.text = raised(text.text or "")


def _move_nested_tables(body: _Element, frames: set[_Element], file: str) -> None:
    """Put tables out of the cells of others behind them; one row or column stays, as text of its cell."""
    for table in reversed(list(body.iter(TABLE))):
        outer = list(table.iterancestors(TABLE))
        if len(outer) >= MAX_NESTING:
            raise UnreadableDocument(file, f"tables are nested more than {MAX_NESTING} deep", SPLIT)
        grids = [one for one in outer if one not in frames]
        if grids and table not in frames and not _at_most_one(members(table, ROW)):
            grids[-1].addnext(table)
        elif grids:
            for part in list(table.iter(TABLE, *TABLE_PARTS)):
                part.tag = NESTED


def _move_boxes(body: _Element, frames: set[_Element]) -> None:
    """Put the content of text boxes behind the paragraph, or the table, that they are anchored in."""
    for box in reversed(list(body.iter(BOX))):
        grids = [table for table in box.iterancestors(TABLE) if table not in frames]
        anchors = grids or list(box.iterancestors(PARAGRAPH))
        if anchors:
            anchors[-1].addnext(box)
