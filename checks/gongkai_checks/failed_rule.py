"""What is said of a rule that raised an error while it ran: its code and what to do, and apart from them what Python said."""

from __future__ import annotations

from .finding import NotChecked

CODE = "WB901"
LONGEST_DETAIL = 300


def failed_rule(code: str, error: Exception) -> NotChecked:
    """The run is then not to be trusted whole; what the rule found before it failed stands."""
    detail = " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST_DETAIL]
    reason = f"规则 {code} 运行出错，请升级提供它的插件；仍出错的，把 --verbose 的输出发给规则的作者"
    return NotChecked(code=CODE, reason=reason, detail=detail)
