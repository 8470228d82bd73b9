"""python-calamine, called with care: it is given only bytes that were checked, and whatever it throws becomes one error."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from python_calamine import CalamineWorkbook

from gongkai_workbooks.errors import UnreadableError, WorkbookError
from gongkai_workbooks.grid import CellValue, Span

from .zip_archive import DAMAGED


class Values(NamedTuple):
    """What calamine read of one sheet; ``top`` and ``left`` count from 1, as in ``Grid``."""

    rows: list[list[CellValue]]
    top: int
    left: int
    merges: tuple[Span, ...]


@contextmanager
def contained(sentence: str = DAMAGED) -> Iterator[None]:
    """Turn whatever a parser throws into ``UnreadableError(sentence)``.

    calamine's PanicException derives from BaseException, so that is what is caught, less the three that are not about the file.
    """
    try:
        yield
    except (WorkbookError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise UnreadableError(sentence) from error


def read_values(content: bytes, names: list[str], describe: Callable[[int], str]) -> list[Values]:
    """Read the sheets of a checked workbook in memory by name; ``describe`` gives the printed name for an error."""
    found: list[Values] = []
    with contained():
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    try:
        for name in names:
            sheet = workbook.get_sheet_by_name(name)
            start = sheet.start
            merges = tuple([Span(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ()])
            if start is None:
                found.append(Values([], 1, 1, merges))
            else:
                found.append(Values(sheet.to_python(), start[0] + 1, start[1] + 1, merges))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise UnreadableError(
            f"工作表「{describe(len(found))}」的内容已损坏。请用 Excel 或 WPS 打开，另存为 .xlsx 格式后再试"
        ) from error
    finally:
        workbook.close()
    return found
