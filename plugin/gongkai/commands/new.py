"""``gongkai new``: a blank workbook with the nine sheets."""

from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path

from gongkai.console import Console, clean
from gongkai.language import Words
from gongkai.paths import shown_path
from gongkai.usage import UsageError
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.form_workbook import new_workbook

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')


def run(arguments: Namespace, console: Console, words: Words) -> int:
    """Write the workbook; an existing file is never replaced. Raises ``UsageError``."""
    department = clean(arguments.department).strip()
    name = f"{_NOT_IN_NAMES.sub('', department)}{arguments.year}年度部门决算公开表.xlsx"
    path = Path(arguments.output_file or name)
    try:
        new_workbook(path, arguments.year, department, form=arguments.form, amount_unit=arguments.unit)
    except WorkbookError as error:
        raise UsageError(clean(words.error(str(error)))) from error
    if not arguments.quiet:
        console.print(words(f"已新建 {shown_path(path)}。", f"Made {shown_path(path)}."))
    return 0
