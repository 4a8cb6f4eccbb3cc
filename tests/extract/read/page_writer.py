"""Web pages for tests: content inside of the furniture of a government site."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tests.extract.read.rendered import Block, Merged, merged

PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>某某市人民政府</title><style>td {{ color: red }}</style></head>
<body><header>某某市人民政府</header><nav><a href="/">首页</a><a href="/a">公开</a></nav>
<ul class="menu"><li><a href="/b">预算公开</a></li><li><a href="/c">决算公开</a></li></ul>
<script>var year = "2031年度";</script><noscript>请开启脚本</noscript>
<div style="DISPLAY: none">隐藏的2031年度</div><select><option>2030年</option></select>
<div class="content">{content}</div>
<footer>主办单位：另一单位</footer></body></html>
"""


def page(content: str, charset: str = "utf-8") -> str:
    """A page with this content."""
    return PAGE.format(content=content, charset=charset)


def lines(text: str) -> str:
    """Escaped text with its line breaks."""
    return "<br>".join(escape(line).replace("  ", "&nbsp; ") for line in text.split("\n"))


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table of texts."""
    written = "".join(
        f"<tr>{''.join(f'<td><p><span>{lines(cell)}</span></p></td>' for cell in row)}</tr>\n" for row in rows
    )
    return f"<table><tbody>{written}</tbody></table>"


def merged_table(rows: list[tuple[str, ...]]) -> str:
    """A table whose labels are merged over the blank cells beside or below them."""
    written = "".join(
        f"<tr>{''.join(_spanned(one) for one in cells.values())}</tr>\n" for cells in merged(rows)
    )
    return f"<table>{written}</table>"


def _spanned(cell: Merged) -> str:
    return f'<td colspan="{cell.columns}" rowspan={cell.rows}>{lines(cell.text)}</td>'


def disclosure(blocks: Iterable[Block], *, charset: str = "utf-8", merge: bool = False) -> bytes:
    """A whole disclosure as a saved page."""
    print_table = merged_table if merge else table
    written = [print_table(one.rows) if one.rows else f"<p>{lines(one.text)}&nbsp;</p>" for one in blocks]
    return page("\n".join(written), charset).encode("gb18030" if charset != "utf-8" else charset)
