"""Guides whose wording is looked at: five of those that were read."""

from govspider.facts import GuideSample, Service
from govspider.inspecting.content import Chrome, identity
from govspider.inspecting.sampler import Sampler
from govspider.inspecting.services import Services
from govspider.inspecting.urls import key

_EACH = 5
_TEXT = 20_000
_LINKS = 60


async def sample_guides(sampler: Sampler, offered: Services) -> tuple[GuideSample, ...]:
    """No page is asked for that the walk has not read, but in the browser, where scripts may show more."""
    read = [one for one in offered.found if one.guide is not None and not one.external]
    drawn = sampler.order("guides", read, lambda one: key(one.url))[:_EACH]
    menus = sampler.menus()
    return tuple([await _sample(sampler, menus, service) for service in drawn])


async def _sample(sampler: Sampler, menus: Chrome, service: Service) -> GuideSample:
    guide = service.guide
    look = sampler.visitor.seen(service.url)
    elements = dict(guide.elements) if guide is not None else {}
    if look is None or look.page is None:
        return GuideSample(service.name, service.url, elements, reason="办事指南页面未能读取")
    page, unseen = await sampler.shown(look) if sampler.thorough else (None, "未用浏览器打开")
    pages = [one for one in (look.page, page) if one is not None]
    lines = {line for one in pages for line in one.lines} - menus.lines
    own = [a for one in pages for a in one.anchors if a.url and identity(a) not in menus.links and not a.hidden]
    frames = any(anchor.kind == "frame" for anchor in own)
    return GuideSample(
        service.name,
        service.url,
        elements,
        "\n".join(sorted(lines))[:_TEXT],
        tuple(dict.fromkeys(anchor.text.strip()[:80] for anchor in own if anchor.text.strip()))[:_LINKS],
        sum(1 for anchor in own if anchor.kind == "attachment"),
        "页面含有内嵌框架，未能看全" if frames else "部分要素在图片或附件中" if guide and guide.unreadable else unseen,
    )
