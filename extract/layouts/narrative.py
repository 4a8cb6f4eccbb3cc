"""Project narratives (项目支出情况说明): projects told item by item, as label and text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.layouts.fields import Fields, offsets
from extract.layouts.roles import role_of
from extract.read.blocks import Cell, Row
from extract.records import AllocationItem, Narrative, Source
from extract.text import strip_space
from extract.values import find_cost_components, read_amount

NUMBER = r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?\s*[、.．]?\s*"
ITEM = re.compile(rf"\s*(?:[-•]\s*)?(?:{NUMBER})?([^:：\s]{{2,14}})\s*[:：]\s*(.*)$", re.S)
HEADING = re.compile(
    r"(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|情况[一二三]"
    r"|\d{1,2}[、.．](?!\d)|附件|备注|注[:：]|项目[一二三四五六七八九十\d]{1,3}$)"
)
NOTHING = frozenset({"无", "无。", "没有", "/", "—", "-", ""})
MAX_CONTINUATION = 4


def read_narratives(rows: list[Row], text: str, file: str) -> list[Narrative]:
    """All project narratives of a document; items that say 无 throughout are left out."""
    narratives: list[Narrative] = []
    for fields in _items(rows, text):
        project = fields.text("project")
        told = [role for role, value in fields.texts().items() if role != "project" and value not in NOTHING]
        if project is not None and project not in NOTHING and told:
            narratives.append(_narrative(project, fields, text, file))
    return narratives


def _items(rows: list[Row], text: str) -> Iterator[Fields]:
    """The labelled lines of each item, with the lines that continue them."""
    item: Fields | None = None
    role = ""
    for row in rows:
        labelled = _labelled(row, text) if row.table == 0 else None
        if labelled is not None:
            role, cell = labelled
            if role == "project":
                if item is not None:
                    yield item
                item = Fields()
            if item is not None and cell.text:
                item.setdefault(role, cell)
        elif item is not None:
            if row.table or HEADING.match(row.text) or len(item.pieces.get(role, [])) > MAX_CONTINUATION:
                yield item
                item = None
            else:
                _continue(item, role, row.cells[0])
    if item is not None:
        yield item


def _labelled(row: Row, text: str) -> tuple[str, Cell] | None:
    """The role of a line ``label：text`` and its text, or ``None`` for other lines."""
    if "：" not in row.cells[0].text and ":" not in row.cells[0].text:
        return None
    match = ITEM.match(text[row.start : row.end])
    if match is None:
        return None
    role = role_of(strip_space(match.group(1)), "narrative")
    if role is None:
        return None
    return role, Cell(strip_space(match.group(2)), row.start + match.start(2), row.end)


def _continue(item: Fields, role: str, cell: Cell) -> None:
    """Add a line that continues a text; the tail of a text printed twice by a page break is left out."""
    if not (item.text(role) or "").endswith(cell.text):
        item.add(role, cell)


def _narrative(project: str, fields: Fields, text: str, file: str) -> Narrative:
    amount = read_amount(fields.text("amount") or "")
    cells = fields.spans()
    spans = [span for pieces in cells.values() for span in pieces]
    return Narrative(
        project=project,
        policy_basis=fields.text("policy_basis"),
        amount=amount[0] if amount else None,
        amount_unit=amount[1] if amount else None,
        unit=fields.text("unit"),
        allocation=fields.text("allocation"),
        allocation_items=_allocation_items(fields, text),
        period=fields.text("period"),
        source=Source(
            file=file,
            start=min(start for start, _ in spans),
            end=max(end for _, end in spans),
            cells=cells,
            printed=fields.printed({"amount": amount[0] if amount else None}),
        ),
    )


def _allocation_items(fields: Fields, text: str) -> list[AllocationItem]:
    """The cost components that the allocation text names, each with its place in the document."""
    found = find_cost_components(fields.text("allocation") or "")
    places = offsets(fields.pieces["allocation"], text) if found else []
    return [
        AllocationItem(
            name=item.name,
            amount=item.amount,
            unit=item.unit,
            start=places[item.start],
            end=places[item.end - 1] + 1,
        )
        for item in found
    ]
