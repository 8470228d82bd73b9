"""公开06 against 05 (social insurance, housing fund) and against 09 (三公)."""

from __future__ import annotations

from gongkai_checks.conditions import retirement_in_sheet05, three_public_disclosed, three_public_empty
from gongkai_checks.equations import S05, S06, S09, Equation, Expression, Term, TieOut
from gongkai_checks.finding import Severity

BASIC = "基本支出"
COUNTERPARTS: tuple[tuple[str, str, Term | Expression, str], ...] = (
    ("30108", "pension-insurance", S05["2080505", BASIC], "2080505"),
    ("30109", "occupational-annuity", S05["2080506", BASIC], "2080506"),
    ("30110", "medical-insurance", S05["2101101", BASIC] + S05["2101102", BASIC], "2101101、2101102"),
    ("30111", "civil-servant-medical-subsidy", S05["2101103", BASIC], "2101103"),
    ("30113", "housing-fund", S05["2210201", BASIC], "2210201"),
)
THREE_PUBLIC = (
    ("30212", "going-abroad", "因公出国（境）费"),
    ("30217", "official-reception", "公务接待费"),
    ("30231", "vehicle-operation", "公务用车运行维护费"),
    ("31013", "vehicle-purchase", "公务用车购置费"),
)


def _counterpart(position: int, code: str, name: str, right: Term | Expression, items: str) -> Equation:
    return TieOut(
        f"TO6{position:02}",
        f"{name}-differs-from-sheet-05",
        f"公开06 {code} 与公开05 {items} 的基本支出不等",
        left=S06[code],
        right=right,
        severity=Severity.INFO,
        claim=f"与公开05 {items} 的基本支出不等",
        basis="部门决算公开表间对应关系（多数单位相等，不是必然）：公开06与公开05",
        why="社会保险、公积金一般各自列在一个功能科目里，两表通常相等；不等时请确认口径。",
    )


def _within(position: int, code: str, name: str, item: str) -> Equation:
    return TieOut(
        f"TO6{position:02}",
        f"{name}-exceeds-sheet-09",
        f"公开06 {code} 大于公开09{item}决算数",
        left=S06[code],
        right=S09[item],
        relation="<=",
        severity=Severity.WARNING,
        when=three_public_disclosed,
        claim=f"大于公开09{item}决算数",
        basis="部门决算公开表间勾稽关系：公开09包含基本支出和项目支出，不小于公开06",
    )


EQUATIONS = (
    *(_counterpart(position, *names) for position, names in enumerate(COUNTERPARTS, 1)),
    *(_within(position, *names) for position, names in enumerate(THREE_PUBLIC, 6)),
    TieOut(
        "TO610",
        "three-public-expenses-missing-from-sheet-09",
        "公开09为空表，而公开06有三公经费",
        left=S06["30212"] + S06["30217"] + S06["30231"] + S06["31013"],
        right=S09["合计"],
        relation="<=",
        when=three_public_empty,
        claim="不为零，而公开09三公经费为空表",
        basis="部门决算公开表间勾稽关系：公开06列有三公经费的，公开09不应为空",
    ),
    TieOut(
        "TO612",
        "retirement-pay-exceeds-sheet-05",
        "公开06离休费、退休费大于公开05离退休各项的基本支出",
        left=S06["30301"] + S06["30302"],
        right=S05["2080501", BASIC] + S05["2080502", BASIC] + S05["2080599", BASIC],
        relation="<=",
        severity=Severity.INFO,
        when=retirement_in_sheet05,
        claim="大于公开05 2080501、2080502、2080599 的基本支出",
        basis="部门决算公开表间对应关系（不是必然）：公开06与公开05",
        why="离退休各项除离休费、退休费外还列有公用经费等，一般不小于公开06的离休费、退休费；小于时说明有一部分列在别的功能科目，请确认。",
    ),
)
