"""Named queries: the competency questions of ``ontology/queries``, each a SPARQL file with a head.

The head is comment lines: ``# title@en: …``, ``# title@zh: …``, ``# description@en: …``,
``# description@zh: …`` and, for each parameter, ``# parameter: name, default``. The query writes a
parameter as ``$name``, in whose place its value is put as a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.query.answer import Answer, QueryError, ask, sparql_string
from kg.store import Graph
from ontology.files import query_paths

HEAD = re.compile(r"#\s*([a-z]+)(?:@([a-z]+))?:\s*(.*)")
LIST_COLUMNS = ("name", "title", "标题", "description", "说明", "parameters")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A competency question: its name, its text and what its head says."""

    name: str
    sparql: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: Mapping[str, str]


def read_query(path: Path) -> NamedQuery:
    """Read a query file with its head."""
    sparql = path.read_text("utf-8")
    texts: dict[str, dict[str, str]] = {"title": {}, "description": {}}
    parameters: dict[str, str] = {}
    for line in sparql.splitlines():
        if not line.startswith("#"):
            break
        if match := HEAD.fullmatch(line.strip()):
            key, language, text = match.groups()
            if key == "parameter":
                parameter, _, default = text.partition(",")
                parameters[parameter.strip()] = default.strip()
            elif key in texts and language:
                texts[key][language] = f"{texts[key].get(language, '')} {text}".strip()
    return NamedQuery(path.stem, sparql, texts["title"], texts["description"], parameters)


def find_query(name: str) -> NamedQuery:
    """The named query of this name; raises ``QueryError`` with the nearest names if there is none."""
    paths = {path.stem: path for path in query_paths()}
    if name not in paths:
        near = get_close_matches(name, paths, 3)
        hint = f"did you mean {' or '.join(near)}?" if near else "see jixiao query --list"
        raise QueryError(f"there is no query named {name!r}; {hint}")
    return read_query(paths[name])


def list_named() -> Answer:
    """All named queries with their titles, descriptions and parameters."""
    queries = [read_query(path) for path in query_paths()]
    rows = [
        (
            query.name,
            *(texts.get(language) for texts in (query.title, query.description) for language in ("en", "zh")),
            ", ".join(f"{key}={value}" for key, value in query.parameters.items()) or None,
        )
        for query in queries
    ]
    return Answer(LIST_COLUMNS, rows)


def ask_named(graph: Graph, name: str, settings: Mapping[str, str]) -> Answer:
    """Answer a named query with some of its parameters set."""
    return ask(graph, with_settings(find_query(name), settings))


def with_settings(query: NamedQuery, settings: Mapping[str, str]) -> str:
    """The text of a query with the values of its parameters; a parameter that is not set has its default."""
    for name in settings:
        if name not in query.parameters:
            known = ", ".join(query.parameters) or "none"
            raise QueryError(f"query {query.name} has no parameter {name!r}; its parameters: {known}")
    values = {**query.parameters, **settings}

    def put(mention: re.Match[str]) -> str:
        return sparql_string(values[mention[1]]) if mention[1] in values else mention[0]

    return re.sub(r"\$(\w+)", put, query.sparql)


def parse_settings(settings: Iterable[str]) -> dict[str, str]:
    """The parameters in ``name=value`` texts.

    >>> parse_settings(["year=2024", "text=a=b"])
    {'year': '2024', 'text': 'a=b'}
    """
    pairs = [setting.partition("=") for setting in settings]
    for name, equals, _ in pairs:
        if not equals:
            raise QueryError(f"{name!r} sets nothing; write NAME=VALUE")
    return {name.strip(): value for name, _, value in pairs}
