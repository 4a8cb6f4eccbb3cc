"""Showing: a project or unit year by year, each figure with the place where it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from kg.query.answer import QueryError, Value, ask, plain_term, sparql_string
from kg.store import Graph
from ontology.terms import CATEGORY, OA, PG, PROV, RDF, RDFS

if TYPE_CHECKING:
    import pyoxigraph

FIND = """
SELECT DISTINCT ?project WHERE {{
  {{ ?project a pg:Project ; rdfs:label ?name }}
  UNION {{ ?project pg:ofUnit/rdfs:label ?name }}
  UNION {{ ?printing pg:printedProject|pg:printedUnit ?name ; pg:printingOf/prov:specializationOf ?project }}
  FILTER(CONTAINS(?name, {text}))
}}
"""
PRINTINGS = {
    PG.GoalSheet: "绩效目标表 goal sheet",
    PG.ProjectListRow: "项目清单 list row",
    PG.ExpenditureLine: "项目支出表 expenditure line",
    PG.Narrative: "情况说明 narrative",
}
ROLES = {
    CATEGORY.totalFunds: "资金总额 total",
    CATEGORY.fiscalFunds: "财政拨款 fiscal",
    CATEGORY.otherFunds: "其他资金 other",
}
COST = "成本 cost"


class Figure(NamedTuple):
    """One printed figure: what it says, of which printing, and where it stands."""

    year: Value
    unit: Value
    project: Value
    printing: Value
    item: Value
    name: Value
    printed: Value
    measure: Value
    yuan: Value
    file: Value
    table: Value
    row: Value
    characters: Value


def find_figures(graph: Graph, text: str) -> list[Figure]:
    """The figures of all projects whose own or whose unit's printed name contains a text, by year.

    Raises ``QueryError`` when there is none. Names of responsible persons are left out.
    """
    projects = [str(row[0]) for row in ask(graph, FIND.format(text=sparql_string(text))).rows]
    if not projects:
        raise QueryError(f"no project or unit has {text!r} in its printed name; try a shorter part of it")
    nodes = Nodes(graph.store)
    figures = [figure for project in projects for figure in figures_of_project(nodes, project)]
    figures.sort(key=lambda figure: (str(figure.year), str(figure.unit), str(figure.project)))
    return figures


READABLE_COLUMNS = ("year", "unit", "project", "printing", "item", "name", "printed", "measure", "place")


def readable_rows(figures: Iterable[Figure]) -> Iterator[tuple[Value, ...]]:
    """The figures for people, in ``READABLE_COLUMNS``: one cell for the place, no head said twice."""
    last: tuple[Value, ...] = ()
    for figure in figures:
        head = (figure.year, figure.unit, figure.project, figure.printing)
        shown = head if head != last else (None,) * len(head)
        yield (*shown, figure.item, figure.name, figure.printed, figure.measure, readable_place(figure))
        last = head


def readable_place(figure: Figure) -> str:
    """Where a figure is printed, in words."""
    parts = (
        ("", figure.file),
        ("table ", figure.table),
        ("row ", figure.row),
        ("characters ", figure.characters),
    )
    return ", ".join(f"{word}{value}" for word, value in parts if value not in (None, ""))


class Node(dict[str, list[Value]]):
    """The properties of a node, each with its values."""

    def first(self, *properties: str) -> Value:
        """The first value of the first property that has one."""
        return next((self[name][0] for name in properties if name in self), None)


class Nodes:
    """Nodes of the store, by their properties and by who points at them."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self.store = store

    def read(self, iri: Value) -> Node:
        """All properties of a node."""
        from pyoxigraph import NamedNode

        node = Node()
        for quad in self.store.quads_for_pattern(NamedNode(str(iri)), None, None):
            values = node.setdefault(quad.predicate.value, [])
            if (value := plain_term(quad.object)) not in values:
                values.append(value)
        return node

    def pointing(self, relation: str, iri: str) -> list[str]:
        """The nodes that point at a node by a relation, in order of their names."""
        from pyoxigraph import NamedNode

        quads = self.store.quads_for_pattern(None, NamedNode(relation), NamedNode(iri))
        return sorted({str(plain_term(quad.subject)) for quad in quads}, key=position)


def position(iri: str) -> tuple[list[int], str]:
    """The order of parts of a whole, which are numbered in their names: 2 comes before 10."""
    return [int(step) for step in iri.split("/") if step.isdecimal()], iri


def figures_of_project(nodes: Nodes, project: str) -> Iterator[Figure]:
    """The figures of all printings of all editions of a project."""
    lasting = nodes.read(project)
    unit = nodes.read(lasting.first(PG.ofUnit)) if PG.ofUnit in lasting else Node()
    for edition in nodes.pointing(PROV.specializationOf, project):
        year = nodes.read(edition).first(PG.fiscalYear)
        for iri in nodes.pointing(PG.printingOf, edition):
            printing = nodes.read(iri)
            # An expenditure line prints no unit: it belongs to the publisher of its document.
            printed_unit = printing.first(PG.printedUnit) or unit.first(RDFS.label)
            head = (year, printed_unit, printing.first(PG.printedProject), printing_label(printing))
            for item, name, value, place in figures_of_printing(nodes, iri):
                said = (value.first(PG.printedText, PG.printedAmount), value.first(PG.unitText))
                yield Figure(*head, item, name, *said, value.first(PG.amount), *place_of(nodes, place))


def printing_label(printing: Node) -> str:
    """What kind of printing it is, and its number where it has one."""
    label = next((PRINTINGS[str(kind)] for kind in printing.get(RDF.type, []) if kind in PRINTINGS), "")
    number = printing.first(PG.sequence)
    return label if number is None else f"{label} {number}"


def figures_of_printing(nodes: Nodes, printing: str) -> Iterator[tuple[Value, Value, Node, Node]]:
    """Of each figure what it is, its name, the node with its value and the node that knows its place."""
    fundings = [nodes.read(iri) for iri in nodes.pointing(PG.fundingOf, printing)]
    for role, label in ROLES.items():
        for funding in fundings:
            if funding.first(PG.fundingRole) == role:
                yield label, None, funding, funding
    for iri in nodes.pointing(PG.costComponentOf, printing):
        cost = nodes.read(iri)
        # What a cost indicator says is shown once, among the indicators.
        if PG.fromIndicator not in cost:
            yield COST, cost.first(PG.componentName), cost, cost
    for iri in nodes.pointing(PG.indicatorOf, printing):
        indicator = nodes.read(iri)
        heading = indicator.first(PG.printedLevel2, PG.printedLevel1)
        targets = [nodes.read(target) for target in nodes.pointing(PG.targetOf, iri)] or [Node()]
        for target in targets:
            place = target if PROV.wasDerivedFrom in target else indicator
            yield heading, indicator.first(PG.indicatorName), target, place


def place_of(nodes: Nodes, figure: Node) -> tuple[Value, Value, Value, Value]:
    """File, table, row and characters; a figure that a page breaks has several spans of characters."""
    for iri in figure.get(PROV.wasDerivedFrom, []):
        place = nodes.read(iri)
        selectors = [nodes.read(selector) for selector in place.get(OA.hasSelector, [])]
        spans = sorted(
            (int(one[OA.start][0] or 0), int(one[OA.end][0] or 0)) for one in selectors if OA.start in one
        )
        file = nodes.read(place.first(OA.hasSource)).first(PG.fileName)
        characters = ", ".join(f"{start}–{end}" for start, end in spans)
        return file, place.first(PG.tableNumber), place.first(PG.rowNumber), characters
    return None, None, None, None
