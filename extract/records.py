"""The records: what a document says, cell by cell, with the place of every value.

These are the objects behind ``jixiao extract``; ``docs/reference/records.md`` describes their
JSON. Strings are as printed, without the white space that the layout put there; amounts are
decimal strings without thousands separators; absent is ``None``.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Dimension = Literal["产出", "效益", "满意度", "成本"]
Comparator = Literal[">=", "<=", "=", ">", "<"]
Span = tuple[int, int]


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of all records: immutable, comparable, encoded to JSON with every key present."""


class Source(Record, frozen=True, kw_only=True, gc=False):
    """The place of a record in its file (出处).

    ``start`` and ``end`` are character offsets into the decoded text (end exclusive), ``table``
    and ``row`` are 1-based positions among the tables of the file, and ``cells`` gives for each
    field the spans in which it is printed: several when a cell is broken by a page. ``printed``
    holds the print of those fields whose recorded value differs from it (1,250.50 for 1250.50).
    """

    file: str
    start: int
    end: int
    table: int | None = None
    row: int | None = None
    page: int | None = None
    cells: dict[str, list[Span]] = {}
    printed: dict[str, str] = {}


class Funds(Record, frozen=True, kw_only=True, gc=False):
    """项目资金: decimal strings in the sheet's ``amount_unit``; ``None`` where the cell is blank."""

    total: str | None
    fiscal: str | None
    other: str | None


class Indicator(Record, frozen=True, kw_only=True, gc=False):
    """三级指标: one row of a goal sheet, with its target read and the print kept."""

    row: int
    level1: str | None
    level2: str | None
    dimension: Dimension | None
    name: str | None
    target: str | None
    basis: str | None = None
    previous: str | None = None
    weight: str | None = None
    scoring: str | None = None
    evidence: str | None = None
    actual: str | None = None
    score: str | None = None
    deviation: str | None = None
    comparator: Comparator | None = None
    value: str | None = None
    unit: str | None = None
    date: str | None = None
    qualitative: bool = False
    layout: str | None = None
    unresolved: list[str] = []
    source: Source


class GoalSheet(Record, frozen=True, kw_only=True, gc=False):
    """项目支出绩效目标表: what one project promises for one year's money."""

    seq: int
    printed_year: int | None
    unit: str | None
    project: str | None
    responsible_person: str | None
    funds: Funds
    amount_unit: str | None
    objective: str | None
    indicators: list[Indicator]
    empty_level2: list[str]
    layout: list[str] = []
    unresolved: list[str] = []
    source: Source


class ProjectListRow(Record, frozen=True, kw_only=True, gc=False):
    """A row of a project list (项目清单): who does what for how much, in ``amount_unit``."""

    seq: int | None
    department: str | None
    unit: str | None
    project: str
    amount: str | None
    amount_unit: str | None = None
    source: Source


class ExpenditureLine(Record, frozen=True, kw_only=True, gc=False):
    """A project row of the project expenditure table (项目支出情况表), by economic class."""

    function_code: str | None
    function_name: str | None
    project: str
    total: str | None
    economic: dict[str, str]
    amount_unit: str | None = None
    source: Source


class AllocationItem(Record, frozen=True, kw_only=True, gc=False):
    """A cost component named in running text: a name, an amount and its unit (万元, 元/人 …).

    ``start`` and ``end`` are the characters of the decoded text that print name and amount.
    """

    name: str
    amount: str
    unit: str
    start: int
    end: int


class Narrative(Record, frozen=True, kw_only=True, gc=False):
    """An item of 项目支出情况说明: the project in words, with what its money is for."""

    project: str
    policy_basis: str | None
    amount: str | None
    amount_unit: str | None = None
    unit: str | None
    allocation: str | None
    allocation_items: list[AllocationItem]
    period: str | None
    source: Source


class Document(Record, frozen=True, kw_only=True, gc=False):
    """One disclosure (公开文件) and everything that was read from it."""

    document: str
    title: str | None
    publisher: str | None
    fiscal_year: int | None
    published: str | None
    kind: str | None
    goal_sheets: list[GoalSheet]
    project_list: list[ProjectListRow]
    expenditure_lines: list[ExpenditureLine]
    narratives: list[Narrative]
    project_list_total: str | None = None
    sha256: str
    encoding: str
    unresolved: list[str] = []
    source: Source


def to_json(document: Document) -> bytes:
    """Encode a record as one line of UTF-8 JSON (without the line end), keys in a fixed order."""
    return msgspec.json.encode(document)


def from_json(line: bytes | str) -> Document:
    """Decode and validate one line of ``jixiao extract``.

    Raises ``msgspec.ValidationError`` when a key is missing or has another type.
    """
    return msgspec.json.decode(line, type=Document)
