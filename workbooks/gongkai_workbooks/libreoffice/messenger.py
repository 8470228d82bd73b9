"""Errands sent to where they take least time: into LibreOffice's own process, if our extension is there."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from gongkai_workbooks.errors import WorkbookError

from .errands.calling import do
from .errands.digest import digest
from .errands.document import Document
from .way import Way

SERVICE = "gongkai.Errands"
"""The part of our extension that does errands."""


class Messenger:
    """Sends errands to one LibreOffice."""

    def __init__(self, way: Way) -> None:
        self._way = way

    @cached_property
    def _inside(self) -> Any:
        """What does errands inside LibreOffice; None without the extension, and with one whose errands are others than ours."""
        context = self._way.context
        try:
            job = context.ServiceManager.createInstanceWithContext(SERVICE, context)
            same = job is not None and job.execute((self._named("digest", digest()),))
        except ConnectionError:  # it is gone, and nothing is known of its extension
            raise
        except Exception:  # its Python does not take our extension; over UNO one that is gone says so at the errand
            return None
        return job if same else None

    def _named(self, name: str, value: Any) -> Any:
        return self._way.struct("com.sun.star.beans.NamedValue", Name=name, Value=value)

    @property
    def is_inside(self) -> bool:
        """Whether errands are done inside LibreOffice."""
        return self._inside is not None

    def send(self, errand: str, document: Document, *arguments: object) -> Any:
        """Do an errand on a document; what it gives is made of lists and the like. Raises what LibreOffice raises."""
        text = json.dumps(arguments)
        if self._inside is None:
            if self._way.needs_extension:
                raise WorkbookError(
                    "LibreOffice 里的扩展与检查助手的版本不同。请在“工具 → 扩展管理器”里重新安装随本程序提供的 gongkai.oxt，再重新打开 LibreOffice。"
                )
            return json.loads(do(errand, document, text))
        named = (
            self._named("errand", errand),
            self._named("document", document.native),
            self._named("arguments", text),
        )
        return json.loads(self._inside.execute(named))
