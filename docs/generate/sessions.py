"""Shell sessions in pages: every ``$`` line of a ``console`` block is run, what it prints is kept below.

The commands of a page run one after the other in a copy of the project, so a page may build a graph,
write files and even change the word lists.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("ontology", "extract", "kg", "examples")
BLOCK = re.compile(r"(^```console\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL)
# Fine, and "some documents rejected"; anything else is a command that the page must not recommend.
EXPECTED = (0, 3)


class BrokenSessionError(Exception):
    """A command in a page that fails."""


class Workshop:
    """A copy of the project in a folder of its own, in which commands run one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in COPIED:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, command: str) -> str:
        """What a command prints on both channels; raises ``BrokenSessionError`` when it fails."""
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        printed = done.stdout.decode("utf-8")
        if done.returncode not in EXPECTED:
            raise BrokenSessionError(f"{command}: exit status {done.returncode}\n{printed}")
        return printed

    def environment(self) -> dict[str, str]:
        """The same for every reader: our command first, UTF-8, no terminal, the copied packages."""
        return {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
            "HOME": str(self.folder),
            "PYTHONPATH": str(self.folder),
            "PYTHONUTF8": "1",
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "100",
        }


@cache
def printed_by(session: tuple[str, ...]) -> tuple[str, ...]:
    """What each of some commands prints when they run in order; pages in two languages share the work."""
    with tempfile.TemporaryDirectory(prefix="jixiao-docs-") as folder:
        workshop = Workshop(Path(folder))
        return tuple(workshop.run(command) for command in session)


def refresh(page: str) -> str:
    """Give a page with the output of its sessions as it is now."""
    session = tuple(commands_of(page))
    printed = zip(session, printed_by(session), strict=True)

    def replay(block: re.Match[str]) -> str:
        shown = (shown_session(*next(printed)) for _ in commands(block[2]))
        return block[1] + "".join(shown) + block[3]

    return BLOCK.sub(replay, page)


def shown_session(command: str, printed: str) -> str:
    """A command and what it prints, as a page shows them; spaces at the ends of lines are left out."""
    lines = [f"$ {command}".replace("\n", "\n> "), *(line.rstrip() for line in printed.splitlines())]
    return "".join(f"{line}\n" for line in lines)


def commands(session: str) -> Iterator[str]:
    """The commands of a block; lines that begin with ``>`` continue the one above them.

    >>> list(commands("$ jixiao info\\nwhat  value\\n$ echo \\\\\\n> done\\n"))
    ['jixiao info', 'echo \\\\\\ndone']
    """
    pending: list[str] = []
    for line in [*session.splitlines(), "$ "]:
        if line.startswith("$ "):
            if pending:
                yield "\n".join(pending)
            pending = [line[2:]]
        elif line.startswith("> ") and pending:
            pending.append(line[2:])


def commands_of(page: str) -> list[str]:
    """All commands in the ``console`` blocks of a page, in their order."""
    return [command for block in BLOCK.finditer(page) for command in commands(block[2])]
