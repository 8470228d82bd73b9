"""The window 检查助手 in a real browser, from the path of a file to the findings, the correction and back. Needs chromium and chromedriver."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from gongkai.helper.client import call
from gongkai_workbooks.file_host import FileHost
from tests.installer.programs import required

from .conftest import Helper

SECONDS = 30.0
TOTAL = ("GK03 支出决算表", 7, 5)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser without a screen."""
    driver, program = required("chromedriver"), required("chromium", "google-chrome")
    options = ChromeOptions()
    options.binary_location = program
    profile = tmp_path_factory.mktemp("profile")
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-proxy-server",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(argument)
    found = Chrome(options=options, service=ChromeService(driver))
    yield found
    found.quit()


@pytest.fixture
def page(browser: Chrome, helper: Helper, workbook: Path) -> Chrome:
    """The page, with a saved workbook chosen."""
    browser.get(f"http://127.0.0.1:{helper.papers.port}{call(helper.papers, 'POST', 'window')['path']}")
    rest(browser)
    browser.find_element(By.ID, "path").send_keys(str(workbook), Keys.ENTER)
    return browser


def rest(page: Chrome) -> None:
    """Wait until nothing is being done."""
    WebDriverWait(page, SECONDS, 0.05).until(lambda _: page.execute_script("return !busy"))


def press(page: Chrome, action: str) -> str:
    """Click a button; what the page says then."""
    page.find_element(By.CSS_SELECTOR, f"[data-action={action}]").click()
    rest(page)
    return said(page)


def said(page: Chrome) -> str:
    return page.find_element(By.ID, "message").text


def rows(page: Chrome) -> list[str]:
    return [row.text for row in page.find_elements(By.CSS_SELECTOR, "tbody tr")]


def value(workbook: Path) -> object:
    sheet, row, column = TOTAL
    return FileHost(workbook).read(sheet).value(row, column)


def test_a_file_is_checked_corrected_and_taken_back(page: Chrome, workbook: Path) -> None:
    assert page.current_url.endswith("/window/")
    assert rows(page) == []
    assert press(page, "check_workbook").startswith("已校验 9 张表")
    found = rows(page)
    assert len(found) == 8 and sum("✖ 错误" in row for row in found) == 5
    assert "XF301" in "".join(found) and value(workbook) == 676.0
    assert re.match(r"1/\d ", press(page, "next_finding"))
    assert len(page.find_elements(By.CSS_SELECTOR, "tbody tr.chosen")) == 1
    assert "修正" in press(page, "fix_safe") and value(workbook) == 667.0
    press(page, "undo_last")
    assert value(workbook) == 676.0
    undo = page.find_element(By.CSS_SELECTOR, "[data-action=undo_last]")
    assert not undo.is_enabled() and undo.get_attribute("title")


def test_errors_only_is_a_toggle(page: Chrome) -> None:
    press(page, "check_workbook")
    toggle = page.find_element(By.CSS_SELECTOR, "[data-action=errors_only]")
    for on, count in (("true", 5), ("false", 8)):
        press(page, "errors_only")
        assert toggle.get_attribute("aria-pressed") == on and len(rows(page)) == count


def test_another_workbook_cannot_be_chosen_meanwhile(page: Chrome) -> None:
    places = "['workbook', 'path', 'refresh'].map((id) => at(id).disabled)"
    click = "document.querySelector('[data-action=check_workbook]').click();"
    assert page.execute_script(f"{click} return {places}") == [True] * 3
    rest(page)
    assert page.execute_script(f"return {places}") == [False] * 3
    assert rows(page)


def test_an_answer_is_shown_also_when_another_came_since(page: Chrome, helper: Helper) -> None:
    page.execute_script("document.querySelector('[data-action=check_workbook]').click()")
    helper.ask("explain_rule", code="TO101")
    rest(page)
    assert said(page).startswith("已校验 9 张表") and len(rows(page)) == 8


def test_a_page_that_is_loaded_again_works_on_and_one_without_a_ticket_says_why(
    page: Chrome, helper: Helper, workbook: Path
) -> None:
    page.refresh()
    rest(page)
    page.find_element(By.ID, "path").send_keys(str(workbook), Keys.ENTER)
    assert press(page, "check_workbook").startswith("已校验 9 张表")
    page.execute_script("sessionStorage.clear()")
    page.get(f"http://127.0.0.1:{helper.papers.port}/window/other")
    assert "这一页已经过期" in said(page)


def test_a_helper_that_has_ended_is_said(page: Chrome, helper: Helper) -> None:
    call(helper.papers, "POST", "stop")
    page.find_element(By.CSS_SELECTOR, "[data-action=doctor]").click()
    rest(page)
    WebDriverWait(page, SECONDS).until(lambda _: "检查助手已经结束" in said(page))
