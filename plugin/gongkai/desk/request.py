"""What is asked of an action, read from the JSON of a button, a toolbar or the window; nothing of it is believed unseen."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from gongkai_workbooks.cells import parse_a1

Application = Literal["excel", "wps", "libreoffice", "file"]
Plain = str | int | bool
LONGEST_NAME = 4096
LONGEST_SHEET = 255
MOST_PLACES = 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_CODE = re.compile(r"[A-Z]{2}[0-9]{3}")


class RequestError(ValueError):
    """A request that is not understood; ``str()`` is a Chinese sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request.

    ``workbook`` is its full name (the path, or the name of one that was never saved), ``application`` the program that has it open (``file``:
    none, it is a saved file), ``locator`` what that program needs to be found. ``sheet`` and ``cell`` are the user's selection. ``confirmed`` is the
    yes to a fix that is not proven; ``mark`` overrules the setting for one check; ``pressed`` says what a toggle shall be (None: the other way round);
    ``escape`` says that whoever asks listens for the key Esc.
    """

    workbook: str = ""
    application: Application = "file"
    locator: Mapping[str, Plain] = field(default_factory=dict)
    sheet: str = ""
    cell: str = ""
    code: str = ""
    folder: str = ""
    confirmed: bool = False
    mark: bool | None = None
    pressed: bool | None = None
    escape: bool = False
    settings: Mapping[str, object] | None = None


def read_request(body: bytes) -> Request:
    """The request in the body of a message; an empty body asks for nothing in particular. Raises ``RequestError``.

    Keys that are not known are passed over: a newer button may say more than an older helper understands.
    """
    if not body.strip():
        return Request()
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise RequestError("请求不是有效的 JSON。") from error
    if not isinstance(content, dict):
        raise RequestError("请求应为一个 JSON 对象。")
    settings = content.get("settings")
    if settings is not None and not isinstance(settings, dict):
        raise RequestError("settings 应为一个 JSON 对象。")
    return Request(
        workbook=_text(content, "workbook", LONGEST_NAME),
        application=_application(content),
        locator=_locator(content.get("locator")),
        sheet=_text(content, "sheet", LONGEST_SHEET),
        cell=_address(content),
        code=_code(content),
        folder=_text(content, "folder", LONGEST_NAME),
        confirmed=_flag(content, "confirmed") or False,
        mark=_flag(content, "mark"),
        pressed=_flag(content, "pressed"),
        escape=_flag(content, "escape") or False,
        settings=settings,
    )


def _no_number(text: str) -> float:
    raise ValueError(text)


def _text(content: Mapping[str, object], name: str, longest: int) -> str:
    text = content.get(name)
    if text is None:
        return ""
    if not isinstance(text, str) or len(text) > longest or _CONTROL.search(text):
        raise RequestError(f"{name} 应为不超过 {longest} 字的文本，且不含控制字符。")
    return text


def _application(content: Mapping[str, object]) -> Application:
    given = content.get("application", "file")
    for name in get_args(Application):
        if given == name:
            known: Application = name
            return known
    raise RequestError(f"application 应为 {'、'.join(get_args(Application))} 之一。")


def _locator(given: object) -> Mapping[str, Plain]:
    if given is None:
        return {}
    if not isinstance(given, dict) or len(given) > MOST_PLACES:
        raise RequestError("locator 应为一个不大的 JSON 对象。")
    for name, value in given.items():
        if (
            len(name) > LONGEST_SHEET
            or not isinstance(value, str | int)
            or (isinstance(value, str) and (len(value) > LONGEST_NAME or _CONTROL.search(value)))
        ):
            raise RequestError("locator 中只能有短的文本、整数和真假值。")
    return given


def _address(content: Mapping[str, object]) -> str:
    """One cell; of a selected area its first."""
    text = _text(content, "cell", LONGEST_SHEET)
    first = re.split("[:,;]", text)[0].replace("$", "")
    if first:
        try:
            parse_a1(first)
        except ValueError as error:
            raise RequestError("cell 应为单元格地址，如 F12。") from error
    return first.upper()


def _code(content: Mapping[str, object]) -> str:
    code = _text(content, "code", LONGEST_SHEET).strip().upper()
    if code and not _CODE.fullmatch(code):
        raise RequestError("code 应为规则代码，如 TO101。")
    return code


def _flag(content: Mapping[str, object], name: str) -> bool | None:
    flag = content.get(name)
    if flag is not None and not isinstance(flag, bool):
        raise RequestError(f"{name} 应为 true 或 false。")
    return flag
