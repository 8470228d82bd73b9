"""The journal of a saved workbook: as JSON, inside the package as a custom XML item, and in a file beside it."""

from __future__ import annotations

import base64
import dataclasses
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.edits import Journal, JournalCell, JournalPart

from .archive import DamagedError, Part, deflate
from .cell_value import ILLEGAL
from .encryption import OLE, decrypted_record
from .opc import Package, digest
from .xml_tree import DECLARATION, local_name, namespace, parse

NAMESPACE = "urn:gongkai:journal:1"
ITEM_ID = "{6B5E0B4C-2D0B-4F57-9C61-8A1E4C0D9F27}"
VERSION = 1
LARGEST_FILE = 512 * 1024 * 1024

_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PARTS = b'"parts": ['
_CHUNK = 1_000_000
"""Bytes that a text node holds: XML readers refuse very long ones."""


class Chain(NamedTuple):
    """The journals of a workbook, oldest first, and the parts that keeping them inside the package changed."""

    journals: tuple[Journal, ...]
    envelope: tuple[JournalPart, ...] = ()


def journal_path(workbook: Path) -> Path:
    """The journal beside a workbook: ``决算.校验.xlsx.校验记录.json``."""
    return workbook.with_name(f"{workbook.name}.校验记录.json")


# JSON


def chain_to_json(chain: Chain) -> bytes:
    """The journals as JSON in UTF-8 that XML can hold too; bytes become base64."""
    document = {
        "format": NAMESPACE,
        "version": VERSION,
        "journals": [_journal_to_dict(journal) for journal in chain.journals],
        "envelope": [_part_to_dict(part) for part in chain.envelope],
    }
    text = json.dumps(document, ensure_ascii=False)
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = b""
    # JSON has escaped control characters; what else XML cannot hold is so rare that it is not looked for one by one.
    if not data or "\ufffe" in text or "\uffff" in text:
        data = ILLEGAL.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode()
    return data


def chain_from_json(text: str) -> Chain:
    """What ``chain_to_json`` wrote. Raises ``DamagedError`` for anything else."""
    try:
        document = json.loads(text)
        if document["format"] != NAMESPACE or document["version"] != VERSION:
            raise DamagedError("校验记录的版本不符")
        return Chain(
            tuple(_journal_from_dict(entry) for entry in document["journals"]),
            tuple(_part_from_dict(entry) for entry in document["envelope"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DamagedError("校验记录有误") from None


def _journal_to_dict(journal: Journal) -> dict[str, object]:
    return {
        "tool_version": journal.tool_version,
        "time": journal.time,
        "source": journal.source,
        "results": journal.results,
        "cells": [
            {
                "sheet": entry.cell.sheet,
                "row": entry.cell.row,
                "column": entry.cell.column,
                "kind": entry.kind,
                "before": entry.before,
                "after": entry.after,
            }
            for entry in journal.cells
        ],
        "parts": [_part_to_dict(part) for part in journal.parts],
    }


def _journal_from_dict(entry: Mapping[str, Any]) -> Journal:
    return Journal(
        **{name: _text(entry[name]) for name in ("tool_version", "time", "source", "results")},
        cells=tuple(_cell_from_dict(cell) for cell in entry["cells"]),
        parts=tuple(_part_from_dict(part) for part in entry["parts"]),
    )


def _cell_from_dict(entry: Mapping[str, Any]) -> JournalCell:
    kind = entry["kind"]
    if kind not in ("value", "look", "note"):
        raise ValueError(kind)
    row, column = _number(entry["row"]), _number(entry["column"])
    if row < 1 or column < 1:
        raise ValueError("cells count from 1")
    return JournalCell(
        cell=CellRef(_text(entry["sheet"]), row, column),
        kind=cast(Literal["value", "look", "note"], kind),
        before=_text(entry["before"]),
        after=_text(entry["after"]),
    )


def _part_to_dict(part: JournalPart) -> dict[str, object]:
    fields: dict[str, object] = {"name": part.name, "after": part.after}
    if part.data is not None:
        data = base64.b64encode(part.data).decode()
        fields |= {"method": part.method, "crc": part.crc, "size": part.size, "data": data}
    return fields


def _part_from_dict(entry: Mapping[str, Any]) -> JournalPart:
    part = JournalPart(name=_text(entry["name"]), after=_text(entry["after"]))
    if ".." in part.name.split("/") or not part.name:
        raise ValueError(part.name)
    if "data" not in entry:
        return part
    return dataclasses.replace(
        part,
        data=base64.b64decode(_text(entry["data"]), validate=True),
        method=_number(entry["method"]),
        crc=_number(entry["crc"]),
        size=_number(entry["size"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value


# Parts before and after


def record_parts(package: Package, before: Mapping[str, Part]) -> tuple[JournalPart, ...]:
    """The parts that differ from the snapshot ``before``, with their original bytes."""
    recorded = []
    for name in package.changes(before):
        after = digest(package.read(name)) if package.has(name) else ""
        part = before.get(name)
        if part is None:
            recorded.append(JournalPart(name=name, after=after))
        else:
            recorded.append(
                JournalPart(name=name, after=after, data=part.raw, method=part.method, crc=part.crc, size=part.size)
            )
    return tuple(recorded)


def as_written(package: Package, part: JournalPart) -> bool:
    """Whether the part is still exactly as the run left it."""
    if not part.after:
        return not package.has(part.name)
    return package.has(part.name) and digest(package.read(part.name)) == part.after


def restore_part(package: Package, part: JournalPart) -> None:
    """Put the original bytes back. Raises ``DamagedError`` when the journal holds none that are whole."""
    original = None if part.data is None else Part(part.method, part.crc, part.size, part.data)
    if original is not None:
        original.content()
    package.set_part(part.name, original)


# Inside the package


def embed(package: Package, journals: Sequence[Journal]) -> bytes:
    """Keep the journals in the package as a custom XML item, a kind of part that Excel carries along when it saves.

    The parts this changes (content types, the workbook's relationships) are noted in the item itself. Returns the text kept.
    """
    before = package.snapshot()
    item = package.free_name("customXml/item{}.xml")
    properties = package.free_name("customXml/itemProps{}.xml")
    package.add_relationship(package.workbook, "customXml", item)
    package.put(item, b"")
    package.set_content_type(item, "application/xml")
    main = package.dialect.custom_xml
    package.put(
        properties,
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem ds:itemID="{ITEM_ID}" xmlns:ds="{main}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'.encode(),
    )
    package.set_content_type(properties, _PROPERTIES_TYPE)
    package.add_relationship(item, "customXmlProps", properties)
    envelope = tuple(part for part in record_parts(package, before) if part.name != item)
    record = chain_to_json(Chain(tuple(journals), envelope))
    body = b"".join([b"<json>" + _escaped(chunk) + b"</json>" for chunk in _chunks(record)])
    content = DECLARATION + f'<journals xmlns="{NAMESPACE}">'.encode() + body + b"</journals>"
    package.set_part(item, Part(zipfile.ZIP_DEFLATED, zlib.crc32(content), len(content), _packed(content), content))
    return record


def _chunks(record: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(record):
        end = start + _CHUNK
        while end < len(record) and record[end] & 0xC0 == 0x80:
            # Inside a character.
            end -= 1
        yield record[start:end]
        start = end


def _escaped(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def _packed(content: bytes) -> bytes:
    """Packed in two pieces: the cells say the same again and again; the parts are base64 of packed bytes, in which there is
    nothing to find but that six of eight bits are used."""
    cut = max(content.find(_PARTS), 0)
    return deflate(content[:cut], 1, final=False) + deflate(content[cut:], 1, zlib.Z_HUFFMAN_ONLY)


def embedded_item(package: Package) -> str:
    """The part that holds our journals, ``""`` when there is none.

    We and Excel let the workbook part refer to it, LibreOffice the package.
    """
    for part in [part for owner in (package.workbook, "") for part in package.related(owner, "customXml")]:
        if NAMESPACE.encode() in package.read(part):
            root = parse(package.read(part))
            if namespace(root) == NAMESPACE and local_name(root) == "journals":
                return part
    return ""


def read_embedded(package: Package, item: str) -> Chain:
    """The journals of the item. Raises ``DamagedError``."""
    root = parse(package.read(item))
    return chain_from_json("".join(element.text or "" for element in root))


def take_out(package: Package, item: str, envelope: Sequence[JournalPart]) -> None:
    """Remove the item. While nothing else touched the parts it changed, they get their original bytes back."""
    if envelope and all(as_written(package, part) for part in envelope):
        for part in envelope:
            restore_part(package, part)
        package.set_part(item, None)
        return
    for properties in package.related(item, "customXmlProps"):
        package.drop(properties)
    for owner in (package.workbook, ""):
        package.remove_relationship(owner, item)
    package.drop(item)


# Beside the file


def read_beside(workbook: Path, password: str) -> Chain | None:
    """The journals in the file beside a workbook, ``None`` when there is no such file; that of an encrypted one has its password.

    Raises ``DamagedError``.
    """
    path = journal_path(workbook)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise DamagedError("校验记录过大")
        data = path.read_bytes()
        if password and data.startswith(OLE):
            data = decrypted_record(data, password, LARGEST_FILE)
        return chain_from_json(data.decode("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise DamagedError("校验记录无法读取") from None
