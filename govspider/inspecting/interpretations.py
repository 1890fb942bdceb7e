"""Interpretations (解读稿) and the documents they explain: does each link to the other."""

import re
from collections.abc import Iterable
from dataclasses import replace

from govspider.facts import Anchor, Category, Entry, InterpretationSample, Page, PageKind, PolicySample
from govspider.inspecting.content import identity
from govspider.inspecting.sampler import Sampler
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import Look
from govspider.reading.tags import official_tags

_EACH = 3
_EXPLAINS = re.compile(r"解读|图解|读懂|看懂|问答|政策简读|一图")
_NAMED = re.compile(r"《([^《》]{4,80})》")
_ORIGINAL = re.compile(
    r"(?:文件|政策|阅读|查看|相关|解读的?)?(?:原文|正文)|(?:政策|相关|解读|对应|被解读)(?:政策)?文件|文件(?:链接|下载|全文)|解读对象"
)
_DOCUMENT = re.compile(
    r"(?:关于|印发).{2,60}(?:通知|意见|办法|规定|方案|细则|决定|规划|公告|通告|条例|措施|批复|计划|指南|规则)|(?:办法|规定|条例|细则|方案|规划|意见|措施)(?:[(（].{1,12}[)）])?$"
)
_OTHERS = re.compile(
    r"^(?:国务院|国家|中共中央|中华人民共和国|全国|教育部|财政部|省|.{2,8}(?:省|自治区)人民政府)|转发|任免|任职|免职|领导小组"
)
_ANNOUNCES = re.compile(r"^.*?(?:关于)?(?:印发|公布|发布)|^.*?关于|[《》]|的?(?:通知|公告|决定)$")
_NEIGHBOUR = re.compile(r"^\s*(?:上|下|前|后)一[篇条则]")
_LINKS = ("page", "attachment", "script")
_SIGN = re.compile(r"[\W_]+")
_TELLING = 8


async def sample_interpretations(sampler: Sampler) -> tuple[InterpretationSample, ...]:
    """Three published interpretations of documents; of other sites none, since only portals are scored."""
    entries = [
        e for e in sampler.entries(Category.INTERPRETATION) if _EXPLAINS.search(e.title) and _NAMED.search(e.title)
    ]
    drawn = sampler.order("interpretation", entries, lambda entry: key(entry.url))
    if not sampler.thorough:
        return ()
    opened = await sampler.open(drawn, _EACH, lambda page: page.kind in (PageKind.ARTICLE, PageKind.OTHER))
    return tuple([await _sample(sampler, entry, look) for entry, look in opened])


def sample_policies(sampler: Sampler) -> tuple[PolicySample, ...]:
    """Three documents of the site's own and the interpretations among the columns' entries that name them."""
    if not sampler.thorough:
        return ()
    own = [e for e in sampler.entries(Category.POLICY) if _DOCUMENT.search(e.title) and not _OTHERS.search(e.title)]
    explained = sampler.entries(Category.INTERPRETATION)
    found = []
    for entry in sampler.order("policies", own, lambda entry: key(entry.url))[:_EACH]:
        named = next((one for one in explained if _explains(one.title, entry.title)), None)
        telling = (named.title, named.url) if named is not None else ("", "")
        found.append(PolicySample(entry.title, entry.url, *telling))
    return tuple(found)


def _explains(title: str, document: str) -> bool:
    """Whether an interpretation names a document: by its title in 《》, or by what the document announces."""
    named = [_plain(name) for name in _NAMED.findall(title)]
    core = _plain(_ANNOUNCES.sub("", document))
    return any(_same(document, name) for name in named) or (len(core) >= _TELLING and core in _plain(title))


async def _sample(sampler: Sampler, entry: Entry, look: Look) -> InterpretationSample:
    sample = InterpretationSample(entry.title, entry.url)
    page = look.page
    link = _link_to_document(sampler, entry, page)
    if link is None:
        page, unseen = await sampler.shown(look)
        link = _link_to_document(sampler, entry, page)
        if link is None and unseen:
            return replace(sample, reason=unseen)
    if link is None:
        frames = page is not None and any(anchor.kind == "frame" for anchor in page.anchors)
        return replace(sample, reason="页面含有内嵌框架，未能看全") if frames else replace(sample, linked=False)
    sample = replace(sample, linked=True, policy=link.text.strip()[:80], policy_url=link.url)
    if not is_web(link.url):
        return replace(sample, reason="指向文件的链接由脚本打开，未能核对文件页面")
    if link.kind == "attachment" or not sampler.visitor.owns(link.url):
        return replace(sample, reason="文件不是本网站的页面，不核对其是否关联解读")
    return await _back(sampler, sample, entry)


async def _back(sampler: Sampler, sample: InterpretationSample, entry: Entry) -> InterpretationSample:
    """Whether the document's page leads to the interpretation, or to any other of its own."""
    look = await sampler.visitor.look(sample.policy_url)
    if look.page is None:
        return replace(sample, reason=f"文件页面未能读取：{look.reason}")
    titles = (sample.policy, official_tags(look.page.meta).get("ArticleTitle", ""), look.page.title)
    named = [_plain(name) for name in _NAMED.findall(entry.title)]
    title = next((title for title in titles if any(_same(title, name) for name in named)), "")
    if look.page.kind is not PageKind.ARTICLE or not title:
        return replace(sample, reason="链接所指页面未能认定为被解读文件的正文页")
    sample = replace(sample, policy=title.strip()[:80])  # the link may only say that it is the original
    menus = sampler.menus().links
    if _leads_back(look.page, entry, menus):
        return replace(sample, back=True)
    page, unseen = await sampler.shown(look)
    if page is not None and _leads_back(page, entry, menus):
        return replace(sample, back=True)
    if unseen or any(anchor.kind == "frame" for anchor in look.page.anchors):
        return replace(sample, reason=unseen or "文件页面含有内嵌框架，未能看全")
    return replace(sample, back=False)


def _link_to_document(sampler: Sampler, entry: Entry, page: Page | None) -> Anchor | None:
    """The link that leads to the document: it names it, says that it is the original, or leads to a policy column's entry."""
    if page is None:
        return None
    named = [_plain(name) for name in _NAMED.findall(entry.title)]
    policies = {key(e.url) for e in sampler.entries(Category.POLICY)}
    own = list(_own(page.anchors, sampler.menus().links, entry))
    by_name = (a for a in own if any(_same(a.text, name) for name in named))
    by_place = (a for a in own if a.url and key(a.url) in policies)
    by_words = (a for a in own if _ORIGINAL.search(a.text) or _DOCUMENT.search(a.text) or "《" in a.text)
    return next((anchor for found in (by_name, by_place, by_words) for anchor in found), None)


def _same(text: str, name: str) -> bool:
    """Whether a title bears a document's name, which is plain already, or a part of it that is long enough."""
    said = _plain(text)
    return name in said or (len(said) >= _TELLING and said in name)


def _own(anchors: Iterable[Anchor], menus: frozenset[str], entry: Entry) -> Iterable[Anchor]:
    """The page's own links, but for the neighbours in the list and the interpretation itself."""
    for anchor in anchors:
        if anchor.kind not in _LINKS or anchor.hidden or _NEIGHBOUR.match(anchor.text):
            continue
        explains = _EXPLAINS.search(anchor.text) and not _ORIGINAL.search(anchor.text)
        if identity(anchor) not in {*menus, key(entry.url)} and not explains:
            yield anchor


def _leads_back(page: Page, entry: Entry, menus: frozenset[str]) -> bool:
    for anchor in page.anchors:
        if anchor.kind not in _LINKS or anchor.hidden or _NEIGHBOUR.match(anchor.text):
            continue
        if identity(anchor) == key(entry.url) or (_EXPLAINS.search(anchor.text) and identity(anchor) not in menus):
            return True
    return False


def _plain(text: str) -> str:
    return _SIGN.sub("", text)
