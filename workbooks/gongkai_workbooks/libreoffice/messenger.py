"""Errands sent to where they take least time: into LibreOffice's own process, if our extension is there."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cached_property
from typing import Any

from .errands.calling import do
from .errands.digest import digest
from .errands.document import Document
from .struct import named_value

SERVICE = "gongkai.Errands"
"""The part of our extension that does errands."""


class Messenger:
    """Sends errands to one LibreOffice."""

    def __init__(self, context: Any) -> None:
        self._context = context

    @cached_property
    def _inside(self) -> Any:
        """What does errands inside LibreOffice; None without the extension, and with one whose errands are others than ours."""
        with suppress(
            Exception
        ):  # a LibreOffice whose Python does not take our extension; one that is gone says so at the errand
            job = self._context.ServiceManager.createInstanceWithContext(SERVICE, self._context)
            if job is not None and job.execute((named_value("digest", digest()),)):
                return job
        return None

    @property
    def is_inside(self) -> bool:
        """Whether errands are done inside LibreOffice."""
        return self._inside is not None

    def send(self, errand: str, document: Document, *arguments: object) -> Any:
        """Do an errand on a document; what it gives is made of lists and the like. Raises what LibreOffice raises."""
        text = json.dumps(arguments)
        if self._inside is None:
            return json.loads(do(errand, document, text))
        named = (
            named_value("errand", errand),
            named_value("document", document.native),
            named_value("arguments", text),
        )
        return json.loads(self._inside.execute(named))
