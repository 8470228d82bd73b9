from __future__ import annotations

import io

import pytest

from gongkai.console import Console, clean
from gongkai_checks.finding import Severity


def text_stream(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")


def written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode(stream.encoding)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("本年收入合计", "本年收入合计"),
        ("\x1b[2J\x1b[31m红\x1b[0m", "红"),
        ("\x1b]0;标题\x07甲", "甲"),
        ("\x9b31m甲", "31m甲"),
        ("一\n二\t三", "一 二 三"),
        ("a\u202eb\u2066c\u200f", "abc"),
        ("零\u200b宽\ufeff", "零宽"),
        ("\ud800", "\ufffd"),
    ],
)
def test_text_of_a_workbook_cannot_steer_the_terminal(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_signs_are_letters_where_the_code_page_lacks_one_of_them() -> None:
    out = text_stream("cp936")
    console = Console("never", out=out, err=text_stream("cp936"))
    console.print(console.sign(Severity.ERROR), console.sign(Severity.WARNING), console.sign(Severity.INFO), " 错误")
    assert written(out) == "EWI 错误\n"


def test_signs_are_drawn_where_they_can_be() -> None:
    console = Console("never", out=text_stream("utf-8"), err=text_stream("utf-8"))
    assert [console.sign(severity) for severity in Severity] == ["●", "▲", "✖"]


def test_no_character_makes_output_fail() -> None:
    out = text_stream("ascii")
    Console("never", out=out, err=out).print("F12 → 𠮷 − ok")
    assert written(out) == "F12 -> ? - ok\n"


def test_reports_for_machines_are_utf8_on_any_console() -> None:
    out = text_stream("cp936")
    Console("never", out=out, err=out).write_utf8("✖ 𠮷\n")
    buffer = out.buffer
    assert isinstance(buffer, io.BytesIO)
    assert buffer.getvalue() == "✖ 𠮷\n".encode()


def test_colour_only_where_it_is_asked_for() -> None:
    plain, coloured = text_stream("utf-8"), text_stream("utf-8")
    Console("auto", out=plain, err=plain).print(("错误", "error"))
    Console("always", out=coloured, err=coloured).print(("错误", "error"), " 其余")
    assert written(plain) == "错误\n"
    assert written(coloured) == "\x1b[1;31m错误\x1b[0m 其余\n"


def test_environment_decides_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = text_stream("utf-8")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    Console("auto", out=stream, err=stream).print(("错误", "error"))
    monkeypatch.setenv("NO_COLOR", "1")
    Console("auto", out=stream, err=stream).print(("错误", "error"))
    assert written(stream) == "\x1b[1;31m错误\x1b[0m\n错误\n"


def test_status_line_is_wiped_before_the_next_line() -> None:
    err = text_stream("utf-8")
    console = Console("never", out=err, err=err)
    console.show_status("校验中")
    console.print("结果")
    assert written(err) == "\r校验中\r" + " " * 6 + "\r结果\n"
