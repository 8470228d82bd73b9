"""``python -m tests.benchmarks [NAME …]``: run the benchmarks and print their tables."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType

from . import batch, click, helper, memory, single, stages, write_back
from .bench import Bench
from .corpus import Corpus

BENCHMARKS: MappingProxyType[str, Callable[[Bench], str]] = MappingProxyType(
    {
        "batch": batch.run,
        "stages": stages.run,
        "single": single.run,
        "helper": helper.run,
        "click": click.run,
        "write_back": write_back.run,
        "memory": memory.run,
    }
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line names, and print one table each."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHMARKS)}; default: all")
    parser.add_argument("--files", type=int, default=200, help="workbooks of the batch (%(default)s)")
    parser.add_argument("--pairs", type=int, default=7, help="how often each pair is measured (%(default)s)")
    parser.add_argument("--corpus", type=Path, help="folder to keep the workbooks in (default: a temporary one)")
    options = parser.parse_args(arguments)
    for name in options.names:
        if name not in BENCHMARKS:
            parser.error(f"{name} is none of {', '.join(BENCHMARKS)}")
    if options.files < 1 or options.pairs < 1:
        parser.error("--files and --pairs are at least 1")
    with tempfile.TemporaryDirectory(prefix="gongkai-benchmarks-") as folder:
        scratch = Path(folder)
        corpus = Corpus(options.corpus or scratch / "corpus")
        bench = Bench(corpus=corpus, files=options.files, pairs=options.pairs, scratch=scratch)
        for name in options.names or BENCHMARKS:
            print(f"## {name}\n", flush=True)
            print(BENCHMARKS[name](bench), end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
