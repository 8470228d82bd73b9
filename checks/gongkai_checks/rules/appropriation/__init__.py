"""Rules about what a fund may be spent on, and how much of a budget, one rule a file."""

from __future__ import annotations

from gongkai_checks.rule import Rule

from .co404_distribution_in_fiscal_table import distribution_in_fiscal_table
from .to508_fund_section_in_sheet05 import fund_section_in_sheet05
from .to509_item_in_two_budgets import item_in_two_budgets
from .to611_rows_of_06_off_those_of_09 import rows_off
from .xf903_outturn_exceeds_budget import outturn_exceeds_budget
from .xf904_three_public_scope_not_stated import scope_not_stated

RULES: tuple[Rule, ...] = (
    distribution_in_fiscal_table,
    fund_section_in_sheet05,
    item_in_two_budgets,
    rows_off,
    outturn_exceeds_budget,
    scope_not_stated,
)
