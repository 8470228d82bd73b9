"""The 合计 row of 07 and 08, which some forms fill with the words of the heading."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai_checks.code_tree import code_tree
from gongkai_checks.finding import Finding
from gongkai_checks.tables import label_cell
from gongkai_workbooks.disclosure import Table

TOTAL = "合计"


def total_without_amounts(table: Table) -> Iterator[Finding]:
    """One finding for the columns in which the rows have amounts and the total has none."""
    top = code_tree(table).top
    parts = {
        column: [
            table.amounts[key, column]
            for key in top
            if (key, column) in table.amounts and table.amounts[key, column].fen
        ]
        for column in table.columns
        if (TOTAL, column) not in table.amounts and (TOTAL, column) not in table.faults
    }
    missing = [column for column, amounts in parts.items() if amounts]
    if missing:
        total = table.items.get(TOTAL)  # the form may have no amount cell in its total row
        yield Finding(
            message=f"公开{table.number}的合计行没有填列{'、'.join(missing)}，各科目有金额",
            cell=table.place(TOTAL, missing[0]) or (label_cell(table, total) if total else table.title_cell),
            table=table.number,
            item=TOTAL,
            column=missing[0],
            evidence=tuple(amount.cell for amount in parts[missing[0]] if amount.cell is not None),
        )
