"""The window 检查助手: the same buttons for programs that allow no macros. It works in its own process and needs no helper."""

from __future__ import annotations

import sys
import tkinter
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import filedialog, messagebox, ttk

from gongkai.desk.actions import ACTIONS
from gongkai.desk.answer import Answer, Line
from gongkai.desk.desk import Desk
from gongkai.desk.open_workbook import OpenWorkbook
from gongkai.desk.preferences import known_settings as known_settings
from gongkai.desk.request import Request
from gongkai.paths import WORKBOOK_SUFFIXES

from .connecting import connect, open_workbooks
from .page import NO_SHEET, ROWS
from .settings_dialog import SettingsDialog
from .showing import show_file
from .window_model import WindowModel
from .worker import Worker

TITLE = "决算公开校验 · 检查助手"
SECONDS_TO_FINISH = 60.0
GLANCE = 100
"""Milliseconds between two looks at what became of a click."""
SIGNS = {"error": "✖ 错误", "warning": "▲ 警告", "info": "● 提示"}
COLOURS = {"error": "#9c0006", "warning": "#7f6000", "info": "#1f4e79"}
COLUMNS = (
    ("severity", "严重程度", 80),
    ("code", "代码", 70),
    ("cell", "单元格", 70),
    ("sheet", "工作表", 190),
    ("text", "说明", 500),
    ("state", "处理", 70),
)


class Window:
    """The widgets. ``preferences`` reads the settings that the dialog shows at first."""

    def __init__(self, root: tkinter.Tk, model: WindowModel, preferences: Callable[[], dict[str, object]]) -> None:
        self.root = root
        self.model = model
        self._preferences = preferences
        self._shown: tuple[Line, ...] | None = None
        self._hint = ""
        root.title(TITLE)
        root.minsize(760, 480)
        root.columnconfigure(0, weight=1)
        root.rowconfigure(2, weight=3)
        root.rowconfigure(3, weight=1)
        self._add_chooser(root)
        self.buttons = self._add_buttons(root)
        self.list = self._add_list(root)
        self.message = self._add_message(root)
        self.status = ttk.Label(root, anchor="w", padding=(8, 2))
        self.status.grid(row=4, column=0, sticky="ew")
        for key, action in (("<F5>", "check_workbook"), ("<F8>", "next_finding"), ("<Shift-F8>", "previous_finding")):
            root.bind(key, lambda _, action=action: self.press(action))  # type: ignore[misc]
        root.bind("<Escape>", lambda _: self.model.cancel())
        self.say("选择打开的工作簿，或打开文件，再点“检查当前工作簿”（F5）；F8 看下一个问题。")
        self.model.refresh()
        self._look()

    def press(self, action: str) -> None:
        """A button was pressed."""
        if action == "check_folder":
            folder = filedialog.askdirectory(parent=self.root, title="选择要检查的文件夹", mustexist=True)
            if folder:
                self._complain(self.model.press(action, folder=str(Path(folder))))
        elif action == "settings":
            SettingsDialog(
                self.root, self._preferences(), lambda given: self._complain(self.model.press(action, settings=given))
            )
        elif action == "check_sheet":
            line = self.selected_line()
            if line is None or line.cell is None:
                self.say(NO_SHEET)
            else:
                self._complain(self.model.press(action, cell=line.cell))
        elif action in ("fix_selected", "explain_rule"):
            line = self.selected_line()
            code = line.code if line is not None and action == "explain_rule" else ""
            self._complain(self.model.press(action, cell=line.cell if line is not None else None, code=code))
        else:
            self._complain(self.model.press(action))

    def selected_line(self) -> Line | None:
        """The line of the list that is selected."""
        chosen = self.list.selection()
        return self.model.lines[int(chosen[0])] if chosen and int(chosen[0]) < len(self.model.lines) else None

    def say(self, text: str) -> None:
        """Show a text in the field below the list; it can be selected and copied."""
        self.message.configure(state="normal")
        self.message.delete("1.0", "end")
        self.message.insert("1.0", text)
        self.message.configure(state="disabled")

    def show(self, answer: Answer) -> None:
        """Show what became of a click; a question is asked."""
        self.say("\n".join([answer.sentence, *answer.details]))
        if answer.outcome == "confirm":
            if messagebox.askyesno(TITLE, answer.sentence, parent=self.root, default="no", icon="warning"):
                self._complain(self.model.confirm())
        elif answer.outcome == "failed":
            self.root.bell()
        elif answer.action == "check_folder" and answer.file:
            show_file(Path(answer.file))

    def _complain(self, reason: str) -> None:
        if reason:
            self.say(reason)

    def _add_chooser(self, root: tkinter.Tk) -> None:
        frame = ttk.Frame(root, padding=(8, 8, 8, 2))
        frame.grid(row=0, column=0, sticky="ew")
        frame.columnconfigure(1, weight=1)
        ttk.Label(frame, text="工作簿").grid(row=0, column=0, padx=(0, 6))
        self.chooser = ttk.Combobox(frame, state="readonly")
        self.chooser.grid(row=0, column=1, sticky="ew")
        self.chooser.bind("<<ComboboxSelected>>", lambda _: self._chosen())
        ttk.Button(frame, text="刷新", command=self.model.refresh).grid(row=0, column=2, padx=4)
        ttk.Button(frame, text="打开文件…", command=self._open_file).grid(row=0, column=3)

    def _add_buttons(self, root: tkinter.Tk) -> dict[str, ttk.Button]:
        frame = ttk.Frame(root, padding=(8, 2))
        frame.grid(row=1, column=0, sticky="ew")
        buttons = {}
        for row, names in enumerate(ROWS):
            line = ttk.Frame(frame)
            line.grid(row=row, column=0, sticky="w", pady=2)
            for name in names:
                button = ttk.Button(line, text=ACTIONS[name].label, command=lambda name=name: self.press(name))  # type: ignore[misc]
                button.pack(side="left", padx=(0, 4))
                button.bind("<Enter>", lambda _, name=name: self._explain(name))  # type: ignore[misc]
                button.bind("<Leave>", lambda _: self._explain(""))
                buttons[name] = button
        return buttons

    def _add_list(self, root: tkinter.Tk) -> ttk.Treeview:
        frame = ttk.Frame(root, padding=(8, 2))
        frame.grid(row=2, column=0, sticky="nsew")
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(0, weight=1)
        table = ttk.Treeview(
            frame, columns=[name for name, _, _ in COLUMNS], show="headings", selectmode="browse", height=8
        )
        for name, heading, width in COLUMNS:
            table.heading(name, text=heading, anchor="w")
            table.column(name, width=width, anchor="w", stretch=name == "text")
        for severity, colour in COLOURS.items():
            table.tag_configure(severity, foreground=colour)
        bar = ttk.Scrollbar(frame, orient="vertical", command=table.yview)
        table.configure(yscrollcommand=bar.set)
        table.grid(row=0, column=0, sticky="nsew")
        bar.grid(row=0, column=1, sticky="ns")
        for event in ("<Double-1>", "<Return>"):
            table.bind(event, lambda _: self._go())
        for event in ("<ButtonRelease-1>", "<KeyRelease-Up>", "<KeyRelease-Down>"):
            table.bind(event, lambda _: self._tell_line())
        return table

    def _add_message(self, root: tkinter.Tk) -> tkinter.Text:
        frame = ttk.Frame(root, padding=(8, 2))
        frame.grid(row=3, column=0, sticky="nsew")
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(0, weight=1)
        field = tkinter.Text(frame, height=5, wrap="char", relief="flat", font="TkDefaultFont", state="disabled")
        bar = ttk.Scrollbar(frame, orient="vertical", command=field.yview)
        field.configure(yscrollcommand=bar.set)
        field.grid(row=0, column=0, sticky="nsew")
        bar.grid(row=0, column=1, sticky="ns")
        return field

    def _tell_line(self) -> None:
        """Show the chosen line in full below: the list cuts it."""
        line = self.selected_line()
        if line is not None and not self.model.busy:
            self.say(f"{line.cell or '整个工作簿'}  {SIGNS[line.severity]} {line.code}\n{line.text}")

    def _explain(self, name: str) -> None:
        """Tell below why the button under the mouse is greyed."""
        self._hint = self.model.greyed.get(name, "")

    def _open_file(self) -> None:
        kinds = [("电子表格", [f"*{suffix}" for suffix in sorted(WORKBOOK_SUFFIXES)])]
        name = filedialog.askopenfilename(parent=self.root, title="打开决算公开表", filetypes=kinds)
        if name:
            self._complain(self.model.open_file(Path(name)))
            self.list_workbooks()

    def list_workbooks(self) -> None:
        """Show the workbooks to choose from."""
        sheets = self.model.workbooks()
        self.chooser.configure(values=[sheet.shown for sheet in sheets])
        place = next((place for place, sheet in enumerate(sheets) if sheet.request == self.model.chosen), None)
        if place is None:
            self.chooser.set("")
        else:
            self.chooser.current(place)

    def _chosen(self) -> None:
        self.model.choose(self.model.workbooks()[self.chooser.current()].request)

    def _go(self) -> None:
        line = self.selected_line()
        if line is not None and line.cell is not None:
            self._complain(self.model.press("show_finding", cell=line.cell))

    def _look(self) -> None:
        news = self.model.news()
        if news is not None:
            if news.listed:
                self.list_workbooks()
            if news.answer is not None:
                self.show(news.answer)
        if self.model.lines is not self._shown:
            self._shown = self.model.lines
            self._fill()
        if self.model.visited is not None:
            number, self.model.visited = str(self.model.visited), None
            self.list.selection_set(number)
            self.list.see(number)
        for name, button in self.buttons.items():
            off = self.model.busy or name in self.model.greyed
            button.state(["disabled" if off else "!disabled", "pressed" if name in self.model.pressed else "!pressed"])
        self.status.configure(text=self.model.progress() or self._hint)
        self.root.after(GLANCE, self._look)

    def _fill(self) -> None:
        chosen = self.list.selection()
        known = self.list.item(chosen[0])["values"][:5] if chosen else None
        self.list.delete(*self.list.get_children())
        for number, line in enumerate(self.model.lines):
            place, sheet = (line.cell.a1, line.cell.sheet) if line.cell is not None else ("", "整个工作簿")
            values = (SIGNS[line.severity], line.code, place, sheet, line.text, line.state)
            self.list.insert("", "end", iid=str(number), values=values, tags=(line.severity,))
            if known == [*values[:5]]:
                self.list.selection_set(str(number))


def sharp_on_windows() -> None:
    """Let Windows not enlarge the window as a picture."""
    if sys.platform == "win32":
        import contextlib
        import ctypes

        with contextlib.suppress(AttributeError, OSError):
            ctypes.windll.shcore.SetProcessDpiAwareness(1)


def run_window(
    listing: Callable[[], Sequence[Request]] = open_workbooks, connecting: Callable[[Request], OpenWorkbook] = connect
) -> None:
    """Show the window until it is closed. Raises ``tkinter.TclError`` where there is no screen."""
    sharp_on_windows()
    root = tkinter.Tk()
    worker = Worker(lambda progress: Desk(progress=progress), connecting)
    Window(root, WindowModel(worker, listing), known_settings)
    worker.start()
    root.mainloop()
    worker.stop(SECONDS_TO_FINISH)
