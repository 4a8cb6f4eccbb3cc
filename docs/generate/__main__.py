"""Write the generated pages and pictures: ``python -m docs.generate [--check]``.

Whole pages are made from the code; in pages written by hand the output below every ``$`` line of a
``console`` block is what the command prints. With ``--check`` nothing is written; the exit code is 1
when a file is not fresh.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from docs.generate.cli import render_cli
from docs.generate.picture import draw_airport_fee
from docs.generate.queries import render_queries
from docs.generate.records import render_records
from docs.generate.sessions import ROOT, refresh


def with_sessions(page: str) -> str:
    """A page written by hand, with fresh output in its sessions."""
    return refresh((ROOT / page).read_text(encoding="utf-8"))


WRITTEN_PAGES = (
    "README.md",
    "README.zh.md",
    "docs/tutorial.md",
    "docs/tutorial.zh.md",
    "docs/reference/headers.md",
)
OUTPUTS: dict[str, Callable[[], str]] = {
    "docs/reference/cli.md": render_cli,
    "docs/reference/queries.md": render_queries,
    "docs/reference/records.md": render_records,
    "docs/pictures/airport-fee.svg": draw_airport_fee,
    **{page: partial(with_sessions, page) for page in WRITTEN_PAGES},
}


def is_fresh(path: Path, text: str) -> bool:
    """Whether a file already holds a text."""
    return path.exists() and path.read_text(encoding="utf-8") == text


def main(arguments: list[str]) -> int:
    """Write all generated files, or with ``--check`` name those that are not fresh."""
    check, stale = "--check" in arguments, False
    for name, render in OUTPUTS.items():
        text = render()
        if is_fresh(ROOT / name, text):
            continue
        stale = True
        print("not fresh:" if check else "wrote", name, file=sys.stderr)
        if not check:
            (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
