"""What two readings must share, and whether every value stands where its record says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec

from extract.records import Document, Source
from extract.text import strip_space
from extract.values import read_amount

PLACES = frozenset({"source", "sha256", "encoding", "start", "end"})
PARSED = ("comparator", "value", "unit", "date", "qualitative")
# Fields of a record by the name under which its source keeps their place.
RENAMED = {"person": "responsible_person", "supervisor": "unit", "code": "function_code"} | dict.fromkeys(
    ("class_code", "division_code", "item_code"), "function_code"
)
# Places of what is printed beside the fields of a record, and of numbers that may be none.
MAY_BE_NONE = frozenset({"supervisor", "seq", "carry_over", "ignored"})
FUNDS = ("total", "fiscal", "other")
AMOUNTS = frozenset({*FUNDS, "amount"})


def said(document: Document, *without: str) -> dict[str, Any]:
    """A record as plain data, without places and what else may differ."""
    plain: dict[str, Any] = _without(msgspec.to_builtins(document), PLACES | set(without))
    return plain


def _without(value: Any, keys: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, keys) for key, inner in value.items() if key not in keys}
    if isinstance(value, list):
        return [_without(inner, keys) for inner in value]
    return value


def folded(value: Any) -> Any:
    """Plain data with every string in its NFKC form."""
    if isinstance(value, dict):
        return {folded(key): folded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [folded(inner) for inner in value]
    return unicodedata.normalize("NFKC", value) if isinstance(value, str) else value


def figures(document: Document) -> list[Any]:
    """Everything that was parsed: amounts and the readings of targets, which no print may change."""
    targets = [
        [getattr(indicator, field) for field in PARSED]
        for sheet in document.goal_sheets
        for indicator in sheet.indicators
    ]
    funds = [msgspec.to_builtins(sheet.funds) for sheet in document.goal_sheets]
    lines = [[line.total, *line.economic.values()] for line in document.expenditure_lines]
    entries = [[entry.seq, entry.amount] for entry in document.project_list]
    told = [[item.amount, [part.amount for part in item.allocation_items]] for item in document.narratives]
    return [document.fiscal_year, document.published, document.project_list_total, targets, funds, lines,
            entries, told]  # fmt: skip


def differences(expected: Any, found: Any, path: str = "") -> list[str]:
    """Each differing value with its path, so that a failure can be read."""
    if isinstance(expected, dict) and isinstance(found, dict):
        keys = [*expected, *(key for key in found if key not in expected)]
        return [
            text
            for key in keys
            for text in differences(expected.get(key, "—"), found.get(key, "—"), f"{path}.{key}")
        ]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [text for index, pair in pairs for text in differences(*pair, f"{path}[{index}]")]
    if isinstance(expected, list) and isinstance(found, list):
        return [f"{path}: {len(expected)} expected, {len(found)} found", *_first_difference(expected, found)]
    return [] if expected == found else [f"{path}: {expected!r} → {found!r}"]


def _first_difference(expected: list[Any], found: list[Any]) -> list[str]:
    for index, (one, other) in enumerate(zip(expected, found, strict=False)):
        if one != other:
            return [f"first at [{index}]", *differences(one, other)][:6]
    rest = expected[len(found) :] or found[len(expected) :]
    return [f"beyond the shorter: {rest[0]!r}"]


def records(document: Document) -> Iterator[tuple[str, Any, Source]]:
    """All records that know their place, each with a name for messages."""
    yield "document", document, document.source
    for sheet in document.goal_sheets:
        yield f"sheet {sheet.seq}", sheet, sheet.source
        for indicator in sheet.indicators:
            yield f"sheet {sheet.seq} row {indicator.row}", indicator, indicator.source
    for group in ("project_list", "expenditure_lines", "narratives"):
        for number, record in enumerate(getattr(document, group), 1):
            yield f"{group} {number}", record, record.source


def misplaced(document: Document, text: str) -> list[str]:
    """Values that are not printed where their record says; an empty list when all places are right."""
    wrong: list[str] = []
    for name, record, source in records(document):
        if not 0 <= source.start <= source.end <= len(text):
            wrong.append(f"{name}: {source.start}-{source.end} is outside of the text")
        for field, spans in source.cells.items():
            printed = "".join(strip_space(text[start:end]) for start, end in spans)
            value = _value(record, field)
            if not _prints(field, printed, value) or source.printed.get(field, printed) != printed:
                wrong.append(f"{name}: {field} {value!r} at {spans} prints {printed!r}")
            elif field in AMOUNTS and value not in (None, printed) and field not in source.printed:
                wrong.append(f"{name}: the print {printed!r} of {field} is not kept")
        wrong.extend(f"{name}: {field} has no place" for field in _placeless(record, source))
    return wrong + _misplaced_components(document, text)


def _misplaced_components(document: Document, text: str) -> list[str]:
    return [
        f"{narrative.project}: {item.name} {item.amount} at {item.start}-{item.end} prints {printed!r}"
        for narrative in document.narratives
        for item in narrative.allocation_items
        if not (printed := strip_space(text[item.start : item.end])).startswith(item.name)
        or not _prints("amount", printed[len(item.name) :], item.amount)
    ]


def _value(record: Any, field: str) -> Any:
    """What a record states for a field of its source."""
    if field.startswith("economic:"):
        return record.economic.get(field.partition(":")[2])
    if field == "supervisor" and "unit" in record.source.cells:
        return None
    holder = getattr(record, "funds", record) if field in FUNDS else record
    return getattr(holder, RENAMED.get(field, field), None)


def _prints(field: str, printed: str, value: Any) -> bool:
    """Whether a cell prints the value; amounts, numbers and dates are recorded in a normal form."""
    plain = unicodedata.normalize("NFKC", printed)
    if value is None:  # a cell that is no amount, or printed beside the field that counts
        return field in AMOUNTS or field in MAY_BE_NONE or field.startswith("economic:")
    if field in AMOUNTS or field.startswith("economic:"):
        numbers = re.findall(r"\d+(?:\.\d+)?", plain.replace(",", ""))
        return value in numbers or (not numbers and value == (read_amount(printed) or ("",))[0])
    if field.endswith("code"):
        return printed in value
    if field == "published":
        return [int(part) for part in value.split("-")] == [int(part) for part in re.findall(r"\d+", plain)]
    return bool(str(value) == (plain if field == "seq" else printed))


TEXTS = ("name", "target", "basis", "previous", "weight", "scoring", "evidence", "project", "objective",
         "department", "policy_basis", "allocation", "period", "function_name")  # fmt: skip


def _placeless(record: Any, source: Source) -> list[str]:
    """Printed fields that a record states without a place, where no figure may come from nowhere."""
    stated = [field for field in (*TEXTS, *sorted(AMOUNTS)) if _stated(record, field) is not None]
    return [field for field in stated if field not in source.cells]


def _stated(record: Any, field: str) -> Any:
    holder = getattr(record, "funds", record) if field in FUNDS else record
    return getattr(holder, field, None)
