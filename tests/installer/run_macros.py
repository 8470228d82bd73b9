"""Run by a Python that has ``uno``: opens an add-in in the LibreOffice behind a pipe, runs the functions without arguments of a module put beside its macros, prints what they return as JSON.

Arguments: name of the pipe, path of the add-in. The module's text is read from the standard input.
"""

from __future__ import annotations

import json
import re
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

FILTER = "Calc MS Excel 2007 VBA XML"
RUN_MACROS = 4


def option(name: str, value: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connected(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.1)
    raise SystemExit("no LibreOffice")


def main() -> None:
    pipe, path = sys.argv[1:]
    module = sys.stdin.read()
    context = connected(pipe)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    options = (option("FilterName", FILTER), option("MacroExecutionMode", RUN_MACROS))
    book = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, options)
    library = book.BasicLibraries.getByName("Gongkai")
    found = {"sheets": book.Sheets.ElementNames, "modules": library.ElementNames}
    library.insertByName("Probe", f"Option VBASupport 1\n{module}")
    provider = book.getScriptProvider()
    for name in re.findall(r"^Function (\w+)\(\)", module, re.MULTILINE):
        script = provider.getScript(f"vnd.sun.star.script:Gongkai.Probe.{name}?language=Basic&location=document")
        found[name] = script.invoke((), (), ())[0]
    print(json.dumps(found))
    book.close(True)
    desktop.terminate()


main()
