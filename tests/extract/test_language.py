"""What the language pipeline marks in running text, and that every span is what the source prints."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extract import language
from extract.dates import Deadline, Period
from extract.language import COMPONENTS, annotate, load_pipeline
from extract.spans import KINDS, Activity, BodyName, ProjectName
from extract.values import CostComponent, Quantity

# text, kind, the prints that are marked
MARKED = [
    ("会议费３万元 、差旅费10 万元", "money", ["３万元", "10 万元"]),
    ("住宿标准≤820元，专网租赁0.15万元/月，三十万元", "money", ["≤820元", "0.15万元/月", "三十万元"]),
    ("培训300人，满意度95%，欢度1元旦，A3纸", "money", []),
    ("满意度≥95%，不低于50%，覆盖率百分之百", "quantity", ["≥95%", "不低于50%", "百分之百"]),
    ("造林1.5万亩，发放 5000 份，约5-10场", "quantity", ["1.5万亩", "5000 份", "约5-10场"]),
    ("2021年第3次会议，5G网络，十九届全会，一家亲，20元", "quantity", []),
    ("2021年12月31日前完成，2023-12-31，2020.1.1，年底前", "date",
     ["2021年12月31日前", "2023-12-31", "2020.1.1", "年底前"]),
    ("2021 年 12 月 31 日", "date", ["2021 年 12 月 31 日"]),
    ("共12.5公里，比例1-3，满意度95%", "date", []),
    ("2021年全年，1-12月，2024年1月-2024年12月，上半年，2020-2022年", "period",
     ["2021年全年", "1-12月", "2024年1月-2024年12月", "上半年", "2020-2022年"]),
    ("2021年开展，本年度完成", "period", ["2021年", "本年度"]),
    ("5年内，三年行动，编号2021", "period", []),
    ("差旅费10万元、会议费5万元", "cost_component", ["差旅费10万元", "会议费5万元"]),
    ("该项目资金50万元，其中：财政资金50万元", "cost_component", []),
    ("开展普法宣讲15场次，举办培训班2期；慰问困难群众300人", "activity",
     ["开展普法宣讲15场次", "举办培训班2期", "慰问困难群众300人"]),
    ("举办2期培训班，印制宣传册不少于5000份", "activity", ["举办2期培训班", "印制宣传册不少于5000份"]),
    ("满意度95%，培训费3万元，维护时间24小时，单位15个", "activity", []),
    ("根据克州人民政府办公室安排，由克州生态环境局和克州林业和草原局实施", "unit",
     ["克州人民政府办公室", "克州生态环境局", "克州林业和草原局"]),
    ("中共青山县委员会组织部负责，青山县财政局、青山县职业技术学校配合", "unit",
     ["中共青山县委员会组织部", "青山县财政局", "青山县职业技术学校"]),
    ("2021 年青山市文化馆，青山县政府办公室政府采购", "unit", ["青山市文化馆", "青山县政府办公室"]),
    ("围绕大局做好布局，各县财政局和相关办公室，候车站，和谐社会，中心工作，政府采购", "unit", []),
    ("实施“环境监测能力建设项目”，民族团结一家亲活动经费由克州文联承担", "project",
     ["环境监测能力建设项目", "民族团结一家亲活动经费"]),
    ("项目名称：机场设施租用费；“专网”经费", "project", ["机场设施租用费", "“专网”经费"]),
    ("该项目，本项目，各项目，差旅费，会议费3万元，工作经费", "project", []),
]  # fmt: skip


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return load_pipeline()


def _check(doc: Doc, text: str) -> None:
    assert doc.text == text
    for kind, group in doc.spans.items():
        marks = [mark for mark in annotate(text) if mark.kind == kind]
        assert [(span.start_char, span.end_char) for span in group] == [(m.start, m.end) for m in marks]
        for span, mark in zip(group, marks, strict=True):
            assert span.text == text[mark.start : mark.end] == mark.text
            assert span.label_ == kind.upper()
            assert span._.value == mark.value


@pytest.mark.parametrize(("text", "kind", "prints"), MARKED)
def test_spans_of_a_kind(pipeline: Language, text: str, kind: str, prints: list[str]) -> None:
    assert [mark.text for mark in annotate(text) if mark.kind == kind] == prints
    doc = pipeline(text)
    assert [span.text for span in doc.spans[kind]] == prints
    _check(doc, text)


def test_every_kind_has_a_positive_and_a_negative_case() -> None:
    assert {kind for _, kind, prints in MARKED if prints} == set(KINDS)
    assert {kind for _, kind, prints in MARKED if not prints} == set(KINDS)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("满意度≥95%", "quantity", Quantity("≥95%", ">=", Decimal(95), "%")),
        ("三十万元", "money", Quantity("三十万元", None, Decimal(30), "万元")),
        ("2021年12月", "date", Deadline("2021年12月", "2021-12")),
        ("1-12月", "period", Period("1-12月", "--01", "--12")),
        ("差旅费10万元", "cost_component", CostComponent("差旅费", "10", "万元", 0, 7)),
        ("举办培训班2期", "activity", Activity("举办", "培训班", Decimal(2), "期", "举办培训班2期")),
        ("举办2期培训班", "activity", Activity("举办", "培训班", Decimal(2), "期", "举办2期培训班")),
        ("青山县财政局", "unit", BodyName("青山县财政局", "财政局")),
        ("“农村道路项目”", "project", ProjectName("农村道路项目", "项目", True)),
    ],
)
def test_span_carries_its_parsed_value(pipeline: Language, text: str, kind: str, value: object) -> None:
    doc = pipeline(text)
    assert [span._.value for span in doc.spans[kind]] == [value]


@pytest.mark.parametrize("settings_of_tokenizer", [{}, {"segmenter": "jieba"}])
@pytest.mark.parametrize("name", COMPONENTS)
def test_components_work_alone_on_any_chinese_tokenizer(
    name: str, settings_of_tokenizer: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    jieba = pytest.importorskip("jieba")
    monkeypatch.setattr(jieba.dt, "tmp_dir", str(tmp_path))
    config = {"nlp": {"tokenizer": {"@tokenizers": "spacy.zh.ChineseTokenizer", **settings_of_tokenizer}}}
    nlp = spacy.blank("zh", config=config if settings_of_tokenizer else {})
    nlp.add_pipe(name)
    for text, kind, prints in MARKED:
        doc = nlp(text)
        assert set(doc.spans) == set(COMPONENTS[name])
        if kind in COMPONENTS[name]:
            assert [span.text for span in doc.spans[kind]] == prints
        _check(doc, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\t\u3000",
        "😀≥95%😀",
        "a\u200b3万元",
        "\ufeff培训3人",
        "é́1%",
        "\x00５人\r\n",
        "（（（3元）",
    ],
)
def test_odd_characters_survive(pipeline: Language, text: str) -> None:
    _check(pipeline(text), text)


def test_a_long_text_is_marked_to_its_end(pipeline: Language) -> None:
    sentence = "2021年克州财政局举办培训班2期，会议费３万元、差旅费10 万元，满意度≥95%。\n"
    text = sentence * (100_000 // len(sentence))
    doc = pipeline(text)
    assert len(doc.spans["cost_component"]) == 2 * text.count("\n")
    assert doc.spans["quantity"][-1].text == "≥95%"
    assert doc.spans["quantity"][-1]._.value == Quantity("≥95%", ">=", Decimal(95), "%")


_PIECES = (
    "开展 培训 会议费 10 万元 ３ 人次 ≥ 95% 克州 财政局 项目 经费 “ ” （ ） 、 ， 2021年 12月 - 和 共 其中"
)
_WORDS = st.sampled_from([*_PIECES.split(), " ", "\n"])


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(_WORDS, max_size=14).map("".join), st.text(max_size=40)))
def test_any_text_is_marked_exactly(text: str) -> None:
    marks = annotate(text)
    assert all(text[mark.start : mark.end] == mark.text != "" for mark in marks)
    assert marks == sorted(marks, key=lambda mark: (mark.start, -mark.end, KINDS.index(mark.kind)))


def test_documents_and_pipeline_can_be_saved(pipeline: Language, tmp_path: Path) -> None:
    text = "会议费3万元，满意度≥95%"
    doc = pipeline(text)
    again = Doc(pipeline.vocab).from_bytes(doc.to_bytes())
    _check(again, text)
    pipeline.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    loaded_doc = loaded(text)
    _check(loaded_doc, text)
    loaded.from_bytes(pipeline.to_bytes())
    _check(loaded(text), text)


def test_other_spans_have_no_value(pipeline: Language) -> None:
    assert pipeline("会议费3万元")[0:1]._.value is None
    assert spacy.blank("zh")("会议费3万元")[0:1]._.value is None


def test_lexicon_words_are_single_tokens(pipeline: Language) -> None:
    tokens = [token.text for token in pipeline("公务用车运行维护费和困难群众")]
    assert tokens == ["公务用车运行维护费", "和", "困难群众"]


def test_a_fresh_process_is_quiet_and_writes_to_its_own_cache(tmp_path: Path) -> None:
    program = (
        "import spacy, extract.language as language\n"
        "nlp = spacy.blank('zh'); nlp.add_pipe('jixiao_costs')\n"
        "doc = nlp('差旅费10万元'); print(doc.spans['cost_component'][0].text)\n"
        "print(len(language.load_pipeline()('会议费3万元').spans['money']))\n"
    )
    shared = tmp_path / "shared"
    shared.mkdir()
    environment = {
        **os.environ,
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "TMPDIR": str(shared),
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.split() == ["差旅费10万元", "1"]
    assert done.stderr == ""
    assert [path.name for path in (tmp_path / "cache" / "jixiao").iterdir()] == ["jieba.cache"]
    assert (tmp_path / "cache" / "jixiao").stat().st_mode & 0o077 == 0
    assert list(shared.iterdir()) == []


def test_a_cache_that_others_can_write_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert language.cache_directory() == tmp_path / "jixiao"
    (tmp_path / "jixiao").chmod(0o777)
    assert language.cache_directory() is None
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    (tmp_path / "file").write_text("")
    assert language.cache_directory() is None


def test_the_dictionary_is_built_in_memory_without_a_private_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "cache_directory", lambda: None)
    tokenizer = language.segmenter.__wrapped__()
    assert tokenizer.initialized and "困难群众" in list(tokenizer.cut("慰问困难群众"))
