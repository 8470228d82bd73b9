"""What is called safe is right: cases of the benchmark, on seeds beside its own, in which it once was not."""

from __future__ import annotations

import pytest

from gongkai_checks.options import Options
from gongkai_checks.run import check
from tests.benchmarks.diagnosis.case import draw
from tests.benchmarks.diagnosis.original import published, synthetic
from tests.benchmarks.diagnosis.outcome import judge

from .published import REGISTRY


@pytest.mark.parametrize(
    ("seed", "kind", "number"),
    [
        # One sum fails by a step too many, and one digit of a total that is right would mend it: a line and its totals were old.
        (2024, "stale chain", 19),
        (424242, "stale chain", 9),
        # Two sums are a step apart, and the one copy is of a relation that need not hold.
        (1005, "power of ten", 10),
        # A total was left blank because its line moved away; the parts that stand there belong to other lines.
        (1006, "shifted block", 32),
        # 1.00 is ten times 0.10, and was 0.11 before its neighbour was copied over it: three steps may be right, and one digit proves nothing.
        (11, "copied neighbour", 55),
    ],
)
def test_no_wrong_amount_is_written_without_a_question(seed: int, kind: str, number: int) -> None:
    injection = draw(kind, number, seed, list(synthetic(seed)), published())
    assert injection is not None
    [result] = check([injection.disclosure], REGISTRY, Options())
    outcome = judge(injection, result.findings)
    assert outcome.detected
    assert outcome.wrong_safe == 0
