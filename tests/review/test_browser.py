"""A person at the page: a real browser, mouse and keyboard, no scripts."""

import os
from collections.abc import Iterator

import playwright.sync_api as pw
import pytest

from govspider.facts import Review
from govspider.fetching.browser import find_chromium
from tests.review.office import MARKED, STALE, Page, key_of

pytestmark = [pytest.mark.slow, pytest.mark.skipif(find_chromium("") is None, reason="no Chromium on the PATH")]


@pytest.fixture
def tab(page: Page) -> Iterator[pw.Page]:
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with pw.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(""), args=flags)
        opened = browser.new_page()
        opened.goto(page.address)
        yield opened
        browser.close()


def test_a_rejected_finding_changes_the_verdict(page: Page, tab: pw.Page) -> None:
    tab.get_by_role("link", name=STALE.name).click()
    pw.expect(tab.locator(".banner")).to_contain_text("不合格：存在单项否决问题")
    tab.get_by_label("核实人").fill("欧阳")
    tab.get_by_label("说明").fill("首页另有更新")
    tab.get_by_role("button", name="误报").click()
    pw.expect(tab.locator(".banner")).to_contain_text("已记录：误报")
    pw.expect(tab.locator(".banner")).to_contain_text("合格：未发现单项否决问题")
    pw.expect(tab.locator(".history")).to_contain_text("欧阳：误报，首页另有更新")
    pw.expect(tab.get_by_label("核实人")).to_have_value("欧阳")
    (kept,) = page.store.decisions(key_of(STALE, "home-stale"))
    assert (kept.decision, kept.reviewer, kept.note) == (Review.REJECTED, "欧阳", "首页另有更新")


def test_the_keyboard_alone_decides_but_never_by_accident(page: Page, tab: pw.Page) -> None:
    key = key_of(STALE, "home-stale")
    tab.goto(f"{page.address}/site/{STALE.code}")
    tab.get_by_label("核实人").fill("甲")
    tab.get_by_label("说明").fill("尚在核对")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    pw.expect(tab.get_by_role("button", name="属实")).to_be_focused()
    assert page.store.decisions(key) == ()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    pw.expect(tab.locator(".banner")).to_contain_text("已记录：误报")
    assert [one.decision for one in page.store.decisions(key)] == [Review.REJECTED]


def test_the_outputs_are_written_by_a_click(page: Page, tab: pw.Page) -> None:
    tab.get_by_role("button", name="重新生成通报").click()
    pw.expect(tab.get_by_role("status")).to_contain_text("通报.docx")


def test_no_script_of_a_page_runs(page: Page, tab: pw.Page) -> None:
    said: list[str] = []
    tab.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    tab.on("console", lambda line: said.append(line.text))
    tab.goto(f"{page.address}/site/{MARKED.code}")
    pw.expect(tab.locator(".card.clue")).to_contain_text("<script>alert(1)</script>")
    assert said == []
