"""The workbooks that are measured: seeded synthetic accounts of both forms, a tenth of them with mistakes, and the samples."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gongkai_workbooks.data_folder import data_folder
from gongkai_workbooks.form_cells import FormCell, LaidSheet
from gongkai_workbooks.form_workbook import write_sheets
from gongkai_workbooks.samples import load_samples
from tests.synthetic import Fund, Shape, lay_out_accounts, make_accounts

SEED = 20240901
USUAL_ITEMS, SPREAD = 11, 0.5
"""项 codes of the usual department; with their 类 and 款 they are some 27 rows."""
LARGE_EVERY, LARGE_ITEMS = 25, 150
SAMPLES_FIRST = "示例-有错误.xlsx"
"""The sample with errors comes first, so that the smallest corpus has one too."""

_FUNDS = (
    *(frozenset({Fund.GENERAL}),) * 6,
    *(frozenset({Fund.GENERAL, Fund.GOVERNMENT}),) * 3,
    frozenset(Fund),
)


class Corpus:
    """Workbooks by number, each drawn when it is first asked for and kept in ``folder``.

    Workbook 7 is the same in every corpus, so that a small one is the beginning of a large one. What was drawn by other code is not used.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / _fingerprint()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._samples = sorted(
            (sample.workbook for sample in load_samples()), key=lambda name: (name != SAMPLES_FIRST, name)
        )

    def workbooks(self, count: int) -> list[Path]:
        """The first ``count`` workbooks."""
        paths = [self._folder / f"{number:05}.xlsx" for number in range(count)]
        for number, path in enumerate(paths):
            if not path.exists():
                unfinished = path.with_suffix(".unfinished")
                self._draw(number, unfinished)
                unfinished.replace(path)
        return paths

    def samples(self) -> list[Path]:
        """The sample workbooks, with the names that they are known by."""
        return [data_folder("samples") / name for name in self._samples]

    def _draw(self, number: int, path: Path) -> None:
        sample, rest = divmod(number, 10)
        if rest == 0 and sample < len(self._samples):
            shutil.copyfile(data_folder("samples") / self._samples[sample], path)
            return
        rng = random.Random(f"{SEED} {number}")
        shape = _shape(number, rng)
        sheets = lay_out_accounts(make_accounts(shape))
        if number % 10 == 5:
            sheets = _with_mistakes(sheets, rng)
        write_sheets(sheets, path, year=shape.year)


def _shape(number: int, rng: random.Random) -> Shape:
    items = min(60, max(2, round(USUAL_ITEMS * rng.lognormvariate(0, SPREAD))))
    return Shape(
        seed=SEED + number,
        items=LARGE_ITEMS if number % LARGE_EVERY == LARGE_EVERY - 1 else items,
        form="shanghai" if number % 2 else "national",
        amount_unit="元" if rng.random() < 0.1 else "万元",
        funds=rng.choice(_FUNDS),
        other_money=rng.random() < 0.5,
        carry_over=rng.random() < 0.6,
        three_public=rng.random() < 0.8,
        zeros="printed" if rng.random() < 0.5 else "blank",
        code_cells=rng.choice((None, "merged", "one", "three")),
        department=f"某市第{number}局",
    )


def _with_mistakes(sheets: Sequence[LaidSheet], rng: random.Random) -> tuple[LaidSheet, ...]:
    """One to three amounts written wrong."""
    wrong = list(sheets)
    for _ in range(rng.randint(1, 3)):
        place = rng.choice([place for place, sheet in enumerate(wrong) if _amounts(sheet)])
        cell = rng.choice(_amounts(wrong[place]))
        assert isinstance(cell.value, float)
        mistaken = cell._replace(value=_mistaken(cell.value, rng))
        cells = tuple(mistaken if known is cell else known for known in wrong[place].cells)
        wrong[place] = replace(wrong[place], cells=cells)
    return tuple(wrong)


def _amounts(sheet: LaidSheet) -> list[FormCell]:
    return [cell for cell in sheet.cells if cell.role in ("amount", "total amount") and cell.value]


def _mistaken(amount: float, rng: random.Random) -> float:
    """The slips of people who type: two digits exchanged, the sign, the decimal point, one digit more."""
    hundredths = str(round(abs(amount) * 100)).rjust(3, "0")
    slip = rng.randrange(4)
    if slip == 0 and len(set(hundredths[-3:])) > 1:
        first = -2 if hundredths[-1] != hundredths[-2] else -3
        digits = list(hundredths)
        digits[first], digits[first + 1] = digits[first + 1], digits[first]
        return int("".join(digits)) / 100
    if slip == 1:
        return -amount
    if slip == 2:
        return round(amount * 10, 2)
    return round(amount + rng.choice((1, 10, 100)), 2)


def _fingerprint() -> str:
    """A name for what these workbooks depend on: the code and data that draw them."""
    package = data_folder("templates").parent / "gongkai_workbooks"
    sources = [
        Path(__file__),
        *Path(__file__).parents[1].joinpath("synthetic").glob("*.*"),
        *package.glob("form*.py"),
        *data_folder("templates").glob("*.toml"),
        *data_folder("samples").glob("*.xlsx"),
    ]
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:16]
