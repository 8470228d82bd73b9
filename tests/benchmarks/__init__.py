"""Benchmarks: ratios that are measured side by side in one run and printed as tables. ``python -m tests.benchmarks --help``.

They are no tests: nothing here fails because a machine is slow. ``docs/benchmarks.md`` keeps the tables of one run.
"""
