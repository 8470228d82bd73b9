"""xlwings, imported late and without its ``pro`` folder, whose licence is another one."""

from __future__ import annotations

import sys
from types import ModuleType

from gongkai_workbooks.errors import WorkbookError

_PRO = "xlwings.pro"


def load_xlwings() -> ModuleType:
    """The module ``xlwings``. Raises ``WorkbookError`` where it is not installed.

    ``import xlwings`` tries its ``pro`` folder by itself; here that import is made to fail, as it does without a licence.
    """
    blocked = _PRO not in sys.modules
    if blocked:
        # None in this place is Python's own way to say that there is no such module.
        sys.modules[_PRO] = None  # type: ignore[assignment]
    try:
        import xlwings
    except ImportError as error:
        raise WorkbookError(
            "没有安装 xlwings，无法连接打开着的工作簿。请运行 pip install xlwings 后再试，或者保存文件后用命令行校验。"
        ) from error
    finally:
        if blocked:
            del sys.modules[_PRO]
    return xlwings
