"""The commands of the installed product give on Windows what they give here."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .pc import USER, Pc

SAMPLES = Path(__file__).parents[2] / "workbooks/samples"
WRONG = "示例-有错误.xlsx"


@pytest.fixture
def folder(pc: Pc, tmp_path: Path) -> Path:
    """A folder of the user with a blank and Chinese letters in its name, and a sample in it."""
    folder = pc.drive / "users" / USER / "决算 公开" / tmp_path.name
    folder.mkdir(parents=True)
    shutil.copy(SAMPLES / WRONG, folder / WRONG)
    return folder


@pytest.mark.parametrize("arguments", [(), ("--joint",)])
def test_a_check_finds_the_same(pc: Pc, folder: Path, arguments: tuple[str, ...]) -> None:
    command = ("check", *arguments, "--output-format", "json", WRONG)
    here = subprocess.run(
        [sys.executable, "-m", "gongkai", *command], cwd=folder, capture_output=True, check=False, timeout=120
    )
    there = pc.gongkai(*command, folder=folder)
    assert there.code == here.returncode == 1
    assert json.loads(there.out) == json.loads(here.stdout)
    assert len(json.loads(there.out)["files"][0]["findings"]) >= 8


def test_a_report_for_people_is_in_the_code_page_of_the_console(pc: Pc, folder: Path) -> None:
    said = pc.gongkai("check", WRONG, folder=folder)
    assert f"{WRONG}  GK03 支出决算表!E7" in said.text
    assert "应为 667.00    实为 676.00" in said.text
    assert b"\xef\xbf\xbd" not in said.out


def test_a_folder_is_checked(pc: Pc, folder: Path) -> None:
    """In one process: several speak through message pipes, of which wine reports messages that it then waits for in vain."""
    for number in range(3):
        shutil.copy(folder / WRONG, folder / f"第 {number} 份.xlsx")
    said = pc.gongkai("check", "--jobs", "1", "--output-format", "json", ".", folder=folder)
    files = json.loads(said.out)["files"]
    assert [file["status"] for file in files] == ["checked"] * 4
    assert len({json.dumps(file["findings"]) for file in files}) == 1


def test_a_correction_is_taken_back_to_the_byte(pc: Pc, folder: Path) -> None:
    book = folder / WRONG
    before = book.read_bytes()
    said = pc.gongkai("fix", "--in-place", "--output-format", "json", WRONG, folder=folder)
    assert said.code == 1, said.text
    assert book.read_bytes() != before
    left = json.loads(pc.gongkai("check", "--output-format", "json", WRONG, folder=folder).out)["summary"]
    assert (left["fixable_safe"], left["error"]) == (0, 2)
    said = pc.gongkai("undo", WRONG, folder=folder)
    assert said.code == 0 and "已撤销上次修正和标记。" in said.text
    assert book.read_bytes() == before


def test_a_workbook_that_is_open_elsewhere_is_left_alone(pc: Pc, folder: Path) -> None:
    """Excel lets others read an open workbook, and neither write nor replace it."""
    book = folder / WRONG
    before = book.read_bytes()
    script = (
        "import sys, win32con, win32file\n"
        "kept = win32file.CreateFile(sys.argv[1], win32con.GENERIC_READ | win32con.GENERIC_WRITE, win32con.FILE_SHARE_READ, None, 3, 0, None)\n"
        "import subprocess\n"
        "done = subprocess.run([sys.executable, '-I', '-m', 'gongkai', 'fix', '--in-place', sys.argv[1]], capture_output=True)\n"
        "sys.stdout.buffer.write(done.stdout + done.stderr)\n"
        "sys.exit(done.returncode)\n"
    )
    said = pc.python("-c", script, pc.named(book)).wait()
    assert said.code == 2, said.text
    assert book.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [WRONG]
    assert "占用" in said.text or "打开" in said.text, said.text


def test_an_encrypted_workbook_is_corrected_and_stays_encrypted(pc: Pc, folder: Path) -> None:
    import msoffcrypto
    from msoffcrypto.format.ooxml import OOXMLFile

    book = folder / "加密.xlsx"
    with (folder / WRONG).open("rb") as plain, book.open("wb") as secret:
        OOXMLFile(plain).encrypt("口令 1", secret)
    said = pc.gongkai("fix", "--in-place", "--password", "口令 1", book.name, folder=folder)
    assert said.code == 1, said.text
    with book.open("rb") as file:
        assert msoffcrypto.OfficeFile(file).is_encrypted()
    said = pc.gongkai("check", "--password", "口令 1", book.name, folder=folder)
    assert "错误 2，警告 1" in said.text


def test_doctor_tells_of_the_installation(pc: Pc) -> None:
    said = pc.gongkai("doctor")
    assert said.code == 0, said.text
    assert "安装正常。" in said.text
    assert "Python  3.11.9 " in said.text and f"C:\\users\\{USER}\\AppData\\Local\\Programs\\gongkai" in said.text
    assert "编码  gbk / cp936" in said.text
    assert "浏览器网页（没有 tkinter）" in said.text
    for package in ("python-calamine", "lxml", "polars", "highspy", "xlwings", "pywin32"):
        assert f"正常  {package}  " in said.text


def test_the_add_in_is_known_to_be_there(pc: Pc) -> None:
    said = pc.gongkai("excel", "status")
    assert said.code == 0
    assert f"加载项：C:\\users\\{USER}\\AppData\\Roaming\\Microsoft\\Excel\\XLSTART\\gongkai.xlam\n" in said.text
    assert "登录时启动常驻程序：是" in said.text and "-I -m gongkai helper run" in said.text
