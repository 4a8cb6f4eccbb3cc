"""Lines that say of themselves what they are: captions, section numbers, marks of a page."""

from __future__ import annotations

import re

# A line that opens another table or section, or names the unit of one: no cell goes on in it.
OPENING = re.compile(
    r"附?表[一二三四五六七八九十\d]|附件|(?:金额)?单位[:：]|注[:：]|名词解释$|[（(]?[一二三四五六七八九十]+[)）、]"
    r"|.{0,40}(?:目标|申报|批复|审批|自评|预算|决算|收支|支出|收入|明细|汇总|情况|一览)表$"
    r"|[“\"]?(?:三公|政府采购|政府性基金|国有资[本产]|机关运行).{0,16}(?:情况|说明|预算)$"
    r"|[（(]\s*20\d\d\s*年度?\s*[)）]$"
)
# What says that a table goes on, wherever it stands.
CONTINUED = re.compile(r"[(（]?(?:续上?表|接上(?:页|表)|上接|转下页|下转)[)）]?[\d\s]*$")
PAGE_NUMBER = re.compile(
    r"(?:[-—–]+\s*\d{1,4}\s*[-—–]+|第\s*\d{1,4}\s*页(?:[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,3}\s*/\s*\d{1,3})$"
)
# What a page break leaves between the rows of a table, and only there.
FURNITURE = re.compile(
    r"\d{1,3}$|[(（]?续[)）]?$"
    r"|.{0,30}20\d\d\s*年度?.{0,16}(?:预算|决算)(?:信息)?(?:公开)?(?:情况)?(?:说明|报告)?$"
)
