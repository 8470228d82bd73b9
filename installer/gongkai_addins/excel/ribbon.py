"""The ribbon: what Excel 2007 reads (2006/01) and what Excel 2010 and later reads (2009/07). Both say the same."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from gongkai_addins.buttons import Button, Tab

RIBBONS = {
    "customUI/customUI.xml": "http://schemas.microsoft.com/office/2006/01/customui",
    "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2009/07/customui",
}
"""Part of the package -> its namespace."""

CALLBACKS = "GongkaiRibbon"
"""The module whose procedures the buttons call."""

STATE = "GongkaiState"
"""The module that is asked whether a button may be clicked, and why not."""


def ribbon(tab: Tab, namespace: str) -> bytes:
    """The ribbon part in one of the two namespaces."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f"<customUI xmlns={quoteattr(namespace)} onLoad={quoteattr(f'{STATE}.OnLoad')}>",
        " <ribbon>",
        "  <tabs>",
        f"   <tab{_attributes(id='gongkaiTab', label=tab.label, keytip=tab.key)}>",
    ]
    for number, group in enumerate(tab.groups, 1):
        lines.append(f"    <group{_attributes(id=f'gongkaiGroup{number}', label=group.label)}>")
        lines += [
            f"     <{'toggleButton' if button.toggle else 'button'}{_button(button)}/>" for button in group.buttons
        ]
        lines.append("    </group>")
    lines += ["   </tab>", "  </tabs>", " </ribbon>", "</customUI>", ""]
    return "\n".join(lines).encode()


def _button(button: Button) -> str:
    state = {"getEnabled": f"{STATE}.IsEnabled", "getSupertip": f"{STATE}.GetTip"}
    if button.toggle:
        state["getPressed"] = f"{STATE}.IsPressed"
    return _attributes(
        id=f"gongkai{button.procedure}",
        label=button.label,
        imageMso=button.icon,
        size="large" if button.large else "normal",
        onAction=f"{CALLBACKS}.{button.procedure}",
        keytip=button.key,
        screentip=button.label,
        tag=button.action,
        **(state if button.workbook else {"supertip": button.tip}),
    )


def _attributes(**attributes: str) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
