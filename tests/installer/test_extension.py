"""The extension of LibreOffice: a package that says what it holds, with the buttons of the ribbon; LibreOffice itself takes it in."""

from __future__ import annotations

import ast
import json
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import gongkai
from gongkai_addins import EXTENSION_NAME, __version__, build_extension
from gongkai_addins.buttons import load_tab, load_texts
from gongkai_addins.libreoffice.extension import IMPLEMENTATION, LANGUAGES, PROTOCOL
from gongkai_workbooks.libreoffice import errands, messenger

from .office import add_extension, unopkg
from .programs import one_at_a_time, required

ERRANDS = Path(errands.__file__).parent
OOR = "{http://openoffice.org/2001/registry}"
MANIFEST = "{http://openoffice.org/2001/manifest}"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    path = tmp_path_factory.mktemp("extension") / EXTENSION_NAME
    path.write_bytes(build_extension())
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_the_same_sources_give_the_same_bytes() -> None:
    assert build_extension() == build_extension()


def test_the_manifest_names_what_is_there(parts: dict[str, bytes]) -> None:
    manifest = etree.fromstring(parts["META-INF/manifest.xml"])
    named = {entry.get(f"{MANIFEST}full-path"): entry.get(f"{MANIFEST}media-type") for entry in manifest}
    assert set(named) <= set(parts)
    assert {str(kind).rpartition(".")[2] for kind in named.values()} == {
        "configuration-data",
        "uno-component;type=Python",
    }
    left_over = set(parts) - set(named) - {"META-INF/manifest.xml", "description.xml"}
    errands = {f"pythonpath/gongkai_errands/{path.name}" for path in ERRANDS.glob("*.py")}
    assert len(errands) > 5
    modules = {f"pythonpath/gongkai_{name}.py" for name in ("bridge", "escape", "signal", "standing", "turns")}
    assert left_over == {"texts.json", "buttons.json", *modules, *errands}


def test_what_is_done_inside_is_what_the_helper_does_without_the_extension(parts: dict[str, bytes]) -> None:
    for path in ERRANDS.glob("*.py"):
        assert parts[f"pythonpath/gongkai_errands/{path.name}"].decode() == path.read_text(encoding="utf-8")
    assert f'IMPLEMENTATION = "{messenger.SERVICE}"' in parts["gongkai_messenger.py"].decode()


def test_the_description_tells_the_version(parts: dict[str, bytes]) -> None:
    description = etree.fromstring(parts["description.xml"])
    found = {etree.QName(element).localname: element for element in description.iter("{*}*")}
    assert found["version"].get("value") == __version__ == gongkai.__version__
    assert found["identifier"].get("value") == IMPLEMENTATION
    assert found["name"].text == load_tab().label


@pytest.mark.parametrize("place", ["OfficeMenuBar", "OfficeToolBar"])
def test_menu_and_toolbar_have_the_buttons_of_the_ribbon(parts: dict[str, bytes], place: str) -> None:
    tree = etree.fromstring(parts["Addons.xcu"])
    [top] = [node for node in tree.iter("node") if node.get(f"{OOR}name") == place]
    urls, names = [], []
    for node in top.iter("node"):
        properties = {prop.get(f"{OOR}name"): prop for prop in node.findall("prop")}
        if "URL" in properties:
            urls.append(properties["URL"].findtext("value"))
            names.append(str(node.get(f"{OOR}name")))
        if "Target" in properties:
            button = next(button for button in load_tab().buttons if PROTOCOL + button.action == urls[-1])
            label = button.label.removesuffix("…")
            title = button.label.replace(label, f"{label}(~{button.key})") if place == "OfficeMenuBar" else button.label
            assert [value.text for value in properties["Title"]] == [title] * len(LANGUAGES)
    groups = [[PROTOCOL + button.action for button in group.buttons] for group in load_tab().groups]
    wanted: list[str] = []
    for group in groups:
        wanted += ["private:separator", *group] if wanted else group
    assert urls == wanted
    assert names == sorted(names)


def test_the_protocol_leads_to_the_component(parts: dict[str, bytes]) -> None:
    tree = etree.fromstring(parts["ProtocolHandler.xcu"])
    assert tree.findtext(".//value") == f"{PROTOCOL}*"
    component = parts["gongkai_component.py"].decode()
    assert f'IMPLEMENTATION = "{IMPLEMENTATION}"' in component and f'PROTOCOL = "{PROTOCOL}"' in component


def test_the_component_is_python_that_older_libreoffice_understands(parts: dict[str, bytes]) -> None:
    for name in (name for name in parts if name.endswith(".py")):
        tree = ast.parse(parts[name], filename=name, feature_version=(3, 8))
        imported = {
            alias.name.partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        imported |= {
            node.module.partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module and not node.level
        }
        assert not imported & {"gongkai", "gongkai_workbooks", "tomllib", "xlwings"}


def test_every_text_that_the_component_shows_is_there(parts: dict[str, bytes]) -> None:
    assert json.loads(parts["texts.json"]) == load_texts()
    tree = ast.parse(parts["gongkai_component.py"])
    shown = {
        node.slice.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == "TEXTS"
        and isinstance(node.slice, ast.Constant)
    }
    assert {"title", "not_running", "not_started", "alone", "refused", "lost"} == shown <= set(load_texts())


def test_what_the_buttons_are_told_is_there(parts: dict[str, bytes]) -> None:
    told = json.loads(parts["buttons.json"])
    assert set(told) == {button.action for button in load_tab().buttons}
    assert {action for action, button in told.items() if button["toggle"]} == {"errors_only", "show_marks"}
    assert all(button["tip"] and "Excel" not in button["tip"] for button in told.values())


def test_the_keys_of_the_menu_are_one_of_each() -> None:
    keys = [button.key for button in load_tab().buttons]
    assert len(set(keys)) == len(keys)


def test_libreoffice_takes_it_in_and_gives_it_up(home: Path) -> None:
    required("unopkg")
    with one_at_a_time("soffice"):
        add_extension(home)
        listed = unopkg(home, "list")
        assert f"Identifier: {IMPLEMENTATION}" in listed and f"Version: {__version__}" in listed
        assert listed.count("is registered: yes") == 6  # the package, its three settings and the two components
        unopkg(home, "remove", IMPLEMENTATION)
        assert IMPLEMENTATION not in unopkg(home, "list")
