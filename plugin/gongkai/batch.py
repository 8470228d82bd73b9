"""Many workbooks, a batch at a time, with the results in the order of the files."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Generator, Iterator, Sequence

from .paths import WorkbookPath
from .report import FileReport
from .saved_workbooks import reports_of
from .session import Session

BATCH = 100
"""Workbooks that are held at a time, in each process."""
BATCH_BYTES = 64 * 1024 * 1024
"""Their files together are not larger than this, or it is one file."""
WORTH_A_PROCESS = 100
"""With fewer workbooks for each, the start of a process costs more than it saves."""
MOST_PROCESSES = 8


def suitable_jobs(files: int) -> int:
    """How many processes suit so many files, when nobody says."""
    return max(1, min(os.cpu_count() or 1, MOST_PROCESSES, files // WORTH_A_PROCESS))


def check_files(
    workbooks: Sequence[WorkbookPath], session: Session, jobs: int, finished: Callable[[int], object]
) -> Generator[FileReport, None, None]:
    """The report of each workbook, in the given order whatever ``jobs`` is. ``finished`` is told how many more are done."""
    if jobs == 1 or len(workbooks) == 1:
        for batch in _batches(workbooks, BATCH):
            yield from reports_of(session, batch, finished)
        return
    # Loaded where it is needed: most runs are of one workbook, and start sooner without.
    from .processes import in_processes

    size = max(1, min(BATCH, math.ceil(len(workbooks) / (jobs * 4))))
    for reports in in_processes(list(_batches(workbooks, size)), session.settings, jobs):
        finished(len(reports))
        yield from reports


def _batches(workbooks: Sequence[WorkbookPath], size: int) -> Iterator[Sequence[WorkbookPath]]:
    batch: list[WorkbookPath] = []
    total = 0
    for workbook in workbooks:
        try:
            weight = workbook.path.stat().st_size
        except OSError:
            weight = 0
        if batch and (len(batch) >= size or total + weight > BATCH_BYTES):
            yield batch
            batch, total = [], 0
        batch.append(workbook)
        total += weight
    if batch:
        yield batch
