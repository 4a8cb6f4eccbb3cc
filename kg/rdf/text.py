"""N-Quads as text: much quicker than making term objects, since every line is written once.

IRIs are given without brackets. The writer leaves out what is absent: ``None`` writes nothing.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from extract.values import to_yuan
from ontology.terms import XSD

_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def literal(printed: str) -> str:
    """Write a plain string literal.

    >>> print(literal('“专网”经费\\t"A"'))
    "“专网”经费\\t\\"A\\""
    """
    return f'"{_SPECIAL.sub(_escape, printed)}"'


@lru_cache(maxsize=65536)
def decimal(number: str | None) -> str | None:
    """Write a decimal string as ``xsd:decimal`` in its shortest form; ``None`` if it is no number.

    >>> decimal("80.00") == decimal("80")
    True
    >>> decimal("1-12") is None
    True
    """
    if number is None or not _DECIMAL.fullmatch(number):
        return None
    return f'"{_shortest(Decimal(number))}"^^<{XSD.decimal}>'


@lru_cache(maxsize=65536)
def yuan(number: str | None, unit: str | None) -> str | None:
    """Write an amount as ``xsd:decimal`` in 元 (a price keeps what it is per); ``None`` if not money.

    >>> yuan("0.15", "万元/月") == decimal("1500")
    True
    """
    if unit is None or number is None or not _DECIMAL.fullmatch(number):
        return None
    amount = to_yuan(number, unit)
    return None if amount is None else f'"{_shortest(amount)}"^^<{XSD.decimal}>'


def _shortest(number: Decimal) -> str:
    plain = f"{number:f}"
    shortest = plain.rstrip("0").rstrip(".") if "." in plain else plain.lstrip("0") or "0"
    return "0" if shortest in ("-0", "") else shortest


@lru_cache(maxsize=4096)
def day_or_month(printed: str | None) -> str | None:
    """Write ``YYYY-MM-DD`` as ``xsd:date`` and ``YYYY-MM`` as ``xsd:gYearMonth``; ``None`` if neither.

    >>> day_or_month("2021-02-30") is None
    True
    """
    if printed is None:
        return None
    if _MONTH.fullmatch(printed):
        return f'"{printed}"^^<{XSD.gYearMonth}>'
    try:
        is_day = _DAY.fullmatch(printed) and date.fromisoformat(printed)
    except ValueError:
        return None
    return f'"{printed}"^^<{XSD.date}>' if is_day else None


class QuadWriter:
    """Collects the lines of one named graph."""

    __slots__ = ("_end", "lines")

    def __init__(self, graph: str) -> None:
        """Start the named graph ``graph``."""
        self._end = f" <{graph}> ."
        self.lines: list[str] = []

    def term(self, subject: str, predicate: str, term: str | None) -> None:
        """Write an object that is N-Quads text already, such as a typed literal."""
        if term is not None:
            self.lines.append(f"<{subject}> <{predicate}> {term}{self._end}")

    def link(self, subject: str, predicate: str, target: str | None) -> None:
        """Write a link to an IRI."""
        if target is not None:
            self.lines.append(f"<{subject}> <{predicate}> <{target}>{self._end}")

    def text(self, subject: str, predicate: str, printed: str | None) -> None:
        """Write a printed string."""
        if printed is not None:
            self.lines.append(f'<{subject}> <{predicate}> "{_SPECIAL.sub(_escape, printed)}"{self._end}')

    def integer(self, subject: str, predicate: str, number: int | None) -> None:
        """Write a whole number."""
        if number is not None:
            self.lines.append(f'<{subject}> <{predicate}> "{number}"^^<{XSD.integer}>{self._end}')

    def sorted_lines(self) -> list[str]:
        """Give all lines, each once, in the order of their characters."""
        self.lines.sort()
        return list(dict.fromkeys(self.lines))
