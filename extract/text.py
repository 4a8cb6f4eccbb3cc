"""White space, width and encodings: the small print of Chinese office documents."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

from extract.errors import UnreadableDocument

INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
BREAK_MARK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# Most texts hold none of the three: one look tells.
ODD = re.compile(f"{INVISIBLE.pattern}|{LINE_END.pattern}|<[bB][rR]")
CHINESE = re.compile("[\u4e00-\u9fff]")
MIN_SOUND = 10
MAX_CONTROLS = 8
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f]")


def strip_space(printed: str) -> str:
    """Remove all white space that a layout put into a printed string; keep everything else.

    >>> strip_space("项  目\\u3000支\\n出")
    '项目支出'
    """
    return "".join(printed.split())


@lru_cache(maxsize=16384)
def fold(printed: str) -> str:
    """The form of a label under which spellings are compared: NFKC, no space, lower case.

    >>> fold("指标值（包含数字 及文字描述）：")
    '指标值(包含数字及文字描述):'
    """
    return strip_space(unicodedata.normalize("NFKC", printed)).lower()


def decode(raw: bytes, name: str) -> tuple[str, str]:
    """Decode the bytes of a text file; returns the text and the name of its encoding.

    Order: byte order mark, strict UTF-8, UTF-16 without mark, strict GB18030 (of which GB2312
    and GBK are subsets). Line ends become ``\\n`` and invisible format characters are removed;
    offsets of all spans count in the returned text. Raises ``UnreadableDocument`` when nothing fits.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return _strict(raw, encoding, name), encoding
    if raw[:4096].count(0) * 100 > len(raw[:4096]):
        encoding = (
            "utf-16-le"
            if raw[1:2] == b"\0" or raw[:4096:2].count(0) < raw[1:4096:2].count(0)
            else "utf-16-be"
        )
        return _strict(raw, encoding, name), encoding
    try:
        return _printable(raw.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError as error:
        _refuse_damaged(raw, error, name)
    try:
        return _printable(raw.decode("gb18030"), name), "gb18030"
    except UnicodeDecodeError:
        raise UnreadableDocument(
            name, "the text is neither UTF-8, UTF-16 nor GB18030", "save it again as UTF-8"
        ) from None


def _refuse_damaged(raw: bytes, error: UnicodeDecodeError, name: str) -> None:
    """Refuse UTF-8 with some damage, which GB18030 would take for other characters without a word."""
    replaced = raw.decode("utf-8", "replace")
    chinese = len(CHINESE.findall(replaced))
    if chinese < MIN_SOUND * replaced.count("\ufffd"):
        return
    if error.reason == "unexpected end of data":
        raise UnreadableDocument(name, "the file is cut off inside a character", "get the whole file again")
    raise UnreadableDocument(
        name,
        f"the text is UTF-8 but damaged at byte {error.start}",
        "get it again, or save it again as UTF-8",
    )


def _strict(raw: bytes, encoding: str, name: str) -> str:
    try:
        return _printable(raw.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            name, f"the text is not valid {encoding} at byte {error.start}", "save it again as UTF-8"
        ) from error


def _printable(text: str, name: str) -> str:
    if len(CONTROL.findall(text, 0, 20000)) > MAX_CONTROLS:
        raise UnreadableDocument(
            name, "the file holds control characters and is no text", "give the original document"
        )
    if not ODD.search(text):
        return text
    # A break inside a cell of a table of bars is white space like any other.
    return INVISIBLE.sub("", LINE_END.sub("\n", BREAK_MARK.sub(" ", text)))
