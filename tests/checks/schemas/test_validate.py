"""The shape of the tables: what the schema finds, at which cell, in which words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable

import pandera.config
import pytest

from gongkai_checks.finding import Finding, Safety
from gongkai_checks.rules.form import RULES
from gongkai_checks.schemas import validate
from gongkai_checks.schemas.rule import SchemaRule
from gongkai_workbooks.amounts import AMOUNT_UNITS, YUAN
from gongkai_workbooks.cells import CellRef
from gongkai_workbooks.disclosure import Disclosure, TableStatus
from tests.checks.tables import (
    COLUMNS,
    Cell,
    Line,
    Text,
    clean,
    code_line,
    error_value,
    functional,
    fund_table,
    missing,
    never_calculated,
    not_a_number,
    table,
    with_table,
)

CODES = frozenset(rule.code for rule in RULES)


def found(disclosure: Disclosure) -> list[Finding]:
    return validate([disclosure], CODES)[0]


def brief(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.cell)) for finding in findings]


def with_amount(cell: Cell, column: str = "基本支出") -> Disclosure:
    """A clean disclosure whose 公开03 has one more row, 229, with one amount; it stands in row 19."""
    extra = Line("229", {column: cell}, "其他支出", "code", "229")
    return with_table(table("03", [*functional("03"), extra]))


def test_clean_disclosure_has_no_findings() -> None:
    assert found(clean()) == []


def test_every_code_that_the_schema_reports_is_described() -> None:
    described = {rule.code for rule in RULES if isinstance(rule, SchemaRule)}
    assert len({rule.name for rule in RULES}) == len(RULES) == len(CODES)
    assert described >= {"FM001", "FM005", "FM201", "FM601", "FM102", "FM902", "FM103", "FM903"}


def test_text_in_an_amount_cell() -> None:
    [finding] = found(with_amount(not_a_number("见附表")))
    assert (finding.code, str(finding.cell)) == ("FM001", "公开03!F19")
    assert finding.message == "公开03“229 其他支出”的基本支出不是金额：“见附表”"
    assert (finding.table, finding.item, finding.column) == ("03", "229 其他支出", "基本支出")


@pytest.mark.parametrize("mistaken", ["12.3O", "l2.30", "1 2,345.6o"])
def test_letters_for_digits_are_suspected(mistaken: str) -> None:
    [finding] = found(with_amount(not_a_number(mistaken)))
    assert finding.message.endswith("，疑似把字母误作数字")


@pytest.mark.parametrize("text", ["Oo", "Z", "12.3.4", "1O件"])
def test_other_text_is_not_called_letters_for_digits(text: str) -> None:
    [finding] = found(with_amount(not_a_number(text)))
    assert "疑似" not in finding.message


def test_error_value_and_formula_without_result() -> None:
    lines = [
        *functional("03"),
        code_line("229", "其他支出", COLUMNS["03"], error_value("#DIV/0!"), never_calculated()),
    ]
    findings = found(with_table(table("03", lines)))
    assert brief(findings) == [("FM002", "公开03!E19"), ("FM003", "公开03!F19")]
    assert "错误值 #DIV/0!" in findings[0].message
    assert "没有计算结果" in findings[1].message


def test_negative_amount() -> None:
    [finding] = found(with_amount("-3.20"))
    assert (finding.code, str(finding.cell), finding.found) == ("FM005", "公开03!F19", "-3.20")
    assert finding.message == "公开03“229 其他支出”的基本支出为负数 -3.20"


def test_zero_is_not_negative() -> None:
    assert found(with_amount("0.00")) == []


def test_carry_overs_and_other_income_may_be_negative() -> None:
    disclosure = clean()
    lines = [Line(key, {"决算数": "-1.00"}) for key in ("年初结转和结余", "年末结转和结余", "结余分配", "其他收入")]
    totals = [Line(key, {"决算数": "1.00"}) for key in ("本年收入合计", "收入总计", "本年支出合计", "支出总计")]
    with_table(table("01", [*lines, *totals]), disclosure)
    row = code_line("208", "社会保障和就业支出", COLUMNS["07"], "-1.00", "", "", "", "", "-1.00")
    with_table(table("07", [Line("合计", {}), row]), disclosure)
    assert found(disclosure) == []


def test_use_of_non_fiscal_balance_may_not_be_negative() -> None:
    disclosure = clean()
    made = table("01", [*(Line(k, {"决算数": "1.00"}) for k in ("本年收入合计", "收入总计", "本年支出合计", "支出总计")),
                        Line("使用非财政拨款结余", {"决算数": "-0.01"})])  # fmt: skip
    assert brief(found(with_table(made, disclosure))) == [("FM005", "公开01!E11")]


def texts() -> Disclosure:
    rows = [
        code_line("229", "其他支出", COLUMNS["03"], Text("1,234.50", "1234.50"), Text("（3.00）", "-3.00")),
        code_line("231", "债务还本支出", COLUMNS["03"], Text("14.72万元", "14.72"), Text("１２.00", "12.00")),
        code_line("232", "债务付息支出", COLUMNS["03"], Text("0.123456789", "0.123456")),
    ]
    return with_table(table("03", [*functional("03"), *rows]))


def test_numbers_stored_as_text_are_one_finding_a_table_with_a_safe_fix() -> None:
    [finding] = [each for each in found(texts()) if each.code == "FM004"]
    assert str(finding.cell) == "公开03!E19"
    assert finding.evidence == tuple(CellRef("公开03", r, c) for r, c in ((19, 6), (20, 5), (20, 6), (21, 5)))
    assert "5 个金额以文本形式存放" in finding.message
    assert finding.found == "1,234.50"
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE
    assert [(str(e.cell), e.old, e.new) for e in finding.fix.edits] == [
        ("公开03!E19", "1,234.50", 1234.5),
        ("公开03!F19", "（3.00）", -3.0),
        ("公开03!E20", "14.72万元", 14.72),
        ("公开03!F20", "１２.00", 12.0),
        ("公开03!E21", "0.123456789", 0.123456),
    ]


@pytest.mark.parametrize("raw", ["14.72 万元", "１４．７２万元", "14.72万"])
def test_the_unit_of_the_table_behind_a_number_goes(raw: str) -> None:
    [finding] = found(with_amount(Text(raw, "14.72")))
    assert finding.fix is not None
    assert [(edit.old, edit.new) for edit in finding.fix.edits] == [(raw, 14.72)]


def test_another_unit_behind_a_number_is_left_to_the_officer() -> None:
    [finding] = found(with_amount(Text("147200元", "14.72")))
    assert (finding.code, finding.found, finding.fix) == ("FM004", "147200元", None)


def test_text_made_by_a_formula_is_not_overwritten() -> None:
    disclosure = with_amount(Text("1,234.50", "1234.50"))
    disclosure.tables["03"].formulas = frozenset({(19, 6)})
    [finding] = found(disclosure)
    assert (finding.code, finding.fix) == ("FM004", None)


def test_text_without_its_raw_form_has_no_fix() -> None:
    [finding] = found(with_amount(Text("", "1234.50")))
    assert (finding.code, finding.fix) == ("FM004", None)


def test_text_in_yuan_becomes_yuan() -> None:
    made = table("09", [Line("合计", {"预算数": Text("15,300.00", "15300.00"), "决算数": "3000.00"})], unit=YUAN)
    [finding] = found(with_table(made))
    assert finding.fix is not None
    assert [edit.new for edit in finding.fix.edits] == [15300.0]


def test_more_decimals_than_shown_are_one_finding_a_table() -> None:
    row = code_line("229", "其他支出", COLUMNS["03"], "14.7163", "14.7163", "3.20")
    [finding] = found(with_table(table("03", [*functional("03"), row])))
    assert (finding.code, str(finding.cell), finding.found) == ("FM007", "公开03!E19", "14.7163")
    assert "2 个金额的小数多于两位" in finding.message
    assert finding.evidence == (CellRef("公开03", 19, 6),)


@pytest.mark.parametrize("code", ["2", "20", "2080", "208050", "20805051", "308", "208a5", "２０８", "", "208-05"])
@pytest.mark.parametrize("number", ["02", "03", "05"])
def test_ill_formed_functional_code(number: str, code: str) -> None:
    row = code_line(code, "某科目", COLUMNS[number], "1.00", key=code or "某科目")
    [finding] = found(with_table(table(number, [*functional(number), row])))
    assert (finding.code, str(finding.cell), finding.found) == (f"FM{number[1]}01", f"公开{number}!A19", code)
    assert finding.expected == "以2开头的3、5或7位数字"
    assert ("第 19 行（某科目）缺少科目编码" in finding.message) == (code == "")


@pytest.mark.parametrize(
    ("code", "right"), [("301", True), ("30101", True), ("3010101", False), ("201", False), ("3010", False)]
)
def test_economic_code(code: str, right: bool) -> None:
    lines = [code_line(code, "某科目", ("决算数",), "1.00"), Line("人员经费合计", {}), Line("公用经费合计", {})]
    findings = found(with_table(table("06", lines)))
    assert brief(findings) == ([] if right else [("FM601", "公开06!A7")])


def test_codes_of_07_and_08() -> None:
    disclosure = with_table(fund_table(("2120", "城乡社区", "1.00")))
    with_table(
        table("08", [code_line("22301", "甲", COLUMNS["08"], "1.00"), code_line("2231", "乙", COLUMNS["08"])]),
        disclosure,
    )
    assert brief(found(disclosure)) == [("FM701", "公开07!A8"), ("FM801", "公开08!A8")]


@pytest.mark.parametrize(
    ("number", "column"), [("02", "经营收入"), ("03", "项目支出"), ("05", "小计"), ("07", "项目支出"), ("09", "决算数")]
)
def test_missing_column(number: str, column: str) -> None:
    columns = [each for each in COLUMNS[number] if each != column]
    made = table(number, [Line("合计", dict.fromkeys(columns, "1.00"))], columns=columns)
    [finding] = found(with_table(made))
    assert (finding.code, str(finding.cell)) == (f"FM{number[1]}02", f"公开{number}!A1")
    assert finding.message == f"公开{number}缺少“{column}”栏"


def test_missing_column_names_the_headings_that_nobody_knows() -> None:
    made = table("05", [Line("合计", {"小计": "1.00", "基本支出": "1.00"})], columns=("小计", "基本支出"))
    made.unknown_columns = (("专项支出", CellRef("公开05", 5, 7)),)
    [finding] = found(with_table(made))
    assert finding.message == "公开05缺少“项目支出”栏（有不能识别的栏：“专项支出”）"
    assert finding.evidence == (CellRef("公开05", 5, 7),)


def test_text_of_any_length_in_a_code_cell_makes_a_short_message() -> None:
    row = code_line("某" * 30_000, "科目", COLUMNS["03"], "1.00")
    [finding] = found(with_table(table("03", [*functional("03"), row])))
    assert finding.code == "FM301"
    assert len(finding.message) + len(finding.item) + len(finding.found) < 200


def test_missing_total_line() -> None:
    rows = functional("03")[1:]
    [finding] = found(with_table(table("03", rows)))
    assert (finding.code, finding.message) == ("FM303", "公开03缺少“合计”行")


def test_further_columns_and_lines_are_welcome() -> None:
    columns = (*COLUMNS["02"], "其中：教育收费")
    made = table("02", [Line("合计", dict.fromkeys(columns, "1.00")), Line("补充", {})], columns=columns)
    assert found(with_table(made)) == []


def test_empty_missing_and_unreadable_tables_lack_nothing() -> None:
    disclosure = with_table(table("05", [], columns=(), status=TableStatus.EMPTY))
    with_table(missing("06"), disclosure)
    with_table(missing("09", TableStatus.UNREADABLE), disclosure)
    assert found(disclosure) == []


def test_bad_cell_of_one_workbook_hides_nothing_of_the_others() -> None:
    ill = table("02", [*functional("02"), code_line("20a", "某", COLUMNS["02"], not_a_number("见注"), "-1.00")])
    batch = [with_table(ill), clean(), with_amount("-3.20"), with_amount(error_value()), with_amount(Text("5", "5.00"))]
    results = validate(batch, CODES)
    assert [brief(each) for each in results] == [
        [("FM201", "公开02!A19"), ("FM001", "公开02!E19"), ("FM005", "公开02!F19")],
        [],
        [("FM005", "公开03!F19")],
        [("FM002", "公开03!F19")],
        [("FM004", "公开03!F19")],
    ]
    assert [validate([each], CODES)[0] for each in batch] == results


def test_only_selected_rules_report() -> None:
    disclosure = with_table(table("03", [*functional("03"), code_line("20a", "某", COLUMNS["03"], "-1.00")]))
    assert brief(validate([disclosure], frozenset({"FM301"}))[0]) == [("FM301", "公开03!A19")]
    assert brief(validate([disclosure], frozenset({"FM005"}))[0]) == [("FM005", "公开03!E19")]
    assert validate([disclosure], frozenset({"TO101"})) == [[]]


def test_no_disclosures_no_findings() -> None:
    assert validate([], CODES) == []


def test_amounts_beyond_64_bits_keep_their_sign() -> None:
    hundred_million = AMOUNT_UNITS["亿元"]
    row = code_line("229", "其他支出", COLUMNS["03"], "999999999999.00", "-999999999999.00")
    made = table("03", [*functional("03"), row], unit=hundred_million)
    [finding] = found(with_table(made))
    assert (finding.code, finding.found) == ("FM005", "-999999999999.00")


def test_thousands_of_faulty_cells_are_all_reported() -> None:
    rows = [code_line(f"x{n}", "某", COLUMNS["03"], not_a_number("?"), "-1.00") for n in range(1500)]
    findings = found(with_table(table("03", [*functional("03"), *rows])))
    assert len(findings) == 4500


def test_no_text_of_the_library_reaches_a_finding() -> None:
    bad = table("03", [code_line("20a", "某", ("本年支出合计",), not_a_number("x"))], columns=("本年支出合计",))
    for finding in found(with_table(bad)):
        assert not any(word in finding.message for word in ("check", "Column", "pandera", "schema", "null", "FM"))


@pytest.mark.parametrize("setting", [{"validation_enabled": False}, {"validation_depth": "SCHEMA_ONLY"}])
def test_settings_of_the_environment_cannot_switch_the_check_off(setting: dict[str, object]) -> None:
    depth = setting.get("validation_depth")
    with pandera.config.config_context(
        validation_enabled=bool(setting.get("validation_enabled", True)),
        validation_depth=pandera.config.ValidationDepth(depth) if depth else None,
    ):
        assert brief(found(with_amount("-3.20"))) == [("FM005", "公开03!F19")]


def test_importing_the_rules_does_not_import_the_data_frame_library() -> None:
    code = "import sys, gongkai_checks.rules.form, gongkai_checks.schemas; print('polars' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False"
