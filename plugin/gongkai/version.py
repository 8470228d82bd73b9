"""The version of the program, apart from the package itself, which the modules below it need not know."""

from __future__ import annotations

__version__ = "0.1.0"
