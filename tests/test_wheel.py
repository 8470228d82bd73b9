"""What an installation gets: the four packages with their data, and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]
PACKAGES = {
    "gongkai_workbooks": "workbooks",
    "gongkai_checks": "checks",
    "gongkai": "plugin",
    "gongkai_addins": "installer",
}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files in the wheel."""
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_top_level_is_the_four_packages(names: set[str]) -> None:
    top = {name.partition("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == set(PACKAGES)
    assert len(top) == 5


def test_every_file_of_the_packages_is_in_it(names: set[str]) -> None:
    kept = {
        path.relative_to(ROOT / folder).as_posix()
        for package, folder in PACKAGES.items()
        for path in (ROOT / folder / package).rglob("*")
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)
    }
    assert kept - names == set()
    for file in (
        "gongkai/py.typed",
        "gongkai_checks/data/functional.csv",
        "gongkai_workbooks/layouts/national.toml",
        "gongkai_addins/buttons.toml",
    ):
        assert file in names


def test_the_forms_are_in_it_and_the_samples_and_tests_are_not(names: set[str]) -> None:
    forms = {f"gongkai_workbooks/templates/{path.name}" for path in (ROOT / "workbooks/templates").glob("*.toml")}
    assert forms <= names
    assert len(forms) > 1
    assert [name for name in names if name.endswith((".xlsx", ".pyc")) or "test" in name.lower()] == []


def test_the_command_and_the_licence_are_in_it(names: set[str]) -> None:
    info = {name.partition("/")[2] for name in names if ".dist-info/" in name}
    assert {"METADATA", "entry_points.txt", "licenses/LICENSE"} <= info
