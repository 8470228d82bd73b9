"""Paths and the addresses that LibreOffice makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai_workbooks.libreoffice.file_urls import file_url, path_of

# As LibreOffice 7.4 and 25.2 write them (``document.getURL()``).
LINUX = {
    "/tmp/张三/决算 公开.xlsx": "file:///tmp/%E5%BC%A0%E4%B8%89/%E5%86%B3%E7%AE%97%20%E5%85%AC%E5%BC%80.xlsx",
    "/tmp/张三/100%#1?.xlsx": "file:///tmp/%E5%BC%A0%E4%B8%89/100%25%231%3F.xlsx",
    "/tmp/张三/a+b&c=d;e.xlsx": "file:///tmp/%E5%BC%A0%E4%B8%89/a+b&c=d%3Be.xlsx",
}


@pytest.mark.parametrize("path", LINUX)
def test_an_address_of_libreoffice_is_a_path(path: str) -> None:
    assert path_of(LINUX[path], windows=False) == path


@pytest.mark.parametrize("name", ["决算 公开.xlsx", "100%#1?.xlsx", "a+b&c=d;e.xlsx", "%E5.xlsx"])
def test_a_path_comes_back_from_its_address(name: str, tmp_path: Path) -> None:
    assert path_of(file_url(tmp_path / name)) == str(tmp_path / name)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("file:///C:/Users/%E5%BC%A0%20%E4%B8%89/a.xlsx", "C:\\Users\\张 三\\a.xlsx"),
        ("file://server/share/%E5%85%AC%E5%BC%80.xlsx", "\\\\server\\share\\公开.xlsx"),
        ("file://localhost/D:/a.xlsx", "D:\\a.xlsx"),
    ],
)
def test_paths_of_windows(url: str, path: str) -> None:
    assert path_of(url, windows=True) == path
