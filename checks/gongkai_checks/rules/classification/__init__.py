"""Classification codes and names: hierarchy, order, names, and money on classes where it is seldom seen."""

from __future__ import annotations

from gongkai_checks.rule import Rule

from .cl001_parent_row_missing import parent_row_missing
from .cl002_duplicate_code import duplicate_code
from .cl003_codes_out_of_order import codes_out_of_order
from .cl004_name_differs_between_tables import name_differs_between_tables
from .cl005_name_differs_from_classification import name_differs_from_classification
from .cl006_name_unusual import name_unusual
from .cl007_unknown_code import unknown_code
from .cl008_unallocated_section_missing import unallocated_section_missing
from .cl101_ordinals import function_lines_out_of_order
from .cl401_fund_on_unusual_class import fund_on_unusual_class
from .cl601_economic_name_unusual import economic_name_unusual
from .cl602_economic_rows_incomplete import economic_rows_incomplete
from .cl603_unusual_basic_expenditure import unusual_basic_expenditure
from .cl604_heating_where_none_is_laid_on import heating_where_none_is_laid_on
from .cl605_veterans_pay_exceeds_wages import veterans_pay_exceeds_wages
from .cl701_basic_expenditure_from_fund import basic_expenditure_from_fund
from .cl801_unusual_state_capital_code import unusual_state_capital_code

RULES: tuple[Rule, ...] = (
    parent_row_missing,
    duplicate_code,
    codes_out_of_order,
    name_differs_between_tables,
    name_differs_from_classification,
    name_unusual,
    unknown_code,
    unallocated_section_missing,
    function_lines_out_of_order,
    fund_on_unusual_class,
    economic_name_unusual,
    economic_rows_incomplete,
    unusual_basic_expenditure,
    heating_where_none_is_laid_on,
    veterans_pay_exceeds_wages,
    basic_expenditure_from_fund,
    unusual_state_capital_code,
)
