"""Saved pages: content and tables are read, navigation and hidden parts are not, errors are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UnreadableDocument
from extract.read.html import read_html
from tests.extract.read.page_writer import disclosure, page
from tests.extract.read.rendered import EXAMPLES, corpus, printed_blocks, text_of, wrong_cells
from tests.extract.read.test_docx import sketch

GRID = "<table><tr><td>左<td>右<tr><td>下<td>边</table>"
DRAWN = ["|", ["左", "右"], ["下", "边"]]
ROWS = "".join(f"<tr><td>{n}甲</td><td>{n}乙</td></tr>" for n in range(3))
DRAWN_ROWS = [[f"{n}甲", f"{n}乙"] for n in range(3)]


def body(content: str) -> list[Any]:
    return sketch(read_html(content.encode(), "a.html"))


TEXTS = {
    "paragraphs": ("<p>一<p>二", ["一", "二"]),
    "blocks of all kinds": ("<h1>一</h1><div>二<div>三</div>四</div><ul><li>五</ul>六", ["一", "二", "三", "四", "五", "六"]),
    "line breaks": ("<p>一<br>二<br><br/>三</p>", ["一", "二", "三"]),
    "inline markup": ("<p>预<b>算<span>单</span></b>位</p>", ["预算单位"]),
    "entities": ("<p>&ge;95%&nbsp;&#19968;&#x4E8C;&amp;&lt;</p>", ["≥95%一二&<"]),
    "wide spaces": ("<p>　　项　目\n 支出</p>", ["项目支出"]),
    "invisible characters": ("<p>预&#8203;算&shy;\ufeff</p>", ["预算"]),
    "raised figure": ("<p>10<sup>4</sup>m<sup>2</sup><sup>[1]</sup></p>", ["10⁴m²[1]"]),
    "preformatted": ("<p>前</p><pre>一\n二\n\n三</pre>后", ["前", "一", "二", "三", "后"]),
    "scripts and styles": ("<script>1</script><style>2</style><noscript>3</noscript><template>4</template>一", ["一"]),
    "text behind what is dropped": ("一<script>1</script>二<b>三</b><nav>4</nav>五", ["一二三五"]),
    "hidden": ('一<p hidden>1</p><b style="color:red; DISPLAY : None">2</b><i style="visibility:hidden">3</i>', ["一"]),
    "hidden by Word": ('一<span style="mso-hide:all">1</span><p style="mso-hide:none">二</p>', ["一", "二"]),
    "hidden until a script runs": ('<body style="display:none"><p>一</p>', ["一"]),
    "choices": ("<select><option>1<option>2</select>一<button>3</button>", ["一"]),
    "head and foot of the page": ("<header>1</header><main><header><h1>一</h1></header></main><footer>2</footer>", ["一"]),
    "navigation": ('<p><a href="/">首页</a> | <a href="#">公开</a></p><p><a href="#t">目录</a></p><p>见<a href="/b">附件</a></p>', ["目录", "见附件"]),
    "Word's comments": ("<!--[if gte mso 9]><xml>1</xml><![endif]--><p><![if !supportLists]>1.<![endif]>一<o:p></o:p></p>", ["1.一"]),
    "control characters": ("<p>一\x01\x00</p>" + " " * 5000, ["一"]),
}  # fmt: skip
TABLES = {
    "grid": (GRID, DRAWN),
    "running text around it": ("前" + GRID + "后", ["前", *DRAWN, "后"]),
    "spans": (
        "<table><tr><th colspan=2>题<th>右<tr><td rowspan=2>产出<td>一<td>二<tr><td>三<td>四</table>",
        ["|", ["题", "", "右"], ["产出", "一", "二"], ["", "三", "四"]],
    ),
    "span of both kinds": (
        "<table><tr><td rowspan=2 colspan=2>题<td>一<tr><td>二<tr><td>甲<td>乙<td>丙</table>",
        ["|", ["题", "", "一"], ["", "", "二"], ["甲", "乙", "丙"]],
    ),
    "span to the end": ("<table><tr><td rowspan=0>题<td>一<tr><td>二</table>", ["|", ["题", "一"], ["", "二"]]),
    "spans without bounds": (
        "<table><tr><td colspan=99999999 rowspan=99999999999999>题<td>一<tr><td>二</table>", ["|", ["题", "一"], ["", "二"]],
    ),
    "spans that are no numbers": ("<table><tr><td colspan=x rowspan=-1>左<td colspan>右<tr><td>下<td>边</table>", DRAWN),
    "overlapping spans": (
        "<table><tr><td>一<td rowspan=2>二<tr><td colspan=2>三<td>四</table>", ["|", ["一", "二", ""], ["三", "", "四"]],
    ),
    "sections": ("<table><thead><tr><td>左<td>右</thead><tbody><tr><td>下<td>边</tbody></table>", DRAWN),
    "form between": ("<table><form><tr><td>左</td><td>右</td></tr></form><tr><td>下<td>边</table>", DRAWN),
    "cells without rows": ("<table><td>左<td>右<tr><td>下<td>边</table>", DRAWN),
    "caption and strays": (
        "<table>零<caption>题</caption><tr>一<td>左<td>右</td></tr>二<tr><td>下<td>边</table>", ["零", "题", "一", "二", *DRAWN],
    ),
    "paragraphs in cells": ("<table><tr><td><p>产出</p><p>指标</p><td>一<br>二<tr><td>下<td>边</table>", ["|", ["产出指标", "一二"], ["下", "边"]]),
    "hidden rows and cells": (
        '<table><tr><td>左<td style="display:none">隐<td>右<tr style="display:none"><td>1<td>2<tr><td>下<td>边</table>', DRAWN,
    ),
    "links in cells": ('<table><tr><td><a href="/a">左</a><td>右<tr><td>下<td>边</table>', DRAWN),
    "fields": (
        '<table><tr><td><input value="左"><td><input type=checkbox checked>是<input type=radio>否<tr>'
        '<td><input type=hidden value=1>下<td><textarea>边</textarea></table>',
        ["|", ["左", "☑是□否"], ["下", "边"]],
    ),
    "layout": (
        f'<table><tr><td><a href="/">首页</a><td>今天<tr><td><ul><li>栏</ul><td><p>前</p>{GRID}<p>后</p></table>',
        ["今天", "栏", "前", *DRAWN, "后"],
    ),
    "layout of many levels": ("<table><tr><td>" * 30 + GRID + "</table>" * 30, DRAWN),
    "frame": ("<table><tr><td><p>一</p><p>二</p><tr><td>三</table>", ["一", "二", "三"]),
    "content beside a bar": (f"<table><tr><td>栏<td><p>{'文' * 700}</p><p>二</p></table>", ["栏", "文" * 700, "二"]),
    "small table in a form": (
        f"<table>{ROWS}<tr><td>前<table><tr><td>小<td>表</table>后<td>丙</table>", ["|", *DRAWN_ROWS, ["前小表后", "丙"]],
    ),
    "large table in a form": (f"<table>{ROWS}<tr><td>前{GRID}后<td>丙</table>完", ["|", *DRAWN_ROWS, ["前后", "丙"], *DRAWN, "完"]),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_text(name: str) -> None:
    content, expected = TEXTS[name]
    assert body(content) == expected


@pytest.mark.parametrize("name", TABLES)
def test_table(name: str) -> None:
    content, expected = TABLES[name]
    assert body(content) == expected


def test_furniture_of_a_site_is_left_out() -> None:
    assert body(page("<h1>预算公开</h1>")) == ["预算公开"]


def test_places_count_in_the_transcript() -> None:
    blocks = read_html("<p>题 目</p><table><tr><td>左<td><p>右<p>边<tr><td>下</table>".encode(), "a.html")
    assert blocks.text == "题 目\n左\t右 边\n下\t\n" and blocks.encoding == "html"
    cells = [cell for one in blocks.rows for cell in one.cells if cell.text]
    assert [blocks.text[one.start : one.end] for one in cells] == ["题 目", "左", "右 边", "下"]


def test_lines_of_a_block_are_not_parted_by_white_space() -> None:
    rows = read_html(f"<p>一<br>二<br><br>三</p><p>四</p>{GRID}后".encode(), "a.html").rows
    assert [one.broken for one in rows] == [True, False, True, True, True, False, True]


WORDS = "<p>预算单位名称与项目支出绩效目标</p>"
META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'
ENCODED = {
    "utf-8": (WORDS.encode(), True),
    "utf-8 with mark": (WORDS.encode("utf-8-sig"), True),
    "utf-16": (WORDS.encode("utf-16"), True),
    "utf-16 without mark": (WORDS.encode("utf-16-le"), True),
    "utf-8 called gb2312": ((META.format("gb2312") + WORDS).encode(), True),
    "gb2312": ((META.format("gb2312") + WORDS).encode("gb2312"), True),
    "gbk called latin": ((META.format("iso-8859-1") + WORDS).encode("gbk"), True),
    "gb18030 called utf-8": ((META.format("utf-8") + WORDS).encode("gb18030"), True),
    "gb18030 of XHTML": (('<?xml version="1.0" encoding="gb2312"?><html>' + WORDS).encode("gb18030"), True),
    "gb18030 that nothing declares": (WORDS.encode("gb18030"), True),
    "big5": ((META.format("Big5") + "<p>預算單位</p>").encode("big5"), False),
}


@pytest.mark.parametrize("name", ENCODED)
def test_encoding(name: str) -> None:
    raw, simplified = ENCODED[name]
    expected = "预算单位名称与项目支出绩效目标" if simplified else "預算單位"
    assert sketch(read_html(raw, "a.html")) == [expected]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("merge", [False, True], ids=["plain", "merged"])
def test_the_example_reads_as_from_text(path: Path, merge: bool) -> None:
    raw = disclosure(printed_blocks(text_of(path)), merge=merge, charset="gb2312" if merge else "utf-8")
    assert wrong_cells(path, read_html(raw, "a.html")) == []


@pytest.mark.parametrize("path", corpus())
@pytest.mark.parametrize("merge", [False, True], ids=["plain", "merged"])
def test_the_real_disclosure_reads_as_from_text(path: Path, merge: bool) -> None:
    raw = disclosure(printed_blocks(text_of(path)), merge=merge)
    assert wrong_cells(path, read_html(raw, "a.html")) == []


REFUSED = {
    "nothing": (b"", "holds no text"),
    "blank": (b" \n", "holds no text"),
    "only a comment": (b"<!-- x -->", "holds no text"),
    "only furniture": (page("").encode(), "holds no text"),
    "frames": (b'<html><frameset cols="*"><frame src="a.htm"></frameset></html>', "holds no text"),
    "error page": (b"<html><title>404</title><h1>404 Not Found</h1><hr>nginx", "error message"),
    "error page in Chinese": ("<h1>抱歉，您访问的页面不存在或已删除</h1>".encode(), "error message"),
    "other XML": (b'<?xml version="1.0"?><feed><title>x</title></feed>', "XML and no web page"),
    "binary": (bytes(range(32)) * 20 + b"<p>x", "control characters|not valid"),
    "damaged utf-8": ((WORDS * 9).encode()[:-6] + b"\xe9</p>", "damaged UTF-8 at byte"),
    "no encoding fits": (b"<p>" + b"\xff\xff" * 9, "not valid gb18030"),
    "half of utf-16": (WORDS.encode("utf-16")[:21], "not valid utf-16"),
    "nested 5,000 deep": (("<div>" * 5000 + "x").encode(), "nested too deep"),
    "tables nested 45 deep": (("<table><tr><td>" * 45 + "x").encode(), "nested more than 40 deep"),
    "too many cells": (("<table><tr>" + "<td>x" * 800 + "<tr><td>x" * 800).encode(), "more than 500,000 cells and lines"),
    "spans down": (("<table>" + f"<tr>{'<td rowspan=2000>x' * 800}" * 800).encode(), "more than 500,000 cells and lines"),
    "too many lines": (b"<br>x" * 500_001, "more than 500,000 cells and lines"),
    "too many tags": (b"<b>" * 2_000_001, "more than 2,000,000 tags"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    raw, reason = REFUSED[name]
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        read_html(raw, "a.html")
    assert "\n" not in str(caught.value)


def test_a_disclosure_that_mentions_an_error_is_no_error_page() -> None:
    assert body("<p>系统页面不存在的问题已整改。</p>" + GRID)[0] == "系统页面不存在的问题已整改。"


PIECES = ["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=3 colspan=2>", "<th rowspan=0>", "<p>",
          "<br>", "一", "<a href=x>", "</a>", "<pre>\n", "</pre>", "<div style='display:none'>", "</div>", "<input value=1>",
          "<caption>", "<form>", "</form>", "<tbody>", "<select>", "<option>", "<sup>2", "</sup>", "<frameset>", "<html>",
          "<body>", "<header>", "<textarea>", "&#0;", "&#xD800;", "&x;", "<!--", "-->", "<![CDATA[", "<?", "<", ">"]  # fmt: skip


def read_or_refuse(raw: bytes) -> None:
    try:
        read_html(raw, "a.html")
    except UnreadableDocument as error:
        assert "\n" not in str(error)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_markup_gives_blocks_or_one_clear_line(pieces: list[str]) -> None:
    read_or_refuse("".join(pieces).encode())


@given(st.binary(max_size=200), st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_blocks_or_one_clear_line(noise: bytes, share: float) -> None:
    whole = page(GRID).encode()
    place = int(share * len(whole))
    read_or_refuse(noise)
    read_or_refuse(whole[:place] + noise + whole[place:])
