"""Reading and writing the XML of a part safely, and putting a new element where the schema wants it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from lxml import etree
from lxml.etree import _Element

from .archive import DamagedError

DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


class Dialect(NamedTuple):
    """The namespaces of one flavour of Office Open XML."""

    main: str
    relations: str
    custom_xml: str


TRANSITIONAL = Dialect(
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
)
STRICT = Dialect(
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/customXml",
)
DIALECTS = {dialect.main: dialect for dialect in (TRANSITIONAL, STRICT)}


_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False, strip_cdata=False
)


def parse(data: bytes) -> _Element:
    """The root of a part. A document type is refused: entities could make a small file huge. Raises ``DamagedError``."""
    if b"<!DOCTYPE" in data:
        raise DamagedError("含有不允许的文档类型声明")
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        raise DamagedError("XML 内容有误") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedError("含有不允许的文档类型声明")
    return root


def serialise(root: _Element) -> bytes:
    """The part as bytes, with everything that stands beside the root element, and ``standalone="yes"``."""
    return DECLARATION + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)


def local_name(element: _Element) -> str:
    """The name without its namespace; ``""`` for a comment or a processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: _Element) -> str:
    """The namespace of an element, ``""`` when it has none."""
    tag = element.tag
    return tag[1 : tag.index("}")] if isinstance(tag, str) and tag[:1] == "{" else ""


def children(element: _Element, name: str) -> Iterator[_Element]:
    """Children of that local name in the namespace of ``element``."""
    return element.iterchildren(f"{{{namespace(element)}}}{name}")


def child(element: _Element, name: str) -> _Element | None:
    """The first child of that local name in the namespace of ``element``."""
    return next(element.iterchildren(f"{{{namespace(element)}}}{name}"), None)


def add(parent: _Element, name: str, /, **attributes: str) -> _Element:
    """A new last child in the namespace (and with the prefix) of ``parent``."""
    return etree.SubElement(parent, f"{{{namespace(parent)}}}{name}", attributes)


def place(parent: _Element, name: str, order: Sequence[str], prefixes: Mapping[str, str] | None = None) -> _Element:
    """A new child where ``order``, the schema's sequence of children, wants it; ``prefixes`` are those its attributes need."""
    nsmap = cast("dict[str, str]", {**(prefixes or {}), **parent.nsmap})
    element = parent.makeelement(f"{{{namespace(parent)}}}{name}", nsmap=nsmap)
    before = frozenset(order[: order.index(name)])
    for sibling in parent.iterchildren(reversed=True):
        if local_name(sibling) in before:
            sibling.addnext(element)
            return element
    parent.insert(0, element)
    return element


def text_xml(element: _Element | None) -> str:
    """An element as text for the journal; ``""`` for none."""
    if element is None:
        return ""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def from_text(xml: str, main: str) -> _Element:
    """An element that ``text_xml`` wrote, moved into the namespace ``main``. Raises ``DamagedError``."""
    root = parse(xml.encode())
    old = namespace(root)
    for element in root.iter(f"{{{old}}}*"):
        element.tag = f"{{{main}}}{local_name(element)}"
    etree.cleanup_namespaces(root)
    return root


def whole(text: str | None, default: int = 0) -> int:
    """An attribute that is a whole number of at most nine digits; ``default`` for anything else."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else default


Content = tuple[str, tuple[tuple[str, str], ...], str, tuple["Content", ...]]
"""What an element says: name, attributes, text and children, whatever their namespaces' prefixes."""


def content_of(element: _Element) -> Content:
    """What an element says, to look it up among others."""
    tag = element.tag
    name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
    attributes = tuple(sorted(cast("dict[str, str]", element.attrib).items()))
    return name, attributes, (element.text or "").strip(), tuple([content_of(item) for item in element])
