"""Output: rows as a table for people, or as JSON, CSV and TSV for programs.

CSV and TSV are safe to open in a spreadsheet: a text that a spreadsheet would run as a formula
(it begins with ``= + - @``, one of their full-width forms, a tab or an apostrophe) gets a leading
apostrophe, unless it is a plain number such as ``-5.2``. To have the print back, take one leading
apostrophe away wherever there is one.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, TextIO

Columns = Sequence[str]
Rows = Iterable[Sequence[Any]]

FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n'")
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
# Control characters could give orders to a terminal, direction marks show a figure in another order.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
CONTROLS_BUT_LINES = re.compile(CONTROLS.pattern.replace(r"\x00-\x1f", r"\x00-\x08\x0b\x0c\x0e-\x1f"))


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    json = "json"
    csv = "csv"
    tsv = "tsv"


def write_rows(columns: Columns, rows: Rows, form: Format, stream: TextIO | None = None) -> None:
    """Print rows on standard output, or on a stream, in a format."""
    WRITERS[form](columns, rows, stream or sys.stdout)


def write_json(columns: Columns, rows: Rows, stream: TextIO) -> None:
    """A JSON array of objects, one a line; an unbound value is null."""
    stream.write("[")
    separator = "\n"
    for row in rows:
        stream.write(separator + json_text(dict(zip(columns, row, strict=True))))
        separator = ",\n"
    stream.write("\n]\n")


def write_separated(columns: Columns, rows: Rows, stream: TextIO, delimiter: str) -> None:
    """Comma- or tab-separated values with a header."""
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([spreadsheet_safe(value) for value in row])


def write_csv(columns: Columns, rows: Rows, stream: TextIO) -> None:
    """Comma-separated values."""
    write_separated(columns, rows, stream, ",")


def write_tsv(columns: Columns, rows: Rows, stream: TextIO) -> None:
    """Tab-separated values."""
    write_separated(columns, rows, stream, "\t")


def write_table(columns: Columns, rows: Rows, stream: TextIO) -> None:
    """A table fitted to the terminal; in a pipe, aligned columns with nothing cut or wrapped."""
    cells = [[visible(text_of(value)) for value in row] for row in rows]
    if stream.isatty():
        write_fitted(columns, cells, stream)
        return
    lines = [list(columns), *cells]
    widths = [max(display_width(line[index]) for line in lines) for index in range(len(columns))]
    for line in lines:
        padded = (
            cell + " " * (width - display_width(cell)) for cell, width in zip(line, widths, strict=True)
        )
        stream.write("  ".join(padded).rstrip() + "\n")


def write_fitted(columns: Columns, cells: Sequence[Sequence[str]], stream: TextIO) -> None:
    """A table as wide as the terminal, its cells wrapped."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=box.SIMPLE_HEAD)
    for row in cells:
        # Text, not str: brackets in a document are no markup.
        table.add_row(*(Text(cell, overflow="fold") for cell in row))
    Console(file=stream).print(table)


WRITERS: dict[Format, Callable[[Columns, Rows, TextIO], None]] = {
    Format.table: write_table,
    Format.json: write_json,
    Format.csv: write_csv,
    Format.tsv: write_tsv,
}


def text_of(value: Any) -> str:
    """A value as a cell shows it; nothing for ``None``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def json_text(value: Any) -> str:
    """A value as JSON on one line, in which control characters are escaped and can be had back."""
    text = json.dumps(value, ensure_ascii=False)
    return CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def spreadsheet_safe(value: Any) -> str:
    """A cell that a spreadsheet shows and does not run.

    >>> [spreadsheet_safe(cell) for cell in ("=106平方米", "-5.2", "'甲", None, 3)]
    ["'=106平方米", '-5.2', "''甲", '', '3']
    """
    text = text_of(value)
    if text.startswith(FORMULA_STARTS) and not PLAIN_NUMBER.fullmatch(text):
        text = f"'{text}"
    return escaped(CONTROLS_BUT_LINES, text)


def visible(text: str) -> str:
    r"""Text in which no control character is left to act: each is shown as its escape.

    >>> visible("red \x1b[31m")
    'red \\x1b[31m'
    """
    return escaped(CONTROLS, text)


def escaped(controls: re.Pattern[str], text: str) -> str:
    """Text with the characters that match written as escapes."""
    return controls.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def display_width(text: str) -> int:
    """How many terminal columns a text takes; a Chinese character takes two.

    >>> display_width("指标 1")
    6
    """
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) != 0 for character in text)
