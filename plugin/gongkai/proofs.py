"""Proofs put into figures that anybody can add up: which cells, what they print, by how much they disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from gongkai_checks.finding import Claim, Finding, Proof
from gongkai_workbooks.cells import CellRef

from .console import clean
from .language import Words
from .report import FileReport
from .wording import runs_of, signed, with_separators

SPELLED_OUT = 4
"""A sum of so many cells is written with each figure; of a longer one the ranges are given, to be selected and added up at once."""
MOST_RUNS = 8
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class _Term(NamedTuple):
    """One cell of a side: +1 or -1 there, its place, what it prints."""

    sign: int
    cell: CellRef
    figure: str


def proof_lines(finding: Finding, report: FileReport, words: Words, most: int) -> list[str]:
    """The first ``most`` proofs of a finding, one line each, and how many more there are."""
    sheets = {table.sheet: f"公开{number}" for number, table in report.tables.items() if table.sheet}
    home = finding.cell.sheet if finding.cell is not None else ""
    proofs = [proof for proof in finding.proofs if all(len(one.figures) == len(one.terms) for one in proof.claims)]
    lines = [proof_text(proof, home, sheets, words) for proof in proofs[:most]]
    rest = len(proofs) - len(lines)
    if rest and lines:
        lines[-1] += words(f"（另有 {rest} 式同样不符）", f" ({rest} more disagree)")
    return lines


def proof_text(proof: Proof, home: str, sheets: Mapping[str, str], words: Words) -> str:
    """One proof: ``E7 676.00，E8＋E11＋E21＝14.72＋624.54＋27.73＝666.99；相差 +9.01，超出容差 0.02``.

    Cells of the sheet ``home`` are named by their address alone, others with their table (``sheets``, by tab).
    """
    claims = [_sides(claim) for claim in proof.claims]
    difference, tolerance = signed(proof.difference), with_separators(proof.tolerance)
    beyond = words(f"超出容差 {tolerance}", f"beyond the tolerance {tolerance}")
    if len(claims) == 1:
        [(left, right)] = claims
        between = words("，", ", ")
        if proof.claims[0].relation == "<=":
            between = words("，不应大于 ", ", at most ")
        shown = _side(left, home, sheets, words) + between + _side(right, home, sheets, words)
        return shown + words(f"；相差 {difference}，{beyond}", f": difference {difference}, {beyond}")
    parts = []
    for number, (claim, (left, right)) in enumerate(zip(proof.claims, claims, strict=True)):
        off = f"{signed(_text(_total(left) - _total(right)))}{f'×{abs(claim.weight)}' if abs(claim.weight) > 1 else ''}"
        sides = f"{_side(left, home, sheets, words)}{words('，', ', ')}{_side(right, home, sheets, words)}"
        mark = _NUMBERS[number] if number < len(_NUMBERS) else f"({number + 1})"
        parts.append(mark + words(f" {sides}，差 {off}", f" {sides}, difference {off}"))
    return words("；", "; ").join(parts) + words(
        f"；各式相加差 {difference}，相同的格互相抵消，其余各格的容差只有 {tolerance}",
        f"; together off by {difference}, while the cells that do not cancel out have a tolerance of {tolerance}",
    )


def _sides(claim: Claim) -> tuple[list[_Term], list[_Term]]:
    """What should be equal; a relation that counts negatively is told the other way round."""
    terms = [_Term(sign, cell, figure) for (sign, cell), figure in zip(claim.terms, claim.figures, strict=True)]
    left = terms[: claim.lefts]
    right = [term._replace(sign=-term.sign) for term in terms[claim.lefts :]]
    return (left, right) if claim.weight > 0 else (right, left)


def _side(terms: Sequence[_Term], home: str, sheets: Mapping[str, str], words: Words) -> str:
    if not terms:
        return words("空白（0.00）", "blank (0.00)")
    if len(terms) == 1 and terms[0].sign > 0:
        return f"{_place(terms[0].cell, home, sheets)} {with_separators(terms[0].figure)}"
    total = with_separators(_text(_total(terms)))
    if len(terms) <= SPELLED_OUT:
        cells = _signed_list(
            [
                (term.sign, _place(term.cell, before, sheets))
                for term, before in zip(terms, _befores(terms, home), strict=True)
            ]
        )
        figures = _signed_list([(term.sign, with_separators(term.figure)) for term in terms])
        return f"{cells}＝{figures}＝{total}"
    parts = []
    for sign in (1, -1):
        mine = [term.cell for term in terms if term.sign == sign]
        if mine:
            counted = words(f"（{len(mine)} 格）", f" ({len(mine)} cells)")
            parts.append((words("减 ", "less ") if sign < 0 else "") + _ranges(mine, home, sheets) + counted)
    return words("，", ", ").join(parts) + words(f"合计 {total}", f" add up to {total}")


def _ranges(cells: Sequence[CellRef], home: str, sheets: Mapping[str, str]) -> str:
    runs = runs_of(sorted(cells, key=lambda cell: (cell.sheet, cell.column, cell.row)))
    shown = []
    sheet = home
    for top, bottom in runs[:MOST_RUNS]:
        place = top.a1 if top == bottom else f"{top.a1}:{bottom.a1}"
        if top.sheet != sheet:
            sheet, place = top.sheet, f"{_sheet(top, sheets)}!{place}"
        shown.append(place)
    return "、".join(shown) + ("…" if len(runs) > MOST_RUNS else "")


def _signed_list(parts: Sequence[tuple[int, str]]) -> str:
    text = ""
    for sign, part in parts:
        text += ("－" if sign < 0 else "＋" if text else "") + (f"({part})" if text and part.startswith("-") else part)
    return text


def _befores(terms: Sequence[_Term], home: str) -> list[str]:
    """For each cell the sheet that was named last: it need not be named again."""
    return [home, *(term.cell.sheet for term in terms[:-1])]


def _place(cell: CellRef, named: str, sheets: Mapping[str, str]) -> str:
    return cell.a1 if cell.sheet == named else f"{_sheet(cell, sheets)}!{cell.a1}"


def _sheet(cell: CellRef, sheets: Mapping[str, str]) -> str:
    return sheets.get(cell.sheet) or clean(cell.sheet)


def _total(terms: Sequence[_Term]) -> Decimal:
    return sum((term.sign * Decimal(term.figure) for term in terms), Decimal())


def _text(amount: Decimal) -> str:
    return f"{amount:f}" if amount else "0.00"
