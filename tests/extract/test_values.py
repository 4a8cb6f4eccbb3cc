"""The grammar of targets, money and dates, on strings as disclosures print them."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.values import (
    Deadline,
    Period,
    Quantity,
    Range,
    Several,
    TargetReading,
    Wording,
    bracket_unit,
    find_cost_components,
    find_quantities,
    parse_target,
    read_amount,
    read_target,
    to_yuan,
)

GOLD = Path(__file__).parents[2] / ".." / "shared" / "gold"

# printed target, indicator name, comparator, value, unit
QUANTITIES = [
    ("≥95%", "满意度", ">=", "95", "%"),
    ("≥95％", "满意度", ">=", "95", "%"),
    ("≧95%", "满意度", ">=", "95", "%"),
    ("⩾95%", "满意度", ">=", "95", "%"),
    (">=95%", "满意度", ">=", "95", "%"),
    ("=>95%", "满意度", ">=", "95", "%"),
    ("＞＝95%", "满意度", ">=", "95", "%"),
    ("≥≥95%", "满意度", ">=", "95", "%"),
    ("≥ 95 %", "满意度", ">=", "95", "%"),
    ("≥９５％", "满意度", ">=", "95", "%"),
    ("≥2.95%", "满意度", ">=", "2.95", "%"),
    ("≤5%", "故障率", "<=", "5", "%"),
    ("≦5%", "故障率", "<=", "5", "%"),
    ("⩽5%", "故障率", "<=", "5", "%"),
    ("<=5%", "故障率", "<=", "5", "%"),
    ("=<5%", "故障率", "<=", "5", "%"),
    ("=100%", "支付率", "=", "100", "%"),
    ("＝100%", "支付率", "=", "100", "%"),
    ("═100%", "支付率", "=", "100", "%"),
    ("＞5", "批次（批）", ">", "5", "批"),
    ("﹤3", "故障（次）", "<", "3", "次"),
    ("<3", "故障（次）", "<", "3", "次"),
    ("不低于50%", "覆盖率", ">=", "50", "%"),
    ("不得低于50%", "覆盖率", ">=", "50", "%"),
    ("不少于3次", "会议", ">=", "3", "次"),
    ("不小于3", "会议（次）", ">=", "3", "次"),
    ("至少3次", "会议", ">=", "3", "次"),
    ("不超过5天", "时效", "<=", "5", "天"),
    ("不高于80元", "单价", "<=", "80", "元"),
    ("不大于80元", "单价", "<=", "80", "元"),
    ("不多于8家", "家数", "<=", "8", "家"),
    ("大于等于90%", "满意度", ">=", "90", "%"),
    ("小于等于3%", "投诉率", "<=", "3", "%"),
    ("大于90%", "满意度", ">", "90", "%"),
    ("高于90%", "满意度", ">", "90", "%"),
    ("超过90%", "满意度", ">", "90", "%"),
    ("小于3%", "投诉率", "<", "3", "%"),
    ("低于3%", "投诉率", "<", "3", "%"),
    ("等于3个", "平台", "=", "3", "个"),
    ("95%以上", "满意度", ">=", "95", "%"),
    ("95%及以上", "满意度", ">=", "95", "%"),
    ("90（%）以上", "满意度", ">=", "90", "%"),
    ("≥95%（抽查）", "满意度", ">=", "95", "%"),
    ("200人以上", "人数", ">=", "200", "人"),
    ("200人以下", "人数", "<=", "200", "人"),
    ("5天以内", "时效", "<=", "5", "天"),
    ("3个工作日内", "时效", "<=", "3", "个工作日"),
    ("控制在5%以内", "故障率", "<=", "5", "%"),
    ("达到95%以上", "满意度", ">=", "95", "%"),
    ("达到95%", "满意度", None, "95", "%"),
    ("达95%", "满意度", None, "95", "%"),
    ("不超过5天以内", "时效", "<=", "5", "天"),
    ("140", "批次（次）", None, "140", "次"),
    ("2600", "人次（人）", None, "2600", "人"),
    ("1980", "册数(册)", None, "1980", "册"),
    ("2021", "册数(册)", None, "2021", "册"),
    ("2021.12", "经费(万元)", None, "2021.12", "万元"),
    ("1，234", "册数(册)", None, "1234", "册"),
    ("1,234.50万元", "费用", None, "1234.50", "万元"),
    ("36.20", "费用（万元）", None, "36.20", "万元"),
    ("0.70%", "成活率(亩)", None, "0.70", "%"),
    ("0%", "差错率（%）", None, "0", "%"),
    ("=0", "事故发生率", "=", "0", None),
    ("≤56", "单位个数(%)", "<=", "56", "%"),
    ("-5%", "增速", None, "-5", "%"),
    ("３０", "人数（人）", None, "30", "人"),
    ("≤820元", "住宿标准", "<=", "820", "元"),
    ("=0.15万元/月", "租赁费(万元)", "=", "0.15", "万元/月"),
    ("780元/生/年", "补助标准", None, "780", "元/生/年"),
    ("200元/人·天", "标准", None, "200", "元/人·天"),
    ("≤300", "慰问标准(元/人)", "<=", "300", "元/人"),
    ("5次/年", "频次", None, "5", "次/年"),
    ("≤2小时/次", "时效", "<=", "2", "小时/次"),
    ("135人次", "人次", None, "135", "人次"),
    ("≥13000", "检查（人/次）", ">=", "13000", "人/次"),
    ("≥7", "频次(月/次)", ">=", "7", "月/次"),
    ("106平方米", "面积", None, "106", "平方米"),
    ("106㎡", "面积", None, "106", "㎡"),
    ("106m2", "面积", None, "106", "m2"),
    ("50mg/L", "浓度", None, "50", "mg/L"),
    ("=106平米", "面积", "=", "106", "平米"),
    ("≤330团队", "接待", "<=", "330", "团队"),
    ("100兆", "带宽", None, "100", "兆"),
    ("≥80分", "得分", ">=", "80", "分"),
    ("5台（套）", "设备", None, "5", "台（套）"),
    ("≥1场（次）", "宣传", ">=", "1", "场（次）"),
    ("200（人）", "人数", None, "200", "人"),
    ("≥95(%)", "满意度", ">=", "95", "%"),
    ("5万人", "服务人数", None, "5", "万人"),
    ("5", "服务人数(万人)", None, "5", "万人"),
    ("1.2亿元", "产值", None, "1.2", "亿元"),
    ("18.01万亩", "面积", None, "18.01", "万亩"),
    ("5万", "金额", None, "5", "万"),
    ("三十万元", "费用", None, "30", "万元"),
    ("一亿元", "费用", None, "1", "亿元"),
    ("一万二千元", "费用", None, "12000", "元"),
    ("两次", "会议", None, "2", "次"),
    ("一百二十人", "人数", None, "120", "人"),
    ("不少于三次", "会议", ">=", "3", "次"),
    ("百分之百", "覆盖率", None, "100", "%"),
    ("百分之九十五", "覆盖率", None, "95", "%"),
    ("百分之95以上", "覆盖率", ">=", "95", "%"),
    ("千分之三", "死亡率", None, "3", "‰"),
    ("≤3‰", "死亡率", "<=", "3", "‰"),
    ("七成以上", "覆盖", ">=", "7", "成"),
    ("约200人", "人数", None, "200", "人"),
    ("200余人", "人数", None, "200", "人"),
    ("200人左右", "人数", None, "200", "人"),
    ("95%。", "满意度", None, "95", "%"),
    ("满意度≥95%", "群众满意度", ">=", "95", "%"),
    ("满意度：95%", "群众满意度", None, "95", "%"),
    ("群众满意度不低于90%", "群众满意度", ">=", "90", "%"),
    ("培训人数200人", "培训人数", None, "200", "人"),
    ("12个月", "期限", None, "12", "个月"),
    ("=12月", "期限", "=", "12", "月"),
    ("12月", "租赁期限", None, "12", "月"),
    ("≥3年", "年限", ">=", "3", "年"),
    ("24小时", "时间", None, "24", "小时"),
    ("90天", "时间", None, "90", "天"),
]

# printed target, indicator name, ISO date
DATES = [
    ("2021年12月", "完成时间", "2021-12"),
    ("2020年1月1日", "开始时间", "2020-01-01"),
    ("2020年1月1号", "开始时间", "2020-01-01"),
    ("2023-12-31", "完成时间", "2023-12-31"),
    ("2023.12.31", "完成时间", "2023-12-31"),
    ("2023/12/31", "完成时间", "2023-12-31"),
    ("2021-12", "完成时间", "2021-12"),
    ("2023年12月底前", "完成时间", "2023-12"),
    ("2023年12月底", "完成时间", "2023-12"),
    ("2021年12月31日前", "完成时间", "2021-12-31"),
    ("2021年12月31日之前完成", "完成时间", "2021-12-31"),
    ("２０２１年１２月", "完成时间", "2021-12"),
    ("2021 年 12 月 31 日", "完成时间", "2021-12-31"),
    ("2021.12", "完成时间", "2021-12"),
    ("20231231", "完成时间", "2023-12-31"),
]

# printed target, indicator name: a time that fills no field of the record
TIMES = [
    ("1-12月", "起止日期"),
    ("1月-12月", "起止日期"),
    ("1月至12月", "起止日期"),
    ("2021年全年", "时间"),
    ("全年", "时间"),
    ("2021年", "时间"),
    ("2021年度", "时间"),
    ("2020-2022年", "时间"),
    ("2024年1月-2024年12月", "时间"),
    ("2024年1-12月", "时间"),
    ("2021.1-2021.12", "时间"),
    ("2021年1月1日-2021年12月31日", "时间"),
    ("2021年1月1日至12月31日", "时间"),
    ("上半年", "时间"),
    ("第一季度", "时间"),
    ("年内", "时间"),
    ("12月", "完成时间"),
    ("12月底前", "完成时间"),
    ("12月31日前", "完成时间"),
    ("年底前", "完成时间"),
    ("2021年底前", "完成时间"),
]

WORDINGS = [
    "有效保障", "长期", "效果显著", "减轻", "优", "良好", "A级", "是", "零事故", "逐年提高", "十分满意",
    "一次性", "一定程度", "万无一失", "千方百计", "三县一市", "一级", "每季度", "每月3次", "前3名", "第3名",
    "提高5%", "3个以上村容村貌改善工作推进", "3个村改善环境", "5人完成", "65岁以上老人",
    "95%以上满意", "100%覆盖",
]  # fmt: skip

NOTHING = [None, "", " ", "一", "无", "—", "——", "/", "//", "-", "－", "……", "\\", "不适用", "√", "***"]

# print, unit under a name without brackets: figures without one certain value
UNCERTAIN = [
    ("5-10天", "天"),
    ("80%-90%", "%"),
    ("5～10次", "次"),
    ("5至10人", "人"),
    ("大于等于5小于10", None),
    ("≥5且≤10", None),
    ("≥80%，≤90%", "%"),
    ("省级≥5个，市级≥3个", "个"),
    ("10次、200人", None),
    ("≥5次；≥90%", None),
    ("1人1天", None),
    ("7×24小时", None),
    ("1:1", None),
    ("2/3", None),
    ("≥**%", None),
    ("≥<5", None),
    ("≥5%以下", None),
    ("10-5天", None),
    ("2021年2月30日", None),
]


@pytest.mark.parametrize(("printed", "name", "comparator", "value", "unit"), QUANTITIES)
def test_quantity_is_read(
    printed: str, name: str, comparator: str | None, value: str | None, unit: str | None
) -> None:
    reading = read_target(printed, name)
    assert (reading.comparator, reading.value, reading.unit) == (comparator, value, unit)
    assert (reading.date, reading.qualitative) == (None, False)


@pytest.mark.parametrize(("printed", "name", "date"), DATES)
def test_date_fills_date_only(printed: str, name: str, date: str) -> None:
    assert read_target(printed, name) == TargetReading(date=date)


@pytest.mark.parametrize(("printed", "name"), TIMES)
def test_period_or_open_date_fills_nothing_and_is_not_verbal(printed: str, name: str) -> None:
    assert read_target(printed, name) == TargetReading()
    assert isinstance(parse_target(printed), Period | Deadline)


@pytest.mark.parametrize("printed", WORDINGS)
def test_words_stay_words(printed: str) -> None:
    assert parse_target(printed) == Wording(printed)
    assert read_target(printed, "名称") == TargetReading(qualitative=True)
    assert read_target(printed, "提高效率(%)") == TargetReading(unit="%", qualitative=True)


@pytest.mark.parametrize("printed", NOTHING)
def test_blank_target_says_nothing(printed: str | None) -> None:
    assert read_target(printed, "覆盖率(%)") == TargetReading()


@pytest.mark.parametrize(("printed", "unit"), UNCERTAIN)
def test_uncertain_figures_give_no_value(printed: str, unit: str | None) -> None:
    assert read_target(printed, "名称") == TargetReading(unit=unit)


def test_date_with_operator_keeps_it() -> None:
    assert read_target("≤2021年12月31日", "完成时间") == TargetReading(comparator="<=", date="2021-12-31")


@pytest.mark.parametrize(
    ("printed", "target"),
    [
        ("5-10天", Range("5-10天", Decimal(5), Decimal(10), "天")),
        ("大于5小于等于10人", Range("大于5小于等于10人", Decimal(5), Decimal(10), "人", open_low=True)),
        ("约200人", Quantity("约200人", None, Decimal(200), "人", approximate=True)),
        ("1-12月", Period("1-12月", "--01", "--12")),
        ("2024年1-12月", Period("2024年1-12月", "2024-01", "2024-12")),
        ("2021年全年", Period("2021年全年", "2021", "2021")),
        ("12月31日前", Deadline("12月31日前", "--12-31")),
        ("年底前", Deadline("年底前", None)),
        ("2021年底前", Deadline("2021年底前", "2021")),
        (
            "10次、≥200人",
            Several(
                "10次、≥200人",
                (Quantity("10次", None, Decimal(10), "次"), Quantity("≥200人", ">=", Decimal(200), "人")),
            ),
        ),
    ],
)
def test_typed_target(printed: str, target: object) -> None:
    assert parse_target(printed) == target


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("5万人", "50000", "人"),
        ("0.15万元/月", "1500", "元/个月"),
        ("106㎡", "106", "平方米"),
        ("3千米", "3", "公里"),
        ("1.5亿元", "150000000", "元"),
        ("95%", "95", "%"),
        ("7", "7", None),
    ],
)
def test_quantity_has_a_normal_form(printed: str, value: str, unit: str | None) -> None:
    target = parse_target(printed)
    assert isinstance(target, Quantity)
    assert target.normal == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("份数(份）", "份"),
        ("份数（份)", "份"),
        ("合格率（％）", "%"),
        ("慰问困难残疾人标准(元/人)", "元/人"),
        ("数量（台（套））", "台（套）"),
        ("数量台（套）", "套"),
        ("乡（镇）覆盖率", None),
        ("率(%)：", "%"),
        ("时长[天]", "天"),
        ("份数( 份 )", "份"),
        ("()", None),
        ("份数份)", None),
        ("", None),
    ],
)
def test_unit_in_the_brackets_that_end_a_name(name: str, unit: str | None) -> None:
    assert bracket_unit(name) == unit


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("2,523.70", ("2523.70", None)),
        ("2，523.70", ("2523.70", None)),
        ("60.00万元", ("60.00", "万元")),
        ("60万", ("60", "万")),
        ("三十万元", ("30", "万元")),
        ("２，５２３．７０", ("2523.70", None)),
        ("968.191 8", ("968.1918", None)),
        ("￥60.00", ("60.00", None)),
        ("人民币60元", ("60", "元")),
        ("0.15万元/月", ("0.15", "万元/月")),
        ("0.00", ("0.00", None)),
        ("-5.00", ("-5.00", None)),
        ("12,34.5", None),
        ("1.170.32", None),
        ("", None),
        ("—", None),
        ("无", None),
        ("95%", None),
        ("2021年", None),
        ("5万人", None),
    ],
)
def test_amount_of_a_money_cell(printed: str, amount: tuple[str, str | None] | None) -> None:
    assert read_amount(printed) == amount


@pytest.mark.parametrize(
    ("amount", "unit", "yuan"),
    [
        ("60.00", "万元", "600000"),
        ("60", "万", "600000"),
        ("1.2", "亿元", "120000000"),
        ("5", "千元", "5000"),
        ("820", "元", "820"),
        ("0.15", "万元/月", "1500"),
        ("200", "元/人", "200"),
        ("5", "万人", None),
        ("95", "%", None),
    ],
)
def test_amount_in_yuan(amount: str, unit: str, yuan: str | None) -> None:
    assert to_yuan(amount, unit) == (None if yuan is None else Decimal(yuan))


COSTS = [
    ("差旅费10万元、会议费5万元", [("差旅费", "10", "万元"), ("会议费", "5", "万元")]),
    ("使用人数2000人，人均成本0.03万元/人", [("人均成本", "0.03", "万元/人")]),
    ("工作餐标准省部级200元/人", [("工作餐标准省部级", "200", "元/人")]),
    ("其中：办公费3万元，印刷费2.5万元", [("办公费", "3", "万元"), ("印刷费", "2.5", "万元")]),
    ("主要用于办公费3万元", [("办公费", "3", "万元")]),
    ("包括办公费3万元以及印刷费2万元", [("办公费", "3", "万元"), ("印刷费", "2", "万元")]),
    ("办公费、印刷费共5万元", [("办公费、印刷费", "5", "万元")]),
    (
        "1.办公费3万元；2、印刷费2,000元；（3）维修(护)费三十万元（含税）；④ 差旅费 1 万元",
        [
            ("办公费", "3", "万元"),
            ("印刷费", "2000", "元"),
            ("维修(护)费", "30", "万元"),
            ("差旅费", "1", "万元"),
        ],
    ),
    ("项目经费（办公费3万元，印刷费2万元）", [("办公费", "3", "万元"), ("印刷费", "2", "万元")]),
    ("办公费（3万元）、印刷费（2万元）", [("办公费", "3", "万元"), ("印刷费", "2", "万元")]),
    ("差旅费：10万元", [("差旅费", "10", "万元")]),
    ("会议费不超过３万元", [("会议费", "3", "万元")]),
    ("差旅费10万元和会议费5万元", [("差旅费", "10", "万元"), ("会议费", "5", "万元")]),
    ("和田慰问费2万元", [("和田慰问费", "2", "万元")]),
    ("审计费一万元", [("审计费", "1", "万元")]),
    ("设计5万元", [("设计", "5", "万元")]),
    ("该项目资金80万元，其中：财政资金60万元，其他资金20万元", []),
    ("项目总投资300万元，申请财政拨款100万元", []),
    ("2021年收入总计1182.32万元，比上年增加50万元", []),
    ("共计50万元", []),
    ("每人50元", []),
    ("培训300人，覆盖率95%", []),
    ("节约5万元", []),
    ("比上年增加（减少）5万元", []),
    ("预算中减少打印经费5万元", []),
    ("上年结余（不含基金）6万元", []),
    ("2、2020年印刷费5万元", [("2020年印刷费", "5", "万元")]),
    ("欢度1元旦", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "items"), COSTS)
def test_cost_components_in_running_text(text: str, items: list[tuple[str, str, str]]) -> None:
    found = find_cost_components(text)
    assert [(item.name, item.amount, item.unit) for item in found] == items
    for item in found:
        assert text[item.start : item.end].startswith(item.name[0])
        assert text[item.start : item.end].endswith(item.unit[-1])


@pytest.mark.parametrize(
    ("text", "prints"),
    [
        ("满意度不低于百分之九十五，≥95%", ["不低于百分之九十五", "≥95%"]),
        ("培训 300 人次、约5-10场", ["300 人次", "约5-10场"]),
        ("造林1.5万亩。接待2000余人", ["1.5万亩", "2000余人"]),
        ("两次会议，三十万元", ["两次", "三十万元"]),
        ("第3次会议，十九届全会，一家亲，一带一路，5G网络，第十三次", []),
        ("数据 100 200 A3纸", []),
    ],
)
def test_quantities_in_running_text(text: str, prints: list[str]) -> None:
    found = list(find_quantities(text))
    assert [text[start:end] for start, end, _ in found] == prints
    assert [value.printed for _, _, value in found] == prints


_SIGNS = "0123456789０９一二两三十百千万亿.,，%％≥≤=＝<>年月日-至到人次元/（）()天以上内不低于约、；: 有效"
_PRINTS = st.text(st.sampled_from(_SIGNS), max_size=24)


@settings(max_examples=400, deadline=None)
@given(st.one_of(_PRINTS, st.text(max_size=40)), st.one_of(st.none(), _PRINTS))
def test_any_text_is_read_without_failing(printed: str, name: str | None) -> None:
    assert parse_target(printed).printed == printed
    reading = read_target(printed, name)
    if reading.value is not None:
        assert Decimal(reading.value).is_finite()
        assert reading.date is None and not reading.qualitative
    amount = read_amount(printed)
    assert amount is None or Decimal(amount[0]).is_finite()
    for item in find_cost_components(printed):
        assert Decimal(item.amount).is_finite() and 0 <= item.start < item.end <= len(printed)
    for start, end, value in find_quantities(printed):
        assert printed[start:end] == value.printed


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["", "≥", "≤", "=", "不低于", "不超过"]),
    st.decimals(0, 10**7, places=2),
    st.sampled_from(["", "%", "人次", "万元", "元/人", "平方米"]),
)
def test_value_is_the_printed_number(operator: str, number: Decimal, unit: str) -> None:
    reading = read_target(f"{operator}{number}{unit}", "指标")
    assert (reading.value, reading.unit) == (str(number), unit or None)


@settings(max_examples=200, deadline=None)
@given(st.dates())
def test_every_day_of_the_calendar_is_read(day: object) -> None:
    year, month, number = str(day).split("-")
    if year[:2] in ("19", "20"):
        assert read_target(f"{year}年{int(month)}月{int(number)}日", "完成时间").date == str(day)


@pytest.mark.corpus
def test_every_target_of_the_gold_is_read_as_gold() -> None:
    if not GOLD.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("the gold records are required in CI")
        pytest.skip("the gold records are not there: ../shared/gold")
    fields = ("comparator", "value", "unit", "date", "qualitative")
    count = 0
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        for indicator in (row for sheet in gold["goal_sheets"] for row in sheet["indicators"]):
            reading = read_target(indicator["target"], indicator["name"])
            found = [getattr(reading, field) for field in fields]
            assert found == [indicator[field] for field in fields], indicator
            count += 1
        for narrative in gold["narratives"]:
            found_items = [
                {"name": item.name, "amount": item.amount, "unit": item.unit}
                for item in find_cost_components(narrative["allocation"] or "")
            ]
            assert found_items == narrative["allocation_items"]
    assert count > 400
