"""Runs the command that it is given and prints the KiB that it held at most. A program of its own, so that it stays small."""

from __future__ import annotations

import os
import resource
import sys

command = sys.argv[1:]
status = os.spawnv(os.P_WAIT, command[0], command)
if status:
    sys.exit(f"the command ended with {status}")
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(peak // 1024 if sys.platform == "darwin" else peak)
