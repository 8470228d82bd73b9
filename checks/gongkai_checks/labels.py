"""How lines, tables and names are written in messages, and when two names are the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from gongkai_workbooks.disclosure import Item, Table

MAX_LISTED = 8
"""So many codes or names are spelt out in a message; of more, the number is given."""

LONGEST_CACHED = 60
LONGEST_CODE = 20
"""What stands in a code cell and is longer than this is no code, and is cut in messages."""


def normal_name(name: str) -> str:
    """A name without what does not distinguish it: blanks, full or half width, kinds of brackets and quotation marks."""
    return _cached(name) if len(name) <= LONGEST_CACHED else _normal(name)


def _normal(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).translate(_SAME)
    return "".join(text.split())


_cached = lru_cache(maxsize=4096)(_normal)
_SAME = str.maketrans(
    {
        "〔": "(",
        "〕": ")",
        "[": "(",
        "]": ")",
        "【": "(",
        "】": ")",
        '"': "",
        "'": "",
        "“": "",
        "”": "",
        "‘": "",
        "’": "",
    }
)


def item_label(item: Item) -> str:
    """A line as a reader knows it: ``208 社会保障和就业支出`` of a code row, else the label as printed, or ``第12行``."""
    if item.role == "code":
        return f"{item.code[:LONGEST_CODE]} {item.name}".strip() or f"第{item.row}行"
    return item.name or item.key


def amount_label(table: Table, item: str, column: str) -> str:
    """An amount cell in words: ``公开03“208 社会保障和就业支出”的基本支出``."""
    line = table.items.get(item)
    return f"公开{table.number}“{item if line is None else item_label(line)}”的{column}"


def listing(words: Iterable[str], most: int = MAX_LISTED) -> str:
    """Words joined by 、; beyond ``most`` only their number: ``208、210等12个``."""
    all_words = list(words)
    if len(all_words) <= most:
        return "、".join(all_words)
    return f"{'、'.join(all_words[:most])}等{len(all_words)}个"


def table_names(numbers: Iterable[str]) -> str:
    """``公开02、公开03``."""
    return "、".join(f"公开{number}" for number in numbers)
