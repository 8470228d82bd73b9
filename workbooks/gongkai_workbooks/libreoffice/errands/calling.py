"""The errands by name, and one of them done."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from . import looks, merges, notes, one_cell, reading, results_sheet, sheets
from .document import Document

ERRANDS: dict[str, Callable[..., Any]] = {
    errand.__name__: errand
    for errand in (
        looks.looks,
        looks.put_looks,
        merges.merge_areas,
        notes.add_notes,
        notes.append_note,
        notes.cut_note,
        notes.notes,
        notes.remove_notes,
        one_cell.content,
        one_cell.kind,
        one_cell.obstacle,
        one_cell.put_number,
        one_cell.put_text,
        reading.block,
        reading.durations,
        reading.outline,
        reading.used_area,
        results_sheet.fill_results,
        sheets.add_sheet,
        sheets.hide_sheet,
        sheets.is_protected,
        sheets.remove_sheet,
        sheets.put_texts,
        sheets.tag_sheet,
        sheets.tagged,
    )
}


def do(name: str, document: Document, arguments: str) -> str:
    """Do one errand: its arguments and what it gives are JSON. Raises what LibreOffice raises, ``KeyError`` for an errand that is none."""
    return json.dumps(ERRANDS[name](document, *json.loads(arguments)))
