"""Saved web pages as trees: decoded, parsed, and without what a browser does not show as content."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from extract.errors import UnreadableDocument
from extract.read.glyphs import TICKED, UNTICKED, raised
from extract.text import CONTROL, MAX_CONTROLS

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MARKUP = 2_000_000
SAVE_PAGE = "open the page in a browser and save it again"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARATION = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,30})""",
    re.IGNORECASE,
)
DECLARED_WITHIN = 16_384
# What pages call encodings that are not the default; a Latin declaration is a server's, not the author's.
TRADITIONAL = frozenset({"big5", "big5-hkscs", "x-x-big5", "cn-big5", "csbig5"})
# In UTF-16 every second byte of a tag is zero; in other encodings a zero is a fault of one page.
UTF16_ZEROS = 16
HIGH_BYTES = bytes(range(128, 256))
MOSTLY = 0.9
IGNORED = (
    "head", "script", "style", "noscript", "template", "nav", "select", "option", "datalist", "button",
    "svg", "iframe", "frameset", "object", "audio", "video", "canvas", "rt", "rp", "xml",
)  # fmt: skip
FURNITURE = ("header", "footer")
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
LINES = ("br", "p", "div", "li", "td", "th")
# Control characters in disguise: &#11; or &#x1f;
CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bceBCEfF]|1[\da-fA-F]))(?:;|(?![\da-fA-F]))"
)
HIDING_WORDS = ("none", "hidden", "hide")
TYPED = frozenset({"text", "number", "tel", "date"})
LINE = "\u2028"
# White space that stays as it is, in the signs by which other text keeps it.
PREFORMATTED = str.maketrans({"\n": LINE, " ": "\u00a0", "\t": "\u00a0" * 4})


def open_page(raw: bytes, file: str) -> _Element:
    """The root element of a page; ``LINE`` stands for the line ends of preformatted text.

    Raises ``UnreadableDocument`` for bytes that are no page or no text in a Chinese encoding.
    """
    text = decode_page(raw, file)
    if text.lstrip()[:5].lower() == "<?xml" and "<html" not in text.lower():
        raise UnreadableDocument(file, "the file is XML and no web page", "give the document itself")
    root = _parse(CONTROL_REFERENCE.sub(" ", text), file)
    folded = text.lower()
    try:
        _prune(root)
        if any(word in folded for word in HIDING_WORDS):
            _drop_hidden(root)
        _print_fields(root)
    except ValueError as error:
        # The parser takes characters in that its tree does not let through again.
        raise UnreadableDocument(file, "the page holds characters that are none", SAVE_PAGE) from error
    return root


def decode_page(raw: bytes, file: str) -> str:
    """Decode a page: byte order mark, strict UTF-8, the declared encoding, GB18030; nothing is replaced."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _strict(raw, encoding, file)
    if raw[:4096].count(0) * UTF16_ZEROS > len(raw[:4096]):
        low = raw[1:4096:2].count(0) > raw[:4096:2].count(0)
        return _strict(raw, "utf-16-le" if low else "utf-16-be", file)
    try:
        return _shown(raw.decode("utf-8"), file)
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(raw):
            # Read as GB18030, damaged UTF-8 gives wrong characters without any error.
            raise _undecodable(file, f"damaged UTF-8 at byte {error.start}") from error
    declared = DECLARATION.search(raw, 0, DECLARED_WITHIN)
    name = (declared[1] or declared[2]).decode("ascii", "ignore").lower() if declared else ""
    return _strict(raw, "big5hkscs" if name in TRADITIONAL else "gb18030", file)


def _strict(raw: bytes, encoding: str, file: str) -> str:
    try:
        return _shown(raw.decode(encoding), file)
    except UnicodeDecodeError as error:
        raise _undecodable(file, f"not valid {encoding} at byte {error.start}") from error


def _undecodable(file: str, fault: str) -> UnreadableDocument:
    return UnreadableDocument(file, f"the page's text is {fault}", SAVE_PAGE)


def _is_mostly_utf8(raw: bytes) -> bool:
    """Whether nearly all characters beyond ASCII are UTF-8 although not all are."""
    valid = raw.decode("utf-8", "ignore").encode()
    high, valid_high = (len(some) - len(some.translate(None, HIGH_BYTES)) for some in (raw, valid))
    return valid_high > MOSTLY * high


def _shown(text: str, file: str) -> str:
    if len(CONTROL.findall(text, 0, 20_000)) > MAX_CONTROLS:
        raise UnreadableDocument(
            file, "the file holds control characters and is no page", "give the document itself"
        )
    if text.count("<") > MAX_MARKUP:
        raise UnreadableDocument(file, f"the page has more than {MAX_MARKUP:,} tags", "split the page")
    return CONTROL.sub("", text)


def _parse(text: str, file: str) -> _Element:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(file, "the page cannot be parsed", SAVE_PAGE) from error
    # After a fatal error the parser leaves out the rest of the page.
    if fatal := parser.error_log.filter_from_fatals():
        deep = any("depth" in entry.message for entry in fatal)
        fault = "is nested too deep" if deep else "cannot be parsed to its end"
        raise UnreadableDocument(file, f"the page {fault}", SAVE_PAGE)
    if root is None:
        raise UnreadableDocument(file, "the page holds no text", SAVE_PAGE)
    return root


def _prune(root: _Element) -> None:
    for element in list(root.iter(*IGNORED)):
        drop(element)
    for element in list(root.iter(*FURNITURE)):
        # The head of an article is its title, that of the page is navigation.
        if next(element.iterancestors("article", "main"), None) is None:
            drop(element)


def _drop_hidden(root: _Element) -> None:
    hidden = [
        element
        for element in root.iter()
        if element.get("hidden") is not None
        or ((style := element.get("style")) is not None and HIDING.search(style))
    ]
    for element in hidden:
        # Pages hide their whole body until a script shows it.
        if element.tag not in ("html", "body"):
            drop(element)


def drop(element: _Element) -> None:
    """Take an element out of its tree, but not the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        above = element.getprevious()
        if above is None:
            parent.text = (parent.text or "") + element.tail
        else:
            above.tail = (above.tail or "") + element.tail
    parent.remove(element)


def _print_fields(root: _Element) -> None:
    """Put into the text what a browser shows without it being text: fields, heights, lines."""
    for field in root.iter("input"):
        if next(field.iterancestors("td", "th"), None) is not None:
            field.text = _field_text(field)
    for line in root.iter(*LINES):
        line.tail = f"\n{line.tail or ''}"
    for power in root.iter("sup"):
        if not len(power):
            power.text = raised(power.text or "")
    for block in root.iter("pre", "textarea"):
        for element in block.iter():
            element.text = (element.text or "").translate(PREFORMATTED)
            if element is not block:
                element.tail = (element.tail or "").translate(PREFORMATTED)


def _field_text(field: _Element) -> str:
    kind = field.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return TICKED if field.get("checked") is not None else UNTICKED
    return field.get("value", "") if kind in TYPED else ""
