"""Write a folder of synthetic disclosures and the truth about them.

``python -m benchmarks.generate --documents 1000 --seed 7 --out DIR`` writes ``000000.txt`` … and
``truth.jsonl``. One document is in memory at a time; the same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.render import render
from benchmarks.truth import truth_of
from benchmarks.world import make_disclosure


def write_documents(directory: Path, documents: int, seed: int, damage: bool = False) -> None:
    """Write that many documents and ``truth.jsonl`` into a directory, which is made if missing."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "truth.jsonl").open("w", encoding="utf-8", newline="\n") as truth:
        for number in range(documents):
            disclosure = make_disclosure(number, seed)
            text = render(disclosure, damage)
            (directory / disclosure.name).write_text(text, encoding="utf-8", newline="\n")
            truth.write(json.dumps(truth_of(disclosure), ensure_ascii=False) + "\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--documents", type=int, default=100, help="how many documents (default 100)")
    parser.add_argument("--seed", type=int, default=7, help="seed of the world (default 7)")
    parser.add_argument("--out", type=Path, required=True, help="directory to write into")
    parser.add_argument("--damage", action="store_true", help="displace some rows, as real exports do")
    settings = parser.parse_args()
    write_documents(settings.out, settings.documents, settings.seed, settings.damage)


if __name__ == "__main__":
    main()
