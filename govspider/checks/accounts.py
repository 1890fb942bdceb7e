"""New-media accounts: are they kept up, do they exist, do they offer interaction."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from govspider.checks.common import clip, days_before, iso, subject_finding
from govspider.checks.gaps import longest_gap
from govspider.facts import (
    AccountFacts,
    Finding,
    Outcome,
    PlatformGroup,
    Post,
    Sign,
    SignOf,
    SourceRead,
    Trust,
)

RANK: Mapping[Trust, int] = {trust: rank for rank, trust in enumerate(Trust)}
SOURCES: Mapping[str, str] = {
    "feed": "订阅源",
    "weibo": "微博公开页面",
    "page": "账号主页",
    "store": "应用下载页面",
    "ledger": "此前检查记录",
    "export": "后台导出数据",
    "selfcheck": "单位自查表",
}
SENTENCE_ENDS = re.compile(r"[。！？!?；;\n]")
NO_SOURCE = "没有可用的信息来源，请主办单位提供发布情况证明"


@dataclass(frozen=True, slots=True)
class PostWindow:
    days: int


@dataclass(frozen=True, slots=True)
class Features:
    """``accepted``: each of these functions alone is effective interaction."""

    accepted: tuple[SignOf, ...]


def account_stale(facts: AccountFacts, params: PostWindow) -> Iterator[Finding]:
    """No post dated within the window, by a source that would show it."""
    since = days_before(facts.checkpoint, params.days)
    inside = posts_within(facts, since)
    covering = sources_covering(facts, since)
    before = [post for post in facts.posts if post.published is not None and post.published <= facts.checkpoint]
    newest = max(before, key=lambda post: post.published or dt.date.min, default=None)
    source = covering[0] if covering else None
    gap = longest_gap(facts)
    evidence: dict[str, Any] = {
        "newest": iso(newest.published) if newest else None,
        "days": (facts.checkpoint - newest.published).days if newest and newest.published else None,
        "limit": params.days,
        "title": clip(newest.title) if newest else "",
        "newest_url": newest.url if newest else "",
        "source": SOURCES.get(source.adapter, source.adapter) if source else "",
        "trust": source.trust.value if source else "",
        "gap": None if gap is None else {"since": iso(gap.start), "until": iso(gap.end), "length": gap.days},
    }
    if facts.account.publishes is False:
        yield subject_finding(Outcome.NOT_APPLICABLE, facts, reason="该账号登记的功能不含信息发布")
    elif inside and not (contradicted := _contradiction(inside, covering)):
        yield subject_finding(Outcome.PASS, facts, **evidence)
    elif inside:
        yield subject_finding(Outcome.UNKNOWN, facts, **evidence, reason=contradicted)
    elif covering:
        yield subject_finding(Outcome.VIOLATION, facts, **evidence)
    else:
        yield subject_finding(Outcome.UNKNOWN, facts, **evidence, reason=uncovered(facts, since))


def account_unusable(facts: AccountFacts, params: PostWindow) -> Iterator[Finding]:
    """The platform, the store or the unit itself says that the account is gone or that the app cannot be had. An export
    with posts of the window comes from an account that is there."""
    app = facts.account.kind.group is PlatformGroup.APP
    best = best_signs(facts, (SignOf.USABLE,) if app else (SignOf.EXISTS, SignOf.USABLE))
    inside = () if app else posts_within(facts, days_before(facts.checkpoint, params.days))
    exported = next((post for post in inside if post.trust is Trust.EXPORT), None)
    exists = not app and any(sign.of is SignOf.EXISTS and sign.holds for sign in facts.signs)
    if not best and exported:
        detail = f"后台导出数据中有{iso(exported.published)}发布的信息"
        yield subject_finding(
            Outcome.PASS, facts, **_said(Sign(SignOf.EXISTS, True, Trust.EXPORT, "export", detail=detail))
        )
    elif not best:
        reasons = "；".join(_told(source) for source in facts.sources if source.reason)
        yield subject_finding(Outcome.UNKNOWN, facts, reason=reasons or NO_SOURCE)
    elif all(sign.holds for sign in best):
        yield subject_finding(Outcome.PASS, facts, **_said(best[0]))
    elif any(sign.holds for sign in best) or exists or exported:
        yield subject_finding(Outcome.UNKNOWN, facts, reason=f"不同来源说法不一：{_listed(best)}")
    else:
        yield subject_finding(Outcome.VIOLATION, facts, **_said(next(sign for sign in best if not sign.holds)))


def account_no_interaction(facts: AccountFacts, params: Features) -> Iterator[Finding]:
    """Every accepted function is known not to be there, or interaction as such is."""
    signs = [sign for sign in facts.signs if sign.of is SignOf.INTERACTION or sign.of in params.accepted]
    if facts.account.interactive is not None:
        detail = "名册登记有互动功能" if facts.account.interactive else "名册登记无互动功能"
        signs.append(Sign(SignOf.INTERACTION, facts.account.interactive, Trust.STATED, "register", detail=detail))
    offered = [sign for sign in signs if sign.holds]
    denied = [sign for sign in signs if not sign.holds]
    none_left = {sign.of for sign in denied} >= set(params.accepted)
    overall = [sign for sign in denied if sign.of is SignOf.INTERACTION]
    if offered and overall and _rank(offered) >= _rank(overall):
        reason = f"不同来源说法不一：{_listed([*overall, *offered])}"
        yield subject_finding(Outcome.UNKNOWN, facts, reason=reason)
    elif offered:
        yield subject_finding(Outcome.PASS, facts, evidence=[clip(sign.detail) for sign in offered])
    elif overall or none_left:
        grounds = overall or denied
        yield subject_finding(
            Outcome.VIOLATION,
            facts,
            evidence=[clip(sign.detail) for sign in grounds],
            trust=min(grounds, key=lambda sign: RANK[sign.trust]).trust.value,
        )
    else:
        yield subject_finding(Outcome.UNKNOWN, facts, reason="没有互动功能方面的信息，请主办单位提供证明")


def sentences(post: Post) -> list[str]:
    """What a post says, title first. A word means what its sentence makes of it: what is forbidden there is not done."""
    return [sentence for sentence in SENTENCE_ENDS.split(f"{post.title}\n{post.text}") if sentence.strip()]


def selling(post: Post, words: Sequence[str], warnings: Sequence[str]) -> frozenset[str]:
    """The words of selling that a post uses, without those of sentences that warn of such offers."""
    plain = [sentence for sentence in sentences(post) if not any(word in sentence for word in warnings)]
    return frozenset(word for word in words if any(word in sentence for sentence in plain))


def posts_within(facts: AccountFacts, since: dt.date) -> list[Post]:
    """What was published from ``since`` to the checkpoint, both included."""
    return [post for post in facts.posts if post.published and since <= post.published <= facts.checkpoint]


def sources_covering(facts: AccountFacts, since: dt.date) -> list[SourceRead]:
    """The sources that show everything from ``since`` to the checkpoint, the most trusted first."""
    found = [
        source
        for source in facts.sources
        if source.since and source.until and source.since <= since and source.until >= facts.checkpoint
    ]
    return sorted(found, key=lambda source: RANK[source.trust])


def best_signs(facts: AccountFacts, wanted: Sequence[SignOf]) -> list[Sign]:
    """Those of the best grade of trust that there is."""
    signs = [sign for sign in facts.signs if sign.of in wanted]
    best = min((RANK[sign.trust] for sign in signs), default=0)
    return [sign for sign in signs if RANK[sign.trust] == best]


def uncovered(facts: AccountFacts, since: dt.date) -> str:
    """Why it cannot be said that nothing was published."""
    reasons = [_told(source) or _partly(source, since) for source in facts.sources]
    return "；".join(dict.fromkeys(filter(None, reasons))) or NO_SOURCE


def _contradiction(inside: Sequence[Post], covering: Sequence[SourceRead]) -> str:
    """A unit says that it published, and everything that is open to all shows that it did not."""
    best = min(RANK[post.trust] for post in inside)
    if not covering or RANK[covering[0].trust] >= best or best <= RANK[Trust.SEEN]:
        return ""
    open_one = SOURCES.get(covering[0].adapter, covering[0].adapter)
    return f"单位填报的信息（{iso(inside[0].published)}）在{open_one}中没有见到，请核实"


def _told(source: SourceRead) -> str:
    return f"{SOURCES.get(source.adapter, source.adapter)}：{clip(source.reason)}" if source.reason else ""


def _partly(source: SourceRead, since: dt.date) -> str:
    name = SOURCES.get(source.adapter, source.adapter)
    if source.adapter in ("ledger", "store"):
        return ""
    if source.since is None or source.until is None:
        undated = f"有{source.undated}条信息没有日期" if source.undated else "不能确定列出了全部信息"
        return f"{name}：{undated}"
    if source.since > since:
        return f"{name}：最早只列到{iso(source.since)}，可能不是全部"
    return f"{name}：内容只到{iso(source.until)}，没有覆盖到监测时间点"


def _said(sign: Sign) -> dict[str, Any]:
    source = SOURCES.get(sign.source, sign.source)
    return {"said": clip(sign.detail), "source": source, "trust": sign.trust.value, "said_at": sign.url}


def _listed(signs: Sequence[Sign]) -> str:
    return "、".join(dict.fromkeys(clip(sign.detail) for sign in signs))


def _rank(signs: Sequence[Sign]) -> int:
    return min(RANK[sign.trust] for sign in signs)
