"""What one document says, as quads: a named graph per document, places for all values.

A part is named below its whole (``…/sheet/1/indicator/3/target``), so that names are stable as long
as the document is; units, projects and editions are named by what is printed (``kg.rdf.names``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from extract.records import (
    Document,
    ExpenditureLine,
    GoalSheet,
    Indicator,
    Narrative,
    ProjectListRow,
    Source,
)
from kg.rdf.names import DEFAULT_BASE, document_iri, graph_iri
from kg.rdf.nodes import FUNDING_ROLES, At, Money, NodeWriter
from kg.rdf.text import day_or_month, decimal, literal, yuan
from ontology.labels import (
    DIMENSION_CONCEPTS,
    category_of,
    dimension_concept_of,
    era_of,
    wording_of,
)
from ontology.terms import CATEGORY, DCTERMS, PG, PROV, RDF, XSD

_TRUE, _FALSE = (f'"{truth}"^^<{XSD.boolean}>' for truth in ("true", "false"))
_COMPARATORS = {comparator: literal(comparator) for comparator in (">=", "<=", "=", ">", "<")}
_COST_CATEGORIES = frozenset(
    (CATEGORY.outputCost, CATEGORY.economicCost, CATEGORY.socialCost, CATEGORY.environmentalCost)
)
_COVER_FIELDS = ("title", "publisher", "published")
_INDICATOR_TEXTS = (
    ("level1", PG.printedLevel1),
    ("level2", PG.printedLevel2),
    ("name", PG.indicatorName),
    ("basis", PG.basis),
    ("previous", PG.previousValue),
    ("weight", PG.printedWeight),
    ("scoring", PG.scoring),
    ("evidence", PG.evidence),
    ("actual", PG.actualValue),
    ("score", PG.printedScore),
    ("deviation", PG.deviationReason),
    ("layout", PG.layoutNote),
)


class Graphs(NamedTuple):
    """N-Quads lines without line ends, each list sorted and distinct.

    ``own`` is the document's graph; ``shared`` are lines of the graph ``identity_iri(base)`` about
    units, projects and editions, which repeat between documents that print the same names.
    """

    own: list[str]
    shared: list[str]


def document_graphs(document: Document, base: str = DEFAULT_BASE) -> Graphs:
    """Give everything that one document says, apart from what other documents may say as well."""
    return _DocumentWriter(document, base).write()


def document_quads(document: Document, base: str = DEFAULT_BASE) -> list[str]:
    """Give everything that one document says as sorted, distinct N-Quads lines without line ends."""
    return sorted([line for graph in document_graphs(document, base) for line in graph])


class _DocumentWriter(NodeWriter):
    """Writes one document's graph, from the cover to the last narrative."""

    __slots__ = ("document",)

    def __init__(self, document: Document, base: str) -> None:
        super().__init__(graph_iri(document.sha256, base), document_iri(document.sha256, base), base)
        self.document = document

    def write(self) -> Graphs:
        document, root = self.document, self.root
        self.cover()
        for position, sheet in enumerate(document.goal_sheets, 1):
            self.goal_sheet(f"{root}/sheet/{position}", sheet)
        for position, row in enumerate(document.project_list, 1):
            self.project_list_row(f"{root}/list/{position}", row)
        for position, line in enumerate(document.expenditure_lines, 1):
            self.expenditure_line(f"{root}/expenditure/{position}", line)
        for position, narrative in enumerate(document.narratives, 1):
            self.narrative(f"{root}/narrative/{position}", narrative)
        return Graphs(self.sorted_lines(), self.shared.sorted_lines())

    def cover(self) -> None:
        """Write what the document says of itself, and where."""
        document, root = self.document, self.root
        self.link(root, RDF.type, PG.Document)
        self.text(root, PG.fileName, document.document)
        self.text(root, PG.sha256, document.sha256)
        self.text(root, PG.encoding, document.encoding)
        self.text(root, DCTERMS.title, document.title)
        self.term(root, DCTERMS.issued, day_or_month(document.published))
        self.text(root, PG.documentKind, document.kind)
        self.integer(root, PG.fiscalYear, document.fiscal_year)
        self.text(root, PG.printedListTotal, document.project_list_total)
        self.text(root, PG.printedPublisher, document.publisher)
        if document.publisher is not None:
            self.link(root, DCTERMS.publisher, self.unit(document.publisher))
        self.texts(root, PG.unresolved, document.unresolved)
        for field in _COVER_FIELDS:
            printed = getattr(document, field)
            if printed is not None and field in document.source.cells:
                at, place = At(document.source, field), f"{root}/{field}/place"
                self.link(root, PROV.wasDerivedFrom, place)
                self.place_node(place, at, at.print_of(printed))

    def texts(self, subject: str, predicate: str, printed: Iterable[str]) -> None:
        for one in printed:
            self.text(subject, predicate, one)

    # ------------------------------------------------------------ printings

    def printing(
        self, node: str, kind: str, unit: str | None, project: str | None, year: int | None, source: Source
    ) -> None:
        self.link(node, RDF.type, kind)
        self.link(node, PG.publishedIn, self.root)
        self.text(node, PG.printedUnit, unit)
        self.text(node, PG.printedProject, project)
        self.link(node, PG.printingOf, self.edition(node, unit or self.document.publisher, project, year))
        self.place(node, At(source))

    def goal_sheet(self, node: str, sheet: GoalSheet) -> None:
        year = sheet.printed_year if sheet.printed_year is not None else self.document.fiscal_year
        self.printing(node, PG.GoalSheet, sheet.unit, sheet.project, year, sheet.source)
        self.integer(node, PG.sequence, sheet.seq)
        self.integer(node, PG.printedYear, sheet.printed_year)
        self.text(node, PG.responsiblePerson, sheet.responsible_person)
        self.text(node, PG.objectiveText, sheet.objective)
        self.texts(node, PG.emptyLevel2, sheet.empty_level2)
        self.texts(node, PG.layoutNote, sheet.layout)
        self.texts(node, PG.unresolved, sheet.unresolved)
        self.link(node, PG.formEra, era_of((row.level1, row.level2) for row in sheet.indicators))
        # A sheet's own row is where it starts; its figures stand in other rows of the table.
        source = msgspec.structs.replace(sheet.source, row=None)
        for role in FUNDING_ROLES:
            self.funding(node, role, getattr(sheet.funds, role), sheet.amount_unit, At(source, role))
        for position, indicator in enumerate(sheet.indicators, 1):
            self.indicator(node, f"{node}/indicator/{position}", indicator)

    def project_list_row(self, node: str, row: ProjectListRow) -> None:
        self.printing(node, PG.ProjectListRow, row.unit, row.project, self.document.fiscal_year, row.source)
        self.integer(node, PG.sequence, row.seq)
        self.text(node, PG.printedDepartment, row.department)
        self.funding(node, "total", row.amount, row.amount_unit, At(row.source, "amount"))

    def expenditure_line(self, node: str, line: ExpenditureLine) -> None:
        self.printing(node, PG.ExpenditureLine, None, line.project, self.document.fiscal_year, line.source)
        self.text(node, PG.functionCode, line.function_code)
        self.text(node, PG.functionName, line.function_name)
        self.funding(node, "total", line.total, line.amount_unit, At(line.source, "total"))
        for position, (name, amount) in enumerate(sorted(line.economic.items()), 1):
            cost, at = f"{node}/cost/{position}", At(line.source, f"economic:{name}")
            printed = at.print_of(amount)
            self.cost_component(cost, node, name, Money(printed, amount, line.amount_unit))
            self.place(cost, at, printed)

    def narrative(self, node: str, narrative: Narrative) -> None:
        year = self.document.fiscal_year
        self.printing(node, PG.Narrative, narrative.unit, narrative.project, year, narrative.source)
        self.text(node, PG.policyBasis, narrative.policy_basis)
        self.text(node, PG.allocationText, narrative.allocation)
        self.text(node, PG.period, narrative.period)
        self.funding(node, "total", narrative.amount, narrative.amount_unit, At(narrative.source, "amount"))
        for position, item in enumerate(narrative.allocation_items, 1):
            cost = f"{node}/cost/{position}"
            self.cost_component(cost, node, item.name, Money(item.amount, item.amount, item.unit))
            where = msgspec.structs.replace(narrative.source, start=item.start, end=item.end)
            self.place(cost, At(where))

    # ------------------------------------------------------------ goals

    def indicator(self, sheet: str, node: str, indicator: Indicator) -> None:
        category = category_of(indicator.level2) if indicator.level2 else None
        self.link(node, RDF.type, PG.Indicator)
        self.link(node, PG.indicatorOf, sheet)
        self.integer(node, PG.sequence, indicator.row)
        for field, predicate in _INDICATOR_TEXTS:
            self.text(node, predicate, getattr(indicator, field))
        self.link(node, PG.dimension, _dimension(indicator))
        self.link(node, PG.category, category)
        self.term(node, PG.weight, decimal(indicator.weight))
        self.texts(node, PG.unresolved, indicator.unresolved)
        if indicator.target is None:
            self.place(node, At(indicator.source, "name"), indicator.name)
            return
        target = f"{node}/target"
        self.target(target, node, indicator, indicator.target)
        price = yuan(indicator.value, indicator.unit)
        if price is not None and (indicator.dimension == "成本" or category in _COST_CATEGORIES):
            self.cost_indicator(f"{node}/cost", sheet, node, indicator)

    def target(self, node: str, indicator_node: str, indicator: Indicator, printed: str) -> None:
        value = decimal(indicator.value)
        comparator = indicator.comparator
        self.link(node, RDF.type, PG.TargetStatement)
        self.link(node, PG.targetOf, indicator_node)
        self.text(node, PG.printedText, printed)
        self.term(node, PG.value, value)
        if comparator is not None:
            self.term(node, PG.comparator, _COMPARATORS[comparator])
            if comparator in (">=", ">"):
                self.term(node, PG.low, value)
            elif comparator in ("<=", "<"):
                self.term(node, PG.high, value)
        self.measured_in(node, indicator.unit)
        self.term(node, PG.dueDate, day_or_month(indicator.date))
        self.term(node, PG.qualitative, _TRUE if indicator.qualitative else _FALSE)
        if indicator.qualitative:
            self.link(node, PG.wording, wording_of(printed))
        self.place(node, At(indicator.source, "target"), printed)

    def cost_indicator(self, node: str, sheet: str, indicator_node: str, indicator: Indicator) -> None:
        money = Money(indicator.target, indicator.value, indicator.unit)
        self.cost_component(node, sheet, indicator.name, money)
        if indicator.comparator is not None:
            self.term(node, PG.comparator, _COMPARATORS[indicator.comparator])
        self.link(node, PG.fromIndicator, indicator_node)
        self.link(node, PROV.wasDerivedFrom, f"{indicator_node}/target/place")


# Headings may be printed in traditional characters; the ontology spells them in simplified ones.
def _dimension(indicator: Indicator) -> str | None:
    if indicator.dimension is not None:
        return DIMENSION_CONCEPTS[indicator.dimension]
    return dimension_concept_of(indicator.level1) if indicator.level1 else None
