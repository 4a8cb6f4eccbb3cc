"""What a page prints around its content: page numbers, heads and feet that are the same on most pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from statistics import median

import msgspec

from extract.read.marks import PAGE_NUMBER
from extract.read.pdf.runs import Line
from extract.read.pdf.tables import Table

Item = Line | Table
# The share of a page's height at its top and bottom in which furniture stands.
MARGIN = 0.1
# A head is no larger than the text (a title is), and stands apart from it by this many of its heights.
LARGEST = 1.1
APART = 1.0
MIN_PAGES = 3
DIGITS = re.compile(r"\d+")
NUMBER = re.compile(r"\d{1,4}$")
CONTINUED = re.compile(r"[(（]?(?:续上?表|上接|接上(?:页|表)|转下页|下转|续)[)）]?[\d\s]*$")
# A line above a table that names it or labels a value belongs to the table, on however many pages.
NAMES_TABLE = re.compile(r"[:：]|表[\d一二三四五六七八九十]*(?:[(（][^()（）]*[)）])?$")


class PageLayout(msgspec.Struct, frozen=True, gc=False):
    """What one page prints, from top to bottom, and what of it is furniture.

    ``size`` is the usual height of its text, ``words`` are the runs of characters that its content
    prints without white space, ``pictured`` says that it shows an image and no text.
    """

    number: int
    width: float
    height: float
    size: float
    items: list[Item]
    furniture: list[str]
    words: list[str]
    pictured: bool


def drop_furniture(pages: list[PageLayout]) -> list[PageLayout]:
    """Move page numbers and running heads from the content of each page to its furniture."""
    repeated, offsets = _repeated(pages), _number_offsets(pages)
    result = []
    for page in pages:
        dropped = [
            item
            for item in page.items
            if isinstance(item, Line)
            and (
                _is_number(page, item, offsets)
                or ((key := _key(page, item)) is not None and key in repeated)
                or (_edge(page, item) is not None and CONTINUED.match(item.text))
            )
        ]
        kept = [item for item in page.items if not any(item is one for one in dropped)]
        texts = page.furniture + [item.text for item in dropped]
        result.append(msgspec.structs.replace(page, items=kept, furniture=texts))
    return result


def _edge(page: PageLayout, line: Line) -> str | None:
    """Whether a line stands in the margin: above all other content, or below it."""
    if line.bottom <= MARGIN * page.height:
        return "head"
    return "foot" if line.top >= (1 - MARGIN) * page.height else None


def _is_number(page: PageLayout, line: Line, offsets: set[int]) -> bool:
    text = line.text.strip()
    if _edge(page, line) is None:
        return False
    if NUMBER.match(text):
        return int(text) - page.number in offsets
    return bool(PAGE_NUMBER.match(text))


def _number_offsets(pages: list[PageLayout]) -> set[int]:
    """By how much bare numbers in the margins differ from the number of the page, where they do alike.

    A single page is believed if its number is 1.
    """
    offsets = Counter(
        int(item.text) - page.number
        for page in pages
        for item in page.items
        if isinstance(item, Line) and _edge(page, item) is not None and NUMBER.match(item.text.strip())
    )
    return {offset for offset, count in offsets.items() if count > 1 or offset == 0}


def _key(page: PageLayout, line: Line) -> tuple[str, str, int] | None:
    """What two prints of one running head share: its text but for figures, its margin, its height."""
    edge, text = _edge(page, line), "".join(line.text.split())
    if edge is None or NUMBER.match(text):
        return None
    return edge, DIGITS.sub("#", text), round(line.top / 6)


def _repeated(pages: list[PageLayout]) -> set[tuple[str, str, int]]:
    """The running heads and feet: on all pages, or on three and half of all; apart from text, no title."""
    sizes = [page.size for page in pages if page.size]
    largest = LARGEST * median(sizes) if sizes else 0.0
    found: dict[tuple[str, str, int], set[int]] = defaultdict(set)
    for page in pages:
        for item in page.items:
            if not isinstance(item, Line) or item.size > largest or NAMES_TABLE.search(item.text):
                continue
            if (key := _key(page, item)) is not None and _apart(page, item):
                found[key].add(page.number)
    least = min(max(MIN_PAGES, len(pages) / 2), max(len(pages), 2))
    return {key for key, on in found.items() if len(on) >= least}


def _apart(page: PageLayout, line: Line) -> bool:
    """Whether a line keeps its distance from all content that is not in the margins itself."""
    for item in page.items:
        if isinstance(item, Line) and (item is line or _edge(page, item) is not None):
            continue
        if item.top < line.bottom + APART * line.size and line.top - APART * line.size < item.bottom:
            return False
    return True
