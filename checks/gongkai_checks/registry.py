"""Loads rules and layouts: the built-in ones, then plugins, one by one and contained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import entry_points
from pathlib import Path

import pluggy

from . import hookspecs
from .described import Described
from .equations import Equation
from .hookspecs import PROJECT
from .rule import CODE, NAME, EngineRule, Rule


@dataclass(frozen=True)
class Registry:
    """All rules and layouts that a run uses.

    ``problems`` are Chinese sentences about plugins that could not be loaded; a run with problems is not to be trusted whole.
    """

    rules: tuple[Described, ...]
    layouts: tuple[Path, ...] = ()
    problems: tuple[str, ...] = ()

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """The declarative rules."""
        return tuple(rule for rule in self.rules if isinstance(rule, Equation))

    @cached_property
    def functions(self) -> tuple[Rule, ...]:
        """The rules with a function of their own."""
        return tuple(rule for rule in self.rules if isinstance(rule, Rule))

    @cached_property
    def by_code(self) -> dict[str, Described]:
        """Rules by code."""
        return {rule.code: rule for rule in self.rules}


def load_registry(plugins: bool = True) -> Registry:
    """Load the built-in rules and, unless told not to, those of every installed package with an entry point in group ``gongkai``."""
    from . import rules as builtin

    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    problems: list[str] = []
    _load(manager, builtin, "gongkai")
    if plugins:
        for entry in sorted(entry_points(group=PROJECT), key=lambda entry: entry.name):
            package = f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
            try:
                plugin = entry.load()
                _load(manager, plugin, entry.name)
            except Exception as error:  # one bad plugin must not take the others with it
                problems.append(f"校验插件 {entry.name}（{package}）未能加载：{error}；请更新或卸载该插件。")
    rules: dict[str, Described] = {}
    layouts: list[Path] = []
    for name, plugin in manager.list_name_plugin():
        caller = manager.subset_hook_caller("gongkai_rules", [p for p in manager.get_plugins() if p is not plugin])
        try:
            for rule in (rule for group in caller() for rule in group):
                problem = _problem(rule, rules)
                if problem:
                    problems.append(f"校验插件 {name}：{problem}")
                else:
                    rules[rule.code] = rule
            paths = manager.subset_hook_caller("gongkai_layouts", [p for p in manager.get_plugins() if p is not plugin])
            layouts += [Path(path) for group in paths() for path in group]
        except Exception as error:  # the plugin's own code failed
            problems.append(f"校验插件 {name} 在列出规则时出错：{error}；请更新或卸载该插件。")
    return Registry(tuple(rules[code] for code in sorted(rules)), tuple(layouts), tuple(problems))


def _load(manager: pluggy.PluginManager, plugin: object, name: str) -> None:
    """Register one plugin; a hook that does not exist (a misspelt name) is an error."""
    manager.register(plugin, name)
    try:
        manager.check_pending()
    except pluggy.PluginValidationError:
        manager.unregister(plugin)
        raise


def _problem(rule: object, rules: dict[str, Described]) -> str:
    code = getattr(rule, "code", None)
    if not isinstance(rule, Rule | Equation | EngineRule) and not hasattr(rule, "fix_safety"):
        return f"{rule!r} 不是规则"
    if not isinstance(code, str) or not CODE.fullmatch(code):
        return f"规则代码 {code!r} 不合规（应为两个大写字母加三位数字）"
    if not NAME.fullmatch(str(getattr(rule, "name", ""))):
        return f"{code} 的名称不合规"
    if code in rules:
        return f"规则代码 {code} 与已有规则重复"
    return ""


def rule_codes(rules: Iterable[Described]) -> frozenset[str]:
    """Codes of some rules."""
    return frozenset(rule.code for rule in rules)
