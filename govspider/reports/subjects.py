"""A site or an account as the bulletin tells of it, and which of its findings are told where."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from govspider.facts import (
    ACCOUNT_KIND_NAMES,
    AccountResult,
    AccountStatus,
    Decides,
    Recheck,
    ReportedFinding,
    Review,
    RoundResults,
    SiteKind,
    SiteResult,
    SiteStatus,
    Verdict,
    VerdictKind,
)
from govspider.reports.areas import areas
from govspider.reports.phrases import ACCOUNT_STATUS_NAMES, KIND_NAMES, STATUS_NAMES, group_of
from govspider.reports.text import clean, cut, label

HALVES = ("sites", "accounts")
MESSAGE = 600  # characters of one finding's sentence


@dataclass(frozen=True, slots=True)
class Subject:
    """``kind`` and ``status`` in Chinese; ``group`` is the kind of a site or the platform of an account. ``state`` is the
    verdict's name, or waiting, exceptions or closed; ``inspected`` when it was last looked at; ``first`` the verdict of
    the first inspection where there are more."""

    half: str
    code: str
    name: str
    kind: str
    group: str
    area: str
    sponsor: str
    portal: bool
    status: str
    state: str
    inspected: dt.datetime | None
    verdict: Verdict
    first: VerdictKind | None
    findings: tuple[ReportedFinding, ...]
    rechecks: tuple[Recheck, ...]

    @property
    def checked(self) -> bool:
        return self.state in ("qualified", "unqualified", "undetermined")

    @property
    def places(self) -> tuple[str, ...]:
        """What its counts can be narrowed to."""
        return (self.group, f"area:{self.area}") if self.area else (self.group,)

    @property
    def who(self) -> str:
        return (
            f"{label(self.name)}（{clean(self.code)}）"
            if self.half == "sites"
            else f"“{label(self.name)}”（{self.group}）"
        )


def subjects_of(results: RoundResults) -> dict[str, list[Subject]]:
    """Half → its subjects in the register's order: ``sites``, then ``accounts``."""
    placed = areas(result.site for result in results.sites)
    return {
        "sites": [_site(result, placed[result.site.code]) for result in results.sites],
        "accounts": [_account(result) for result in results.accounts],
    }


def _site(result: SiteResult, area: str) -> Subject:
    site = result.site
    return Subject(
        half="sites",
        code=site.code,
        name=site.name,
        kind=KIND_NAMES[site.kind],
        group=KIND_NAMES[site.kind],
        area=area,
        sponsor=site.sponsor,
        portal=site.kind is SiteKind.PORTAL,
        status=STATUS_NAMES[site.status],
        **_judged(result, closed=site.status is not SiteStatus.EXCEPTION),
    )


def _account(result: AccountResult) -> Subject:
    account = result.account
    return Subject(
        half="accounts",
        code=account.code,
        name=account.name,
        kind=account.kind_name or ACCOUNT_KIND_NAMES[account.kind],
        group=account.kind.group.value,
        area="",
        sponsor=account.sponsor,
        portal=False,
        status=ACCOUNT_STATUS_NAMES[account.status],
        **_judged(result, closed=account.status is not AccountStatus.EXCEPTION),
    )


def _judged(result: SiteResult | AccountResult, *, closed: bool) -> dict[str, Any]:
    state = result.verdict.verdict.value if result.facts is not None else "waiting"
    if result.verdict.verdict is VerdictKind.EXCLUDED:
        state = "closed" if closed else "exceptions"
    return {
        "state": state,
        "inspected": result.inspections[-1] if result.inspections else None,
        "verdict": result.verdict,
        "first": result.first_verdict.verdict if result.first_verdict else None,
        "findings": result.findings,
        "rechecks": result.rechecks,
    }


def vetoes(subject: Subject) -> tuple[ReportedFinding, ...]:
    """The findings that made it unqualified; a rejected one and a clue nobody confirmed never do."""
    if subject.state != "unqualified":
        return ()
    return tuple(
        found
        for found in subject.findings
        if found.rule in subject.verdict.vetoes
        and found.review is not Review.REJECTED
        and (found.outcome == "violation" or found.review is Review.CONFIRMED)
    )


def minor_findings(subject: Subject) -> tuple[ReportedFinding, ...]:
    """Deductions and notices, without what a veto of the same subject tells already."""
    if not subject.checked:
        return ()
    told_already = {group for found in vetoes(subject) if (group := group_of(found.rule))}
    return tuple(
        found
        for found in subject.findings
        if found.decides in (Decides.DEDUCTION, Decides.NOTICE)
        and found.outcome in ("violation", "notice")
        and found.review is not Review.REJECTED
        and group_of(found.rule) not in told_already
    )


def faults(found: ReportedFinding) -> int:
    """How many places it stands for, as in the score: what is missing from one guide is one finding."""
    places = found.evidence.get("places")
    return places if isinstance(places, int) and places > 0 else 1


def pending_clues(subject: Subject) -> tuple[ReportedFinding, ...]:
    if not subject.checked:
        return ()
    return tuple(found for found in subject.findings if found.outcome == "clue" and found.review is Review.PENDING)


def told(found: ReportedFinding) -> str:
    """A finding's own sentence, without its full stop. What a person has confirmed is not suspected any more."""
    said = clean(found.message)
    return cut(said.replace("疑似", "") if found.review is Review.CONFIRMED else said, MESSAGE).rstrip("。;,；，")
