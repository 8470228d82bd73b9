"""What the schema found, as findings: address, item and a Chinese sentence. No text of pandera gets through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from gongkai_checks.finding import Edit, Finding, Fix, Safety
from gongkai_checks.labels import LONGEST_CODE, amount_label, item_label
from gongkai_workbooks.amounts import Amount, AmountUnit, format_fen, stated_unit
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure, Table

from .frame import Place, TidyFrame
from .schema import ANCHORED
from .shapes import CODE_WORDS, SHAPES

_LETTERS = str.maketrans("OoQDlI|Zz", "000011122")
_PLAIN = frozenset("0123456789０１２３４５６７８９.．,，-－−+＋()（）")


def findings(
    frame: TidyFrame, failures: Iterable[tuple[str, int]], disclosures: Sequence[Disclosure], codes: frozenset[str]
) -> list[list[Finding]]:
    """The findings of each disclosure, of the rules in ``codes`` only; severity, basis and help are left to the rule."""
    found: list[list[Finding]] = [[] for _ in disclosures]
    tables: dict[tuple[str, int, str], list[Place]] = {}
    for error, row in failures:
        place = frame.place(row)
        code = error.replace(ANCHORED, place.table.number[1])
        if code not in codes:
            continue
        if error in _BY_TABLE:
            tables.setdefault((code, place.disclosure, place.table.number), []).append(place)
        else:
            found[place.disclosure].append(_BY_CELL[error](code, place, disclosures[place.disclosure]))
    for (code, index, _), places in tables.items():
        found[index].append(_BY_TABLE[code](code, places, disclosures[index]))
    for each in found:
        each.sort(key=lambda finding: (finding.table, finding.cell or CellRef("", 0, 0), finding.code))
    return found


def _unit(table: Table, disclosure: Disclosure) -> AmountUnit:
    return table.amount_unit or disclosure.amount_unit


def _item(place: Place) -> str:
    line = place.table.items.get(place.item)
    return place.item if line is None else item_label(line)


def _fault(code: str, place: Place, _: Disclosure) -> Finding:
    fault = place.table.faults[place.item, place.column]
    label = amount_label(place.table, place.item, place.column)
    if code == "FM001":
        message = f"{label}不是金额：“{fault.found}”{_letters(fault.found)}"
    elif code == "FM002":
        message = f"{label}是错误值 {fault.found}"
    else:
        message = f"{label}的公式没有计算结果"
    return Finding(
        code=code,
        message=message,
        cell=fault.cell,
        table=place.table.number,
        item=_item(place),
        column=place.column,
        found=fault.found,
    )


def _letters(found: str) -> str:
    digits = found.translate(_LETTERS)
    mistaken = (
        digits != found
        and any(character.isdigit() for character in found)
        and _PLAIN.issuperset("".join(digits.split()))
    )
    return "，疑似把字母误作数字" if mistaken else ""


def _negative(code: str, place: Place, disclosure: Disclosure) -> Finding:
    amount = place.table.amounts[place.item, place.column]
    figure = format_fen(amount.fen, _unit(place.table, disclosure))
    return Finding(
        code=code,
        message=f"{amount_label(place.table, place.item, place.column)}为负数 {figure}",
        cell=amount.cell,
        table=place.table.number,
        item=_item(place),
        column=place.column,
        expected="不小于 0.00",
        found=figure,
    )


def _code_form(code: str, place: Place, _: Disclosure) -> Finding:
    line = place.table.items[place.item]
    words = CODE_WORDS[SHAPES[place.table.number].code]
    if line.code:
        message = f"公开{place.table.number}的科目编码“{line.code[:LONGEST_CODE]}”（{line.name or '无名称'}）不规范，应为{words}"
    else:
        name = f"（{line.name}）" if line.name else ""
        message = f"公开{place.table.number}第 {line.row} 行{name}缺少科目编码，应为{words}"
    return Finding(
        code=code,
        message=message,
        cell=CellRef(place.table.sheet, line.row, line.label_column),
        table=place.table.number,
        item=_item(place),
        expected=words,
        found=line.code[:LONGEST_CODE],
    )


def _column_missing(code: str, place: Place, _: Disclosure) -> Finding:
    unknown = place.table.unknown_columns
    remark = f"（有不能识别的栏：{'、'.join(f'“{heading}”' for heading, _ in unknown[:5])}）" if unknown else ""
    return Finding(
        code=code,
        message=f"公开{place.table.number}缺少“{place.column}”栏{remark}",
        cell=place.table.title_cell,
        table=place.table.number,
        column=place.column,
        evidence=tuple(cell for _, cell in unknown[:5]),
    )


def _line_missing(code: str, place: Place, _: Disclosure) -> Finding:
    return Finding(
        code=code,
        message=f"公开{place.table.number}缺少“{place.item}”行",
        cell=place.table.title_cell,
        table=place.table.number,
        item=place.item,
    )


def _in_order(places: Sequence[Place]) -> list[tuple[CellRef, Amount, Place]]:
    found = [(place, place.table.amounts[place.item, place.column]) for place in places]
    cells = [(amount.cell, amount, place) for place, amount in found if amount.cell is not None]
    return sorted(cells, key=lambda cell: cell[0])


def _text_numbers(code: str, places: Sequence[Place], disclosure: Disclosure) -> Finding:
    table = places[0].table
    unit = _unit(table, disclosure)
    amounts = _in_order(places)
    edits = tuple(
        Edit(cell=cell, old=amount.raw, new=float(Decimal(amount.fen) / unit.fen))
        for cell, amount, _ in amounts
        if _convertible(amount, unit) and (cell.row, cell.column) not in table.formulas
    )
    title = f"将公开{table.number}的 {len(edits)} 个文本金额转为数值"
    first, amount, place = amounts[0]
    return Finding(
        code=code,
        message=f"公开{table.number}有 {len(amounts)} 个金额以文本形式存放，求和公式会漏算",
        cell=first,
        table=table.number,
        item=_item(place),
        column=place.column,
        found=amount.raw,
        evidence=tuple(cell for cell, _, _ in amounts[1:]),
        fix=Fix(safety=Safety.SAFE, title=title, edits=edits, reason="只改存放方式，数值不变") if edits else None,
    )


def _convertible(amount: Amount, unit: AmountUnit) -> bool:
    """The text is a number and nothing else but the unit of the table behind it, and the amount kept all its digits."""
    stated = stated_unit(amount.raw)
    if stated is not None and stated.fen != unit.fen:
        return False
    digits = "".join(amount.raw.split()).rstrip("百千万亿元" if stated else "")
    return bool(digits) and _PLAIN.issuperset(digits) and amount.half_width in (0, unit.half_width)


def _decimals(code: str, places: Sequence[Place], disclosure: Disclosure) -> Finding:
    table = places[0].table
    amounts = _in_order(places)
    first, amount, place = amounts[0]
    return Finding(
        code=code,
        message=f"公开{table.number}有 {len(amounts)} 个金额的小数多于两位，校验以存放的数为准",
        cell=first,
        table=table.number,
        item=_item(place),
        column=place.column,
        found=format_fen(amount.fen, _unit(table, disclosure)),
        evidence=tuple(cell for cell, _, _ in amounts[1:]),
    )


_BY_CELL: dict[str, Callable[[str, Place, Disclosure], Finding]] = {
    "FM001": _fault,
    "FM002": _fault,
    "FM003": _fault,
    "FM005": _negative,
    "FMx01": _code_form,
    "FMx02": _column_missing,
    "FMx03": _line_missing,
}
_BY_TABLE: dict[str, Callable[[str, Sequence[Place], Disclosure], Finding]] = {
    "FM004": _text_numbers,
    "FM007": _decimals,
}
