"""What a document says of itself."""

from __future__ import annotations

import pytest

from extract.records import Document
from tests.extract.sheets import read


def header(document: Document) -> tuple[str | None, str | None, int | None, str | None, str | None]:
    return (
        document.title,
        document.publisher,
        document.fiscal_year,
        document.published,
        document.kind,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "某县教育局\n2023 年单位预算公开\n\n目 录\n\n第一部分 概况\n\n表1\n\n编制单位：某县教育局\n\n名词解释\n\n某县教育局\n\n2023年02月03日\n",
            ("某县教育局2023年单位预算公开", "某县教育局", 2023, "2023-02-03", "单位预算公开"),
        ),
        (
            "第一部分 某局概况\n\n第二部分  2020年部门预算公开表\n编制部门（单位）：某州某局      单位：万元\n",
            (None, "某州某局", 2020, None, "部门预算公开"),
        ),
        ("2020年某州重点项目绩效目标\n\n单位：万元\n", ("2020年某州重点项目绩效目标", None, 2020, None, "重点项目绩效目标")),
        (
            "2022年度某市水利局部门预算公开说明\n发布日期：2022-03-01\n正文\n",
            ("2022年度某市水利局部门预算公开说明", "某市水利局", 2022, "2022-03-01", "部门预算公开"),
        ),
        (
            "某市某区2025年区级部门预算\n正文\n实施周期\n2025年1月1日至2025年12月31日\n",
            ("某市某区2025年区级部门预算", None, 2025, None, "部门预算公开"),
        ),
        ("正文，没有标题。\n", (None, None, None, None, None)),
    ],
)  # fmt: skip
def test_the_document_header(text: str, expected: tuple[str | None, ...]) -> None:
    assert header(read(text)) == expected
