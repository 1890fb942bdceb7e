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
