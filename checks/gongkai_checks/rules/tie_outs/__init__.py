"""表间勾稽: the equations between sheets, one file for the sheet they are anchored at."""

from __future__ import annotations

from gongkai_checks.equations import Equation

from . import sheet01, sheet02, sheet03, sheet04, sheet05, sheet06

EQUATIONS: tuple[Equation, ...] = (
    *sheet01.EQUATIONS,
    *sheet02.EQUATIONS,
    *sheet03.EQUATIONS,
    *sheet04.EQUATIONS,
    *sheet05.EQUATIONS,
    *sheet06.EQUATIONS,
)
