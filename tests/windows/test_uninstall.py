"""Taken away, also while the helper runs, the product leaves nothing. This is the last test of the folder, and files of tests run by their names."""

from __future__ import annotations

from gongkai.helper.papers import read_papers

from .pc import USER, Pc, until


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
    assert pc.registry() == registry
