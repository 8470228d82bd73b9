"""Start tags of a small XML part (relationships, the list of sheets), read by expat without entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from xml.parsers import expat

from gongkai_workbooks.errors import UnreadableError

from .zip_archive import DAMAGED

REFUSED = "文件里含有外部实体定义（DOCTYPE），不是正常的电子表格，为安全起见没有读取。请用 Excel 或 WPS 打开，另存为 .xlsx 格式后再试"


_REMEMBERED_BYTES = 16_384


class _DoctypeError(Exception):
    pass


def start_tags(xml: bytes, wanted: tuple[str, ...]) -> Sequence[tuple[str, Mapping[str, str]]]:
    """Local name and attributes of each element whose local name is ``wanted``, in document order.

    Raises ``UnreadableError`` for XML that is not well-formed or declares a document type.
    """
    # What one program writes is the same in one workbook as in the next.
    return _remembered(xml, wanted) if len(xml) <= _REMEMBERED_BYTES else _start_tags(xml, wanted)


def _start_tags(xml: bytes, wanted: tuple[str, ...]) -> Sequence[tuple[str, Mapping[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in wanted:
            found.append((local, attributes))

    def doctype(*_: object) -> None:
        raise _DoctypeError

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(xml, True)
    except _DoctypeError:
        raise UnreadableError(REFUSED) from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableError(DAMAGED) from error
    return found


_remembered = lru_cache(maxsize=64)(_start_tags)


def local_attribute(attributes: Mapping[str, str], local: str) -> str | None:
    """The attribute with this local name and a prefix (``r:id``), else the one without."""
    for name, value in attributes.items():
        if name.endswith(f":{local}"):
            return value
    return attributes.get(local)
