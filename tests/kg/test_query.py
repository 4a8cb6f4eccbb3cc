"""Questions: named, free and shown; an answer must be right, and a bad question must harm nothing."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest

from extract.text import decode, fold
from kg.pipeline import build
from kg.query.answer import PREFIXES, QueryError, ask, plain
from kg.query.free import Limits, ask_freely, refuse
from kg.query.named import ask_named, find_query, list_named, read_query, with_settings
from kg.query.show import find_figures, readable_rows
from kg.store import Graph, StoreError, open_graph
from ontology.files import query_paths

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = [path.stem for path in query_paths()]


@pytest.fixture(scope="module")
def graph(examples_graph: Path) -> Graph:
    return open_graph(examples_graph)


@pytest.fixture(scope="module")
def merged(graph: Graph) -> pyoxigraph.Store:
    """All triples once, whatever graph they stand in."""
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in graph.store)
    return store


def test_no_triple_stands_in_two_graphs(graph: Graph, merged: pyoxigraph.Store) -> None:
    assert len(graph.store) == len(merged)


@pytest.mark.parametrize("name", NAMES)
def test_a_named_query_counts_nothing_twice(graph: Graph, merged: pyoxigraph.Store, name: str) -> None:
    sparql = with_settings(find_query(name), {})
    once = plain(merged.query(sparql, prefixes=PREFIXES))
    assert Counter(ask(graph, sparql).rows) == Counter(once.rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_named_query_says_in_both_languages_what_it_answers(name: str) -> None:
    query = find_query(name)
    assert query.title.keys() == query.description.keys() == {"en", "zh"}


def test_the_list_holds_every_named_query() -> None:
    answer = list_named()
    assert [row[0] for row in answer.rows] == NAMES
    assert len(answer.columns) == 6


def test_a_parameter_has_its_default_until_it_is_set(graph: Graph) -> None:
    default = list(ask_named(graph, "project-years", {}).rows)
    assert default == list(ask_named(graph, "project-years", {"text": "机场设施"}).rows) != []
    assert list(ask_named(graph, "project-years", {"text": "没有这个项目"}).rows) == []


@pytest.mark.parametrize("value", ['")) } #', "\\", '"', "$text", "a\nb", "'''", "\udcff"])
def test_a_parameter_is_only_ever_a_text(graph: Graph, value: str) -> None:
    assert list(ask_named(graph, "project-years", {"text": value}).rows) == []


def test_unknown_names_are_said_with_what_there_is(graph: Graph) -> None:
    with pytest.raises(QueryError, match="no query named 'project-year'; did you mean project-years"):
        find_query("project-year")
    with pytest.raises(QueryError, match="has no parameter 'year'; its parameters: text"):
        ask_named(graph, "project-years", {"year": "2024"})


def test_a_query_file_without_head_is_a_query(tmp_path: Path) -> None:
    (tmp_path / "bare.rq").write_text("SELECT * { ?s ?p ?o }")
    assert read_query(tmp_path / "bare.rq").parameters == {}


FREE = {
    "select": ("SELECT (COUNT(?s) AS ?n) { ?s a pg:Document }", ("n",), [(10,)]),
    "ask": ("ASK { ?s a pg:GoalSheet }", ("answer",), [(True,)]),
    "unbound": ("SELECT ?a ?b { VALUES (?a ?b) { (1.5 UNDEF) } }", ("a", "b"), [("1.5", None)]),
    "construct": (
        'CONSTRUCT { pg:a pg:b "甲\\n乙" } {}',
        ("subject", "predicate", "object"),
        [(f"{PREFIXES['pg']}a", f"{PREFIXES['pg']}b", "甲\n乙")],
    ),
}


@pytest.mark.parametrize(("sparql", "columns", "rows"), FREE.values(), ids=FREE)
def test_a_free_query_is_answered_alike_in_a_process_of_its_own(graph: Graph, sparql, columns, rows) -> None:  # type: ignore[no-untyped-def]
    answer = ask_freely(graph, sparql)
    assert (answer.columns, list(answer.rows)) == (columns, rows)
    assert list(ask(graph, sparql).rows) == rows


WRONG = {
    "SELECT * {\n ?s ?p }": "not valid SPARQL at line 2, column 9: expected",
    "SELECT ?x { ?s nope:x ?x }": "not valid SPARQL at line 1, column",
    "INSERT DATA { pg:a pg:b pg:c }": "not valid SPARQL at line 1, column",
    "": "not valid SPARQL",
    "SELECT * { ?s ?p \udcff }": "not valid SPARQL",
    "SELECT * {" + "{" * 40_000 + "}" * 40_001: "nested too deeply; make it simpler",
    "# " + "x" * 100_000: "more than 100,000; shorten it",
}


@pytest.mark.parametrize(("sparql", "message"), WRONG.items(), ids=range(len(WRONG)))
def test_a_wrong_query_is_one_clear_line(graph: Graph, sparql: str, message: str) -> None:
    with pytest.raises(QueryError) as error:
        ask_freely(graph, sparql)
    assert message in str(error.value) and "\n" not in str(error.value)


def test_a_query_without_end_is_ended(graph: Graph) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(QueryError, match=r"took longer than 0\.5 s"):
        ask_freely(graph, endless, Limits(seconds=0.5))


def test_a_query_that_wants_too_much_memory_is_ended(graph: Graph) -> None:
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
    with pytest.raises(QueryError, match=r"needed more than 0\.5 GiB of memory"):
        ask_freely(graph, greedy, Limits(memory=1 << 29))


SERVICES = [
    "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.SERVICE<http://x/>{ ?s ?p ?o } }",
    "SELECT * { sErViCe SILENT ?x { ?s ?p ?o } }",
    "SELECT * { # a comment\rSERVICE <http://x/> { } }",
    "SELECT * { ?s ?p 1SERVICE <http://x/> { } }",
    "SELECT * { ?s ?p '\\'' SERVICE <http://x/> { } }",
    'SELECT * { ?s ?p """a"b""" SERVICE <http://x/> { } }',
    "SELECT * { FILTER(1 < 2) SERVICE <http://x/> { } FILTER(3 > 2) }",
]
HARMLESS = [
    'SELECT * { ?s ?p "SERVICE" }',
    "SELECT ?service { ?service ?p ?o } # SERVICE",
    "SELECT * { ?s <http://x/SERVICE> ?o }",
    "SELECT * { ?s pg:service ?o . ?s pg:my-service ?o }",
]


@pytest.mark.parametrize("sparql", SERVICES)
def test_service_is_refused_however_it_is_written(sparql: str) -> None:
    with pytest.raises(QueryError, match="SERVICE would send data to another server"):
        refuse(sparql, Limits())


@pytest.mark.parametrize("sparql", HARMLESS)
def test_the_word_service_is_allowed_where_it_calls_nothing(sparql: str) -> None:
    refuse(sparql, Limits())


def test_service_with_an_escaped_letter_reaches_no_server(graph: Graph) -> None:
    called = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        port = server.getsockname()[1]
        with pytest.raises(QueryError):
            list(
                ask_freely(
                    graph, f"SELECT * {{ \\u0053ERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
                ).rows
            )
        try:
            server.accept()
            called.set()
        except TimeoutError:
            pass
    assert not called.is_set()


def test_a_damaged_store_is_said_by_a_free_query(tmp_path: Path) -> None:
    build([sorted(EXAMPLES.glob("*.txt"))[0]], tmp_path)
    graph = open_graph(tmp_path)
    current = graph.generation.path / "store" / "CURRENT"
    current.write_bytes(b"x" * current.stat().st_size)
    with pytest.raises(StoreError, match="the graph is damaged"):
        ask_freely(graph, "ASK {}")


def test_a_shown_project_appears_year_by_year_in_all_its_printings(graph: Graph) -> None:
    figures = find_figures(graph, "机场设施")
    years = [figure.year for figure in figures]
    assert years == sorted(years) and set(years) == {2020, 2021, 2024}
    kinds = {str(figure.printing).split(" ")[0] for figure in figures}
    assert kinds == {"绩效目标表", "项目清单", "项目支出表", "情况说明"}
    users = [(figure.year, figure.printed) for figure in figures if "使用人" in str(figure.name)]
    assert set(users) == {(2020, "≤2000人"), (2021, "≤3000人"), (2024, "≥2000人")}


def test_every_shown_figure_stands_where_it_is_said_to_stand(graph: Graph) -> None:
    texts = {path.name: decode(path.read_bytes(), path.name)[0] for path in EXAMPLES.glob("*.txt")}
    checked = 0
    for figure in find_figures(graph, "克") + find_figures(graph, "县") + find_figures(graph, "区"):
        if figure.item == "成本 cost" and str(figure.printing).startswith("情况说明"):
            continue  # its place is the sentence that names it
        spans = [tuple(map(int, span.split("–"))) for span in str(figure.characters).split(", ")]
        text = "".join(texts[str(figure.file)][start:end] for start, end in spans)
        # An amount is given as a decimal: without thousands separators, its digits in half width.
        assert fold(str(figure.printed)).replace(",", "") in fold(text).replace(",", "")
        checked += 1
    assert checked > 200


def test_a_shown_unit_brings_all_its_projects(graph: Graph) -> None:
    projects = {figure.project for figure in find_figures(graph, "沔江县司法局")}
    sheets = [row for row in ask_named(graph, "sheets", {}).rows if "沔江县司法局" in row]
    assert len(projects) >= len(sheets) > 0


def test_the_responsible_person_is_not_shown(graph: Graph) -> None:
    persons = {str(row[0]) for row in ask(graph, "SELECT DISTINCT ?p { ?s pg:responsiblePerson ?p }").rows}
    shown = {str(value) for figure in find_figures(graph, "克") for value in figure}
    assert persons and not persons & shown


def test_readable_rows_say_a_head_once_and_the_place_in_words(graph: Graph) -> None:
    figures = find_figures(graph, "机场设施")
    rows = list(readable_rows(figures))
    assert len(rows) == len(figures)
    assert sum(row[3] is not None for row in rows) == len({(*figure[:4], figure.file) for figure in figures})
    assert all("characters " in str(row[-1]) for row in rows)


@pytest.mark.parametrize("text", ["没有这个", '"', "\\", "\udcff", ")) }"])
def test_showing_what_is_not_there_is_one_clear_line(graph: Graph, text: str) -> None:
    with pytest.raises(QueryError, match="in its printed name; try a shorter part of it"):
        find_figures(graph, text)
