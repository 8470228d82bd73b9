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
    why="许多数相加时各自的舍入误差大多相互抵消，差额超过 3.3 个标准差（千分之几以下的机会，消息里写明）时值得看一眼。",
    example="17 个数（合计连同 16 个分项），容差 0.085：差 0.03 以内常见；差 0.04 约千分之二才出现一次，提示核对。",
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
    fix_safety="扣除其他各款得出的数，须用 --unsafe-fixes 确认后才写入；整段错行时只提示，不修改。",
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

TABLE_IN_YUAN = EngineRule(
    code="DX001",
    name="table-in-yuan",
    severity=Severity.ERROR,
    title="整张表的金额按元填列，其他各表是万元",
    why="一张表直接贴入以元为单位的数，表内自己是平的，与其他各表的每一处勾稽都差一万倍；原因只有一个。",
    example="公开05合计 6670000.00，公开04为 667.00，两表表头都写“单位：万元”；公开05缩小一万倍后处处相符。",
    remedy="将该表全部金额换算为表头所写的单位。",
    basis="部门决算公开表式：金额单位为万元；各表间勾稽关系",
    fix_safety="各格一并修正，或者都不改。只有这一种解释最简单、各格都不是公式时才可修正，且须用 --unsafe-fixes 确认；被覆盖、缺失的数不代填。",
)
COLUMNS_SWAPPED = EngineRule(
    code="DX002",
    name="columns-swapped",
    severity=Severity.ERROR,
    title="两栏金额互相填反",
    why="两栏整体对调时，各行横向合计照样相符，只有与其他各表的勾稽处处不符；对调一次即全部相符。",
    example="公开03“基本支出”与“项目支出”两栏对调后，公开05各行基本支出不再大于公开03。",
    remedy="将这两栏的金额对调，并核对栏目名称。",
    basis="部门决算公开表间勾稽关系",
    fix_safety="各格一并修正，或者都不改。只有这一种解释最简单、各格都不是公式时才可修正，且须用 --unsafe-fixes 确认；被覆盖、缺失的数不代填。",
)
ROWS_SWAPPED = EngineRule(
    code="DX003",
    name="rows-swapped",
    severity=Severity.ERROR,
    title="两行金额互相填反",
    why="两行对调时两行都错，而原因只有一个；对调后有关的关系同时成立。",
    example="公开03 2080501 与 2080505 两行金额对调后，两个科目与公开05都相符。",
    remedy="将这两行的金额对调。",
    basis="部门决算公开表内、表间勾稽关系",
    fix_safety="各格一并修正，或者都不改。只有这一种解释最简单、各格都不是公式时才可修正，且须用 --unsafe-fixes 确认；被覆盖、缺失的数不代填。",
)
WRONG_COLUMN = EngineRule(
    code="DX004",
    name="amount-in-wrong-column",
    severity=Severity.ERROR,
    title="金额列错栏",
    why="一笔金额列在相邻的栏里，本行合计照样相符，两栏的纵向合计却一多一少，数额相同。",
    example="公开03 2101101 的 14.72 列在项目支出，移到基本支出后两栏的合计都相符。",
    remedy="将金额移到应列的栏；上级各行若随之列错，一并移动。",
    basis="部门决算公开表内、表间勾稽关系",
    fix_safety="各格一并修正，或者都不改。只有这一种解释最简单、各格都不是公式时才可修正，且须用 --unsafe-fixes 确认；被覆盖、缺失的数不代填。",
)
STALE_AMOUNTS = EngineRule(
    code="DX005",
    name="stale-amounts",
    severity=Severity.ERROR,
    title="某一科目及随它计算的各级合计未随账更新",
    why="账面调整后只改了一部分表，另一张表从末级科目到合计都还是旧数：表内自己是平的，与其他各表则差同一个数。",
    example="公开05 2080505 及 20805、208、合计都比公开03、公开04少 0.88。",
    remedy="按账面数改正末级科目，各级合计一并调整。",
    basis="部门决算公开表间勾稽关系",
    fix_safety="各格一并修正，或者都不改。只有这一种解释最简单、各格都不是公式时才可修正，且须用 --unsafe-fixes 确认；被覆盖、缺失的数不代填。",
)
ROW_ABSENT = EngineRule(
    code="DX006",
    name="row-absent",
    severity=Severity.ERROR,
    title="缺少一行：合计已计入，其他各表也有这一科目",
    why="漏列一行时，上级合计比所列各行之和多出的正是这一行的金额；重算合计反而会把正确的合计改错。",
    example="公开03 20805 比所列各项多 4.24，公开02、公开05都有 2080505。",
    remedy="补列缺少的科目和金额，不要改动合计。",
    basis="部门决算公开表内汇总关系；各表科目一致",
    fix_safety="只提示，不修改：补行须人工进行。",
)
ROWS_DISPLACED = EngineRule(
    code="DX007",
    name="rows-displaced",
    severity=Severity.ERROR,
    title="一段金额与科目错行",
    why="粘贴时高了或低了几行，这一段每一行都错，而原因只有一个；移回原位后有关的关系同时成立。",
    example="公开03第 12 行至第 18 行的金额整体下移一行，移回后各级合计与公开01、公开05都相符。",
    remedy="将这一段金额整体移回原位；被覆盖的几格按账面数补填。",
    basis="部门决算公开表内、表间勾稽关系",
    fix_safety="没有数被覆盖时可用 --unsafe-fixes 移回；有数被覆盖时只提示，不修改。",
)
JOINTLY_IMPOSSIBLE = EngineRule(
    code="DX008",
    name="jointly-impossible",
    severity=Severity.WARNING,
    title="各处关系单独看都在尾差以内，合起来不可能同时成立（--joint）",
    why="每处关系各有尾差的余地，但同一格只有一个真实数：几处关系若要求它同时偏大又偏小，其中必有一格有误。",
    example="同样四个数有两处合计，一处比四个数之和多 0.02，另一处少 0.02：各自都在容差 0.025 以内，两处合计却相差 0.04，而四舍五入只能解释 0.01。",
    remedy="核对所列各格的账面数。",
    basis="全部关系与四舍五入区间的联合可行性，结论以整数运算复核",
    fix_safety="只提示，不修改。",
)

RULES = (
    ROUNDING_DIFFERENCE,
    IMPROBABLE_ROUNDING,
    TOTAL_REPEATED,
    ROWS_SHIFTED_06,
    ROWS_SHIFTED_05,
    TABLE_IN_YUAN,
    COLUMNS_SWAPPED,
    ROWS_SWAPPED,
    WRONG_COLUMN,
    STALE_AMOUNTS,
    ROW_ABSENT,
    ROWS_DISPLACED,
    JOINTLY_IMPOSSIBLE,
)
