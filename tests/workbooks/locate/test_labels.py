"""Labels in one form."""

from __future__ import annotations

import pytest

from gongkai_workbooks.grid import CellValue
from gongkai_workbooks.labels import LONGEST_LABEL, plain, printed, unnumbered, without_last_bracket
from gongkai_workbooks.locate.code_cells import code_text


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("合　计", "合计"),
        (" 合\n计\u00a0\t", "合计"),
        ("财政拨款“三公”经费（２０２４）", "财政拨款三公经费(2024)"),
        ("〔一〕【二】[三]", "(一)(二)(三)"),
        ("'2080505", "2080505"),
        ("部门：\u200b某某局\ufeff", "部门:某某局"),
        ("金额_x000D_", "金额"),
    ],
)
def test_plain(text: str, label: str) -> None:
    assert plain(text) == label


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("一、一般公共预算财政拨款收入", "一般公共预算财政拨款收入"),
        ("一般公共服务支出", "一般公共服务支出"),
        ("二十六、抗疫特别国债安排的支出", "抗疫特别国债安排的支出"),
        ("廿一、其他支出", "其他支出"),
        ("(一)基本支出", "基本支出"),
        ("1.因公出国(境)费", "因公出国(境)费"),
        ("(2)公务用车运行维护费", "公务用车运行维护费"),
        ("3、公务接待费:", "公务接待费"),
        ("2024年度", "2024年度"),
        ("3.14", "3.14"),
        ("三公经费", "三公经费"),
        ("-", ""),
    ],
)
def test_unnumbered(label: str, name: str) -> None:
    assert unnumbered(label) == name


def test_without_last_bracket() -> None:
    assert without_last_bracket("使用非财政拨款结余(含专用结余)") == "使用非财政拨款结余"
    assert without_last_bracket("使用非财政拨款结余(含专用") == "使用非财政拨款结余"
    assert without_last_bracket("维修(护)费") == "维修(护)费"


def test_printed_keeps_the_characters_and_drops_the_blanks() -> None:
    assert printed("  一、财政拨款“三公”\n经费（境） ") == "一、财政拨款“三公”经费（境）"


def test_long_texts_are_cut() -> None:
    assert len(plain("长" * 40_000)) == LONGEST_LABEL
    assert len(printed("长" * 40_000)) == LONGEST_LABEL


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2080505", "2080505"),
        (" 208 05 05 ", "2080505"),
        ("208-05-05", "2080505"),
        ("208.05", "20805"),
        ("２０８", "208"),
        (2080505.0, "2080505"),
        (5.0, "5"),
        (208, "208"),
        ("2080505.0", "2080505"),
        ("—", ""),
        ("208050", "208050"),
        ("=A1", "=A1"),
        (20.5, "20.5"),
    ],
)
def test_code_text(value: CellValue, code: str) -> None:
    assert code_text(value) == code
