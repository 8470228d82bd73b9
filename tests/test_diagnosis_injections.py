"""The mistakes of the diagnosis benchmark are what they say they are, in accounts that were right before."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gongkai_checks.finding import Severity
from gongkai_checks.ledger import Key
from gongkai_workbooks.amounts import WAN_YUAN, format_fen
from gongkai_workbooks.disclosure import Table
from tests.benchmarks.diagnosis.case import alarms, draw
from tests.benchmarks.diagnosis.injection import Injection
from tests.benchmarks.diagnosis.kinds import KINDS, SEVERAL
from tests.benchmarks.diagnosis.original import Original, published, synthetic
from tests.benchmarks.diagnosis.single_cells import SINGLE_CELLS, TYPOS
from tests.benchmarks.diagnosis.slips import SLIPS
from tests.benchmarks.diagnosis.ties import Ties

SEED, MANY = 7, 12


@cache
def originals() -> tuple[Original, ...]:
    return (*published(), *synthetic(SEED, 8))


@cache
def injections(kind: str) -> tuple[Injection, ...]:
    drawn = (draw(kind, number, SEED, originals()) for number in range(MANY))
    return tuple(injection for injection in drawn if injection is not None)


def changed(injection: Injection) -> Iterator[tuple[Key, int, int | None]]:
    """The cells whose printed amount differs, with what they held and what they hold."""
    for number, table in injection.original.disclosure.tables.items():
        before, after = table.amounts, injection.disclosure.tables[number].amounts
        for key in before.keys() | after.keys():
            now = after.get(key)
            if before.get(key) != now and not (key in before and now and before[key].fen == now.fen):
                yield Key(number, *key), injection.original.fen(Key(number, *key)), now.fen if now else None


every_kind = pytest.mark.parametrize("kind", KINDS)


def test_the_accounts_are_right_before() -> None:
    errors = [
        (original.name, finding)
        for original, found in alarms(originals())
        for finding in found
        if finding.severity is Severity.ERROR
    ]
    assert errors == []
    assert [original.name for original in originals() if original.ties.broken({})] == []


@every_kind
def test_a_mistake_changes_what_it_says_and_nothing_else(kind: str) -> None:
    assert len(injections(kind)) == MANY
    for injection in injections(kind):
        found = {key: now for key, _, now in changed(injection)}
        assert found == dict(injection.changes)
        assert found
        if injection.row is None:
            assert injection.disclosure.tables.keys() == injection.original.disclosure.tables.keys()
            cells = {injection.original.disclosure.tables[key.table].place(*key[1:]) for key in found}
            assert cells <= injection.places


@every_kind
def test_the_same_number_is_the_same_case(kind: str) -> None:
    again = [draw(kind, number, SEED, originals()) for number in range(3)]
    assert [dict(one.changes) for one in again if one] == [dict(one.changes) for one in injections(kind)[:3]]
    assert len({repr(sorted(one.changes.items(), key=repr)) for one in injections(kind)}) > MANY // 2


@pytest.mark.parametrize("kind", SINGLE_CELLS)
def test_one_cell_is_one_cell(kind: str) -> None:
    assert {len(injection.changes) for injection in injections(kind)} == {1}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_one_of_the_hand(slip: str) -> None:
    rng = random.Random(slip)
    for fen in (1472_0000, 5_0000, 214_4800_00, 66_700_0000, -37_0000):
        for _ in range(20):
            wrong = SLIPS[slip](fen, WAN_YUAN, rng)
            if not wrong:
                continue
            assert wrong % WAN_YUAN.grain == 0
            before, after = (format_fen(abs(amount), WAN_YUAN).replace(".", "") for amount in (fen, wrong))
            width = max(len(before), len(after))
            unlike = [i for i in range(width) if before.zfill(width)[i] != after.zfill(width)[i]]
            if slip == "sign":
                assert wrong == -fen
            elif slip == "swap":
                first, second = unlike
                assert second == first + 1
                assert sorted(before.zfill(width)) == sorted(after.zfill(width))
            elif slip == "digit":
                assert len(unlike) == 1
            elif slip == "power of ten":
                near = [abs(fen) * 10, abs(fen) * 100, abs(fen) / 10, abs(fen) / 100]
                assert min(abs(abs(wrong) - amount) for amount in near) <= WAN_YUAN.half_width
            else:
                shorter = {before[:i] + before[i + 1 :] for i in range(len(before))}
                assert {after.zfill(3), after.removesuffix("0")} & shorter or len(before) == 3


def test_yuan_is_ten_thousand_times_as_much_or_as_little() -> None:
    for injection in injections("yuan"):
        [(key, before, now)] = changed(injection)
        assert now
        step = injection.original.unit(key.table).half_width
        if injection.original.unit(key.table).fen == 100:
            assert abs(now * 10_000 - before) <= 5_000
        else:
            assert abs(now / 10_000 - before) <= step


def test_a_total_leaves_out_one_of_its_parts() -> None:
    for injection in injections("omitted part"):
        [(key, before, now)] = changed(injection)
        assert now is not None
        table = injection.original.disclosure.tables[key.table]
        assert before - now in {amount.fen for amount in table.amounts.values()}


def test_a_copied_amount_stands_next_to_it() -> None:
    for injection in injections("copied neighbour"):
        [(key, _, now)] = changed(injection)
        cell = injection.original.disclosure.tables[key.table].place(key.item, key.column)
        assert cell is not None
        same = [place for place, other in injection.original.keys.items() if injection.original.fen(other) == now]
        assert any(
            place.sheet == cell.sheet and (place.row == cell.row or place.column == cell.column) for place in same
        )


def test_a_missing_row_is_gone_and_the_rows_below_it_moved_up() -> None:
    for injection in injections("missing row"):
        assert injection.row is not None
        before = injection.original.disclosure.tables[injection.row.table]
        after = injection.disclosure.tables[injection.row.table]
        assert list(after.items) == [key for key in before.items if key != injection.row.item]
        rows = sorted(item.row for item in before.items.values())
        assert sorted(item.row for item in after.items.values()) == rows[:-1]
        assert all(amount.cell == after.place(*key) for key, amount in after.amounts.items())


def test_a_stale_chain_is_consistent_within_its_table() -> None:
    for injection in injections("stale chain"):
        broken = injection.original.ties.broken(injection.changes)
        assert [tie for tie in broken if tie.within_a_table] == []
        off = {(now or 0) - before for _, before, now in changed(injection)}
        assert len(off) == 1


@pytest.mark.parametrize("kind", ["wrong column", "wrong column throughout"])
def test_an_amount_in_the_wrong_column_stays_in_its_line(kind: str) -> None:
    for injection in injections(kind):
        lines: dict[tuple[str, str], int] = {}
        for key, before, now in changed(injection):
            lines[key.table, key.item] = lines.get((key.table, key.item), 0) + (now or 0) - before
        assert set(lines.values()) == {0}
        assert (len(lines) == 1) == (kind == "wrong column")


def test_a_shifted_block_keeps_its_amounts_in_order() -> None:
    for injection in injections("shifted block"):
        [number] = {key.table for key in injection.changes}
        before, after = injection.original.disclosure.tables[number], injection.disclosure.tables[number]
        rows = sorted(before.items, key=lambda item: before.items[item].row)
        for column in before.columns:
            old, new = ([printed_fen(table, row, column) for row in rows] for table in (before, after))
            wrong = [i for i in range(len(rows)) if old[i] != new[i] and new[i]]
            assert any(
                all(0 <= i - step < len(rows) and old[i - step] == new[i] for i in wrong)
                for step in (-3, -2, -1, 1, 2, 3)
            )


def printed_fen(table: Table, item: str, column: str) -> int:
    amount = table.amounts.get((item, column))
    return amount.fen if amount else 0


@pytest.mark.parametrize("kind", ["swapped rows", "swapped columns"])
def test_what_is_swapped_holds_the_same_amounts(kind: str) -> None:
    for injection in injections(kind):
        places = {key.item if kind == "swapped rows" else key.column for key in injection.changes}
        assert len(places) == 2
        befores = sorted(before for _, before, _ in changed(injection))
        assert befores == sorted(now or 0 for _, _, now in changed(injection))


def test_a_table_in_yuan_is_so_throughout() -> None:
    for injection in injections("table in yuan"):
        [number] = {key.table for key in injection.changes}
        table = injection.original.disclosure.tables[number]
        assert all(abs((now or 0) - 10_000 * before) <= 10_000 * 5_000 for _, before, now in changed(injection))
        nonzero = {Key(number, *key) for key, amount in table.amounts.items() if amount.fen}
        assert nonzero <= injection.changes.keys()


def test_a_class_total_is_repeated_below_the_class() -> None:
    for injection in injections("total repeated"):
        [(key, _, now)] = changed(injection)
        assert key.table == "06"
        assert len(key.item) == 5
        assert now == injection.original.fen(Key("06", key.item[:3], key.column))


@pytest.mark.parametrize(("kind", "count"), [("two errors", 2), ("three errors", 3), ("five errors", 5)])
def test_each_of_several_mistakes_shows_by_itself(kind: str, count: int) -> None:
    for injection in injections(kind):
        assert len(injection.changes) == count
        for key, fen in injection.changes.items():
            assert injection.original.ties.broken({key: fen})


@pytest.mark.parametrize("kind", [*TYPOS, "blank", "swapped rows", "shifted block", *SEVERAL])
def test_the_interval_test_is_the_same_on_the_damaged_accounts(kind: str) -> None:
    """What the changes break is what is broken in accounts that are read with the changes in them."""
    for injection in injections(kind):
        told = {(tie.code, tie.keys) for tie in injection.original.ties.broken(injection.changes)}
        read = {(tie.code, tie.keys) for tie in Ties(injection.disclosure).broken({})}
        assert told <= read


def test_the_benchmark_knows_nothing_of_the_inside_of_diagnosis() -> None:
    files = list((Path(__file__).parent / "benchmarks" / "diagnosis").glob("*.py"))
    assert len(files) > 10
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            named += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not any(name.startswith("gongkai_checks.diagnosis") for name in named), file.name
