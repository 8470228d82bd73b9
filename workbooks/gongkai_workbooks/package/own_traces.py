"""What a sheet of ours leaves elsewhere in a workbook that a spreadsheet program has saved: its texts, and its name in the properties."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.etree import _Element

from .opc import Package
from .sheet_name import quoted
from .xml_tree import child, children, local_name, whole


def forget_texts(package: Package, workbook: str, gone: str, others: Iterable[str]) -> None:
    """Empty the shared strings that only the sheet part ``gone`` refers to; their numbers stay."""
    ours = _numbers(package, gone)
    tables = package.related(workbook, "sharedStrings") if ours else []
    if not tables:
        return
    for part in others:
        ours -= _numbers(package, part)
    root = package.edit(tables[0])
    for number, item in enumerate(children(root, "si")):
        if number in ours:
            for element in list(item):
                item.remove(element)
            item.append(item.makeelement(item.tag.replace("}si", "}t")))


def _numbers(package: Package, sheet: str) -> set[int]:
    root = package.tree(sheet)
    name = root.tag.replace("}worksheet", "}c")
    found = set()
    for cell in root.iter(name):
        if cell.get("t") == "s":
            value = child(cell, "v")
            found.add(whole((value.text or "").strip() if value is not None else "", -1))
    return found


def forget_title(package: Package, name: str) -> None:
    """Take a sheet's name, and its sheet-wide names, out of the list that programs keep in the properties of the file."""
    for part in package.related("", "extended-properties"):
        root = package.tree(part)
        titles, pairs = _vector(root, "TitlesOfParts"), _vector(root, "HeadingPairs")
        if titles is None:
            continue
        listed = [(element, element.text or "") for element in titles]
        at = [element for element, text in listed if text == name]
        below = [element for element, text in listed if text.startswith((f"{name}!", f"{quoted(name)}!"))]
        if not at:
            continue
        package.edit(part)
        for element in (at[0], *below):
            titles.remove(element)
        titles.set("size", str(len(titles)))
        counts = [] if pairs is None else [number for number in pairs.iter() if local_name(number) == "i4"]
        for count, fewer in zip(counts, (1, len(below)), strict=False):
            count.text = str(max(whole((count.text or "").strip()) - fewer, 0))


def _vector(root: _Element, name: str) -> _Element | None:
    holder = child(root, name)
    return None if holder is None or not len(holder) else holder[0]
