"""``python -m tests.benchmarks.diagnosis``: put mistakes into correct accounts, and say how many are found."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai_checks.finding import Severity
from gongkai_workbooks.errors import WorkbookError

from .bars import bar_table, bars
from .case import CASES, CORRECT, SEED, alarms, run
from .kinds import KINDS
from .original import Original, of_files, published, synthetic
from .table import by_kind
from .times import machine, time_table
from .worst import worst


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.diagnosis", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES, help="cases of each kind (%(default)s)")
    parser.add_argument(
        "--seed", type=int, default=SEED, help="another seed draws other accounts and other mistakes (%(default)s)"
    )
    parser.add_argument("--kind", action="append", choices=list(KINDS), help="only this kind; may be given again")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list so many of the cases that went wrong")
    parser.add_argument(
        "--case", type=int, metavar="NUMBER", help="only this number of each kind, with all that is told of it"
    )
    parser.add_argument("--workbooks", nargs="+", type=Path, metavar="FILE", help="put the mistakes into these instead")
    options = parser.parse_args(arguments)
    others: list[Original] = []
    if options.workbooks:
        try:
            originals = _sound(of_files(options.workbooks))
        except WorkbookError as error:
            parser.error(str(error))
    else:
        originals, others = list(synthetic(options.seed)), published()
    if not originals:
        parser.error("none of these workbooks is free of errors")
    numbers = range(options.cases) if options.case is None else [options.case]
    cases = list(run(options.kind or KINDS, numbers, options.seed, originals, others))
    print(by_kind(cases), end="\n\n")
    if not (options.kind or options.workbooks or options.case is not None):
        raised = list(alarms(synthetic(options.seed, CORRECT)))
        print(bar_table(bars(cases, CORRECT, len(raised))), end="\n\n")
    print(machine(), time_table(cases), sep="\n\n")
    if options.worst or options.case is not None:
        print()
        print(worst(cases, options.worst or len(cases), every=options.case is not None))
    return 0


def _sound(originals: list[Original]) -> list[Original]:
    """Those without an error of their own; the others are named and left out."""
    wrong = {original.name for original, found in alarms(originals) if any(f.severity is Severity.ERROR for f in found)}
    for name in sorted(wrong):
        print(f"{name}: left out, it has an error of its own", file=sys.stderr)
    return [original for original in originals if original.name not in wrong]


if __name__ == "__main__":
    sys.exit(main())
