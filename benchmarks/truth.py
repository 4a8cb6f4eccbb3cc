"""The truth about a synthetic disclosure, in the format of ``jixiao extract`` without places."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from benchmarks.indicators import Row
from benchmarks.world import Disclosure, Expense, Sheet, Story

DIMENSIONS = {
    "项目完成": "产出",
    "产出": "产出",
    "项目效益": "效益",
    "效益": "效益",
    "满意度": "满意度",
    "成本": "成本",
}
EXTRAS = ("basis", "previous", "weight", "scoring", "evidence", "actual", "score", "deviation")


def truth_of(disclosure: Disclosure) -> dict[str, Any]:
    """One line of ``truth.jsonl``."""
    listed = disclosure.key_projects
    published = f"{disclosure.year}-{disclosure.month:02d}-{disclosure.day:02d}"
    return {
        "document": disclosure.name,
        "title": disclosure.title,
        "publisher": None if listed else disclosure.unit,
        "fiscal_year": disclosure.year,
        "published": None if listed else published,
        "kind": disclosure.kind,
        "goal_sheets": [sheet_truth(number, sheet) for number, sheet in enumerate(disclosure.sheets, 1)],
        "project_list": [
            {"seq": number, "department": sheet.unit, "unit": sheet.unit, "project": sheet.project,
             "amount": f"{Decimal(sheet.total):.2f}"}
            for number, sheet in enumerate(disclosure.sheets, 1) if listed
        ],
        "expenditure_lines": [expense_truth(expense) for expense in disclosure.expenses],
        "narratives": [story_truth(story) for story in disclosure.stories],
    }  # fmt: skip


def sheet_truth(number: int, sheet: Sheet) -> dict[str, Any]:
    """A goal sheet as its record."""
    filled = [row for row in sheet.rows if row.name is not None]
    return {
        "seq": number,
        "printed_year": sheet.printed_year,
        "unit": sheet.unit,
        "project": sheet.project,
        "responsible_person": sheet.person,
        "funds": {"total": sheet.total, "fiscal": sheet.fiscal, "other": sheet.other},
        "amount_unit": "万元",
        "objective": sheet.objective,
        "indicators": [indicator_truth(place, row) for place, row in enumerate(filled, 1)],
        "empty_level2": [row.level2 for row in sheet.rows if row.name is None],
    }


def indicator_truth(place: int, row: Row) -> dict[str, Any]:
    """An indicator as its record."""
    assert row.target is not None
    target = asdict(row.target)
    extras = dict.fromkeys(EXTRAS) | dict(zip(EXTRAS, row.extras, strict=False))
    return {
        "row": place,
        "level1": row.level1,
        "level2": row.level2,
        "dimension": DIMENSIONS[row.level1.removesuffix("指标")],
        "name": row.name,
        "target": target.pop("printed"),
        **extras,
        **target,
    }


def expense_truth(expense: Expense) -> dict[str, Any]:
    """An expenditure line as its record."""
    return {
        "function_code": "".join(expense.codes),
        "function_name": expense.function,
        "project": expense.project,
        "total": expense.total,
        "economic": dict(expense.economic),
    }


def story_truth(story: Story) -> dict[str, Any]:
    """A narrative as its record."""
    items = [{"name": name, "amount": amount, "unit": "万元"} for name, amount in story.parts]
    return {
        "project": story.project,
        "policy_basis": story.basis,
        "amount": story.amount,
        "unit": story.unit,
        "allocation": story.allocation,
        "allocation_items": items,
        "period": story.period,
    }
