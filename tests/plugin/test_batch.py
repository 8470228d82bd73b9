from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from gongkai import batch, processes
from gongkai.batch import suitable_jobs
from gongkai.paths import WorkbookPath
from gongkai.report import FileReport
from gongkai.settings import Settings


def books(*names: str) -> list[WorkbookPath]:
    return [WorkbookPath(Path(name), Path(name)) for name in names]


def names(batches: Sequence[Sequence[WorkbookPath]]) -> list[list[str]]:
    return [[workbook.path.name for workbook in each] for each in batches]


def test_batches_are_bounded_in_number_and_in_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("a", 5), ("b", 5), ("c", 100), ("d", 1)):
        (tmp_path / name).write_bytes(b"x" * size)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(batch, "BATCH_BYTES", 20)
    found = books("a", "b", "c", "d", "gone")
    assert names(list(batch._batches(found, 50))) == [["a", "b"], ["c"], ["d", "gone"]]
    assert names(list(batch._batches(found, 1))) == [["a"], ["b"], ["c"], ["d"], ["gone"]]


def test_processes_are_started_only_where_they_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    assert [suitable_jobs(files) for files in (1, 199, 200, 399, 400, 100_000)] == [1, 1, 2, 3, 4, 4]
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert suitable_jobs(100_000) == 1


def test_a_file_that_kills_its_process_is_reported_and_all_others_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    def pooled(batches: Sequence[Sequence[WorkbookPath]], settings: Settings, jobs: int) -> Iterator[list[FileReport]]:
        for each in batches:
            if any(workbook.path.name == "毒" for workbook in each):
                raise BrokenProcessPool
            yield [FileReport(path=workbook.path.name, status="checked") for workbook in each]

    monkeypatch.setattr(processes, "_pooled", pooled)
    batches = [books("a", "b"), books("c", "毒", "d"), books("e")]
    reports = [report for found in processes.in_processes(batches, Settings(), 2) for report in found]
    assert [(report.path, report.status) for report in reports] == [
        ("a", "checked"),
        ("b", "checked"),
        ("c", "checked"),
        ("毒", "unreadable"),
        ("d", "checked"),
        ("e", "checked"),
    ]
    assert reports[3].error == "毒：校验此文件的进程意外中止（多半是内存不足），未能校验。"
