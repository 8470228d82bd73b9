"""The bridge into a LibreOffice for Windows, whose Python is older than the product's. LibreOffice itself is not there: its objects are stand-ins."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from .pc import Pc, until
from .python_for_windows import OLDEST, python_archive

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "installer/gongkai_addins/libreoffice/component/pythonpath"
ASKING = """\
import sys
from gongkai_workbooks.libreoffice.bridge import RaisedError, Struct, bridge_names, open_bridge
assert bridge_names() == (sys.argv[1],)
context = open_bridge(sys.argv[1]).context
assert context.Title == "\\u51b3\\u7b97\\u516c\\u5f00 \\U00020000"
value, struct, word, again = context.repeated((("a", 1.5), ()))
assert value == (("a", 1.5), ())
assert (struct.Name, struct.Value, word) == ("\\u7532", (1, 2.5, None, True), "STANDARD")
assert again.repeated(Struct("com.sun.star.beans.NamedValue", Name="x", Value=7))[0].Value == 7
try:
    context.repeated(Struct("no.such.Struct"))
except RaisedError as error:
    assert error.Message == "no struct no.such.Struct"
try:
    context.quit()
except ConnectionError:
    pass
print("%d.%d" % sys.version_info[:2])
"""


@pytest.fixture
def old_python(tmp_path: Path) -> Path:
    """The oldest Python."""
    with zipfile.ZipFile(python_archive(ROOT / "build/python", OLDEST)) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "python.exe"


def test_the_product_asks_a_libreoffice_whose_python_is_older(pc: Pc, old_python: Path) -> None:
    script = pc.named(Path(__file__).with_name("bridge_host.py"))
    host = pc.begin(pc.named(old_python), script, pc.named(MODULES))
    name, version = until(host.so_far, "the bridge is not opened").split()
    assert version == OLDEST.short
    place = pc.local / "libreoffice" / f"{name}.json"
    assert place.is_file()
    said = pc.python("-c", ASKING, name).wait()
    assert (said.code, said.text) == (0, "3.11\n"), said.err.decode("gbk", "replace")
    assert host.wait().code == 0
    assert not place.exists()
