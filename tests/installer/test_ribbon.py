"""Both ribbons are valid and say the same, and each button does something that the helper knows."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from gongkai.desk.actions import ACTIONS
from gongkai_addins.buttons import load_tab
from gongkai_addins.excel.add_in import macro_sources
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
    callbacks = etree.fromstring(ribbon).xpath("//@onAction")
    assert isinstance(callbacks, list) and len(callbacks) == len(load_tab().buttons)
    for callback in map(str, callbacks):
        module, procedure = callback.split(".")
        assert f"Public Sub {procedure}(control As Object)" in sources[f"{module}.bas"]


def test_the_buttons_are_those_of_the_helper_and_are_called_the_same() -> None:
    buttons = {button.action: button.label for button in load_tab().buttons}
    assert buttons.pop("stop")  # the helper's own, not an action of its desk
    assert buttons == {name: ACTIONS[name].label for name in buttons}
    assert len(buttons) == 13


def test_no_key_and_no_label_is_given_twice() -> None:
    tab = load_tab()
    for given in ([button.key for button in tab.buttons], [button.label for button in tab.buttons]):
        assert [text for text, count in Counter(given).items() if count > 1] == []
