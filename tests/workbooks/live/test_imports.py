"""Nothing of xlwings is loaded before it is needed, and nothing of its ``pro`` folder ever: that has another licence."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import gongkai_workbooks
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.live.xlwings_import import load_xlwings

ROOT = Path(gongkai_workbooks.__file__).parent
PROGRAM = """
import importlib, pkgutil, sys
import gongkai_workbooks.live, gongkai_workbooks.libreoffice
assert "xlwings" not in sys.modules, "loaded too early"
from gongkai_workbooks.live.xlwings_import import load_xlwings
module = load_xlwings()
for package in (gongkai_workbooks.live, gongkai_workbooks.libreoffice):
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(found.name)
gongkai_workbooks.libreoffice.engine()
loaded = [name for name in sys.modules if name.startswith("xlwings.pro")]
assert not loaded, loaded
assert module.__pro__ is False
"""


@pytest.mark.parametrize("key", ["", "noncommercial"])
def test_pro_is_never_loaded_not_even_by_xlwings_itself(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLWINGS_LICENSE_KEY", key)
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_source_names_pro() -> None:
    sources = [path for folder in ("live", "libreoffice") for path in (ROOT / folder).rglob("*.py")]
    assert len(sources) > 20
    naming = [
        path.name for path in sources if re.search(r"(from|import) +xlwings[. ]+pro|__pro__", path.read_text("utf-8"))
    ]
    assert naming == []


def test_without_xlwings_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlwings", None)
    with pytest.raises(WorkbookError, match="pip install xlwings"):
        load_xlwings()
