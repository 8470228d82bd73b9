"""The package of a workbook: parts by name, their relationships and content types."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from lxml.etree import _Element

from .archive import DamagedError, Part, changed_parts, read_archive
from .folding import fold, unfold
from .xml_tree import DECLARATION, DIALECTS, local_name, namespace, parse, serialise

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


class Relationship(NamedTuple):
    """A link from one part to another. ``target`` is a part name, ``""`` when it leads out of the package."""

    id: str
    kind: str
    target: str


def relationships_name(part: str) -> str:
    """Name of the part that holds the relationships of ``part``; ``""`` is the package itself."""
    folder, slash, name = part.rpartition("/")
    return f"{folder}{slash}_rels/{name}.rels"


class Package:
    """All parts of one workbook in memory. Parts that are not changed keep their compressed bytes.

    Names are those of the archive; a name from a relationship is found whatever its case, as the standard has it. Trees handed
    out by ``edit`` become bytes again with ``flush``. Methods raise ``DamagedError``.
    """

    def __init__(self, data: bytes):
        self.parts, self.headers = read_archive(data)
        self._names = {_plain(name): name for name in self.parts}
        self._trees: dict[str, _Element] = {}
        self._edited: set[str] = set()
        self._rows: dict[str, dict[int, bytes]] = {}
        self._types: dict[str, str] = {}
        self._links: dict[str, list[Relationship]] = {}
        main = [link.target for link in self.relationships("") if link.kind == "officeDocument"]
        if not main or not self.has(main[0]):
            raise DamagedError("不是工作簿")
        self.workbook = self.name_of(main[0])
        root = self.tree(self.workbook)
        if local_name(root) != "workbook" or namespace(root) not in DIALECTS:
            raise DamagedError("不是工作簿")
        self.dialect = DIALECTS[namespace(root)]

    # Parts

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return _plain(name) in self._names

    def name_of(self, name: str) -> str:
        """The name as the archive spells it."""
        found = self._names.get(_plain(name))
        if found is None:
            raise DamagedError(f"缺少 {name}")
        return found

    def read(self, name: str) -> bytes:
        """The content of a part as it is now."""
        name = self.name_of(name)
        return self._written(name) if name in self._edited else self.parts[name].content()

    def _written(self, name: str) -> bytes:
        content = serialise(self._trees[name])
        return unfold(content, self._rows[name]) if name in self._rows else content

    def fold(self, name: str) -> dict[int, bytes] | None:
        """The rows of a worksheet part as bytes, to be replaced in place; until ``unfold`` or ``flush`` its tree has none.

        ``None`` when the part is read already or is not written plainly, see ``folding``.
        """
        name = self.name_of(name)
        folded = None if name in self._trees else fold(self.parts[name].content())
        if folded is not None:
            self._trees[name] = parse(folded.content)
            self._rows[name] = folded.rows
        return self._rows.get(name)

    def unfold(self, name: str) -> None:
        """Read a part again, with its rows, if they are folded."""
        name = self.name_of(name)
        if name in self._rows:
            self._trees[name] = parse(self._written(name))
            del self._rows[name]

    def tree(self, name: str) -> _Element:
        """The root element of a part, to be read only."""
        tree = self._trees.get(name)
        if tree is None:
            name = self.name_of(name)
            tree = self._trees.get(name)
        if tree is None:
            tree = self._trees[name] = parse(self.parts[name].content())
        return tree

    def edit(self, name: str) -> _Element:
        """The root element of a part, to be changed."""
        name = self.name_of(name)
        self._edited.add(name)
        return self.tree(name)

    def put(self, name: str, content: bytes) -> None:
        """Add a part or replace its content."""
        self.set_part(name, Part.of(content))

    def set_part(self, name: str, part: Part | None) -> None:
        """Put a part back as it was, ``None`` for "was not there". Its content type is left alone."""
        name = self._names.get(_plain(name), name)
        if name.endswith(".rels"):
            self._links.clear()
        elif name == CONTENT_TYPES:
            self._types.clear()
        self._trees.pop(name, None)
        self._rows.pop(name, None)
        self._edited.discard(name)
        if part is None:
            self.parts.pop(name, None)
            self._names.pop(_plain(name), None)
        else:
            self.parts[name] = part
            self._names[_plain(name)] = name

    def drop(self, name: str) -> None:
        """Remove a part, its relationships and its content type; links to it are the caller's."""
        name = self.name_of(name)
        for gone in (name, relationships_name(name)):
            self.set_part(gone, None)
        for override in list(self._overrides()):
            if _plain(override.get("PartName", "")) == _plain(name):
                self.edit(CONTENT_TYPES).remove(override)
                self._types.clear()

    def free_name(self, pattern: str) -> str:
        """``pattern`` with ``{}`` replaced by the first number, from 1, that gives a new part name."""
        number = 1
        while self.has(pattern.replace("{}", str(number))):
            number += 1
        return pattern.replace("{}", str(number))

    def beside_workbook(self, name: str) -> str:
        """The name of a part in the folder of the workbook part, as a rule ``xl``."""
        folder, slash, _ = self.workbook.rpartition("/")
        return f"{folder}{slash}{name}"

    def flush(self) -> None:
        """Turn edited trees into bytes; a tree that says what it said before leaves the part as it was."""
        for name in sorted(self._edited):
            content = self._written(name)
            if content != self.parts[name].content():
                self.parts[name] = Part.of(content)
        self._edited.clear()
        for name in self._rows:
            del self._trees[name]
        self._rows.clear()

    def snapshot(self) -> dict[str, Part]:
        """All parts as they are now, to compare with later."""
        self.flush()
        return dict(self.parts)

    def changes(self, before: Mapping[str, Part]) -> list[str]:
        """Names of the parts that differ from a snapshot."""
        self.flush()
        return list(changed_parts(before, self.parts))

    # Relationships

    def relationships(self, part: str) -> list[Relationship]:
        """The links of a part (``""``: of the package) in their order."""
        if part in self._links:
            return self._links[part]
        links = self._links[part] = []
        name = relationships_name(part)
        if not self.has(name):
            return links
        for element in self.tree(name).iterchildren(f"{{{_RELATIONSHIPS}}}Relationship"):
            kind = element.get("Type", "").rpartition("/")[2]
            inside = element.get("TargetMode", "Internal") != "External"
            target = _resolve(part, element.get("Target", "")) if inside else ""
            links.append(Relationship(element.get("Id", ""), kind, target))
        return links

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the existing parts to which ``part`` has links of that kind."""
        return [
            self.name_of(link.target)
            for link in self.relationships(part)
            if link.kind == kind and link.target and self.has(link.target)
        ]

    def add_relationship(self, part: str, kind: str, target: str) -> str:
        """A new link from ``part`` to ``target`` of an office kind such as ``comments``; returns its id."""
        name = relationships_name(part)
        if not self.has(name):
            self.put(name, DECLARATION + f'<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>'.encode())
            self._links[part] = []
        links = self.relationships(part)
        taken = {link.id for link in links}
        number = len(links) + 1
        while f"rId{number}" in taken:
            number += 1
        link, kind_uri = f"rId{number}", f"{self.dialect.relations}/{kind}"
        address = quoteattr(_relative(part, target))
        self._append(name, "Relationships", f'<Relationship Id="{link}" Type="{kind_uri}" Target={address}/>')
        links.append(Relationship(link, kind, target))
        return link

    def remove_relationship(self, part: str, target: str) -> None:
        """Remove the links from ``part`` to ``target``, and the part of links when it is left without one."""
        name = relationships_name(part)
        if not self.has(name):
            return
        root = self.edit(name)
        self._links.clear()
        for element in list(root):
            if element.get("TargetMode") != "External" and _plain(_resolve(part, element.get("Target", ""))) == _plain(
                target
            ):
                root.remove(element)
        if len(root) == 0:
            self.set_part(name, None)

    # Content types

    def _overrides(self) -> Iterator[_Element]:
        return self.tree(CONTENT_TYPES).iterchildren(f"{{{_TYPES}}}Override")

    def content_type(self, name: str) -> str:
        """The content type of a part, ``""`` when the package names none."""
        if not self._types:
            for default in self.tree(CONTENT_TYPES).iterchildren(f"{{{_TYPES}}}Default"):
                self._types[default.get("Extension", "").lower()] = default.get("ContentType", "")
            for override in self._overrides():
                # With the slash before it, so that no name is taken for an extension.
                self._types["/" + _plain(override.get("PartName", ""))] = override.get("ContentType", "")
        stated = self._types.get("/" + _plain(name))
        return self._types.get(name.rpartition(".")[2].lower(), "") if stated is None else stated

    def set_content_type(self, name: str, content_type: str, *, of_all: bool = False) -> None:
        """State the content type of one part, unless the package already says the same.

        With ``of_all`` it is stated for every part with that extension, if nothing is said of them yet.
        """
        stated = self.content_type(name)
        if stated == content_type:
            return
        extension = name.rpartition(".")[2]
        if of_all and not stated:
            self._types[extension] = content_type
            root = self.edit(CONTENT_TYPES)
            default = root.makeelement(f"{{{_TYPES}}}Default", {"Extension": extension, "ContentType": content_type})
            root.insert(0, default)
            return
        self._types["/" + _plain(name)] = content_type
        part = quoteattr(f"/{name}")
        self._append(CONTENT_TYPES, "Types", f'<Override PartName={part} ContentType="{content_type}"/>')

    def _append(self, name: str, root: str, xml: str) -> None:
        """Add an empty element to the end of a part; put between the bytes where the end stands plainly, which is usual and fast."""
        content, end = self.read(name).rstrip(), f"</{root}>".encode()
        if content.endswith(end):
            piece = xml.encode("ascii", "xmlcharrefreplace")
            self.parts[name] = Part.of(content.removesuffix(end) + piece + end)
            self._trees.pop(name, None)
            self._edited.discard(name)
        else:
            parent = self.edit(name)
            parent.append(parse(xml.replace("/>", f' xmlns="{namespace(parent)}"/>').encode()))


def digest(content: bytes) -> str:
    """SHA-256 of the content of a part, by which the journal knows it again."""
    return hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relative(part: str, target: str) -> str:
    """``target`` as seen from the folder of ``part``."""
    here, there = part.split("/")[:-1], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])


def _resolve(part: str, target: str) -> str:
    target = unquote(target.partition("#")[0]).replace("\\", "/")
    if target.startswith("/"):
        return target.lstrip("/")
    # Nothing lies above the root, though LibreOffice writes ../customXml there.
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
