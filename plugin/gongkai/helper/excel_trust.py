"""What in the settings of Excel, or of the office, keeps the add-in from being loaded: asked of the registry, because Excel itself says nothing then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from gongkai.language import Words

Read = Callable[[str, str], str | None]
"""Key below HKEY_CURRENT_USER and name -> what stands there; None where there is nothing."""

VERSIONS = ("16.0", "15.0", "14.0")
"""Excel 2016 and later, 2013, 2010."""
_MARK = ":Zone.Identifier"
"""Behind the name of a file: where Windows notes that it came from a network."""


def obstacles(read: Read, add_in: Path, words: Words) -> Iterator[str]:
    """What keeps the add-in away, each in a sentence with its cure; nothing when nothing is known of."""
    if came_from_a_network(add_in):
        yield words(
            f"{add_in.name} 带有“来自网络”的标记，Excel 不加载它：请右击文件 → 属性 → 解除锁定，或重新安装",
            f"{add_in.name} is marked as coming from a network and is not loaded: unblock it in its properties, or install again",
        )
    for version in VERSIONS:
        for key, who in _keys(version, words):

            def on(name: str, below: str = "", key: str = key) -> bool:
                return read(key + below, name) == "1"

            if on("DisableAllAddins"):
                yield words(
                    f"{who}禁用了所有加载项（Office {version}）", f"{who} disables all add-ins (Office {version})"
                )
            if on("RequireAddinSig"):
                yield words(
                    f"{who}只许加载有签名的加载项（Office {version}），请用有签名的版本",
                    f"{who} wants add-ins to be signed (Office {version})",
                )
            if on("AllLocationsDisabled", r"\Trusted Locations") and read(key, "VBAWarnings") in ("3", "4"):
                yield words(
                    f"{who}取消了受信任位置，又禁用了宏（Office {version}），加载项里的宏不能运行",
                    f"{who} knows no trusted locations and disables macros (Office {version})",
                )


def came_from_a_network(path: Path) -> bool:
    """Whether Windows has noted that the file was downloaded or sent."""
    try:
        return "ZoneId=3" in Path(f"{path}{_MARK}").read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError):
        return False


def _keys(version: str, words: Words) -> tuple[tuple[str, str], ...]:
    place = rf"Microsoft\Office\{version}\Excel\Security"
    return (
        (rf"Software\Policies\{place}", words("单位的组策略", "the policy")),
        (rf"Software\{place}", words("Excel 的信任中心", "the trust centre of Excel")),
    )
