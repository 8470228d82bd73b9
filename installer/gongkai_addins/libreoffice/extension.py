"""The extension file: a menu, a toolbar, and the component that hands a click over to the helper."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from xml.sax.saxutils import escape, quoteattr

from gongkai_addins.archive import archive
from gongkai_addins.buttons import Button, Tab, load_tab, load_texts
from gongkai_addins.version import __version__

EXTENSION_NAME = "gongkai.oxt"
PROTOCOL = "gongkai:"
"""A button's address is this and its action."""

IMPLEMENTATION = "gongkai.Buttons"
SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
LANGUAGES = ("en-US", "zh-CN")
"""The words are Chinese in both: the first is what every other language falls back to."""

COMPONENT = "gongkai_component.py"
MESSENGER = "gongkai_messenger.py"
MODULES = (
    COMPONENT,
    MESSENGER,
    "pythonpath/gongkai_bridge.py",
    "pythonpath/gongkai_escape.py",
    "pythonpath/gongkai_signal.py",
    "pythonpath/gongkai_standing.py",
    "pythonpath/gongkai_turns.py",
)
ERRANDS = "pythonpath/gongkai_errands/"
"""What the messenger does; the helper does the same without it."""

MENU_KEY = "G"
"""Alt and this open the menu; LibreOffice's own menus leave it free."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
REGISTRY = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
MANIFEST = "http://openoffice.org/2001/manifest"
DESCRIPTION = (
    'xmlns="http://openoffice.org/extensions/description/2006" xmlns:d="http://openoffice.org/extensions/description/2006" '
    'xmlns:l="http://libreoffice.org/extensions/description/2011"'
)
OLDEST_LIBREOFFICE = "6.4"


def build_extension() -> bytes:
    """The bytes of ``gongkai.oxt``; the same sources give the same bytes."""
    tab = load_tab()
    folder = files("gongkai_addins.libreoffice").joinpath("component")
    parts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(tab),
        "Addons.xcu": _menu_and_toolbar(tab),
        "ProtocolHandler.xcu": _protocol(),
        "CalcWindowState.xcu": _toolbar_place(tab),
        "texts.json": _json(load_texts()),
        "buttons.json": _json(_told(tab)),
        **{name: folder.joinpath(*name.split("/")).read_text(encoding="utf-8") for name in MODULES},
        **{ERRANDS + name: text for name, text in _errands()},
    }
    return archive({name: text.encode() for name, text in parts.items()})


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=True, indent=1, sort_keys=True) + "\n"


def _told(tab: Tab) -> dict[str, object]:
    """What the component has to know of each button."""
    return {
        button.action: {"label": button.label, "tip": button.libreoffice_tip or button.tip, "toggle": button.toggle}
        for button in tab.buttons
    }


def _errands() -> Iterator[tuple[str, str]]:
    """Names and texts of the modules with what is done inside LibreOffice."""
    for module in sorted(files("gongkai_workbooks.libreoffice.errands").iterdir(), key=lambda module: module.name):
        if module.name.endswith(".py"):
            yield module.name, module.read_text(encoding="utf-8")


def _manifest() -> str:
    """What LibreOffice has to look at: three settings and two components in Python."""
    kinds = {
        "Addons.xcu": "application/vnd.sun.star.configuration-data",
        "ProtocolHandler.xcu": "application/vnd.sun.star.configuration-data",
        "CalcWindowState.xcu": "application/vnd.sun.star.configuration-data",
        COMPONENT: "application/vnd.sun.star.uno-component;type=Python",
        MESSENGER: "application/vnd.sun.star.uno-component;type=Python",
    }
    entries = "".join(
        f' <manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>\n'
        for path, kind in kinds.items()
    )
    return f'{HEAD}<manifest:manifest xmlns:manifest="{MANIFEST}">\n{entries}</manifest:manifest>\n'


def _description(tab: Tab) -> str:
    names = "".join(f"<name lang={quoteattr(language)}>{escape(tab.label)}</name>" for language in LANGUAGES)
    return (
        f'{HEAD}<description {DESCRIPTION}>\n <identifier value="{IMPLEMENTATION}"/>\n <version value="{__version__}"/>\n'
        f" <display-name>{names}</display-name>\n"
        f' <dependencies><l:LibreOffice-minimal-version value="{OLDEST_LIBREOFFICE}" d:name="LibreOffice {OLDEST_LIBREOFFICE}"/></dependencies>\n'
        f"</description>\n"
    )


def _protocol() -> str:
    return (
        f'{HEAD}<oor:component-data {REGISTRY} oor:name="ProtocolHandler" oor:package="org.openoffice.Office">\n'
        f' <node oor:name="HandlerSet"><node oor:name="{IMPLEMENTATION}" oor:op="replace">'
        f'<prop oor:name="Protocols" oor:type="oor:string-list"><value>{PROTOCOL}*</value></prop></node></node>\n'
        f"</oor:component-data>\n"
    )


def _menu_and_toolbar(tab: Tab) -> str:
    return (
        f'{HEAD}<oor:component-data {REGISTRY} oor:name="Addons" oor:package="org.openoffice.Office">\n'
        f' <node oor:name="AddonUI">\n'
        f'  <node oor:name="OfficeMenuBar"><node oor:name="{IMPLEMENTATION}.menu" oor:op="replace">\n'
        f"   {_title(with_key(tab.label, MENU_KEY))}{_property('Context', SPREADSHEET)}\n"
        f'   <node oor:name="Submenu">\n{_items(tab, lambda button: with_key(button.label, button.key))}   </node>\n'
        f"  </node></node>\n"
        f'  <node oor:name="OfficeToolBar"><node oor:name="{IMPLEMENTATION}.bar" oor:op="replace">\n{_items(tab, lambda button: button.label)}  </node></node>\n'
        f" </node>\n"
        f"</oor:component-data>\n"
    )


def _toolbar_place(tab: Tab) -> str:
    """Where the toolbar stands before its user moves it: a row of its own below the others."""
    values = (
        ("Docked", "xs:boolean", "true"),
        ("DockingArea", "xs:int", "0"),
        ("DockPos", "xs:string", "0,3"),
        ("Visible", "xs:boolean", "true"),
    )
    properties = "".join(
        f'   <prop oor:name="{name}" oor:type="{kind}"><value>{value}</value></prop>\n' for name, kind, value in values
    )
    properties += f"   {_title(tab.label, 'UIName')}\n"
    return (
        f'{HEAD}<oor:component-data {REGISTRY} oor:name="CalcWindowState" oor:package="org.openoffice.Office.UI">\n'
        f' <node oor:name="UIElements"><node oor:name="States">\n'
        f'  <node oor:name="private:resource/toolbar/addon_{IMPLEMENTATION}.bar" oor:op="replace">\n{properties}  </node>\n'
        f" </node></node>\n"
        f"</oor:component-data>\n"
    )


def _items(tab: Tab, label: Callable[[Button], str]) -> str:
    """The buttons, a line between any two groups; LibreOffice orders them by their names."""
    items: list[str] = []
    for group in tab.groups:
        if items:
            items.append(_property("URL", "private:separator"))
        items += [
            _property("URL", PROTOCOL + button.action)
            + _title(label(button))
            + _property("Target", "_self")
            + _property("Context", SPREADSHEET)
            for button in group.buttons
        ]
    return "".join(
        f'    <node oor:name="m{number:02}" oor:op="replace">{item}</node>\n' for number, item in enumerate(items)
    )


def with_key(label: str, key: str) -> str:
    """A label with the letter that chooses it, as Chinese menus have it: ``检查本表(~B)``."""
    bare = label.rstrip("…")
    return f"{bare}(~{key}){label[len(bare) :]}"


def _title(text: str, name: str = "Title") -> str:
    values = "".join(f'<value xml:lang="{language}">{escape(text)}</value>' for language in LANGUAGES)
    return f'<prop oor:name="{name}" oor:type="xs:string">{values}</prop>'


def _property(name: str, value: str) -> str:
    return f'<prop oor:name="{name}" oor:type="xs:string"><value>{escape(value)}</value></prop>'
