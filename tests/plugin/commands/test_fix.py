from __future__ import annotations

import datetime
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gongkai.__main__ import main
from gongkai.results_sheet import COLUMNS
from gongkai.session import Session
from gongkai_checks import registry
from gongkai_checks.finding import Edit, Finding, Fix, Safety, Severity
from gongkai_checks.rule import rule
from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.disclosure import Table
from tests.plugin.conftest import Program

WRONG = {
    ("GK02 收入决算表", "F23"): ("17.01", 17.01),
    ("GK03 支出决算表", "E7"): (676.0, 667.0),
    ("GK05 一般公共预算财政拨款支出决算表", "G19"): (4074.9, 407.49),
    ("GK06 一般公共预算财政拨款基本支出决算明细表", "I34"): (None, 19.51),
}
"""The documented errors of the sample that can be proven: what stands there, what should."""
STATE = COLUMNS.index("处理")


def values(path: Path) -> dict[tuple[str, str], object]:
    workbook = openpyxl.load_workbook(path)
    return {place: workbook[place[0]][place[1]].value for place in WRONG}


def test_proven_errors_are_corrected_in_a_copy(gongkai: Program, folder: Path) -> None:
    before = (folder / "有错误.xlsx").read_bytes()
    done = gongkai("fix", "有错误.xlsx")
    assert done.code == 1  # what cannot be proven is left
    assert (folder / "有错误.xlsx").read_bytes() == before
    assert values(folder / "有错误.校验.xlsx") == {place: right for place, (_, right) in WRONG.items()}
    assert "已写出 有错误.校验.xlsx：修正 4 处，标记 8 个单元格。重新校验的结果如下" in done.out
    assert "已改 GK03 支出决算表!E7（合计·本年支出合计）  XF301\n    - 676.00\n    + 667.00\n" in done.out
    assert "    - 文本“17.01”\n    + 17.01\n" in done.out
    assert "✖ 错误 XF301" not in done.out
    assert done.out.splitlines()[-1].endswith("可自动修正 0（另有 1 项需 --unsafe-fixes）。")


def test_the_copy_is_marked_and_lists_everything(gongkai: Program, folder: Path) -> None:
    gongkai("--fix", "有错误.xlsx")
    workbook = openpyxl.load_workbook(folder / "有错误.校验.xlsx")
    assert workbook.sheetnames[-1] == "校验结果"
    rows = [[cell.value for cell in row] for row in workbook["校验结果"].iter_rows()]
    header = next(k for k, row in enumerate(rows) if row[0] == "序号")
    done = [row for row in rows[header + 1 :] if row[STATE] == "已改"]
    assert [row[3] for row in done] == [f"{sheet}!{cell}" for sheet, cell in WRONG]
    note = workbook["GK04 财政拨款收入支出决算总表"]["H26"].comment.text
    assert "✖ 错误 DX004" in note
    line = int(note.rsplit("结果清单第 ", 1)[1].split()[0])
    assert rows[line - 1][3] == "GK04 财政拨款收入支出决算总表!H26"


def test_marks_without_corrections_and_corrections_without_marks(gongkai: Program, folder: Path) -> None:
    gongkai("--mark", "有错误.xlsx")
    marked = folder / "有错误.校验.xlsx"
    assert values(marked) == {place: wrong for place, (wrong, _) in WRONG.items()}
    assert openpyxl.load_workbook(marked)["GK03 支出决算表"]["E7"].comment is not None
    gongkai("--fix", "--no-mark", "有错误.xlsx")
    plain = openpyxl.load_workbook(marked)
    assert values(marked) == {place: right for place, (_, right) in WRONG.items()}
    assert "校验结果" not in plain.sheetnames
    assert plain["GK03 支出决算表"]["E7"].comment is None


def test_diff_shows_and_writes_nothing(gongkai: Program, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = gongkai("有错误.xlsx", "--diff")
    assert done.code == 1
    assert done.out.count("将改 ") == 4
    assert "✖ 错误" not in done.out
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_in_place_keeps_a_backup(gongkai: Program, folder: Path) -> None:
    before = (folder / "有错误.xlsx").read_bytes()
    done = gongkai("有错误.xlsx", "--fix", "--in-place")
    (backup,) = folder.glob("有错误.备份-*.xlsx")
    assert backup.read_bytes() == before
    assert backup.name in done.out
    assert values(folder / "有错误.xlsx")["GK03 支出决算表", "E7"] == 667.0
    assert not (folder / "有错误.校验.xlsx").exists()


def test_copies_go_to_the_output_folder_as_they_lie(gongkai: Program, folder: Path) -> None:
    (folder / "局" / "处").mkdir(parents=True)
    shutil.move(folder / "有错误.xlsx", folder / "局" / "处" / "有错误.xlsx")
    assert gongkai("局", "--fix", "--output-dir", "出").code == 1
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*.校验.xlsx")] == ["出/处/有错误.校验.xlsx"]


def test_a_sound_workbook_is_not_written(gongkai: Program, folder: Path) -> None:
    done = gongkai("江汉.xlsx", "--fix", "--no-mark")
    assert done.code == 0
    assert "未写出文件" in done.out
    assert not list(folder.glob("*.校验.xlsx"))


def test_a_file_of_somebody_else_is_not_overwritten(gongkai: Program, folder: Path) -> None:
    shutil.copyfile(folder / "江汉.xlsx", folder / "有错误.校验.xlsx")
    before = (folder / "有错误.校验.xlsx").read_bytes()
    done = gongkai("fix", "有错误.xlsx")
    assert done.code == 2
    assert "有错误.校验.xlsx 已存在且不是本程序写出的" in done.out
    assert "✖ 错误 XF301" in done.out  # the findings are not lost
    assert (folder / "有错误.校验.xlsx").read_bytes() == before


def test_a_target_that_cannot_be_written_is_said_and_the_findings_are_shown(gongkai: Program, folder: Path) -> None:
    (folder / "有错误.校验.xlsx").mkdir()
    done = gongkai("fix", "有错误.xlsx", "江汉.xlsx")
    assert done.code == 2
    assert "无法写入 有错误.校验.xlsx" in done.out
    assert "✖ 错误 XF301" in done.out
    assert "江汉.xlsx  9 张表" in done.out
    assert "1 个文件未能写出。" in done.err


def test_a_result_that_was_worked_on_is_kept_when_it_is_made_again(gongkai: Program, folder: Path) -> None:
    gongkai("fix", "有错误.xlsx")
    assert gongkai("fix", "有错误.xlsx").code == 1
    assert not list(folder.glob("*.备份-*"))
    result = folder / "有错误.校验.xlsx"
    later = datetime.datetime.now().timestamp() + 3600
    os.utime(result, (later, later))
    done = gongkai("fix", "有错误.xlsx")
    (backup,) = folder.glob("有错误.校验.备份-*.xlsx")
    assert backup.name in done.out


def test_answers_of_the_office_are_carried_over(gongkai: Program, folder: Path) -> None:
    gongkai("fix", "有错误.xlsx")
    result = folder / "有错误.校验.xlsx"
    workbook = openpyxl.load_workbook(result)
    sheet = workbook["校验结果"]
    row = next(row for row in sheet.iter_rows() if row[2].value == "WB004")
    row[STATE].value, row[STATE + 1].value = "确认无误", "已在说明中写明"
    workbook.save(result)
    gongkai("fix", "有错误.xlsx")
    rows = openpyxl.load_workbook(result)["校验结果"].iter_rows(values_only=True)
    assert [(row[STATE], row[STATE + 1]) for row in rows if row[2] == "WB004"] == [("确认无误", "已在说明中写明")]


def test_marks_of_an_earlier_run_go_when_nothing_is_found_any_more(gongkai: Program, folder: Path) -> None:
    before = (folder / "江汉.xlsx").read_bytes()
    assert gongkai("江汉.xlsx", "--mark", "--in-place").code == 0
    assert (folder / "江汉.xlsx").read_bytes() != before
    done = gongkai("江汉.xlsx", "--mark", "--in-place", "--select", "WB001")
    assert "先前的标记已清除" in done.out
    assert (folder / "江汉.xlsx").read_bytes() == before


def test_other_formats_are_checked_only(gongkai: Program, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "有错误.xlsx").rename(folder / "有错误.et")
    done = gongkai("fix", "有错误.et")
    assert done.code == 1
    assert ".et 格式只能校验" in done.out
    assert "✖ 错误 XF301" in done.out
    assert not list(folder.glob("*.校验.*"))


HARM = 9999.0


@rule("ZZ301", "harmful-fix", Severity.ERROR)
def harmful(sheet03: Table) -> Iterator[Finding]:
    """一条会改错数字的规则

    为什么: 用于试验。
    示例: 无。
    如何修改: 无。
    依据: 无。
    """
    cell = sheet03.place("208", "本年支出合计")
    amount = sheet03.amount("208", "本年支出合计")
    assert cell is not None and amount is not None and sheet03.amount_unit is not None
    old = amount.fen / sheet03.amount_unit.fen
    if old != HARM:
        edit = Edit(cell=cell, old=old, new=HARM)
        yield Finding(message="试", cell=cell, fix=Fix(safety=Safety.SAFE, title="改坏", edits=(edit,)))


def test_a_fix_that_would_make_a_new_error_is_withdrawn(
    gongkai: Program, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = registry.load_registry()
    with_harm = replace(loaded, rules=(*loaded.rules, harmful))
    monkeypatch.setattr(registry, "load_registry", lambda: with_harm)
    before = openpyxl.load_workbook(folder / "有错误.xlsx")["GK03 支出决算表"]["E8"].value
    done = gongkai("fix", "有错误.xlsx")
    assert done.code == 1
    result = openpyxl.load_workbook(folder / "有错误.校验.xlsx")
    assert result["GK03 支出决算表"]["E8"].value == before
    assert "未改 GK03 支出决算表!E8 ZZ301  已撤回：修正后会出现新的错误" in done.out
    # The proven ones are made all the same, that of the total which the harmful one would upset among them.
    assert values(folder / "有错误.校验.xlsx") == {place: right for place, (_, right) in WRONG.items()}


def test_nothing_stays_behind_when_it_is_broken_off(
    gongkai: Program, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    checked, calls = Session.check, []

    def interrupted(self: Session, disclosures: object) -> object:
        calls.append(disclosures)
        if len(calls) == 4:  # the trial is written and about to be checked
            raise KeyboardInterrupt
        return checked(self, disclosures)  # type: ignore[arg-type]

    scratch = tmp_path / "临时"
    scratch.mkdir()
    before = {path.name for path in folder.iterdir()}
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    monkeypatch.setattr(Session, "check", interrupted)
    assert gongkai("fix", "有错误.xlsx").code == 130
    assert len(calls) == 4
    assert {path.name for path in folder.iterdir()} == before
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("time", ["yesterday", "2025-01-01T00:00:00"])
def test_a_result_whose_record_tells_no_time_is_kept_aside_and_replaced(tmp_path: Path, time: str) -> None:
    path = Path(shutil.copyfile(data_folder("samples") / "示例-有错误.xlsx", tmp_path / "决算.xlsx"))
    assert main(["fix", str(path), "--exit-zero"]) == 0
    result = tmp_path / "决算.校验.xlsx"
    with zipfile.ZipFile(result) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(result, "w") as archive:
        for name, data in parts.items():
            changed = re.sub(rb'"time": "[^"]*"', f'"time": "{time}"'.encode(), data)
            archive.writestr(name, changed if name.startswith("customXml/item") else data)
    for beside in tmp_path.glob("*.校验记录.json"):
        beside.unlink()
    before = result.read_bytes()
    assert main(["fix", str(path), "--exit-zero"]) == 0
    assert result.read_bytes() != before
    assert [backup.read_bytes() for backup in tmp_path.glob("决算.校验.备份-*.xlsx")] == [before]
