"""The names of the classification codes: 支出功能分类 (2…) and 部门预算支出经济分类 (3…).

The built-in list is far from complete, and part of it was never confirmed by a published document; ``verified`` tells which. So an
unknown code is no fault, and a name that is not verified never makes more than a hint. An office that has the year's
official list loads it instead (``--dictionary FILE``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .labels import LONGEST_CACHED, normal_name

_DATA = Path(__file__).parent / "data"
MAX_BYTES = 8_000_000
MAX_LINES = 100_000
MAX_ALIASES = 50
MAX_AGREED = 16_384
"""So many codes with right names are remembered."""


class DictionaryError(Exception):
    """The dictionary file cannot be used; ``str()`` is one Chinese sentence for the user."""


class Entry(NamedTuple):
    """One code: its name in force, whether a published document confirms it, and its former names."""

    name: str
    verified: bool
    aliases: tuple[str, ...] = ()


class Dictionary:
    """Codes and their names. ``complete`` is True when the list claims to hold every code: a file of the user's."""

    __slots__ = ("_agreed", "_entries", "_standard", "class_names", "complete", "standard_rows")

    def __init__(
        self, entries: Mapping[str, Entry], *, complete: bool = False, standard_rows: tuple[str, ...] = ()
    ) -> None:
        self._entries = entries
        self._agreed: set[tuple[str, str]] = set()
        self.complete = complete
        self.class_names: Mapping[str, str] = {
            code: entry.name for code, entry in entries.items() if len(code) == 3 and code[0] == "2"
        }
        """Names of the functional classes: ``208`` is 社会保障和就业支出."""
        self.standard_rows = standard_rows
        """The economic codes that the form of table 06 prints, in order."""
        self._standard = frozenset(standard_rows)

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def name(self, code: str) -> str | None:
        """The name in force; None for a code that is not listed."""
        entry = self._entries.get(code)
        return None if entry is None else entry.name

    def names(self, code: str) -> tuple[str, ...]:
        """The name in force and the former names; empty for a code that is not listed."""
        entry = self._entries.get(code)
        return () if entry is None else (entry.name, *entry.aliases)

    def verified(self, code: str) -> bool:
        """True when the name is confirmed by published documents or comes from a file of the user's."""
        entry = self._entries.get(code)
        return entry is not None and entry.verified

    def rows_missing(self, codes: Iterable[str]) -> list[str]:
        """The ``standard_rows`` that are not among some codes, in order."""
        missing = self._standard.difference(codes)
        return [code for code in self.standard_rows if code in missing] if missing else []

    def all_agree(self, pairs: Set[tuple[str, str]]) -> bool:
        """True when every name ``agrees`` with its code."""
        new = pairs - self._agreed
        if not all(self.agrees(code, name) for code, name in new):
            return False
        if len(self._agreed) + len(new) > MAX_AGREED:
            self._agreed.clear()
        if len(new) <= MAX_AGREED:
            self._agreed.update([pair for pair in new if len(pair[0]) + len(pair[1]) <= LONGEST_CACHED])
        return True

    def agrees(self, code: str, name: str) -> bool:
        """True when ``name`` is one of the code's names, or the code is not listed; blanks and kinds of brackets do not count."""
        names = self.names(code)
        if not names or name in names:
            return True
        wanted = normal_name(name)
        return any(normal_name(known) == wanted for known in names)


@lru_cache(maxsize=4)
def load_dictionary(path: str | None = None) -> Dictionary:
    """The built-in dictionary, or the one in a CSV file (code,name; a header is optional; UTF-8 or GB18030) that replaces it.

    A code that the file lists twice has its later names as aliases. Raises ``DictionaryError``.
    """
    return _built_in() if path is None else _from_file(Path(path))


def _built_in() -> Dictionary:
    aliases: dict[str, tuple[str, ...]] = {}
    for code, name in _fields("aliases.csv"):
        aliases[code] = (*aliases.get(code, ()), name)
    entries: dict[str, Entry] = {}
    standard = []
    for code, name, _, source in _fields("functional.csv"):
        entries[code] = Entry(name, source == "evidence", aliases.get(code, ()))
    for code, name, _, source, _, printed in _fields("economic.csv"):
        entries[code] = Entry(name, source == "evidence", aliases.get(code, ()))
        if printed:
            standard.append(code)
    return Dictionary(entries, standard_rows=tuple(standard))


def _fields(file: str) -> Iterator[list[str]]:
    # Our own files hold no quotes and no commas in names (a test sees to it), so that splitting will do.
    lines = (_DATA / file).read_text(encoding="utf-8").splitlines()
    return (line.split(",") for line in lines[1:])


def _from_file(path: Path) -> Dictionary:
    import csv

    entries: dict[str, Entry] = {}
    rows = csv.reader(_read(path).splitlines())
    try:
        for number, row in enumerate(rows, 1):
            if number > MAX_LINES:
                raise DictionaryError(f"科目字典 {path} 超过 {MAX_LINES} 行，不像是科目表，请检查文件")
            cells = [cell.strip() for cell in row]
            if not any(cells) or (number == 1 and not cells[0].isdigit()):
                continue
            _add(entries, cells, number, path)
    except csv.Error as error:
        raise DictionaryError(f"科目字典 {path} 第 {rows.line_num} 行不是有效的 CSV，请重新另存为 CSV 文件") from error
    if not entries:
        raise DictionaryError(f"科目字典 {path} 中没有科目，每行应为“编码,名称”")
    return Dictionary(entries, complete=True, standard_rows=load_dictionary().standard_rows)


def _add(entries: dict[str, Entry], cells: list[str], number: int, path: Path) -> None:
    code, name = cells[0], cells[1] if len(cells) > 1 else ""
    if not (code.isascii() and code.isdigit() and len(code) in (3, 5, 7)) or not name:
        shown = ",".join(cells)[:40]
        raise DictionaryError(
            f"科目字典 {path} 第 {number} 行“{shown}”有误：每行应为“编码,名称”，编码为 3、5 或 7 位数字"
        )
    known = entries.get(code)
    if known is None:
        entries[code] = Entry(name, True)
    elif len(known.aliases) >= MAX_ALIASES:
        raise DictionaryError(f"科目字典 {path} 第 {number} 行：编码 {code} 重复太多次，不像是科目表，请检查文件")
    elif name != known.name and name not in known.aliases:
        entries[code] = known._replace(aliases=(*known.aliases, name))


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise DictionaryError(f"找不到科目字典 {path}，请检查路径") from None
    except (OSError, ValueError):
        raise DictionaryError(f"无法读取科目字典 {path}，请检查路径和读取权限") from None
    if len(data) > MAX_BYTES:
        raise DictionaryError(f"科目字典 {path} 超过 {MAX_BYTES // 1_000_000} MB，不像是科目表，请检查文件")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DictionaryError(f"科目字典 {path} 的编码既不是 UTF-8 也不是 GB18030，请另存为 CSV（UTF-8）")
