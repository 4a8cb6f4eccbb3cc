"""Printed spellings and the concepts they stand for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ontology.labels import category_of, dimension_concept_of, dimension_of, era_of, unit_of, wording_of
from ontology.terms import CATEGORY, ERA, UNIT, WORDING

DIMENSIONS = [
    ("产出指标", "产出"),
    ("项目完成", "产出"),
    ("项目完成指标", "产出"),
    ("产 出 指 标", "产出"),
    ("产出指标(50分)", "产出"),
    ("产出指标（权重50%）", "产出"),
    ("一、产出指标：", "产出"),
    ("项目效益指标", "效益"),
    ("效果指标", "效益"),
    ("效益值", "效益"),
    ("满意度指标", "满意度"),
    ("成本指标", "成本"),
    ("成本目标", "成本"),
    ("投入", None),
    ("过程指标", None),
    ("项目概况", None),
    ("指标", None),
    ("", None),
]


@pytest.mark.parametrize(("printed", "dimension"), DIMENSIONS)
def test_dimension_of_a_level_one_heading(printed: str, dimension: str | None) -> None:
    assert dimension_of(printed) == dimension


@pytest.mark.parametrize(
    ("printed", "concept"),
    [
        ("投入", CATEGORY.input),
        ("项目决策", CATEGORY.decision),
        ("管理指标", CATEGORY.management),
        ("其他", None),
    ],
)
def test_headings_of_other_forms_are_dimensions_too(printed: str, concept: str | None) -> None:
    assert dimension_concept_of(printed) == concept


CATEGORIES = [
    ("数量指标", CATEGORY.quantity),
    ("数量", CATEGORY.quantity),
    ("数 量 指 标", CATEGORY.quantity),
    ("数量指标值", CATEGORY.quantity),
    ("产出数量", CATEGORY.quantity),
    ("质量目标", CATEGORY.quality),
    ("时效指标(10分)", CATEGORY.timeliness),
    ("成本指标", CATEGORY.outputCost),
    ("经济成本指标", CATEGORY.economicCost),
    ("生态环境成本指标", CATEGORY.environmentalCost),
    ("社会效益", CATEGORY.socialBenefit),
    ("环境效益指标", CATEGORY.ecologicalBenefit),
    ("可持续影响指标", CATEGORY.sustainability),
    ("可持续发展指标", CATEGORY.sustainability),
    ("满意度指标", CATEGORY.serviceSatisfaction),
    ("服务对象满意度指标", CATEGORY.serviceSatisfaction),
    ("服务对象\n满意度指标", CATEGORY.serviceSatisfaction),
    ("总体目标", None),
    ("其他指标", None),
]


@pytest.mark.parametrize(("printed", "concept"), CATEGORIES)
def test_category_of_a_level_two_heading(printed: str, concept: str | None) -> None:
    assert category_of(printed) == concept


UNITS = [
    ("%", UNIT.percent),
    ("％", UNIT.percent),
    ("万元", UNIT.wanYuan),
    ("元／人", UNIT.yuanPerPerson),
    ("万元/月", UNIT.wanYuanPerMonth),
    ("元/人·天", UNIT.yuanPerPersonDay),
    ("人次", UNIT.personTime),
    ("场次", UNIT.session),
    ("平米", UNIT.squareMetre),
    ("m²", UNIT.squareMetre),
    ("㎡", UNIT.squareMetre),
    ("万亩", UNIT.wanMu),
    ("公里", UNIT.kilometre),
    ("个月", UNIT.month),
    ("兆", UNIT.megabit),
    ("台（套）", UNIT.device),
    ("课时", UNIT.classHour),
    # What could mean two things, or nothing, is not a unit.
    ("人/次", None),
    ("月/次", None),
    ("万", None),
    ("辆次", UNIT.vehicleTrip),  # a trip, not a vehicle
    ("方", None),
    ("百分点", UNIT.percentagePoint),  # a difference, not a share
    ("度", None),
    ("", None),
]


@pytest.mark.parametrize(("printed", "concept"), UNITS)
def test_unit_of_a_printed_unit(printed: str, concept: str | None) -> None:
    assert unit_of(printed) == concept


WORDINGS = [
    ("有效保障", WORDING.effective),
    ("有效引领", WORDING.effective),
    ("显著提高", WORDING.notable),
    ("效果显著", WORDING.notable),
    ("明显提升", WORDING.clear),
    ("作用明显", WORDING.clear),
    ("有所提高", WORDING.some),
    ("逐步提升", WORDING.gradual),
    ("基本完成", WORDING.basic),
    ("长期", WORDING.lasting),
    ("长期坚持", WORDING.lasting),
    ("符合规定", WORDING.compliant),
    ("减轻", WORDING.changed),
    ("“有效保障”。", WORDING.effective),
    ("按季召开", None),
    ("有效期三年", None),
    ("治疗有效率", None),
    ("保障房建设", None),
    ("长期护理保险", None),
    ("变化不明显", None),
    ("是否有效", None),
    ("基本农田保护", None),
    ("有效组织全年各项接待任务并按时报送", None),  # a sentence is no phrase
    ("无", None),
    ("", None),
]


@pytest.mark.parametrize(("printed", "concept"), WORDINGS)
def test_degree_of_a_verbal_target(printed: str, concept: str | None) -> None:
    assert wording_of(printed) == concept


OUTPUT_2015 = [("产出指标", "数量指标"), ("产出指标", "成本指标")]
OUTPUT_2021 = [("产出指标", "数量指标"), ("成本指标", "经济成本指标")]
ERAS = [
    (OUTPUT_2021, ERA.goals2021),
    ([("项目完成", "数量指标"), ("项目效益", "社会效益指标"), ("满意度指标", "满意度指标")], ERA.completion),
    ([*OUTPUT_2015, ("满意度指标", "满意度指标")], ERA.goals2015),
    ([("产出指标", "数量指标")], None),  # several forms print this
    ([*OUTPUT_2015, *OUTPUT_2021], None),  # no form prints both
    ([("产出指标", None)], None),
    ([("投入", "资金落实")], ERA.framework2013),
    ([("决策", "项目立项"), ("管理", "资金管理")], ERA.management),
    ([], None),
]


@pytest.mark.parametrize(("headings", "era"), ERAS)
def test_the_era_is_the_only_one_that_has_all_headings(
    headings: list[tuple[str | None, str | None]], era: str | None
) -> None:
    assert era_of(headings) == era


def test_labels_need_no_rdf_library() -> None:
    code = "import sys, ontology.labels; print('rdflib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
