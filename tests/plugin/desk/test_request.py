from __future__ import annotations

import json

import pytest

from gongkai.desk.actions import key_of
from gongkai.desk.request import Request, RequestError, read_request


def test_what_a_button_sends() -> None:
    body = json.dumps(
        {
            "workbook": "C:\\决算\\公开.xlsx",
            "sheet": "公开03",
            "application": "excel",
            "locator": {"hwnd": 1234, "version": "16.0"},
            "cell": "$f$12:$G$14",
            "code": " to101 ",
            "confirmed": True,
            "mark": False,
            "settings": {"mark": True},
            "of a newer button": [1, 2],
        }
    )
    assert read_request(body.encode()) == Request(
        workbook="C:\\决算\\公开.xlsx",
        sheet="公开03",
        application="excel",
        locator={"hwnd": 1234, "version": "16.0"},
        cell="F12",
        code="TO101",
        confirmed=True,
        mark=False,
        settings={"mark": True},
    )
    assert read_request(b"") == read_request(b"{}") == Request()


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b"1", b"\xff\xfe", b'"text"', b'{"cell": NaN}', b"[" * 60000, b'{"a":' * 20000, b"1" * 60000,
     b'{"workbook": 1}', b'{"workbook": "a\\u0000b"}', b'{"workbook": "\\ud800"}', b'{"sheet": ["a"]}',
     b'{"application": "word"}', b'{"application": {}}', b'{"locator": []}', b'{"locator": {"a": {}}}', b'{"locator": {"a": 1.5}}',
     b'{"locator": {"a": "\\n"}}', b'{"cell": "ZZZZ1"}', b'{"cell": "F0"}', b'{"cell": "../"}', b'{"code": "TO101; rm"}',
     b'{"confirmed": 1}', b'{"mark": "yes"}', b'{"settings": 1}', b'{"workbook": "' + b"a" * 5000 + b'"}'],
)  # fmt: skip
def test_garbage_is_refused_with_a_sentence(body: bytes) -> None:
    with pytest.raises(RequestError) as caught:
        read_request(body)
    assert str(caught.value).endswith("。")
    assert "Error" not in str(caught.value)


def test_a_saved_workbook_is_known_by_its_name_and_a_new_one_also_by_its_window() -> None:
    for name, same in (("C:\\决算\\公开.xlsx", True), ("https://例.cn/公开.xlsx", True), ("工作簿1", False)):
        first, second = (Request(workbook=name, application="excel", locator={"hwnd": n}) for n in (1, 2))
        assert (key_of(first) == key_of(second)) is same
    one, two = (Request(workbook="无标题 1", application="libreoffice", locator={"document": d}) for d in ("7", "8"))
    assert key_of(one) != key_of(two)
