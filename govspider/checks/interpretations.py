"""解读关联: sampled interpretations and the documents they explain lead to each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from govspider.checks.common import clip, drawn_with, site_finding
from govspider.facts import Finding, InterpretationSample, Outcome, SiteFacts


@dataclass(frozen=True, slots=True)
class Direction:
    """``back``: from the document to the interpretation; otherwise from the interpretation to the document."""

    back: bool


@dataclass(frozen=True, slots=True)
class Documents:
    """``documents`` are looked at."""

    documents: int


def interpretation_unlinked(facts: SiteFacts, params: Direction) -> Iterator[Finding]:
    """Each sampled interpretation. That a document lacks its link is only asked where the document was found."""
    samples = facts.samples.interpretations
    if not samples:
        yield site_finding(Outcome.UNKNOWN, facts, reason="没有抽到标明所解读文件的解读稿，请人工抽查")
    for sample in samples:
        yield _finding(facts, sample, back=params.back)


def _finding(facts: SiteFacts, sample: InterpretationSample, *, back: bool) -> Finding:
    evidence: dict[str, Any] = {
        "title": clip(sample.title),
        "policy": clip(sample.policy),
        "policy_url": sample.policy_url,
        **drawn_with(facts, "interpretation"),
    }
    said = sample.back if back else sample.linked
    if back and sample.linked is False:
        outcome, evidence["reason"] = Outcome.NOT_APPLICABLE, "解读稿未关联文件，未找到文件页面"
    else:
        outcome = {True: Outcome.PASS, False: Outcome.VIOLATION, None: Outcome.UNKNOWN}[said]
    if outcome is Outcome.UNKNOWN:
        evidence["reason"] = clip(sample.reason) or "未能核对"
    url = sample.policy_url if back and sample.policy_url else sample.url
    return Finding(rule="", outcome=outcome, subject=sample.url, url=url, where=sample.url, evidence=evidence)


def interpretation_share(facts: SiteFacts, params: Documents) -> Iterator[Finding]:
    """Whether each sampled document is interpreted. Which documents count, and that one is not, is for a person to say."""
    samples = facts.samples.policies
    rows = [{"name": clip(s.title), "url": s.url, "policy": clip(s.interpretation)} for s in samples]
    missing = [f"“{clip(sample.title)}”" for sample in samples if not sample.interpretation]
    evidence: dict[str, Any] = {"documents": rows, **drawn_with(facts, "policies")}
    if len(samples) >= params.documents and not missing:
        yield site_finding(Outcome.PASS, facts, **evidence)
        return
    reason = f"抽到的{'、'.join(missing)}未见对应的解读，请人工核对" if missing else "抽到的文件不足，请人工抽查"
    yield site_finding(Outcome.UNKNOWN, facts, **evidence, reason=reason)
