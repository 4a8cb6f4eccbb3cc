"""Changes of what a document says, each with the exact change that its records must show."""

from __future__ import annotations

import copy
import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from extract.records import GoalSheet, Indicator, Source, Span
from tests.metamorphic.compare import said
from tests.metamorphic.documents import Case
from tests.metamorphic.printed import Item, Row, chosen, edited, parse, render, rows_of

Change = tuple[str, dict[str, Any]]
PROVED = ("level_label_printed", "continuation")


def unproved(case: Case) -> list[GoalSheet]:
    """Sheets whose labels were not moved: a proof by neighbours or sums fails when one of them changes."""
    return [
        sheet
        for sheet in case.document.goal_sheets
        if not any(note in (indicator.layout or "") for indicator in sheet.indicators for note in PROVED)
    ]


def some(items: Sequence[Item], count: int, seed: int) -> list[Item]:
    """A seeded sample of at most so many items."""
    return chosen(items, count / max(count, len(items)), seed)


def deleted_indicators(case: Case, count: int) -> Iterator[Change]:
    """One indicator struck out: its row, or only its cells where the row also prints a heading."""
    rows = parse(case.text)
    known = [(sheet, indicator) for sheet in unproved(case) for indicator in sheet.indicators]
    for sheet, indicator in some(known, count, 7):
        (index,) = rows_of(rows, indicator.source)
        rest = without_content(rows[index], indicator)
        changed = [*rows[:index], *([rest] if any(rest.texts) else []), *rows[index + 1 :]]
        yield render(changed), without_indicator(case, sheet, indicator)


def without_content(row: Row, indicator: Indicator) -> Row:
    """A row with the cells of its indicator left empty."""
    spans = [span for cells in indicator.source.cells.values() for span in cells]
    return row.with_cells(
        "" if any(start < stop and begin < end for begin, stop in spans) else cell
        for cell, (start, end) in zip(row.cells, row.spans(), strict=True)
    )


def without_indicator(case: Case, sheet: GoalSheet, indicator: Indicator) -> dict[str, Any]:
    """The record without one indicator; a heading that loses its only row becomes an empty one."""
    expected = said(case.document)
    changed = expected["goal_sheets"][sheet.seq - 1]
    del changed["indicators"][indicator.row - 1]
    for number, row in enumerate(changed["indicators"], 1):
        row["row"] = number
    if indicator.level2 not in [row["level2"] for row in changed["indicators"]]:
        changed["empty_level2"].append(indicator.level2)
    return expected


def changed_targets(case: Case, count: int) -> Iterator[Change]:
    """One digit of one target changed."""
    known = [
        (sheet.seq - 1, row, indicator)
        for sheet in unproved(case)
        for row, indicator in enumerate(sheet.indicators)
        if is_whole(indicator.target, indicator.value)
        or (indicator.date and "年" in (indicator.target or ""))
    ]
    for number, (seq, row, indicator) in enumerate(some(known, count, 5)):
        value = indicator.value if indicator.value is not None else (indicator.date or "")[:4]
        (span,) = indicator.source.cells["target"]
        index, digit = other_digit(value, number, last=indicator.value is None)
        expected = said(case.document)
        changed = expected["goal_sheets"][seq]["indicators"][row]
        changed["target"] = with_digit(indicator.target or "", index, digit)
        if indicator.value is not None:
            changed["value"] = with_digit(value, index, digit)
        else:
            changed["date"] = with_digit(indicator.date or "", index, digit)
        yield replaced_digit(case.text, span, index, digit), expected


def is_whole(printed: str | None, value: str | None) -> bool:
    """Whether a printed text holds the digits of its value and no others."""
    return value is not None and digits_of(printed or "") == digits_of(value)


def digits_of(printed: str) -> str:
    """All digits of a text in half width."""
    return "".join(re.findall(r"\d", unicodedata.normalize("NFKC", printed)))


def other_digit(value: str, seed: int, *, last: bool = False) -> tuple[int, str]:
    """The index of one of the digits of a value, and another digit that is not zero."""
    digits = digits_of(value)
    generator = random.Random(seed)
    index = len(digits) - 1 if last else generator.randrange(len(digits))
    return index, generator.choice([digit for digit in "123456789" if digit != digits[index]])


def with_digit(printed: str, index: int, digit: str) -> str:
    """A text whose digit number ``index`` is another one."""
    places = [match.start() for match in re.finditer(r"\d", printed)]
    return printed[: places[index]] + digit + printed[places[index] + 1 :]


def replaced_digit(text: str, span: Span, index: int, digit: str) -> str:
    """A text with one digit of a span changed."""
    return edited(text, [(*span, with_digit(text[slice(*span)], index, digit))])


def changed_amounts(case: Case, count: int) -> Iterator[Change]:
    """One digit of one amount changed: of funds, list rows, expenditure lines or narratives."""
    amounts = list(_amounts(case))
    for number, (path, span, amount) in enumerate(some(amounts, count, 3)):
        index, digit = other_digit(amount, number)
        expected = copy.deepcopy(said(case.document))
        holder = expected
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = with_digit(amount, index, digit)
        yield replaced_digit(case.text, span, index, digit), expected


def _amounts(case: Case) -> Iterator[tuple[list[Any], Span, str]]:
    """The path, the place and the value of every amount whose place prints nothing else."""
    for path, source, field, amount in _stated_amounts(case):
        spans = source.cells.get(field, [])
        if amount is not None and len(spans) == 1 and is_whole(case.text[slice(*spans[0])], amount):
            yield path, spans[0], amount


def _stated_amounts(case: Case) -> Iterator[tuple[list[Any], Source, str, str | None]]:
    document = case.document
    for sheet in unproved(case):
        for fund in ("total", "fiscal", "other"):
            path = ["goal_sheets", sheet.seq - 1, "funds", fund]
            yield path, sheet.source, fund, getattr(sheet.funds, fund)
    for group in ("project_list", "narratives"):
        for index, record in enumerate(getattr(document, group)):
            yield [group, index, "amount"], record.source, "amount", record.amount
    for index, line in enumerate(document.expenditure_lines):
        yield ["expenditure_lines", index, "total"], line.source, "total", line.total
        for name, part in line.economic.items():
            yield ["expenditure_lines", index, "economic", name], line.source, f"economic:{name}", part


def changed_components(case: Case) -> Iterator[Change]:
    """One digit of a cost component changed in the text that allots a project's money."""
    for index, narrative in enumerate(case.document.narratives):
        for part, item in enumerate(narrative.allocation_items):
            pattern = re.compile(rf"(?<![\d.]){re.escape(item.amount)}(?![\d.])")
            (span,) = narrative.source.cells["allocation"]
            places = list(pattern.finditer(case.text, *span))
            if len(places) != 1 or len(pattern.findall(narrative.allocation or "")) != 1:
                continue
            number, digit = other_digit(item.amount, index + part)
            amount = with_digit(item.amount, number, digit)
            expected = said(case.document)
            changed = expected["narratives"][index]
            changed["allocation"] = pattern.sub(amount, narrative.allocation or "")
            changed["allocation_items"][part]["amount"] = amount
            yield edited(case.text, [(*places[0].span(), amount)]), expected
