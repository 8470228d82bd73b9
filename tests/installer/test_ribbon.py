"""Both ribbons are valid and say the same, and each button does something that the helper knows."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from gongkai.desk.actions import ACTIONS
from gongkai.desk.buttons import CHANGING
from gongkai_addins.buttons import load_tab
from gongkai_addins.excel.add_in import macro_sources, sheet_texts
from gongkai_addins.excel.ribbon import RIBBONS

both = pytest.mark.parametrize("part", RIBBONS)


def schema(namespace: str) -> etree.XMLSchema:
    text = Path(__file__).with_name("ribbon.xsd").read_text(encoding="utf-8").replace("TARGET", namespace)
    return etree.XMLSchema(etree.fromstring(text.encode()))


@pytest.fixture
def ribbon(add_in: Path, part: str) -> bytes:
    with zipfile.ZipFile(add_in) as package:
        return package.read(part)


@both
def test_the_ribbon_is_valid(ribbon: bytes, part: str) -> None:
    schema(RIBBONS[part]).assertValid(etree.fromstring(ribbon))


@both
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"imageMso=", b"imgMso="),
        (b'size="large"', b'size="huge"'),
        (b'keytip="GK"', b'keytip="GKJZ"'),
        (b'id="gongkaiOnDoctor"', b'id="gongkaiOnSettings"'),
        (b'id="gongkaiTab"', b'id="1"'),
        (b"<group ", b"<box "),
    ],
)
def test_the_schema_finds_a_mistake(ribbon: bytes, part: str, right: bytes, wrong: bytes) -> None:
    spoilt = ribbon.replace(right, wrong, 1).replace(b"</group>", b"</box>" if right == b"<group " else b"</group>", 1)
    assert spoilt != ribbon
    assert not schema(RIBBONS[part]).validate(etree.fromstring(spoilt))


def test_both_ribbons_say_the_same(add_in: Path) -> None:
    with zipfile.ZipFile(add_in) as package:
        texts = {package.read(part).decode().replace(namespace, "") for part, namespace in RIBBONS.items()}
    assert len(texts) == 1


@both
def test_every_callback_of_the_ribbon_exists(ribbon: bytes, part: str) -> None:
    sources = macro_sources()
    tree = etree.fromstring(ribbon)
    wanted = {
        "onLoad": "(given As Object)",
        "getEnabled": "(control As Object, ByRef returned As Variant)",
        "getSupertip": "(control As Object, ByRef returned As Variant)",
        "getPressed": "(control As Object, ByRef returned As Variant)",
    }
    counted: Counter[str] = Counter()
    for element in tree.iter():
        toggle = element.tag == f"{{{RIBBONS[part]}}}toggleButton"
        clicked = "(control As Object, pressed As Boolean)" if toggle else "(control As Object)"
        for name, parameters in {**wanted, "onAction": clicked}.items():
            if name in element.attrib:
                counted[name] += 1
                module, procedure = str(element.get(name)).split(".")
                assert f"Public Sub {procedure}{parameters}" in sources[f"{module}.bas"], procedure
    buttons = load_tab().buttons
    assert counted == {
        "onLoad": 1,
        "onAction": len(buttons),
        "getEnabled": sum(button.workbook for button in buttons),
        "getSupertip": sum(button.workbook for button in buttons),
        "getPressed": 2,
    }


def test_the_macros_know_which_buttons_need_no_workbook() -> None:
    [listed] = re.findall(
        r'^ *Case ("[^:]*): NeedsWorkbook = False$', macro_sources()["GongkaiRibbon.bas"], re.MULTILINE
    )
    alone = {button.action for button in load_tab().buttons if not button.workbook}
    assert {name.strip(' "') for name in listed.split(",")} == alone
    # The reason of a greyed button stands in its tip, else what it does.
    texts = sheet_texts(load_tab())
    assert {name for name in texts if name.startswith("tip_")} == {
        f"tip_{button.action}" for button in load_tab().buttons if button.workbook
    }


def test_every_action_that_can_be_greyed_or_pressed_has_such_a_button() -> None:
    buttons = {button.action: button for button in load_tab().buttons}
    assert {name for name, button in buttons.items() if button.toggle} == {"errors_only", "show_marks"}
    assert all(buttons[name].workbook for name in CHANGING)


def test_the_buttons_are_those_of_the_helper_and_are_called_the_same() -> None:
    buttons = {button.action: button.label for button in load_tab().buttons}
    assert buttons.pop("stop")  # the helper's own, not an action of its desk
    assert buttons == {name: ACTIONS[name].label for name in buttons}
    assert len(buttons) == 15


def test_what_ends_the_undo_of_excel_is_said_before_it_is_done() -> None:
    tips = {button.action: button.tip for button in load_tab().buttons}
    for action in ("check_workbook", "check_sheet", "fix_selected", "fix_safe"):
        assert "Excel 自己的撤销记录" in tips[action] and "恢复" in tips[action]


def test_no_key_and_no_label_is_given_twice() -> None:
    tab = load_tab()
    for given in ([button.key for button in tab.buttons], [button.label for button in tab.buttons]):
        assert [text for text, count in Counter(given).items() if count > 1] == []
