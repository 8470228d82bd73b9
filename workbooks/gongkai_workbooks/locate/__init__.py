"""Finding the nine tables in the sheets of a workbook: by their titles, their columns and lines by their labels, never by place."""

from __future__ import annotations

from .nine_tables import locate

__all__ = ["locate"]
