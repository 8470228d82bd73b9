"""Titles of tables: which of the nine a printed title names, and where titles stand on a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.labels import cell_label, plain
from gongkai_workbooks.layouts import EXTRA, Layout

LONGEST_TITLE = 100
"""Characters; a longer text is no title."""
MOST_TITLES = 400
"""Titles on one sheet; no workbook has as many."""
_CELLS_BEFORE_TITLE = 2
"""A row with as many other cells first is a line of a table, and not searched further."""

YEAR = r"(?:20\d\d|二[〇零○oO0]?[〇零○oO0一二三四五六七八九]{2,3})年度?"
_CODE = re.compile(
    r"\(?(?:财决)?公开第?0?\d{1,2}号?表\)?|\(?(?:附件?)?表[\d一二三四五六七八九十]+(?:-\d+)?\)?|续表|附表"
)
_AFTER = re.compile(
    rf"(?<=[表)])(?:\(?(?:财决)?公开0?\d{{1,2}}表\)?|\(?(?:金额)?单位:?(?:人民币)?[百千万亿]?元\)?|{YEAR})+$"
)
_LEAD = re.compile(
    rf"\((?:附?表[\d一二三四五六七八九十]+|(?:财决)?公开\d+表)\)"
    rf"|(?:附件|附表|附|表|(?:财决)?公开|GK)[\d一二三四五六七八九十]+(?:-\d+)?(?:表)?[:、.,\-_]*"
    rf"|附件[:]?|[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)[、.]?|第[一二三四五六七八九十\d]+部分|第[一二三四五六七八九十\d]+张?表[:、]?"
    rf"|\d{{1,2}}[、.:\-_]+|{YEAR}|\d{{1,2}}(?=[^\d年月日]|$)"
    rf"|年度|本部门|本单位|本级|部门|单位|决算公开|公开|汇总|县级|区级|市级|省级|州级|决算|[:\-_—·.、]"
)
_TRAIL = re.compile(rf"(?:{YEAR}|年度|部门|单位|本级|\(本级\)|\(汇总\)|\(部门\)|汇总|公开|决算|度|[:\-_—·、的])$")
_HARMLESS_BRACKET = re.compile(
    rf"(?:财决)?公开?0?\d{{0,2}}表?|附?表[\d一二三四五六七八九十]+|续表?[\d一二三四五六七八九十]*|{YEAR}|金额?单位:?.{{1,4}}|万元|元|部门|汇总|本级|总表|合并|部门汇总|决算|按?功能(?:分类)?科目|按?经济(?:分类)?科目|按?科目|\d{{1,2}}"
)
_PART = re.compile(
    rf"(?P<before>.*?){YEAR}(?P<after>.*?)(?:部门|单位|本级)*决算(?:公开|信息|情况)*(?:报?表格?|报告|草案)?"
)
_NO_TITLE_START = ("注", "说明", "备注", "附注", "本表", "详见", "见", "此表", "该表", "参见", "具体")
_SENTENCE = re.compile(r"[。;,:!?]|\.{3}|…")


class Title(NamedTuple):
    """What a printed title says.

    ``number`` is the table, or ``EXTRA`` for a further one; ``department`` the name before it; ``doubt`` is
    text before the title that is no known wording: the title counts only if it names the department; ``continued`` is set
    by 续表; of two titles for one table the one with the lower ``rank`` is the better one.
    """

    number: str
    department: str = ""
    doubt: str = ""
    continued: bool = False
    rank: int = 0


class TitleCell(NamedTuple):
    """A title on a sheet: indices of its row and column in ``Grid.rows``, its text, and what it says."""

    row: int
    column: int
    text: str
    title: Title


@lru_cache(maxsize=8192)
def read_title(text: str, layout: Layout) -> Title | None:
    """What the text of a cell says as a title; None when it is none.

    The longest known title at the end of the text decides, so that 一般公共预算财政拨款支出决算表 is never taken for 支出决算表. What stands
    before it must be numbering, a year, or the name of a department; else it is the title of a further table.
    """
    label = plain(text)
    if not 3 < len(label) <= LONGEST_TITLE or "表" not in label:
        return None
    label = _AFTER.sub("", label)
    continued = False
    while True:
        found = _longest_known(label, layout)
        if found is not None:
            break
        core, bracket = _split_bracket(label)
        if not bracket:
            if label.endswith("续"):
                label, continued = label[:-1], True
                continue
            return None if read_part_heading(label, layout) is not None else _further(label)
        if _HARMLESS_BRACKET.fullmatch(bracket) is None and not bracket.endswith(tuple(layout.words["organisation"])):
            return _further(core)
        continued = continued or bracket.startswith("续")
        label = core
    number, lead, rank = found
    if number == EXTRA:
        return Title(EXTRA)
    rest = _without_wording(lead)
    if rest and rest[-1] not in layout.words["organisation"] and not rest.endswith(tuple(layout.words["organisation"])):
        return Title(number, doubt=rest, continued=continued, rank=rank)
    return Title(number, department=rest if len(rest) > 2 else "", continued=continued, rank=rank)


def read_part_heading(label: str, layout: Layout) -> str | None:
    """What a plain text such as 某某局2024年度部门决算表, over all the tables, names: a department or ""; None for any other text."""
    match = _PART.fullmatch(label) if "决算" in label else None
    if match is None:
        return None
    after = match["after"]
    if after and not (len(after) > 2 and after.endswith(tuple(layout.words["organisation"]))):
        return None
    return after or _without_wording(match["before"])


def find_titles(rows: Sequence[Sequence[CellValue]], layout: Layout) -> list[TitleCell]:
    """The titles on a sheet in reading order, further tables and entries of a table of contents included; at most ``MOST_TITLES``."""
    found: list[TitleCell] = []
    for i, row in enumerate(rows):
        filled = 0
        for value in row:
            if value:
                if value.__class__ is str and "表" in value:
                    break
                filled += 1
                if filled == _CELLS_BEFORE_TITLE:
                    break
        else:
            continue
        if filled == _CELLS_BEFORE_TITLE:
            continue
        filled = 0
        for j, value in enumerate(row):
            if not value:
                continue
            if value.__class__ is str and "表" in value:
                title = read_title(value, layout) if len(value) < 2 * LONGEST_TITLE else None
                if title is not None and i > 0:
                    title = _with_line_above(rows[i - 1], value, title, layout)
                if found and found[-1].row == i and found[-1].text == value:
                    continue  # a merged cell that was filled in
                if title is not None and (title.number != EXTRA or _stands_alone(row, j)):
                    found.append(TitleCell(i, j, value, title))
                    if len(found) == MOST_TITLES:
                        return found
                    continue
            filled += 1
            if filled == _CELLS_BEFORE_TITLE:
                break
    return found


def _with_line_above(above: Sequence[CellValue], text: str, title: Title, layout: Layout) -> Title:
    """The title that a text makes with the line above, when it was broken in two: 一般公共预算财政拨款 over 支出决算表."""
    words = [value for value in above if value != ""]
    if len(words) != 1 or not isinstance(words[0], str) or "表" in words[0] or len(words[0]) > LONGEST_TITLE:
        return title
    whole = read_title(plain(words[0]) + plain(text), layout)
    if whole is None or whole.number in (EXTRA, title.number) or whole.doubt:
        return title
    return whole


def _longest_known(label: str, layout: Layout) -> tuple[str, str, int] | None:
    """Table number, what stands before the title, and the rank of the longest title at the end of a label."""
    titles = layout.titles
    for start in range(len(label) - 3):
        number = titles.get(label[start:])
        if number is not None:
            return number, label[:start], layout.ranks[label[start:]]
    return None


def _split_bracket(label: str) -> tuple[str, str]:
    if not label.endswith(")"):
        return label, ""
    start = label.rfind("(")
    return (label[:start], label[start + 1 : -1]) if start > 0 else (label, "")


def _without_wording(lead: str) -> str:
    """The rest of what stands before a title: without numbering, year and 部门."""
    while lead:
        match = _LEAD.match(lead)
        if match is None or not match.end():
            break
        lead = lead[match.end() :]
    while lead:
        match = _TRAIL.search(lead)
        if match is None:
            break
        lead = lead[: match.start()]
    return lead


def _further(label: str) -> Title | None:
    if not label.endswith("表") or len(label) < 4 or _CODE.fullmatch(label) or label.startswith(_NO_TITLE_START):
        return None
    return None if _SENTENCE.search(label) else Title(EXTRA)


def _stands_alone(row: Sequence[CellValue], column: int) -> bool:
    """Whether nothing but a table number or a unit stands beside the cell."""
    for j, value in enumerate(row):
        if value == "" or j == column:
            continue
        label = cell_label(value)
        if j < column or not label or not (_CODE.fullmatch(label) or "单位" in label or "部门" in label):
            return False
    return True
