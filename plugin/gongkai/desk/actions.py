"""The actions by name: the only things that a button, a toolbar or the window can ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType

from gongkai.crash import write_log
from gongkai_workbooks.errors import WorkbookError
from gongkai_workbooks.live.busy import BusyError

from .answer import Answer
from .buttons import greyed, note_journals, pressed
from .checking import check_sheet, check_workbook
from .correcting import fix_safe, fix_selected
from .desk import Desk
from .explaining import doctor, explain_rule, settings
from .folder import check_folder
from .listing import list_workbooks
from .open_workbook import OpenWorkbook
from .request import Request
from .showing import errors_only, show_marks
from .taking_back import clear_marks, interrupted_sentence, open_records, undo_last
from .visit import CancelledError, Visit, refused
from .walking import next_finding, previous_finding, show_finding, show_results

LONGEST_STATUS = 240


@dataclass(frozen=True, slots=True)
class Action:
    """One button: what it is called, and what it does to a workbook (``visit``) or without one (``alone``)."""

    label: str
    visit: Callable[[Visit], Answer] | None = None
    alone: Callable[[Desk, Request, str], Answer] | None = None


ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        "check_workbook": Action("检查当前工作簿", check_workbook),
        "check_sheet": Action("检查本表", check_sheet),
        "previous_finding": Action("上一个", previous_finding),
        "next_finding": Action("下一个", next_finding),
        "show_finding": Action("转到", show_finding),
        "show_results": Action("结果清单", show_results),
        "errors_only": Action("只看错误", errors_only),
        "fix_selected": Action("修正所选", fix_selected),
        "fix_safe": Action("修正全部安全项", fix_safe),
        "undo_last": Action("撤销上次修正", undo_last),
        "show_marks": Action("显示标记", show_marks),
        "clear_marks": Action("清除全部标记", clear_marks),
        "check_folder": Action("批量检查文件夹…", alone=lambda desk, request, _: check_folder(desk, request)),
        "explain_rule": Action("规则说明", alone=explain_rule),
        "list_workbooks": Action("刷新", alone=lambda desk, _, __: list_workbooks(desk)),
        "settings": Action("设置", alone=lambda desk, request, _: settings(desk, request)),
        "doctor": Action("诊断", alone=lambda desk, _, __: doctor(desk)),
    }
)


def perform(name: str, desk: Desk, request: Request, connect: Callable[[Request], OpenWorkbook]) -> Answer:
    """Do what one button asks for and say what became of it; nothing is raised, whatever happens.

    ``connect`` finds the workbook of the request and raises ``WorkbookError`` when it is not there.
    """
    action = ACTIONS[name]
    workbook: OpenWorkbook | None = None
    key = key_of(request)
    try:
        desk.reload()
        desk.writing = False
        if action.visit is None:
            assert action.alone is not None
            answer = action.alone(desk, request, key)
        else:
            workbook = connect(request)
            answer = _visited(action.visit, name, Visit(desk, workbook, key, request))
    except CancelledError as error:
        answer = replace(Answer(sentence=str(error)), outcome="cancelled")
    except WorkbookError as error:
        if not isinstance(error, BusyError):  # a cell is being edited: the next click finds all as it was
            desk.forget(key)
        answer = replace(Answer(sentence=str(error)), outcome="failed")
    except Exception as error:  # whatever happens, the person is told, and the next click works
        desk.forget(key)
        answer = replace(Answer(sentence=_crash(error)), outcome="failed")
    answer = replace(answer, action=name, workbook=workbook.name if workbook is not None else "")
    if workbook is not None:
        desk.rest()
        with suppress(Exception):  # a program that was closed meanwhile has no status bar
            workbook.status(answer.sentence[:LONGEST_STATUS])
            desk.speaking = workbook
    return answer


def _visited(action: Callable[[Visit], Answer], name: str, visit: Visit) -> Answer:
    interrupted = interrupted_sentence(open_records(visit))
    if interrupted and name in ("fix_selected", "fix_safe"):
        answer = refused("")  # what was interrupted is said before it
    else:
        answer = action(visit)
        note_journals(visit, name)
    standing = visit.desk.standing(visit.key)
    answer = replace(answer, greyed=greyed(standing), pressed=pressed(standing, visit.desk.preferences.errors_only))
    return answer if name == "undo_last" else answer.preceded_by(interrupted)


def key_of(request: Request) -> str:
    """What the workbook of a request is known by: its full name; one that was never saved also by where it is open."""
    place = ""
    if "/" not in request.workbook and "\\" not in request.workbook:
        place = ",".join(f"{name}={request.locator[name]}" for name in ("hwnd", "document") if name in request.locator)
    return f"{request.application}:{place}{':' if place else ''}{request.workbook}"


def _crash(error: Exception) -> str:
    log = write_log(error)
    where = f"详情已写入 {log}，请把该文件发给维护人员" if log is not None else "且无法写出详情"
    return f"程序内部出错（{type(error).__name__}），{where}；请再校验一次，若数被改动，可用“撤销上次修正”恢复。"
