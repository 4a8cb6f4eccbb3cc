"""The upper part of a goal sheet: unit, project, person, funds, objective."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.layouts.fields import Fields
from extract.layouts.funds import MONEY_ROLES, FundsReader
from extract.layouts.roles import LONGEST_LABEL, role_of, sheet_titles, unit_in_label
from extract.read.blocks import BLANK, Cell, Row
from extract.text import fold, strip_space
from extract.values import read_amount
from ontology.folding import simplify

YEAR_ROW = re.compile(r"[(]?(?:年度:?|预算年度:?|财政年度:?)?(20\d\d)年?度?[)]?$")
YEAR_IN_TITLE = re.compile(r"(20\d\d)年")
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
AMOUNT_UNIT = re.compile(r"(?:金额)?单位:(万元|元|千元|亿元)$")
LONGEST_TITLE = 60
OPENING = frozenset({"unit", "project", "supervisor"})
TEXTS = frozenset({"unit", "supervisor", "ministry", "project", "person"})
# Names of columns are no values: where one stands behind a label, the rows ran together.
HEADER = frozenset({"level1", "level2", "name", "target"})
OBJECTIVES = frozenset({"objective", "term_objective"})
COLON = re.compile(r"[:：]")
YEARS_BEHIND = re.compile(r"[(（][\d年月.\-—–~至到度]+[)）]$")
NEXT_LABEL = re.compile(r"(?:[ \u00a0]{2,}|\u3000)[\s\u3000]*(?=[^\s:：]{2,14}[:：])")

FIRST_PAIR = re.compile(r"[^:：]{2,14}[:：]\s*[^\s:：].{0,200}[:：]")
SEAM = re.compile(r"\s*[:：]\s*|\s+")

Label = tuple[str, Cell]
Placed = tuple[int, Cell]


class Head:
    """What the upper part of one sheet prints."""

    __slots__ = ("amount_unit", "fields", "problems", "year")

    def __init__(self) -> None:
        self.fields = Fields()
        self.year: int | None = None
        self.amount_unit: str | None = None
        self.problems: list[str] = []


def read_head(rows: list[Row], text: str) -> Head:
    """Read labels and the values beside them from the rows above the indicator header."""
    head = Head()
    funds = FundsReader()
    objective = ObjectiveReader()
    for row in rows:
        placed = _placed(row, text)
        if not placed or _reads_year(head, placed) or is_title(row):
            continue
        labels = [label(cell, text) for _, cell in placed]
        if objective.takes(placed, labels):
            continue
        head.amount_unit = head.amount_unit or next(
            (unit for _, cell in placed if (unit := unit_in_label(cell.text) or _unit_line(cell))), None
        )
        funds.read_row(placed, labels)
        _read_pairs(head, placed, labels)
    funds.settle(head.fields, head.problems)
    head.amount_unit = head.amount_unit or funds.unit
    for cell in objective.cells():
        head.fields.add("objective", cell)
    return head


def _placed(row: Row, text: str) -> list[Placed]:
    """The printed cells with their columns; a cell with several ``label：value`` pairs is taken apart."""
    placed: list[Placed] = []
    for index, cell in enumerate(row.cells):
        if cell is BLANK:
            continue
        if cell.end - cell.start == len(cell.text):
            placed.append((index, cell))  # no gap inside
            continue
        printed = text[cell.start : cell.end]
        cuts = [match.end() for match in NEXT_LABEL.finditer(printed)] if FIRST_PAIR.match(printed) else []
        for start, stop in zip([0, *cuts], [*cuts, len(printed)], strict=True):
            piece = printed[start:stop].rstrip()
            placed.append(
                (index, Cell(strip_space(piece), cell.start + start, cell.start + start + len(piece)))
            )
    return placed


def _reads_year(head: Head, placed: list[Placed]) -> bool:
    if len(placed) > 2:
        return False
    year = printed_year("".join(cell.text for _, cell in placed))
    if year is not None and head.year is None:
        head.year = year
    return year is not None


def printed_year(line: str) -> int | None:
    """The year of a line that prints nothing else.

    >>> printed_year("（2023年度）"), printed_year("2019年度)"), printed_year("（二〇二二年度）")
    (2023, 2019, 2022)
    >>> printed_year("2021年预算") is None
    True
    """
    if len(line) > 14:
        return None
    match = YEAR_ROW.match(fold(line).translate(CHINESE_DIGITS))
    return int(match.group(1)) if match else None


def title_year(title: str) -> int | None:
    """The year that a title names.

    >>> title_year("2021年项目支出绩效目标表"), title_year("项目支出绩效目标表")
    (2021, None)
    """
    match = YEAR_IN_TITLE.search(fold(title).translate(CHINESE_DIGITS))
    return int(match.group(1)) if match else None


def is_title(row: Row) -> bool:
    """Whether a row holds nothing but the title of a goal sheet.

    >>> names_form("2021年项目支出绩效目标表"), names_form("详见项目支出绩效目标表后附")
    (True, False)
    """
    alone = row.alone
    return alone is not None and len(alone) <= LONGEST_TITLE and names_form(alone)


@lru_cache(maxsize=8192)
def names_form(printed: str) -> bool:
    """Whether a text ends like the title of a goal sheet, a remark in brackets aside."""
    if role_of(printed, "head"):
        return False
    key = simplify(fold(printed))
    return key.endswith(sheet_titles()) or ("绩效" in key and key.partition("(")[0].endswith(sheet_titles()))


def opens_head(cell: Cell) -> bool:
    """Whether a cell is the label of a unit or a project, alone or with its value behind a colon."""
    return cell is not BLANK and _opens(cell.text)


@lru_cache(maxsize=16384)
def _opens(printed: str) -> bool:
    return (
        role_of(printed, "head") in OPENING or role_of(COLON.split(printed, maxsplit=1)[0], "head") in OPENING
    )


def label(cell: Cell, text: str) -> Label | None:
    """The role of a label cell, and what is glued to it in the same cell (``BLANK`` if nothing)."""
    if role := role_of(cell.text, "head") or role_of(YEARS_BEHIND.sub("", cell.text), "head"):
        return role, BLANK
    if cell.end - cell.start == len(cell.text) and not COLON.search(cell.text[:LONGEST_LABEL]):
        return None
    printed = text[cell.start : cell.end]
    for seam in SEAM.finditer(printed, 2):
        before = strip_space(printed[: seam.start()])
        if len(before) > LONGEST_LABEL or seam.end() == len(printed):
            return None
        role = role_of(before, "head")
        money = role in MONEY_ROLES or role == "funds"
        if role is not None and (not money or COLON.search(seam[0]) or read_amount(printed[seam.end() :])):
            return role, Cell(strip_space(printed[seam.end() :]), cell.start + seam.end(), cell.end)
    return None


def _unit_line(cell: Cell) -> str | None:
    match = AMOUNT_UNIT.match(fold(cell.text))
    return match.group(1) if match else None


def _read_pairs(head: Head, placed: list[Placed], labels: list[Label | None]) -> None:
    """Texts beside their labels; a label that another label follows has no value."""
    role: str | None = None
    for (_, cell), found in zip(placed, labels, strict=True):
        if found is not None:
            role, glued = found
            if glued is BLANK:
                continue
            cell = glued
        if role in TEXTS and role_of(cell.text, "column") not in HEADER:
            head.fields.setdefault(role, cell)
        role = None


class ObjectiveReader:
    """总体目标: the text beside and below its label, the year's kept apart from the whole term's."""

    def __init__(self) -> None:
        self._open = False
        self._columns: list[tuple[int, str]] = []
        self._found: dict[str, list[Cell]] = {}

    def takes(self, placed: list[Placed], labels: list[Label | None]) -> bool:
        """Read a row if it is a part of the objective."""
        first = labels[0]
        if first is not None:
            self._open = first[0] in OBJECTIVES
            if self._open:
                self._columns = []
        elif self._open and placed[0][0] == 0 and len(placed) > 1 and (self._found or not self._columns):
            # Another section whose label is not known; right below a row of labels stand their values.
            self._open = False
        if self._open:
            self._read(placed, labels)
        return self._open

    def _read(self, placed: list[Placed], labels: list[Label | None]) -> None:
        role = "objective"
        values: list[Placed] = []
        columns: list[tuple[int, str]] = []
        for (index, cell), found in zip(placed, labels, strict=True):
            if found is None or found[0] not in OBJECTIVES | {"ignored"}:
                values.append((index, cell))
                continue
            role = found[0]
            columns.append((index, role))
            if found[1] is not BLANK:
                self._found.setdefault(role, []).append(found[1])
        if values and columns:
            for index, cell in values:
                nearest = [name for column, name in columns if column <= index] or [role]
                self._found.setdefault(nearest[-1], []).append(cell)
        elif columns:
            self._columns = columns
        else:
            self._below(values)

    def _below(self, values: list[Placed]) -> None:
        """Texts in a row below their labels: one under each, or all of one objective."""
        roles = [role for _, role in self._columns]
        distinct = roles[-len(values) :] if len(set(roles)) > 1 else []
        for place, (_, cell) in enumerate(values):
            role = distinct[place] if place < len(distinct) else (roles[-1] if roles else "objective")
            self._found.setdefault(role, []).append(cell)

    def cells(self) -> list[Cell]:
        """The pieces of the year's objective; of the term's, if no other is printed."""
        return self._found.get("objective") or self._found.get("term_objective") or []
