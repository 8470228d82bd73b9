"""Form of the cells: amounts that are no amounts, ill-formed codes, columns and totals that are missing."""

from __future__ import annotations

from gongkai_checks.rule import Rule
from gongkai_checks.schemas.rule import SchemaRule

from . import (
    fm001_not_a_number,
    fm002_error_value,
    fm003_never_calculated,
    fm004_number_stored_as_text,
    fm005_negative_amount,
    fm006_mixed_number_style,
    fm007_more_decimals,
    fm008_mixed_decimals,
    fm_code_form,
    fm_column_missing,
    fm_line_missing,
)

RULES: tuple[Rule | SchemaRule, ...] = (
    fm001_not_a_number.RULE,
    fm002_error_value.RULE,
    fm003_never_calculated.RULE,
    fm004_number_stored_as_text.RULE,
    fm005_negative_amount.RULE,
    fm006_mixed_number_style.mixed_number_style,
    fm007_more_decimals.RULE,
    fm008_mixed_decimals.mixed_decimals,
    *fm_code_form.RULES,
    *fm_column_missing.RULES,
    *fm_line_missing.RULES,
)
