"""The same workbook gives the same sheets and the same findings, whichever way it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.file_host import FileHost
from gongkai_workbooks.live import LiveHost

from .conftest import Opener
from .findings import comparable, findings_of

SAMPLES = sorted(data_folder("samples").glob("*.xlsx"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_grids_and_findings_are_those_of_the_file(opener: Opener, sample: Path) -> None:
    saved, live = FileHost(sample), LiveHost(opener(sample))
    assert live.name == sample.name
    assert live.sheets() == saved.sheets()
    assert [comparable(grid) for grid in live.read_all()] == [comparable(grid) for grid in saved.read_all()]
    found = findings_of(live)
    assert found == findings_of(saved)
    assert bool([finding for finding in found if finding.fix]) == ("有错误" in sample.name)
