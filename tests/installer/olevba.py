"""oletools' reader of macros. It calls functions that its own parser library has deprecated, which is no fault of what is tested here."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from oletools.olevba import VBA_Parser, decompress_stream

__all__ = ["decompress_stream", "extracted_macros"]


def extracted_macros(name: str, data: bytes) -> dict[str, str]:
    """Module file name -> source, of all macros in the file ``name`` with the content ``data``."""
    parser = VBA_Parser(name, data=data)
    try:
        return {str(module): str(code) for _, _, module, code in parser.extract_macros()}
    finally:
        parser.close()
