"""Nodes that several printings share in form: money, measures, places, units and editions."""

from __future__ import annotations

from typing import NamedTuple

from extract.records import Source, Span
from kg.rdf.names import folded_name, identity_iri, project_iri, unit_iri
from kg.rdf.text import QuadWriter, yuan
from ontology.labels import unit_of
from ontology.terms import CATEGORY, OA, PG, PROV, RDF, RDFS, UNIT

FUNDING_ROLES = {
    "total": CATEGORY.totalFunds,
    "fiscal": CATEGORY.fiscalFunds,
    "other": CATEGORY.otherFunds,
}


class Money(NamedTuple):
    """An amount: the print, the decimal string read from it, and the printed unit."""

    printed: str | None
    number: str | None
    unit: str | None

    @property
    def is_price(self) -> bool:
        """Whether the unit is per something (元/人, 万元每月)."""
        return any(mark in (self.unit or "") for mark in "/／·每")


class At(NamedTuple):
    """Where to look for a value: a record's source, and the field in it if the value has one."""

    source: Source
    field: str = ""

    @property
    def spans(self) -> list[Span]:
        """The spans in which the field is printed; none if the record knows only its own span."""
        return self.source.cells.get(self.field, [])

    def print_of(self, value: str) -> str:
        """The field as printed, where the recorded value differs from it."""
        return self.source.printed.get(self.field, value)


class NodeWriter(QuadWriter):
    """Writes nodes of one document; what documents share goes to the graph of identities.

    Were units, projects and editions in the graph of every document that prints them, a query that
    reads all graphs as one would count them once per document.
    """

    __slots__ = ("base", "known", "root", "shared")

    def __init__(self, graph: str, root: str, base: str) -> None:
        """Write to ``graph`` what the document ``root`` says, under ``base``."""
        super().__init__(graph)
        self.root, self.base = root, base
        self.known: set[str] = set()
        self.shared = QuadWriter(identity_iri(base))

    def funding(self, printing: str, role: str, amount: str | None, unit: str | None, at: At) -> None:
        """Write the ``role`` (total, fiscal or other) of a printing's money, if an amount is printed."""
        if amount is None:
            return
        node = f"{printing}/funding/{role}"
        money = Money(at.print_of(amount), amount, unit)
        self.link(node, RDF.type, PG.Funding)
        self.link(node, PG.fundingOf, printing)
        self.link(node, PG.fundingRole, FUNDING_ROLES[role])
        self.money(node, money)
        self.place(node, at, money.printed)
        if role == "total" and not money.is_price:
            self.term(printing, PG.totalAmount, yuan(amount, unit))

    def cost_component(self, node: str, printing: str, name: str | None, money: Money) -> None:
        """Write a part of a printing's money, or a price; its place is the caller's to say."""
        self.link(node, RDF.type, PG.CostComponent)
        self.link(node, PG.costComponentOf, printing)
        self.text(node, PG.componentName, name)
        self.money(node, money)

    def money(self, node: str, money: Money) -> None:
        """Write an amount as printed, and in 元 if number and unit are known."""
        self.text(node, PG.printedAmount, money.printed)
        self.measured_in(node, money.unit)
        in_yuan = yuan(money.number, money.unit)
        if in_yuan is not None:
            self.term(node, PG.unitPrice if money.is_price else PG.amount, in_yuan)
            self.link(node, PG.currency, UNIT.yuan)

    def measured_in(self, node: str, unit: str | None) -> None:
        """Write a unit of measure as printed, and its concept if the spelling is known."""
        if unit is not None:
            self.text(node, PG.unitText, unit)
            self.link(node, PG.unitOfMeasure, unit_of(unit))

    def place(self, node: str, at: At, quote: str | None = None) -> None:
        """Say where a node is printed; ``quote`` is what the spans of its field print."""
        place = f"{node}/place"
        self.link(node, PROV.wasDerivedFrom, place)
        self.place_node(place, at, quote)

    def place_node(self, place: str, at: At, quote: str | None) -> None:
        """Write the place itself: one selector for each span, and the quote if the field has spans."""
        self.link(place, RDF.type, PG.Place)
        self.link(place, OA.hasSource, self.root)
        self.integer(place, PG.tableNumber, at.source.table)
        self.integer(place, PG.rowNumber, at.source.row)
        self.integer(place, PG.pageNumber, at.source.page)
        spans = at.spans
        for position, (start, end) in enumerate(spans or ((at.source.start, at.source.end),), 1):
            span = f"{place}/span/{position}"
            self.link(place, OA.hasSelector, span)
            self.link(span, RDF.type, OA.TextPositionSelector)
            self.integer(span, OA.start, start)
            self.integer(span, OA.end, end)
        if quote is not None and spans:
            # One node selects by position and by quote, unless the cell is broken by a page.
            selector = f"{place}/span/1" if len(spans) == 1 else f"{place}/quote"
            self.link(place, OA.hasSelector, selector)
            self.link(selector, RDF.type, OA.TextQuoteSelector)
            self.text(selector, OA.exact, quote)

    def unit(self, printed: str) -> str:
        """Write the budget unit of a printed name and give its IRI."""
        name = folded_name(printed)
        node = unit_iri(name, self.base)
        if node not in self.known:
            self.known.add(node)
            self.shared.link(node, RDF.type, PG.BudgetUnit)
            self.shared.text(node, RDFS.label, name)
        return node

    def edition(self, printing: str, unit: str | None, project: str | None, year: int | None) -> str:
        """Write unit, project and edition; what is not printed keeps an edition apart from all others."""
        unit_name = folded_name(unit) if unit is not None else self.root
        project_name = folded_name(project) if project is not None else printing
        project_node = project_iri(unit_name, project_name, self.base)
        node = f"{project_node}/edition/{year if year is not None else self.root.rsplit('/', 1)[1]}"
        if node not in self.known:
            self.known.add(node)
            self.shared.link(node, RDF.type, PG.ProjectEdition)
            self.shared.link(node, PROV.specializationOf, project_node)
            self.shared.integer(node, PG.fiscalYear, year)
            self.shared.link(project_node, RDF.type, PG.Project)
            if unit is not None:
                self.shared.link(project_node, PG.ofUnit, self.unit(unit))
            if project is not None:
                self.shared.text(project_node, RDFS.label, project_name)
        return node
