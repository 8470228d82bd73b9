"""What is said where a search was broken off: what was found stands, but the run is not to be trusted whole, and never looks clean."""

from __future__ import annotations

from .finding import NotChecked

CODE = "WB902"


def overdue() -> NotChecked:
    """The computer is so slow that the last resort against waiting for ever has come before the search was over."""
    return NotChecked(
        code=CODE,
        reason="错误原因未能查完：这台电脑这时太慢，所列的原因和改法可能不全；请关闭其他程序后重新校验",
    )


def joint_search() -> NotChecked:
    """The effort that was allowed did not suffice to hold all relations together."""
    return NotChecked(
        code=CODE,
        reason="联合校验（--joint）未能算完：工作量到了上限，没有列出不等于没有问题；可用 --time-limit 放宽后重新校验",
    )
