"""Start tags of a small XML part (relationships, the list of sheets), read by expat without entities."""

from __future__ import annotations

from collections.abc import Container
from xml.parsers import expat

from gongkai_workbooks.errors import UnreadableError

from .zip_archive import DAMAGED

REFUSED = "文件里含有外部实体定义（DOCTYPE），不是正常的电子表格，为安全起见没有读取"


class _DoctypeError(Exception):
    pass


def start_tags(xml: bytes, wanted: Container[str]) -> list[tuple[str, dict[str, str]]]:
    """Local name and attributes of each element whose local name is ``wanted``, in document order.

    Raises ``UnreadableError`` for XML that is not well-formed or declares a document type.
    """
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


def local_attribute(attributes: dict[str, str], local: str) -> str | None:
    """The attribute with this local name and a prefix (``r:id``), else the one without."""
    for name, value in attributes.items():
        if name.endswith(f":{local}"):
            return value
    return attributes.get(local)
