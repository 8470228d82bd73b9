"""Conditions of equations, tried on schematic accounts: some never hold, some fail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gongkai_checks.equations import Condition, Equation

from .schematic import Account, Schematic

MOST_REASONS = 2


class Conditions:
    """Tries every condition on every account to which the tables of one of its equations apply.

    ``accounts`` are those to hold equations against: the schematic ones and, for a condition that holds in none of them, an odd one in
    which it does. ``faults`` says in Chinese what is wrong with a condition.
    """

    def __init__(self, equations: Iterable[Equation], schematic: Schematic) -> None:
        self.accounts = list(schematic.accounts)
        self.faults: dict[Condition, str] = {}
        users: dict[Condition, list[Equation]] = {}
        for equation in equations:
            if equation.when is not None:
                users.setdefault(equation.when, []).append(replace(equation, when=None))
        odd = list(schematic.odd()) if users else []
        for condition, without in users.items():
            fault = self._fault(condition, without, odd)
            if fault:
                self.faults[condition] = f"适用条件 {getattr(condition, '__name__', repr(condition))} {fault}"

    def _fault(self, condition: Condition, without: Sequence[Equation], odd: Sequence[Account]) -> str:
        reasons: dict[str, None] = {}
        holding: list[Account] = []
        tried = [*self.accounts, *(account for account in odd if account not in self.accounts)]
        for account in tried:
            if all(account.ledger.inapplicable(equation) for equation in without):
                continue
            try:
                answer: object = condition(account.disclosure)
            except Exception as error:  # a plugin's own code
                return f"在示意账“{account.name}”上出错（{type(error).__name__}: {error}），真遇到这样的账时无法校验"
            if not isinstance(answer, str):
                return f"应返回文字（适用时为空，不适用时为原因），实际返回 {answer!r}"
            if answer:
                reasons[answer] = None
            else:
                holding.append(account)
        if not holding:
            return f"在 {len(tried)} 套示意账上都不成立（{'；'.join(list(reasons)[:MOST_REASONS])}）"
        if holding[0] not in self.accounts:
            self.accounts.append(holding[0])
        return ""
