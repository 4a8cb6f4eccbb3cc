"""Encodings, white space, width."""

from __future__ import annotations

import pytest

from extract.errors import UnreadableDocument
from extract.text import decode, fold, strip_space

SENTENCE = "项目支出绩效目标表\n预算单位\t某县教育局\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (SENTENCE.encode(), "utf-8"),
        (SENTENCE.encode("utf-8-sig"), "utf-8-sig"),
        (SENTENCE.encode("gb18030"), "gb18030"),
        (SENTENCE.encode("gbk"), "gb18030"),
        (SENTENCE.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "utf-16"),
        (("a,b\n" * 40 + SENTENCE).encode("utf-16-le"), "utf-16-le"),
        (("a,b\n" * 40 + SENTENCE).encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_every_usual_encoding_gives_the_same_text(raw: bytes, encoding: str) -> None:
    text, found = decode(raw, "a.txt")
    assert text.endswith(SENTENCE)
    assert found == encoding


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0c", "\u2028", "\x0b"])
def test_line_ends_become_line_feeds(end: str) -> None:
    assert decode(f"甲{end}乙".encode(), "a.txt")[0] == "甲\n乙"


def test_invisible_characters_are_removed() -> None:
    assert decode("指\u200b标\ufeff值\u00ad".encode(), "a.txt")[0] == "指标值"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\xff\xfe\x00", "not valid utf-16"),
        (b"\x81\xff\xff\xff\x80", "neither UTF-8"),
        (bytes(range(1, 9)) * 4, "control characters"),
        ((SENTENCE * 3).encode()[:-2], "cut off inside a character"),
        ((SENTENCE * 3).encode().replace("教".encode(), b"\xe6\x95", 1), "UTF-8 but damaged at byte"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason) as error:
        decode(raw, "broken.txt")
    assert str(error.value).startswith("broken.txt: ")
    assert "\n" not in str(error.value)


def test_fold_compares_widths_and_spaces_away() -> None:
    assert fold("年度资金总额 ：") == fold("年度资金总额:")
    assert strip_space(" 指　标\xa0值\t") == "指标值"
