"""What the nine tables, their columns and their lines are called, by place and year: TOML files, one a place.

A new place is a new file here, or one that a plugin brings; no code knows a place. Each file has any of these tables:

``place``
    Name of the place.
``[titles]``
    Table number -> titles; the first one of ``national.toml`` is the canonical title. ``extra`` lists further tables that are passed over.
``[words]``
    Kind -> words: what heads a column of names, codes, amounts ...; the kinds are the ones of ``national.toml``.
``[classes]``
    Class code of a function line -> its names in 01 and 04.
``[lines."01".revenue.income]``
    Canonical label -> other spellings, by table (01, 04, 06, 09), part (``revenue``, ``expenditure``; ``totals`` in 06, ``items`` in 09) and role.
``[columns."02"]``
    Canonical label -> other spellings, by table.

All files count together: a name is known wherever it is printed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, NamedTuple, cast

from gongkai_workbooks.disclosure import TABLE_NUMBERS
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.labels import plain

Role = Literal["total", "income", "class", "code", "line"]
NATIONAL = "national.toml"
EXTRA = ""
"""What an extra title is bound to."""

_SECTIONS = ("place", "titles", "words", "classes", "lines", "columns")
_PARTS = {"01": ("revenue", "expenditure"), "04": ("revenue", "expenditure"), "06": ("totals",), "09": ("items",)}
_ROLES = ("total", "income", "line")


class LayoutError(WorkbookError):
    """A layout file is ill-formed: names the file, the key and what is wrong."""


class LineName(NamedTuple):
    """What a printed line is: its canonical label or class code, and its role (see ``disclosure.Item``)."""

    key: str
    role: Role


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """All names of all places, by plain text (see ``labels.plain``).

    ``titles``: title -> table number, ``EXTRA`` for a further table; of two titles the one listed first is the better one.
    ``ranks``: title -> its place in that order. ``canonical_titles``: number -> title. ``words``: kind -> words.
    ``columns``: table -> heading -> canonical label. ``lines``: table and part -> label -> line; the function lines are in the
    part ``expenditure`` of 01 and 04. ``places``: the names of the places.
    """

    titles: dict[str, str] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
    canonical_titles: dict[str, str] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: dict[tuple[str, str], dict[str, LineName]] = field(default_factory=dict)
    places: tuple[str, ...] = ()


def load_layout(extra: Iterable[Path] = ()) -> Layout:
    """The layouts of this folder and of ``extra`` files together.

    Raises ``LayoutError`` when a file cannot be read, has an unknown key, or gives one name to two things.
    """
    paths = tuple(extra)
    return _load(paths) if paths else _built_in()


@lru_cache(maxsize=1)
def _built_in() -> Layout:
    return _load(())


def _load(extra: tuple[Path, ...]) -> Layout:
    folder = files(__package__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    names.sort(key=lambda name: name != NATIONAL)
    texts = [(name, folder.joinpath(name).read_text(encoding="utf-8")) for name in names]
    for path in extra:
        try:
            texts.append((str(path), path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise LayoutError(f"样式文件“{path}”无法读取（{error}）。请检查路径，并以 UTF-8 编码保存。") from error
    builder = _Builder()
    for name, text in texts:
        builder.add(name, text)
    return builder.layout()


class _Builder:
    """Takes the files one after the other; says which file and key is wrong."""

    def __init__(self) -> None:
        self.file = ""
        self.places: list[str] = []
        self.titles: dict[str, str] = {}
        self.canonical: dict[str, str] = {}
        self.words: dict[str, set[str]] = {}
        self.columns: dict[str, dict[str, str]] = {number: {} for number in TABLE_NUMBERS}
        self.lines: dict[tuple[str, str], dict[str, LineName]] = {
            (number, part): {} for number, parts in _PARTS.items() for part in parts
        }

    def fail(self, key: str, fault: str) -> LayoutError:
        return LayoutError(f"样式文件“{self.file}”的“{key}”{fault}。")

    def add(self, file: str, text: str) -> None:
        self.file = file
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise LayoutError(f"样式文件“{file}”不是有效的 TOML 文件（{error}）。") from error
        for section in content:
            if section not in _SECTIONS:
                raise self.fail(section, f"不是样式文件的项目，可用的有：{'、'.join(_SECTIONS)}")
        place = content.get("place", "")
        if not isinstance(place, str) or not place:
            raise self.fail("place", "应写明地区名称")
        self.places.append(place)
        self.add_titles(self.table(content, "titles"))
        self.add_words(self.table(content, "words"))
        self.add_classes(self.table(content, "classes"))
        self.add_columns(self.table(content, "columns"))
        self.add_lines(self.table(content, "lines"))

    def table(self, content: Mapping[str, object], key: str, path: str = "") -> dict[str, object]:
        value = content.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(path or key, "应是一个表")
        return cast("dict[str, object]", value)

    def strings(self, value: object, path: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(word, str) and plain(word) for word in value):
            raise self.fail(path, "应是一列非空文字")
        return cast("list[str]", value)

    def bind(self, names: dict[str, str], name: str, target: str, path: str) -> None:
        known = names.setdefault(plain(name), target)
        if known != target:
            raise self.fail(path, f"中的“{name}”已经指“{known or '其他表'}”，不能再指“{target or '其他表'}”")

    def add_titles(self, titles: dict[str, object]) -> None:
        for number, value in titles.items():
            path = f"titles.{number}"
            if number != "extra" and number not in TABLE_NUMBERS:
                raise self.fail(path, "不是表号，表号为 01 至 09，其他表写在 extra")
            for title in self.strings(value, path):
                self.bind(self.titles, title, EXTRA if number == "extra" else number, path)
                if number != "extra":
                    self.canonical.setdefault(number, title)

    def add_words(self, words: dict[str, object]) -> None:
        first = not self.words
        for kind, value in words.items():
            if not first and kind not in self.words:
                raise self.fail(f"words.{kind}", f"不是已知的类别，可用的有：{'、'.join(self.words)}")
            self.words.setdefault(kind, set()).update(plain(word) for word in self.strings(value, f"words.{kind}"))

    def add_classes(self, classes: dict[str, object]) -> None:
        for code, value in classes.items():
            path = f"classes.{code}"
            if not (len(code) == 3 and code.isdecimal()):
                raise self.fail(path, "不是三位的类级科目编码")
            for name in self.strings(value, path):
                for number in ("01", "04"):
                    self.bind_line(number, "expenditure", name, LineName(code, "class"), path)

    def add_columns(self, columns: dict[str, object]) -> None:
        for number in columns:
            path = f"columns.{number}"
            if number not in TABLE_NUMBERS:
                raise self.fail(path, "不是表号，表号为 01 至 09")
            for label, value in self.table(columns, number, path).items():
                for name in (label, *self.strings(value, f"{path}.{label}")):
                    self.bind(self.columns[number], name, label, f"{path}.{label}")

    def add_lines(self, lines: dict[str, object]) -> None:
        for number in lines:
            parts = self.table(lines, number, f"lines.{number}")
            for part in parts:
                path = f"lines.{number}.{part}"
                if (number, part) not in self.lines:
                    raise self.fail(path, "不是已知的部分，01、04 有 revenue 和 expenditure，06 有 totals，09 有 items")
                roles = self.table(parts, part, path)
                for role in roles:
                    if role not in _ROLES:
                        raise self.fail(f"{path}.{role}", f"不是已知的行类别，可用的有：{'、'.join(_ROLES)}")
                    for label, value in self.table(roles, role, f"{path}.{role}").items():
                        for name in (label, *self.strings(value, f"{path}.{role}.{label}")):
                            line = LineName(label, cast("Role", role))
                            self.bind_line(number, part, name, line, f"{path}.{role}.{label}")

    def bind_line(self, number: str, part: str, name: str, line: LineName, path: str) -> None:
        known = self.lines[number, part].setdefault(plain(name), line)
        if known != line:
            raise self.fail(path, f"中的“{name}”已经指“{known.key}”，不能再指“{line.key}”")

    def layout(self) -> Layout:
        return Layout(
            titles=self.titles,
            ranks={title: rank for rank, title in enumerate(self.titles)},
            canonical_titles=self.canonical,
            words={kind: frozenset(words) for kind, words in self.words.items()},
            columns=self.columns,
            lines=self.lines,
            places=tuple(self.places),
        )
