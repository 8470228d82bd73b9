"""Chinese sentences turned into English by the phrases that they are made of, which a TOML file lists side by side.

Messages are made where the facts are, in Chinese, and go through many hands; so a phrase is recognised in what came out, not carried beside
it. A sentence that no phrase fits stays Chinese. A phrase has slots, ``{name:kind}``; the kinds are

* ``t`` the two digits of a sheet, ``n`` a number, ``at`` a place such as 公开03“合计”基本支出;
* ``q`` data, kept as it is, ``d`` data joined by 、, ``w`` a printed label, translated with the Chinese beside it;
* ``p`` a phrase, translated in its turn, ``l`` phrases joined by 、.

The first phrase that fits is taken. What stands behind a slot ends it where it first occurs: no text can make this slow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

MOST_CHARACTERS = 3_000
"""Longer sentences are left alone: labels of a workbook stand in them, and may be of any length."""
MOST_LEVELS = 6
MOST_SEPARATORS = 3
"""So many 、 may stand inside one name of a list."""

_SLOT = re.compile(r"\{(\w+):(\w+)\}")
_GIVEN = re.compile(r"\{(\w+)(:w)?\}")
_NUMBER = r"[-+≤≥]?[0-9][0-9,]*(?:\.[0-9]+)?"


class Phrase(NamedTuple):
    """One sentence with slots: what it looks like in Chinese, the kind of each slot, and the English with ``{name}``."""

    pattern: re.Pattern[str]
    kinds: Mapping[str, str]
    english: str


class Phrasebook:
    """Pairs of Chinese and English sentences, printed labels with their names, and single words."""

    def __init__(
        self,
        pairs: Sequence[tuple[str, str]],
        labels: Mapping[str, str] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:
        self.pairs = tuple(pairs)
        self.labels = labels or {}
        self._words = words or {}
        columns = "|".join(re.escape(column) for column in sorted(self.labels, key=len, reverse=True))
        self._place = rf"公开[0-9]{{2}}“(?>.*?(?=”))”(?:的?(?:{columns}))?"
        self._phrases = tuple(self._compiled(chinese, english) for chinese, english in pairs)

    def english(self, text: str) -> str | None:
        """A sentence in English; None when it is not made of known phrases."""
        return self._said(text, 0) if 0 < len(text) <= MOST_CHARACTERS else None

    def label(self, text: str) -> str:
        """A printed label as a reader of English finds it: ``'Total' (合计)``; an unknown one in quotation marks."""
        known = self.labels.get(text.strip())
        return f"'{known}' ({text.strip()})" if known else f"'{text.strip()}'"

    def _compiled(self, chinese: str, english: str) -> Phrase:
        pieces = _SLOT.split(chinese)
        pattern = re.escape(pieces[0])
        kinds = {}
        for name, kind, literal in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
            kinds[name] = kind
            bounded = {"t": "[0-9]{2}", "n": _NUMBER, "at": self._place}.get(kind)
            slot = bounded or (rf"(?>.+?(?={re.escape(literal)}))" if literal else ".+")
            pattern += rf"(?P<{name}>{slot}){re.escape(literal)}"
        return Phrase(re.compile(pattern, re.DOTALL), kinds, english)

    def _said(self, text: str, level: int) -> str | None:
        word = self._words.get(text)
        if word is not None:
            return word
        if level > MOST_LEVELS:
            return None
        for phrase in self._phrases:
            match = phrase.pattern.fullmatch(text)
            if match is None:
                continue
            given = {name: self._slot(match[name], kind, level) for name, kind in phrase.kinds.items()}
            if None not in given.values():
                return self._filled(phrase.english, match, given)
        return None

    def _filled(self, words: str, match: re.Match[str], given: Mapping[str, str | None]) -> str:
        """The English of a phrase with its slots filled in; ``{name:w}`` is a label in quotation marks whatever its kind."""
        return _GIVEN.sub(lambda slot: self.label(match[slot[1]]) if slot[2] else str(given[slot[1]]), words)

    def _slot(self, text: str, kind: str, level: int) -> str | None:
        if kind == "at":
            return self._where(text)
        if kind == "p":
            return self._said(text, level + 1)
        if kind == "l":
            return self._list(text, level + 1)
        if kind == "d":
            return text.strip().replace("、", ", ")
        if kind == "w":
            return self.label(text) if text.strip() in self.labels else None
        return text

    def _where(self, text: str) -> str:
        table, _, rest = text.removeprefix("公开").partition("“")
        item, _, column = rest.partition("”")
        shown = f"sheet {table} {self.label(item)}"
        column = column.removeprefix("的")
        return f"{shown}, column {self.label(column)}" if column else shown

    def _list(self, text: str, level: int) -> str | None:
        parts = text.split("、")
        said: list[str] = []
        start = 0
        while start < len(parts):
            for end in range(start + 1, min(len(parts), start + 1 + MOST_SEPARATORS) + 1):
                one = self._said("、".join(parts[start:end]), level)
                if one is not None:
                    said.append(one)
                    start = end
                    break
            else:
                return None
        return ", ".join(said)
