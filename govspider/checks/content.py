"""Clues in what pages say and link to: wrong wording, personal data, harmful links. A person decides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govspider.checks.columns import NoParams
from govspider.checks.common import clip, page_key, site_finding, walk_gap
from govspider.facts import Finding, Misworded, Outcome, SiteFacts

CONTEXT = 160  # characters of a sentence
PAGES_KEPT = 20
KINDS = {"id_card": "身份证号", "mobile": "手机号码", "bank_card": "银行卡号"}
SHOWN_FILES = 5


@dataclass(frozen=True, slots=True)
class Grade:
    """Of the wording that a rule is about."""

    grade: str


def content_wording(facts: SiteFacts, params: Grade) -> Iterator[Finding]:
    """One finding for each wrong form in its sentence; the same sentence on many pages is one, the home page first."""
    wrong = [one for one in facts.wording if one.wording.grade == params.grade]
    if not wrong:
        yield _nothing(facts)
    alike: dict[tuple[str, str], list[Misworded]] = {}
    for one in wrong:
        alike.setdefault((one.wording.word, one.wording.snippet), []).append(one)
    for same in alike.values():
        urls = _home_first(facts, (one.url for one in same))
        first = next(one.wording for one in same if one.url == urls[0])
        yield _clue(
            urls[0],
            first.word,
            word=first.word,
            suggestion=first.suggestion,
            context=_line(first.snippet),
            offset=first.offset,
            family=first.family,
            why=first.why,
            count=len(urls),
            pages=urls[:PAGES_KEPT],
        )


def content_leak(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """One clue for each kind of personal data on a page or in an attachment."""
    unread = [f"附件“{clip(file.name)}”{file.unread}" for file in facts.attachments if file.unread]
    if not facts.leaks:
        yield _nothing(facts, unread[:SHOWN_FILES])
    for one in facts.leaks:
        leak = one.leak
        yield _clue(
            one.url,
            leak.masked,
            where=one.found_on or one.url,
            masked=leak.masked,
            data=KINDS.get(leak.kind, leak.kind),
            count=leak.count,
            place=f"附件“{clip(one.name)}”" if one.name else "页面",
            context=_line(leak.snippet),
            why=leak.why,
        )


def content_harmful_link(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """One clue for each harmful address, with the page on which it was met first. The address itself is only shown."""
    if not facts.harmful:
        yield _nothing(facts)
    for one in facts.harmful:
        evidence = {"target": clip(one.url), "sign": one.sign, "family": one.family, "context": clip(one.text)}
        if one.landed:
            evidence["landed"] = clip(one.landed)
        yield _clue(one.found_on, one.url, **evidence)


def _nothing(facts: SiteFacts, more: Iterable[str] = ()) -> Finding:
    gaps = (*walk_gap(facts), *more)
    if gaps:
        return site_finding(Outcome.UNKNOWN, facts, reason="；".join(gaps))
    return site_finding(Outcome.PASS, facts)


def _clue(url: str, mark: str, where: str = "", **evidence: object) -> Finding:
    """``mark`` tells apart what stands on one page."""
    return Finding("", Outcome.VIOLATION, f"{url}#{mark}", url, where or url, evidence)


def _home_first(facts: SiteFacts, urls: Iterable[str]) -> list[str]:
    home = page_key(facts.home.visit.final_url)
    return sorted(dict.fromkeys(urls), key=lambda url: (page_key(url) != home, url))


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= CONTEXT else line[: CONTEXT - 1] + "…"
