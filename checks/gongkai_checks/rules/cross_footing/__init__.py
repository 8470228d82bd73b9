"""表内勾稽: the equations within one sheet, one file a sheet."""

from __future__ import annotations

from gongkai_checks.equations import Equation

from . import sheet01, sheet02, sheet03, sheet04, sheet05, sheet06, sheet07, sheet08, sheet09

EQUATIONS: tuple[Equation, ...] = (
    *sheet01.EQUATIONS,
    *sheet02.EQUATIONS,
    *sheet03.EQUATIONS,
    *sheet04.EQUATIONS,
    *sheet05.EQUATIONS,
    *sheet06.EQUATIONS,
    *sheet07.EQUATIONS,
    *sheet08.EQUATIONS,
    *sheet09.EQUATIONS,
)
