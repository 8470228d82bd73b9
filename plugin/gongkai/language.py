"""The language of the program's own sentences. What the packages below say is Chinese, and is turned where it is shown (``in_english``)."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Literal

LanguageName = Literal["zh", "en"]
VARIABLE = "GONGKAI_LANGUAGE"


class Words:
    """Picks the language: ``words("文件", "file")``. Both stand side by side where they are used, so that neither is forgotten."""

    def __init__(self, language: LanguageName = "zh") -> None:
        self.language: LanguageName = language

    def __call__(self, zh: str, en: str) -> str:
        """The Chinese or the English text."""
        return zh if self.language == "zh" else en

    def error(self, text: str) -> str:
        """The text of an error, or why a cell was left alone, which the packages below give in Chinese."""
        if self.language == "zh":
            return text
        from gongkai_checks.english import english as of_checks
        from gongkai_workbooks.english import english as of_workbooks

        return of_workbooks(text) or of_checks(text) or text


def language_of(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> LanguageName:
    """The language asked for, before the command line is parsed: help and errors of the parser need it.

    ``--language`` decides, else the variable GONGKAI_LANGUAGE, else Chinese; an unknown name is left for the parser to refuse.
    """
    environment = os.environ if environment is None else environment
    asked = environment.get(VARIABLE, "")
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith("--language="):
            asked = argument.partition("=")[2]
        elif argument == "--language" and place + 1 < len(arguments):
            asked = arguments[place + 1]
    return "en" if asked.strip().lower().startswith("en") else "zh"
