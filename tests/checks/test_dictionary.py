"""The built-in names, what is known of them, and a list of the office's own."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

import gongkai_checks
from gongkai_checks.dictionary import DictionaryError, load_dictionary

DATA = Path(gongkai_checks.__file__).parent / "data"
BUILT_IN = load_dictionary(None)


def test_names_of_codes() -> None:
    assert BUILT_IN.name("2080505") == "机关事业单位基本养老保险缴费支出"
    assert BUILT_IN.name("30113") == "住房公积金"
    assert BUILT_IN.name("2099999") is None
    assert BUILT_IN.class_names["212"] == "城乡社区支出"
    assert "301" not in BUILT_IN.class_names


def test_former_names_are_aliases() -> None:
    assert BUILT_IN.names("20805") == ("行政事业单位养老支出", "行政事业单位离退休")
    assert BUILT_IN.names("2099999") == ()
    assert BUILT_IN.agrees("2080501", "归口管理的行政单位离退休")
    assert not BUILT_IN.agrees("2080501", "事业单位离退休")


def test_blanks_and_brackets_do_not_distinguish_names() -> None:
    assert BUILT_IN.agrees("30213", " 维修(护) 费")
    assert BUILT_IN.agrees("30212", "因公出国(境)费用")


def test_unknown_code_agrees_with_any_name() -> None:
    assert BUILT_IN.agrees("2099999", "不论什么")


def test_names_that_agree_all() -> None:
    right = {("2080505", "机关事业单位基本养老保险缴费支出"), ("2099999", "随便什么"), ("30113", "住房 公积金")}
    assert BUILT_IN.all_agree(right)
    assert BUILT_IN.all_agree(right)
    assert not BUILT_IN.all_agree(right | {("30113", "培训费")})
    assert not BUILT_IN.all_agree({("30113", "培训费")})


def test_only_what_documents_confirm_is_verified() -> None:
    assert BUILT_IN.verified("2080505")
    assert not BUILT_IN.verified("2010104")
    assert not BUILT_IN.verified("2099999")


def test_built_in_list_claims_no_completeness() -> None:
    assert not BUILT_IN.complete
    assert "2080505" in BUILT_IN
    assert "2080597" not in BUILT_IN


def test_rows_of_the_form_of_06() -> None:
    assert len(BUILT_IN.standard_rows) == 62
    assert BUILT_IN.standard_rows[0] == "301"
    assert "30203" in BUILT_IN.standard_rows
    assert "31001" not in BUILT_IN.standard_rows


def test_rows_that_a_form_lacks_in_the_order_of_the_form() -> None:
    rows = BUILT_IN.standard_rows
    assert BUILT_IN.rows_missing(rows) == []
    assert BUILT_IN.rows_missing([*rows[:3], *rows[5:], "99999"]) == list(rows[3:5])


@pytest.mark.parametrize("file", ["functional.csv", "economic.csv", "aliases.csv"])
def test_data_files_can_be_split_at_commas(file: str) -> None:
    text = (DATA / file).read_text(encoding="utf-8")
    assert '"' not in text
    assert list(csv.reader(text.splitlines())) == [line.split(",") for line in text.splitlines()]


def test_every_alias_belongs_to_a_code_and_is_not_its_name() -> None:
    rows = [line.split(",") for line in (DATA / "aliases.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert [code for code, name in rows if BUILT_IN.name(code) in (None, name)] == []


def test_loading_is_quick() -> None:
    quickest = 1.0
    for _ in range(5):
        load_dictionary.cache_clear()
        start = time.perf_counter()
        load_dictionary(None)
        quickest = min(quickest, time.perf_counter() - start)
    assert quickest < 0.02  # ten times what it takes on an idle machine


def own(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = folder / "科目.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_list_of_the_office_replaces_the_built_in_one(tmp_path: Path, encoding: str) -> None:
    dictionary = load_dictionary(own(tmp_path, "编码,名称\n208,社会保障和就业支出\n2080597,“甲,乙”支出\n", encoding))
    assert dictionary.complete
    assert dictionary.name("2080597") == "“甲"  # an unquoted comma ends the name
    assert dictionary.verified("2080597")
    assert "2080505" not in dictionary
    assert dictionary.class_names == {"208": "社会保障和就业支出"}


def test_list_of_the_office_may_be_quoted_and_without_header(tmp_path: Path) -> None:
    dictionary = load_dictionary(own(tmp_path, '208,"社会保障、就业,支出"\r\n\r\n'))
    assert dictionary.name("208") == "社会保障、就业,支出"


def test_second_name_of_a_code_is_an_alias(tmp_path: Path) -> None:
    dictionary = load_dictionary(own(tmp_path, "208,甲\n208,乙\n208,甲\n"))
    assert dictionary.names("208") == ("甲", "乙")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "没有科目"),
        (b"code,name\n", "没有科目"),
        ("208,社会保障\n20A,错\n".encode(), "第 2 行“20A,错”有误"),
        ("2080,社会保障\n".encode(), "第 1 行“2080,社会保障”有误"),
        (b"208\n", "第 1 行“208”有误"),
        (b"\xff\xff\xff208,abc", "既不是 UTF-8 也不是 GB18030"),
        (b"208," + b"x" * 9_000_000, "超过 8 MB"),
        (b"\n" * 100_001, "超过 100000 行"),
        ("".join(f"208,名{n}\n" for n in range(100)).encode(), "重复太多次"),
        (b'208,"' + b"x" * 200_000, "不是有效的 CSV"),
    ],
)
def test_bad_list_is_refused_with_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "坏.csv"
    path.write_bytes(content)
    with pytest.raises(DictionaryError) as raised:
        load_dictionary(str(path))
    assert words in str(raised.value)
    assert "坏.csv" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_absent_list_is_said(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match="找不到科目字典"):
        load_dictionary(str(tmp_path / "无.csv"))
    with pytest.raises(DictionaryError, match="无法读取科目字典"):
        load_dictionary(str(tmp_path))
