"""A stand-in for Excel or WPS with a workbook open: the object model of ``tests/workbooks/live``, in a process of its own, reached through COM."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl

from .pc import Pc, Running, until

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "workbooks/samples/示例-有错误.xlsx"
SHEET = "GK03 支出决算表"


def small_workbook(path: Path) -> Path:
    """One sheet of the sample, with a wrong total in E7, and one with values of every kind: each question to a program of wine takes its time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.load_workbook(SAMPLE)
    for sheet in book.worksheets:
        if sheet.title != SHEET:
            book.remove(sheet)
    other = book.create_sheet("其他")
    other.append(["日期", datetime.datetime(2024, 12, 31), "#N/A", True, 1234567.89])
    other.append(["00123", datetime.datetime(1900, 1, 15, 12, 30), "#DIV/0!", False, -0.01])
    book.save(path)
    return path


def open_program(pc: Pc, kind: str, book: Path) -> Running:
    """The program, when it is ready."""
    code = f"import runpy, sys; sys.path.append({pc.named(ROOT)!r}); runpy.run_module('tests.windows.excel', run_name='__main__')"
    running = pc.python("-u", "-c", code, kind, pc.named(book))
    until(lambda: "ready" in running.so_far(), "the stand-in does not start")
    return running
