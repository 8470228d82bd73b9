"""The place of a department, as far as its printed name tells, and whether heating is laid on there (``data/heating.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from .labels import normal_name

_DATA = Path(__file__).parent / "data" / "heating.toml"
_LONGEST_NAME = 200
_PARTY = ("中国共产党", "中共")

Heating = Literal["all", "partly", "none"]


class Place(NamedTuple):
    """A province, or one of its towns: ``province`` without its kind (上海, 广西), ``name`` as printed (上海市, 南宁市)."""

    name: str
    province: str
    heating: Heating


def place_of(department: str) -> Place | None:
    """The place that a department's name begins with (上海市普陀区财政局, 中共广州市委办公厅); None where it names none that is known."""
    name = normal_name(department[:_LONGEST_NAME])
    for party in _PARTY:
        name = name.removeprefix(party)
    for length in range(min(len(name), max(map(len, _places()))), 1, -1):
        known = _places().get(name[:length])
        if known is not None:
            return known
    return None


@lru_cache(maxsize=1)
def _places() -> Mapping[str, Place]:
    places: dict[str, Place] = {}
    for row in tomllib.loads(_DATA.read_text(encoding="utf-8"))["province"]:
        province, heating = row["name"], row["heating"]
        for kind in ("", "省", "市", "自治区"):
            places[province + kind] = Place(province + kind, province, heating)
        # A town's bare name begins many other names (中山路, 海口镇); with 市 it is the town.
        for town in row.get("towns", ()):
            places[f"{town}市"] = Place(f"{town}市", province, heating)
    # 吉林市 is a town of 吉林 and needs no line of its own; 海南州 lies in 青海.
    places["海南州"] = places["海南藏族"] = Place("海南州", "青海", "all")
    return places
