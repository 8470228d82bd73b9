"""The add-in as a package: complete, the same on every machine, and free of what a build would leave behind."""

from __future__ import annotations

import os
import posixpath
import subprocess
import sys
import zipfile
from pathlib import Path

from lxml import etree

from gongkai_addins import ADD_IN_NAME
from gongkai_addins.buttons import load_tab
from gongkai_addins.excel.add_in import sheet_texts
from gongkai_addins.excel.workbook_parts import TEXT_SHEET

INSTALLER = Path(__file__).parents[2] / "installer"


def test_every_part_is_described_and_every_relation_leads_somewhere(add_in: Path) -> None:
    with zipfile.ZipFile(add_in) as package:
        assert package.testzip() is None
        names = set(package.namelist())
        parsed = {name: etree.fromstring(package.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    types = parsed["[Content_Types].xml"]
    described = {str(name).removeprefix("/") for name in types.xpath("//@PartName")}  # type: ignore[union-attr]
    by_extension = {str(name) for name in types.xpath("//@Extension")}  # type: ignore[union-attr]
    assert described <= names
    assert {name for name in names - described if name.rpartition(".")[2] not in by_extension} == set()
    led_to = set()
    for name, tree in parsed.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            led_to |= {posixpath.normpath(posixpath.join(folder, str(target))) for target in tree.xpath("//@Target")}  # type: ignore[union-attr]
    assert led_to == {name for name in names if not name.endswith(".rels") and name != "[Content_Types].xml"}


def test_the_texts_stand_in_the_sheet(add_in: Path) -> None:
    import openpyxl

    # openpyxl does not know the type of an add-in; it is asked about the sheet only.
    copy = add_in.with_suffix(".xlsm")
    with zipfile.ZipFile(add_in) as package, zipfile.ZipFile(copy, "w") as changed:
        for name in package.namelist():
            changed.writestr(name, package.read(name).replace(b"excel.addin.macro", b"excel.sheet.macro"))
    book = openpyxl.load_workbook(copy)
    assert [(row[0].value, row[1].value) for row in book[TEXT_SHEET].rows] == list(sheet_texts(load_tab()).items())
    assert book.sheetnames == [TEXT_SHEET]


def test_another_process_on_another_day_builds_the_same_bytes(add_in: Path, tmp_path: Path) -> None:
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(INSTALLER),
        "PYTHONHASHSEED": "77",
        "TZ": "Asia/Shanghai",
        "LC_ALL": "C",
    }
    program = [sys.executable, "-X", "utf8=0", "-m", "gongkai_addins", str(tmp_path)]
    done = subprocess.run(program, env=surroundings, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (tmp_path / ADD_IN_NAME).read_bytes() == add_in.read_bytes()
    assert ADD_IN_NAME in done.stdout


def test_a_build_leaves_nothing_of_this_machine_in_the_file(add_in: Path) -> None:
    with zipfile.ZipFile(add_in) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(package.read(name) for name in package.namelist())
    for trace in (str(INSTALLER), str(Path.home())):
        assert trace.encode() not in everything and trace.encode("utf-16-le") not in everything


def test_nothing_built_is_kept_in_the_repository() -> None:
    kept = [
        path.name for path in INSTALLER.rglob("*") if path.suffix in {".xlam", ".oxt", ".exe", ".bin", ".whl", ".dll"}
    ]
    assert kept == []
