"""Hypothesis strategies for synthetic accounts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .synthetic import Accounts, Fund, Shape, make_accounts


def shapes(*, max_items: int = 30, **fixed: Any) -> st.SearchStrategy[Shape]:
    """Shapes of every kind; ``fixed`` are parameters of ``Shape`` that stay as given."""
    free: dict[str, st.SearchStrategy[Any]] = {
        "seed": st.integers(0, 2**32 - 1),
        "items": st.integers(1, max_items),
        "form": st.sampled_from(["national", "shanghai"]),
        "amount_unit": st.sampled_from(["万元", "元"]),
        "funds": st.sets(st.sampled_from(list(Fund)), min_size=1).map(frozenset),
        "other_money": st.booleans(),
        "carry_over": st.booleans(),
        "three_public": st.booleans(),
        "zeros": st.sampled_from(["blank", "printed"]),
        "code_cells": st.sampled_from([None, "merged", "one", "three"]),
        "total_place": st.sampled_from([None, "first", "last"]),
    }
    return st.builds(Shape, **{**free, **{name: st.just(value) for name, value in fixed.items()}})


def accounts(*, max_items: int = 30, **fixed: Any) -> st.SearchStrategy[Accounts]:
    """Consistent accounts of every kind; see ``shapes``."""
    return shapes(max_items=max_items, **fixed).map(make_accounts)
