"""Rules about what a fund may be spent on, and how much of a budget, one rule a file."""

from __future__ import annotations

from gongkai_checks.rule import Rule

from .to508_fund_section_in_sheet05 import fund_section_in_sheet05
from .xf903_outturn_exceeds_budget import outturn_exceeds_budget

RULES: tuple[Rule, ...] = (fund_section_in_sheet05, outturn_exceeds_budget)
