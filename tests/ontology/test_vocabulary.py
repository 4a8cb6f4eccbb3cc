"""The vocabulary is whole: bilingual, used, without blank nodes, and its derived files are fresh."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import generate_terms, terms
from ontology.files import query_paths, schema_path, shapes_path, turtle_paths

ROOT = Path(__file__).resolve().parents[2]
PG = terms.PG.NAMESPACE
CONCEPT_KINDS = ("Dimension", "Category", "UnitOfMeasure", "Wording", "FundingRole", "FormEra")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return generate_terms.read_vocabulary()


def languages(graph: Graph, node: Node, predicate: URIRef) -> list[str]:
    return sorted(
        str(value.language) for value in graph.objects(node, predicate) if isinstance(value, Literal)
    )


def own_terms(graph: Graph) -> list[URIRef]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    found = {term for kind in kinds for term in graph.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, URIRef))


def test_every_class_and_property_is_named_and_defined_in_both_languages(graph: Graph) -> None:
    for term in own_terms(graph):
        assert term.startswith(PG)
        assert languages(graph, term, RDFS.label) == ["en", "zh"], term
        assert languages(graph, term, SKOS.definition) == ["en", "zh"], term
        assert list(graph.objects(term, RDFS.isDefinedBy)) == [URIRef(PG.removesuffix("#"))], term


def test_every_concept_is_named_and_defined_in_both_languages(graph: Graph) -> None:
    for kind in CONCEPT_KINDS:
        concepts = list(graph.subjects(RDF.type, URIRef(PG + kind)))
        assert concepts, kind
        for concept in concepts:
            assert languages(graph, concept, SKOS.prefLabel) == ["en", "zh"], concept
            assert languages(graph, concept, SKOS.definition) == ["en", "zh"], concept
            assert kind == "FormEra" or list(graph.objects(concept, SKOS.inScheme)), concept


def test_the_version_is_stated(graph: Graph) -> None:
    assert str(graph.value(URIRef(PG.removesuffix("#")), OWL.versionInfo)) == "0.1.0"


def test_there_is_no_blank_node(graph: Graph) -> None:
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)


def test_every_own_iri_that_is_pointed_at_is_described(graph: Graph) -> None:
    own = "https://w3id.org/jixiao/"
    subjects = set(graph.subjects())
    version = graph.value(URIRef(PG.removesuffix("#")), OWL.versionIRI)
    pointed = {term for term in (*graph.objects(), *graph.predicates()) if isinstance(term, URIRef)}
    assert not {term for term in pointed - subjects if term.startswith(own)} - {version}


def used_terms() -> set[str]:
    """Local names of pg: that the code, the queries or the shapes use."""
    sources = [*(ROOT / "kg").rglob("*.py"), ROOT / "ontology" / "labels.py"]
    used = {name for path in sources for name in re.findall(r"\bPG\.(\w+)", path.read_text("utf-8"))}
    for path in (*query_paths(), shapes_path()):
        text = re.sub(r"^#.*|<[^>]*>", "", path.read_text("utf-8"), flags=re.MULTILINE)
        used |= set(re.findall(r"\bpg:(\w+)", text))
    return used


def test_every_used_term_is_defined(graph: Graph) -> None:
    defined = {term.removeprefix(PG) for term in own_terms(graph)}
    assert used_terms() - {"NAMESPACE"} <= defined


def test_every_defined_term_is_used(graph: Graph) -> None:
    """By the code, a query or a shape, or to describe other terms and concepts of the vocabulary."""
    inside = {
        *graph.predicates(),
        *graph.objects(predicate=RDF.type),
        *graph.objects(predicate=RDFS.subClassOf),
    }
    defined = {term.removeprefix(PG) for term in own_terms(graph) if term not in inside}
    assert defined <= used_terms()


def test_generated_files_are_fresh() -> None:
    assert generate_terms.main(["--check"]) == 0


def test_a_stale_file_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate_terms, "FOLDER", tmp_path / "ontology")
    path = tmp_path / "terms.py"
    monkeypatch.setattr(generate_terms, "OUTPUTS", {path: generate_terms.render_terms})
    assert generate_terms.main(["--check"]) == 1
    assert "not fresh: terms.py" in capsys.readouterr().err
    assert not path.exists()
    assert generate_terms.main([]) == 0
    assert generate_terms.main(["--check"]) == 0


def test_the_schema_is_the_turtle(graph: Graph) -> None:
    assert set(Graph().parse(schema_path(), format="nt")) == set(graph)
    lines = schema_path().read_text("utf-8").splitlines()
    assert lines == sorted(set(lines))


def test_constants_are_the_iris_of_the_vocabulary(graph: Graph) -> None:
    subjects = {str(subject) for subject in graph.subjects()}
    for namespace in (terms.PG, terms.CATEGORY, terms.ERA, terms.UNIT, terms.WORDING):
        constants = {name: value for name, value in vars(namespace).items() if not name.startswith("_")}
        for name, iri in constants.items():
            assert name == "NAMESPACE" or (iri == namespace.NAMESPACE + name and iri in subjects)


def test_every_turtle_file_parses_alone() -> None:
    for path in turtle_paths():
        assert len(Graph().parse(path)) > 100


def test_units_map_to_qudt_where_one_exists(graph: Graph) -> None:
    units = set(graph.subjects(RDF.type, URIRef(PG + "UnitOfMeasure")))
    mapped = {
        unit
        for unit in units
        for match in (*graph.objects(unit, SKOS.exactMatch), *graph.objects(unit, SKOS.closeMatch))
        if str(match).startswith("http://qudt.org/vocab/unit/")
    }
    assert len(units) >= 60
    assert len(mapped) >= 60


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        (terms.UNIT.wanYuan, terms.UNIT.yuan, "10000"),
        (terms.UNIT.squareKilometre, terms.UNIT.squareMetre, "1000000"),
        (terms.UNIT.hour, terms.UNIT.second, "3600"),
        (terms.UNIT.jin, terms.UNIT.kilogram, "0.5"),
        (terms.UNIT.percent, terms.UNIT.one, "0.01"),
    ],
)
def test_a_unit_converts_to_its_base(graph: Graph, unit: str, base: str, factor: str) -> None:
    assert graph.value(URIRef(unit), URIRef(terms.PG.baseUnit)) == URIRef(base)
    value = graph.value(URIRef(unit), URIRef(terms.PG.factor))
    assert Decimal(str(value)) == Decimal(factor)


def test_units_convert_to_a_base_of_their_kind_that_has_no_factor(graph: Graph) -> None:
    kind = {unit: str(value) for unit, value in graph.subject_objects(URIRef(terms.PG.measureKind))}
    for unit, base in graph.subject_objects(URIRef(terms.PG.baseUnit)):
        assert kind[unit] == kind[base] or (kind[unit], kind[base]) == ("price", "money"), unit
        further = graph.value(base, URIRef(terms.PG.baseUnit))
        assert further in (None, base), unit


def test_wording_is_an_ordered_scale_with_many_spellings(graph: Graph) -> None:
    ranks = sorted(int(str(rank)) for rank in graph.objects(predicate=URIRef(terms.PG.rank)))
    assert ranks == list(range(1, len(ranks) + 1)) and len(ranks) >= 8
    wordings = graph.subjects(RDF.type, URIRef(PG + "Wording"))
    assert sum(len(list(graph.objects(wording, SKOS.altLabel))) for wording in wordings) >= 40


def test_every_heading_of_an_era_is_mapped_to_a_normalised_one(graph: Graph) -> None:
    matches = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
    for era in graph.subjects(RDF.type, URIRef(terms.PG.FormEra)):
        headings = list(graph.subjects(SKOS.inScheme, era))
        assert len(headings) >= 8
        for heading in headings:
            normalised = {str(o) for match in matches for o in graph.objects(heading, match)}
            assert any(iri.startswith(terms.CATEGORY.NAMESPACE) for iri in normalised), heading


def test_no_concept_is_mapped_in_two_ways_to_another(graph: Graph) -> None:
    """SKOS S46: exactMatch excludes broadMatch, narrowMatch and relatedMatch."""
    others = (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    for left, right in graph.subject_objects(SKOS.exactMatch):
        assert not any((left, other, right) in graph or (right, other, left) in graph for other in others)


def test_labels_of_a_concept_are_disjoint(graph: Graph) -> None:
    """SKOS S13: a string is prefLabel, altLabel or hiddenLabel of a concept, not two of them."""
    for concept in graph.subjects(SKOS.prefLabel):
        labels = [
            *graph.objects(concept, SKOS.prefLabel),
            *graph.objects(concept, SKOS.altLabel),
            *graph.objects(concept, SKOS.hiddenLabel),
        ]
        assert len(labels) == len(set(labels)), concept


def test_only_the_responsible_person_is_personal_data(graph: Graph) -> None:
    marked = set(graph.subjects(URIRef(terms.PG.personalData)))
    assert marked == {URIRef(terms.PG.responsiblePerson)}
