from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.excel_setup import (
    CLICK_NAME,
    RUN_KEY,
    RUN_NAME,
    START_KEY,
    START_NAME,
    ExcelSetup,
    SetupError,
    State,
    start_command,
    user_setup,
)

START = '"C:\\Python\\pythonw.exe" -m gongkai helper run'


class Memory:
    """A registry in memory."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], str] = {("Software\\其他", "甲"): "乙"}

    def read(self, key: str, name: str) -> str | None:
        return self.texts.get((key, name))

    def write(self, key: str, name: str, text: str) -> None:
        self.texts[key, name] = text

    def remove(self, key: str, name: str) -> None:
        self.texts.pop((key, name), None)


@pytest.fixture
def registry() -> Memory:
    return Memory()


@pytest.fixture
def setup(tmp_path: Path, registry: Memory) -> ExcelSetup:
    return ExcelSetup(tmp_path / "Microsoft" / "Excel" / "XLSTART", registry, START)


def test_installing_writes_the_add_in_and_how_the_helper_starts(setup: ExcelSetup, registry: Memory) -> None:
    assert setup.state(b"PK1") == State(None, False, False, "")
    setup.install(b"PK1")
    assert [path.name for path in setup.folder.iterdir()] == ["gongkai.xlam"]
    assert setup.path.read_bytes() == b"PK1"
    assert registry.texts[RUN_KEY, RUN_NAME] == registry.texts[START_KEY, START_NAME] == START
    assert registry.texts[START_KEY, CLICK_NAME] == '"C:\\Python\\pythonw.exe" -m gongkai helper click'
    assert setup.state(b"PK1") == State(setup.path, True, True, START)
    assert setup.state(b"PK2").current is False
    setup.install(b"PK2")
    assert setup.state(b"PK2").current is True


def test_uninstalling_leaves_what_is_others(setup: ExcelSetup, registry: Memory) -> None:
    setup.install(b"PK1")
    (setup.folder / "别的.xlam").write_bytes(b"PK")
    assert setup.uninstall() is True
    assert [path.name for path in setup.folder.iterdir()] == ["别的.xlam"]
    assert registry.texts == {("Software\\其他", "甲"): "乙"}
    assert setup.uninstall() is False


def test_a_folder_that_cannot_be_written_is_told(setup: ExcelSetup, registry: Memory) -> None:
    setup.folder.parent.mkdir(parents=True)
    setup.folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(SetupError) as caught:
        setup.install(b"PK1")
    assert str(setup.path) in str(caught.value)
    assert RUN_KEY not in {key for key, _ in registry.texts}


def test_excel_that_keeps_the_add_in_open_is_told(setup: ExcelSetup, monkeypatch: pytest.MonkeyPatch) -> None:
    setup.install(b"PK1")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(SetupError, match="Excel 正开着"):
        setup.install(b"PK2")
    assert setup.path.read_bytes() == b"PK1" and len([*setup.folder.iterdir()]) == 1
    real = Path.unlink
    monkeypatch.setattr(
        Path, "unlink", lambda path, **how: refuse() if path.name == "gongkai.xlam" else real(path, **how)
    )
    with pytest.raises(SetupError, match="Excel 正开着"):
        setup.uninstall()


def test_the_helper_starts_without_a_window_where_that_can_be_had(tmp_path: Path) -> None:
    python = tmp_path / "python.exe"
    assert start_command(str(python)) == f'"{python}" -m gongkai helper run'
    (tmp_path / "pythonw.exe").touch()
    assert start_command(str(python)) == f'"{tmp_path / "pythonw.exe"}" -m gongkai helper run'


def test_without_windows_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.excel_setup.sys.platform", "linux")
    assert user_setup() is None
