"""Damaged documents: nothing but a clear refusal is raised, and no value comes from nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.document import read_document
from extract.errors import UnreadableDocument
from extract.text import decode
from tests.metamorphic.compare import misplaced
from tests.metamorphic.documents import case, documents

QUIET = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# What documents are made of, and what breaks them.
LABELS = """一级指标 二级指标 三级指标 指标值 产出指标 数量指标 成本指标 满意度指标 项目名称 预算单位
    项目支出绩效目标表 (2024年) 年度资金总额： 其他资金 总体目标 年度目标 表七 科目编码 类 款 项 项目支出合计
    商品和服务支出 序号 申请预算金额 合计 项目名称： 资金分配情况："""
FIGURES = "≥ 95% 2021年12月 1-12月 三十万元 1,807.53 ０．５ 元/人 （ ） 无 — | [bookmark:x"
MARKS = ("\t", "\t", "\n", "\n\n", " ", "\u3000", "\r", "\f", "第 1 页", "\u200b", "\ufeff", "\ud7ff")
PIECES = st.sampled_from([*LABELS.split(), *FIGURES.split(), *MARKS])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=120).map("".join)


def wrong(raw: bytes) -> list[str]:
    """Values of a readable file that are not printed where their record says."""
    path = Path("damaged.txt")
    try:
        document = read_document(path, raw=raw)
    except UnreadableDocument as refusal:
        assert refusal.remedy
        return []
    return misplaced(document, decode(raw, path.name)[0])


@QUIET
@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    assert wrong(text.encode("utf-8", "replace")) == []


@QUIET
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert wrong(raw) == []


@pytest.mark.parametrize("path", documents())
def test_documents_with_lines_lost_moved_and_doubled(path: Path) -> None:
    lines = case(path).text.split("\n")

    @QUIET
    @given(st.data())
    def read_damaged(data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(lines) - 1), "from")
        window = lines[start : start + data.draw(st.integers(1, 160), "lines")]
        lost = data.draw(st.sets(st.integers(0, len(window)), max_size=12), "lost")
        kept = [text for index, text in enumerate(window) if index not in lost]
        shuffled = data.draw(st.permutations(kept[:8]), "moved") + kept[8:]
        doubled = data.draw(st.integers(0, 8), "doubled")
        damaged = [*lines[:start][-20:], *shuffled, *shuffled[:doubled]]
        assert wrong("\n".join(damaged).encode()) == []

    read_damaged()


@pytest.mark.parametrize("path", documents())
def test_documents_with_pieces_written_into_them(path: Path) -> None:
    text = case(path).text

    @QUIET
    @given(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, 40), TEXTS), min_size=1, max_size=6))
    def read_damaged(changes: list[tuple[int, int, str]]) -> None:
        damaged = text
        for position, length, piece in changes:
            damaged = damaged[:position] + piece + damaged[position + length :]
        assert wrong(damaged.encode("utf-8", "replace")) == []

    read_damaged()


@pytest.mark.parametrize("path", documents())
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_documents_cut_off_in_the_middle_of_their_bytes(path: Path, encoding: str) -> None:
    raw = case(path).text.encode(encoding)
    for part in range(1, 12):
        assert wrong(raw[: len(raw) * part // 12 + part % 3]) == []
