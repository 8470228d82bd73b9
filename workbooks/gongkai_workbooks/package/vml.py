"""The legacy drawing of a sheet's notes. It is often no well-formed XML, so shapes are spliced into the bytes and cut out of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Box = tuple[int, int, str]
"""Row and column of a cell, from 1, and the text of its note, which decides how tall the box is."""

VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    f'<v:shapetype {_NAMESPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_PREFIX = rb"(?:[\w.-]{1,40}:)?"
_END = re.compile(rb"</" + _PREFIX + rb"xml\s{0,9}>\s{0,99}\Z")
_LONGEST_END = 160
# Both begin with plain letters, which are found fast; what stands before them is looked at from there.
_SHAPE_ID = re.compile(rb"""id=(?<=\bid=)["']_x0000_s(\d{1,9})["']""")
_ID_MAP = re.compile(rb"""idmap(?<=[<:]idmap)\b[^>]{0,200}?\bdata=["']([\d,\s]{1,200})["']""")
_SHAPE_START = re.compile(rb"<" + _PREFIX + rb"shape[\s>]")
_SHAPE_END = re.compile(rb"(</" + _PREFIX + rb"shape\s{0,9}>)")
_ROW = re.compile(rb"Row>\s{0,9}(\d{1,7})\s{0,9}</")
_COLUMN = re.compile(rb"Column>\s{0,9}(\d{1,5})\s{0,9}</")
_DRAWN = re.compile(rb"<" + _PREFIX + rb"(?:shape|rect|roundrect|oval|line|group|image|polyline|curve|arc)[\s>]")
_BLOCK = 1024
"""Shape numbers are given out in blocks of this many; a block belongs to one drawing of the workbook."""

_COLUMNS_WIDE = 4
_CHARACTERS_WIDE = 26
_MOST_ROWS = 16


def id_blocks(drawing: bytes) -> set[int]:
    """The blocks of shape numbers that a drawing takes."""
    mapped = {int(number) for data in _ID_MAP.findall(drawing) for number in re.findall(rb"\d{1,6}", data)}
    return mapped | {int(number) // _BLOCK for number in _SHAPE_ID.findall(drawing)}


def new_drawing(taken: Iterable[int], notes: Sequence[Box]) -> bytes:
    """A drawing of hidden note boxes, whose shapes have numbers in blocks that no other drawing has."""
    first = 1 + max(taken, default=0)
    data = ",".join(str(first + number) for number in range(1 + len(notes) // (_BLOCK - 1)))
    shapes = "".join([_shape(number, "", *note) for number, note in enumerate(notes, first * _BLOCK + 1)])
    return (
        f'<xml {_NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{data}"/></o:shapelayout>'
        f"{_SHAPE_TYPE}{shapes}</xml>"
    ).encode()


def can_add(drawing: bytes) -> bool:
    """Whether the drawing ends in a way that a shape can be put before."""
    return _end(drawing) is not None


def _end(drawing: bytes) -> re.Match[bytes] | None:
    return _END.search(drawing, max(len(drawing) - _LONGEST_END, 0))


def add_notes(drawing: bytes, notes: Iterable[Box]) -> bytes:
    """The drawing with a hidden note box for each of ``notes``. ``can_add`` must hold."""
    end = _end(drawing)
    if end is None:
        raise ValueError("the drawing has no end")
    blocks = id_blocks(drawing)
    used = [int(number) for number in _SHAPE_ID.findall(drawing)]
    following = 1 + max([*used, _BLOCK * max(min(blocks, default=1), 1)])
    declared = all(name in drawing[:2000] for name in _NAMESPACES.encode().split())
    prefixes = "" if declared else f" {_NAMESPACES}"
    shapes = [_shape(number, prefixes, *note) for number, note in enumerate(notes, following)]
    if b'"_x0000_t202"' not in drawing.replace(b"'", b'"'):
        shapes.insert(0, _SHAPE_TYPE)
    return drawing[: end.start()] + "".join(shapes).encode() + drawing[end.start() :]


def _shape(number: int, prefixes: str, row: int, column: int, text: str) -> str:
    lines = sum([1 + len(line) // _CHARACTERS_WIDE for line in text.split("\n")])
    height = min(max(lines + 1, 4), _MOST_ROWS)
    top = max(row - 2, 0)
    anchor = f"{column}, 12, {top}, 4, {column + _COLUMNS_WIDE}, 12, {top + height}, 4"
    return (
        f'<v:shape{prefixes} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        f'margin-top:2pt;width:240pt;height:{height * 15}pt;z-index:{number % _BLOCK};visibility:hidden" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column>"
        "</x:ClientData></v:shape>"
    )


def remove_notes(drawing: bytes, cells: set[tuple[int, int]]) -> bytes:
    """The drawing without the note boxes of those cells (row, column, from 1)."""
    kept: list[bytes] = []
    # Pieces and end tags alternate; each piece before an end tag holds one shape, from its last start tag on.
    pieces = _SHAPE_END.split(drawing)
    for piece, end in zip(pieces[:-1:2], pieces[1::2], strict=True):
        start = max((match.start() for match in _SHAPE_START.finditer(piece)), default=0)
        row, column = _ROW.search(piece, start), _COLUMN.search(piece, start)
        if row and column and (int(row[1]) + 1, int(column[1]) + 1) in cells:
            kept.append(piece[:start])
        else:
            kept += [piece, end]
    return b"".join([*kept, pieces[-1]])


def is_empty(drawing: bytes) -> bool:
    """Whether no shape is left."""
    return _DRAWN.search(drawing) is None
