from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import jsonschema
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from gongkai import check_workbook, passwords
from gongkai.commands import check
from gongkai.crash import crash_folder
from gongkai.session import Session
from gongkai_checks.options import Options
from gongkai_workbooks.disclosure import Disclosure
from tests.plugin.conftest import Program

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/report.schema.json").read_text(encoding="utf-8"))


def report_of(text: str) -> Any:
    document = json.loads(text)
    jsonschema.validate(document, SCHEMA)
    return document


def test_a_sound_workbook_is_0(gongkai: Program) -> None:
    done = gongkai("check", "江汉.xlsx")
    assert done.code == 0
    assert "9 张表，检查 " in done.out
    assert "错误 0，警告 0，" in done.out
    assert done.err == ""


def test_errors_are_1_and_said_with_cell_and_amounts(gongkai: Program) -> None:
    done = gongkai("有错误.xlsx")
    assert done.code == 1
    lines = done.out.splitlines()
    place = next(
        k for k, line in enumerate(lines) if line.startswith("有错误.xlsx  GK03 支出决算表!E7  ✖ 错误 XF301  ")
    )
    assert lines[place + 1] == "    应为 667.00    实为 676.00    相差 +9.00（万元，容差 0.02）"
    assert lines[place + 3] == (
        "    验算：E7 676.00，E8＋E11＋E21＝14.72＋624.54＋27.73＝666.99；相差 +9.01，超出容差 0.02（另有 2 式同样不符）"
    )
    assert lines[place + 5].endswith("〔可自动修正：只有改这一格能使有关关系全部相符，公开01“本年支出合计”也是这个数〕")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["江汉.xlsx", "--fail-on", "提示"], 1),
        (["青山.xlsx"], 0),
        (["青山.xlsx", "--fail-on", "warning"], 1),
        (["青山.xlsx", "--fail-on", "警告", "--ignore", "XF2"], 0),
        (["有错误.xlsx", "--exit-zero"], 0),
        (["有错误.xlsx", "--select", "WB004"], 0),
        (["有错误.xlsx", "--select", "WB"], 1),
        (["没有.xlsx", "江汉.xlsx", "--exit-zero"], 2),
    ],
)
def test_exit_codes(gongkai: Program, arguments: list[str], code: int) -> None:
    assert gongkai(*arguments).code == code


def test_a_code_that_no_rule_has_is_refused_before_anything_is_checked(gongkai: Program) -> None:
    done = gongkai("江汉.xlsx", "--ignore", "XF3,ZZ9")
    assert (done.code, done.out) == (2, "")
    assert done.err == "--ignore：没有以“ZZ9”开头的规则；用 gongkai rules 查看全部规则。\n"


def test_one_bad_file_does_not_keep_the_others_from_being_checked(gongkai: Program, folder: Path) -> None:
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    done = gongkai("坏.xlsx", "江汉.xlsx")
    assert done.code == 2
    assert "坏.xlsx" in done.out
    assert "江汉.xlsx  9 张表" in done.out
    assert "共 2 个文件：无问题 0，有问题 1，未校验 1；" in done.err
    assert "Traceback" not in done.out + done.err


def test_a_workbook_without_tables_says_what_was_looked_for(gongkai: Program, folder: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("通讯录")["A1"] = "通讯录"
    workbook.save(folder / "通讯录.xlsx")
    done = gongkai("通讯录.xlsx")
    assert done.code == 2
    assert done.out.startswith("通讯录.xlsx：没有找到部门决算公开表。程序按标题找这九张表：收入支出决算总表、")
    document = report_of(gongkai("通讯录.xlsx", "--output-format", "json").out)
    assert document["files"][0]["status"] == "not_a_disclosure"


def test_nothing_to_check_is_2(gongkai: Program, folder: Path) -> None:
    (folder / "空").mkdir()
    for arguments in (["空"], ["没有.xlsx"], ["没有*.xlsx"]):
        done = gongkai(*arguments)
        assert (done.code, done.out) == (2, "")
        assert done.err.count("\n") == 1


def test_a_folder_without_results_and_backups(gongkai: Program, folder: Path) -> None:
    (folder / "江汉.校验.xlsx").write_bytes(b"")
    (folder / "~$青山.xlsx").write_bytes(b"")
    done = gongkai("-v")
    assert done.code == 1
    assert "共 3 个文件：无问题 0，有问题 3，未校验 0；" in done.err
    assert "跳过 江汉.校验.xlsx" in done.err


def test_json_fits_the_schema_and_says_the_same(gongkai: Program, folder: Path) -> None:
    (folder / "坏.xlsx").write_bytes(b"")
    done = gongkai(".", "--output-format", "json")
    assert done.code == 2
    document = report_of(done.out)
    files = {file["path"]: file for file in document["files"]}
    assert list(files) == ["坏.xlsx", "有错误.xlsx", "江汉.xlsx", "青山.xlsx"]
    assert files["坏.xlsx"]["status"] == "unreadable"
    assert files["坏.xlsx"]["error"] in done.err
    assert (files["江汉.xlsx"]["year"], files["江汉.xlsx"]["amount_unit"]) == (2024, "万元")
    assert files["江汉.xlsx"]["department"] == "武汉市江汉区医疗保障局"
    assert [files["江汉.xlsx"]["tables"][number]["status"] for number in ("01", "07", "08", "09")] == [
        *("checked", "empty", "empty", "empty"),
    ]
    wrong = [finding for finding in files["有错误.xlsx"]["findings"] if finding["cell"] == "G19"]
    assert [(finding["expected"], finding["found"], finding["difference"]) for finding in wrong] == [
        ("407.49", "4074.90", "+3667.41")
    ]
    assert wrong[0]["fix"]["safety"] == "safe"
    assert wrong[0]["fix"]["edits"][0]["new"] == "407.49"
    assert document["summary"]["files"] == 4
    assert document["summary"]["unreadable"] == 1


def test_order_of_findings_is_that_of_the_sheets(gongkai: Program) -> None:
    file = report_of(gongkai("有错误.xlsx", "--output-format", "json").out)["files"][0]
    sheets = [file["tables"][number]["sheet"] for number in file["tables"]]
    places = [sheets.index(finding["sheet"]) for finding in file["findings"] if finding["sheet"]]
    assert places == sorted(places)


def test_any_number_of_processes_gives_the_same_report(command: Program, folder: Path) -> None:
    for number in range(5):
        (folder / f"副本{number}.xlsx").write_bytes((folder / "有错误.xlsx").read_bytes())
    (folder / "坏.xlsx").write_bytes(b"")
    one, two = (command(".", "--output-format", "json", "--jobs", jobs) for jobs in ("1", "2"))
    assert (one.code, two.code) == (2, 2)
    assert len(report_of(one.out)["files"]) == 9
    assert one.out == two.out


def test_rounding_is_shown_only_when_asked_for(gongkai: Program) -> None:
    def infos(*options: str) -> int:
        count: int = report_of(gongkai("江汉.xlsx", "--output-format", "json", *options).out)["summary"]["info"]
        return count

    assert infos() == infos("-v") < infos("--show-rounding")
    assert gongkai("江汉.xlsx").out.count("● 提示") < gongkai("江汉.xlsx", "-v").out.count("● 提示")


def test_the_rounding_profile_reaches_the_rules(gongkai: Program) -> None:
    half_up, truncate = (
        gongkai("江汉.xlsx", "--show-rounding", "--profile", name).out for name in ("half_up", "truncate")
    )
    assert "四舍五入" in half_up
    assert "四舍五入" not in truncate.replace("四舍五入允许范围", "")
    assert "截位" in truncate


def test_a_report_in_a_file(gongkai: Program, folder: Path) -> None:
    done = gongkai("江汉.xlsx", "青山.xlsx", "--output-file", "报告.txt")
    assert (done.code, done.out) == (0, "")
    assert "共 2 个文件" in done.err
    text = (folder / "报告.txt").read_text(encoding="utf-8")
    assert "青山.xlsx  9 张表" in text
    assert text.splitlines()[-1].startswith("共 2 个文件")


def test_a_report_never_replaces_a_workbook(gongkai: Program, folder: Path) -> None:
    before = (folder / "江汉.xlsx").read_bytes()
    for name in ("江汉.xlsx", "新.xlsx"):
        done = gongkai("江汉.xlsx", "--output-format", "json", "--output-file", name)
        assert (done.code, done.out) == (2, "")
        assert "报告不能写到工作簿" in done.err
    assert (folder / "江汉.xlsx").read_bytes() == before
    assert not (folder / "新.xlsx").exists()


def test_one_workbook_on_standard_input(command: Program, folder: Path) -> None:
    content = (folder / "有错误.xlsx").read_bytes()
    done = command("-", "--output-format", "json", given=content)
    assert done.code == 1
    assert report_of(done.out)["files"][0]["path"] == "<stdin>"
    bad = command("-", given=b"rubbish")
    assert bad.code == 2
    assert "<stdin>" in bad.out
    assert "gongkai-" not in bad.out
    assert command("-", "江汉.xlsx", given=content).code == 2


def test_english(command: Program) -> None:
    done = command("有错误.xlsx", environment={"GONGKAI_LANGUAGE": "en"})
    assert "✖ error XF301  total-of-sheet-03-differs-from-its-classes" in done.out
    assert "expected 667.00    found 676.00    difference +9.00" in done.out
    assert "9 tables, " in done.out


def test_english_for_machines_says_the_same_of_the_same_cells(gongkai: Program) -> None:
    chinese, english = (
        report_of(gongkai("有错误.xlsx", "--output-format", "json", "--language", language).out)["files"][0]
        for language in ("zh", "en")
    )
    said = ("message", "help", "found", "expected")
    for one, other in zip(chinese["findings"], english["findings"], strict=True):
        assert other["message"] != one["message"] and other["help"] != one["help"]
        for finding in (one, other):
            fix = finding["fix"]
            if fix is not None:
                finding["fix"] = {name: fix[name] for name in ("safety", "edits")}
        assert {**one, **dict.fromkeys(said)} == {**other, **dict.fromkeys(said)}
    [total] = [finding for finding in english["findings"] if finding["code"] == "XF301"]
    assert "should be 667.00, is 676.00" in total["message"]
    assert [skipped["code"] for skipped in english["not_checked"]] == [s["code"] for s in chinese["not_checked"]]
    reasons = [
        (one["reason"], other["reason"])
        for one, other in zip(chinese["not_checked"], english["not_checked"], strict=True)
    ]
    assert reasons and all(one != other for one, other in reasons)


def test_english_leaves_the_notes_and_the_list_in_a_workbook_chinese(gongkai: Program, folder: Path) -> None:
    gongkai("有错误.xlsx", "--mark", "--language", "en", "--output-format", "json")
    with zipfile.ZipFile(folder / "有错误.校验.xlsx") as archive:
        notes = b"".join(archive.read(name) for name in archive.namelist() if "comments" in name).decode()
    assert "应为 667.00" in notes and "should be" not in notes


@pytest.mark.parametrize("encoding", ["cp936", "ascii"])
def test_no_console_makes_it_fail(command: Program, encoding: str) -> None:
    done = command("有错误.xlsx", environment={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert done.code == 1
    assert "E " in done.out
    assert done.err == ""
    if encoding == "cp936":
        assert "有错误.xlsx  GK03 支出决算表!E7  E 错误 XF301" in done.out


def encrypted(path: Path, password: str) -> None:
    content = io.BytesIO()
    with path.open("rb") as file:
        OOXMLFile(file).encrypt(password, content)
    path.write_bytes(content.getvalue())


def test_an_encrypted_workbook(gongkai: Program, folder: Path) -> None:
    encrypted(folder / "江汉.xlsx", "密码123")
    for arguments in ([], ["--password", "错"]):
        done = gongkai("江汉.xlsx", *arguments)
        assert done.code == 2
        assert "密码" in done.out
    done = gongkai("江汉.xlsx", "--password", "密码123")
    assert done.code == 0
    assert "9 张表" in done.out


def test_the_password_is_asked_for_on_a_terminal(
    gongkai: Program, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypted(folder / "江汉.xlsx", "对")
    given = iter(["错", "对"])
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return next(given)

    monkeypatch.setattr(passwords, "is_terminal", lambda stream: True)
    monkeypatch.setattr("getpass.getpass", answer)
    done = gongkai("江汉.xlsx")
    assert done.code == 0
    assert len(asked) == 2
    assert "江汉.xlsx 已加密" in asked[0]


def test_a_fault_of_the_program_is_one_sentence_with_a_log(gongkai: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = Session.check

    def failing(self: Session, disclosures: Sequence[Disclosure]) -> Any:
        if any(disclosure.path == "江汉.xlsx" for disclosure in disclosures):
            raise ZeroDivisionError("秘密")
        return checked(self, disclosures)

    monkeypatch.setattr(Session, "check", failing)
    done = gongkai("江汉.xlsx", "青山.xlsx")
    assert done.code == 2
    assert "青山.xlsx  9 张表" in done.out
    line = next(line for line in done.out.splitlines() if "程序内部出错" in line)
    (log,) = crash_folder().iterdir()
    assert str(log) in line
    assert "ZeroDivisionError: 秘密" in log.read_text(encoding="utf-8")
    assert "Traceback" not in done.out + done.err


def test_a_fault_outside_the_files_too(gongkai: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr(check, "find_workbooks", fail)
    done = gongkai("江汉.xlsx", "--password", "保密")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("程序内部出错")
    (log,) = crash_folder().iterdir()
    assert "保密" not in log.read_text(encoding="utf-8")


def test_ctrl_c_is_130_and_leaves_no_report(gongkai: Program, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "check", interrupted)
    done = gongkai("江汉.xlsx", "--output-file", "报告.txt")
    assert (done.code, done.out) == (130, "")
    assert done.err == "已中断；没有留下写了一半的文件。\n"
    assert {path.name for path in folder.iterdir()} == {"江汉.xlsx", "青山.xlsx", "有错误.xlsx"}


def test_control_sequences_in_a_workbook_never_reach_the_terminal(gongkai: Program, folder: Path) -> None:
    name = "\x1b[31m红\x1b[0m"
    with zipfile.ZipFile(folder / "有错误.xlsx") as source, zipfile.ZipFile(folder / "恶.xlsx", "w") as target:
        for member in source.namelist():
            content = source.read(member)
            if member == "xl/workbook.xml":
                content = content.replace("GK03 支出决算表".encode(), "GK03\u202e\u009b31m".encode())
            target.writestr(member, content)
    done = gongkai("恶.xlsx")
    assert done.code == 1
    assert "GK0331m!E7" in done.out
    assert not {"\x1b", "\x9b", "\u202e"} & set(done.out + name.replace("\x1b", ""))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--in-place", "江汉.xlsx"],
        ["--output-dir", "出", "江汉.xlsx"],
        ["--unsafe-fixes", "江汉.xlsx"],
        ["--diff", "--output-format", "json", "江汉.xlsx"],
        ["--diff", "--in-place", "--fix", "江汉.xlsx"],
        ["--fix", "--in-place"],
        ["--dictionary", "没有.csv", "江汉.xlsx"],
    ],
)
def test_options_that_would_do_nothing_are_refused(gongkai: Program, arguments: list[str]) -> None:
    done = gongkai(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1


def test_a_wrong_command_is_recognised(gongkai: Program) -> None:
    done = gongkai("chekc", "江汉.xlsx")
    assert done.code == 2
    assert "若“chekc”是命令，应写作 check。" in done.err


def test_check_workbook_as_a_function(folder: Path) -> None:
    report = check_workbook("有错误.xlsx", Options(select=("XF3",)))
    assert [finding.code for finding in report.findings] == ["XF301"]
    assert check_workbook(folder / "没有.xlsx").status == "unreadable"


def test_a_search_that_was_not_finished_never_looks_clean(gongkai: Program) -> None:
    assert gongkai("江汉.xlsx", "--joint", "--fail-on", "error").code == 0
    done = gongkai("江汉.xlsx", "--joint", "--fail-on", "error", "--time-limit", "0.000001")
    assert done.code == 2
    assert "联合校验（--joint）未能算完" in done.out and "未能校验 1" in done.out and "未发现" not in done.out
    told = gongkai("江汉.xlsx", "--joint", "--time-limit", "0.000001", "--language", "en")
    assert told.code == 2 and "(--joint) could not be finished" in told.out
