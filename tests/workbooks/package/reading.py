"""Reading what was written by means that have nothing to do with the code under test."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook


def contents(path: Path) -> dict[str, bytes]:
    """Unpacked members by name; the checksums are verified on the way."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def compressed(path: Path) -> dict[str, bytes]:
    """Members by name as they stand in the archive."""
    data = path.read_bytes()
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            name_length, extra_length = struct.unpack_from("<2H", data, info.header_offset + 26)
            start = info.header_offset + 30 + name_length + extra_length
            found[info.filename] = data[start : start + info.compress_size]
    return found


def openpyxl_book(path: Path, *, values: bool = False) -> Any:
    """The workbook as openpyxl reads it; it warns of everything that it drops, which is not the matter here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, data_only=values, keep_vba=path.suffix == ".xlsm", rich_text=False)


def openpyxl_saved(path: Path, output: Path) -> None:
    """Load and save with openpyxl, as a careless program does: every part is written anew, unknown ones are dropped."""
    book = openpyxl_book(path)
    book.save(output)


def cached_values(path: Path) -> dict[str, list[list[Any]]]:
    """What calamine reads: stored results of formulas included."""
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def cell_facts(path: Path, sheets: tuple[str, ...]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Content, looks and note of every cell, as openpyxl sees them."""
    book = openpyxl_book(path)
    return {
        (name, cell.coordinate): (
            repr(cell.value),
            repr(cell.fill),
            repr(cell.border),
            repr(cell.font),
            repr(cell.number_format),
            repr(cell.alignment),
            repr(cell.protection),
            repr(cell.comment.text if cell.comment else None),
        )
        for name in sheets
        for row in book[name].iter_rows()
        for cell in row
    }
