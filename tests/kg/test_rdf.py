"""Records as quads: names, places, money and order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import msgspec
import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import read_document
from extract.records import Document
from extract.text import decode
from kg.rdf import DEFAULT_BASE, document_iri, document_quads, graph_iri, identity_iri, schema_quads
from kg.rdf.text import literal
from ontology.terms import CATEGORY, DCTERMS, ERA, OA, PG, PROV, RDF, RDFS, UNIT, WORDING
from tests.kg import sample

RENT = document_iri("a" * 64) + "/sheet/1"
DIGITAL = document_iri("a" * 64) + "/sheet/2"
NEXT = document_iri("c" * 64) + "/sheet/1"


def parse(lines: Iterable[str]) -> list[pyoxigraph.Quad]:
    text = "".join(f"{line}\n" for line in lines)
    return list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS))


def values(documents: Iterable[Document]) -> dict[tuple[str, str], set[str]]:
    """For each subject and predicate the values as plain text, over all graphs."""
    found: dict[tuple[str, str], set[str]] = {}
    for document in documents:
        for quad in parse(document_quads(document)):
            found.setdefault((quad.subject.value, quad.predicate.value), set()).add(quad.object.value)
    return found


@pytest.fixture(scope="module")
def said() -> dict[tuple[str, str], set[str]]:
    return values(sample.documents())


# subject, predicate, the only value (None: there is none)
FACTS = [
    (document_iri("a" * 64), DCTERMS.issued, "2020-01-20"),
    (document_iri("a" * 64), PG.sha256, "a" * 64),
    (document_iri("a" * 64), PG.printedListTotal, "145.00"),
    (document_iri("c" * 64), DCTERMS.issued, None),  # there is no 30th of February
    (document_iri("b" * 64), DCTERMS.publisher, None),
    (document_iri("b" * 64), PG.unresolved, "the list breaks off"),
    (RENT, PG.totalAmount, "600000"),
    (RENT, PG.formEra, ERA.completion),
    (RENT, PG.printedYear, None),
    (NEXT, PG.formEra, ERA.goals2021),
    (NEXT, PG.printedProject, "库房　租赁费"),
    (NEXT, PG.objectiveText, '安全"存放"'),
    (DIGITAL, PG.responsiblePerson, "张三"),
    (f"{RENT}/funding/total", PG.printedAmount, "60.00"),
    (f"{RENT}/funding/total", PG.unitOfMeasure, UNIT.wanYuan),
    (f"{NEXT}/funding/other", PG.amount, "0"),
    (f"{RENT}/indicator/1", PG.category, CATEGORY.quantity),
    (f"{RENT}/indicator/1", PG.dimension, CATEGORY.output),
    (f"{RENT}/indicator/1/target", PG.printedText, "≥1200"),
    (f"{RENT}/indicator/1/target", PG.low, "1200"),
    (f"{RENT}/indicator/1/target", PG.high, None),
    (f"{RENT}/indicator/1/target", PG.unitOfMeasure, UNIT.squareMetre),
    (f"{RENT}/indicator/2/target", PG.high, "60"),
    (f"{RENT}/indicator/2/cost", PG.amount, "600000"),
    (f"{RENT}/indicator/2/cost", PG.printedAmount, "≤60万元"),
    (f"{RENT}/indicator/2/cost", PG.comparator, "<="),
    (f"{RENT}/indicator/3/target", PG.dueDate, "2020-12-31"),
    (f"{RENT}/indicator/3/target", PG.value, None),
    (f"{RENT}/indicator/4/target", PG.wording, WORDING.effective),
    (f"{RENT}/indicator/4/target", PG.qualitative, "true"),
    (f"{RENT}/indicator/1/cost", PG.amount, None),  # 平米 is no money
    (f"{DIGITAL}/indicator/1/target", PG.unitText, "人/次"),
    (f"{DIGITAL}/indicator/1/target", PG.unitOfMeasure, None),  # could mean two things
    (f"{DIGITAL}/indicator/2/cost", PG.unitPrice, "0.5"),
    (f"{DIGITAL}/indicator/2/cost", PG.amount, None),
    (f"{DIGITAL}/indicator/4", PG.unresolved, "no target printed"),
    (f"{NEXT}/indicator/1", PG.weight, "20"),
    (f"{NEXT}/indicator/2", PG.printedWeight, "(0-20)分"),
    (f"{NEXT}/indicator/2", PG.weight, None),  # a range is no weight
    (f"{NEXT}/indicator/1/cost", PG.amount, "600000"),
]


@pytest.mark.parametrize(("subject", "predicate", "value"), FACTS)
def test_a_record_says_this_and_nothing_else(
    said: dict[tuple[str, str], set[str]], subject: str, predicate: str, value: str | None
) -> None:
    assert said.get((subject, predicate), set()) == ({value} if value is not None else set())


def test_printings_of_one_edition_hang_on_it_whatever_the_document(
    said: dict[tuple[str, str], set[str]],
) -> None:
    printings = [
        RENT,
        document_iri("a" * 64) + "/list/1",
        document_iri("a" * 64) + "/expenditure/1",
        document_iri("a" * 64) + "/narrative/1",
        document_iri("b" * 64) + "/sheet/1",
    ]
    # The key-project document names no publisher and the expenditure line no unit; both print the same names.
    editions = {edition for printing in printings for edition in said[printing, PG.printingOf]}
    assert len(editions) == 1


def test_the_next_year_is_another_edition_of_the_same_project(said: dict[tuple[str, str], set[str]]) -> None:
    (edition,), (later,) = said[RENT, PG.printingOf], said[NEXT, PG.printingOf]
    assert edition != later
    assert said[edition, PROV.specializationOf] == said[later, PROV.specializationOf]
    assert (said[edition, PG.fiscalYear], said[later, PG.fiscalYear]) == ({"2020"}, {"2021"})
    (project,) = said[edition, PROV.specializationOf]
    assert said[project, RDFS.label] == {"库房租赁费"}


@pytest.mark.parametrize("missing", ["unit", "project", "year"])
def test_what_is_not_printed_is_never_shared_between_documents(missing: str) -> None:
    def without(document: Document) -> Document:
        sheet = document.goal_sheets[0]
        replace = msgspec.structs.replace
        sheet = replace(
            sheet,
            unit=None if missing == "unit" else sheet.unit,
            project=None if missing == "project" else sheet.project,
        )
        year = None if missing == "year" else 2020
        return replace(document, publisher=None, fiscal_year=year, goal_sheets=[sheet])

    said = values([without(sample.budget_2020()), without(sample.key_projects_2020())])
    editions = [said[f"{document_iri(digit * 64)}/sheet/1", PG.printingOf] for digit in "ab"]
    assert editions[0].isdisjoint(editions[1])


def test_shared_nodes_stand_in_the_graph_of_identities_and_all_else_in_the_document_s() -> None:
    document = sample.budget_2020()
    shared = {PG.BudgetUnit, PG.Project, PG.ProjectEdition}
    for quad in parse(document_quads(document)):
        own = quad.subject.value.startswith(document_iri(document.sha256))
        expected = graph_iri(document.sha256) if own else identity_iri()
        assert quad.graph_name.value == expected
        if quad.predicate.value == RDF.type:
            assert (quad.object.value in shared) is not own


def test_documents_that_print_the_same_names_repeat_the_same_lines() -> None:
    identity = [
        {line for line in document_quads(document) if line.endswith(f"<{identity_iri()}> .")}
        for document in (sample.budget_2020(), sample.key_projects_2020())
    ]
    assert identity[1] and identity[1] < identity[0]


@pytest.mark.parametrize("document", sample.documents(), ids=lambda document: str(document.document))
def test_lines_are_sorted_distinct_and_the_same_every_time(document: Document) -> None:
    lines = document_quads(document)
    assert lines == sorted(set(lines))
    assert lines == document_quads(document)
    assert len(parse(lines)) == len(lines)


@pytest.mark.parametrize("document", sample.documents(), ids=lambda document: str(document.document))
def test_there_is_no_blank_node_and_no_sameas(document: Document) -> None:
    for line in document_quads(document):
        assert not line.startswith("_:") and "> _:" not in line and "owl#sameAs" not in line


def test_another_base_moves_all_nodes_and_no_term() -> None:
    base = "https://example.org/data/"
    moved = document_quads(sample.budget_2020(), base)
    assert not any(DEFAULT_BASE in line for line in moved)
    assert len(moved) == len(document_quads(sample.budget_2020()))
    assert all(line.endswith(f"<{base}schema> .") for line in schema_quads(base))


def test_every_value_has_a_place_in_its_document(said: dict[tuple[str, str], set[str]]) -> None:
    valued = {PG.TargetStatement, PG.Funding, PG.CostComponent}
    nodes = [
        subject for (subject, predicate), kinds in said.items() if predicate == RDF.type and kinds & valued
    ]
    assert len(nodes) == 40
    for node in nodes:
        (place,) = said[node, PROV.wasDerivedFrom]
        assert node.startswith(*said[place, OA.hasSource])
        assert said[place, OA.hasSelector]


# node, table, row, span, quote
PLACES = [
    (f"{RENT}/indicator/1/target", "1", "7", ("150", "155"), "≥1200"),
    (f"{RENT}/funding/total", "1", None, ("10", "15"), "60.00"),
    (f"{RENT}/funding/other", "1", None, ("0", "600"), None),  # the record knows no cell of its own
    (f"{DIGITAL}/indicator/4", "1", "10", ("400", "404"), "设备到位"),
    (document_iri("a" * 64) + "/narrative/1/funding/total", None, None, ("4010", "4014"), "60万元"),
    (document_iri("a" * 64) + "/narrative/1/cost/2", None, None, ("4029", "4040"), None),
]


@pytest.mark.parametrize(("node", "table", "row", "span", "quote"), PLACES)
def test_a_place_knows_table_row_characters_and_quote(
    said: dict[tuple[str, str], set[str]],
    node: str,
    table: str | None,
    row: str | None,
    span: tuple[str, str],
    quote: str | None,
) -> None:
    def only(subject: str, predicate: str) -> str | None:
        found = said.get((subject, predicate), set())
        assert len(found) <= 1
        return next(iter(found), None)

    place = f"{node}/place"
    selector = f"{place}/span/1"
    assert said[place, OA.hasSelector] == {selector}
    assert (only(place, PG.tableNumber), only(place, PG.rowNumber)) == (table, row)
    assert (only(selector, OA.start), only(selector, OA.end)) == span
    assert only(selector, OA.exact) == quote


def test_a_cell_broken_by_a_page_keeps_both_spans_and_one_quote() -> None:
    document = sample.key_projects_2020()
    sheet = document.goal_sheets[0]
    row = sheet.indicators[0]
    cells = {**row.source.cells, "target": [(150, 152), (180, 183)]}
    row = msgspec.structs.replace(row, source=msgspec.structs.replace(row.source, cells=cells))
    sheet = msgspec.structs.replace(sheet, indicators=[row])
    said = values([msgspec.structs.replace(document, goal_sheets=[sheet])])
    place = document_iri("b" * 64) + "/sheet/1/indicator/1/target/place"
    assert said[place, OA.hasSelector] == {f"{place}/span/1", f"{place}/span/2", f"{place}/quote"}
    assert said[f"{place}/quote", OA.exact] == {"≥1200"}
    assert said[f"{place}/quote", RDF.type] == {OA.TextQuoteSelector}


@pytest.mark.parametrize(
    "printed", ['a"b', "a\\b", "a\nb\r\tc", "\x00\x07\x7f", "\u2028\u3000\U00020000", '\\"', "“专网”经费"]
)
def test_any_text_survives_as_a_literal(printed: str) -> None:
    line = f"<x:s> <x:p> {literal(printed)} ."
    assert "\n" not in line
    (triple,) = pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert triple.object.value == printed


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_survives_in_a_document(printed: str) -> None:
    document = msgspec.structs.replace(sample.key_projects_2020(), goal_sheets=[], title=printed)
    said = values([document])
    assert said[document_iri("b" * 64), DCTERMS.title] == {printed}


def test_figures_that_are_no_numbers_stay_print() -> None:
    document = sample.key_projects_2020()
    sheet = document.goal_sheets[0]
    funds = msgspec.structs.replace(sheet.funds, total="约60", fiscal="60", other=None)
    sheet = msgspec.structs.replace(sheet, funds=funds, amount_unit=None)
    said = values([msgspec.structs.replace(document, goal_sheets=[sheet])])
    root = document_iri("b" * 64) + "/sheet/1"
    assert said[f"{root}/funding/total", PG.printedAmount] == {"约60"}
    assert (root, PG.totalAmount) not in said
    assert (f"{root}/funding/fiscal", PG.amount) not in said  # 60 of what?
    assert (f"{root}/funding/other", RDF.type) not in said


def test_headings_in_traditional_characters_are_the_same_concepts() -> None:
    document = sample.key_projects_2020()
    sheet = document.goal_sheets[0]
    replace = msgspec.structs.replace
    traditional = {"项目完成指标": "項目完成指標", "数量指标": "數量指標", "满意度指标": "滿意度指標"}
    rows = [
        replace(row, level1=traditional.get(str(row.level1)), level2=traditional.get(str(row.level2)))
        for row in sheet.indicators
        if row.level1 in traditional and row.level2 in traditional
    ]
    said = values([replace(document, goal_sheets=[replace(sheet, indicators=rows)])])
    root = document_iri("b" * 64) + "/sheet/1"
    assert said[root, PG.formEra] == {ERA.completion}
    assert said[f"{root}/indicator/1", PG.category] == {CATEGORY.quantity}
    assert said[f"{root}/indicator/1", PG.printedLevel2] == {"數量指標"}


def test_the_vocabulary_goes_into_a_graph_of_its_own() -> None:
    lines = schema_quads()
    assert lines == sorted(set(lines))
    quads = parse(lines)
    assert {quad.graph_name.value for quad in quads} == {f"{DEFAULT_BASE}schema"}
    assert not any(isinstance(quad.subject, pyoxigraph.BlankNode) for quad in quads)


@pytest.mark.corpus
def test_quotes_are_what_the_document_prints_at_their_spans(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        text, _ = decode(path.read_bytes(), path.name)
        said = values([read_document(path)])
        quoted = 0
        for (place, predicate), selectors in said.items():
            if predicate != OA.hasSelector:
                continue
            quotes = [quote for node in selectors for quote in said.get((node, OA.exact), ())]
            spans = sorted(
                (int(next(iter(said[node, OA.start]))), int(next(iter(said[node, OA.end]))))
                for node in selectors
                if (node, OA.start) in said
            )
            for quote in quotes:
                printed = "".join("".join(text[start:end].split()) for start, end in spans)
                assert printed == "".join(quote.split()), place
                quoted += 1
        assert quoted > 50


@pytest.mark.corpus
def test_the_graph_counts_what_the_records_hold(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        document = read_document(path)
        kinds = Counter(
            quad.object.value for quad in parse(document_quads(document)) if quad.predicate.value == RDF.type
        )
        assert kinds[PG.GoalSheet] == len(document.goal_sheets)
        assert kinds[PG.Indicator] == sum(len(sheet.indicators) for sheet in document.goal_sheets)
        assert kinds[PG.ProjectListRow] == len(document.project_list)
        assert kinds[PG.ExpenditureLine] == len(document.expenditure_lines)
        assert kinds[PG.Narrative] == len(document.narratives)


@pytest.mark.corpus
def test_amounts_in_yuan_are_the_printed_ones_in_their_unit(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        document = read_document(path)
        said = values([document])
        for sheet in document.goal_sheets:
            node = f"{document_iri(document.sha256)}/sheet/{sheet.seq}"
            (amount,) = said[node, PG.totalAmount]
            assert sheet.amount_unit == "万元"
            assert sheet.funds.total is not None
            assert Decimal(amount) == Decimal(sheet.funds.total) * 10000
