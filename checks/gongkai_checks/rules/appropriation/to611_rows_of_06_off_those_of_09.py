"""06 against 09: the same amounts, one row off."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.code_tree import code_tree
from gongkai_checks.finding import Finding, NotChecked, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.disclosure import Table

COPIES = (
    ("30231", "公务用车运行维护费"),
    ("30217", "公务接待费"),
    ("30212", "因公出国（境）费"),
    ("31013", "公务用车购置费"),
)
COLUMN = "决算数"
LEAST = 1_000_000
"""一万元, in 分."""


@rule("TO611", "rows-of-sheet-06-beside-those-of-sheet-09", Severity.WARNING)
def rows_off(sheet06: Table, sheet09: Table) -> Iterator[Finding | NotChecked]:
    """公开06三公经费的金额印在相邻行，疑似错行

    为什么: 公开09的运行维护费、接待费等在公开06有对应的款；对应行不同而相邻行恰好相等，多半是一段金额上移或下移了一行。
    示例: 30231 公务用车运行维护费 81.11，公开09运行维护费 19.56，而 30229 福利费恰好是 19.56。
    如何修改: 对照账面逐行核对这一段金额，错行的整体移回。
    依据: 部门决算公开表间勾稽关系：公开06与公开09
    """
    tree = code_tree(sheet06)
    for code, item in COPIES:
        copy, own = sheet09.amounts.get((item, COLUMN)), sheet06.amounts.get((code, COLUMN))
        rows = tree.children.get(code[:3], ())
        # Of small amounts, two that stand side by side are equal now and then.
        if copy is None or abs(copy.fen) < LEAST or code not in rows or (own is not None and own.fen == copy.fen):
            continue
        at = rows.index(code)
        beside = [rows[i] for i in (at - 1, at + 1) if 0 <= i < len(rows)]
        same = [
            key for key in beside if (key, COLUMN) in sheet06.amounts and sheet06.amounts[key, COLUMN].fen == copy.fen
        ]
        # Where the class does not add up either, the diagnosis names the whole block as one cause.
        if same and _adds_up(sheet06, code[:3], rows):
            line, other = sheet06.items[code], sheet06.items[same[0]]
            yield Finding(
                message=(
                    f"公开06“{code} {line.name}”与公开09“{item}”不同，"
                    f"而相邻的“{other.code} {other.name}”与它相等，疑似错行"
                ),
                cell=sheet06.place(code, COLUMN),
                table="06",
                item=f"{code} {line.name}",
                column=COLUMN,
                evidence=tuple(cell for cell in (sheet06.place(same[0], COLUMN), copy.cell) if cell is not None),
            )


def _adds_up(table: Table, economic_class: str, rows: tuple[str, ...]) -> bool:
    amounts = [table.amounts[key, COLUMN] for key in rows if (key, COLUMN) in table.amounts]
    total = table.amount(economic_class, COLUMN)
    if total is None:
        return False
    room = total.half_width + sum(amount.half_width for amount in amounts)
    return abs(total.fen - sum(amount.fen for amount in amounts)) <= room
