"""Disclosures printed in other formats: their paragraphs and tables, and the record read back from them."""

from __future__ import annotations

import json
import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from extract.document import record_of
from extract.read.blocks import Blocks
from extract.records import to_json
from extract.text import decode
from tests.metamorphic.compare import differences
from tests.metamorphic.printed import Row, parse
from tests.test_examples import shared, stated

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
CORPUS = ROOT / ".." / "shared" / "corpus"


class Block(NamedTuple):
    """A paragraph, or the rows of a table."""

    text: str
    rows: list[tuple[str, ...]]


BLANK = Block("", [])


def printed_blocks(text: str) -> list[Block]:
    """The paragraphs and tables of a text, blank paragraphs included.

    Between rows of cells printed one a line a blank line means nothing; rows of tabs it parts into tables.
    """
    blocks: list[Block] = []
    for row in whole_rows(parse(text)):
        if row.geometry == "prose":
            blocks.append(Block(row.cells[0], []))
            continue
        while row.geometry == "lines" and len(blocks) > 1 and blocks[-1] == BLANK and blocks[-2].rows:
            blocks.pop()
        if not blocks or not blocks[-1].rows:
            blocks.append(Block("", []))
        blocks[-1].rows.append(row.cells)
    return blocks


def whole_rows(rows: list[Row]) -> list[Row]:
    """Rows that a line feed inside of a cell broke, put together: pieces that give the usual width."""
    widths = Counter(len(row.cells) for row in rows if row.geometry == "tabs" and len(row.cells) > 2)
    usual = widths.most_common(1)[0][0] if widths else 0
    result: list[Row] = []
    index = 0
    while index < len(rows):
        pieces = _pieces(rows, index, usual)
        cells = list(rows[index].cells)
        for piece in rows[index + 1 : index + pieces]:
            cells[-1:] = [f"{cells[-1]}\n{piece.cells[0]}", *piece.cells[1:]]
        result.append(rows[index].with_cells(cells))
        index += pieces
    return result


def _pieces(rows: list[Row], index: int, usual: int) -> int:
    """How many lines from ``index`` on are pieces of one row; 1 for a row that is whole."""
    if rows[index].geometry != "tabs":
        return 1
    width = 0
    for count, row in enumerate(rows[index : index + 6], 1):
        if row.blank or row.geometry == "lines":
            return 1
        width += len(row.cells) - (count > 1)
        if width >= usual:
            return count if width == usual else 1
    return 1


def record_as_data(blocks: Blocks, name: str) -> dict[str, Any]:
    """The record of blocks as plain data, under another file's name."""
    renamed = msgspec.structs.replace(blocks, file=name)
    record: dict[str, Any] = json.loads(to_json(record_of(renamed, "0" * 64)))
    return record


def golden(path: Path) -> dict[str, Any]:
    """The true record of an example or of a real disclosure."""
    real = path.parent.name == "corpus"
    truth = (
        path.parents[1] / "gold" / f"{path.name[:3]}.json"
        if real
        else path.parent / "golden" / f"{path.stem}.json"
    )
    record: dict[str, Any] = json.loads(truth.read_text(encoding="utf-8"))
    return record


def wrong_cells(path: Path, blocks: Blocks) -> list[str]:
    """Where the record read from blocks differs from the true one, in what the true one states."""
    truth = golden(path)
    found = shared(truth, record_as_data(blocks, truth["document"]))
    return differences(stated(truth), found)


def corpus() -> list[Any]:
    """The real disclosures as parameters of a test; one that skips where they are missing, unless in CI."""
    paths = sorted(CORPUS.glob("*.txt"))
    if not paths and os.environ.get("CI") == "true":
        raise FileNotFoundError("../shared/corpus is missing")
    missing = pytest.param(Path(), marks=[pytest.mark.corpus, pytest.mark.skip("no ../shared/corpus here")])
    return [pytest.param(path, id=path.name[:3], marks=pytest.mark.corpus) for path in paths] or [missing]


@cache
def text_of(path: Path) -> str:
    """The decoded text of a disclosure."""
    return decode(path.read_bytes(), path.name)[0]


class Merged(NamedTuple):
    """A cell with its text and the columns and rows that it covers."""

    text: str
    columns: int
    rows: int


def merged(rows: list[tuple[str, ...]]) -> list[dict[int, Merged]]:
    """The same table with its blank cells merged into labels: those to the right, or those below.

    Each row holds the cells that begin in it by their column.
    """
    width = max(map(len, rows))
    texts = [[*row, *[""] * (width - len(row))] for row in rows]
    free = [[not text.strip() for text in row] for row in texts]
    result: list[dict[int, Merged]] = [{} for _ in rows]
    for number, row in enumerate(texts):
        for column, text in enumerate(row):
            if not text.strip():
                continue
            right = column + 1
            while right < width and free[number][right]:
                free[number][right] = False
                right += 1
            below = number + 1
            while column < 2 and right == column + 1 and below < len(rows) and free[below][column]:
                free[below][column] = False
                below += 1
            result[number][column] = Merged(text, right - column, below - number)
    for number, flags in enumerate(free):
        result[number] |= {column: Merged("", 1, 1) for column, is_free in enumerate(flags) if is_free}
    return [dict(sorted(cells.items())) for cells in result]
