"""Tables and disclosures written down in a test, with the figures as they are printed.

``clean()`` is a small department whose nine tables agree (figures of a published set, 2024, in 万元). A test replaces the
one thing it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gongkai_workbooks.amounts import WAN_YUAN, Amount, AmountUnit
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import (
    FAULT_ERROR,
    FAULT_NEVER_CALCULATED,
    FAULT_TEXT,
    AmountFault,
    Disclosure,
    Item,
    Table,
    TableStatus,
)

Role = Literal["total", "income", "class", "code", "line"]

TITLES = {
    "01": "收入支出决算总表",
    "02": "收入决算表",
    "03": "支出决算表",
    "04": "财政拨款收入支出决算总表",
    "05": "一般公共预算财政拨款支出决算表",
    "06": "一般公共预算财政拨款基本支出决算明细表",
    "07": "政府性基金预算财政拨款收入支出决算表",
    "08": "国有资本经营预算财政拨款支出决算表",
    "09": "财政拨款“三公”经费支出决算表",
}
COLUMNS = {
    "01": ("决算数",),
    "02": ("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"),
    "03": ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
    "04": ("决算数", "小计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"),
    "05": ("小计", "基本支出", "项目支出"),
    "06": ("决算数",),
    "07": ("年初结转和结余", "本年收入", "小计", "基本支出", "项目支出", "年末结转和结余"),
    "08": ("小计", "基本支出", "项目支出"),
    "09": ("预算数", "决算数"),
}
FIRST_ROW, FIRST_COLUMN = 7, 5
"""Where the builder puts the first line and the first amount column; labels stand in column A."""


@dataclass(frozen=True)
class Text:
    """A number stored as text."""

    raw: str
    figure: str
    exact: bool = False


@dataclass(frozen=True)
class Fault:
    """An amount cell that cannot be read."""

    kind: str
    found: str


def not_a_number(found: str) -> Fault:
    return Fault(FAULT_TEXT, found)


def error_value(found: str = "#REF!") -> Fault:
    return Fault(FAULT_ERROR, found)


def never_calculated(found: str = "=SUM(E8:E9)") -> Fault:
    return Fault(FAULT_NEVER_CALCULATED, found)


Cell = str | Text | Fault
"""An amount as printed ("" is blank), or what stands in its place."""


@dataclass(frozen=True)
class Line:
    """One line: key, label, amounts by column (missing ones are blank)."""

    key: str
    amounts: Mapping[str, Cell]
    name: str = ""
    role: Role = "line"
    code: str = ""
    hidden: bool = False


def code_line(
    code: str, name: str, columns: Sequence[str], *amounts: Cell, key: str = "", hidden: bool = False
) -> Line:
    return Line(key or code, dict(zip(columns, amounts, strict=False)), name, "code", code, hidden)


def table(
    number: str,
    lines: Iterable[Line],
    *,
    columns: Sequence[str] | None = None,
    unit: AmountUnit | None = WAN_YUAN,
    status: TableStatus | None = None,
    notes: Sequence[str] = (),
) -> Table:
    """A table on the sheet 公开NN, its lines from row 7, its amount columns from E; notes follow below the lines."""
    sheet = f"公开{number}"
    used = tuple(COLUMNS[number] if columns is None else columns)
    places = {column: FIRST_COLUMN + index for index, column in enumerate(used)}
    made = Table(
        number,
        TITLES[number],
        TableStatus.CHECKED,
        sheet=sheet,
        printed_title=f"2024年度{TITLES[number]}",
        title_cell=CellRef(sheet, 1, 1),
        amount_unit=unit,
        unit_cell=CellRef(sheet, 3, 9) if unit else None,
        department="某市某区医疗保障局",
        department_cell=CellRef(sheet, 3, 1),
        year=2024,
        year_cell=CellRef(sheet, 1, 1),
        table_code=number,
        table_code_cell=CellRef(sheet, 2, 9),
        columns=used,
    )
    row = FIRST_ROW
    for row, line in enumerate(lines, FIRST_ROW):
        name = line.name or ("" if line.role == "code" else line.key)
        made.items[line.key] = Item(line.key, name, row, places, line.role, line.code, 1, line.hidden)
        for column, cell in line.amounts.items():
            _put(made, line.key, column, cell, CellRef(sheet, row, places[column]), unit or WAN_YUAN)
    made.notes = tuple((note, CellRef(sheet, row + 1 + index, 1)) for index, note in enumerate(notes))
    made.status = status or (TableStatus.CHECKED if made.amounts or made.faults else TableStatus.EMPTY)
    return made


def _put(made: Table, key: str, column: str, cell: Cell, place: CellRef, unit: AmountUnit) -> None:
    if isinstance(cell, Fault):
        made.faults[key, column] = AmountFault(key, column, place, cell.kind, cell.found)
    elif isinstance(cell, Text):
        fen, width = fen_of(cell.figure, unit)
        made.amounts[key, column] = Amount(fen, width, place, text=True, raw=cell.raw)
    elif cell:
        made.amounts[key, column] = Amount(*fen_of(cell, unit), place)


def fen_of(figure: str, unit: AmountUnit = WAN_YUAN) -> tuple[int, int]:
    """分 and half-width of a figure: two decimals are rounded (万元), more are the amount itself."""
    number = Decimal(figure)
    exact = number * 100 != int(number * 100)
    return int(number * unit.fen), 0 if exact else unit.half_width


FUNCTIONAL_ROWS = (
    ("208", "社会保障和就业支出", "14.72", "14.72", ""),
    ("20805", "行政事业单位养老支出", "14.72", "14.72", ""),
    ("2080505", "机关事业单位基本养老保险缴费支出", "14.72", "14.72", ""),
    ("210", "卫生健康支出", "624.54", "172.39", "452.15"),
    ("21015", "医疗保障管理事务", "624.54", "172.39", "452.15"),
    ("2101501", "行政运行", "172.39", "172.39", ""),
    ("2101502", "一般行政管理事务", "452.15", "", "452.15"),
    ("221", "住房保障支出", "27.73", "27.73", ""),
    ("22102", "住房改革支出", "27.73", "27.73", ""),
    ("2210201", "住房公积金", "17.01", "17.01", ""),
    ("2210203", "购房补贴", "10.72", "10.72", ""),
)
"""Code, name, total, basic and project expenditure; the classes add up to 666.99."""


def functional(number: str, rows: Sequence[Sequence[str]] = FUNCTIONAL_ROWS) -> list[Line]:
    columns = COLUMNS[number]
    total = Line("合计", dict(zip(columns, _across(number, "666.99", "214.84", "452.15"), strict=False)), role="total")
    return [total, *(code_line(code, name, columns, *_across(number, *amounts)) for code, name, *amounts in rows)]


def _across(number: str, total: str, basic: str, project: str) -> tuple[str, ...]:
    return (total, total) if number == "02" else (total, basic, project)


def clean() -> Disclosure:
    """Nine tables that agree; 07 and 08 are empty with a note, 09 has figures."""
    classes = [
        ("208", "八、社会保障和就业支出", "14.72"),
        ("210", "九、卫生健康支出", "624.54"),
        ("211", "十、节能环保支出", ""),
    ]
    both = ("小计", "一般公共预算财政拨款")
    fund = "一般公共预算财政拨款"

    def single(key: str, amount: str, role: Role) -> Line:
        return Line(key, {"决算数": amount}, role=role)

    def double(key: str, amount: str, role: Role, name: str = "") -> Line:
        return Line(key, dict.fromkeys(both, amount), name, role)

    tables = {
        "01": table(
            "01",
            [
                single(fund + "收入", "666.99", "income"),
                single("其他收入", "", "income"),
                *(Line(key, {"决算数": amount}, name, "class") for key, name, amount in classes),
                Line("221", {"决算数": "27.73"}, "十一、住房保障支出", "class"),
                single("本年收入合计", "666.99", "total"),
                single("本年支出合计", "666.99", "total"),
                single("收入总计", "666.99", "total"),
                single("支出总计", "666.99", "total"),
            ],
            notes=("注：1.本表反映部门本年度的总收支和年末结转结余情况。",),
        ),
        "02": table("02", functional("02")),
        "03": table("03", functional("03")),
        "04": table(
            "04",
            [
                single(fund, "666.99", "income"),
                *(double(key, amount, "class", name) for key, name, amount in classes),
                double("221", "27.73", "class", "十一、住房保障支出"),
                single("本年收入合计", "666.99", "total"),
                double("本年支出合计", "666.99", "total"),
                single("收入总计", "666.99", "total"),
                double("支出总计", "666.99", "total"),
            ],
        ),
        "05": table("05", functional("05")),
        "06": table(
            "06",
            [
                code_line("301", "工资福利支出", ("决算数",), "195.33"),
                code_line("30108", "机关事业单位基本养老保险缴费", ("决算数",), "14.72"),
                code_line("30113", "住房公积金", ("决算数",), "17.01"),
                code_line("30199", "其他工资福利支出", ("决算数",), "163.60"),
                code_line("302", "商品和服务支出", ("决算数",), "19.51"),
                code_line("30201", "办公费", ("决算数",), "19.51"),
                single("人员经费合计", "195.33", "total"),
                single("公用经费合计", "19.51", "total"),
            ],
        ),
        "07": table(
            "07", [Line("合计", {}, role="total")], notes=("本部门2024年度无政府性基金预算财政拨款收入支出。",)
        ),
        "08": table("08", [Line("合计", {}, role="total")], notes=("本部门2024年度无国有资本经营预算财政拨款支出。",)),
        "09": table("09", [Line("合计", {"预算数": "1.53", "决算数": "0.30"}, role="total")]),
    }
    return Disclosure(
        "决算公开.xlsx",
        "某市某区医疗保障局",
        2024,
        WAN_YUAN,
        True,
        tables,
        sheets=tuple(f"公开{number}" for number in tables),
    )


def with_table(made: Table, disclosure: Disclosure | None = None) -> Disclosure:
    """A clean disclosure, or the given one, with one table replaced."""
    whole = disclosure or clean()
    whole.tables[made.number] = made
    return whole


def fund_table(
    *rows: tuple[str, str, str], total: Mapping[str, Cell] | None = None, notes: Sequence[str] = ()
) -> Table:
    """公开07 with rows of code, name and project expenditure, paid from this year's income."""
    amounts = [(code, name, {"本年收入": spent, "小计": spent, "项目支出": spent}) for code, name, spent in rows]
    lines = [Line(code, figures, name, "code", code) for code, name, figures in amounts]
    return table("07", [Line("合计", total or {}, role="total"), *lines], notes=notes)


def missing(number: str, status: TableStatus = TableStatus.MISSING, reason: str = "") -> Table:
    return Table(number, TITLES[number], status, reason)
