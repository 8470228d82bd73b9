"""Draws a form into an .xlsx file: widths, borders, fonts, number formats, print set-up. The same content gives the same bytes."""

from __future__ import annotations

import datetime
import io
import math
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from .amounts import AMOUNT_UNITS, AmountUnit
from .cells import column_letters
from .errors import LockedError, WorkbookError
from .figures import Figures
from .form_cells import FormCell, LaidSheet, Role, lay_out
from .forms import Form, form_names, load_form

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FONT = "宋体"
_FONT_SIZE = 10
_LINE_HEIGHT = 14.0
_ROW_HEIGHT = 18.0
_TITLE_HEIGHT = 30.0
_HEADING_FILL = "E7EDF3"
_TOTAL_FILL = "F5F7F9"
_A4 = 9
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

_WRAPPED: frozenset[Role] = frozenset({"heading", "label", "name", "note", "total"})
_CENTRED: frozenset[Role] = frozenset({"title", "middle", "heading", "line", "total"})
_RIGHT: frozenset[Role] = frozenset({"right", "amount", "total amount"})
_BARE: frozenset[Role] = frozenset({"title", "left", "middle", "right", "note"})
_ROLES: tuple[Role, ...] = (
    *("title", "left", "middle", "right", "heading", "label", "line"),
    *("code", "name", "amount", "total", "total amount", "note"),
)


def new_workbook(path: Path, year: int, department: str, form: str = "national", amount_unit: str = "万元") -> None:
    """Write the blank nine sheets of ``form`` into a new file.

    Raises ``WorkbookError`` (for the user, in Chinese) when the file exists already, is not .xlsx or cannot be written, and when year,
    form or amount unit make no sense.
    """
    if path.suffix.lower() != ".xlsx":
        raise WorkbookError(f"{path.name}：新建的工作簿请用 .xlsx 作扩展名。")
    if path.exists():
        raise WorkbookError(f"{path} 已经存在，没有覆盖；请换一个文件名。")
    if not 1949 <= year <= 2999:
        raise WorkbookError(f"年度 {year} 不对；请写四位数的年份，例如 2025。")
    if form not in form_names():
        raise WorkbookError(f"没有名为 {form} 的式样；现有：{'、'.join(form_names())}。")
    unit = AMOUNT_UNITS.get(amount_unit)
    if unit is None:
        raise WorkbookError(f"金额单位 {amount_unit} 不对；可用：{'、'.join(AMOUNT_UNITS)}。")
    department = department.strip()
    if len(department) > 100 or any(unicodedata.category(character) in ("Cc", "Cs") for character in department):
        raise WorkbookError("部门名称过长，或含有换行等看不见的字符；请重新填写。")
    draw(load_form(form), None, year=year, department=department, amount_unit=unit, path=path)


def draw(
    form: Form, figures: Figures | None, *, year: int, department: str, amount_unit: AmountUnit, path: Path
) -> None:
    """Draw a form with its figures, or blank when ``figures`` is None, and write it to ``path``, over what was there.

    Raises ``LockedError`` when the file cannot be written, ``ValueError`` for figures that the form has no cell for.
    """
    sheets = lay_out(form, figures, year=year, department=department, amount_unit=amount_unit)
    write_sheets(sheets, path, year=year, number_format=form.number_format)


def write_sheets(sheets: tuple[LaidSheet, ...], path: Path, *, year: int, number_format: str = "#,##0.00") -> None:
    """Write laid-out sheets as a workbook. Raises ``LockedError`` when the file cannot be written."""
    content = workbook_bytes(sheets, year=year, number_format=number_format)
    try:
        path.write_bytes(content)
    except FileNotFoundError:
        raise LockedError(f"无法写入 {path}：文件夹 {path.parent} 不存在。") from None
    except OSError as error:
        raise LockedError(f"无法写入 {path}：文件可能正被打开，或没有写入权限（{error.strerror}）。") from error


def workbook_bytes(sheets: tuple[LaidSheet, ...], *, year: int, number_format: str = "#,##0.00") -> bytes:
    """The .xlsx file of laid-out sheets. Same sheets and year, same bytes: no clock, and the parts in one order."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _add_styles(workbook, number_format)
    for sheet in sheets:
        _draw_sheet(workbook.create_sheet(sheet.tab), sheet)
    workbook.properties.creator = "gongkai"
    # The day after the accounts' year: a date that depends on nothing but the content.
    workbook.properties.created = workbook.properties.modified = datetime.datetime(year + 1, 1, 1)
    drawn = io.BytesIO()
    # Not Workbook.save, which stamps the present time.
    ExcelWriter(workbook, zipfile.ZipFile(drawn, "w")).save()
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(drawn) as parts,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
    ):
        for name in sorted(parts.namelist()):
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, parts.read(name))
    return packed.getvalue()


def _style_name(role: Role) -> str:
    return f"gongkai {role}"


def _add_styles(workbook: Workbook, number_format: str) -> None:
    """One named style a role: quicker than styling each cell, and one place to change the look in Excel."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    thin = Side(style="thin", color="FF7F7F7F")
    for role in _ROLES:
        style = NamedStyle(_style_name(role))
        style.font = Font(
            name=_FONT,
            size=16 if role == "title" else _FONT_SIZE,
            bold=role in ("title", "heading", "total", "total amount"),
        )
        style.alignment = Alignment(
            horizontal="center" if role in _CENTRED else "right" if role in _RIGHT else "left",
            vertical="center",
            wrap_text=role in _WRAPPED,
            indent=1 if role in ("label", "name") else 0,
        )
        if role not in _BARE:
            style.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        if role == "heading":
            style.fill = PatternFill("solid", fgColor=_HEADING_FILL)
        elif role in ("total", "total amount"):
            style.fill = PatternFill("solid", fgColor=_TOTAL_FILL)
        style.number_format = {"amount": number_format, "total amount": number_format, "code": "@", "line": "0"}.get(
            role, "General"
        )
        workbook.add_named_style(style)


def _draw_sheet(worksheet: Worksheet, sheet: LaidSheet) -> None:
    for cell in sheet.cells:
        drawn = worksheet.cell(cell.row, cell.column, None if cell.value == "" else cell.value)
        drawn.style = _style_name(cell.role)
        if isinstance(cell.value, str) and cell.value:
            # As text even when it begins with "=": a form holds no formulas.
            drawn.data_type = "s"
    for span in sheet.merges:
        worksheet.merge_cells(None, span.top, span.left, span.bottom, span.right)
    for column, width in enumerate(sheet.widths, 1):
        worksheet.column_dimensions[column_letters(column)].width = width
    # Rows of the usual height get none of their own, so that they still grow with what is typed into them.
    worksheet.sheet_format.defaultRowHeight = _ROW_HEIGHT
    worksheet.sheet_format.customHeight = True
    for row, height in _row_heights(sheet).items():
        if height != _ROW_HEIGHT:
            worksheet.row_dimensions[row].height = height
    _set_up_page(worksheet, sheet)


def _set_up_page(worksheet: Worksheet, sheet: LaidSheet) -> None:
    """Heading stays in view and is printed on every page; A4, one page wide."""
    first, last = sheet.heading_rows
    worksheet.freeze_panes = f"A{last + 1}"
    worksheet.print_title_rows = f"{first}:{last}"
    worksheet.page_setup.paperSize = _A4
    worksheet.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    if worksheet.sheet_properties.pageSetUpPr is not None:
        worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.7
    if worksheet.oddFooter is not None:
        worksheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _row_heights(sheet: LaidSheet) -> dict[int, float]:
    """Heights that show all of each text: programs do not fit rows to joined cells by themselves."""
    ends = {(span.top, span.left): span for span in sheet.merges}
    heights = dict.fromkeys(range(1, sheet.last_row + 1), _ROW_HEIGHT)
    heights[1] = _TITLE_HEIGHT
    for cell in sheet.cells:
        if cell.role in _WRAPPED and cell.value:
            span = ends.get((cell.row, cell.column))
            bottom, right = (span.bottom, span.right) if span else (cell.row, cell.column)
            needed = _text_lines(cell, sum(sheet.widths[cell.column - 1 : right])) * _LINE_HEIGHT + 4
            present = sum(heights[row] for row in range(cell.row, bottom + 1))
            heights[bottom] += max(0.0, needed - present)
    return heights


def _text_lines(cell: FormCell, width: float) -> int:
    """Lines that a text takes in a cell ``width`` characters wide; a Chinese character counts two."""
    size = sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in str(cell.value))
    # Bold letters, the cell's margins and the indent leave less than the full width.
    return max(1, math.ceil(size / max(1.0, width * 0.95 - 2)))
