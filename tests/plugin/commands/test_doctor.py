from __future__ import annotations

import importlib.metadata

import pytest

from gongkai_checks import registry
from tests.plugin.conftest import Program


def test_versions_and_rules_are_listed(gongkai: Program) -> None:
    done = gongkai("doctor")
    assert done.code == 0
    for text in (
        "gongkai  0.1.0",
        "Python  3.",
        f"polars  {importlib.metadata.version('polars')}",
        "LibreOffice",
        "安装正常。",
    ):
        assert text in done.out
    assert "异常" not in done.out


def test_a_plugin_that_does_not_load_is_a_fault(gongkai: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = registry.Registry(registry.load_registry().rules, (), ("校验插件 坏 未能加载。",))
    monkeypatch.setattr(registry, "load_registry", lambda: broken)
    done = gongkai("doctor")
    assert done.code == 2
    assert "异常  插件  校验插件 坏 未能加载。" in done.out
    # It makes no run trustworthy either.
    assert gongkai("江汉.xlsx").code == 2


def test_what_is_not_installed_is_a_fault(gongkai: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    version = importlib.metadata.version

    def without_polars(name: str) -> str:
        if name == "polars":
            raise importlib.metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(importlib.metadata, "version", without_polars)
    done = gongkai("doctor")
    assert done.code == 2
    assert "异常  polars  未安装" in done.out


def test_a_form_that_cannot_be_read_is_a_fault(gongkai: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "正常  样表  national、shanghai" in gongkai("doctor").out
    monkeypatch.setattr("gongkai_workbooks.forms.form_names", lambda: ("no-such-form",))
    done = gongkai("doctor")
    assert done.code == 2
    assert "异常  样表" in done.out
