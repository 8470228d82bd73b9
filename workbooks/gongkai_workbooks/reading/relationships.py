"""Which part of an Office package is what: relationships by kind and id, resolved to member names."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from .small_xml import start_tags
from .zip_archive import ZipArchive


class Relationship(NamedTuple):
    """One relationship: ``kind`` is the last word of its type (``worksheet``), ``target`` a member name."""

    kind: str
    target: str


def relationships_of(archive: ZipArchive, part: str) -> dict[str, Relationship]:
    """Relationships of a part (``""``: of the package) by id; empty where there is no relationship part."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    if source not in archive:
        return {}
    found = {}
    for _, attributes in start_tags(archive.read(source), ("Relationship",)):
        if attributes.get("TargetMode") == "External":
            continue
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        if target[:1] != "/":
            target = f"{folder}/{target}"
        if "./" in target or "//" in target:
            target = posixpath.normpath(target)
        found[attributes.get("Id", "")] = Relationship(kind, target.lstrip("/"))
    return found


def main_part(archive: ZipArchive) -> str | None:
    """Member name of the main document of an Office package, None when it is no such package."""
    for relationship in relationships_of(archive, "").values():
        if relationship.kind == "officeDocument" and relationship.target in archive:
            return relationship.target
    for name in ("xl/workbook.xml", "xl/workbook.bin", "word/document.xml", "ppt/presentation.xml"):
        if name in archive:
            return name
    return None
