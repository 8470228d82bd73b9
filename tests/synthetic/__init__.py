"""Synthetic published accounts: seeded, and consistent by construction.

``make_accounts(Shape(...))`` draws the true amounts, ``publish`` makes figures of them, ``to_grids`` and ``to_workbook`` print them. True amounts
tie out exactly in 分; printed ones are each rounded by itself, as in reality, and may miss a printed total by a rounding difference.
"""

from __future__ import annotations

from .accounts import Accounts, Flow, ItemAccount, OtherMoney, make_accounts
from .publication import lay_out_accounts, publish, to_grids, to_workbook
from .shape import Fund, Shape
from .truth import true_amounts

__all__ = [
    "Accounts",
    "Flow",
    "Fund",
    "ItemAccount",
    "OtherMoney",
    "Shape",
    "lay_out_accounts",
    "make_accounts",
    "publish",
    "to_grids",
    "to_workbook",
    "true_amounts",
]
