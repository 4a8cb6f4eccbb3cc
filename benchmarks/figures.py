"""One measured number, the bar it should reach, and how both are printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADINGS = ("measure", "documents", "value", "unit", "bar", "verdict", "beside")


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value; ``at_least`` or ``at_most`` is its bar, ``beside`` says more about it."""

    measure: str
    value: float
    unit: str
    documents: int | None = None
    at_least: float | None = None
    at_most: float | None = None
    beside: str = ""

    @property
    def bar(self) -> str:
        """The bar in print, empty where there is none.

        >>> Figure("read", 2300.0, "sheets/CPU s", at_least=2000).bar
        '≥ 2,000'
        """
        if self.at_least is not None:
            return f"≥ {self.at_least:,g}" if self.at_least < 1000 else f"≥ {self.at_least:,.0f}"
        return "" if self.at_most is None else f"≤ {self.at_most:,g}"

    @property
    def verdict(self) -> str:
        """``ok`` or ``below`` the bar; empty without a bar.

        >>> Figure("help", 0.31, "CPU s", at_most=0.25).verdict
        'below'
        """
        if self.at_least is None and self.at_most is None:
            return ""
        low = self.at_least is not None and self.value < self.at_least
        return "below" if low or (self.at_most is not None and self.value > self.at_most) else "ok"


def table(figures: Iterable[Figure]) -> str:
    """All figures in columns."""
    rows = [HEADINGS, *(cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                     for row in rows)  # fmt: skip


def cells(figure: Figure) -> tuple[str, ...]:
    """One figure as printed cells."""
    value = f"{figure.value:,.0f}" if figure.value >= 1000 else f"{figure.value:.3g}"
    documents = "" if figure.documents is None else f"{figure.documents:,}"
    return figure.measure, documents, value, figure.unit, figure.bar, figure.verdict, figure.beside


def as_dict(figure: Figure) -> dict[str, object]:
    """One figure for JSON, with its verdict."""
    return {
        "measure": figure.measure,
        "documents": figure.documents,
        "value": figure.value,
        "unit": figure.unit,
        "at_least": figure.at_least,
        "at_most": figure.at_most,
        "verdict": figure.verdict,
        "beside": figure.beside,
    }
