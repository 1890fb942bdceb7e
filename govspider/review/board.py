"""What the review page shows and does, without the web: the sites and accounts of one round, their findings, decisions on them."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govspider.facts import (
    AccountResult,
    Decides,
    Finding,
    GivenAnswer,
    ReportedFinding,
    Review,
    RoundResults,
    SiteResult,
    Subject,
    VerdictKind,
)
from govspider.reports.annexes import reasons
from govspider.reports.phrases import KIND_NAMES
from govspider.review.items import ItemRow, item_rows
from govspider.rounds import RULES, Settings, choose_round, publish, rules_of
from govspider.rules import Rules
from govspider.store import Decision, Round, Store

# In the order in which they need a person.
KINDS = ("clue", "veto", "violation", "notice")
VERDICTS = (VerdictKind.UNQUALIFIED, VerdictKind.UNDETERMINED, VerdictKind.QUALIFIED, VerdictKind.EXCLUDED)


class ReviewError(Exception):
    """What was asked cannot be done. ``status`` is HTTP's; the text is Chinese and says what to do."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True, slots=True)
class Brief:
    """As much of a finding as the list needs."""

    rule: str
    title: str
    kind: str
    review: Review


@dataclass(frozen=True, slots=True)
class Row:
    """One site or account in the list. ``kind`` in Chinese; ``reason``: why it has no verdict."""

    subject: Subject
    code: str
    name: str
    kind: str
    url: str
    verdict: VerdictKind
    problems: tuple[str, ...]
    reason: str
    findings: tuple[Brief, ...]

    def waiting(self, kind: str) -> int:
        return sum(brief.kind == kind and brief.review is Review.PENDING for brief in self.findings)

    @property
    def decided(self) -> int:
        return sum(brief.review is not Review.PENDING for brief in self.findings)


def kind_of(found: ReportedFinding) -> str:
    """veto, or the outcome: clue, violation, notice."""
    return "veto" if found.decides is Decides.VETO else found.outcome


def sorted_findings(findings: Iterable[ReportedFinding]) -> list[ReportedFinding]:
    """Clues and vetoes first, otherwise as the rules found them: a decision moves nothing."""
    return sorted(findings, key=lambda found: KINDS.index(kind_of(found)))


class Board:
    """One round of a store. May be used from many threads; each answer is as fresh as the store."""

    def __init__(self, store: Store, round_id: str, settings: Settings) -> None:
        self._store = store
        self._round = round_id
        self._settings = settings
        self._rows: dict[tuple[Subject, str], tuple[object, Row]] = {}
        self._rules: tuple[object, Rules] | None = None
        self._reading = threading.Lock()
        self._deciding = threading.Lock()
        self._publishing = threading.Lock()

    def rows(self) -> tuple[Round, list[Row]]:
        """Those that most need a person first. Only what changed since the last call is read again."""
        with self._reading:
            found = choose_round(self._store, self._round)
            rules = self._rules_of(found)
            halves: list[tuple[Subject, Sequence[Any], Sequence[SiteResult] | Sequence[AccountResult]]] = [
                (Subject.SITE, found.sites, self._store.results(self._round, rules).sites),
                (Subject.ACCOUNT, found.accounts, self._store.accounts.results(found, rules)),
            ]
            rows = []
            for subject, registered, results in halves:
                marks = self._store.marks(self._round, subject)
                for index in range(min(len(registered), len(results))):
                    one = registered[index]
                    mark = (one, id(rules), marks.get(one.code))
                    known = self._rows.get((subject, one.code))
                    if known is None or known[0] != mark:
                        known = self._rows[subject, one.code] = (mark, _row(results[index]))
                    rows.append(known[1])
        return found, sorted(rows, key=_need)

    def site(self, code: str) -> tuple[RoundResults, SiteResult]:
        found = choose_round(self._store, self._round)
        results = self._store.results(self._round, self._rules_of(found), code)
        if not code or not results.sites:
            raise ReviewError(404, "本轮名册里没有这个网站。")
        return results, results.sites[0]

    def account(self, code: str) -> tuple[Round, AccountResult]:
        found = choose_round(self._store, self._round)
        number = next((number for number, one in enumerate(found.accounts) if one.code == code), None)
        if number is None:
            raise ReviewError(404, "本轮名册里没有这个账号。")
        return found, self._store.accounts.results(found, self._rules_of(found))[number]

    def history(self, findings: Iterable[ReportedFinding]) -> dict[str, tuple[Decision, ...]]:
        """Key → all decisions, oldest first."""
        return {found.key: self._store.decisions(found.key) for found in findings}

    def decide(
        self, subject: Subject, code: str, key: str, decision: Review, reviewer: str, note: str, seen: int
    ) -> None:
        """``seen``: how many decisions the reviewer knew of; another's decision is not overruled unread."""
        _, result = self.site(code) if subject is Subject.SITE else self.account(code)
        if not any(found.key == key for found in result.findings):
            raise ReviewError(404, "现在没有这条发现，可能已经复检或者重新判定，请返回查看。")
        with self._deciding:
            if len(self._store.decisions(key)) != seen:
                raise ReviewError(409, "这条发现刚刚已有新的核实意见，请返回查看后再决定。本次意见没有记录。")
            self._store.review(key, decision, reviewer, note)

    def items(self, subject: Subject, code: str) -> tuple[Round, SiteResult | AccountResult, tuple[ItemRow, ...], int]:
        """What people may answer about a site or account, and how many answers there are."""
        round_ = choose_round(self._store, self._round)
        result: SiteResult | AccountResult = (self.site if subject is Subject.SITE else self.account)(code)[1]
        of = result.site if isinstance(result, SiteResult) else result.account
        latest = self._store.latest if subject is Subject.SITE else self._store.accounts.latest
        found: Sequence[Finding] = next((saved.findings for saved in latest(self._round, code)), ())
        given = self._store.answers(self._round, code)
        return round_, result, item_rows(of, self._rules_of(round_), found, given), len(given)

    def answer(self, code: str, given: Sequence[GivenAnswer], seen: int) -> None:
        """``seen``: how many answers the person knew of; another's answer is not overruled unread."""
        with self._deciding:
            if len(self._store.answers(self._round, code)) != seen:
                raise ReviewError(409, "刚刚已有新的填报，请返回查看后再填。本次填报没有记录。")
            self._store.answer(self._round, given, self._rules_of(choose_round(self._store, self._round)))

    def publish(self) -> tuple[Path, ...]:
        """Writes the round's outputs again."""
        if not self._publishing.acquire(blocking=False):
            raise ReviewError(409, "正在重新生成，请稍候。")
        try:
            found = choose_round(self._store, self._round)
            return publish(self._store, found.id, self._rules_of(found), self._settings)
        finally:
            self._publishing.release()

    def _rules_of(self, found: Round) -> Rules:
        """The rules as they are now, read again only when a file changed."""
        changed = max((file.stat().st_mtime_ns for file in RULES.rglob("*.toml")), default=0)
        version = (found.edition, found.overlay, changed)
        if self._rules is None or self._rules[0] != version:
            self._rules = version, rules_of(found.edition, found.overlay)
        return self._rules[1]


def _need(row: Row) -> tuple[int, int, int]:
    return -row.waiting("clue"), -row.waiting("veto"), VERDICTS.index(row.verdict)


def _row(result: SiteResult | AccountResult) -> Row:
    verdict = result.verdict
    of: Any = result.site if isinstance(result, SiteResult) else result.account
    return Row(
        subject=Subject(verdict.subject),
        code=of.code,
        name=of.name,
        kind=KIND_NAMES[of.kind] if isinstance(result, SiteResult) else result.account.kind_name,
        url=of.url,
        verdict=verdict.verdict,
        problems=verdict.problems,
        reason=reasons(verdict) if verdict.verdict is VerdictKind.UNDETERMINED else "",
        findings=tuple(Brief(found.rule, found.title, kind_of(found), found.review) for found in result.findings),
    )
