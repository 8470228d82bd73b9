"""The published figures of 江汉区医疗保障局 2024 as a disclosure, with some of them changed."""

from __future__ import annotations

from decimal import Decimal

from gongkai_checks.finding import Finding
from gongkai_checks.options import Options
from gongkai_checks.registry import load_registry
from gongkai_checks.run import check
from gongkai_workbooks.amounts import Amount
from gongkai_workbooks.disclosure import Disclosure
from gongkai_workbooks.layouts import load_layout
from gongkai_workbooks.locate import locate
from gongkai_workbooks.samples import load_samples

REGISTRY = load_registry(plugins=False)


def published(**changes: str) -> Disclosure:
    """The disclosure; a change is written ``t03__合计__基本支出="214.48"``, ``""`` for a blank."""
    sample = next(sample for sample in load_samples() if "江汉" in sample.workbook)
    disclosure = locate(tuple(sheet.grid() for sheet in sample.sheets()), load_layout(), path=sample.workbook)
    for name, figure in changes.items():
        number, item, column = name.removeprefix("t").split("__")
        table = disclosure.tables[number]
        item = item.removeprefix("_")
        table.amounts.pop((item, column), None)
        if figure:
            cell = table.place(item, column)
            table.amounts[item, column] = Amount(int(Decimal(figure) * 1_000_000), 5_000, cell)
    return disclosure


def findings(disclosure: Disclosure) -> list[Finding]:
    """What is told of a disclosure above a mere hint."""
    [result] = check([disclosure], REGISTRY, Options())
    return [finding for finding in result.findings if finding.severity and finding.severity.word != "info"]
