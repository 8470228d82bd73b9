"""Structure of the workbook: which tables there are, what their heads say, what is left of the template."""

from __future__ import annotations

from gongkai_checks.rule import Rule

from .wb001_table_missing import table_missing
from .wb002_table_unreadable import table_unreadable
from .wb003_duplicate_table import duplicate_table
from .wb004_empty_table_without_note import empty_table_without_note
from .wb005_data_despite_empty_note import data_despite_empty_note
from .wb006_department_differs import department_differs
from .wb007_year_differs import year_differs
from .wb008_amount_unit_not_stated import amount_unit_not_stated
from .wb009_amount_units_differ import amount_units_differ
from .wb010_amount_unit_missing_in_table import amount_unit_missing_in_table
from .wb011_magnitude_differs import magnitude_differs
from .wb012_table_code_differs import table_code_differs
from .wb013_template_residue import template_residue
from .wb014_hidden_cells import hidden_cells
from .wb015_unknown_heading import unknown_heading
from .wb016_form_is_blank import form_is_blank
from .wb017_contents_incomplete import contents_incomplete
from .wb101_year_totals_zero import year_totals_zero
from .wb701_total_row_without_amounts import total_row_without_amounts as fund_total_row_without_amounts
from .wb801_total_row_without_amounts import total_row_without_amounts as state_capital_total_row_without_amounts

RULES: tuple[Rule, ...] = (
    table_missing,
    table_unreadable,
    duplicate_table,
    empty_table_without_note,
    data_despite_empty_note,
    department_differs,
    year_differs,
    amount_unit_not_stated,
    amount_units_differ,
    amount_unit_missing_in_table,
    magnitude_differs,
    table_code_differs,
    template_residue,
    hidden_cells,
    unknown_heading,
    form_is_blank,
    contents_incomplete,
    year_totals_zero,
    fund_total_row_without_amounts,
    state_capital_total_row_without_amounts,
)
