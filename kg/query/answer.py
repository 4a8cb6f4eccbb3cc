"""Answers: the result of a SPARQL query as columns and rows of plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.errors import PerformanceGoalError
from kg.store import Graph, damaged

if TYPE_CHECKING:
    import pyoxigraph

Value = str | int | bool | None
XSD = "http://www.w3.org/2001/XMLSchema#"
# Decimals stay text: a figure is given as exactly as it is stored.
READ_LITERAL: Mapping[str, Callable[[str], Value]] = {
    f"{XSD}integer": int,
    f"{XSD}nonNegativeInteger": int,
    f"{XSD}positiveInteger": int,
    f"{XSD}boolean": "true".__eq__,
}


# The prefixes that a query need not declare.
PREFIXES = {
    "pg": "https://w3id.org/jixiao/ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": XSD,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
}


class QueryError(PerformanceGoalError):
    """A query that cannot be answered: its text is wrong, forbidden, too long or asks too much."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns of a result and its rows, which can be run through once."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[Value, ...]]


def ask(graph: Graph, sparql: str) -> Answer:
    """Answer a query that we wrote ourselves, in this process; all named graphs are read as one."""
    try:
        return plain(answer_in(graph.store, sparql))
    except SyntaxError as error:
        raise QueryError(syntax_message(error)) from error
    except (OSError, RuntimeError) as error:
        raise damaged(graph.generation.path, str(error)) from error


def answer_in(store: pyoxigraph.Store, sparql: str) -> Any:
    """Oxigraph's own result of a query over the union of all graphs."""
    return store.query(sparql, use_default_graph_as_union=True, prefixes=PREFIXES)


def plain(result: Any) -> Answer:
    """The columns and rows of a result: SELECT as it is, ASK as one cell, CONSTRUCT as three columns."""
    if (variables := getattr(result, "variables", None)) is not None:
        return Answer(tuple(variable.value for variable in variables), plain_rows(result))
    if type(result).__name__ == "QueryBoolean":
        return Answer(("answer",), [(bool(result),)])
    return Answer(("subject", "predicate", "object"), plain_rows(result))


def plain_rows(result: Iterable[Iterable[Any]]) -> Iterator[tuple[Value, ...]]:
    """Each solution or triple as plain values."""
    for row in result:
        yield tuple(plain_term(term) for term in row)


def plain_term(term: Any) -> Value:
    """An IRI or a literal as text, an integer or a boolean; ``None`` where nothing is bound."""
    if term is None:
        return None
    if (datatype := getattr(term, "datatype", None)) is not None:
        return READ_LITERAL.get(datatype.value, str)(term.value)
    return str(getattr(term, "value", term))


def sparql_string(text: str) -> str:
    r"""A text as a string of SPARQL, whatever is in it.

    >>> print(sparql_string('"} DROP'))
    "\"} DROP"
    """
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False)


def syntax_message(error: SyntaxError) -> str:
    """One line on where a query is wrong and what was expected there.

    >>> syntax_message(SyntaxError("error at 2:9: expected WHERE"))
    'the query is not valid SPARQL at line 2, column 9: expected WHERE; correct it and ask again'
    """
    message = " ".join(str(error).split())
    place = re.match(r"error at (\d+):(\d+): (.*)", message)
    if place is None:
        return f"the query is not valid SPARQL: {message}; correct it and ask again"
    line, column, expected = place.groups()
    # Oxigraph lists every character that might have stood there; the first hundred letters tell enough.
    expected = expected if len(expected) <= 100 else f"{expected[:100]} …"
    where = f"line {line}, column {column}"
    return f"the query is not valid SPARQL at {where}: {expected}; correct it and ask again"
