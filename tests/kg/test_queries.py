"""The named competency queries: right answers, the same on Oxigraph and on rdflib."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from kg.rdf import document_quads, schema_quads
from ontology.files import query_paths
from tests.kg import sample
from tests.kg.gold import read_all_gold

# rdflib calls its own deprecated names.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated")
Cell = str | Decimal | None
HEADS = ("title@en", "title@zh", "description@en", "description@zh")
QUERIES = {path.stem: path for path in query_paths()}
UNIT = sample.UNIT
RENT, NEXT, DIGITAL = "库房租赁费", "库房　租赁费", "档案数字化经费"
A, B, C = "a-2020.txt", "b-2020.txt", "c-2021.txt"


class Engines:
    """The same quads in Oxigraph and in rdflib; the default graph is the union of all."""

    def __init__(self, lines: Iterable[str]) -> None:
        text = "\n".join(lines)
        self.store = pyoxigraph.Store()
        self.store.bulk_load(text.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
        self.dataset = rdflib.Dataset(default_union=True)
        self.dataset.parse(data=text, format="nquads")

    def ask(self, name: str, **parameters: str) -> list[tuple[Cell, ...]]:
        """Answer a named query on both engines, which must agree row by row."""
        sparql = QUERIES[name].read_text(encoding="utf-8")
        for parameter, text in parameters.items():
            sparql = sparql.replace(f"${parameter}", f'"{text}"')
        solutions = self.store.query(sparql, use_default_graph_as_union=True)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        oxigraph = [tuple(cell(term) for term in row) for row in solutions]
        assert [tuple(cell(term) for term in row) for row in self.dataset.query(sparql)] == oxigraph
        return oxigraph


def cell(term: object) -> Cell:
    """The plain value of a term of either engine; numbers by value, since 1 and 1.0 are written alike."""
    if term is None:
        return None
    datatype = str(getattr(getattr(term, "datatype", None), "value", getattr(term, "datatype", None)))
    text = str(getattr(term, "value", term)) if isinstance(term, pyoxigraph.Literal) else str(term)
    return Decimal(text) if datatype.endswith(("#decimal", "#integer")) else text


@pytest.fixture(scope="module")
def engines() -> Engines:
    lines = dict.fromkeys(line for document in sample.documents() for line in document_quads(document))
    return Engines([*schema_quads(), *lines])


def parameters_of(name: str) -> dict[str, str]:
    found = re.findall(r"^# parameter: (\w+), (.+)$", QUERIES[name].read_text(encoding="utf-8"), re.MULTILINE)
    return dict(found)


def rows(*lines: tuple[object, ...]) -> list[tuple[Cell, ...]]:
    """Rows as written by hand: whole numbers and floats are decimals."""
    return [
        tuple(Decimal(str(value)) if isinstance(value, int | float) else value for value in line)  # type: ignore[misc]
        for line in lines
    ]


SHEET, ROW, LINE, TEXT = "绩效目标表", "项目清单行", "项目支出行", "项目情况说明"
COMPLETION, COST_FIRST = "项目完成、项目效益、满意度表式", "成本、产出、效益、满意度表式"
SERVED = "服务对象满意度指标"

ANSWERS: list[tuple[str, dict[str, str], list[tuple[Cell, ...]]]] = [
    ("documents", {}, rows(
        (A, 2020, "部门预算公开", UNIT, "示例市档案局2020年部门预算公开", 2, 9),
        (B, 2020, "重点项目绩效目标", None, "2020年重点项目绩效目标", 1, 5),
        (C, 2021, "单位预算公开", UNIT, None, 1, 4),
    )),
    ("sheets", {}, rows(
        (2020, UNIT, RENT, 600000, 600000, 0, A),
        (2020, UNIT, RENT, 600000, 600000, 0, B),
        (2020, UNIT, DIGITAL, 800000, 500000, 200000, A),
        (2021, UNIT, NEXT, 600000, 600000, 0, C),
    )),
    ("project-years", {"text": "租赁费"}, rows(
        (2020, UNIT, RENT, SHEET, "60.00", "万元", 600000, A),
        (2020, UNIT, RENT, SHEET, "60.00", "万元", 600000, B),
        (2020, UNIT, RENT, TEXT, "60万元", "万元", 600000, A),
        (2020, UNIT, RENT, LINE, "60.00", "万元", 600000, A),
        (2020, UNIT, RENT, ROW, "65.00", "万元", 650000, A),
        (2021, UNIT, NEXT, SHEET, "600000", "元", 600000, C),
    )),
    ("project-indicators", {"text": "数字化"}, rows(
        (2020, DIGITAL, "项目完成指标", "数量指标", "查阅人数（人/次）", "3000", A, 1, 7, 150, 154),
        (2020, DIGITAL, "项目完成指标", "成本指标", "数字化单价", "=0.5元/页", A, 1, 8, 250, 257),
        (2020, DIGITAL, "项目完成指标", "质量指标", "完成率", "100%", A, 1, 9, 350, 354),
        (2020, DIGITAL, "项目完成指标", "时效指标", "设备到位", None, A, None, None, None, None),
    )),
    ("largest-budgets", {}, rows((2020, 800000, UNIT, DIGITAL, A), (2021, 600000, UNIT, NEXT, C))),
    ("project-costs", {"text": "租赁费"}, rows(
        (2020, RENT, SHEET, "全年租金", "≤60万元", "万元", 600000, None),
        (2020, RENT, SHEET, "全年租金", "≤60万元", "万元", 600000, None),
        (2020, RENT, TEXT, "库房租金", "55", "万元", 550000, None),
        (2020, RENT, TEXT, "维护费", "0.5", "万元/月", None, 5000),
        (2020, RENT, LINE, "商品和服务支出", "60.00", "万元", 600000, None),
        (2021, NEXT, SHEET, "租金", "≤600,000元", "元", 600000, None),
    )),
    ("cost-sums", {}, rows(  # the price of the digital project is no part of a sum
        (2020, UNIT, RENT, 600000, 1, 600000),
        (2020, UNIT, RENT, 600000, 1, 600000),
        (2021, UNIT, NEXT, 600000, 1, 600000),
    )),
    ("verbal-targets", {}, rows((UNIT, 17, 3, 3))),
    ("wording", {}, rows((7, "显著", "notable", 1), (5, "有效", "effective", 2))),
    ("percent-targets", {}, rows((SERVED, 3, 1), ("质量指标", 1, 1))),
    ("satisfaction", {}, rows((95, "%", 2), (100, "%", 1))),
    ("indicators-by-era", {}, rows(
        (COST_FIRST, "产出指标", "数量指标", 1),
        (COST_FIRST, "成本指标", "经济成本指标", 1),
        (COST_FIRST, "效益指标", "社会效益指标", 1),
        (COST_FIRST, "满意度指标", SERVED, 1),
        (COMPLETION, "产出指标", "成本指标", 3),
        (COMPLETION, "产出指标", "数量指标", 3),
        (COMPLETION, "产出指标", "时效指标", 3),
        (COMPLETION, "产出指标", "质量指标", 1),
        (COMPLETION, "效益指标", "社会效益指标", 2),
        (COMPLETION, "满意度指标", SERVED, 2),
    )),
    ("funding-sums", {}, rows((2020, UNIT, DIGITAL, 800000, 500000, 200000, A))),
    ("list-against-sheets", {}, rows((UNIT, RENT, 650000, 2020, 600000, A))),
    ("expenditure-against-sheets", {}, rows(
        (2020, RENT, "2012601", 600000, 600000, A),
        (2020, RENT, "2012601", 600000, 600000, A),
    )),
    ("unresolved", {}, rows(
        (A, "绩效指标", DIGITAL, 4, "no target printed"),
        (A, SHEET, DIGITAL, 2, "two totals printed"),
        (B, "公开文件", None, None, "the list breaks off"),
    )),
    ("where-printed", {"figure": "60.00"}, rows(
        ("项目资金", RENT, A, 1, None, 10, 15, "60.00"),
        ("成本构成", RENT, A, 4, 5, 3000, 3050, None),
        ("项目资金", RENT, A, 4, 5, 3030, 3035, "60.00"),
        ("项目资金", RENT, B, 1, None, 10, 15, "60.00"),
    )),
    ("units", {}, rows((UNIT, 2020, 2), (UNIT, 2021, 1))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameters", "answer"), ANSWERS, ids=[name for name, _, _ in ANSWERS])
def test_query_gives_the_answer_that_was_worked_out_by_hand(
    engines: Engines, name: str, parameters: dict[str, str], answer: list[tuple[Cell, ...]]
) -> None:
    assert engines.ask(name, **parameters) == answer


def test_every_shipped_query_is_asked_here() -> None:
    assert sorted(QUERIES) == sorted(name for name, _, _ in ANSWERS)
    assert len(QUERIES) >= 14


@pytest.mark.parametrize("name", QUERIES)
def test_query_has_a_head_in_both_languages(name: str) -> None:
    head = [line for line in QUERIES[name].read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert [line.split(":")[0].removeprefix("# ") for line in head[:4]] == list(HEADS)
    assert all(line.partition(": ")[2].strip() for line in head)


@pytest.mark.parametrize("name", QUERIES)
def test_query_uses_exactly_the_parameters_of_its_head(name: str) -> None:
    sparql = QUERIES[name].read_text(encoding="utf-8")
    assert set(re.findall(r"\$(\w+)", sparql)) == set(parameters_of(name))
    asked = next(parameters for asked, parameters, _ in ANSWERS if asked == name)
    assert asked.keys() == parameters_of(name).keys()


def test_unresolved_and_empty_graphs_have_empty_answers() -> None:
    empty = Engines(schema_quads())
    for name in QUERIES:
        assert empty.ask(name, **parameters_of(name)) == [], name


@pytest.fixture(scope="module")
def gold(shared: Path) -> Engines:
    lines = dict.fromkeys(line for document in read_all_gold(shared) for line in document_quads(document))
    return Engines([*schema_quads(), *lines])


@pytest.mark.corpus
@pytest.mark.parametrize("name", QUERIES)
def test_both_engines_agree_on_the_real_documents(gold: Engines, name: str) -> None:
    assert gold.ask(name, **parameters_of(name)) or name == "unresolved"


PREFECTURE = "克孜勒苏柯尔克孜自治州"
AIRPORT = [
    (2020, f"{PREFECTURE}人民政府办公室", "机场设施租用费", ROW, "60.00"),
    (2020, "克州人民政府接待处", "机场设施租用费", TEXT, "60"),
    (2020, "克州政府办公室", "机场设施租用费", SHEET, "60"),
    (2020, "克州政府办公室", "机场设施租用费", LINE, "60"),
    (2021, f"{PREFECTURE}人民政府办公室", "机场设施租用费", SHEET, "60"),
    (2024, f"{PREFECTURE}人民政府办公室", "机场设施租赁费", TEXT, "60.00"),
    (2024, f"{PREFECTURE}人民政府办公室", "机场设施租赁费", LINE, "60.00"),
    (2024, f"{PREFECTURE}人民政府办公室", "机场设施租赁费", SHEET, "60.00"),
]


@pytest.mark.corpus
def test_the_airport_fee_is_found_in_all_years_and_printings(gold: Engines) -> None:
    found = gold.ask("project-years", text="机场设施")
    assert [row[:5] for row in found] == sorted(rows(*AIRPORT), key=lambda row: [str(cell) for cell in row])
    assert {row[6] for row in found} == {Decimal(600000)}


@pytest.mark.corpus
def test_real_sums_and_contradictions_are_the_printed_ones(gold: Engines) -> None:
    assert [row[1:6] for row in gold.ask("funding-sums")] == rows(
        ("克州财政局", "2020年财政业务系统维护、维保费", 522400, 520000, 0)
    )
    office = f"中共{PREFECTURE}委员会办公室"
    assert [row[:5] for row in gold.ask("list-against-sheets")] == rows(
        (office, "专用通信运行维护费", 897600, 2021, 879600)
    )
    documents = [(row[0], row[5], row[6]) for row in gold.ask("documents")]
    assert sum(row[1] for row in documents) == 44  # type: ignore[misc]
    assert sum(row[2] for row in documents) == 467  # type: ignore[misc]
