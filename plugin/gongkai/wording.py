"""How amounts, cells and fixes are put into words, the same in the terminal, the notes and the results sheet."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from gongkai_checks.finding import Finding, Safety, Severity
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import SeverityWord
from gongkai_workbooks.grid import CellValue

from .console import clean
from .language import Words
from .report import CellChange

_NUMBER = re.compile(r"([≤≥]?[-+]?)([0-9]+)(\.[0-9]+)?")
MOST_CELLS = 8

SEVERITY_STYLES: Mapping[Severity, SeverityWord] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
}
"""The severity as the hosts and the styles of a line name it."""


def cell_text(value: CellValue) -> str:
    """A cell value as text for a report: a number with two decimals, or as many more as it has; a blank is ``""``."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        number = Decimal(f"{value:.15g}")
        if not number.is_finite():
            return str(value)
        exponent = number.normalize().as_tuple().exponent
        return f"{number:.{max(2, -exponent) if isinstance(exponent, int) else 2}f}"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def with_separators(amount: str) -> str:
    """``1234.56`` as ``1,234.56``; anything that is no plain number as it is."""
    match = _NUMBER.fullmatch(amount)
    if match is None:
        return clean(amount)
    return f"{match[1]}{int(match[2]):,}{match[3] or ''}"


def signed(difference: str) -> str:
    """A difference with separators, and with its sign even when it is positive."""
    shown = with_separators(difference)
    return f"+{shown}" if shown[:1].isdigit() else shown


def value_before(change: CellChange, words: Words) -> str:
    """What stood in a changed cell: a number with separators, 文本“17.01”, 空."""
    if not change.old:
        return words("空", "blank")
    if change.was_text:
        return words(f"文本“{clean(change.old)}”", f'text "{clean(change.old)}"')
    return with_separators(change.old)


def value_after(change: CellChange, words: Words) -> str:
    """What stands in a changed cell now."""
    return with_separators(change.new) if change.new else words("空", "blank")


def severity_word(severity: Severity, words: Words) -> str:
    """错误, 警告, 提示, or error, warning, info."""
    return words(severity.label, severity.word)


def title_of(finding: Finding, words: Words) -> str:
    """What is wrong: the message; in English with the name of the fault before it."""
    return clean(words(finding.message, f"{finding.name}: {finding.message}" if finding.name else finding.message))


def comparison(finding: Finding, unit: str, words: Words) -> str:
    """``应为 1.00    实为 1.09    相差 +0.09（万元，容差 0.01）``; ``""`` when the finding compares nothing."""
    parts = []
    shown = with_separators if finding.difference else clean  # what has no difference may be a year or a code
    if finding.expected:
        parts.append(words("应为 ", "expected ") + shown(finding.expected))
    if finding.found:
        parts.append(words("实为 ", "found ") + shown(finding.found))
    if finding.difference:
        parts.append(words("相差 ", "difference ") + signed(finding.difference))
    if not parts:
        return ""
    details = [unit] if unit and finding.difference else []
    if finding.tolerance:
        details.append(words("容差 ", "tolerance ") + with_separators(finding.tolerance))
    closing = words(f"（{'，'.join(details)}）", f" ({', '.join(details)})") if details else ""
    return "    ".join(parts) + closing


def cells_text(cells: Iterable[CellRef], labels: Mapping[CellRef, str], words: Words, sheet: str = "") -> str:
    """Cells in words: ``公开02!D9（合计·本年收入合计）、E9``.

    The sheet is named where it changes from ``sheet``, cells below one another are joined to ``F8:F12``, and a long list is cut short.
    """
    runs = runs_of(cells)
    shown = []
    for top, bottom in runs[:MOST_CELLS]:
        place = top.a1 if top == bottom else f"{top.a1}:{bottom.a1}"
        if top.sheet != sheet:
            place, sheet = f"{clean(top.sheet)}!{place}", top.sheet
        label = clean(labels.get(top, "")) if top == bottom else ""
        shown.append(place + (words(f"（{label}）", f" ({label})") if label else ""))
    rest = sum(bottom.row - top.row + 1 for top, bottom in runs[MOST_CELLS:])
    if rest:
        shown.append(words(f"另有 {rest} 个单元格", f"{rest} more"))
    return words("、", ", ").join(shown)


def runs_of(cells: Iterable[CellRef]) -> list[tuple[CellRef, CellRef]]:
    """The first and the last cell of each stretch of cells that follow one another downwards."""
    runs: list[tuple[CellRef, CellRef]] = []
    for cell in cells:
        if runs:
            top, bottom = runs[-1]
            if cell.sheet == bottom.sheet and cell.column == bottom.column and cell.row == bottom.row + 1:
                runs[-1] = top, cell
                continue
        runs.append((cell, cell))
    return runs


def candidates_text(finding: Finding, labels: Mapping[CellRef, str], words: Words) -> str:
    """The sets of cells one of which must be wrong; ``""`` when there are none."""
    if len(finding.candidates) > MOST_CELLS and all(len(cells) == 1 for cells in finding.candidates):
        single = [cell for (cell,) in finding.candidates]
        return cells_text(sorted(single, key=lambda cell: (cell.sheet, cell.column, cell.row)), {}, words)
    sets = []
    sheet = ""
    for cells in finding.candidates[:MOST_CELLS]:
        sets.append(cells_text(cells, labels, words, sheet))
        sheet = cells[-1].sheet if cells else sheet
    rest = len(finding.candidates) - len(sets)
    if rest > 0:
        sets.append(words(f"另有 {rest} 种可能", f"{rest} more"))
    return words("；或 ", "; or ").join(sets)


def consequences(finding: Finding) -> list[Finding]:
    """The findings that this one accounts for, apart from itself."""
    return [each for each in finding.explained if (each.code, each.cell) != (finding.code, finding.cell)]


def explained_text(finding: Finding, words: Words) -> str:
    """The consequences of a finding as codes with their cells, the cells of one code together."""
    by_code: dict[str, list[CellRef]] = {}
    for consequence in consequences(finding):
        places = by_code.setdefault(consequence.code, [])
        if consequence.cell is not None:
            places.append(consequence.cell)
    shown = []
    sheet = ""
    for code, places in by_code.items():
        shown.append(f"{code} {cells_text(places, {}, words, sheet)}".rstrip())
        sheet = runs_of(places)[:MOST_CELLS][-1][0].sheet if places else sheet
    return words("；", "; ").join(shown)


def remedy(finding: Finding) -> str:
    """What to do, in Chinese: the rule's advice, and the fix that is proposed where it says something else."""
    advice = finding.help.rstrip("。；")
    proposal = finding.fix.title.rstrip("。；") if finding.fix is not None else ""
    parts = [advice] if advice else []
    if proposal and proposal.rstrip(".").lower() not in advice.lower():
        parts.append(proposal)
    text = clean((" " if advice.endswith(".") else "。").join(parts))
    return text if text.endswith(".") or not text else text + "。"  # English ends with a stop of its own


def safety_note(finding: Finding, words: Words) -> str:
    """Whether the program can make the fix itself, and why so: 〔可自动修正〕, 〔可修正，需确认〕 or 〔需人工判断〕; ``""`` without a fix."""
    if finding.fix is None:
        return ""
    reason = clean(finding.fix.reason)
    if finding.fix.safety is Safety.SAFE and finding.fix.edits:
        zh, en = "可自动修正", "fixable"
    elif finding.fix.safety is Safety.UNSAFE and finding.fix.edits:
        zh, en = "可修正，需确认：--unsafe-fixes", "fixable with --unsafe-fixes"
    else:
        zh, en = "需人工判断", "to be decided by hand"
    closing = words("；" if "：" in zh else "：", ": ") + reason if reason else ""
    return words(f"〔{zh}{closing}〕", f" [{en}{closing}]")
