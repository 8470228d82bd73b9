"""The notes (批注) of one sheet: the comments part and its drawing. A user's own note is kept and only added to."""

from __future__ import annotations

from xml.sax.saxutils import escape as xml_escape

from lxml.etree import _Element

from gongkai_workbooks.cells import column_letters, parse_a1
from gongkai_workbooks.edits import NOTE_AUTHOR

from .cell_value import escape, plain_text, unescape
from .drawing import Drawing
from .opc import Package
from .vml import Box
from .xml_tree import DECLARATION, add, child, children, from_text, local_name, namespace, parse, place, text_xml, whole

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
SEPARATOR = "────────────"
"""The line between a user's own note and ours."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Notes:
    """The notes of a worksheet part. Changes of the drawing are gathered and written by ``close``."""

    def __init__(self, package: Package, sheet_part: str, drawing: Drawing):
        self.package = package
        self.sheet = sheet_part
        self._drawing = drawing
        parts = package.related(sheet_part, "comments")
        self.part = parts[0] if parts else ""
        self._by_cell: dict[tuple[int, int], _Element] = {}
        self._boxes: list[Box] = []
        self._removed: set[tuple[int, int]] = set()
        self._threads = self._thread_cells()
        if self.part:
            for element in self._elements():
                cell = _address(element)
                if cell is not None:
                    self._by_cell[cell] = element

    def _elements(self) -> list[_Element]:
        entries = child(self.package.tree(self.part), "commentList")
        return [] if entries is None else list(children(entries, "comment"))

    def _thread_cells(self) -> set[tuple[int, int]]:
        found = set()
        for part in self.package.related(self.sheet, "threadedComment"):
            for element in self.package.tree(part):
                cell = _address(element)
                if cell is not None:
                    found.add(cell)
        return found

    def threaded(self, row: int, column: int) -> bool:
        """Whether the cell carries a conversation, whose note only stands in for it in old programs."""
        element = self._by_cell.get((row, column))
        if (row, column) in self._threads:
            return True
        return element is not None and self._author_of(element).startswith("tc={")

    def _author_of(self, element: _Element) -> str:
        authors = child(self.package.tree(self.part), "authors")
        names = [] if authors is None else list(children(authors, "author"))
        number = whole(element.get("authorId"), -1)
        return (names[number].text or "") if 0 <= number < len(names) else ""

    @property
    def can_add(self) -> bool:
        """Whether note boxes can be added to the drawing of the sheet."""
        return self._drawing.can_add

    def text(self, row: int, column: int) -> str | None:
        """The text of a cell's note, ``None`` when it has none."""
        element = self._text_element(row, column)
        return None if element is None else plain_text(element)

    def text_xml(self, row: int, column: int) -> str:
        """The formatted text of a cell's note, for the journal; ``""`` when it has none."""
        return text_xml(self._text_element(row, column))

    def _text_element(self, row: int, column: int) -> _Element | None:
        element = self._by_cell.get((row, column))
        return None if element is None else child(element, "text")

    def append(self, row: int, column: int, block: str) -> None:
        """Add our block to the cell's note after a separator line; without a note, make one."""
        element = self._by_cell.get((row, column))
        if element is None:
            self._boxes.append((row, column, block))
            return
        self.package.edit(self.part)
        text = child(element, "text")
        if text is None:
            text = place(element, "text", ("text",))
        for plain in list(children(text, "t")):
            # A text is either plain or made of runs.
            run = text.makeelement(f"{{{namespace(text)}}}r")
            plain.addprevious(run)
            run.append(plain)
        run = _run(text, f"\n{SEPARATOR}\n{block}")
        runs = list(children(text, "r"))
        if len(runs) > 1:
            # Reading aids stand after the runs.
            runs[-2].addnext(run)
        else:
            text.insert(0, run)

    def _write_new(self) -> None:
        """Write all new notes at once: one piece of XML is cheaper than an element after the other."""
        if not self.part:
            self._make_part()
            return
        root = self.package.edit(self.part)
        authors, entries = child(root, "authors"), child(root, "commentList")
        if authors is None:
            authors = place(root, "authors", ("authors", "commentList"))
        if entries is None:
            entries = place(root, "commentList", ("authors", "commentList"))
        names = [author.text or "" for author in children(authors, "author")]
        if NOTE_AUTHOR not in names:
            add(authors, "author").text = NOTE_AUTHOR
            names.append(NOTE_AUTHOR)
        xml = f'<commentList xmlns="{namespace(root)}">{self._new_xml(names.index(NOTE_AUTHOR))}</commentList>'
        entries.extend(list(parse(xml.encode())))
        self._sort(entries)

    def _make_part(self) -> None:
        self.part = self.package.free_name(self.package.beside_workbook("comments{}.xml"))
        self._boxes.sort()
        head = f'{DECLARATION.decode()}<comments xmlns="{namespace(self.package.tree(self.sheet))}">'
        authors = f"<authors><author>{NOTE_AUTHOR}</author></authors>"
        xml = f"{head}{authors}<commentList>{self._new_xml(0)}</commentList></comments>"
        self.package.put(self.part, xml.encode())
        self.package.set_content_type(self.part, COMMENTS_TYPE)
        self.package.add_relationship(self.sheet, "comments", self.part)

    def _new_xml(self, author: int) -> str:
        return "".join(
            f'<comment ref="{column_letters(column)}{row}" authorId="{author}"><text><r><t xml:space="preserve">'
            f"{xml_escape(_lines(block))}</t></r></text></comment>"
            for row, column, block in self._boxes
        )

    def set_text_xml(self, row: int, column: int, xml: str) -> None:
        """Give a note back the formatted text it had."""
        element = self._by_cell[row, column]
        self.package.edit(self.part)
        old = child(element, "text")
        new = from_text(xml, namespace(element))
        if old is None:
            element.insert(0, new)
        else:
            element.replace(old, new)

    def set_text(self, row: int, column: int, text: str) -> None:
        """Let a note hold plain text."""
        element = self._by_cell[row, column]
        self.package.edit(self.part)
        old = child(element, "text")
        if old is not None:
            element.remove(old)
        new = place(element, "text", ("text",))
        _run(new, text)

    def cut(self, row: int, column: int, block: str) -> bool:
        """Take our block out of a note, of which the rest keeps its format; whether it stood there in one piece."""
        element = self._text_element(row, column)
        pieces = (
            [] if element is None else [*children(element, "t"), *(child(run, "t") for run in children(element, "r"))]
        )
        texts = [unescape("" if piece is None else piece.text or "").replace("\r\n", "\n") for piece in pieces]
        start = "".join(texts).find(block)
        if start < 0:
            return False
        self.package.edit(self.part)
        end = start + len(block)
        for piece, text in zip(pieces, texts, strict=True):
            rest = text[: max(start, 0)] + text[max(end, 0) :]
            start, end = start - len(text), end - len(text)
            if piece is not None and rest != text:
                piece.text = escape(rest)
                run = piece.getparent()
                if not rest and run is not None and run is not element and element is not None:
                    element.remove(run)
        return True

    def remove(self, row: int, column: int) -> None:
        """Remove a cell's note and its box."""
        element = self._by_cell.pop((row, column))
        self.package.edit(self.part)
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
        self._removed.add((row, column))

    def close(self) -> None:
        """Write new notes and their boxes, and drop parts that are left empty."""
        if self._removed:
            self._drawing.remove(self._removed)
            self._forget_author()
        if self._boxes:
            self._write_new()
            self._drawing.add(self._boxes)
        elif self.part and self._removed and not self._by_cell:
            self.package.remove_relationship(self.sheet, self.part)
            self.package.drop(self.part)
            self._drawing.drop_if_empty()
        self._boxes.clear()
        self._removed.clear()

    def _forget_author(self) -> None:
        """Without a note of ours the list of authors does not name us; the others keep their numbers."""
        authors = child(self.package.tree(self.part), "authors")
        if (
            self._boxes
            or authors is None
            or any(self._author_of(note) == NOTE_AUTHOR for note in self._by_cell.values())
        ):
            return
        for author in list(children(authors, "author")):
            if author.text == NOTE_AUTHOR:
                self.package.edit(self.part)
                author.text = ""
                if author.getnext() is None:
                    authors.remove(author)

    def _sort(self, entries: _Element) -> None:
        """Put new notes among the old ones in reading order, as programs write them; leave a list alone that is not in order."""
        cells = [_address(element) or (0, 0) for element in entries]
        old = cells[: len(cells) - len(self._boxes)]
        if old == sorted(old):
            entries[:] = [entries[i] for i in sorted(range(len(cells)), key=cells.__getitem__)]


def _run(text: _Element, content: str) -> _Element:
    run = add(text, "r")
    piece = add(run, "t")
    piece.text = _lines(content)
    piece.set(_SPACE, "preserve")
    return run


def _lines(text: str) -> str:
    return escape(text.replace("\r\n", "\n").replace("\r", "\n"))


def _address(element: _Element) -> tuple[int, int] | None:
    if local_name(element) not in ("comment", "threadedComment"):
        return None
    try:
        return parse_a1(element.get("ref", ""))
    except ValueError:
        return None


def note_text(xml: str) -> str:
    """The plain text of a note that ``Notes.text_xml`` gave; ``""`` for ``""``. Raises ``DamagedError``."""
    return plain_text(parse(xml.encode())) if xml else ""
