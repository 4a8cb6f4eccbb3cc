"""Project narratives (项目支出情况说明): projects told item by item, as label and text."""

from __future__ import annotations

import re

from extract.layouts.roles import role_of
from extract.read.blocks import Cell, Row
from extract.records import AllocationItem, Narrative, Source, Span
from extract.text import strip_space
from extract.values import find_cost_components, read_amount

ITEM = re.compile(
    r"\s*(?:[-•]\s*)?(?:[(（]?\d{1,2}[)）]?\s*[、.．]?\s*)?([^:：\s]{2,14})\s*[:：]\s*(.*)$", re.S
)
HEADING = re.compile(
    r"(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|情况[一二三]|\d{1,2}[、.．]|附件|备注|注[:：])"
)
NOTHING = frozenset({"无", "无。", "没有", "/", "—", "-", ""})
MAX_CONTINUATION = 4


class _Item:
    """One narrative while it is read."""

    def __init__(self) -> None:
        self.fields: dict[str, list[Cell]] = {}

    def text(self, field: str) -> str | None:
        value = "".join(cell.text for cell in self.fields.get(field, []))
        return value or None


def read_narratives(rows: list[Row], text: str, file: str) -> list[Narrative]:
    """All project narratives of a document; items that say 无 throughout are left out."""
    narratives: list[Narrative] = []
    item: _Item | None = None
    field: str | None = None
    pieces = 0
    for row in rows:
        labelled = _labelled(row, text) if row.table == 0 else None
        if labelled is not None:
            role, cell = labelled
            if role == "project":
                _finish(item, file, narratives)
                item = _Item()
            if item is not None:
                item.fields[role] = [cell] if cell.text else []
            field, pieces = role, 0
        elif item is not None and field is not None:
            pieces += 1
            if row.table or HEADING.match(row.text) or pieces > MAX_CONTINUATION:
                _finish(item, file, narratives)
                item = field = None
            else:
                _continue(item.fields[field], row.cells[0])
    _finish(item, file, narratives)
    return narratives


def _labelled(row: Row, text: str) -> tuple[str, Cell] | None:
    """The role of a line ``label：text`` and its text, or ``None`` for other lines."""
    printed = text[row.start : row.end]
    match = ITEM.match(printed)
    if match is None:
        return None
    role = role_of(strip_space(match.group(1)), "narrative")
    if role is None:
        return None
    start = row.start + match.start(2)
    return role, Cell(strip_space(match.group(2)), start, row.end)


def _continue(pieces: list[Cell], cell: Cell) -> None:
    """Add a line that continues a text; the tail of a text printed twice by a page break is left out."""
    if not pieces or not pieces[-1].text.endswith(cell.text):
        pieces.append(cell)


def _finish(item: _Item | None, file: str, narratives: list[Narrative]) -> None:
    if item is None:
        return
    project = item.text("project")
    told = [field for field in item.fields if field != "project" and (item.text(field) or "") not in NOTHING]
    if project is None or project in NOTHING or not told:
        return
    amount = read_amount(item.text("amount") or "")
    allocation = item.text("allocation")
    narratives.append(
        Narrative(
            project=project,
            policy_basis=item.text("policy_basis"),
            amount=amount[0] if amount else None,
            amount_unit=amount[1] if amount else None,
            unit=item.text("unit"),
            allocation=allocation,
            allocation_items=[
                AllocationItem(name=found.name, amount=found.amount, unit=found.unit)
                for found in find_cost_components(allocation or "")
            ],
            period=item.text("period"),
            source=_source(item, file),
        )
    )


def _source(item: _Item, file: str) -> Source:
    cells: dict[str, list[Span]] = {
        field: [(cell.start, cell.end) for cell in pieces] for field, pieces in item.fields.items() if pieces
    }
    spans = [span for pieces in cells.values() for span in pieces]
    return Source(file=file, start=min(s for s, _ in spans), end=max(e for _, e in spans), cells=cells)
