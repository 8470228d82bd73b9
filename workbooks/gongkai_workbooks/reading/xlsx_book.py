"""Workbooks in Office Open XML: ``.xlsx`` and ``.xlsm``, transitional or strict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from gongkai_workbooks.errors import UnreadableError
from gongkai_workbooks.grid import Grid

from .calamine_reader import Values, read_values
from .far_cells import spread
from .limits import MAX_SHEETS, MAX_WORKBOOK_AREA, MIB
from .relationships import relationships_of
from .saved_book import SheetEntry
from .shared_strings import check_amount_of_text, guarded_strings, guarded_styles
from .sheet_part import SheetPart, plain_part, refuse_doctype
from .small_xml import local_attribute, start_tags
from .stored_zip import stored_zip
from .xml_encoding import as_utf8
from .zip_archive import DAMAGED, TOO_LARGE, ZipArchive

_GROUP_BYTES = 32 * MIB
_STRINGS = "xl/sharedStrings.xml"


class XlsxBook:
    """An opened ``.xlsx`` or ``.xlsm`` package.

    calamine never sees the file: it gets a package made of the checked parts, so what it reads is what was looked through.
    """

    def __init__(self, archive: ZipArchive, main: str) -> None:
        self._archive = archive
        self._date_1904 = False
        self._strings = self._styles = ""
        relationships = relationships_of(archive, main)
        for relationship in relationships.values():
            if relationship.kind == "sharedStrings":
                self._strings = relationship.target
            elif relationship.kind == "styles":
                self._styles = relationship.target
        entries = []
        for element, attributes in start_tags(archive.read(main), ("sheet", "workbookPr")):
            if element == "workbookPr":
                self._date_1904 = attributes.get("date1904") in ("1", "true")
                continue
            found = relationships.get(local_attribute(attributes, "id") or "")
            # Chart, dialog and macro sheets hold no cells for us; a sheet without a part is damage that must not pass in silence.
            if found is None:
                raise UnreadableError(DAMAGED)
            if found.kind == "worksheet":
                name = attributes.get("name", "")
                visible = attributes.get("state", "visible") not in ("hidden", "veryHidden")
                entries.append(SheetEntry(name, visible, found.target))
        if len(entries) > MAX_SHEETS:
            raise UnreadableError(TOO_LARGE)
        self.sheets: Sequence[SheetEntry] = tuple(entries)

    def read(self, chosen: Sequence[int]) -> list[Grid]:
        """See ``SavedBook``."""
        self._archive.claim(self.sheets[place].source for place in chosen)
        shared = self._shared_parts()
        grids: list[Grid] = []
        area = 0
        group: list[tuple[int, SheetPart]] = []
        size = 0
        for place in chosen:
            xml = self._sheet_xml(place)
            part = plain_part(xml) or _walked(xml)
            area += part.layout.area
            if area > MAX_WORKBOOK_AREA:
                raise UnreadableError(TOO_LARGE)
            group.append((place, part))
            size += len(part.xml)
            if size > _GROUP_BYTES:
                grids += self._grids(group, shared)
                group, size = [], 0
        return grids + self._grids(group, shared)

    def formulas(self, place: int) -> Mapping[tuple[int, int], str]:
        """See ``SavedBook``."""
        from .formula_text import formula_texts

        return formula_texts(self._sheet_xml(place))

    def _sheet_xml(self, place: int) -> bytes:
        return as_utf8(self._archive.read(self.sheets[place].source))

    def _shared_parts(self) -> dict[str, bytes]:
        parts = {}
        if self._strings in self._archive:
            parts[_STRINGS] = guarded_strings(as_utf8(self._archive.read(self._strings)))
        if self._styles in self._archive:
            parts["xl/styles.xml"] = guarded_styles(as_utf8(self._archive.read(self._styles)))
        for xml in parts.values():
            refuse_doctype(xml)
        return parts

    def _grids(self, group: list[tuple[int, SheetPart]], shared: dict[str, bytes]) -> list[Grid]:
        if not group:
            return []
        _check_text(group, shared)
        try:
            values = self._values(group, shared)
        except UnreadableError:
            # Something in a plain sheet that calamine does not take; written anew, it may.
            group = [(place, _walked(self._sheet_xml(place))) for place, _ in group]
            _check_text(group, shared)
            values = self._values(group, shared)
        return [_grid(self.sheets[place], part, found) for (place, part), found in zip(group, values, strict=True)]

    def _values(self, group: list[tuple[int, SheetPart]], shared: dict[str, bytes]) -> list[Values]:
        sheets = [(f"xl/s{number}.xml", part.xml) for number, (_, part) in enumerate(group)]
        content = stored_zip((*_skeleton(len(group), self._date_1904), *shared.items(), *sheets))
        names = [str(number) for number in range(len(group))]
        return read_values(content, names, lambda number: self.sheets[group[number][0]].name)


def _walked(xml: bytes) -> SheetPart:
    from .sheet_walk import walked_part

    return walked_part(xml)


def _check_text(group: list[tuple[int, SheetPart]], shared: dict[str, bytes]) -> None:
    strings = shared.get(_STRINGS, b"")
    check_amount_of_text(strings, (part.xml for _, part in group), sum(part.cells for _, part in group))


@lru_cache(maxsize=16)
def _skeleton(count: int, date_1904: bool) -> tuple[tuple[str, bytes], ...]:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheets = "".join(f'<sheet name="{number}" r:id="r{number}"/>' for number in range(count))
    links = "".join(
        f'<Relationship Id="r{number}" Type="{office}/worksheet" Target="s{number}.xml"/>' for number in range(count)
    )
    root = (
        f'<Relationships><Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    epoch = ' date1904="1"' if date_1904 else ""
    return (
        ("_rels/.rels", root.encode()),
        ("xl/workbook.xml", f"<workbook><workbookPr{epoch}/><sheets>{sheets}</sheets></workbook>".encode()),
        ("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>".encode()),
    )


def _grid(entry: SheetEntry, part: SheetPart, values: Values) -> Grid:
    rows, top, left = spread(values.rows, values.top, values.left, part.layout)
    return Grid(
        entry.name,
        rows,
        top,
        left,
        entry.visible,
        values.merges,
        part.faults,
        part.formulas,
        part.hidden_rows,
        part.hidden_columns,
    )
