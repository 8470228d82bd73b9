"""What a saved workbook is asked for: write edits, take the last run back, clear the marks."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gongkai_workbooks.edits import Applied, Edits, Journal, Refusal
from gongkai_workbooks.errors import UnreadableError, WorkbookError

from .apply import apply_edits, remove_results
from .archive import LARGEST_FILE, DamagedError, write_archive
from .encryption import encrypted, encrypted_record, open_file
from .journal import (
    Chain,
    chain_to_json,
    embed,
    embedded_item,
    journal_path,
    read_beside,
    read_embedded,
    record_parts,
    take_out,
)
from .live_record import read_live_journals, remove_live_record
from .opc import Package
from .safe_file import NewFile, replace_files
from .take_back import take_back

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
_NO_JOURNAL = "没有找到校验记录，无法{}。校验记录在文件内部和同一文件夹的“{}”中，请确认打开的是本程序写出的文件。"


class _Opened(NamedTuple):
    """A workbook without its journal item, its journals, why they could not be read (``""``: they could), and its password (``""``: none)."""

    package: Package
    journals: tuple[Journal, ...]
    damage: str
    password: str


def write_edits(
    source: Path, edits: Edits, output: Path, *, tool_version: str, time: str, password: str | None = None
) -> Applied:
    """Write ``edits`` into the workbook ``source`` and save the result as ``output``, which may be the same file.

    Marks and the results sheet of an earlier run are replaced; values it wrote stay, and its journal with them. What must not or
    cannot be written is refused with its reason, the rest is done. ``time`` and ``tool_version`` go into the journal, which is kept
    inside ``output`` and beside it. What was encrypted with ``password`` is encrypted again, and so is the journal beside it. Raises ``WorkbookError``;
    then nothing was written.
    """
    _check_suffix(source)
    if _check_suffix(output) != source.suffix.lower():
        raise WorkbookError(f"{output}：输出文件的扩展名应与原文件相同（{source.suffix}），请更改输出文件名。")
    with _damage_named(source):
        package, journals, _, password = _open(source, password)
        journals = _clear(package, journals)[0]
        remove_results(package, "")
        before = package.snapshot()
        outcome = apply_edits(package, edits)
        journal = Journal(
            tool_version=tool_version,
            time=time,
            source=source.name,
            cells=tuple(outcome.cells),
            parts=record_parts(package, before),
            results=outcome.results,
        )
        if journal.parts:
            journals = (*journals, journal)
        _save(package, journals, output, inside=True, password=password)
    return Applied(journal=journal, refused=tuple(outcome.refused))


def read_journals(path: Path, *, password: str | None = None) -> tuple[Journal, ...]:
    """The journals of a workbook, oldest first; empty when it has none. Raises ``WorkbookError``."""
    _check_suffix(path)
    with _damage_named(path):
        _, journals, damage, _ = _open(path, password)
        if damage:
            raise DamagedError(damage)
    return journals


def same_workbook(one: Path, other: Path, *, password: str | None = None) -> bool:
    """Whether two files hold the same package to the byte, encrypted or not: no encryption is like another. Raises ``WorkbookError``."""
    return open_file(one, password, LARGEST_FILE) == open_file(other, password, LARGEST_FILE)


def undo_edits(path: Path, output: Path, *, password: str | None = None) -> tuple[Refusal, ...]:
    """Take back everything of the last run on ``path`` and save as ``output``, which may be the same file.

    While nobody else saved the workbook, every part gets its original bytes back. Else it is done cell by cell, and cells that
    were changed since are left alone and returned. Raises ``WorkbookError``, also when there is no journal.
    """
    package, journals, _, password = _open_for_undo(path, output, "撤销", password)
    with _damage_named(path):
        left, refused = take_back(package, journals[-1], values=True)
        _save(package, (*journals[:-1], *([left] if left else [])), output, inside=True, password=password)
    return tuple(refused)


def clear_marks(path: Path, output: Path, *, password: str | None = None) -> tuple[Refusal, ...]:
    """Take back marks, notes and the results sheet of ``path``; values stay. Save as ``output``, which may be the same file.

    The journal inside the workbook goes too, so that nothing of the check is published with it; as long as there are values
    to take back, the journal beside the file is kept. Returns the cells whose marks were changed since and left alone.
    """
    package, journals, _, password = _open_for_undo(path, output, "清除标记", password)
    with _damage_named(path):
        journals, refused = _clear(package, journals)
        _save(package, journals, output, inside=False, password=password)
    return tuple(refused)


def _check_suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise WorkbookError(
            f"{path}：只能在 .xlsx 或 .xlsm 工作簿中写入标记和修正，请用 Excel 或 WPS 另存为 .xlsx 后重试。"
        )
    return suffix


@contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    try:
        yield
    except DamagedError as damage:
        raise UnreadableError(
            f"{path}：文件无法处理（{damage}），请用 Excel 或 WPS 打开并另存为 .xlsx 后重试。"
        ) from None


def _open(path: Path, password: str | None) -> _Opened:
    data, password = open_file(path, password, LARGEST_FILE)
    package = Package(data)
    item = embedded_item(package)
    damage = ""
    chain: Chain | None = None
    if item:
        try:
            chain = read_embedded(package, item)
        except DamagedError as error:
            damage = str(error)
        take_out(package, item, chain.envelope if chain else ())
    if chain is None:
        try:
            chain = read_beside(path, password)
            damage = damage if chain is None else ""
        except DamagedError as error:
            damage = str(error)
    journals = chain.journals if chain else ()
    try:
        # Marked while it was open in a program, and saved.
        journals += read_live_journals(package)
    except DamagedError as error:
        damage = damage or str(error)
    else:
        remove_live_record(package)
    return _Opened(package, journals, damage, password)


def _open_for_undo(path: Path, output: Path, what: str, password: str | None) -> _Opened:
    if _check_suffix(path) != _check_suffix(output):
        raise WorkbookError(f"{output}：输出文件的扩展名应与原文件相同（{path.suffix}），请更改输出文件名。")
    with _damage_named(path):
        opened = _open(path, password)
        if opened.damage:
            raise DamagedError(opened.damage)
    if not opened.journals:
        raise WorkbookError(f"{path}：{_NO_JOURNAL.format(what, journal_path(path).name)}")
    return opened


def _clear(package: Package, journals: tuple[Journal, ...]) -> tuple[tuple[Journal, ...], list[Refusal]]:
    """Each run takes away the marks of the one before, but for a workbook that was marked as a file and then while it was open."""
    left: list[Journal] = []
    refused: list[Refusal] = []
    for journal in reversed(journals):
        if journal is not journals[-1] and not journal.results and all(e.kind == "value" for e in journal.cells):
            left.insert(0, journal)
            continue
        rest, reasons = take_back(package, journal, values=False)
        refused += reasons
        if rest:
            left.insert(0, rest)
    return tuple(left), refused


def _save(package: Package, journals: Sequence[Journal], output: Path, *, inside: bool, password: str) -> None:
    record = b""
    if journals:
        record = embed(package, journals) if inside else chain_to_json(Chain(tuple(journals)))
    package.flush()
    sealed = b""
    if password:
        plain = io.BytesIO()
        write_archive(plain, package.parts, package.headers)
        sealed = encrypted(plain.getvalue(), password)
        record = encrypted_record(record, password) if record else b""

    def write_record(file: BinaryIO) -> None:
        file.write(record)

    def write_workbook(file: BinaryIO) -> None:
        if sealed:
            file.write(sealed)
        else:
            write_archive(file, package.parts, package.headers)

    beside = NewFile(journal_path(output), write_record if record else None, durable=not inside)
    replace_files([beside, NewFile(output, write_workbook)])
