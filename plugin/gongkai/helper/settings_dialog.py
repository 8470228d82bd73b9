"""The dialog 设置 of the window."""

from __future__ import annotations

import re
import tkinter
from collections.abc import Callable, Mapping
from tkinter import ttk

from gongkai_checks.rounding import PROFILE_LABELS


class SettingsDialog:
    """Shows the settings; ``save`` is given those that the user chose."""

    def __init__(
        self, parent: tkinter.Tk, known: Mapping[str, object], save: Callable[[dict[str, object]], object]
    ) -> None:
        self._save = save
        self._profiles = dict(PROFILE_LABELS)
        self.top = tkinter.Toplevel(parent)
        self.top.title("设置")
        self.top.transient(parent)
        self.top.resizable(False, False)
        frame = ttk.Frame(self.top, padding=12)
        frame.grid()
        ttk.Label(frame, text="尾差口径").grid(row=0, column=0, sticky="w")
        self.profile = ttk.Combobox(frame, state="readonly", values=[*self._profiles.values()], width=24)
        self.profile.current([*self._profiles].index(str(known["profile"])))
        self.profile.grid(row=0, column=1, pady=4, sticky="w")
        ttk.Label(frame, text="不校验的规则").grid(row=1, column=0, sticky="w")
        ignored = known["ignore"]
        self.ignore = tkinter.StringVar(self.top, " ".join(ignored) if isinstance(ignored, tuple | list) else "")
        ttk.Entry(frame, textvariable=self.ignore, width=40).grid(row=1, column=1, pady=4)
        ttk.Label(frame, text="代码或代码开头，用空格分开，如 CL WB007").grid(row=2, column=1, sticky="w")
        self.mark = tkinter.BooleanVar(self.top, bool(known["mark"]))
        ttk.Checkbutton(frame, text="校验时标记单元格并生成结果清单", variable=self.mark).grid(
            row=3, column=0, columnspan=2, pady=8, sticky="w"
        )
        self.errors_only = tkinter.BooleanVar(self.top, bool(known["errors_only"]))
        ttk.Checkbutton(frame, text="只看错误（警告和提示不列出）", variable=self.errors_only).grid(
            row=4, column=0, columnspan=2, pady=(0, 8), sticky="w"
        )
        buttons = ttk.Frame(frame)
        buttons.grid(row=5, column=0, columnspan=2, sticky="e")
        ttk.Button(buttons, text="保存", command=self.accept).pack(side="left", padx=4)
        ttk.Button(buttons, text="取消", command=self.top.destroy).pack(side="left")
        self.top.bind("<Return>", lambda _: self.accept())
        self.top.bind("<Escape>", lambda _: self.top.destroy())

    def chosen(self) -> dict[str, object]:
        """The settings as they stand in the dialog."""
        return {
            "profile": [*self._profiles][self.profile.current()],
            "ignore": [code for code in re.split(r"[\s,，、;；]+", self.ignore.get()) if code],
            "mark": self.mark.get(),
            "errors_only": self.errors_only.get(),
        }

    def accept(self) -> None:
        """Save and close."""
        given = self.chosen()
        self.top.destroy()
        self._save(given)
