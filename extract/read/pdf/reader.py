"""PDF files: what each page prints, as paragraphs and table rows, with an account of every word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from statistics import median
from typing import Any

from extract.errors import UnreadableDocument
from extract.read.blocks import Blocks
from extract.read.pdf.characters import Character, Frame, read_characters
from extract.read.pdf.clip import is_seen
from extract.read.pdf.content import SLANTED
from extract.read.pdf.flow import Flow, PageAccount, accounts
from extract.read.pdf.furniture import Item, PageLayout, drop_furniture
from extract.read.pdf.grid import find_grids
from extract.read.pdf.limits import Clock
from extract.read.pdf.opening import open_pdf, read_pages
from extract.read.pdf.paragraphs import read_margins
from extract.read.pdf.ruling import read_rulings
from extract.read.pdf.runs import Walls, build_lines, build_run, gather
from extract.read.pdf.tables import adopt_rows, fill_grids, gap_tables

NO_TEXT = "no text layer: the pages are images"
NO_CODES = "no readable text layer: its fonts do not say which characters they print"
OCR = "install jixiao[ocr]"
# The share of characters without a code from which the text layer is no text.
MAX_UNKNOWN = 0.2
PRIVATE = ("\ue000", "\uf8ff")


def read_pdf(raw: bytes, file: str) -> Blocks:
    """Read a PDF into paragraphs and table rows, each with its page.

    Raises ``UnreadableDocument`` for a file that is encrypted, damaged, too large or without text.
    """
    return read_pdf_with_account(raw, file)[0]


def account(raw: bytes, file: str) -> list[PageAccount]:
    """What became of every word of each page; raises as ``read_pdf`` does."""
    return read_pdf_with_account(raw, file)[1]


def read_pdf_with_account(raw: bytes, file: str) -> tuple[Blocks, list[PageAccount]]:
    """Read a PDF once, for its blocks and for the account of its words."""
    clock = Clock(file)
    pages = drop_furniture(_pages(raw, file, clock))
    _refuse_without_text(pages, file)
    flow = Flow(clock)
    for page, margins in zip(pages, read_margins(pages), strict=True):
        flow.add(page, margins)
    blocks = flow.blocks(file)
    return blocks, accounts(pages, flow.written)


def _pages(raw: bytes, file: str, clock: Clock) -> list[PageLayout]:
    """The layout of each page; the file is open only while they are read."""
    with open_pdf(raw, file, clock) as document:
        return [
            _layout(page, textpage, Frame(*box), number, clock)
            for number, (page, textpage, box) in enumerate(read_pages(document, file), 1)
        ]


def _layout(page: Any, textpage: Any, frame: Frame, number: int, clock: Clock) -> PageLayout:
    """What one page prints, from top to bottom; text at an angle is a watermark or a stamp."""
    clock.check()
    characters, frame = read_characters(textpage, frame, clock)
    rulings = read_rulings(page, frame, clock)
    gathered = [run for run in gather(characters, Walls(rulings.down)) if _seen(textpage, run)]
    runs = [build_run(run) for run in gathered]
    tables, outside = fill_grids(find_grids(rulings), [run for run in runs if run.turned != SLANTED])
    tables, lines = adopt_rows(tables, build_lines(outside))
    items: list[Item] = [*tables, *gap_tables(lines)]
    return PageLayout(
        number=number,
        width=frame.width,
        height=frame.height,
        size=median(run.size for run in runs) if runs else 0.0,
        items=sorted(items, key=lambda item: item.top),
        furniture=[run.text for run in runs if run.turned == SLANTED],
        words=list(_words(chain.from_iterable(gathered))),
        pictured=not characters and _has_image(page),
    )


def _seen(textpage: Any, run: list[Character]) -> bool:
    """Whether a clip leaves something of a run to be seen: its first, middle or last character."""
    import pypdfium2.raw as pdfium

    for one in (run[0], run[len(run) // 2], run[-1]):
        printed = pdfium.FPDFText_GetTextObject(textpage.raw, one.order)
        if not printed or is_seen(pdfium, printed):
            return True
    return False


def _words(characters: Iterable[Character]) -> Iterator[str]:
    """The runs of characters without white space, in the order of the content."""
    word: list[str] = []
    for one in characters:
        if one.spaced and word:
            yield "".join(word)
            word = []
        word.append(one.text)
    if word:
        yield "".join(word)


def _has_image(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page.raw)
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, index)) for index in range(count))
    return any(kind != pdfium.FPDF_PAGEOBJ_TEXT for kind in kinds)


def _refuse_without_text(pages: list[PageLayout], file: str) -> None:
    """Refuse a document of pictures, and one whose characters have no codes."""
    text = "".join(word for page in pages for word in page.words)
    if not text:
        if any(page.pictured for page in pages):
            raise UnreadableDocument(file, NO_TEXT, OCR)
        raise UnreadableDocument(file, "the pages are blank", "give the document itself")
    unknown = sum(1 for one in text if one == "\ufffd" or PRIVATE[0] <= one <= PRIVATE[1])
    if unknown > MAX_UNKNOWN * len(text):
        raise UnreadableDocument(file, NO_CODES, OCR)
