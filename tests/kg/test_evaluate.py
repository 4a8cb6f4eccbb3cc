"""Evaluation: every wrong, missing and spurious cell counts, and nothing right counts as wrong."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from extract.document import read_document
from kg.evaluate import (
    DIFFERENCE_COLUMNS,
    REPORT_COLUMNS,
    Cell,
    GoldError,
    compare,
    compare_all,
    difference_rows,
    is_gold,
    pair_rows,
    read_gold,
    report_rows,
    score_rows,
)

EXAMPLES = Path(__file__).parents[2] / "examples"
GOLDEN = sorted((EXAMPLES / "golden").glob("*.json"))


@pytest.fixture
def gold() -> dict[str, Any]:
    record: dict[str, Any] = json.loads(
        (EXAMPLES / "golden/2021-prefecture-party-office.json").read_text("utf-8")
    )
    return record


def wrong(cells: list[Cell]) -> list[tuple[Any, ...]]:
    return [(cell.field, cell.sheet, cell.row, cell.problem) for cell in cells if cell.problem]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_truth_agrees_with_itself_in_every_cell(path: Path) -> None:
    record = json.loads(path.read_text("utf-8"))
    cells = compare(record, record)
    assert wrong(cells) == []
    counted = [cell for cell in cells if cell.field == "goal_sheets.indicators.name"]
    assert len(counted) == sum(len(sheet["indicators"]) for sheet in record["goal_sheets"])


def test_explanations_do_not_count(gold: dict[str, Any]) -> None:
    found = copy.deepcopy(gold)
    found["notes"] = found["goal_sheets"][0]["layout"] = found["goal_sheets"][0]["source"] = ["other"]
    assert wrong(compare(gold, found)) == []
    assert not any("notes" in cell.field or "layout" in cell.field for cell in compare(gold, found))


SHEET, INDICATOR = ("goal_sheets", 0), ("goal_sheets", 0, "indicators", 2)
CHANGES = {
    "title": (("title",), "另一个", "title", None, None),
    "year as text": (("fiscal_year",), "2021", "fiscal_year", None, None),
    "sheet's unit": ((*SHEET, "unit"), "某单位", "goal_sheets.unit", 1, None),
    "sheet's number": ((*SHEET, "seq"), 7, "goal_sheets.seq", 1, None),
    "total": ((*SHEET, "funds", "total"), "1", "goal_sheets.funds.total", 1, None),
    "empty heading": ((*SHEET, "empty_level2"), ["质量"], "goal_sheets.empty_level2", 1, None),
    "row number": ((*INDICATOR, "row"), 9, "goal_sheets.indicators.row", 1, "3"),
    "level 1": ((*INDICATOR, "level1"), "某指标", "goal_sheets.indicators.level1", 1, "3"),
    "level 2": ((*INDICATOR, "level2"), "某指标", "goal_sheets.indicators.level2", 1, "3"),
    "dimension": ((*INDICATOR, "dimension"), "成本", "goal_sheets.indicators.dimension", 1, "3"),
    "name": ((*INDICATOR, "name"), "某指标", "goal_sheets.indicators.name", 1, "3"),
    "target": ((*INDICATOR, "target"), "≥7", "goal_sheets.indicators.target", 1, "3"),
    "comparator": ((*INDICATOR, "comparator"), "<", "goal_sheets.indicators.comparator", 1, "3"),
    "value": ((*INDICATOR, "value"), "7.70", "goal_sheets.indicators.value", 1, "3"),
    "unit": ((*INDICATOR, "unit"), "斤", "goal_sheets.indicators.unit", 1, "3"),
    "date": ((*INDICATOR, "date"), "2021-02", "goal_sheets.indicators.date", 1, "3"),
    "expenditure": (("expenditure_lines", 1, "total"), "7.7", "expenditure_lines.total", None, "2"),
    "period": (("narratives", 1, "period"), "某年", "narratives.period", None, "2"),
}


@pytest.mark.parametrize(("path", "value", "field", "sheet", "row"), CHANGES.values(), ids=CHANGES)
def test_one_changed_cell_is_one_wrong_cell(gold, path, value, field, sheet, row) -> None:  # type: ignore[no-untyped-def]
    found = copy.deepcopy(gold)
    place = found
    for step in path[:-1]:
        place = place[step]
    assert place[path[-1]] != value
    place[path[-1]] = value
    cells = compare(gold, found)
    assert [(one[0], one[1], one[2]) for one in wrong(cells)] == [(field, sheet, row)]
    assert next(cell.found for cell in cells if cell.problem) == value


def test_a_lost_value_is_missing_and_an_invented_one_spurious(gold: dict[str, Any]) -> None:
    found = copy.deepcopy(gold)
    found["published"], gold["title"] = None, None
    found["title"] = "编造"
    assert {one[0]: one[3] for one in wrong(compare(gold, found))} == {
        "published": "missing",
        "title": "spurious",
    }


@pytest.mark.parametrize("index", [0, 3, -1])
def test_a_missing_row_makes_only_its_own_cells_wrong(gold: dict[str, Any], index: int) -> None:
    found = copy.deepcopy(gold)
    rows = found["goal_sheets"][0]["indicators"]
    lost = rows.pop(index)
    for number, row in enumerate(rows, 1):
        row["row"] = number
    problems = wrong(compare(gold, found))
    assert {(one[1], one[2], one[3]) for one in problems} == {(1, str(lost["row"]), "missing")}
    assert len(problems) == len(lost.keys() - {"layout", "source_lines", "notes"})


def test_a_spurious_row_makes_only_its_own_cells_wrong(gold: dict[str, Any]) -> None:
    found = copy.deepcopy(gold)
    extra = {**found["goal_sheets"][1]["indicators"][0], "name": "编造", "target": "≥1", "basis": None}
    found["goal_sheets"][1]["indicators"].insert(2, extra)
    for number, row in enumerate(found["goal_sheets"][1]["indicators"], 1):
        row["row"] = number
    problems = wrong(compare(gold, found))
    assert {(one[1], one[2], one[3]) for one in problems} == {(2, "3", "spurious")}
    assert "goal_sheets.indicators.name" in {one[0] for one in problems}


def test_a_missing_sheet_is_missing_with_all_its_cells(gold: dict[str, Any]) -> None:
    found = copy.deepcopy(gold)
    lost = found["goal_sheets"].pop(1)
    for number, sheet in enumerate(found["goal_sheets"], 1):
        sheet["seq"] = number
    problems = wrong(compare(gold, found))
    assert {(one[1], one[3]) for one in problems} == {(2, "missing")}
    names = [one for one in problems if one[0] == "goal_sheets.indicators.name"]
    assert len(names) == len(lost["indicators"])


def test_spurious_rows_count_where_the_truth_has_none(gold: dict[str, Any]) -> None:
    found = {
        **gold,
        "project_list": [{"seq": 1, "project": "编造", "amount": "5", "unit": None, "source": {}}],
    }
    assert wrong(compare(gold, found)) == [
        ("project_list.seq", None, "1", "spurious"),
        ("project_list.project", None, "1", "spurious"),
        ("project_list.amount", None, "1", "spurious"),
    ]


def test_an_economic_class_too_many_is_spurious(gold: dict[str, Any]) -> None:
    found = copy.deepcopy(gold)
    found["expenditure_lines"][0]["economic"]["资本性支出"] = "3"
    assert wrong(compare(gold, found)) == [("expenditure_lines.economic.资本性支出", None, "1", "spurious")]


def test_a_document_that_was_not_read_has_no_right_cell(gold: dict[str, Any]) -> None:
    cells = compare(gold, None)
    assert len(cells) == len(compare(gold, gold))
    assert all(cell.problem == "missing" for cell in cells)


PAIRS = {
    "equal": ("甲乙丙", "甲乙丙", [(0, 0), (1, 1), (2, 2)]),
    "missing first": ("甲乙丙", "乙丙", [(0, None), (1, 0), (2, 1)]),
    "missing last": ("甲乙丙", "甲乙", [(0, 0), (1, 1), (2, None)]),
    "spurious": ("甲丙", "甲乙丙", [(0, 0), (None, 1), (1, 2)]),
    "nothing": ("", "甲", [(None, 0)]),
}


@pytest.mark.parametrize(("gold_names", "names", "pairs"), PAIRS.values(), ids=PAIRS)
def test_rows_are_paired_in_order(
    gold_names: str, names: str, pairs: list[tuple[int | None, int | None]]
) -> None:
    rows = [[{"name": name, "level1": "产出"} for name in text] for text in (gold_names, names)]
    assert pair_rows(*rows, "goal_sheets.indicators") == pairs


def test_the_examples_are_read_without_a_wrong_cell() -> None:
    gold = read_gold([EXAMPLES / "golden"])
    cells = compare_all(gold, [read_document(EXAMPLES / name) for name in gold])
    assert difference_rows(cells) == []
    assert score_rows(cells)[-1] == ("overall", len(cells), len(cells), "1.0000")


def test_the_report_holds_scores_and_differences_in_one_table(gold: dict[str, Any]) -> None:
    cells = compare(gold, {**gold, "title": "另一个", "kind": None})
    rows = [dict(zip(REPORT_COLUMNS, row, strict=True)) for row in report_rows(cells)]
    assert [row["kind"] for row in rows if row["kind"] != "field"] == ["overall", "difference", "difference"]
    title = next(row for row in rows if row["field"] == "title")
    assert (title["cells"], title["right"], title["accuracy"]) == (1, 0, "0.0000")
    assert set(DIFFERENCE_COLUMNS) < set(REPORT_COLUMNS)


def test_gold_is_told_from_documents() -> None:
    assert is_gold(EXAMPLES / "golden") and is_gold(GOLDEN[0])
    assert not is_gold(EXAMPLES) and not is_gold(EXAMPLES / "2020-prefecture-key-projects.txt")


BAD_GOLD = {
    "no JSON": "{",
    "no object": "[1]",
    "no document": '{"title": "甲"}',
    "other encoding": "甲".encode("gbk"),
}


@pytest.mark.parametrize("content", BAD_GOLD.values(), ids=BAD_GOLD)
def test_a_gold_file_that_is_no_record_is_one_clear_line(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GoldError, match="not a gold record") as error:
        read_gold([path])
    assert "\n" not in str(error.value)


def test_two_truths_about_one_document_are_refused(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_bytes(GOLDEN[0].read_bytes())
    with pytest.raises(GoldError, match="there is another gold record of"):
        read_gold([tmp_path])
