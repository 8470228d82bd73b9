"""Formula texts of a worksheet, those that follow a shared formula included."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai_workbooks.cells import column_letters

from .calamine_reader import contained
from .sheet_walk import SheetWalk


def formula_texts(xml: bytes) -> Mapping[tuple[int, int], str]:
    """Formula text with ``=`` by row and column of every cell of the sheet XML (UTF-8) that holds one."""
    from openpyxl.formula.translate import Translator

    found = SheetWalk(xml).formulas
    anchors = {formula.shared: place for place, formula in found.items() if formula.shared and formula.text}
    texts = {}
    for place, formula in found.items():
        text = formula.text
        anchor = anchors.get(formula.shared)
        if not text and anchor is not None:
            with contained():
                translator = Translator(f"={found[anchor].text}", origin=_a1(anchor))
                texts[place] = str(translator.translate_formula(_a1(place)))
        else:
            texts[place] = f"={text}"
    return texts


def _a1(place: tuple[int, int]) -> str:
    return f"{column_letters(place[1])}{place[0]}"
