"""The reader of PDF beside pdfplumber's table extraction: ``python -m benchmarks.readers_pdf FOLDER``.

The folder holds PDFs, or synthetic disclosures as text, which are printed as PDF first. Rates are
per CPU second. ``rows right`` is the share of all printed rows of several cells that a reader gives
cell by cell (of PDFs at hand: of the rows that pdfplumber finds). What is not installed is left out.
"""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.measure import cpu_seconds
from benchmarks.readers import blocks, texts

TURNS = 3
FONT = "STSong-Light"
SIZE = 8
PADDING = 3
Rows = Counter[tuple[str, ...]]


def measure_pdf(folder: str) -> dict[str, Any]:
    """Pages and rows per CPU second and the share of rows right, for the reader and for pdfplumber."""
    paths = sorted(Path(folder).glob("*.pdf"))
    printed = [as_pdf(text) for text in texts(folder)] if not paths else []
    documents = [path.read_bytes() for path in paths] or [raw for raw, _ in printed]
    truth: Rows = sum((rows for _, rows in printed), Counter())
    readers: dict[str, Callable[[bytes], tuple[int, Rows]]] = {"reader": read_rows}
    if find_spec("pdfplumber"):
        readers["pdfplumber"] = pdfplumber_rows
        truth = truth or sum((pdfplumber_rows(raw)[1] for raw in documents), Counter())
    found = {name: _measured(read, documents, truth) for name, read in readers.items()}
    if "pdfplumber" in found:
        ratio = found["reader"]["pages/s"] / found["pdfplumber"]["pages/s"]
        return {"documents": len(documents), **found, "ratio to pdfplumber": ratio}
    return {"documents": len(documents), **found}


def _measured(
    read: Callable[[bytes], tuple[int, Rows]], documents: list[bytes], truth: Rows
) -> dict[str, float]:
    """One reader on all documents, the best of several turns."""
    results = [read(raw) for raw in documents]
    pages, rows = sum(count for count, _ in results), sum((rows for _, rows in results), Counter[Any]())
    seconds = min(cpu_seconds(lambda: [read(raw) for raw in documents]) for _ in range(TURNS))
    right = sum((rows & truth).values()) / max(1, sum(truth.values()))
    return {"pages/s": pages / seconds, "rows/s": sum(rows.values()) / seconds, "rows right": right}


def read_rows(raw: bytes) -> tuple[int, Rows]:
    """The number of pages and the table rows that the reader gives."""
    from extract.read.pdf import read_pdf_with_account

    found, accounts = read_pdf_with_account(raw, "a.pdf")
    rows = Counter(_key([cell.text for cell in row.cells]) for row in found.rows if row.table)
    return len(accounts), rows


def pdfplumber_rows(raw: bytes) -> tuple[int, Rows]:
    """The number of pages and the table rows that pdfplumber extracts."""
    import pdfplumber

    rows: Rows = Counter()
    with pdfplumber.open(io.BytesIO(raw)) as document:
        for page in document.pages:
            for found in page.extract_tables():
                keys = (_key([cell or "" for cell in row]) for row in found)
                rows.update(key for key in keys if len(key) > 1)
        return len(document.pages), rows


def _key(cells: list[str]) -> tuple[str, ...]:
    """The printed cells of a row, without white space."""
    return tuple(text for cell in cells if (text := "".join(cell.split())))


def as_pdf(text: str) -> tuple[bytes, Rows]:
    """A disclosure as a PDF with ruled tables over pages, and the rows that it prints."""
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    registerFont(UnicodeCIDFont(FONT))
    # Office programs write packed bytes, not packed bytes spelt in letters.
    rl_config.useA85 = 0
    page = landscape(A4)
    rows: Rows = Counter()
    story: list[Any] = []
    for block in blocks(text):
        if block == [[block[0][0]]]:
            story.append(Paragraph(_escaped(block[0][0]), _style()))
        else:
            story.append(_table(block, page[0] - 120))
            rows.update(key for row in block if len(key := _key(row)) > 1)
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=page, leftMargin=60, rightMargin=60).build(story)
    return file.getvalue(), rows


def _table(block: list[list[str]], width: float) -> Any:
    from reportlab.lib.colors import black
    from reportlab.platypus import LongTable, Paragraph

    count = max(map(len, block))
    cells = [
        [Paragraph(_escaped(text), _style()) for text in [*row, *[""] * (count - len(row))]] for row in block
    ]
    lines = [("GRID", (0, 0), (-1, -1), 0.5, black)]
    pads = [(f"{side}PADDING", (0, 0), (-1, -1), PADDING) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    return LongTable(cells, colWidths=[width / count] * count, style=[*lines, *pads])


def _style() -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle("cell", fontName=FONT, fontSize=SIZE, leading=SIZE * 1.4, wordWrap="CJK")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def main() -> None:
    """Measure and print what was found."""
    print(json.dumps({"measured": "measure_pdf", **measure_pdf(sys.argv[1])}, indent=1))


if __name__ == "__main__":
    main()
