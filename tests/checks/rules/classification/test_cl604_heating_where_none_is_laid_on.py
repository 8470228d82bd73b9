"""CL604: heating costs where there is no heating, and where they are out of proportion."""

from __future__ import annotations

import pytest

from gongkai_checks.places import place_of
from gongkai_checks.rules.classification.cl604_heating_where_none_is_laid_on import heating_where_none_is_laid_on
from gongkai_workbooks.disclosure import Disclosure
from tests.checks.applied import findings, reasons
from tests.checks.tables import clean, code_line, table, with_table

# Figures of 06 of a district office in Shanghai, 2025, whose rows are one off.
HEATING, WHOLE = "419.21", "1844.57"


def disclosure(department: str, heating: str, whole: str = WHOLE) -> Disclosure:
    rows = [code_line("302", "商品和服务支出", ("决算数",), whole), code_line("30208", "取暖费", ("决算数",), heating)]
    made = with_table(table("06", rows))
    made.department = department
    return made


@pytest.mark.parametrize(
    ("department", "heating", "message"),
    [
        ("上海市普陀区人民政府宜川路街道办事处", HEATING, "公开06列有取暖费 419.21，而上海不集中供暖"),
        ("中共广州市委办公厅", "1.00", "公开06列有取暖费 1.00，而广东不集中供暖"),
        ("上海市普陀区财政局", "0.99", ""),
        ("上海市普陀区财政局", "", ""),
        ("沈阳市教育局", HEATING, ""),
        ("沈阳市教育局", "922.28", ""),
        ("沈阳市教育局", "922.29", "公开06取暖费 922.29，超过商品和服务支出 1844.57 的一半"),
        ("某中学", "922.29", "公开06取暖费 922.29，超过商品和服务支出 1844.57 的一半"),
    ],
)
def test_where_and_how_much(department: str, heating: str, message: str) -> None:
    found = findings(heating_where_none_is_laid_on, disclosure(department, heating))
    assert [finding.message for finding in found] == ([message] if message else [])
    assert [(str(f.cell), [cell.a1 for cell in f.evidence]) for f in found] == (
        [("公开06!E8", ["E7"])] if message else []
    )


@pytest.mark.parametrize(
    ("department", "reason"),
    [
        ("某中学", "部门名称没有写明省、市，不知本地是否集中供暖"),
        ("", "部门名称没有写明省、市，不知本地是否集中供暖"),
        ("武汉市江汉区医疗保障局", "湖北只有部分地方集中供暖"),
    ],
)
def test_where_nothing_can_be_said(department: str, reason: str) -> None:
    assert reasons(heating_where_none_is_laid_on, disclosure(department, HEATING)) == [reason]


@pytest.mark.parametrize(
    ("name", "province"),
    [
        ("上海市规划和自然资源局", "上海"),
        ("中共上海市普陀区委社会工作部", "上海"),
        (" 广 西 壮族自治区财政厅", "广西"),
        ("广西财政厅", "广西"),
        ("深圳市南山区财政局", "广东"),
        ("吉林市财政局", "吉林"),
        ("海南省财政厅", "海南"),
        ("海南藏族自治州财政局", "青海"),
        ("内蒙古自治区财政厅", "内蒙古"),
        ("鼓楼区财政局", ""),
        ("中山路街道办事处", ""),
        ("南京路街道办事处", ""),
        ("", ""),
    ],
)
def test_the_place_in_a_name(name: str, province: str) -> None:
    place = place_of(name)
    assert (place.province if place else "") == province


def test_every_province_is_known() -> None:
    provinces = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新"
    from gongkai_checks.places import _places

    assert len({place.province for place in _places().values()}) == len(provinces)


def test_clean() -> None:
    assert findings(heating_where_none_is_laid_on, clean()) == []
