"""办事指南 as they are worded: vague demands, unclear materials, forms without a source, policies that are only named."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from govspider.checks.common import clip, drawn_with, site_finding
from govspider.checks.services import NO_SERVICES
from govspider.facts import Finding, GuideSample, Outcome, SiteFacts

MATERIALS, BASIS = "办理材料", "设定依据"
VAGUE_IN = (MATERIALS, "申请条件")
AROUND = 20  # characters shown before and behind a phrase
LISTED = re.compile(r"[^，。；;,.]{0,6}[:：(（]")  # what a phrase means is told behind it
NAMED = re.compile(r"《[^《》]{2,80}》")
ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]+[条款章]")
NUMBERED = re.compile(r"[〔\[(（]\d{4}[〕\])）]\s*\d*\s*号?|\d{4}年|\d+号|[\W\d_]|[一二三四五六七八九十]")
CUT = 2000  # characters: a text this long may have been cut

Said = tuple[Outcome, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Phrases:
    """``phrases``: demands that leave open what is demanded."""

    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MaterialWords:
    """``clear``: words of which one at least says in which form a material is wanted. ``none``: nothing is wanted."""

    clear: tuple[str, ...]
    none: tuple[str, ...]
    least: int


@dataclass(frozen=True, slots=True)
class FormWords:
    """``forms``: names of forms that must be filled in. ``sources``: words that say where such a form is to be had;
    ``places``: words in the names of columns that may offer it."""

    forms: tuple[str, ...]
    sources: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """``least`` characters beside the names of policies are taken for their content."""

    least: int


def guide_vague(facts: SiteFacts, params: Phrases) -> Iterator[Finding]:
    """Each sampled guide whose materials or conditions leave open what is demanded."""
    yield from _each(facts, lambda guide: _vague(guide, params))


def guide_materials_unclear(facts: SiteFacts, params: MaterialWords) -> Iterator[Finding]:
    """Each sampled guide that lists materials and nowhere says original or copy, paper or file, or how many."""
    yield from _each(facts, lambda guide: _materials(guide, params))


def guide_form_missing(facts: SiteFacts, params: FormWords) -> Iterator[Finding]:
    """Each sampled guide that wants a form and neither offers it nor says where it is to be had."""
    places = (column.name for column in facts.columns if any(word in column.name for word in params.places))
    elsewhere = next(places, "")
    yield from _each(facts, lambda guide: _form(guide, params, elsewhere))


def guide_policy_unexplained(facts: SiteFacts, params: Explained) -> Iterator[Finding]:
    """Each sampled guide that names policies without telling or linking what they say."""
    yield from _each(facts, lambda guide: _policy(guide, params))


def _each(facts: SiteFacts, judge: Callable[[GuideSample], Said]) -> Iterator[Finding]:
    if facts.site.public_services is False:
        yield site_finding(Outcome.NOT_APPLICABLE, facts, reason=NO_SERVICES)
        return
    if not facts.samples.guides:
        yield site_finding(Outcome.UNKNOWN, facts, reason="没有抽到办事指南，请人工抽查")
    for guide in facts.samples.guides:
        outcome, said = judge(guide)
        evidence = {"name": clip(guide.name), **said, **drawn_with(facts, "guides")}
        yield Finding(rule="", outcome=outcome, subject=guide.url, url=guide.url, evidence=evidence)


def _vague(guide: GuideSample, params: Phrases) -> Said:
    for element in VAGUE_IN:
        text = "".join(guide.elements.get(element, "").split())
        for phrase in params.phrases:
            place = text.find(phrase)
            if place >= 0 and not LISTED.match(text, place + len(phrase)):
                snippet = text[max(0, place - AROUND) : place + len(phrase) + AROUND]
                return Outcome.VIOLATION, {"element": element, "phrase": phrase, "snippet": snippet}
    if not any(guide.elements.get(element) for element in VAGUE_IN):
        return Outcome.UNKNOWN, {"reason": "办理材料和申请条件没有读到"}
    return Outcome.PASS, {}


def _materials(guide: GuideSample, params: MaterialWords) -> Said:
    text = "".join(guide.elements.get(MATERIALS, "").split())
    if not text:
        return Outcome.UNKNOWN, {"reason": "办理材料没有读到"}
    if any(word in text for word in params.none):
        return Outcome.PASS, {}
    if any(word in whole for word in params.clear for whole in (text, guide.text, *guide.links)):
        return Outcome.PASS, {}
    if guide.reason or len(text) < params.least or len(text) >= CUT or guide.files:
        reason = guide.reason or ("附件中可能另有说明" if guide.files else "办理材料未能完整读取")
        return Outcome.UNKNOWN, {"reason": clip(reason)}
    return Outcome.VIOLATION, {"materials": clip(text)}


def _form(guide: GuideSample, params: FormWords, elsewhere: str) -> Said:
    text = "".join(guide.elements.get(MATERIALS, "").split())
    if not text:
        return Outcome.UNKNOWN, {"reason": "办理材料没有读到"}
    form = next((word for word in params.forms if word in text), "")
    if not form:
        return Outcome.PASS, {}
    offered = guide.files or any(form in link for link in guide.links)
    if offered or any(word in whole for word in params.sources for whole in (text, guide.text, *guide.links)):
        return Outcome.PASS, {}
    if elsewhere or guide.reason:
        reason = f"网站另有“{clip(elsewhere)}”栏目，可能提供表格" if elsewhere else clip(guide.reason)
        return Outcome.UNKNOWN, {"reason": reason}
    place = text.find(form)
    return Outcome.VIOLATION, {"form": form, "snippet": text[max(0, place - AROUND) : place + len(form)]}


def _policy(guide: GuideSample, params: Explained) -> Said:
    text = guide.elements.get(BASIS, "")
    names = NAMED.findall(text)
    if not text.strip():
        return Outcome.UNKNOWN, {"reason": "设定依据没有读到"}
    told = NUMBERED.sub("", NAMED.sub("", text))
    if not names or ARTICLE.search(text) or len(told) >= params.least:
        return Outcome.PASS, {}
    if any(name.strip("《》") in link for name in names for link in guide.links):
        return Outcome.PASS, {}
    if guide.reason or guide.files:
        return Outcome.UNKNOWN, {"reason": clip(guide.reason) or "附件中可能另有说明"}
    return Outcome.VIOLATION, {"policies": [clip(name) for name in names]}
