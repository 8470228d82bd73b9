"""The relations that every table by 支出功能分类 has: the code hierarchy down each column."""

from __future__ import annotations

from gongkai_checks.equations import CHILDREN, COLUMN, EACH_CLASS, EACH_SECTION, TOP, CrossFoot, Equation, Sheet


def hierarchy(sheet: Sheet) -> tuple[Equation, ...]:
    """合计 = 各类之和, 类 = 所属款之和, 款 = 所属项之和, in every amount column. A level that is not printed is passed over."""
    number = sheet.number
    digit = number[1]
    basis = f"部门决算公开表式：公开{number}按支出功能分类的类、款、项汇总关系"
    return (
        CrossFoot(
            f"XF{digit}01",
            f"total-of-sheet-{number}-differs-from-its-classes",
            f"公开{number}合计与各类之和不符",
            left=sheet["合计", COLUMN],
            right=sheet[TOP, COLUMN],
            claim="与各类科目之和不符",
            basis=basis,
        ),
        CrossFoot(
            f"XF{digit}02",
            f"class-of-sheet-{number}-differs-from-its-sections",
            f"公开{number}类级科目与所属各款之和不符",
            left=sheet[EACH_CLASS, COLUMN],
            right=sheet[CHILDREN, COLUMN],
            claim="与所属各款之和不符",
            basis=basis,
        ),
        CrossFoot(
            f"XF{digit}03",
            f"section-of-sheet-{number}-differs-from-its-items",
            f"公开{number}款级科目与所属各项之和不符",
            left=sheet[EACH_SECTION, COLUMN],
            right=sheet[CHILDREN, COLUMN],
            claim="与所属各项之和不符",
            basis=basis,
        ),
    )
