"""Undo and clear on a workbook that nobody else saved: byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai_workbooks.edits import NOTE_AUTHOR, RESULTS_SHEET, Edits
from gongkai_workbooks.errors import UnreadableError, WorkbookError
from gongkai_workbooks.package import clear_marks, journal_path, read_journals, undo_edits

from .edits import FIRST, SECOND, THIRD, all_edits, change, mark, results, write
from .reading import compressed, contents, openpyxl_book
from .rich import pack, unpack


def test_undo_restores_every_part(rich: Path, output: Path, tmp_path: Path) -> None:
    write(rich, all_edits(), output)
    back = tmp_path / "back.xlsx"
    assert undo_edits(output, back) == ()
    assert contents(back) == contents(rich)
    assert compressed(back) == compressed(rich)
    assert list(contents(back)) == list(contents(rich))
    assert read_journals(back) == ()
    assert not journal_path(back).exists()


def test_in_place_and_back(rich: Path) -> None:
    before = compressed(rich)
    write(rich, all_edits(), rich)
    assert compressed(rich) != before
    assert undo_edits(rich, rich) == ()
    assert compressed(rich) == before
    assert not journal_path(rich).exists()


@pytest.mark.parametrize("lost", ["inside", "beside"])
def test_either_journal_is_enough(rich: Path, output: Path, lost: str) -> None:
    write(rich, all_edits(), output)
    (journal,) = read_journals(output)
    if lost == "beside":
        journal_path(output).unlink()
    else:
        kept = {
            name: content
            for name, content in unpack(output.read_bytes()).items()
            if not name.startswith("customXml/item")
        }
        assert len(kept) == len(unpack(output.read_bytes())) - 4
        output.write_bytes(pack(kept))
    assert read_journals(output) == (journal,)
    assert undo_edits(output, output) == ()
    book = openpyxl_book(output)
    assert book.sheetnames == [FIRST, SECOND, THIRD]
    assert book[FIRST]["C8"].value == 10 and book[FIRST]["C8"].comment is None


@pytest.mark.parametrize("lost", ["inside", "beside"])
@pytest.mark.parametrize("character", ["\ud800", "\ufffe", "\uffff", "\x01", "\x85", "&amp;<", "😀"])
def test_a_journal_keeps_characters_that_xml_cannot_hold(rich: Path, output: Path, character: str, lost: str) -> None:
    note = f"前{character}后"
    write(rich, Edits(values=(change("C8", 10, note),), marks=(mark("D7", note=note),)), output)
    if lost == "beside":
        journal_path(output).unlink()
    else:
        parts = unpack(output.read_bytes())
        output.write_bytes(pack({name: parts[name] for name in parts if not name.startswith("customXml/item")}))
    (journal,) = read_journals(output)
    assert [note in cell.after for cell in journal.cells if cell.kind == "note"] == [True]
    assert undo_edits(output, output) == ()
    book = openpyxl_book(output)
    assert book[FIRST]["C8"].value == 10 and book[FIRST]["D7"].comment is None


def test_a_long_journal(rich: Path, output: Path) -> None:
    """It is kept in several elements, between which no character and no escape is torn apart."""
    notes = tuple(f"{number}：<&>“错”" + "误" * 20_000 for number in range(60))
    marks = tuple(mark(f"{chr(65 + at % 20)}{60 + at // 20}", note=note) for at, note in enumerate(notes))
    write(rich, Edits(marks=marks), output)
    assert contents(output)["customXml/item2.xml"].count(b"<json>") == 4
    journal_path(output).unlink()
    (journal,) = read_journals(output)
    assert sorted(cell.after.partition("\n")[2] for cell in journal.cells if cell.kind == "note") == sorted(notes)
    assert undo_edits(output, output) == ()
    assert compressed(output) == compressed(rich)


def test_clear_takes_the_marks_and_leaves_the_values(rich: Path, output: Path, tmp_path: Path) -> None:
    edits = all_edits()
    write(rich, edits, output)
    cleared, only_values = tmp_path / "cleared.xlsx", tmp_path / "values.xlsx"
    assert clear_marks(output, cleared) == ()
    write(rich, Edits(values=edits.values), only_values)
    # What is left is what writing the values alone gives, but for the journal inside.
    expected, found = contents(only_values), contents(cleared)
    journal = {"customXml/item2.xml", "customXml/itemProps2.xml", "customXml/_rels/item2.xml.rels"}
    registered = {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    assert {name: found[name] for name in found} == {
        name: contents(rich)[name] if name in registered else expected[name] for name in expected if name not in journal
    }
    assert NOTE_AUTHOR.encode() not in b"".join(found.values())
    assert undo_edits(cleared, cleared) == ()
    assert compressed(cleared) == compressed(rich)


def test_clear_of_marks_alone_restores_every_part(rich: Path, output: Path) -> None:
    write(rich, Edits(marks=all_edits().marks, results=results()), output)
    assert clear_marks(output, output) == ()
    assert compressed(output) == compressed(rich)
    assert not journal_path(output).exists()


def test_runs_are_taken_back_one_by_one(rich: Path, output: Path) -> None:
    write(rich, Edits(values=(change("C8", 10, 11),), marks=(mark("C8"),), results=results()), output)
    write(output, Edits(values=(change("C8", 11, 12), change("C9", "text", "t")), marks=(mark("C10"),)), output)
    write(output, Edits(marks=(mark("C11"),), results=results()), output)
    assert len(read_journals(output)) == 3
    seen = []
    for _ in range(3):
        assert undo_edits(output, output) == ()
        sheet = openpyxl_book(output)[FIRST]
        marked = [name for name in ("C8", "C10", "C11") if sheet[name].comment]
        seen.append((sheet["C8"].value, sheet["C9"].value, marked))
    assert seen == [(12, "t", []), (11, "text", []), (10, "text", [])]
    assert compressed(output) == compressed(rich)


def test_marking_again_and_again_does_not_grow_the_file(rich: Path, output: Path) -> None:
    edits = Edits(marks=all_edits().marks, results=results())
    write(rich, edits, output)
    first = contents(output)
    for _ in range(3):
        write(output, edits, output)
    again = contents(output)
    item = "customXml/item2.xml"
    assert {name: first[name] for name in first if name != item} == {
        name: again[name] for name in again if name != item
    }
    assert len(read_journals(output)) == 1
    undo_edits(output, output)
    assert compressed(output) == compressed(rich)


def test_an_untouched_part_that_changed_since_does_not_matter(rich: Path, output: Path) -> None:
    write(rich, all_edits(), output)
    parts = unpack(output.read_bytes())
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(b"</cp:coreProperties>", b" </cp:coreProperties>")
    output.write_bytes(pack(parts))
    assert undo_edits(output, output) == ()
    before, after = contents(rich), contents(output)
    assert {name for name in before if before[name] != after.get(name)} == {"docProps/core.xml"}
    assert set(before) == set(after)


def test_a_sheet_that_is_as_written_gets_its_bytes_back_when_another_changed(rich: Path, output: Path) -> None:
    write(rich, all_edits(), output)
    parts = unpack(output.read_bytes())
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert "<v>11.5</v>" in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("<v>11.5</v>", "<v>12</v>").encode()
    output.write_bytes(pack(parts))
    (refused,) = undo_edits(output, output)
    assert (str(refused.cell), "又被改动（现为“12”）" in refused.reason) == (f"{FIRST}!C8", True)
    before, after = contents(rich), contents(output)
    assert before["xl/worksheets/sheet2.xml"] == after["xl/worksheets/sheet2.xml"]
    assert "xl/comments2.xml" not in after
    book = openpyxl_book(output)
    assert book.sheetnames == [FIRST, SECOND, THIRD]
    assert (book[FIRST]["C8"].value, book[FIRST]["C9"].value, book[FIRST]["C8"].comment) == (12, "text", None)


def test_without_a_journal(rich: Path, tmp_path: Path) -> None:
    assert read_journals(rich) == ()
    for action in (undo_edits, clear_marks):
        with pytest.raises(WorkbookError, match=r"决算公开\.xlsx：没有找到校验记录"):
            action(rich, tmp_path / "back.xlsx")
    assert not (tmp_path / "back.xlsx").exists()


def test_a_damaged_journal(rich: Path, output: Path) -> None:
    write(rich, all_edits(), output)
    parts = unpack(output.read_bytes())
    parts["customXml/item2.xml"] = parts["customXml/item2.xml"].replace(b'"journals"', b'"jour"', 1)
    output.write_bytes(pack(parts))
    assert len(read_journals(output)) == 1  # the one beside the file is whole
    journal_path(output).write_text("{", encoding="utf-8")
    with pytest.raises(UnreadableError, match="校验记录有误"):
        undo_edits(output, output)
    # Marking anew is possible all the same.
    write(output, Edits(marks=(mark("C8"),)), output)
    assert len(read_journals(output)) == 1


def test_a_journal_with_wrong_bytes_is_found_out(rich: Path, output: Path) -> None:
    write(rich, all_edits(), output)
    parts = unpack(output.read_bytes())
    (journal,) = read_journals(output)
    (part,) = (part for part in journal.parts if part.name == "xl/comments1.xml")
    right, wrong = f'"crc": {part.crc},', f'"crc": {part.crc ^ 1},'
    assert parts["customXml/item2.xml"].count(right.encode()) == 1
    parts["customXml/item2.xml"] = parts["customXml/item2.xml"].replace(right.encode(), wrong.encode())
    output.write_bytes(pack(parts))
    with pytest.raises(UnreadableError, match="校验码不符"):
        undo_edits(output, output)
    assert unpack(output.read_bytes()) == parts


def test_results_sheet_alone(rich: Path, output: Path) -> None:
    write(rich, Edits(results=results()), output)
    assert openpyxl_book(output).sheetnames[-1] == RESULTS_SHEET
    undo_edits(output, output)
    assert compressed(output) == compressed(rich)
