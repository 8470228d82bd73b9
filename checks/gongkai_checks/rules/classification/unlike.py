"""Names that are not those of the dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai_checks.dictionary import Dictionary
from gongkai_checks.finding import Finding

from .printed_names import PrintedName, by_name


def unlike(code: str, printed: Sequence[PrintedName], dictionary: Dictionary) -> Iterator[Finding]:
    """One finding for a code that carries another name than the dictionary's, at the first place, with the others as evidence.

    Where the tables do not agree among themselves, that is said by CL004 and not again here.
    """
    names = by_name(code, printed, dictionary)
    if len(names) > 1 or dictionary.agrees(code, printed[0].name):
        return
    known = dictionary.names(code)[0]
    first = printed[0]
    yield Finding(
        message=f"科目 {code} 的名称为“{first.name}”，科目表中是“{known}”",
        cell=first.cell,
        table=first.table,
        item=f"{code} {first.name}",
        expected=known,
        found=first.name,
        evidence=tuple(place.cell for place in printed[1:]),
    )
