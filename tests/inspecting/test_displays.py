"""How pages show: which are looked at, what is looked at twice, and what is said of pages that cannot be shown."""

import pytest

from govspider.checks.display import Signs, display_broken
from govspider.facts import Fetch, Fetched, Outcome, SiteFacts, SiteKind
from govspider.inspecting.walk import inspect_site

from .sites import BASE, Web, failed, measured, plan, site
from .test_samples import portal

SIGNS = Signs(
    blank_text=200, blank_visible=20, naked_rules=20, lost_images=5, lost_share=0.5, wide_times=2.0, wide_share=0.2,
    plugin_share=0.4, note_text=300,
)  # fmt: skip
BLANK = measured(visible=0)


async def walk(web: Web, **changes: object) -> SiteFacts:
    return await inspect_site(site(kind=SiteKind.PORTAL), web, plan(**{"round": "2026Q2", **changes}))


def outcome(facts: SiteFacts, subject: str = "Chromium") -> tuple[Outcome, dict[str, object]]:
    return next((f.outcome, dict(f.evidence)) for f in display_broken(facts, SIGNS) if f.subject == subject)


async def test_the_home_page_and_two_drawn_ones_are_looked_at() -> None:
    web = portal()
    facts = await walk(web)
    shown = facts.samples.displays
    assert [page.kind for page in shown] == ["home", "column", "content"]
    assert [page.url for page in shown] == web.shown
    assert facts.samples.base["display-column"] >= 5
    assert facts.samples.base["display-content"] >= 5
    assert outcome(facts)[0] is Outcome.PASS
    assert outcome(facts, "其他主流浏览器")[0] is Outcome.UNKNOWN
    again, other = portal(), portal()
    assert (await walk(again)).samples.displays == shown
    await walk(other, round="2026Q4")
    assert set(other.shown) != set(web.shown)


async def test_only_portals_are_looked_at() -> None:
    web = portal()
    facts = await inspect_site(site(), web, plan(round="2026Q2"))
    assert (facts.samples.displays, web.shown) == ((), [])


async def test_what_looks_wrong_is_looked_at_twice() -> None:
    web = portal()
    web.displays[BASE] = [BLANK, BLANK]
    found, evidence = outcome(await walk(web))
    assert found is Outcome.VIOLATION
    assert [row["url"] for row in evidence["pages"]] == [BASE]  # type: ignore[attr-defined]
    assert web.shown.count(BASE) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"visible": 0},
        {"sheets_lost": 2, "rules": 0},
        {"images": 9, "images_lost": 9},
        {"width": 4000, "beyond": 500},
        {"plugin": 0.9},
        {"visible": 30, "lines": "本网站仅支持IE浏览器"},
    ],
    ids=str,
)
async def test_what_is_right_the_second_time_is_right(wrong: dict[str, object]) -> None:
    web = portal()
    web.displays[BASE] = [measured(**wrong), measured()]
    assert outcome(await walk(web))[0] is Outcome.PASS
    web.displays[BASE] = [measured(**wrong), measured(**wrong)]
    assert outcome(await walk(web))[0] is Outcome.VIOLATION


async def test_a_second_look_that_fails_takes_nothing_back() -> None:
    web = portal()
    web.displays[BASE] = [BLANK, failed(BASE, Fetch.TIMEOUT)]
    assert outcome(await walk(web))[0] is Outcome.VIOLATION


@pytest.mark.parametrize(
    "line",
    [
        "本网站仅支持IE浏览器", "请使用IE9.0以上浏览器访问", "您的浏览器版本过低，请升级浏览器", "不支持您的浏览器", "请安装FlashPlayer插件",
    ],
)  # fmt: skip
async def test_words_that_ask_for_another_browser(line: str) -> None:
    web = portal()
    web.displays[BASE] = [measured(visible=40, lines=f"清河县\n{line}") for _ in range(2)]
    found, evidence = outcome(await walk(web))
    assert found is Outcome.VIOLATION
    assert line[:6] in str(evidence["signs"])


async def test_without_a_browser_nothing_is_said() -> None:
    web = portal()
    (finding,) = display_broken(await walk(web, browser=False), SIGNS)
    assert finding.outcome is Outcome.UNKNOWN
    assert "未启用浏览器" in str(finding.evidence["reason"])
    assert web.shown == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (failed(BASE, Fetch.TIMEOUT), "访问超时"),
        (failed(BASE, Fetch.BLOCKED), "拦截"),
        (Fetched(BASE, BASE, Fetch.OTHER, error="浏览器无法启动：没有权限"), "浏览器无法启动"),
        (Fetched(BASE, BASE, Fetch.OK, 200, body=b"<html>"), "没有量出"),
    ],
)
async def test_a_home_page_that_cannot_be_shown_passes_nothing(answer: Fetched, words: str) -> None:
    web = portal()
    web.displays[BASE] = [answer]
    found, evidence = outcome(await walk(web))
    assert found is Outcome.UNKNOWN
    assert words in str(evidence["reason"])


async def test_pages_that_show_are_part_of_the_samples_budget() -> None:
    web = portal()
    facts = await walk(web, sample_renders=0)
    assert web.shown == []
    assert "上限" in facts.samples.displays[0].reason
    assert facts.complete


async def test_the_same_pages_are_looked_at_in_firefox() -> None:
    web = portal()
    facts = await walk(web, firefox=True)
    assert web.in_firefox == web.shown
    assert [page.browser for page in facts.samples.displays] == ["Chromium 150"] * 3 + ["Firefox 140"] * 3
    assert {f.subject: f.outcome for f in display_broken(facts, SIGNS)} == {
        "Chromium": Outcome.PASS, "Firefox": Outcome.PASS, "其他主流浏览器": Outcome.UNKNOWN,
    }  # fmt: skip
    assert "Firefox" not in str(outcome(facts, "其他主流浏览器"))


async def test_without_firefox_it_is_not_asked_and_a_person_is_told() -> None:
    web = portal()
    facts = await walk(web)
    assert web.in_firefox == []
    assert [page.browser for page in facts.samples.displays] == ["Chromium 150"] * 3
    assert "未在 Firefox 中查看" in str(outcome(facts, "其他主流浏览器"))


async def test_what_looks_wrong_in_firefox_is_looked_at_twice_there() -> None:
    wrong, web = measured(browser="Firefox 140", visible=0), portal()
    web.firefox[BASE] = [wrong, wrong]
    facts = await walk(web, firefox=True)
    assert outcome(facts)[0] is Outcome.PASS
    assert outcome(facts, "Firefox")[0] is Outcome.VIOLATION
    assert (web.shown.count(BASE), web.in_firefox.count(BASE)) == (1, 2)
    web.firefox[BASE] = [wrong]
    assert outcome(await walk(web, firefox=True), "Firefox")[0] is Outcome.PASS


@pytest.mark.parametrize("blank", [False, True])
async def test_what_chromium_shows_does_not_depend_on_firefox(blank: bool) -> None:
    web = portal()
    web.displays[BASE] = [BLANK, BLANK] if blank else []
    urls = [page.url for page in (await walk(portal())).samples.displays]
    web.firefox = {url: [Fetched(url, url, Fetch.OTHER, error="Firefox 中途退出或者没有响应")] for url in urls}
    facts = await walk(web, firefox=True)
    assert outcome(facts)[0] is (Outcome.VIOLATION if blank else Outcome.PASS)
    found, evidence = outcome(facts, "Firefox")
    assert found is Outcome.UNKNOWN
    assert "中途退出" in str(evidence["reason"])


async def test_what_did_not_open_a_moment_ago_is_not_opened_in_firefox() -> None:
    web = portal()
    web.displays[BASE] = [failed(BASE, Fetch.TIMEOUT)]
    facts = await walk(web, firefox=True)
    assert BASE not in web.in_firefox
    assert len(web.in_firefox) == 2
    assert outcome(facts, "Firefox")[0] is Outcome.UNKNOWN


async def test_firefox_spends_what_chromium_left_of_the_budget() -> None:
    for renders in range(30):
        web = portal()
        facts = await walk(web, firefox=True, sample_renders=renders)
        if len(web.shown) == 3:
            break
    assert web.in_firefox == []
    assert outcome(facts)[0] is Outcome.PASS
    found, evidence = outcome(facts, "Firefox")
    assert found is Outcome.UNKNOWN
    assert "上限" in str(evidence["reason"])
