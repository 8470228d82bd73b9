"""XML parts as UTF-8, whatever they were written in."""

from __future__ import annotations

import re

from gongkai_workbooks.errors import UnreadableError

from .zip_archive import DAMAGED

_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]*\?>""")
_SAME = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_KNOWN = frozenset({"utf-16", "utf-16le", "utf-16be", "gb2312", "gbk", "gb18030", "big5", "iso-8859-1", "windows-1252"})


def as_utf8(xml: bytes) -> bytes:
    """The same XML in UTF-8, without byte order mark; re-encoded XML loses its declaration."""
    if xml.startswith(b"<?xml"):
        match = _DECLARED.match(xml, 0, 200)
        encoding = match[1].decode("ascii").lower() if match else "utf-8"
        if encoding in _SAME:
            return xml
    elif xml.startswith(b"\xef\xbb\xbf"):
        return as_utf8(xml[3:])
    elif xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif xml[:2] in (b"<\0", b"\0<"):
        encoding = "utf-16le" if xml[1] == 0 else "utf-16be"
    else:
        return xml
    if encoding not in _KNOWN:
        raise UnreadableError(DAMAGED)
    try:
        text = xml.decode(encoding)
    except ValueError as error:
        raise UnreadableError(DAMAGED) from error
    if text.startswith("<?xml"):
        text = text[text.find("?>") + 2 :]
    return text.encode("utf-8", "replace")
