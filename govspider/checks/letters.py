"""留言公开: what published letters show, and when the last one was published."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govspider.checks.columns import NoParams
from govspider.checks.common import clip, drawn_with, iso, months_before, site_finding, walk_gap
from govspider.facts import Finding, LetterSample, Outcome, SiteFacts


@dataclass(frozen=True, slots=True)
class Parts:
    """``parts`` that a published letter must show."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publicity:
    months: int


def letter_part_missing(facts: SiteFacts, params: Parts) -> Iterator[Finding]:
    """Each sampled letter."""
    letters = facts.samples.letters
    if not letters:
        yield site_finding(Outcome.UNKNOWN, facts, reason="没有抽到已答复的公开留言，请人工抽查")
    for letter in letters:
        yield _finding(facts, letter, [part for part in params.parts if part not in letter.shown])


def _finding(facts: SiteFacts, letter: LetterSample, missing: list[str]) -> Finding:
    evidence: dict[str, Any] = {
        "title": clip(letter.title),
        "missing": missing,
        "places": len(missing),
        **drawn_with(facts, "letters"),
    }
    outcome = Outcome.PASS if not missing else Outcome.UNKNOWN if letter.reason else Outcome.VIOLATION
    if outcome is Outcome.UNKNOWN:
        evidence["reason"] = f"留言“{evidence['title']}”{clip(letter.reason)}"
    return Finding(rule="", outcome=outcome, subject=letter.url, url=letter.url, evidence=evidence)


def letters_stale(facts: SiteFacts, params: Publicity) -> Iterator[Finding]:
    """No letter asked or answered within the window is published."""
    days = [day for letter in facts.messages for day in (letter.asked, letter.answered) if day is not None]
    newest = max((day for day in days if day <= facts.checkpoint), default=None)
    gaps = (*walk_gap(facts), *(clip(reason) for reason in facts.messages_unread))
    evidence: dict[str, Any] = {"newest": iso(newest), "months": params.months, "judged": len(facts.messages)}
    if newest is not None and newest >= months_before(facts.checkpoint, params.months):
        yield site_finding(Outcome.PASS, facts, **evidence)
    elif newest is None or gaps:
        reason = "；".join(dict.fromkeys(gaps)) or "没有读到公开的留言，请人工核对"
        yield site_finding(Outcome.UNKNOWN, facts, **evidence, reason=reason)
    else:
        yield site_finding(Outcome.VIOLATION, facts, **evidence)


def letters_unpublished(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """Whether any letter is published. That none is found may be the reader's fault: a person says so."""
    if facts.messages:
        yield site_finding(Outcome.PASS, facts, judged=len(facts.messages))
    else:
        reason = "；".join(clip(reason) for reason in facts.messages_unread) or "没有读到公开的留言，请人工核对"
        yield site_finding(Outcome.UNKNOWN, facts, judged=0, reason=reason)
