"""The rule files: every case in them, what each of them must have, and what is refused."""

import ast
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from govspider.facts import (
    AccountFacts,
    Fetch,
    Finding,
    Outcome,
    PlatformGroup,
    SiteFacts,
    SiteKind,
    Subject,
    Visit,
)
from govspider.rules import (
    CHECKS,
    FAMILIES,
    Case,
    Rule,
    RuleError,
    apply_rule,
    finding_key,
    load_rules,
    message,
    threshold,
)
from govspider.rules.book import book
from govspider.rules.cases import build_case
from govspider.rules.table import readme

ROOT = Path(__file__).parent.parent
RULES = ROOT / "rules"
ALL = load_rules(RULES, "2019")
BY_ID = {rule.id: rule for rule in ALL}
CASES = [pytest.param(rule, case, id=f"{rule.id}: {case.name}") for rule in ALL for case in rule.cases]
EACH = pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
ON_SITES = pytest.mark.parametrize("rule", ALL.of("site"), ids=lambda rule: rule.id)
VETOES = {
    "site-unreachable",
    "home-stale",
    "columns-news-stale",
    "columns-stale",
    "columns-blank",
    "channel-absent",
    "messages-unanswered",
    "service-absent",
    "guides-incomplete",
    "guides-all-incomplete",
}


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule: Rule, case: Case) -> None:
    findings = apply_rule(rule, case.facts)
    outcomes = {finding.subject: finding.outcome for finding in findings}
    assert {subject: outcomes.get(subject) for subject in case.expect} == dict(case.expect)
    assert len(outcomes) == len(findings), "two findings of one subject"
    assert "" not in case.expect or len(findings) == 1


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_findings_can_be_stored_and_told(rule: Rule, case: Case) -> None:
    for finding in apply_rule(rule, case.facts):
        assert finding.rule == rule.id
        assert json.loads(json.dumps(finding.evidence)) == finding.evidence
        if finding.outcome is Outcome.VIOLATION:
            assert rule.check.evidence <= set(finding.evidence) or "who" in finding.evidence
        if finding.outcome in (Outcome.UNKNOWN, Outcome.NOT_APPLICABLE):
            assert re.search(r"[\u4e00-\u9fff]", finding.evidence["reason"])
        told = message(rule, finding)
        assert "{" not in told
        assert "None" not in told


@EACH
def test_declaration(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
    assert rule.family in FAMILIES
    assert rule.source.url.startswith("https://www.gov.cn/") or not rule.source.verified
    every = SiteKind if rule.subject is Subject.SITE else PlatformGroup
    assert set(rule.kinds) == set(every) or (rule.points and rule.kinds == (SiteKind.PORTAL,))
    assert "{" not in threshold(rule)


def test_the_vetoes_are_those_of_the_indicators() -> None:
    assert {rule.id for rule in ALL.of("site") if rule.decides == "veto"} == VETOES


def test_every_check_and_family_is_used() -> None:
    assert {rule.check_name for rule in ALL} == set(CHECKS)
    assert {rule.family for rule in ALL} == set(FAMILIES)


@pytest.mark.parametrize("path", sorted((ROOT / "govspider" / "checks").glob("*.py")), ids=lambda path: path.name)
def test_checks_are_pure(path: Path) -> None:
    allowed = {"calendar", "collections", "dataclasses", "datetime", "hashlib", "itertools", "re", "typing", "urllib"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            name = node.module or ""
            assert name.split(".")[0] in allowed or name.startswith(("govspider.facts", "govspider.checks"))
        elif isinstance(node, ast.Import):
            assert {alias.name for alias in node.names} <= allowed
        elif isinstance(node, ast.Attribute):
            assert node.attr not in {"now", "today", "utcnow"}, f"{path.name} looks at a clock"


def test_annex_phrases_of_the_model_case() -> None:
    absent, blank = BY_ID["service-absent"], BY_ID["columns-blank"]
    assert (absent.problem, blank.problem) == ("未提供办事服务", "多个栏目存在空白")
    assert absent.order < blank.order


def test_readme_is_generated() -> None:
    assert (RULES / "README.md").read_text("utf-8") == readme(RULES), "运行 scrapy rules"


def test_the_rule_book_is_generated() -> None:
    text = book(RULES)
    assert (ROOT / "docs" / "indicators.md").read_text("utf-8") == text, "运行 scrapy rules"
    assert all(f"`{rule.id}`" in text for rule in ALL)
    assert "没有规则" not in text
    assert all(f"（{points:g} 分）" in text for points in (31, 25, 23, 21, 7, 6, 8, 6, 3))


def unanswered(rule: Rule) -> list[SiteFacts | AccountFacts]:
    """The facts of its cases without what a person said."""
    return [replace(case.facts, answers=()) for case in rule.cases]


@ON_SITES
@pytest.mark.parametrize("fetch", [fetch for fetch in Fetch if fetch is not Fetch.OK])
def test_an_unread_home_page_is_never_judged(rule: Rule, fetch: Fetch) -> None:
    home = Visit("https://www.city.example/", "https://www.city.example/", fetch)
    for case in rule.cases:
        facts = replace(case.facts, home=replace(case.facts.home, visit=home, closed=""), probes=(), answers=())
        assert {f.outcome for f in apply_rule(rule, facts)} <= {Outcome.UNKNOWN, Outcome.NOT_APPLICABLE} or (
            rule.id == "register-drift" and fetch is Fetch.OFF_HOST
        )


@EACH
def test_an_incomplete_walk_only_withholds(rule: Rule) -> None:
    for case in rule.cases:
        whole = {f.subject: f.outcome for f in apply_rule(rule, case.facts)}
        part = {
            f.subject: f.outcome for f in apply_rule(rule, replace(case.facts, complete=False, stopped="页数到上限"))
        }
        for subject, outcome in part.items():
            if outcome is Outcome.VIOLATION:
                assert whole[subject] is Outcome.VIOLATION


@EACH
def test_a_crash_says_nothing(rule: Rule) -> None:
    for facts in unanswered(rule):
        assert {f.outcome for f in apply_rule(rule, replace(facts, crashed=True))} <= {
            Outcome.UNKNOWN,
            Outcome.NOT_APPLICABLE,
        }


@EACH
def test_a_family_that_is_switched_off_says_nothing(rule: Rule) -> None:
    (off,) = [one for one in ALL.without([rule.family]) if one.id == rule.id]
    for case in rule.cases:
        assert [finding.outcome for finding in apply_rule(off, case.facts)] == [Outcome.UNKNOWN]


@EACH
def test_a_kind_that_is_not_listed_is_not_judged(rule: Rule) -> None:
    nowhere = replace(rule, kinds=())
    for case in rule.cases:
        assert {f.outcome for f in apply_rule(nowhere, case.facts)} == {Outcome.NOT_APPLICABLE}


# ---------------------------------------------------------------------------------------------------------- messages


def test_messages_name_the_evidence() -> None:
    rule = BY_ID["columns-news-stale"]
    told = message(rule, apply_rule(rule, rule.cases[0].facts)[0])
    assert told.startswith(
        "动态要闻类栏目和通知公告、政策文件类一级栏目共有5个未按时更新：“栏目1”（最近更新于2026年6月15日）、"
    )
    assert told.endswith("“栏目5”（未注明发布时间）")


@pytest.mark.parametrize(
    ("rule", "kept"), [("content-leak", "context"), ("account-content", "context"), ("content-harmful-link", "target")]
)
def test_the_bulletin_spreads_neither_personal_data_nor_harmful_addresses(rule: str, kept: str) -> None:
    """They stand in the evidence, for those who must look."""
    one = next(one for one in ALL if one.id == rule)
    assert f"{{{kept}}}" not in one.message


def test_what_a_person_reports_is_told_with_what_the_person_said() -> None:
    for rule in (one for one in ALL if one.answerable):
        said = {"places": 2, "note": "见检查记录", "who": "张某"}
        told = message(rule, Finding(rule.id, Outcome.VIOLATION, evidence=said))
        assert "未注明" not in told, rule.id
    reported = Finding("search-misses", Outcome.VIOLATION, evidence={"places": 2, "note": "见记录", "who": "甲"})
    assert message(BY_ID["search-misses"], reported) == "站内搜索搜不到已发布的标题（人工填报，2处）：见记录"


def test_long_lists_are_cut_and_hostile_text_stays_text() -> None:
    rule = BY_ID["columns-blank"]
    rows = [{"name": "{count}\u202e\x1b[31m甲", "url": "https://x.example/"}] * 11
    finding = Finding(rule.id, Outcome.VIOLATION, evidence={"count": 11, "columns": rows})
    told = message(rule, finding)
    assert told.count("“{count}[31m甲”") == 10
    assert told.endswith("等")
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_keys_are_stable_and_distinct() -> None:
    assert finding_key("1234567890", "columns-blank", "") == finding_key("1234567890", "columns-blank", "")
    assert finding_key("1", "a", "x") != finding_key("1", "a", "y")
    assert re.fullmatch(r"[0-9a-f]{24}", finding_key("1", "a", "坏\ud800"))


# ---------------------------------------------------------------------------------------------------------- overlays


def write_overlay(folder: Path, text: str) -> Path:
    shutil.copytree(RULES, folder, dirs_exist_ok=True)
    (folder / "overlays" / "local.toml").write_text(text, "utf-8")
    return folder


OVERLAY = """
title = "某市口径"
edition = "2019"
about = "本市从严。"
[source]
document = "某市考核办法"
number = "某办发〔2026〕1号"
clause = "第三条"
url = "https://www.city.example/1.html"
verified = true
"""


def test_an_overlay_changes_thresholds_and_says_so(tmp_path: Path) -> None:
    folder = write_overlay(tmp_path, OVERLAY + "[params.columns-blank]\nlimit = 3\n")
    rules = {rule.id: rule for rule in load_rules(folder, "2019", "local")}
    facts = build_case({"name": "x", "expect": "pass", "columns": [{"repeat": 3, "blank": True}]}).facts
    assert apply_rule(rules["columns-blank"], facts)[0].outcome is Outcome.VIOLATION
    assert apply_rule(BY_ID["columns-blank"], facts)[0].outcome is Outcome.PASS
    assert threshold(rules["columns-blank"]) == "空白栏目累计达到3个（某市口径）"
    assert threshold(rules["home-stale"]) == threshold(BY_ID["home-stale"])


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ("[params.columns-blank]\nlimits = 3", "overlays/local.toml：不认识的键 params.columns-blank.limits"),
        ("[params.columns-blank]\nlimit = 'x'", "overlays/local.toml：params.columns-blank.limit 不合要求"),
        ("[params.no-such-rule]\nlimit = 3", "overlays/local.toml：params.no-such-rule 不是 2019 版的规则"),
        ("", "overlays/local.toml：没有改动"),
        ("[params]\ncolumns-blank = 3", "overlays/local.toml：params 应按规则分表"),
    ],
)
def test_a_bad_overlay_is_refused(tmp_path: Path, params: str, words: str) -> None:
    with pytest.raises(RuleError, match=re.escape(words)):
        load_rules(write_overlay(tmp_path, OVERLAY + params), "2019", "local")


@pytest.mark.parametrize(
    ("edition", "overlay"), [("../2019", ""), ("2019", "../../x"), ("1999", ""), ("2019", "none-such")]
)
def test_unknown_editions_and_overlays_are_refused(edition: str, overlay: str) -> None:
    with pytest.raises(RuleError):
        load_rules(RULES, edition, overlay)


# ------------------------------------------------------------------------------------------------------------ errors


def cut(text: str, start: str, stop: str) -> str:
    return text[: text.index(start)] + text[text.index(stop) :]


def drop_cases(outcome: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        head, *cases = text.split("[[case]]")
        return "[[case]]".join([head, *(case for case in cases if f'expect = "{outcome}"' not in case)])

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.replace('check = "columns_blank"', 'check = "nothing"'), "check = 'nothing' 不存在"),
        (lambda t: t.replace('family = "columns"', 'family = "misc"'), "family = 'misc'"),
        (lambda t: t.replace('decides = "veto"', 'decides = "doom"'), "decides = 'doom'"),
        (lambda t: t.replace("order = 50", 'order = "x"'), "order = 'x'"),
        (lambda t: t.replace('"topic"]', '"blog"]'), "kinds = "),
        (lambda t: t.replace("order = 50", "order = 50\ncolour = 1"), "不认识的键 colour"),
        (lambda t: t.replace("title = ", "# title = "), "缺少 title"),
        (lambda t: cut(t, "[source]", "[params]"), "缺少 [source]"),
        (lambda t: t.replace("clause = ", "# clause = "), "缺少 source.clause"),
        (lambda t: t.replace("verified = true", 'verified = "yes"'), "缺少 source.verified"),
        (lambda t: t.replace("verified = true", "verified = true\npage = 3"), "不认识的键 source.page"),
        (lambda t: t.replace("limit = 5", ""), "params.limit"),
        (lambda t: t.replace("limit = 5", 'limit = "viele"'), "params.limit"),
        (lambda t: t.replace("limit = 5", "limit = 5\nextra = 1"), "不认识的键 params.extra"),
        (lambda t: t.replace("{columns}", "{rows}"), "message 中的 {rows} 没有取值"),
        (lambda t: t.replace("{columns}", "{columns.x}"), "message 写法有误"),
        (lambda t: t.replace("{columns}", "{columns"), "message 写法有误"),
        (lambda t: t.replace("达到{limit}个", "达到{size}个"), "limit 中的 {size} 没有取值"),
        (lambda t: t.replace("：{reason}", ""), "unknown 应写明原因"),
        (drop_cases("violation"), "没有结果为 violation 的例子"),
        (drop_cases("pass"), "没有结果为 pass 的例子"),
        (drop_cases("unknown"), "没有结果为 unknown 的例子"),
        (lambda t: t.replace("repeat = 5, blank", "repeat = 5, blanc"), "columns 有不认识的键 blanc"),
        (lambda t: t.replace('fetch = "blocked"', 'fetch = "maybe"'), "visit.fetch"),
        (lambda t: t.replace('expect = "pass"', 'expect = "fine"'), "case “4个空白栏目”"),
        (lambda t: t + "[[", "无法读取"),
    ],
)
def test_a_bad_rule_is_refused(tmp_path: Path, change: Callable[[str], str], words: str) -> None:
    text = (RULES / "2019" / "columns-blank.toml").read_text("utf-8")
    changed = change(text)
    assert changed != text
    shutil.copytree(RULES / "scoring", tmp_path / "scoring")
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "columns-blank.toml").write_text(changed, "utf-8")
    with pytest.raises(RuleError, match=re.escape(words)) as caught:
        load_rules(tmp_path, "2019")
    assert str(caught.value).startswith("2019/columns-blank.toml：")


def test_a_bad_file_name_is_refused(tmp_path: Path) -> None:
    shutil.copytree(RULES / "scoring", tmp_path / "scoring")
    (tmp_path / "2019").mkdir()
    shutil.copy(RULES / "2019" / "columns-blank.toml", tmp_path / "2019" / "Blank_1.toml")
    with pytest.raises(RuleError, match="文件名"):
        load_rules(tmp_path, "2019")
