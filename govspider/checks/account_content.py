"""Clues in what accounts publish: wrong wording and personal data. A person decides."""

from collections.abc import Iterator
from dataclasses import dataclass

from govspider.checks.common import clip, days_before, subject_finding
from govspider.checks.content import KINDS
from govspider.facts import AccountFacts, Finding, Outcome, Post, Trust


@dataclass(frozen=True, slots=True)
class RecentWording:
    """``grade``: of the words that count; ``days``: posts older than that do not."""

    grade: str
    days: int


def account_content(facts: AccountFacts, params: RecentWording) -> Iterator[Finding]:
    """One clue for each wrong form in its sentence, and for each kind of personal data in a post."""
    since = days_before(facts.checkpoint, params.days)
    trusts = {_where(post): post.trust for post in facts.posts}
    inside = {
        _where(post) for post in facts.posts if post.published is None or since <= post.published <= facts.checkpoint
    }
    outside = trusts.keys() - inside
    clues: dict[str, Finding] = {}
    for one in (*facts.wording, *facts.stated_wording):
        if one.wording.grade == params.grade and one.url not in outside:
            word, suggestion, snippet = map(clip, (one.wording.word, one.wording.suggestion, one.wording.snippet))
            said = f"疑似表述错误“{word}”，规范表述为“{suggestion}”。原文：{snippet}"
            _add(clues, one.url, one.wording.word, said, one.wording.snippet, trusts.get(one.url, Trust.OPEN))
    for other in (*facts.leaks, *facts.stated_leaks):
        if other.url not in outside:
            said = f"疑似泄露{KINDS.get(other.leak.kind, other.leak.kind)}{other.leak.masked}"
            _add(clues, other.url, other.leak.masked, said, other.leak.snippet, trusts.get(other.url, Trust.OPEN))
    yield from clues.values()
    if not clues:
        read = any(post.title or post.text for post in facts.posts)
        outcome = Outcome.PASS if read else Outcome.UNKNOWN
        yield subject_finding(outcome, facts, **({} if read else {"reason": "没有可供查看的信息"}))


def _where(post: Post) -> str:
    """How wording and leaks name their post."""
    return post.url or post.title


def _add(clues: dict[str, Finding], where: str, mark: str, said: str, context: str, trust: Trust) -> None:
    """``where`` is the post's address, or its title where it has none."""
    url = where if where.startswith(("http://", "https://")) else ""
    subject = f"{where}#{mark}"
    evidence = {"said": said, "context": clip(context), "name": clip(where), "trust": trust.value}
    clues.setdefault(subject, Finding("", Outcome.VIOLATION, subject, url, url, evidence))
