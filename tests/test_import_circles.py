"""Imports point one way, module by module: also those inside functions and those that only the type checker reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = {
    "workbooks": ("gongkai_workbooks",),
    "checks": ("gongkai_checks",),
    "plugin": ("gongkai",),
    "installer": ("gongkai_addins", "gongkai_setup"),
}
ENGINE = "gongkai_workbooks.libreoffice."
"""Its classes are those of an xlwings engine, which know one another on both sides: an app has books, and a book its app."""
ENGINE_CLASSES = frozenset(ENGINE + name for name in ("app", "book", "cell_range", "note", "sheet", "uno_engine"))


def modules() -> dict[str, Path]:
    found = {}
    for folder, packages in PACKAGES.items():
        for package in packages:
            for path in (ROOT / folder / package).rglob("*.py"):
                name = ".".join(path.relative_to(ROOT / folder).with_suffix("").parts)
                found[name.removesuffix(".__init__")] = path
    return found


def imported(name: str, path: Path) -> Iterator[str]:
    """All that a module imports anywhere in it, by absolute names."""
    package = name.split(".") if path.stem == "__init__" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def graph() -> dict[str, set[str]]:
    """Which modules of ours each module imports; a name that is no module belongs to the module that holds it."""
    known = modules()
    found: dict[str, set[str]] = {}
    for name, path in known.items():
        found[name] = set()
        for target in imported(name, path):
            while target and target not in known:
                target = target.rpartition(".")[0]
            if target and target != name:
                found[name].add(target)
    return found


def test_no_module_imports_one_that_imports_it() -> None:
    links = {
        name: {target for target in targets if not ENGINE_CLASSES.issuperset((name, target))}
        for name, targets in graph().items()
    }
    assert len(links) > 300
    try:
        TopologicalSorter(links).prepare()
    except CycleError as error:
        raise AssertionError(" <- ".join(error.args[1])) from None


def test_the_engine_alone_is_allowed_to() -> None:
    links = graph()
    assert links.keys() >= ENGINE_CLASSES
    inside = {name: links[name] & ENGINE_CLASSES for name in ENGINE_CLASSES}
    assert all(inside.values())
