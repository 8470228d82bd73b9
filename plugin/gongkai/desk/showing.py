"""只看错误 and 显示标记: what is before the user's eyes; neither changes what was found."""

from __future__ import annotations

from dataclasses import replace

from .answer import Answer
from .buttons import none_left
from .marking import mark
from .preferences import PreferencesError, save_preferences
from .visit import Visit, refused


def errors_only(visit: Visit) -> Answer:
    """Walk through and list the errors alone, or everything again; the choice is kept in the settings. Raises ``WorkbookError``."""
    desk = visit.desk
    pressed = visit.request.pressed
    wanted = not desk.preferences.errors_only if pressed is None else pressed
    try:
        save_preferences(replace(desk.preferences, errors_only=wanted), desk.preferences_file)
    except (OSError, PreferencesError):
        return refused(f"设置没有改动：无法写入 {desk.preferences_file}。")
    desk.reload()
    standing = visit.standing()
    standing.errors_only = wanted
    standing.visited = None
    if not wanted:
        return visit.answer("已恢复查看全部问题：错误、警告和提示。", standing)
    rest = len(standing.findings()) - len(standing.shown())
    what = f"只看错误，共 {len(standing.shown())} 项" if standing.shown() else none_left(standing).rstrip("。")
    hidden = f"；另有 {rest} 项警告和提示不列出，标记和结果清单不变" if rest and standing.shown() else ""
    return visit.answer(f"{what}{hidden}。", standing)


def show_marks(visit: Visit) -> Answer:
    """Take colours and notes off the cells while the list stays, or put them back. Raises ``WorkbookError``."""
    from .buttons import note_journals

    standing = visit.settled(visit.examine(visit.read()))
    note_journals(visit, "show_marks")
    pressed = visit.request.pressed
    if pressed is False and not standing.marks_shown:
        return visit.answer("单元格上没有标记。", standing)
    standing.marks_hidden = bool(standing.marks_shown) if pressed is None else not pressed
    visit.say("正在隐藏标记…" if standing.marks_hidden else "正在显示标记…")
    visit.last_way_out()
    with visit.workbook.quiet():
        left = mark(visit, standing.report, standing.replies)
    if standing.marks_hidden:
        sentence = "标记已隐藏，单元格恢复原来的样子；结果清单保留。再点一次“显示标记”即重新标出。"
    elif not standing.report.findings:
        sentence = "没有问题，不需要标记。"
    else:
        sentence = "标记已显示。"
    reasons = "".join(f"未能处理 {refusal.cell}：{refusal.reason}。" for refusal in left[:1])
    return visit.answer(sentence + reasons, standing)
