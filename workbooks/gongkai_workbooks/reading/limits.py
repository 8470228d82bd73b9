"""How much a file may ask for before it is refused. A nine-sheet workbook of a department stays far below each of these."""

from __future__ import annotations

MIB = 1 << 20

MAX_FILE_BYTES = 200 * MIB
"""Size of the file itself."""

MAX_MEMBERS = 10_000
"""Members of a ZIP package."""

MAX_PART_BYTES = 128 * MIB
"""One unzipped part, such as the XML of a sheet: room for 100,000 rows of empty styled cells."""

MAX_TOTAL_BYTES = 400 * MIB
"""All unzipped parts that are read."""

MAX_SHEETS = 1_000

MAX_AREA = 2_000_000
"""Cells of the rectangle that holds all values of one sheet; beyond it the sheet is read without its blank rows and columns."""

MAX_WORKBOOK_AREA = 10_000_000
"""The same, over all sheets of one workbook."""

MAX_TEXT_BYTES = 256 * MIB
"""Text of all cells together. A package can name one long text a million times."""

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

MAX_SPIN_COUNT = 1_000_000
"""Rounds of hashing that an encrypted file may ask for; Excel asks for 100,000."""
