"""The macro that speaks to the helper, put into the dialect of Windows Script and carried out with WinHttp as wine has it.

Windows Script knows no types and no labels. What the macro reads from a file is given to it.
"""

from __future__ import annotations

import re
from pathlib import Path

from gongkai.helper.papers import Papers
from gongkai_addins.excel.add_in import macro_sources

from .pc import Pc

PROCEDURES = ("Send", "Field", "ValuePlace", "StringAt")
REQUESTS = """
Dim reply, status
status = Send("GET", "/v1/status", "", reply)
WScript.Echo "status=" & status & " " & Field(reply, "state")
status = Send("POST", "/v1/no_such_action", "{}", reply)
WScript.Echo "unknown=" & status & " " & Len(Field(reply, "error"))
status = Send("POST", "/v1/explain_rule", "{""code"":""XF301""}", reply)
WScript.Echo "action=" & status & " " & Field(reply, "number")
"""


def script(paper: str, requests: str) -> str:
    """The procedures in the dialect of Windows Script, and the requests."""
    source = "\n".join(macro_sources().values())
    lines = ["Const DIRECT = 1"]
    for name in PROCEDURES:
        found = re.search(
            rf"^(?:Public|Private) (Function {name}\(.*?^End Function)$", source, re.MULTILINE | re.DOTALL
        )
        assert found is not None, name
        text = re.sub(r" As (String|Long|Object|Integer)\b", "", found[1])
        text = text.replace("On Error GoTo nobody", "On Error Resume Next").replace("\nnobody:", "")
        lines.append(re.sub(r"( *Case [^:\n]*): *(.*)", r"\1\n\2", text))
    lines.append('Function HelperFile()\n  HelperFile = "' + paper.replace('"', '""') + '"\nEnd Function')
    return "\n".join([*lines, requests]).replace("\n", "\r\n")


def said_by_macro(pc: Pc, folder: Path, papers: Papers, requests: str = REQUESTS) -> list[str]:
    """What the macro has to say of the answers to some requests."""
    path = folder / "requests.vbs"
    text = '{"port": %d, "token": "%s", "pid": %d}'  # as the helper writes helper.json
    path.write_text(script(text % (papers.port, papers.token, papers.pid), requests), newline="")
    return [line.rstrip() for line in pc.begin("cscript", "//nologo", pc.named(path)).wait().text.splitlines()]
