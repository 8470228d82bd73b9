"""The rules that the engine applies by itself: rounding differences, and causes that break many relations at once."""

from __future__ import annotations

from gongkai_checks.finding import Severity
from gongkai_checks.rule import EngineRule

ROUNDING_DIFFERENCE = EngineRule(
    code="RD001",
    name="rounding-difference",
    severity=Severity.INFO,
    title="尾差：合计与各数之和的差在四舍五入允许范围内",
    why="账以元、分记，公开表以万元、两位小数印出，每一格各自四舍五入，印出的数相加与印出的合计可以差若干个 0.01。",
    example="14.72＋624.54＋27.73＝666.99，印出的合计为 667.00：4 个数各有 0.005 的舍入余地，容差 0.02，属于尾差。",
    remedy="不必修改；不要为凑平而改动正确的合计。",
    basis="四舍五入的区间算术：k 个印出的数，差额不超过各数半个最小单位之和",
)
IMPROBABLE_ROUNDING = EngineRule(
    code="RD002",
    name="improbable-rounding-difference",
    severity=Severity.INFO,
    title="尾差偏大：长合计的差虽在允许范围内，但不大可能只由四舍五入造成",
    why="许多数相加时各自的舍入误差大多相互抵消，差额超过 3.3 个标准差（约千分之一的机会）时值得看一眼。",
    example="16 个数相加，容差 0.08；差 0.05 以内常见，差 0.06 就很少见。",
    remedy="核对所列各格；确属四舍五入的不必修改。",
    basis="k 个均匀分布的舍入误差之和，标准差为 √(k/12) 个最小单位",
)
TOTAL_REPEATED = EngineRule(
    code="XF604",
    name="item-repeats-its-class-total",
    severity=Severity.ERROR,
    title="公开06某一款重复了所属类的合计数",
    why="某一款与它所属的类金额相同，而其他款又有金额，各款之和必然大出一倍，多半是把合计抄进了明细。",
    example="302 商品和服务支出 1,844.57，30299 其他商品和服务支出也印 1,844.57，而其他各款合计已是 1,844.57。",
    remedy="按账面数改正这一款，并检查相邻各款是否整体错行。",
    basis="部门决算公开表式：公开06按部门预算支出经济分类的类、款汇总关系",
)
ROWS_SHIFTED_06 = EngineRule(
    code="DX601",
    name="rows-of-sheet-06-shifted",
    severity=Severity.ERROR,
    title="公开06一段金额与科目错行",
    why="一段金额整体上移或下移一行时，每一款都错，但原因只有一个；与公开09重复的几个数能指出错开的行数。",
    example="30231 公务用车运行维护费与公开09不同，而相邻的 30229 恰好等于公开09的运行维护费。",
    remedy="把这一段金额整体移回原位，再核对类的合计。",
    basis="部门决算公开表间勾稽关系：公开06与公开09；公开06类、款汇总关系",
)
ROWS_SHIFTED_05 = EngineRule(
    code="DX501",
    name="rows-of-sheet-05-shifted",
    severity=Severity.ERROR,
    title="公开05一段金额与科目错行",
    why="少抄或多抄一行会使以下各行金额全部错位，逐行报告几十处不如说清一个原因。",
    example="公开05自某行起，各行金额等于公开03下面第二行的金额。",
    remedy="找到多出或漏掉的一行，把以下金额整体移回原位。",
    basis="部门决算公开表间勾稽关系：公开05与公开03、公开07、公开08",
)

RULES = (ROUNDING_DIFFERENCE, IMPROBABLE_ROUNDING, TOTAL_REPEATED, ROWS_SHIFTED_06, ROWS_SHIFTED_05)
