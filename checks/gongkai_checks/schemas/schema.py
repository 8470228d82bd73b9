"""The pandera schema of the tidy frame, and its failures as rule codes by row.

Facts that shape it: the cost is by column and check, hardly by row, hence one frame and one ``validate`` for a batch, and no column without rows; a
LazyFrame would skip the checks silently; the text of a check is its ``error``, which is the rule code here and nothing
else; numbers are read before, so that no cell can spoil a column for the other workbooks of the batch.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gongkai_workbooks.disclosure import FAULT_ERROR, FAULT_NEVER_CALCULATED, FAULT_TEXT

from .frame import COLUMNS, Kind, TidyFrame
from .shapes import ECONOMIC, FUNCTIONAL

if TYPE_CHECKING:
    import pandera.polars as pa
    import polars as pl

ANCHORED = "x"
"""Stands in an error for the last digit of the table: ``FMx01`` is FM201 in 公开02."""


@lru_cache(maxsize=16)
def schema(kinds: frozenset[Kind]) -> pa.DataFrameSchema:
    """The schema of a frame with rows of these kinds. Each check's ``error`` is the code of its rule."""
    import pandera.polars as pa
    import polars as pl

    def check(expression: pl.Expr, error: str) -> pa.Check:
        select: Callable[[Any], pl.LazyFrame] = lambda data: data.lazyframe.select(expression)  # noqa: E731
        return pa.Check(select, error=error)

    def column(kind: type[pl.DataType], *checks: pa.Check) -> pa.Column:
        return pa.Column(kind, list(checks), nullable=True)

    fault = pl.col("fault")
    columns = {
        "fen": column(pl.Int64, check(pl.col("fen") >= 0, "FM005")),
        "text": column(pl.Boolean, check(~pl.col("text"), "FM004")),
        "decimals": column(pl.Boolean, check(~pl.col("decimals"), "FM007")),
        "fault": column(
            pl.String,
            check(fault != FAULT_TEXT, "FM001"),
            check(fault != FAULT_ERROR, "FM002"),
            check(fault != FAULT_NEVER_CALCULATED, "FM003"),
        ),
        "functional": column(pl.String, check(pl.col("functional").str.contains(FUNCTIONAL), "FMx01")),
        "economic": column(pl.String, check(pl.col("economic").str.contains(ECONOMIC), "FMx01")),
        "column_found": column(pl.Boolean, check(pl.col("column_found"), "FMx02")),
        "line_found": column(pl.Boolean, check(pl.col("line_found"), "FMx03")),
    }
    return pa.DataFrameSchema(
        {name: columns[name] for kind, names in COLUMNS.items() if kind in kinds for name in names}, strict=True
    )


def failures(frame: TidyFrame) -> list[tuple[str, int]]:
    """Error and row (from 0) of every check that fails, in the order of the schema.

    Validation is switched on whatever the environment says of pandera.
    """
    from pandera.config import ValidationDepth, config_context
    from pandera.errors import SchemaErrors

    try:
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            schema(frame.kinds).validate(frame.polars(), lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        if cases["index"].null_count():
            raise RuntimeError(f"the tidy frame does not fit its schema: {cases['check'].to_list()}") from error
        return list(zip(cases["check"].to_list(), cases["index"].to_list(), strict=True))
    return []
