"""Where the ontology's files lie in the installed package."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
TURTLE = ("performance-goal.ttl", "categories.ttl", "units.ttl", "wording.ttl")


def turtle_paths() -> tuple[Path, ...]:
    """Give the Turtle files that make up the vocabulary: OWL first, then the SKOS schemes."""
    return tuple(FOLDER / name for name in TURTLE)


def shapes_path() -> Path:
    """Give the SHACL shapes (Turtle)."""
    return FOLDER / "shapes.ttl"


def schema_path() -> Path:
    """Give the whole vocabulary as sorted N-Triples, generated from the Turtle files."""
    return FOLDER / "schema.nt"


def query_paths() -> tuple[Path, ...]:
    """Give the named competency queries (``*.rq``), sorted by name."""
    return tuple(sorted((FOLDER / "queries").glob("*.rq")))
