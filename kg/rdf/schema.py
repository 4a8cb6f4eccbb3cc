"""The vocabulary as a named graph of its own, so that a store can be asked for labels."""

from __future__ import annotations

from kg.rdf.names import DEFAULT_BASE
from ontology.files import schema_path


def schema_quads(base: str = DEFAULT_BASE) -> list[str]:
    """Give the ontology and all concept schemes as sorted N-Quads lines in the graph ``<base>schema``."""
    end = f" <{base}schema> ."
    triples = schema_path().read_text(encoding="utf-8").splitlines()
    return sorted(line.removesuffix(" .") + end for line in triples)
