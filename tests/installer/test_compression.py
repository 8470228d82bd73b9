"""What is compressed here is expanded by oletools, which knows nothing of this code."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_addins.excel.compression import compress

from .olevba import decompress_stream


def expanded(data: bytes) -> bytes:
    return bytes(decompress_stream(bytearray(compress(data))))


@given(st.text(alphabet="abAB \r\n", min_size=1, max_size=6000))
def test_text_comes_back(text: str) -> None:
    assert expanded(text.encode()) == text.encode()


@pytest.mark.parametrize("length", [1, 2, 3, 4, 16, 17, 4095, 4096, 4097, 8192, 9001])
@pytest.mark.parametrize("alphabet", [b"a", b"ab", b"abcdefgh", bytes(range(32, 127))])
def test_every_length_and_variety_comes_back(length: int, alphabet: bytes) -> None:
    data = bytes(random.Random(length).choices(alphabet, k=length))
    # A chunk in which nothing repeats is stored whole, and the last one then filled up with zeros: the format knows no shorter one.
    assert expanded(data).rstrip(b"\0") == data


def test_what_does_not_repeat_is_stored_as_it_is() -> None:
    data = random.Random(1).randbytes(4096)
    assert expanded(data) == data
    assert len(compress(data)) == 1 + 2 + 4096


def test_source_text_becomes_much_shorter() -> None:
    text = b"Public Sub OnCheckWorkbook(control As Object): Ask: End Sub\r\n" * 50
    assert len(compress(text)) < len(text) / 10
