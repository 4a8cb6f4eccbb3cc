"""SHACL: sound graphs conform, broken ones are reported in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef

from extract.document import read_document
from extract.records import Document
from kg.rdf import document_iri, document_quads
from ontology.files import schema_path, shapes_path
from ontology.terms import OA, PG, PROV, UNIT, XSD
from tests.kg import sample
from tests.kg.gold import read_gold

SH = Namespace("http://www.w3.org/ns/shacl#")
CONCEPTS = (PG.Dimension, PG.Category, PG.FundingRole, PG.UnitOfMeasure, PG.Wording, PG.FormEra)
SHEET = document_iri("a" * 64) + "/sheet/1"
TARGET = f"{SHEET}/indicator/1/target"
SPAN = f"{TARGET}/place/span/1"


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(shapes_path())


def graph_of(document: Document) -> Graph:
    text = "".join(" ".join(line.rsplit(" ", 2)[:-2]) + " .\n" for line in document_quads(document))
    return Graph().parse(data=text, format="nt")


def violations(graph: Graph, shapes: Graph) -> list[str]:
    """The English messages of all violations."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    assert isinstance(report, Graph)
    messages = report.objects(predicate=SH.resultMessage)
    return [str(text) for text in messages if isinstance(text, Literal) and text.language == "en"]


@pytest.mark.parametrize("document", sample.documents(), ids=lambda document: str(document.document))
def test_graphs_of_the_samples_conform(shapes: Graph, document: Document) -> None:
    assert violations(graph_of(document), shapes) == []


@pytest.mark.corpus
@pytest.mark.parametrize("number", ["000", "001", "002", "004"])
def test_graphs_of_the_gold_records_conform(shapes: Graph, shared: Path, number: str) -> None:
    assert violations(graph_of(read_gold(shared / "gold" / f"{number}.json")), shapes) == []


@pytest.mark.corpus
def test_the_graph_of_a_real_document_conforms(shapes: Graph, shared: Path) -> None:
    path = sorted((shared / "corpus").glob("*.txt"))[2]
    assert violations(graph_of(read_document(path)), shapes) == []


def test_the_vocabulary_conforms(shapes: Graph) -> None:
    vocabulary = Graph().parse(schema_path(), format="nt")
    assert violations(vocabulary, shapes) == []


def test_a_concept_without_a_name_is_reported(shapes: Graph) -> None:
    vocabulary = Graph().parse(schema_path(), format="nt")
    vocabulary.remove((URIRef(UNIT.yuan), SKOS.prefLabel, None))
    assert violations(vocabulary, shapes) == ["A concept has one preferred label in each of two languages"]


def _drop(subject: str, predicate: str) -> Callable[[Graph], None]:
    def break_it(graph: Graph) -> None:
        assert (URIRef(subject), URIRef(predicate), None) in graph
        graph.remove((URIRef(subject), URIRef(predicate), None))

    return break_it


def _add(subject: str, predicate: str, value: rdflib.term.Node) -> Callable[[Graph], None]:
    def break_it(graph: Graph) -> None:
        graph.add((URIRef(subject), URIRef(predicate), value))

    return break_it


def _put(subject: str, predicate: str, value: rdflib.term.Node) -> Callable[[Graph], None]:
    def break_it(graph: Graph) -> None:
        graph.set((URIRef(subject), URIRef(predicate), value))

    return break_it


def _decimal(number: str) -> Literal:
    return Literal(number, datatype=URIRef(XSD.decimal))


BROKEN = [
    (_drop(TARGET, PG.printedText), "A target must have exactly one printed text"),
    (_add(TARGET, PG.printedText, Literal("≥1300")), "A target must have exactly one printed text"),
    (_drop(TARGET, PROV.wasDerivedFrom), "A target must be derived from exactly one place"),
    (_drop(TARGET, PG.qualitative), "A target must say whether it is qualitative"),
    (_put(TARGET, PG.comparator, Literal("≥")), "The comparator must be a known one"),
    (_put(TARGET, PG.value, Literal("1200")), "A target has at most one value"),
    (_add(TARGET, PG.high, _decimal("1100")), "The lower bound must not exceed the upper one"),
    (
        _add(TARGET, PG.dueDate, Literal("2020-12-31", datatype=URIRef(XSD.date))),
        "A target has at most one constraint: a value, a date or a wording",
    ),
    (
        _put(f"{SHEET}/indicator/3/target", PG.dueDate, Literal("2020年")),
        "The due date is an xsd:date or xsd:gYearMonth",
    ),
    (_put(SPAN, OA.start, Literal(9999)), "The start must not lie behind the end"),
    (_drop(SPAN, OA.end), "A position must have exactly one end from 0"),
    (_put(SPAN, OA.start, Literal(-1)), "A position must have exactly one start from 0"),
    (_drop(f"{TARGET}/place", OA.hasSource), "A place must have exactly one source document"),
    (_drop(f"{TARGET}/place", OA.hasSelector), "A place must have a selector"),
    (_drop(SHEET, PG.printingOf), "A goal sheet must be a printing of exactly one project edition"),
    (_put(SHEET, PG.publishedIn, URIRef(TARGET)), "A goal sheet must be published in exactly one document"),
    (_drop(f"{SHEET}/funding/total", PG.printedAmount), "A funding must have exactly one printed amount"),
    (_drop(f"{SHEET}/funding/total", PG.fundingRole), "A funding must have exactly one known role"),
    (_put(f"{SHEET}/funding/total", PG.currency, URIRef(UNIT.wanYuan)), "The currency must be yuan"),
    (
        _add(f"{SHEET}/indicator/2/cost", PG.unitPrice, _decimal("1")),
        "A cost component is an amount or a price, not both",
    ),
    (_put(f"{SHEET}/indicator/1", PG.dimension, URIRef(UNIT.yuan)), "The dimension must be a known concept"),
    (
        _put(document_iri("a" * 64), PG.sha256, Literal("abc")),
        "A document must have one SHA-256 of 64 hexadecimal digits",
    ),
]


@pytest.mark.parametrize(("break_it", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_a_broken_graph_is_reported(shapes: Graph, break_it: Callable[[Graph], None], message: str) -> None:
    graph = graph_of(sample.budget_2020())
    break_it(graph)
    assert message in violations(graph, shapes)


def test_an_edition_of_two_years_is_reported(shapes: Graph) -> None:
    graph = graph_of(sample.budget_2020())
    edition = graph.value(URIRef(SHEET), URIRef(PG.printingOf))
    assert isinstance(edition, URIRef)
    graph.add((edition, URIRef(PG.fiscalYear), Literal(2019)))
    assert violations(graph, shapes) == ["A project edition has at most one fiscal year"]


def test_an_indicator_without_target_and_place_is_reported(shapes: Graph) -> None:
    graph = graph_of(sample.budget_2020())
    graph.remove((URIRef(f"{document_iri('a' * 64)}/sheet/2/indicator/4"), URIRef(PROV.wasDerivedFrom), None))
    assert violations(graph, shapes) == ["An indicator must have a target or a place"]


def test_every_shape_speaks_both_languages_and_every_class_has_one(shapes: Graph) -> None:
    languages: dict[rdflib.term.Node, set[str | None]] = {}
    for constraint, text in shapes.subject_objects(SH.message):
        assert isinstance(text, Literal)
        languages.setdefault(constraint, set()).add(text.language)
    assert len(languages) > 100
    assert all(spoken == {"zh", "en"} for spoken in languages.values())
    targets = {str(target) for target in shapes.objects(predicate=SH.targetClass)}
    written = set(CONCEPTS)
    for document in sample.documents():
        written |= {str(kind) for kind in graph_of(document).objects(predicate=RDF.type)}
    assert written == targets
