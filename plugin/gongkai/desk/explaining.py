"""规则说明, 设置 and 诊断: what concerns no single cell."""

from __future__ import annotations

from gongkai.console import clean
from gongkai.rule_pages import sections
from gongkai_checks.finding import Finding
from gongkai_workbooks.cells import CellRef, parse_a1
from gongkai_workbooks.user_folders import write_private

from .answer import Answer
from .desk import Desk
from .preferences import PreferencesError, changed, save_preferences
from .request import Request
from .standing import at_cell
from .visit import refused

DIAGNOSIS = "诊断.txt"


def explain_rule(desk: Desk, request: Request, key: str) -> Answer:
    """Explain the rule that is named, else that of the selected cell, else that of the finding at which the walk stands."""
    code = request.code or _code_at(desk, request, key)
    if not code:
        return refused("请先选中有问题的单元格，或点“下一个”，再看规则说明。")
    rule = desk.session.registry.by_code.get(code)
    if rule is None:
        return refused(f"没有规则“{code}”；用 gongkai rules 查看全部规则。")
    details = [f"{heading}：{clean(text)}" for heading, text in sections(rule).items() if text.strip()]
    return Answer(sentence=f"{rule.code} {rule.title}。", details=tuple(details))


def _code_at(desk: Desk, request: Request, key: str) -> str:
    standing = desk.standing(key)
    if standing is None:
        return ""
    found: list[Finding] = []
    if request.sheet and request.cell:
        found = at_cell(standing.report.findings, CellRef(request.sheet, *parse_a1(request.cell)))
    if not found and standing.visited is not None:
        found = [each for each in standing.report.findings if standing.place_of(each) == standing.visited]
    return found[0].code if found else ""


def settings(desk: Desk, request: Request) -> Answer:
    """Say what the settings are, after changing those that the request names."""
    if request.settings:
        codes = [rule.code for rule in desk.session.registry.rules]
        try:
            preferences = changed(desk.preferences, request.settings, codes)
            save_preferences(preferences, desk.preferences_file)
        except PreferencesError as error:
            return refused(f"设置没有改动：{error}")
        except OSError as error:
            return refused(f"设置没有改动：无法写入 {desk.preferences_file}（{error.strerror}）。")
        desk.reload()
    told = desk.complaint or desk.preferences.as_text()
    opened = ""
    if not request.settings:
        if desk.ask_settings():
            opened = "设置已在浏览器里打开，改好点“保存”，下次校验即生效。"
        elif _opened(desk):
            opened = "设置文件已打开，改好保存，下次校验即生效。"
    return Answer(
        sentence=f"{told}{opened}",
        details=(f"设置文件：{desk.preferences_file}",),
        file=str(desk.preferences_file) if desk.preferences_file.exists() else "",
    )


def _opened(desk: Desk) -> bool:
    """Whether the file of the settings is before the user's eyes; it is made if need be."""
    try:
        if not desk.preferences_file.exists():
            save_preferences(desk.preferences, desk.preferences_file)
    except OSError:
        return False
    return desk.show(desk.preferences_file)


def doctor(desk: Desk) -> Answer:
    """What is installed and whether it works, as text that can be pasted into a message to whoever helps."""
    from gongkai.commands.doctor import state_lines

    from .visit import WORDS

    lines = [*state_lines(WORDS)]
    healthy = all(good for _, _, good in lines)
    details = [f"{'正常' if good else '异常'}  {heading}  {clean(text)}" for heading, text, good in lines]
    file = desk.home / DIAGNOSIS
    try:
        write_private(file, "\r\n".join([*details, ""]).encode("utf-8-sig", "replace"))
        where, written = f"全文在 {file}，请发给维护人员。", str(file)
        desk.show(file)
    except OSError:
        where, written = "", ""
    sentence = "安装正常。" if healthy else "安装不完整，见“异常”各行。"
    return Answer(sentence=sentence + where, details=tuple(details), file=written)
