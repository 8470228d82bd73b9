"""Tie-out relations as data: sums of terms, written with the labels as printed.

``S03["合计", "基本支出"]`` is one amount. Instead of a label, an item can be a selector:

* ``EACH`` stands for every line of the tables in the equation that it occurs with (a code, or the total row), one relation each;
  ``EACH_CODE`` leaves the total row out, ``EACH_CLASS``, ``EACH_SECTION`` take the codes of three and five digits, ``EACH_LEAF`` those
  without a code below them;
* ``TOP`` is the sum of the code rows that have no row above them, ``CHILDREN`` the sum of the rows below the code that
  ``EACH_CLASS`` or ``EACH_SECTION`` stands for;
* ``FUNCTION_LINES`` and ``INCOME_LINES`` are the sums of the function lines and of the income lines of 01 and 04.

``COLUMN`` stands for every amount column of the left side's table, one relation each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Literal

from gongkai_workbooks.disclosure import Disclosure

from .finding import Severity
from .rule import CODE, NAME, RuleError


class Selector(Enum):
    """Lines or columns that are chosen when the tables are known. See the module."""

    EACH = "每一行"
    EACH_CODE = "每一科目"
    EACH_CLASS = "每一类"
    EACH_SECTION = "每一款"
    EACH_LEAF = "每一末级科目"
    TOP = "各类合计"
    CHILDREN = "下级科目合计"
    FUNCTION_LINES = "各功能科目合计"
    INCOME_LINES = "各项收入合计"
    COLUMN = "每一栏"


EACH = Selector.EACH
EACH_CODE = Selector.EACH_CODE
EACH_CLASS = Selector.EACH_CLASS
EACH_SECTION = Selector.EACH_SECTION
EACH_LEAF = Selector.EACH_LEAF
TOP = Selector.TOP
CHILDREN = Selector.CHILDREN
FUNCTION_LINES = Selector.FUNCTION_LINES
INCOME_LINES = Selector.INCOME_LINES
COLUMN = Selector.COLUMN

QUANTIFIERS = frozenset({EACH, EACH_CODE, EACH_CLASS, EACH_SECTION, EACH_LEAF})
SUMS = frozenset({TOP, CHILDREN, FUNCTION_LINES, INCOME_LINES})


@dataclass(frozen=True, slots=True)
class Term:
    """One amount, or one selected sum, with its sign (+1 or -1)."""

    table: str
    item: str | Selector
    column: str | Selector
    sign: int = 1

    def __add__(self, other: Term | Expression) -> Expression:
        return Expression((self,)) + other

    def __sub__(self, other: Term | Expression) -> Expression:
        return Expression((self,)) - other

    @property
    def label(self) -> str:
        """The term in words, for the rule list: 公开03 合计·基本支出."""
        parts = [part.value if isinstance(part, Selector) else part for part in (self.item, self.column)]
        return f"公开{self.table} {'·'.join(parts)}"


@dataclass(frozen=True, slots=True)
class Expression:
    """A sum of terms."""

    terms: tuple[Term, ...]

    def __add__(self, other: Term | Expression) -> Expression:
        return Expression(self.terms + _terms(other))

    def __sub__(self, other: Term | Expression) -> Expression:
        return Expression(self.terms + tuple(_negated(term) for term in _terms(other)))

    @property
    def label(self) -> str:
        """The sum in words."""
        words = ""
        for term in self.terms:
            words += (" － " if term.sign < 0 else " ＋ " if words else "") + term.label
        return words


def _terms(value: Term | Expression) -> tuple[Term, ...]:
    return value.terms if isinstance(value, Expression) else (value,)


def _negated(term: Term) -> Term:
    return Term(term.table, term.item, term.column, -term.sign)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the nine tables, to write terms with: ``S01["本年收入合计"]``, ``S03["合计", "基本支出"]``."""

    number: str
    column: str = ""

    def __getitem__(self, at: str | Selector | tuple[str | Selector, str | Selector]) -> Term:
        item, column = at if isinstance(at, tuple) else (at, self.column)
        return Term(self.number, item, column)


S01 = Sheet("01", "决算数")
S02 = Sheet("02")
S03 = Sheet("03")
S04 = Sheet("04", "决算数")
S05 = Sheet("05")
S06 = Sheet("06", "决算数")
S07 = Sheet("07")
S08 = Sheet("08")
S09 = Sheet("09", "决算数")

USUAL_REMEDY = "核对所列单元格与账面数，改正填错的一格；尾差在四舍五入允许范围内的不必修改。"
"""What to do where an equation says nothing of its own."""

_SUM_NUMBERS: dict[tuple[Term, ...], int] = {}
_LINES_NUMBERS: dict[tuple[object, ...], int] = {}

Condition = Callable[[Disclosure], str]
"""Tells whether an equation applies: "" if so, else the reason in Chinese why it does not."""


@dataclass(frozen=True, kw_only=True)
class Equation:
    """One declarative rule: ``left`` equals (``=``) or does not exceed (``<=``) ``right``.

    ``left`` is the side that is marked and corrected, ``right`` is the evidence. ``claim`` completes the message
    (``与各类支出之和不符``). ``exact`` is for balances that are printed as equal: no rounding difference is allowed.
    ``slack`` are amounts that ``when`` found to be zero as printed: what rounding hides in them may explain a difference.
    Only equations of severity ERROR take part in finding out which cell is wrong. Message, evidence, tolerance, fix,
    documentation and tests derive from this.
    """

    code: str
    name: str
    title: str
    left: Expression
    right: Expression
    claim: str
    basis: str
    relation: Literal["=", "<="] = "="
    severity: Severity = Severity.ERROR
    exact: bool = False
    when: Condition | None = None
    slack: tuple[Term, ...] = ()
    why: str = ""
    remedy: str = ""

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code) or not NAME.fullmatch(self.name):
            raise RuleError(f"{self.code} {self.name}: ill-formed code or name")
        quantifiers = {term.item for term in self.terms if term.item in QUANTIFIERS}
        if len(quantifiers) > 1:
            raise RuleError(f"{self.code}: one selector of lines an equation, not {quantifiers}")
        if any(
            term.item is COLUMN or (isinstance(term.column, Selector) and term.column is not COLUMN)
            for term in self.terms
        ):
            raise RuleError(f"{self.code}: COLUMN selects columns, the others select lines")

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """All terms, those of the right side with their signs turned: they add up to zero where the equation holds."""
        return self.left.terms + tuple(_negated(term) for term in self.right.terms)

    @cached_property
    def quantifier(self) -> Selector | None:
        """The selector of lines that makes one relation for each of them."""
        for term in self.terms:
            if isinstance(term.item, Selector) and term.item in QUANTIFIERS:
                return term.item
        return None

    @cached_property
    def by_column(self) -> bool:
        """Whether it makes one relation for each column."""
        return any(term.column is COLUMN for term in self.terms)

    @cached_property
    def of_total(self) -> bool:
        """Whether it compares a total row with the rows it is the total of."""
        return any(term.item is TOP for term in self.terms)

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """Numbers of the tables that take part, each once, the left side's first."""
        return tuple(dict.fromkeys(term.table for term in self.terms))

    @cached_property
    def steps(self) -> tuple[tuple[Term, bool, str], ...]:
        """Each term, whether it is the line that the quantifier stands for, and its column ("" for COLUMN)."""
        return tuple(
            (term, term.item in QUANTIFIERS, "" if isinstance(term.column, Selector) else term.column)
            for term in self.terms
        )

    @cached_property
    def sum_number(self) -> int:
        """A number that equations of the same terms share."""
        return _SUM_NUMBERS.setdefault(self.terms, len(_SUM_NUMBERS))

    @cached_property
    def single(self) -> tuple[tuple[int, str, str, str], ...]:
        """Sign, table, item and column of every term, where all are named and are not columns of one line; else empty."""
        named = [
            (term.sign, term.table, term.item, term.column)
            for term in self.terms
            if isinstance(term.item, str) and isinstance(term.column, str)
        ]
        return tuple(named) if len(named) == len(self.terms) and not self.of_row else ()

    @cached_property
    def lines_number(self) -> int:
        """A number that equations share whose quantifier stands for the same lines."""
        each = tuple(
            (term.table, term.column if self.quantifier is EACH else "")
            for term, quantified, _ in self.steps
            if quantified
        )
        what = (self.quantifier, any(term.item is CHILDREN for term in self.terms), len(self.tables) > 1, each)
        return _LINES_NUMBERS.setdefault(what, len(_LINES_NUMBERS))

    @cached_property
    def levels(self) -> bool:
        """Whether it compares each class or section of one table with the rows right below it, and nothing else."""
        if len(self.terms) != 2 or self.quantifier not in (EACH_CLASS, EACH_SECTION):
            return False
        own, parts = self.terms
        return own == Term(own.table, self.quantifier, own.column) and parts == Term(
            own.table, CHILDREN, own.column, -1
        )

    @cached_property
    def across(self) -> bool:
        """Whether it adds up columns along each line, or each code row, and nothing else."""
        return self.quantifier in (EACH, EACH_CODE) and all(each for _, each, _ in self.steps)

    @cached_property
    def needs(self) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
        """By table, the items and columns that it names."""
        return tuple(
            (
                table,
                frozenset(term.item for term in self.terms if term.table == table and isinstance(term.item, str)),
                frozenset(term.column for term in self.terms if term.table == table and isinstance(term.column, str)),
            )
            for table in self.tables
        )

    @cached_property
    def of_row(self) -> bool:
        """Whether it adds up the columns of a line."""
        terms = self.terms
        return len(self.tables) == 1 and len({t.item for t in terms}) == 1 and len({t.column for t in terms}) > 1

    @property
    def formula(self) -> str:
        """The equation in words."""
        return f"{self.left.label} {'＝' if self.relation == '=' else '≤'} {self.right.label}"

    @property
    def example(self) -> str:
        """An example for the rule's page."""
        return f"{self.formula}。两边相差超过各数四舍五入所能解释的范围时报告。"

    @property
    def fix_safety(self) -> str:
        """How far a correction is trusted."""
        if self.severity is not Severity.ERROR:
            return "只提示，不修改。"
        return "只有当改动这一格、且只有改动这一格能使它参加的全部关系同时成立，并且应填数值由这些关系唯一确定时，才自动修改；公式单元格从不覆盖。"


def equation(
    code: str,
    name: str,
    title: str,
    *,
    left: Term | Expression,
    right: Term | Expression,
    claim: str,
    basis: str,
    relation: Literal["=", "<="] = "=",
    severity: Severity = Severity.ERROR,
    exact: bool = False,
    when: Condition | None = None,
    slack: tuple[Term, ...] = (),
    why: str = "",
    remedy: str = "",
) -> Equation:
    """Make an ``Equation``; terms may be given bare."""
    return Equation(
        code=code,
        name=name,
        title=title,
        left=Expression(_terms(left)),
        right=Expression(_terms(right)),
        claim=claim,
        basis=basis,
        relation=relation,
        severity=severity,
        exact=exact,
        when=when,
        slack=slack,
        why=why or "同一套公开表的数字出自同一本账，表内各行各栏、各表之间必须对得上；对不上说明至少有一格填错。",
        remedy=remedy or USUAL_REMEDY,
    )


CrossFoot = equation
"""表内勾稽: an equation within one sheet."""
TieOut = equation
"""表间勾稽: an equation between sheets."""
