"""What the latest inspection of a site says of an earlier finding. 已整改 only when it was looked for and is gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import cast

from govspider.facts import Answer, Fetch, Finding, Outcome, Recheck, ReportedFinding, SiteFacts, Visit
from govspider.inspecting.plan import Plan
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import reason_of
from govspider.rules import Rule
from govspider.store.values import Saved

GONE = (404, 410)
SAFETY = "safety"
LINKS = "links"  # the family whose subjects are supposed to answer with an error
# A home page with this many checked links may have more.
HOME_LINKS = cast(int, next(field.default for field in fields(Plan) if field.name == "home_links"))

Reply = tuple[Answer, str]  # with the note


def identity(subject: str) -> str:
    """Equal for subjects that are one page, whatever the scheme, session id or index file name."""
    return key(subject) if is_web(subject) else subject


def about(finding: Finding) -> frozenset[str]:
    """The pages (or the name) a finding is about; empty for the site as a whole.

    A clue that several pages share names one of them, and not always the same one.
    """
    pages = finding.evidence.get("pages")
    subjects = [finding.subject, *(pages if isinstance(pages, (list, tuple)) else ())]
    return frozenset(identity(str(subject)) for subject in subjects if subject)


def mark(finding: Finding) -> str:
    """What tells apart several defects that stand on one page: a word, a number, an address, a sign; "" where a page has but one."""
    return next(
        (str(finding.evidence[name]) for name in ("word", "masked", "target", "sign") if finding.evidence.get(name)), ""
    )


def same_defect(one: Finding, other: Finding) -> bool:
    mine, others = about(one), about(other)
    same_page = mine == others or not mine.isdisjoint(others)
    told = (mark(one), mark(other))
    return one.rule == other.rule and same_page and (told[0] == told[1] or "" in told)


def recheck(shown: ReportedFinding, finding: Finding, rule: Rule, earlier: Saved, latest: Saved) -> Recheck:
    """``finding``, shown as ``shown``, is from ``earlier``. What does ``latest`` say of it?"""
    on_it = {one.outcome: one for one in latest.findings if same_defect(one, finding)}
    if Outcome.VIOLATION in on_it:
        return Recheck(shown, Answer.REMAINS)
    subjects = about(finding)
    seen = _looked_at(rule, latest.facts)
    visits = {subject: seen.get(subject) for subject in subjects}
    if visits and rule.family != LINKS and all(visit is not None and _gone(visit) for visit in visits.values()):
        return Recheck(shown, Answer.PAGE_GONE, "页面已无法访问（404）")
    if Outcome.UNKNOWN in on_it:
        return Recheck(shown, Answer.CANNOT_TELL, _reason(on_it[Outcome.UNKNOWN]))
    if Outcome.NOT_APPLICABLE in on_it:
        return Recheck(shown, Answer.CANNOT_TELL, f"该指标本次不适用：{_reason(on_it[Outcome.NOT_APPLICABLE])}")
    if Outcome.PASS in on_it:
        return Recheck(shown, Answer.FIXED)
    answer, note = _unmentioned(visits, rule, earlier, latest)
    return Recheck(shown, answer, note)


def _unmentioned(visits: Mapping[str, Visit | None], rule: Rule, earlier: Saved, latest: Saved) -> Reply:
    """The rule says nothing of the subject: it was withdrawn, it is sound now, or it was not looked at again.

    ``visits``: what came of each page this time, None for one that was not asked for.
    """
    now = latest.facts
    said = [one for one in latest.findings if one.rule == rule.id]
    blind = next((one for one in said if one.outcome is Outcome.UNKNOWN and not one.subject), None)
    if blind:
        return Answer.CANNOT_TELL, _reason(blind)
    if now.home.visit.fetch is not Fetch.OK:
        return Answer.CANNOT_TELL, f"首页未能读取：{reason_of(now.home.visit)}"
    if not visits or not said:
        return Answer.CANNOT_TELL, "本次检查未得出该指标的结论"
    unread = [visit for visit in visits.values() if visit is not None and not _read(visit) and not _gone(visit)]
    if unread:
        return Answer.CANNOT_TELL, reason_of(unread[0])
    missing = [subject for subject, visit in visits.items() if visit is None]
    if not missing:
        # Safety rules name only what is wrong; every other rule names each subject it judged.
        return (Answer.FIXED, "") if rule.family == SAFETY else (Answer.CANNOT_TELL, "本次检查未对该页面作出判定")
    if not now.complete:
        return Answer.CANNOT_TELL, f"检查未走完全站（{now.stopped or '原因不明'}），未再次查看"
    if earlier.facts.rendered and not now.rendered:
        return Answer.CANNOT_TELL, "本次检查没有用浏览器打开页面，可能未见到脚本生成的内容"
    if rule.family == LINKS:
        return _unlinked(missing, earlier.facts, now)
    if all(_withdrawn(subject, earlier.facts, now) for subject in missing):
        return Answer.PAGE_GONE, "网站上已没有指向该页面的入口"
    return Answer.CANNOT_TELL, "本次检查未再次查看该页面"


def _unlinked(subjects: Sequence[str], was: SiteFacts, now: SiteFacts) -> Reply:
    on_home = any(link.home and identity(link.url) in subjects for link in was.links)
    if on_home and sum(link.home for link in now.links) < HOME_LINKS:
        return Answer.FIXED, "首页已没有该链接"
    return Answer.CANNOT_TELL, "本次抽查的链接中没有该链接"


def _withdrawn(subject: str, was: SiteFacts, now: SiteFacts) -> bool:
    """Whether what an earlier walk found is surely no longer offered, though everything was looked through."""
    pages = _pages(now)
    for column in was.columns:
        if identity(column.url) == subject:
            source = pages.get(identity(column.found_on))
            return source is not None and _read(source)
    return any(identity(service.url) == subject for service in was.services) and not now.services_unread


def _looked_at(rule: Rule, facts: SiteFacts) -> dict[str, Visit]:
    """Page → visit. A link that was only tried was not read, and a page that was read says nothing of its links."""
    if rule.family == LINKS:
        return _by_page((link.url, link.visit) for link in facts.links)
    return _pages(facts)


def _pages(facts: SiteFacts) -> dict[str, Visit]:
    home = facts.home.visit
    seen = [(home.url, home), (home.final_url, home)]
    seen += [(column.url, column.visit) for column in facts.columns if column.visit is not None]
    seen += [(service.url, service.visit) for service in facts.services if service.visit is not None]
    seen += [(visit.url, visit) for visit in facts.revisits]
    opened = [*(one.url for one in facts.articles), *(one.url for one in facts.attachments if not one.unread)]
    seen += [(url, Visit(url, url, Fetch.OK)) for url in opened]
    return _by_page(seen)


def _by_page(visits: Iterable[tuple[str, Visit]]) -> dict[str, Visit]:
    return {identity(url): visit for url, visit in visits if url}


def _read(visit: Visit) -> bool:
    return visit.fetch is Fetch.OK


def _gone(visit: Visit) -> bool:
    return visit.fetch is Fetch.HTTP_ERROR and visit.status in GONE


def _reason(finding: Finding) -> str:
    return str(finding.evidence.get("reason") or "原因不明")
