"""Under an OWL 2 RL reasoner the vocabulary with data is consistent, and contradictions are found."""

from __future__ import annotations

import owlrl
import pytest
from rdflib import OWL, RDF, Graph, URIRef

from extract.records import Document
from kg.rdf import document_iri, document_quads
from ontology.files import turtle_paths
from ontology.terms import CATEGORY, PG, PROV, UNIT
from tests.kg import sample

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
DOCUMENT = document_iri("a" * 64)
SHEET = f"{DOCUMENT}/sheet/1"


def closure(documents: list[Document], *triples: tuple[str, str, str]) -> Graph:
    """The OWL 2 RL closure of the vocabulary, the graphs of documents and further triples."""
    graph = Graph()
    for path in turtle_paths():
        graph.parse(path)
    for document in documents:
        lines = (" ".join(line.rsplit(" ", 2)[:-2]) + " .\n" for line in document_quads(document))
        graph.parse(data="".join(lines), format="nt")
    for subject, predicate, value in triples:
        graph.add((URIRef(subject), URIRef(predicate), URIRef(value)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def errors(graph: Graph) -> list[str]:
    return [str(message) for message in graph.objects(predicate=ERROR)]


@pytest.fixture(scope="module")
def closed() -> Graph:
    return closure(sample.documents())


def test_vocabulary_and_data_are_consistent(closed: Graph) -> None:
    assert errors(closed) == []
    assert not list(closed.subjects(RDF.type, OWL.Nothing))


def test_no_two_nodes_become_the_same(closed: Graph) -> None:
    same = {(left, right) for left, right in closed.subject_objects(OWL.sameAs) if left != right}
    assert not {pair for pair in same if all(isinstance(node, URIRef) for node in pair)}


INFERRED = [
    (SHEET, RDF.type, PG.Printing),
    (SHEET, RDF.type, "http://www.w3.org/ns/prov#Entity"),
    (SHEET, "http://purl.org/dc/terms/isPartOf", DOCUMENT),
    (f"{SHEET}/indicator/1/target/place", RDF.type, "http://www.w3.org/ns/oa#SpecificResource"),
    (f"{SHEET}/indicator/2/cost", PROV.wasDerivedFrom, f"{SHEET}/indicator/2"),
]


@pytest.mark.parametrize(("subject", "predicate", "value"), INFERRED)
def test_other_vocabularies_see_our_nodes(closed: Graph, subject: str, predicate: str, value: str) -> None:
    assert (URIRef(subject), URIRef(predicate), URIRef(value)) in closed


CONTRADICTIONS = [
    (DOCUMENT, RDF.type, PG.GoalSheet),  # a document is no printing
    (SHEET, RDF.type, PG.Narrative),  # the four kinds of printings exclude each other
    (SHEET, PG.publishedIn, SHEET),  # by the range of publishedIn
    (f"{SHEET}/indicator/1/target", PG.targetOf, DOCUMENT),  # two targets of one functional property
    (f"{SHEET}/funding/total", RDF.type, PG.CostComponent),
    (f"{SHEET}/indicator/1", PG.category, UNIT.percent),  # a unit is no category
    (f"{SHEET}/funding/total", PG.fundingRole, CATEGORY.output),
]


@pytest.mark.parametrize("triple", CONTRADICTIONS)
def test_a_contradiction_is_detected(triple: tuple[str, str, str]) -> None:
    assert errors(closure([sample.budget_2020()], triple))
