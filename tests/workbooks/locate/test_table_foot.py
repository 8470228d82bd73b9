"""What stands under a table is none of its lines: signatures, dates, telephone and page numbers, notes."""

from __future__ import annotations

import pytest

from gongkai_workbooks.disclosure import TableStatus
from gongkai_workbooks.grid import Grid

from .published import shanghai, wuhan
from .table_text import grid, read, rows

SIGNATURES = """

单位负责人：|张某|||
填表人：|李某|审核：|2|
联系电话：|02712345678|13800000000|13800000000|5
填报日期：|20250820|45889|45889|45889"""


def signed(one: Grid, foot: str = SIGNATURES) -> Grid:
    return Grid(one.sheet, [*one.rows, *rows(foot)], one.top, one.left)


@pytest.mark.parametrize("published", [wuhan, shanghai])
def test_signatures_change_nothing_of_the_published_tables(published) -> None:  # type: ignore[no-untyped-def]
    before, after = read(*published()), read(*(signed(one) for one in published()))
    for number, table in before.tables.items():
        other = after.tables[number]
        assert (other.status, other.items, other.amounts, other.faults) == (
            table.status,
            table.items,
            table.amounts,
            table.faults,
        )
        assert (other.unknown_lines, other.unknown_columns, other.notes) == (
            table.unknown_lines,
            table.unknown_columns,
            table.notes,
        )


TWO_SIDED = """
收入支出决算总表
项目|决算数|项目|决算数
一、一般公共预算财政拨款收入|1|一、一般公共服务支出|1
九、捐赠收入|2||
本年收入合计|3|本年支出合计|3
"""


@pytest.mark.parametrize(
    "foot",
    [
        "总计|3|总计|3\n联系电话：|02712345678||\n|7||",
        "总计|3|总计|3\n复印份数|8|复印份数|9",
        "总计|3|总计|3\n||第几页|4\n5|||6",
        "单位负责人：张某|1|填表人：李某|2\n联系电话|3||",
        "注：本表反映部门本年度的总收支。|||\n复印份数|8||",
        "|02712345678|（电话）|",
    ],
)
def test_under_the_last_total_a_note_or_a_signature_nothing_is_a_line(foot: str) -> None:
    table = read(TWO_SIDED + foot).tables["01"]
    assert [item.key for item in table.unknown_lines] == ["九、捐赠收入"]
    assert {key for key, _ in table.amounts} - {"收入总计", "支出总计"} == {
        "一般公共预算财政拨款收入",
        "九、捐赠收入",
        "本年收入合计",
        "201",
        "本年支出合计",
    }


def test_expenditure_under_the_total_of_income_still_counts() -> None:
    text = """
收入支出决算总表
项目|决算数
一、一般公共预算财政拨款收入|1
本年收入合计|1
收入总计|1
支出|
一、一般公共服务支出|1
二十七、外星人事务支出|2
本年支出合计|3
支出总计|3
联系电话|5
"""
    table = read(text).tables["01"]
    assert [(item.key, item.role) for item in table.unknown_lines] == [("二十七、外星人事务支出", "class")]


HEADING_03 = "支出决算表\n科目编码|科目名称|本年支出合计|基本支出|项目支出\n"
LINES_03 = "'208|社会保障和就业支出|10|6|4\n"
TOTAL_03 = "合计||10|6|4\n"


@pytest.mark.parametrize(
    ("lines", "keys"),
    [
        (TOTAL_03 + LINES_03 + "|联系电话|02712345678||", ["合计", "208"]),
        (TOTAL_03 + LINES_03 + "填表人：李某||1|2|3\n||1||", ["合计", "208"]),
        (TOTAL_03 + LINES_03 + "注：单位为万元。||||\n||1|2|", ["合计", "208"]),
        (LINES_03 + TOTAL_03 + "||1|2|3", ["208", "合计"]),
        (TOTAL_03 + LINES_03 + "||||\n||3||", ["合计", "208"]),
        # Lines that have lost their code, and what goes on under a note.
        (TOTAL_03 + LINES_03 + "||3|2|1", ["合计", "208", "?row5"]),
        (TOTAL_03 + LINES_03 + "||||\n||3|3|", ["合计", "208", "?row6"]),
        (TOTAL_03 + "||3|2|1\n" + LINES_03, ["合计", "?row4", "208"]),
        (LINES_03 + TOTAL_03 + "注：第一页。\n'210|卫生健康支出|1|1|\n|无码|2|2|", ["208", "合计", "210", "?row7"]),
    ],
)
def test_end_of_a_table_by_codes(lines: str, keys: list[str]) -> None:
    assert list(read(HEADING_03 + lines).tables["03"].items) == keys


TITLE_06 = "一般公共预算财政拨款基本支出决算明细表\n科目编码|科目名称|决算数|科目编码|科目名称|决算数\n"
LINES_06 = "'301|工资福利支出|20|'302|商品和服务支出|3\n'30101|基本工资|20|'30201|办公费|3\n"
TOTALS_06 = "人员经费合计||20|公用经费合计||3\n"


@pytest.mark.parametrize(
    ("foot", "lost"),
    [
        (TOTALS_06 + "|联系电话|02712345678|||\n||1|||2", []),
        ("填表人|李某|1|审核|王某|2\n||3|||4", []),
        ("注：本表反映基本支出。|||||\n||3|||4", []),
        ("||||||\n||3|||", []),
        ("||3|||4\n" + TOTALS_06, ["?row5", "?row5#2"]),
    ],
)
def test_end_of_06(foot: str, lost: list[str]) -> None:
    items = read(TITLE_06 + LINES_06 + foot).tables["06"].items
    assert [key for key in items if key.startswith("?")] == lost


ACROSS_09 = """
财政拨款“三公”经费支出决算表
预算数|||决算数||
合计|因公出国（境）费|公务接待费|合计|因公出国（境）费|公务接待费
"""


@pytest.mark.parametrize(
    "foot",
    [
        "联系电话|02712345678||||",
        "||||||\n单位负责人|张某|填表人|李某|联系电话|02712345678",
        "注：无三公经费。|5||||",
    ],
)
def test_signatures_under_an_empty_09(foot: str) -> None:
    table = read(ACROSS_09 + foot).tables["09"]
    assert (table.status, dict(table.amounts), table.faults) == (TableStatus.EMPTY, {}, {})


def test_signatures_under_an_upright_09() -> None:
    text = """
财政拨款“三公”经费支出决算表
项目|预算数|决算数
合计|2|1
公务接待费|2|1
联系电话|02712345678|
会议费|1|1
"""
    assert list(read(text).tables["09"].items) == ["合计", "公务接待费"]


def test_names_that_begin_like_a_signature_are_lines() -> None:
    text = HEADING_03 + TOTAL_03 + "|审核评估支出|1|1|\n|电话亭维护|2|2|\n"
    assert list(read(grid(text)).tables["03"].items) == ["合计", "?row4", "?row5"]
