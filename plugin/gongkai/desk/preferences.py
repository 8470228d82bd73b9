"""The user's settings: a small TOML file that the window writes and a person can edit."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from gongkai_checks.options import Options, ProfileName
from gongkai_checks.rounding import PROFILE_LABELS
from gongkai_workbooks.user_folders import config_home, write_private

FILE_NAME = "settings.toml"
_LARGEST = 64 * 1024


class PreferencesError(ValueError):
    """A setting that is not understood; ``str()`` is a Chinese sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """``profile`` decides when a difference counts as 尾差, ``ignore`` are codes or prefixes of rules not to be applied, ``mark`` whether a check marks cells,
    ``errors_only`` whether 上一个, 下一个 and the window pass over warnings and notices."""

    profile: ProfileName = "half_up"
    ignore: tuple[str, ...] = ()
    mark: bool = True
    errors_only: bool = False

    def options(self) -> Options:
        """The options of a check."""
        return Options(profile=self.profile, ignore=self.ignore)

    def as_text(self) -> str:
        """The settings in a sentence."""
        ignored = "、".join(self.ignore) or "无"
        marks = "校验时标记单元格" if self.mark else "校验时不写入工作簿"
        seen = "只看错误" if self.errors_only else "错误、警告和提示都看"
        return f"尾差口径：{PROFILE_LABELS[self.profile]}；不校验的规则：{ignored}；{marks}；{seen}。"


def preferences_path() -> Path:
    """Where the file is."""
    return config_home() / FILE_NAME


def load_preferences(path: Path) -> Preferences:
    """The settings in the file, the usual ones where there is none. Raises ``PreferencesError``."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return Preferences()
    except OSError as error:
        raise PreferencesError(f"设置文件 {path} 无法读取（{error.strerror}），本次按默认设置。") from error
    try:
        return changed(Preferences(), tomllib.loads(content.decode("utf-8-sig")))
    except (PreferencesError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        reason = error if isinstance(error, PreferencesError) else "不是有效的 TOML。"
        raise PreferencesError(f"设置文件 {path}：{reason}请改正或删除该文件，本次按默认设置。") from error


def save_preferences(preferences: Preferences, path: Path) -> None:
    """Write the file whole or not at all. Raises ``OSError``."""
    ignored = ", ".join(f'"{code}"' for code in preferences.ignore)
    text = (
        "# 决算公开校验的设置。改动后，下一次校验即生效。\n"
        f"# 尾差口径：{'，'.join(f'{name}＝{label}' for name, label in PROFILE_LABELS.items())}\n"
        f'profile = "{preferences.profile}"\n'
        '# 不校验的规则：代码或代码开头，如 ["CL", "WB007"]\n'
        f"ignore = [{ignored}]\n"
        "# 校验时是否标记单元格并生成结果清单；false 时校验不写入工作簿\n"
        f"mark = {'true' if preferences.mark else 'false'}\n"
        "# “上一个”“下一个”和检查助手的列表是否只看错误；标记和结果清单不受影响\n"
        f"errors_only = {'true' if preferences.errors_only else 'false'}\n"
    )
    write_private(path, text.encode())


def changed(preferences: Preferences, given: Mapping[str, object], codes: Iterable[str] | None = None) -> Preferences:
    """The settings with some of them changed; with ``codes``, a rule that does not exist is refused. Raises ``PreferencesError``."""
    profile, ignore = preferences.profile, preferences.ignore
    flags = {"mark": preferences.mark, "errors_only": preferences.errors_only}
    known_codes = None if codes is None else tuple(codes)
    for name, value in given.items():
        if name == "profile":
            profile = _profile(value)
        elif name == "ignore":
            ignore = _codes(value, known_codes)
        elif name in flags:
            if not isinstance(value, bool):
                raise PreferencesError(f"{name} 应为 true 或 false。")
            flags[name] = value
        else:
            raise PreferencesError(f"没有名为“{name[:40]}”的设置；有 profile、ignore、mark、errors_only。")
    return Preferences(profile=profile, ignore=ignore, **flags)


def known_settings(path: Path | None = None) -> dict[str, object]:
    """The settings for a dialog; the usual ones when the file is not understood."""
    try:
        preferences = load_preferences(preferences_path() if path is None else path)
    except PreferencesError:
        preferences = Preferences()
    return {
        "profile": preferences.profile,
        "ignore": preferences.ignore,
        "mark": preferences.mark,
        "errors_only": preferences.errors_only,
    }


def _profile(value: object) -> ProfileName:
    for name in get_args(ProfileName):
        if value == name:
            known: ProfileName = name
            return known
    raise PreferencesError(f"profile 应为 {'、'.join(get_args(ProfileName))} 之一。")


def _codes(value: object, known: tuple[str, ...] | None) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise PreferencesError('ignore 应为规则代码的列表，如 ["CL", "WB007"]。')
    codes = tuple(dict.fromkeys(code.strip().upper() for code in value if code.strip()))
    for code in codes:
        if len(code) > 5 or not code.isascii() or not code.isalnum():
            raise PreferencesError(f"“{code[:20]}”不是规则代码或代码的开头。")
        if known is not None and not any(rule.startswith(code) for rule in known):
            raise PreferencesError(f"没有以“{code}”开头的规则。")
    return codes
