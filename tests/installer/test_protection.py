"""The lines about protection, read back by a reader that also reads those of a project another program wrote."""

from __future__ import annotations

import pytest

from gongkai_addins.excel.protection import protection

PUBLISHED_ID = "{318BEE36-5BE1-492A-826D-473DB19B0F30}"
PUBLISHED = {"CMG": "5D5F8AADDAA8DEA8DEA8DEA8DE", "DPB": "5D5F8AADDAADDBADDBAD", "GC": "5D5F8AADDAADDBADDB52"}
"""From an add-in in wide use, which has no password and shows its source."""

OPEN = {"CMG": bytes(4), "DPB": b"\x00", "GC": b"\xff"}


def unveiled(line: str, project_id: str) -> bytes:
    """What a line hides, by the reading half of [MS-OVBA] 2.4.3.3."""
    seed, version, key, *rest = bytes.fromhex(line)
    assert (seed ^ version, seed ^ key) == (2, sum(project_id.encode()) % 256)
    plain, near, far, known = bytearray(), key, version, seed ^ key
    for byte in rest:
        known = byte ^ ((far + known) & 0xFF)
        plain.append(known)
        near, far = byte, near
    data = plain[(seed & 6) // 2 :]
    assert int.from_bytes(data[:4], "little") == len(data) - 4
    return bytes(data[4:])


def test_the_reader_reads_what_another_program_wrote() -> None:
    assert {key: unveiled(line, PUBLISHED_ID) for key, line in PUBLISHED.items()} == OPEN


@pytest.mark.parametrize("project_id", [PUBLISHED_ID, "{00000000-0000-0000-0000-000000000000}"])
def test_the_project_is_open_to_everybody(project_id: str) -> None:
    assert {key: unveiled(line, project_id) for key, line in protection(project_id).items()} == OPEN
