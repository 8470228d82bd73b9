"""What the rules say, in English: their statements and cures, and the messages of findings. Chinese is what they are written in."""

from __future__ import annotations

from .sentences import english
from .statements import cure, cure_of, formula, safety, statement, why

__all__ = ["cure", "cure_of", "english", "formula", "safety", "statement", "why"]
