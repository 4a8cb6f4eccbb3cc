"""Output: nothing lost in a pipe, nothing run by a spreadsheet, no orders to a terminal."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from kg.output import Format, display_width, spreadsheet_safe, visible, write_rows

COLUMNS = ("name", "value")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def written(rows: list[tuple[object, ...]], form: Format, stream: io.StringIO | None = None) -> str:
    stream = stream or io.StringIO()
    write_rows(COLUMNS, rows, form, stream)
    # The head of a table on a terminal is bold, by our own order.
    return stream.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "")


SAFE = {
    "=106平方米": "'=106平方米",
    "=1+1": "'=1+1",
    "+86": "+86",
    "-5.2": "-5.2",
    "-": "'-",
    "-1,000": "'-1,000",
    "@SUM(A1)": "'@SUM(A1)",
    "＝95%": "'＝95%",
    "－1": "'－1",
    "\t=1": "'\t=1",
    "'quoted": "''quoted",
    "≥95%": "≥95%",
    "60.00": "60.00",
    "": "",
}


@pytest.mark.parametrize(("text", "cell"), SAFE.items())
def test_a_spreadsheet_runs_no_cell(text: str, cell: str) -> None:
    assert spreadsheet_safe(text) == cell


@pytest.mark.parametrize("text", SAFE)
def test_the_print_comes_back_by_taking_one_apostrophe_away(text: str) -> None:
    assert spreadsheet_safe(text).removeprefix("'") == text


@pytest.mark.parametrize(("form", "delimiter"), [(Format.csv, ","), (Format.tsv, "\t")])
def test_separated_values_survive_commas_tabs_quotes_and_lines(form: Format, delimiter: str) -> None:
    rows: list[tuple[object, ...]] = [('a,b\t"c"\nd', 3), ("甲", None), ("x", True)]
    read = list(csv.reader(io.StringIO(written(rows, form)), delimiter=delimiter))
    assert read == [list(COLUMNS), ['a,b\t"c"\nd', "3"], ["甲", ""], ["x", "true"]]


HOSTILE = "\x1b[31mred\x07\x9b2J\u202e倒\u2066"


def test_json_gives_every_character_back_and_acts_on_no_terminal() -> None:
    text = written([(HOSTILE, None), ("甲", 2)], Format.json)
    assert json.loads(text) == [{"name": HOSTILE, "value": None}, {"name": "甲", "value": 2}]
    assert not set(HOSTILE) & set(text) - set("red倒[31m2J")


@pytest.mark.parametrize("form", [Format.table, Format.csv, Format.tsv])
@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_control_characters_are_shown_and_not_obeyed(form: Format, stream: type[io.StringIO]) -> None:
    text = written([(HOSTILE, "x")], form, stream())
    assert "\\x1b[31mred" in text.replace("\n", "")
    assert not set("\x1b\x07\x9b\u202e\u2066") & set(text)


def test_markup_in_a_document_is_no_markup() -> None:
    assert "[bold]" in written([("[bold]x[/bold]", "y")], Format.table, Terminal())


def test_a_table_in_a_pipe_is_aligned_and_cuts_nothing() -> None:
    long = "很长的名称" * 60
    lines = written([(long, "1"), ("短", "2")], Format.table).splitlines()
    assert long in lines[1]
    assert len({display_width(line) for line in lines[1:]}) == 1


def test_a_table_in_a_pipe_has_one_line_a_row() -> None:
    assert len(written([("a\nb\u2028c\rd", "1")], Format.table).splitlines()) == 2


def test_a_table_on_a_terminal_is_folded_to_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = written([("很长的名称" * 20, "1")], Format.table, Terminal())
    assert max(display_width(line) for line in text.splitlines()) <= 40
    assert text.count("称") == 20


@pytest.mark.parametrize("form", Format)
def test_no_rows_are_no_error(form: Format) -> None:
    text = written([], form)
    assert json.loads(text) == [] if form is Format.json else re.split(r"\W+", text.strip()) == list(COLUMNS)


def test_visible_text_is_left_as_it_is() -> None:
    assert visible("≥95%（人次）　“专网”") == "≥95%（人次）　“专网”"
