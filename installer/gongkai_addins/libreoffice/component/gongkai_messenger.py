"""The component that does the helper's errands in LibreOffice's own process, where a call takes microseconds.

Runs in LibreOffice's own Python, 3.8 or later. ``gongkai_errands`` is a copy of ``gongkai_workbooks.libreoffice.errands``.
"""

# mypy: disable-error-code="misc, no-untyped-call, import-not-found"
# ruff: noqa: N802
from __future__ import annotations

from typing import Any

import unohelper
from com.sun.star.lang import XServiceInfo
from com.sun.star.task import XJob
from gongkai_bridge import bridge_name
from gongkai_errands.calling import do
from gongkai_errands.digest import digest
from gongkai_errands.document import Document

IMPLEMENTATION = "gongkai.Errands"

DIGEST = digest()
"""Of what was loaded: the files may be replaced while LibreOffice runs."""


class Errands(unohelper.Base, XJob, XServiceInfo):
    """Does errands."""

    def __init__(self, context: Any, *arguments: Any) -> None:
        self.context = context

    def execute(self, arguments: tuple[Any, ...]) -> Any:
        """Do the ``errand`` on the ``document`` with the ``arguments``, as JSON.

        Asked with a ``digest``, tell whether it is that of these errands; asked for the ``bridge``, its name.
        """
        named = {each.Name: each.Value for each in arguments}
        if "digest" in named:
            return bool(named["digest"] == DIGEST)
        if "bridge" in named:
            return bridge_name(self.context)
        return do(named["errand"], Document(named["document"]), named["arguments"])

    def getImplementationName(self) -> str:
        """The name of this class in LibreOffice."""
        return IMPLEMENTATION

    def supportsService(self, name: str) -> bool:
        """What this class is good for."""
        return name == IMPLEMENTATION

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        """What this class is good for."""
        return (IMPLEMENTATION,)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 (LibreOffice looks for this name)
g_ImplementationHelper.addImplementation(Errands, IMPLEMENTATION, (IMPLEMENTATION,))
