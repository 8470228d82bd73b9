"""2,000 damaged and garbled workbooks through the whole program: every one is answered, none is lost, nothing crashes."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path

import pytest

from gongkai.__main__ import main
from gongkai_workbooks.data_folder import data_folder

DAMAGED, GARBLED = 800, 1200
VALUES = (
    b"<v>-1</v>",
    b"<v>1e308</v>",
    b"<v>NaN</v>",
    b"<v></v>",
    b"<v>0.1234567890123456789</v>",
    b"<v>99999999999999999999</v>",
    b"<f>1/0</f>",
    b"<f>SUM(A1:A9)</f><v>12.5</v>",
    b"<is><t>=cmd|' /C calc'!A0</t></is>",
    b"<is><t>\xe5\x90\x88\xe3\x80\x80\xe8\xae\xa1</t></is>",
    b"<is><t>" + b"\xe9\x95\xbf" * 300 + b"</t></is>",
    b"<is><t>\xe2\x80\x94</t></is>",
    b"<is><t>1,2,3</t></is>",
    b"<is><t>O.5l</t></is>",
)


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Bytes cut off, flipped, doubled or blanked."""
    body = bytearray(data)
    kind = rng.randrange(4)
    if kind == 0:
        return bytes(body[: rng.randrange(len(body))])
    for _ in range(rng.choice((1, 5, 50))):
        body[rng.randrange(len(body))] ^= 1 << rng.randrange(8)
    if kind == 2:
        at = rng.randrange(len(body))
        body[at:at] = body[at : at + rng.randrange(2000)]
    elif kind == 3:
        at = rng.randrange(len(body))
        body[at : at + 200] = bytes(len(body[at : at + 200]))
    return bytes(body)


def garbled(data: bytes, rng: random.Random) -> bytes:
    """A package that opens, with cells, rows, shared names or whole parts that are not what they should be."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        for name in package.namelist():
            body = package.read(name)
            if name in sheets and rng.random() < 0.6:
                body = garbled_sheet(body, rng)
            elif rng.random() < 0.02:
                continue
            written.writestr(name, body)
    return out.getvalue()


def garbled_sheet(body: bytes, rng: random.Random) -> bytes:
    cells = body.split(b"<c ")
    for _ in range(rng.randrange(1, 8)):
        at = rng.randrange(1, len(cells)) if len(cells) > 1 else 0
        kind = rng.randrange(5)
        if kind == 0:
            del cells[at]
        elif kind == 1:
            cells.insert(at, cells[at])
        elif kind == 2:
            other = rng.randrange(1, len(cells)) if len(cells) > 1 else 0
            cells[at], cells[other] = cells[other], cells[at]
        elif b"/>" in cells[at] or b"</c>" in cells[at]:
            address = cells[at].split(b'r="', 1)[-1].split(b'"', 1)[0]
            value = rng.choice(VALUES)
            sort = b' t="inlineStr"' if value.startswith(b"<is>") else b""
            tail = cells[at].split(b"</c>", 1)[-1] if b"</c>" in cells[at] else cells[at].split(b"/>", 1)[-1]
            cells[at] = b'r="' + address + b'"' + sort + b">" + value + b"</c>" + tail
        if len(cells) < 2:
            break
    return b"<c ".join(cells)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    rng = random.Random(20241122)
    samples = [path.read_bytes() for path in sorted(data_folder("samples").glob("*.xlsx"))]
    for number in range(DAMAGED + GARBLED):
        make = damaged if number < DAMAGED else garbled
        (folder / f"{number:04}.xlsx").write_bytes(make(rng.choice(samples), rng))
    return folder


def test_every_file_is_answered(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    report = tmp_path / "report.json"
    code = main(["check", str(folder), "--output-format", "json", "--output-file", str(report), "--jobs", "1", "-q"])
    assert code == 2  # some cannot be read, and that is never passed over
    told = json.loads(report.read_text(encoding="utf-8"))
    assert len(told["files"]) == DAMAGED + GARBLED
    assert {file["status"] for file in told["files"]} <= {"checked", "unreadable", "not_a_disclosure"}
    unread = [file for file in told["files"] if file["status"] != "checked"]
    assert all(file["error"] and Path(file["path"]).name in file["error"] for file in unread)
    everything = report.read_text(encoding="utf-8") + "".join(capfd.readouterr())
    assert "Traceback" not in everything
    assert "程序内部出错" not in everything
    assert not [skip for file in told["files"] for skip in file["not_checked"] if skip["code"] == "WB901"]
    statuses = [file["status"] for file in told["files"]]
    assert statuses.count("checked") > 900  # the garbled ones open: it is their content that is tried
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_garbled_files_are_corrected_without_harm(folder: Path, tmp_path: Path) -> None:
    chosen = sorted(folder.glob("*.xlsx"))[DAMAGED : DAMAGED + 60]
    originals = {path: path.read_bytes() for path in chosen}
    report = tmp_path / "report.json"
    arguments = ["check", *map(str, chosen), "--fix", "--output-dir", str(tmp_path / "out"), "--jobs", "1", "-q"]
    assert main([*arguments, "--output-format", "json", "--output-file", str(report)]) in (1, 2)
    assert {path: path.read_bytes() for path in chosen} == originals
    text = report.read_text(encoding="utf-8")
    assert "程序内部出错" not in text
    assert len(json.loads(text)["files"]) == len(chosen)
    for written in (tmp_path / "out").glob("*.xlsx"):
        with zipfile.ZipFile(written) as package:
            assert package.testzip() is None
