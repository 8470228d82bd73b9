"""What a program shows of a formula, as a file spells it; what is not certain is refused."""

from __future__ import annotations

import pytest

from gongkai_workbooks.package.formula_spelling import LONGEST, NotExactError, spelt_in_file

SHEETS = ("公开03", "公开 04", "O'x", "Sheet1")


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(F8:F12)",
        "F8+F9-$D$3*2/G$4^2",
        "667+9",
        "'公开 04'!E7-公开03!E8",
        "ROUND(SUM(A1:A3,B2),2)",
        'IF(A1>=0,"a,""b;",-1.5E3)&"元"',
        "-A1%",
        "TRUE()",
        "IF(TRUE,1,0)",
        "SUM(A1:A3)*2",
        'SUMIF(A1:A9,">0",B1:B9)',
        "SUM(F:F)-SUM('O''x'!$A:$B)",
        "+A1",
        "SUBTOTAL(9,A1:A3)",
        "VLOOKUP(A1,公开03!A1:C9,2,FALSE)",
        "IF(AND(A1<>0,A2<=3),SUM( A1:A2 ), 0)",
    ],
)
def test_excel_and_wps_show_it_as_it_is(formula: str) -> None:
    assert spelt_in_file(f"={formula}", SHEETS) == formula


@pytest.mark.parametrize(
    ("shown", "spelt"),
    [
        ("=SUM(A1:A2;$'公开 04'.A1:B2)", "SUM(A1:A2,'公开 04'!A1:B2)"),
        ("=A1+$公开03.B2", "A1+'公开03'!B2"),
        ("=A1+公开03.$B$2", "A1+'公开03'!$B$2"),
        ('=IF(A1>0;"a,;";-1500)', 'IF(A1>0,"a,;",-1500)'),
        ("=MAX(A:A)", "MAX(A:A)"),
        ("=A1*0.0000000015", "A1*0.0000000015"),
    ],
)
def test_libreoffice_shows_it_in_its_own_way(shown: str, spelt: str) -> None:
    assert spelt_in_file(shown, SHEETS) == spelt


@pytest.mark.parametrize(
    "formula",
    [
        "=XLOOKUP(A1,B:B,C:C)",  # has a prefix in a file
        "=STDEV.S(A1:A3)",
        "=A1:A3",  # more values than one, or one of them, as the version has it
        "=SUM(A1:A3*2)",
        "=SUM(2*A1:A3)",
        "=ABS(A1:A3)",
        "=SUMIF(A1:A9,B1:B9)",
        "=SUM((A1:A3))",
        "=SUM(@A1:A3)",
        "=A1:A3 B1:B3",
        "=A1 B1",
        "=SUM(A1;A1~B2)",
        "={1,2}",
        "={SUM(A1:A2*A1:A2)}",
        "=[1]Sheet1!A1",
        "='[别的.xlsx]Sheet1'!A1",
        "='file:///a.xlsx'#$Sheet1.A1",
        "=SUM(Sheet1:公开03!A1)",
        "=公开99!A1",
        "=名称+1",
        "=表1[金额]",
        "=#REF!+1",
        "=SUM(A1:A3,$公开03.E7)",  # half the one, half the other
        "=SUM(A1;公开03!E7)",
        "=$公开03!E7",
        "=HYPERLINK(A1)",
        "=A1+",
        "=(A1",
        "=A1)",
        "=IF(A1,,1)",
        "=(A1,B1)",
        "=SUM()",
        "=",
        "",
        "A1",
        "=A1.5",
        "=A1\n+1",
        "=" + "1+" * LONGEST + "1",
    ],
)
def test_what_is_not_certain_is_refused(formula: str) -> None:
    with pytest.raises(NotExactError):
        spelt_in_file(formula, SHEETS)


def test_the_piece_that_is_why_is_named() -> None:
    with pytest.raises(NotExactError, match="XLOOKUP"):
        spelt_in_file("=A1+XLOOKUP(A1,B:B,C:C)", SHEETS)
