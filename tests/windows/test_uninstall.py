"""Taken away, also while the helper runs, the product leaves nothing."""

from __future__ import annotations

from gongkai.helper.papers import read_papers

from .pc import USER, Pc, until

OTHERS = ("HKEY_CURRENT_USER\\Console", "HKEY_CURRENT_USER\\Software\\Classes")
"""What wine notes of its windows, and the stand-in for WPS of its name."""


def test_it_goes_while_the_helper_runs_and_leaves_nothing(pc: Pc) -> None:
    if read_papers(pc.local / "helper.json") is None:
        pc.python("-m", "gongkai", "helper", "run", windowless=True)
    pc.helper()
    assert (pc.local / "helper.log").exists()
    files, registry = pc.before
    pc.begin(pc.named(pc.installed / "uninstall.exe"), "/S")
    until(lambda: not pc.installed.exists(), "the product stays")
    pc.wait()
    own = f"users/{USER}/决算 公开"  # workbooks of the user, which stay
    assert {name for name in pc.files() - files if not name.startswith(own)} == set()
    changed = {key: values for key, values in pc.registry().items() if registry.get(key) != values}
    assert [key for key in changed if not key.startswith(OTHERS)] == []
    assert "gongkai" not in str(changed).casefold()
