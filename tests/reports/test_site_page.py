import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from govspider.facts import (
    Answer,
    Attachment,
    ColumnState,
    Decides,
    DisplaySample,
    LetterSample,
    Outcome,
    PageSample,
    Review,
    Samples,
    ScoreItem,
    ScorePart,
    SearchTry,
    SiteResult,
    SiteSearch,
    SiteStatus,
    VerdictKind,
)
from govspider.reports.site_page import environment, write_site_page
from tests.reports.builder import blank, column, finding, round_of, site

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def page(result: SiteResult, folder: Path) -> str:
    path = folder / "page.html"
    write_site_page(result, round_of(result), environment(), path)
    return path.read_text("utf-8")


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_problem_counts_its_places_as_the_bulletin_does(tmp_path: Path) -> None:
    guides = [
        finding(
            1,
            "guide-element-missing",
            "缺",
            title="办事指南要素不全",
            decides=Decides.DEDUCTION,
            key=key,
            evidence=said,
        )
        for key, said in (("a", {"places": 3}), ("b", {}))
    ]
    assert "办事指南要素不全（4 处）" in page(site(1, "某局", findings=guides), tmp_path)


def test_what_was_drawn_is_listed(tmp_path: Path) -> None:
    result = site(1, "某局")
    assert result.facts is not None
    samples = Samples(
        seed="2026Q2",
        pages=(PageSample("http://s1.example.gov.cn/a", "column", "通知公告"),),
        search=SiteSearch(tries=(SearchTry("关于供水的通知", "http://s1.example.gov.cn/b", found=False),)),
        displays=(DisplaySample("http://s1.example.gov.cn/", "home", "首页", browser="Firefox", reason="访问超时"),),
        letters=(LetterSample(ATTACK, "javascript:alert(1)", reason="未能打开"),),
    )
    files = (Attachment("http://s1.example.gov.cn/c.doc", "名单", "http://s1.example.gov.cn/", "是旧版文档，不能读取"),)
    text = page(replace(result, facts=replace(result.facts, samples=samples, attachments=files)), tmp_path)
    for said in (
        "按轮次“2026Q2”",
        "页面标签和底部（栏目页）",
        "关于供水的通知",
        "结果第一页没有",
        "是旧版文档，不能读取",
        "Firefox：访问超时",
    ):
        assert said in text, said
    assert "<script>" not in text
    assert "抽查的样本" not in page(result, tmp_path)


def test_a_hostile_site_stays_text(tmp_path: Path) -> None:
    bad = finding(
        1,
        "columns-blank",
        ATTACK,
        title=ATTACK,
        url="javascript:alert(1)",
        where=ATTACK,
        evidence={"columns": [{"name": ATTACK, "url": "data:text/html,x"}], ATTACK: ATTACK},
    )
    result = site(
        1,
        ATTACK + "\u202e\x00",
        verdict=VerdictKind.UNQUALIFIED,
        vetoes=["columns-blank"],
        problems=[ATTACK],
        unknown=[(ATTACK, ATTACK)],
        findings=[bad],
        columns=[(column(ATTACK, url="JavaScript:alert(1)", path=(ATTACK,)), ColumnState.STALE)],
    )
    text = page(result, tmp_path)
    tags = Tags(text).found
    assert not {"script", "img", "iframe", "object", "form"} & {tag for tag, _ in tags}
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on")]
    links = [attrs for tag, attrs in tags if tag == "a"]
    assert links
    for attrs in links:
        assert re.match(r"https?://", attrs["href"] or "")
        assert {"noopener", "nofollow"} <= set((attrs["rel"] or "").split())
    assert "\u202e" not in text
    assert "\x00" not in text


def test_nothing_may_be_loaded_or_run(tmp_path: Path) -> None:
    tags = Tags(page(site(1), tmp_path)).found
    policy = next(attrs["content"] for tag, attrs in tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in (policy or "")
    assert "unsafe" not in (policy or "")
    assert [tag for tag, attrs in tags if "src" in attrs or tag == "link" or "style" in attrs] == []


def test_the_style_is_the_one_the_policy_allows(tmp_path: Path) -> None:
    import base64
    import hashlib

    text = page(site(1), tmp_path)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    assert base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() in text


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (site(1), "合格：未发现单项否决问题"),
        (site(1, verdict=VerdictKind.UNQUALIFIED), "不合格：存在单项否决问题"),
        (site(1, verdict=VerdictKind.UNDETERMINED), "未能形成结论"),
        (site(1, verdict=VerdictKind.UNDETERMINED, inspected=False), "尚未检查"),
        (
            site(1, verdict=VerdictKind.EXCLUDED, status=SiteStatus.CLOSED, inspected=False),
            "未纳入检查：报送状态为“关停”",
        ),
    ],
)
def test_the_banner_tells_the_verdict(tmp_path: Path, result: SiteResult, said: str) -> None:
    assert f"<strong>{said}" in page(result, tmp_path)


def test_problems_unknowns_and_columns_are_shown(tmp_path: Path) -> None:
    result = site(
        1,
        verdict=VerdictKind.UNQUALIFIED,
        vetoes=["columns-blank"],
        findings=[blank(1)],
        unknown=[("messages-unanswered", "留言页面超时")],
        columns=[(column("工作动态"), ColumnState.UPDATED), (column("统计数据", newest=None), ColumnState.BLANK)],
        complete=False,
    )
    text = page(result, tmp_path)
    for said in ("空白栏目达到 5 个", "国办秘函〔2019〕19号", "留言答复", "留言页面超时", "达到页面数量上限"):
        assert said in text
    assert text.index("统计数据</a>") < text.index("工作动态</a>")  # what needs attention first


def test_a_clue_is_apart_and_a_rejected_one_is_no_problem(tmp_path: Path) -> None:
    clue = finding(1, "content-tampered", "可疑词语", outcome="clue", decides=Decides.CLUE)
    gone = finding(1, "columns-blank", "排除的情况", review=Review.REJECTED)
    text = page(site(1, findings=[clue, gone]), tmp_path)
    assert text.index("核实之前不作为问题认定") < text.index("可疑词语")
    assert text.index("经人工核实排除") < text.index("排除的情况")


def test_rechecks_show_before_and_after(tmp_path: Path) -> None:
    new = finding(1, "home-stale", "首页没有更新", key="new")
    result = site(
        1,
        verdict=VerdictKind.UNQUALIFIED,
        first=VerdictKind.UNQUALIFIED,
        vetoes=["home-stale"],
        findings=[new],
        rechecks=[(blank(1), Answer.FIXED, "已有内容")],
        changes={"new_findings": ("new",)},
    )
    text = page(result, tmp_path)
    for said in ("初检结论：不合格", "已整改", "已有内容", "复检新发现 1 项", "（复检新发现）"):
        assert said in text


def test_every_point_of_a_portal_is_told(tmp_path: Path) -> None:
    dead = ScorePart("link-dead", "f" * 24, Outcome.VIOLATION, -0.2, -0.2, 1)
    waiting = ScorePart("reply-late", "", Outcome.UNKNOWN, -7, 0, reason="待人工填报")
    items = (
        ScoreItem("功能设计/可用性", 1, 0.8, 0.8, parts=(dead,)),
        ScoreItem("互动交流/办理答复", 7, 0, 7, parts=(waiting,)),
    )
    result = site(1, findings=[finding(1, "link-dead", ATTACK, key="f" * 24)])
    verdict = replace(result.verdict, score_low=92.8, score_high=99.8, score_items=items, unanswered=("reply-late",))
    text = page(replace(result, verdict=verdict), tmp_path)
    assert "得分在92.8至99.8之间（暂定，有1项待人工填报或者核实）" in text
    assert "-7至0 咨询答复时效：待人工填报" in text
    assert "-0.2 链接可用性：" in text
    assert "<script>alert" not in text


def test_a_portal_that_fails_by_its_score_is_told_so(tmp_path: Path) -> None:
    result = site(1)
    failed = replace(
        result.verdict, verdict=VerdictKind.UNQUALIFIED, problems=("扣分指标得分低于60分",), vetoes=(), score_high=59.9
    )
    assert "不合格：扣分指标得分低于60分" in page(replace(result, verdict=failed), tmp_path)


def test_all_pages_that_show_a_dead_link_are_named(tmp_path: Path) -> None:
    pages = [f"http://s1.example.gov.cn/{n}.html" for n in range(300)] + ["javascript:alert(1)"]
    counts = {"linked_pages": 301, "looked_through": 340, "known_pages": 340}
    found = finding(1, "link-dead", "链接打不开", evidence={"linked_from": pages, **counts, "status": 404})
    html = page(site(1, findings=[found]), tmp_path)
    links = [attributes.get("href") for tag, attributes in Tags(html).found if tag == "a"]
    assert set(pages[:300]) <= set(links)
    assert "javascript:alert(1)" not in links
    assert "已知的340个页面均已读取，其中301个有该链接" in html
    card = page(site(1, findings=[found], vetoes=["link-dead"], verdict=VerdictKind.UNQUALIFIED), tmp_path)
    assert pages[299] in card
    assert "状态码：404" in card
    assert "链接所在页面：" not in card


@pytest.mark.parametrize("odd", [[], "http://a.example/", 5, None, [1, "http://a.example/"], ["甲", "乙"]])
def test_evidence_of_another_build_is_still_told(tmp_path: Path, odd: object) -> None:
    evidence = {"linked_from": odd, "linked_pages": odd, "looked_through": odd, "known_pages": odd}
    assert "<html" in page(site(1, findings=[finding(1, "link-dead", "打不开", evidence=evidence)]), tmp_path)
