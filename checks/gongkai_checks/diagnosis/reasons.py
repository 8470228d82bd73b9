"""Why a fix is as safe as it is, and no safer: one clause for each."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_checks.finding import Safety
from gongkai_checks.ledger import Key, Ledger
from gongkai_checks.relations import Relation
from gongkai_workbooks.amounts import format_fen

from .cause import Cause
from .choice import PINNED
from .repair import Repair
from .witnesses import witnesses

FORMULA = "该格是公式，不自动覆盖"
FORMULAS = "要改的格中有公式，不自动覆盖"
LOST = "未能定位，不自动修正"
EITHER_SIDE = "关系两边都可能有误，不自动修正"
NEVER_WITHIN_TOLERANCE = "各处的差都在容差以内，程序不改写容差以内的数"
OVERWRITTEN = "被覆盖的数表内已经没有，须按账面数补填"
DERIVED = "推得的数按四舍五入不止一个，须按账面数核对"
LINE_MISSING = "补一行须人工进行"
MOST_NAMED = 2


def of_one_cell(cause: Cause, repair: Repair, key: Key, ledger: Ledger, elsewhere: Sequence[Key]) -> str:
    """Why the figure of a cell is put in by itself, after a question, or not at all. ``elsewhere`` are cells of errors that it is ``tied`` to."""
    if cause.safety is Safety.MANUAL:
        return FORMULA
    if cause.safety is Safety.SAFE:
        if _is_blank_total(cause.relations[0], repair, key):
            return "合计空白而各组成数齐全，填上后有关关系全部相符"
        return f"只有改这一格能使有关关系全部相符，{_pin(cause, repair, key, ledger)}"
    return _doubt(cause, repair, key, ledger, elsewhere) + "，须确认"


def _pin(cause: Cause, repair: Repair, key: Key, ledger: Ledger) -> str:
    if repair.choices == 1:
        return "且合乎四舍五入的只有这一个数"
    same = witnesses(_copies(cause, repair, key), key, ledger)
    if same:
        return f"{'、'.join(same[:MOST_NAMED])}也都是这个数" if len(same) > 1 else f"{same[0]}也是这个数"
    if repair.slip.name and not repair.blank:
        return f"由“{repair.slip.name}”还原也只有这一个数"
    return "该数由有关关系确定"


def _copies(cause: Cause, repair: Repair, key: Key) -> list[Relation]:
    """The relations that say of a cell that its proposed figure is printed once more, in one other cell."""
    found = []
    for relation in cause.relations:
        others = [figure for figure in relation.figures if figure.key != key and not figure.amount.blank]
        if len(others) == 1 and others[0].amount.fen == repair.best and relation.equation.relation == "=":
            found.append(relation)
    return found


def _doubt(cause: Cause, repair: Repair, key: Key, ledger: Ledger, elsewhere: Sequence[Key]) -> str:
    """What is missing to be sure."""
    if len(cause.candidates) > 1:
        return f"另有 {len(cause.candidates) - 1} 种改法也能使关系成立"
    if elsewhere:
        return f"与 {'、'.join(str(ledger.place(other)) for other in elsewhere[:MOST_NAMED])} 的错误一并改正才相符"
    if repair.worse:
        return "填入后另有一处关系的差额变大"
    if not repair.witnessed:
        return "这个数只由加减得出，没有别处印着同一个数，也不像常见的笔误"
    if repair.choices > PINNED or (not repair.pinned and repair.choices > 1):
        unit = ledger.unit(key.table)
        return f"合乎四舍五入的有 {repair.choices} 个数（{format_fen(repair.low, unit)} 至 {format_fen(repair.high, unit)}），这一个可能性最大"
    if not repair.copies and len(cause.relations) == 1:
        return "只有一处关系可作依据，没有别处印着同一个数"
    return "别的改法只由全部关系联合推算排除"


def _is_blank_total(relation: Relation, repair: Repair, key: Key) -> bool:
    """Whether a cell is blank and the relation that names the finding is a sum of which it is the total."""
    within = len(relation.equation.tables) == 1
    return repair.blank and within and relation.lefts == 1 and relation.figures[0].key == key


def of_several_cells(cause: Cause, safety: Safety, *, formulas: bool) -> str:
    """Why cells that went wrong together are put right after a question, or not at all."""
    if formulas:
        return FORMULAS
    if safety is not Safety.MANUAL:
        if len(cause.candidates) > 1:
            return f"另有 {len(cause.candidates) - 1} 种改法也能使关系成立，须确认"
        if len(cause.changes) == 1:
            return "这个数由合计扣除其他各项得出，须确认"
        return f"{len(cause.changes)} 格一并改动才相符，须对照账面数确认"
    if cause.item:
        return LINE_MISSING
    if len(cause.candidates) > 1 and not cause.changes:
        return undecided(cause)
    if cause.changes and cause.cells <= cause.changes.keys():
        return DERIVED
    return OVERWRITTEN if cause.changes else "成段的数移动以后要逐行核对，不自动修正"


def undecided(cause: Cause) -> str:
    """Why nothing is proposed for a difference."""
    if len(cause.candidates) > 1:
        return f"有 {len(cause.candidates)} 种可能，仅凭表内数字不能断定，不自动修正"
    return LOST if cause.lost else EITHER_SIDE


def tied(cause: Cause, causes: Sequence[Cause]) -> tuple[Key, ...]:
    """The cells that other causes change and that share a failing relation with the cell of one that is not proven: they were found together."""
    if cause.repair is None or cause.safety is not Safety.UNSAFE:
        return ()
    [mine] = cause.changes
    near = _around(mine, cause.relations)
    found: dict[Key, None] = {}
    for other in causes:
        if other is not cause and other.changes:
            close = near | _around(mine, other.relations)
            found.update((key, None) for key in other.changes if key in close)
    return tuple(found)


def _around(key: Key, relations: Sequence[Relation]) -> set[Key]:
    """The cells of the relations that a cell takes part in."""
    around: set[Key] = set()
    for relation in relations:
        keys = {figure.key for figure in relation.figures}
        if key in keys:
            around |= keys
    return around
