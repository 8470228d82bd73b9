"""The module ``uno`` of an installed LibreOffice: found, looked at before it is loaded, and kept from changing Python's import."""

from __future__ import annotations

import builtins
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from gongkai_workbooks.errors import WorkbookError

NOT_FOUND = "没有找到 LibreOffice 的 Python 接口（uno.py）。请安装 LibreOffice；在 Debian、Ubuntu 上还要安装 python3-uno（apt install python3-uno）。"
_PLACES = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice*/program",
    "/Applications/LibreOffice.app/Contents/Resources",
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
)
_LIBRARIES = ("libpyuno.so", "pyuno.so", "pyuno.pyd", "libpyuno.dylib")
_PYTHON = re.compile(rb"(?:libpython3\.([0-9]{1,2})|python3([0-9]{1,2})\.dll)")


@lru_cache(maxsize=1)
def load_uno() -> ModuleType:
    """The module ``uno``. Raises ``WorkbookError`` with what to install where there is none that this Python can load."""
    if "uno" in sys.modules:
        return sys.modules["uno"]
    reasons = []
    for folder in _folders():
        source = folder / "uno.py"
        if not source.is_file():
            continue
        reason = _unfit(folder)
        if not reason:
            try:
                return _loaded(source)
            except (ImportError, OSError) as error:
                reason = f"{source} 无法载入（{error}）"
        reasons.append(reason)
    raise WorkbookError(f"{'；'.join(reasons)}。{NOT_FOUND}" if reasons else NOT_FOUND)


def _folders() -> Iterator[Path]:
    """Where ``uno.py`` may lie, the folder of the program that would be started first."""
    seen = set()
    for folder in _candidates():
        if folder not in seen:
            seen.add(folder)
            yield folder


def _candidates() -> Iterable[Path]:
    if os.environ.get("UNO_PATH"):
        yield Path(os.environ["UNO_PATH"])
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is not None:
        yield Path(program).resolve().parent
    for place in _PLACES:
        anchor = Path(place)
        if "*" in place:
            yield from sorted(anchor.parent.parent.glob(f"{anchor.parent.name}/{anchor.name}"), reverse=True)
        else:
            yield anchor


def _unfit(folder: Path) -> str:
    """Why the library beside ``uno.py`` cannot be loaded: it is bound to one version of Python, and another one would crash."""
    program = Path("/usr/lib/libreoffice/program")
    for place in (folder, folder / "../Frameworks", program):
        for name in _LIBRARIES:
            path = place / name
            if not path.is_file():
                continue
            for match in _PYTHON.finditer(path.read_bytes()):
                minor = int(match[1] or match[2])
                if minor != sys.version_info.minor:
                    return (
                        f"{path} 属于 Python 3.{minor}，而本程序运行在 Python 3.{sys.version_info.minor} 上，"
                        f"请用 Python 3.{minor} 安装本程序"
                    )
    return ""


def _loaded(source: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("uno", source)
    if spec is None or spec.loader is None:
        raise ImportError(str(source))
    module = importlib.util.module_from_spec(spec)
    native, path = builtins.__import__, list(sys.path)
    # Beside uno.py lies pyuno; uno.py of some systems says by itself where.
    sys.path.append(str(source.parent))
    sys.modules["uno"] = module
    try:
        spec.loader.exec_module(module)
        _let_exceptions_carry_tracebacks(module)
    except BaseException:
        del sys.modules["uno"]
        raise
    finally:
        # uno.py puts a hook into every import of the process, for "from com.sun.star import"; nothing here needs it.
        builtins.__import__ = native
        sys.path[:] = path
    return module


def _let_exceptions_carry_tracebacks(module: ModuleType) -> None:
    """The exceptions of UNO take only what UNO has a type for, but Python sets a traceback on every exception that leaves a ``with``."""
    name = "_uno_struct__setattr__"
    original = getattr(module, name, None)
    if original is None:
        return

    def put(self: object, attribute: str, value: object) -> None:
        if attribute.startswith("__") and isinstance(self, BaseException):
            BaseException.__setattr__(self, attribute, value)
        else:
            original(self, attribute, value)

    setattr(module, name, put)
