"""The shape of the nine tables: columns, lines, types, codes, signs. Checked for a whole batch at once."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai_checks.finding import Finding
from gongkai_workbooks.disclosure import Disclosure

from .rule import SchemaRule

__all__ = ["SchemaRule", "validate"]


def validate(disclosures: Sequence[Disclosure], codes: frozenset[str]) -> list[list[Finding]]:
    """Check the shape of all tables of all ``disclosures``; the findings of each, sorted by table and cell.

    ``codes`` are the rules to report. Findings carry their code; severity, name, basis and help are left to the rule.
    """
    from .failures import findings
    from .frame import tidy

    if not disclosures or not any(code.startswith("FM") for code in codes):
        return [[] for _ in disclosures]
    from .schema import failures

    frame = tidy(disclosures)
    return findings(frame, failures(frame), disclosures, codes)
