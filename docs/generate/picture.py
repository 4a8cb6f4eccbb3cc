"""The picture of a result: one project in three years, drawn from the graph of ``examples/``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from docs.generate.sessions import ROOT
from kg.pipeline import build
from kg.query.answer import ask
from kg.query.show import Figure, find_figures
from kg.store import open_graph

PROJECT = "机场设施租"
YEARS = "SELECT ?file ?year { ?document pg:fileName ?file ; pg:fiscalYear ?year }"
SIGNS = {
    "≤": "至多 at most",
    "<=": "至多 at most",
    "≥": "至少 at least",
    ">=": "至少 at least",
    "=": "等于 exactly",
}
LEFT, CARD, GAP, TOP, ROW, MARGIN = 134, 300, 14, 92, 92, 24
HEAD = 92
INK, SOFT, LINE, PAPER, CARD_FILL, ACCENT = "#1f2933", "#5f6c7b", "#d5dbe1", "#f6f7f9", "#ffffff", "#b3261e"
FONTS = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"


class Line(NamedTuple):
    """A row of the picture: its label in two languages, and how its figure is found in a goal sheet."""

    zh: str
    en: str
    item: str
    name: str
    marked: bool = False


LINES = (
    Line("资金总额", "total funds", "资金总额", ""),
    Line("使用人次、人数", "visits, users", "数量指标", "使用人", marked=True),
    Line("使用面积", "floor area", "数量指标", "面积"),
    Line("满意度", "satisfaction", "满意度指标", "满意"),
)


def draw_airport_fee() -> str:
    """Draw the goal sheets of the airport facility fee, each from the document of its own year."""
    sheets = list(own_sheets(read_figures()))
    width = 2 * MARGIN + LEFT + len(sheets) * (CARD + GAP) - GAP
    height = TOP + HEAD + len(LINES) * ROW + 104
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="title" font-family="{FONTS}">',
        '<title id="title">机场设施租用费三年的绩效目标 · The airport facility fee in three years</title>',
        f'<rect width="{width}" height="{height}" rx="10" fill="{PAPER}"/>',
        text(MARGIN, 42, "同样的钱，承诺了什么？机场设施租用（赁）费，2020–2024", 22, weight=700),
        text(
            MARGIN,
            68,
            "The same money, but what is promised for it? An airport facility fee, year by year",
            15,
            SOFT,
        ),
        *labels(),
        *(part for index, sheet in enumerate(sheets) for part in card(index, sheet)),
        *footer(height),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def read_figures() -> list[tuple[Figure, int]]:
    """The project's figures in the graph of the examples, each with the year of its document."""
    with tempfile.TemporaryDirectory(prefix="jixiao-docs-") as folder:
        build([ROOT / "examples"], Path(folder) / "graph", jobs=1)
        graph = open_graph(Path(folder) / "graph")
        years = {row[0]: row[1] for row in ask(graph, YEARS).rows}
        return [(figure, int(years[figure.file] or 0)) for figure in find_figures(graph, PROJECT)]


def own_sheets(figures: Iterable[tuple[Figure, int]]) -> Iterator[list[Figure]]:
    """The figures of each goal sheet that is printed in a document of its own year, by year."""
    sheets: dict[tuple[object, ...], list[Figure]] = {}
    for figure, document_year in figures:
        if str(figure.printing).startswith("绩效目标表") and figure.year == document_year:
            sheets.setdefault((figure.year, figure.file, figure.printing), []).append(figure)
    yield from sheets.values()


def labels() -> Iterator[str]:
    """The labels of the rows, at the left."""
    for index, line in enumerate(LINES):
        y = TOP + HEAD + index * ROW + 38
        yield text(MARGIN, y, line.zh, 16, ACCENT if line.marked else INK, weight=700)
        yield text(MARGIN, y + 20, line.en, 13, SOFT)


def card(index: int, sheet: list[Figure]) -> Iterator[str]:
    """One year: unit and project as printed, then one figure a row."""
    x = MARGIN + LEFT + index * (CARD + GAP)
    height = HEAD + len(LINES) * ROW + 30
    first = sheet[0]
    box = f'x="{x}" y="{TOP}" width="{CARD}" height="{height}" rx="8"'
    yield f'<rect {box} fill="{CARD_FILL}" stroke="{LINE}"/>'
    yield text(x + 16, TOP + 32, str(first.year), 22, weight=700)
    yield text(x + 16, TOP + 55, str(first.unit), 14)
    yield text(x + 16, TOP + 76, str(first.project), 14, weight=700)
    for position, line in enumerate(LINES):
        yield from row(x, TOP + HEAD + position * ROW, line, find(sheet, line))
    yield text(x + 16, TOP + height - 12, str(first.file), 11, SOFT)


def find(sheet: list[Figure], line: Line) -> Figure:
    """The figure of a sheet that a line is about; its absence is an error, not a blank."""
    return next(
        figure
        for figure in sheet
        if str(figure.item).startswith(line.item) and line.name in str(figure.name or "")
    )


def row(x: int, y: int, line: Line, figure: Figure) -> Iterator[str]:
    """A figure as printed, what its sign means, the indicator and the place."""
    printed = str(figure.printed) if figure.name else f"{figure.printed} {figure.measure}"
    yield f'<line x1="{x}" y1="{y}" x2="{x + CARD}" y2="{y}" stroke="{LINE}"/>'
    yield text(x + 16, y + 36, printed, 23, ACCENT if line.marked else INK, weight=700)
    sign = next((said for sign, said in SIGNS.items() if printed.startswith(sign)), None)
    if sign is not None:
        yield text(x + CARD - 16, y + 35, sign, 13, ACCENT if line.marked else SOFT, anchor="end")
    yield text(x + 16, y + 58, str(figure.name or figure.item), 13)
    yield text(x + 16, y + 78, place(figure), 11.5, SOFT)


def place(figure: Figure) -> str:
    """Where the figure is printed, in both languages."""
    parts = (("表 table", figure.table), ("行 row", figure.row), ("字符 chars", figure.characters))
    return " · ".join(f"{word} {value}" for word, value in parts if value)


def footer(height: int) -> Iterator[str]:
    """What the picture is drawn from, and what it does not say."""
    yield text(
        MARGIN,
        height - 40,
        "数字与名称均照原文，取自 examples/ 的图谱；版本 0.1 不判断更名前后是否同一单位、同一项目。",
        13,
        SOFT,
    )
    yield text(
        MARGIN,
        height - 20,
        "Figures and names as printed, from the graph of examples/. "
        "Version 0.1 does not decide whether a unit or project with a new name is the same one.",
        13,
        SOFT,
    )


def text(
    x: float, y: float, words: str, size: float, fill: str = INK, *, weight: int = 400, anchor: str = "start"
) -> str:
    """A line of text, its baseline at ``y``."""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" font-weight="{weight}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )
