"""Layout files: what they must hold, what a further one adds, and what is said of an ill-formed one."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai_workbooks.disclosure import TABLE_NUMBERS
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.labels import plain
from gongkai_workbooks.layouts import LayoutError, load_layout
from gongkai_workbooks.locate import locate

from .table_text import grid

CANONICAL_COLUMNS = {
    "01": ["决算数"],
    "02": [
        "本年收入合计",
        "财政拨款收入",
        "上级补助收入",
        "事业收入",
        "其中：教育收费",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ],
    "03": ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"],
    "04": ["小计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"],
    "05": ["小计", "基本支出", "项目支出"],
    "06": ["决算数"],
    "07": ["年初结转和结余", "本年收入", "小计", "基本支出", "项目支出", "年末结转和结余"],
    "08": ["年初结转和结余", "本年收入", "小计", "基本支出", "项目支出", "年末结转和结余"],
    "09": ["预算数", "决算数"],
}
CANONICAL_TITLES = [
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算明细表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
    "财政拨款“三公”经费支出决算表",
]
HUNAN = """
place = "湖南"
[titles]
"03" = ["部门支出情况汇总表"]
[words]
name = ["项目科目名"]
[columns."03"]
"基本支出" = ["维持运转支出"]
[lines."01".revenue.income]
"捐赠收入" = ["社会捐赠"]
[classes]
"234" = ["抗疫支出"]
"""


def write(folder: Path, text: str, name: str = "湖南.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_canonical_names() -> None:
    layout = load_layout()
    assert [layout.canonical_titles[number] for number in TABLE_NUMBERS] == CANONICAL_TITLES
    for number, labels in CANONICAL_COLUMNS.items():
        for label in labels:
            assert layout.columns[number][plain(label)] == label
    assert {line.key for line in layout.lines["01", "expenditure"].values() if line.role == "class"} >= {"201", "234"}
    assert layout.lines["04", "revenue"]["年初财政拨款结转和结余"].role == "line"
    assert "全国" in layout.places
    assert load_layout() is layout


def test_a_new_place_is_a_new_file(tmp_path: Path) -> None:
    layout = load_layout([write(tmp_path, HUNAN)])
    sheet = grid("2024年度部门支出情况汇总表\n科目编码|项目科目名|本年支出合计|维持运转支出|项目支出\n合计||10|6|4")
    table = locate([sheet], layout).tables["03"]
    amount = table.amount("合计", "基本支出")
    assert amount is not None
    assert amount.fen == 6_000_000
    sheet = grid("收入支出决算总表\n项目|金额|项目|金额\n社会捐赠|1|抗疫支出|2\n本年收入合计|1|本年支出合计|2")
    items = locate([sheet], layout).tables["01"].items
    assert [(item.key, item.role) for item in items.values()][:3] == [
        ("捐赠收入", "income"),
        ("本年收入合计", "total"),
        ("234", "class"),
    ]
    assert "湖南" in layout.places
    assert "湖南" not in load_layout().places


@pytest.mark.parametrize(
    ("text", "key", "fault"),
    [
        ('place = "甲"\n[tables]\n', "tables", "不是样式文件的项目"),
        ("[titles]\n", "place", "应写明地区名称"),
        ('place = "甲"\n[titles]\n"10" = ["某表"]', "titles.10", "不是表号"),
        ('place = "甲"\n[titles]\n"03" = "某表"', "titles.03", "应是一列非空文字"),
        ('place = "甲"\n[titles]\n"03" = [""]', "titles.03", "应是一列非空文字"),
        ('place = "甲"\n[titles]\n"02" = ["支 出决算表"]', "titles.02", "已经指“03”，不能再指“02”"),
        ('place = "甲"\n[titles]\nextra = ["支出决算表"]', "titles.extra", "已经指“03”，不能再指“其他表”"),
        ('place = "甲"\n[words]\ncolour = ["红"]', "words.colour", "不是已知的类别"),
        ('place = "甲"\n[classes]\n"20805" = ["养老"]', "classes.20805", "不是三位"),
        ('place = "甲"\n[classes]\n"201" = ["外交支出"]', "classes.201", "已经指“202”，不能再指“201”"),
        ('place = "甲"\n[columns."03"]\n"项目支出" = ["基本支出"]', "columns.03.项目支出", "已经指“基本支出”"),
        ('place = "甲"\n[columns]\n"11" = 3', "columns.11", "不是表号"),
        ('place = "甲"\n[lines."02".revenue.income]\n"甲" = []', "lines.02.revenue", "不是已知的部分"),
        ('place = "甲"\n[lines."01".revenue.sum]\n"甲" = []', "lines.01.revenue.sum", "不是已知的行类别"),
        (
            'place = "甲"\n[lines."01".revenue.income]\n"甲" = ["总计"]',
            "lines.01.revenue.income.甲",
            "已经指“收入总计”",
        ),
        ('place = "甲"\ntitles = 3', "titles", "应是一个表"),
    ],
)
def test_an_ill_formed_file_is_refused_by_name_and_key(tmp_path: Path, text: str, key: str, fault: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(LayoutError) as error:
        load_layout([path])
    message = str(error.value)
    assert message.startswith(f"样式文件“{path}”的“{key}”")
    assert fault in message
    assert isinstance(error.value, WorkbookError)


def test_a_file_that_is_no_toml_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="不是有效的 TOML 文件"):
        load_layout([write(tmp_path, "place = ")])
    with pytest.raises(LayoutError, match="无法读取"):
        load_layout([tmp_path / "没有.toml"])
    path = tmp_path / "gbk.toml"
    path.write_bytes('place = "湖南"'.encode("gbk"))
    with pytest.raises(LayoutError, match="UTF-8"):
        load_layout([path])
