"""The legacy drawing of one sheet, a part of the package that holds the boxes of its notes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from .archive import Part
from .opc import Package
from .vml import VML_TYPE, Box, add_notes, can_add, id_blocks, is_empty, new_drawing, remove_notes
from .xml_tree import child, place

_SHEET_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *(
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
        "printOptions",
        "pageMargins",
        "pageSetup",
    ),
    *("headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags"),
    *("drawing", "legacyDrawing"),
)


class ShapeBlocks:
    """The blocks of shape numbers that the drawings of a workbook take; each drawing is looked through once."""

    def __init__(self, package: Package):
        self._package = package
        self._seen: dict[str, tuple[Part, set[int]]] = {}

    def taken(self) -> set[int]:
        """The blocks that are taken now."""
        found: set[int] = set()
        for name, part in self._package.parts.items():
            if name.lower().endswith(".vml"):
                seen = self._seen.get(name)
                if seen is None or seen[0] is not part:
                    seen = self._seen[name] = (part, id_blocks(part.content()))
                found |= seen[1]
        return found


class Drawing:
    """The drawing of a worksheet part, which may have none yet."""

    def __init__(self, package: Package, sheet_part: str, blocks: ShapeBlocks):
        self._package = package
        self._sheet = sheet_part
        self._blocks = blocks

    @cached_property
    def _part(self) -> str:
        # The sheet names its drawing by relationship; a second one, for header pictures, has the same kind.
        relations = self._package.dialect.relations
        legacy = child(self._package.tree(self._sheet), "legacyDrawing")
        if legacy is None:
            return ""
        wanted = legacy.get(f"{{{relations}}}id")
        for link in self._package.relationships(self._sheet):
            if link.id == wanted and link.target and self._package.has(link.target):
                return self._package.name_of(link.target)
        return ""

    @cached_property
    def can_add(self) -> bool:
        """Whether note boxes can be added."""
        return not self._part or can_add(self._package.read(self._part))

    def add(self, notes: Sequence[Box]) -> None:
        """Add the boxes of notes. ``can_add`` must hold."""
        if self._part:
            self._package.put(self._part, add_notes(self._package.read(self._part), notes))
        else:
            self._make(notes)

    def _make(self, notes: Sequence[Box]) -> None:
        package = self._package
        part = package.free_name(package.beside_workbook("drawings/vmlDrawing{}.vml"))
        package.put(part, new_drawing(self._blocks.taken(), notes))
        package.set_content_type(part, VML_TYPE, of_all=True)
        link = package.add_relationship(self._sheet, "vmlDrawing", part)
        root = package.edit(self._sheet)
        relations = package.dialect.relations
        element = child(root, "legacyDrawing")
        if element is None:
            element = place(root, "legacyDrawing", _SHEET_ORDER, {"r": relations})
        element.set(f"{{{relations}}}id", link)
        self._part = part

    def remove(self, cells: set[tuple[int, int]]) -> None:
        """Remove the note boxes of those cells (row, column, from 1)."""
        if self._part:
            self._package.put(self._part, remove_notes(self._package.read(self._part), cells))

    def drop_if_empty(self) -> None:
        """Drop the part when no shape is left in it."""
        if not self._part or not is_empty(self._package.read(self._part)):
            return
        root = self._package.edit(self._sheet)
        legacy = child(root, "legacyDrawing")
        if legacy is not None:
            root.remove(legacy)
        self._package.remove_relationship(self._sheet, self._part)
        self._package.drop(self._part)
        self._part = ""
