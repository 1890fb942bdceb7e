"""Every earlier finding gets an answer, and 已整改 only when the defect was looked for and is gone."""

import datetime as dt
from typing import Any

import pytest

from govspider.facts import Answer, Finding, Outcome, Recheck, Site, SiteKind, SiteResult, SiteStatus
from govspider.rules import Rule
from govspider.rules.cases import build_case
from govspider.store.judging import findings_of
from govspider.store.results import site_result
from govspider.store.values import Saved

FIXED, REMAINS, GONE, UNSURE = Answer.FIXED, Answer.REMAINS, Answer.PAGE_GONE, Answer.CANNOT_TELL
HOME = "https://www.city.example/"
SITE = Site("1234567890", "某局", HOME, public_services=True)
NOON = dt.datetime(2026, 6, 30, 4, 0, tzinfo=dt.UTC)
FRESH = dt.date(2026, 6, 29)

BLANK = {"url": f"{HOME}a/", "name": "甲", "blank": True, "evidence": ["空"], "found_on": HOME, "category": "notice"}
FILLED = {"url": f"{HOME}a/", "name": "甲", "newest": FRESH, "found_on": HOME, "category": "notice"}
OTHER = {"url": f"{HOME}o/", "name": "乙", "newest": FRESH, "found_on": HOME}
DEAD = {"url": "https://else.example/x", "fetch": "http_error", "status": 404}
ALIVE = {"url": "https://else.example/x"}
LIVE = {"url": "https://else.example/y"}
TAMPERED = {"url": f"{HOME}a/"}
GUIDE = {"url": f"{HOME}g.html", "guide": {"missing": ["办理依据"]}}
CHANNEL: dict[str, Any] = {"channels": [{}]}


def saved(rules: tuple[Rule, ...], hours: int = 0, **table: Any) -> Saved:
    facts = build_case({"name": "test", "expect": "pass", **table}).facts
    return Saved(facts, NOON + dt.timedelta(hours=hours), tuple(findings_of(rules, facts)))


def result(rules: tuple[Rule, ...], *tables: dict[str, Any], site: Site = SITE) -> SiteResult:
    inspections = [saved(rules, number, **table) for number, table in enumerate(tables)]
    return site_result(site, inspections, rules, {}, {})


def answer(found: SiteResult, rule: str) -> Recheck:
    (one,) = [one for one in found.rechecks if one.finding.rule == rule]
    return one


@pytest.mark.parametrize(
    ("before", "after", "expected", "note"),
    [
        ([BLANK], [FILLED], FIXED, ""),
        ([BLANK], [BLANK], REMAINS, ""),
        ([BLANK], [{**BLANK, "url": "http://www.city.example/a/index.html"}], REMAINS, ""),
        ([BLANK], [{**BLANK, "blank": None, "fetch": "http_error", "status": 404}], GONE, "404"),
        ([BLANK], [{**BLANK, "blank": None, "fetch": "http_error", "status": 410}], GONE, "404"),
        ([BLANK], [{**BLANK, "blank": None, "fetch": "http_error", "status": 500}], UNSURE, "500"),
        ([BLANK], [{**BLANK, "blank": None, "fetch": "timeout"}], UNSURE, "超时"),
        ([BLANK], [{**BLANK, "blank": None, "fetch": "blocked"}], UNSURE, "拦截"),
        ([BLANK], [{**BLANK, "blank": None, "reason": "列表由脚本生成"}], UNSURE, "列表由脚本生成"),
        ([BLANK], [OTHER], GONE, "没有指向该页面的入口"),
        ([BLANK], [{**BLANK, "external": True}, OTHER], UNSURE, "未对该页面作出判定"),
        ([BLANK], [], UNSURE, "未识别出任何栏目"),
    ],
)
def test_a_blank_column(
    rules: tuple[Rule, ...], before: list[Any], after: list[Any], expected: Answer, note: str
) -> None:
    again = answer(result(rules, {"columns": before}, {"columns": after}), "column-blank")
    assert (again.answer, note in again.note) == (expected, True), again.note


@pytest.mark.parametrize(
    ("second", "note"),
    [
        ({"columns": [OTHER], "complete": False, "stopped": "页数达到上限"}, "检查未走完全站（页数达到上限）"),
        ({"home": {"fetch": "timeout"}}, "首页未能读取"),
        ({"home": {"fetch": "blocked"}, "columns": [OTHER]}, "首页未能读取"),
        ({"crashed": True, "complete": False}, "检查程序出错"),
    ],
)
def test_a_column_that_a_walk_did_not_come_to_is_not_gone(
    rules: tuple[Rule, ...], second: dict[str, Any], note: str
) -> None:
    again = answer(result(rules, {"columns": [BLANK]}, second), "column-blank")
    assert (again.answer, note in again.note) == (UNSURE, True), again.note


def test_a_column_is_not_gone_when_its_menu_may_need_the_browser(rules: tuple[Rule, ...]) -> None:
    again = answer(result(rules, {"columns": [BLANK], "rendered": 3}, {"columns": [OTHER]}), "column-blank")
    assert again.answer is UNSURE
    again = answer(
        result(rules, {"columns": [BLANK], "rendered": 3}, {"columns": [OTHER], "rendered": 1}), "column-blank"
    )
    assert again.answer is GONE


def test_a_column_is_not_gone_when_the_page_that_led_to_it_was_not_read(rules: tuple[Rule, ...]) -> None:
    below = {**BLANK, "found_on": OTHER["url"]}
    unread = {**OTHER, "newest": None, "fetch": "timeout", "blank": None, "entry_count": 0}
    del unread["newest"]
    again = answer(
        result(rules, {"columns": [OTHER, below]}, {"columns": [FILLED | {"url": f"{HOME}b/"}, unread]}), "column-blank"
    )
    assert again.answer is UNSURE


def test_a_finding_on_the_whole_site(rules: tuple[Rule, ...]) -> None:
    silent = {"columns": [OTHER]}
    assert answer(result(rules, silent, silent | CHANNEL), "channel-absent").answer is FIXED
    assert answer(result(rules, silent, silent), "channel-absent").answer is REMAINS
    again = answer(result(rules, silent, {**silent, "channels_unread": ["“信箱”打不开"]}), "channel-absent")
    assert (again.answer, "打不开" in again.note) == (UNSURE, True)


def test_many_blank_columns_are_fixed_only_when_all_were_read(rules: tuple[Rule, ...]) -> None:
    blanks = [{**BLANK, "url": f"{HOME}{n}/", "name": f"栏目{n}"} for n in range(6)]
    filled = [{**FILLED, "url": f"{HOME}{n}/", "name": f"栏目{n}"} for n in range(6)]
    unread = [{"url": f"{HOME}{n}/", "name": f"栏目{n}", "fetch": "timeout"} for n in range(6)]
    before = {"columns": blanks, **CHANNEL}
    assert answer(result(rules, before, {"columns": filled}), "columns-blank").answer is FIXED
    assert answer(result(rules, before, {"columns": unread}), "columns-blank").answer is UNSURE
    assert answer(result(rules, before, {"columns": filled, "complete": False}), "columns-blank").answer is UNSURE


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([DEAD], [ALIVE], FIXED),
        ([DEAD], [DEAD], REMAINS),
        ([DEAD], [{**DEAD, "fetch": "timeout", "status": 0}], UNSURE),
        ([DEAD], [LIVE], FIXED),  # it no longer stands on the home page, whose links were all tried
        ([{**DEAD, "home": False}], [LIVE], UNSURE),  # a sample that did not draw it
        ([DEAD], [{"repeat": 400}], UNSURE),  # only the first links of the home page were tried
        ([DEAD], [], UNSURE),
    ],
)
def test_a_dead_link(rules: tuple[Rule, ...], before: list[Any], after: list[Any], expected: Answer) -> None:
    if after == [{"repeat": 400}]:
        after = [{"url": f"https://else.example/{number}"} for number in range(400)]
    assert answer(result(rules, {"links": before}, {"links": after}), "link-dead").answer is expected


def test_a_dead_link_that_its_pages_show_no_more(rules: tuple[Rule, ...]) -> None:
    before = {"links": [{**DEAD, "home": False}]}
    after = {"links": [LIVE], "links_gone": [DEAD["url"]]}
    assert answer(result(rules, before, after), "link-dead").answer is FIXED


@pytest.mark.parametrize(
    ("before", "after", "columns", "expected"),
    [
        ([TAMPERED], [], [FILLED], FIXED),
        ([TAMPERED], [TAMPERED], [FILLED], REMAINS),
        ([TAMPERED], [], [{**BLANK, "blank": None, "fetch": "http_error", "status": 404}], GONE),
        ([TAMPERED], [], [{**BLANK, "blank": None, "fetch": "blocked"}], UNSURE),
        ([{"url": f"{HOME}article.html"}], [], [FILLED], UNSURE),  # not looked at again
        # The same traces on two pages are one clue: cleaning the page that names it is not enough.
        ([TAMPERED, {"url": f"{HOME}z.html"}], [{"url": f"{HOME}z.html"}], [FILLED], REMAINS),
        ([TAMPERED, {"url": f"{HOME}z.html"}], [], [FILLED], UNSURE),
    ],
)
def test_a_clue_of_tampering(
    rules: tuple[Rule, ...], before: list[Any], after: list[Any], columns: list[Any], expected: Answer
) -> None:
    found = result(rules, {"tampering": before, "columns": [FILLED]}, {"tampering": after, "columns": columns})
    assert answer(found, "content-tampered").answer is expected


def test_a_trace_elsewhere_does_not_hide_that_a_page_was_cleaned(rules: tuple[Rule, ...]) -> None:
    elsewhere = {"url": f"{HOME}z.html"}
    found = result(
        rules, {"tampering": [TAMPERED], "columns": [FILLED]}, {"tampering": [elsewhere], "columns": [FILLED]}
    )
    assert answer(found, "content-tampered").answer is FIXED
    assert [one.url for one in found.findings if one.key in found.new_findings and one.outcome == "clue"] == [
        f"{HOME}z.html"
    ]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({"services": [{**GUIDE, "guide": {"missing": []}}]}, FIXED),
        ({"services": [GUIDE]}, REMAINS),
        ({"services": [{"url": f"{HOME}g.html"}, {"url": f"{HOME}h.html", "guide": {}}]}, UNSURE),
        ({"services": [{"url": f"{HOME}h.html", "guide": {}}]}, GONE),
        ({"services": [{"url": f"{HOME}h.html", "guide": {}}], "services_unread": ["办事大厅未能读取"]}, UNSURE),
    ],
)
def test_a_guide_without_an_element(rules: tuple[Rule, ...], after: dict[str, Any], expected: Answer) -> None:
    assert answer(result(rules, {"services": [GUIDE]}, after), "guide-element-missing").answer is expected


def test_a_rule_that_no_longer_applies_acquits_nobody(rules: tuple[Rule, ...]) -> None:
    without = {"columns": [OTHER]}
    again = answer(result(rules, without, {**without, "site": {"public_services": False}}), "service-absent")
    assert (again.answer, "该指标本次不适用" in again.note) == (UNSURE, True)


def test_findings_of_all_earlier_inspections_are_answered_once(rules: tuple[Rule, ...]) -> None:
    second = {**BLANK, "url": f"{HOME}b/", "name": "丙"}
    found = result(
        rules,
        {"columns": [BLANK]},
        {"columns": [FILLED, second]},
        {"columns": [BLANK, {**second, "blank": False, "newest": FRESH}]},
    )
    answers = {one.finding.url: one.answer for one in found.rechecks if one.finding.rule == "column-blank"}
    assert answers == {f"{HOME}a/": REMAINS, f"{HOME}b/": FIXED}
    assert found.first_verdict is not None
    assert [at.hour for at in found.inspections] == [4, 5, 6]


def test_one_inspection_has_nothing_to_answer(rules: tuple[Rule, ...]) -> None:
    found = result(rules, {"columns": [BLANK]})
    assert (found.rechecks, found.new_findings, found.first_verdict) == ((), (), None)


def test_points_on_portals_are_notices_elsewhere(rules: tuple[Rule, ...]) -> None:
    portal = Site("1234567890", "某市", HOME, kind=SiteKind.PORTAL)
    table = {"columns": [OTHER], "links": [DEAD], "tampering": [{}], "site": {"kind": "portal"}}
    kinds = {one.rule: one.outcome for one in result(rules, table, site=portal).findings}
    assert (kinds["link-dead"], kinds["content-tampered"], kinds["channel-absent"]) == (
        "violation",
        "clue",
        "violation",
    )
    kinds = {one.rule: one.outcome for one in result(rules, {"columns": [OTHER], "links": [DEAD]}).findings}
    assert (kinds["link-dead"], kinds["channel-absent"]) == ("notice", "violation")


def test_a_site_taken_out_of_the_round_shows_no_findings(rules: tuple[Rule, ...]) -> None:
    closed = Site("1234567890", "某局", HOME, status=SiteStatus.CLOSED)
    found = result(rules, {"columns": [BLANK]}, site=closed)
    assert (found.facts, found.findings) == (None, ())


def test_a_rule_that_was_removed_is_not_reported(rules: tuple[Rule, ...]) -> None:
    one = saved(rules)
    retired = Finding("no-such-rule", Outcome.VIOLATION, f"{HOME}x")
    found = site_result(SITE, [Saved(one.facts, one.finished, (*one.findings, retired))], rules, {}, {})
    assert "no-such-rule" not in {finding.rule for finding in found.findings}


def worded(word: str, url: str) -> dict[str, Any]:
    wording = {"word": word, "suggestion": "正确", "grade": "serious", "offset": 1, "snippet": f"含{word}。"}
    return {"url": url, "wording": wording}


def test_of_two_wrong_words_on_a_page_only_the_one_that_is_gone_is_fixed(rules: tuple[Rule, ...]) -> None:
    found = result(
        rules, {"wording": [worded("甲词", HOME), worded("乙词", HOME)]}, {"wording": [worded("乙词", HOME)]}
    )
    answers = {
        one.finding.evidence["word"]: one.answer for one in found.rechecks if one.finding.rule.startswith("content")
    }
    assert answers == {"甲词": FIXED, "乙词": REMAINS}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({}, UNSURE),
        ({"articles": [{"url": f"{HOME}n.html", "title": "甲", "date": FRESH, "sketch": [1]}]}, FIXED),
        ({"revisits": [{"url": f"{HOME}n.html", "final_url": f"{HOME}n.html", "fetch": "ok"}]}, FIXED),
        (
            {"revisits": [{"url": f"{HOME}n.html", "final_url": "", "fetch": "http_error", "status": 404}]},
            Answer.PAGE_GONE,
        ),
        ({"revisits": [{"url": f"{HOME}n.html", "final_url": "", "fetch": "timeout"}]}, UNSURE),
    ],
)
def test_an_article_is_put_right_only_when_it_was_read_again(
    rules: tuple[Rule, ...], after: dict[str, Any], expected: Answer
) -> None:
    found = result(rules, {"wording": [worded("甲词", f"{HOME}n.html")]}, after)
    assert answer(found, "content-wrong-wording").answer is expected
