"""The compound files are read back by olefile, which is told to complain about anything unusual."""

from __future__ import annotations

import io

import olefile  # type: ignore[import-untyped]
import pytest

from gongkai_addins.excel.compound_file import Tree, compound_file

SIZES = (0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 70_000)


def read(data: bytes) -> dict[str, bytes]:
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE) as file:
        assert file.parsing_issues == []
        return {"/".join(path): file.openstream(path).read() for path in file.listdir()}


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7, 8, 30, 100])
def test_any_number_of_streams_is_found_again(count: int) -> None:
    streams = {f"stream{number:03}": f"content of {number}".encode() * number for number in range(count)}
    assert read(compound_file({"VBA": streams, "PROJECT": b"x"})) == {
        "PROJECT": b"x",
        **{f"VBA/{name}": content for name, content in streams.items()},
    }


@pytest.mark.parametrize("size", SIZES)
def test_streams_of_any_size_keep_their_bytes(size: int) -> None:
    content = bytes(number * 7 % 251 for number in range(size))
    assert read(compound_file({"a": content, "B": b"beside", "c": content[::-1]})) == {
        "a": content,
        "B": b"beside",
        "c": content[::-1],
    }


def test_streams_are_found_whatever_the_case_of_the_letters() -> None:
    names = ("dir", "_VBA_PROJECT", "ThisWorkbook", "Sheet1", "GongkaiText", "alpha", "ALPHB")
    data = compound_file({"VBA": {name: name.encode() for name in names}})
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        assert [file.openstream(["vba", name.swapcase()]).read().decode() for name in names] == list(names)


def test_no_red_line_of_the_directory_has_a_red_child() -> None:
    for count in range(1, 40):
        data = compound_file({f"s{number}": b"" for number in range(count)})
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            entries = {entry.sid: entry for entry in file.direntries if entry is not None}

            def black_height(
                number: int, above_is_red: bool, entries: dict[int, olefile.OleDirectoryEntry] = entries
            ) -> int:
                if number == olefile.NOSTREAM:
                    return 1
                entry = entries[number]
                red = entry.color == 0
                assert not (red and above_is_red)
                left, right = (black_height(side, red) for side in (entry.sid_left, entry.sid_right))
                assert left == right
                return left + (not red)

            assert black_height(file.root.sid_child, above_is_red=True) >= 1


def test_the_same_tree_gives_the_same_bytes() -> None:
    tree: Tree = {"VBA": {"dir": b"1" * 5000, "x": b"2"}, "PROJECT": b"3"}
    assert compound_file(tree) == compound_file(tree)


@pytest.mark.parametrize("name", ["", "a/b", "a:b", "x" * 32])
def test_a_name_that_has_no_place_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name for a stream"):
        compound_file({name: b""})


def test_more_than_the_header_can_list_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        compound_file({"a": bytes(8_000_000)})
