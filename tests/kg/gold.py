"""The gold records as record objects: truth for the real disclosures, without places and hashes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec

from extract.records import Document

NOWHERE = {"start": 0, "end": 0}


def read_gold(path: Path) -> Document:
    """Read one gold file; what it does not hold (places, hash, encoding, the money's unit) is filled in."""
    raw = path.read_bytes()
    gold: dict[str, Any] = json.loads(raw)
    gold |= {
        "sha256": hashlib.sha256(raw).hexdigest(),
        "encoding": "utf-8",
        "source": {"file": gold["document"], **NOWHERE},
    }
    parts = ("goal_sheets", "project_list", "expenditure_lines", "narratives")
    for part in (part for name in parts for part in gold[name]):
        part |= {
            "source": {"file": gold["document"], **NOWHERE},
            "amount_unit": part.get("amount_unit", "万元"),
        }
        for item in part.get("allocation_items", ()):
            item |= NOWHERE
        for row in part.get("indicators", ()):
            row["source"] = {"file": gold["document"], **NOWHERE, "table": 1, "row": row["row"]}
        if isinstance(part.get("layout"), str):
            part["layout"] = [part["layout"]]
    return msgspec.convert(gold, Document)


def read_all_gold(shared: Path) -> list[Document]:
    """Read all gold files of a ``shared`` folder."""
    return [read_gold(path) for path in sorted((shared / "gold").glob("*.json"))]
