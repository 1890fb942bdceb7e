"""How pages show in the browsers that are there: the home page, a column page and a content page."""

import json
import re
from collections.abc import Sequence
from dataclasses import fields, replace

from govspider.facts import DisplaySample, Fetch, How, PageKind
from govspider.inspecting.sampler import ARTICLES, Sampler
from govspider.inspecting.urls import key
from govspider.inspecting.visits import Look, reason_of, visit_of

_EACH = 1
_FIREFOX = "Firefox"
_FEW = 100  # characters in sight: a page that shows no more is looked at twice
_NOTE = 80  # characters of a line that asks for another browser
_ASKS = re.compile(
    r"[仅只](?:支持|能使用|可使用|限|兼容).{0,6}(?:IE|Internet\s*Explorer)|(?:请|需|须)(?:您)?(?:使用|用|更换|改用|切换).{0,8}(?:IE|Internet\s*Explorer)"
    r"|浏览器(?:版本)?(?:过低|太低|不受?支持|不兼容)|不支持(?:您|当前|该|此|你)(?:正在使用)?的?浏览器|(?:更换|升级)(?:您的|你的|其他)?浏览器"
    r"|(?:安装|启用|下载).{0,6}(?:Flash|ActiveX)",
    re.IGNORECASE,
)
_MEASURED = {field.name for field in fields(DisplaySample)} - {"url", "kind", "name", "note", "reason"}


async def sample_displays(sampler: Sampler) -> tuple[DisplaySample, ...]:
    """Only of portals. What looks wrong is looked at a second time, and what is right then is right."""
    if not sampler.thorough:
        return ()
    home = DisplaySample(sampler.view.visit.final_url, "home", "首页")
    pages = [home, *_drawn(sampler, "column", _lists(sampler)), *_drawn(sampler, "content", _articles(sampler))]
    if not sampler.visitor.plan.browser:
        return tuple(replace(page, reason="未启用浏览器") for page in pages)
    shown = await sampler.visitor.gather(lambda page: _seen(sampler, page, How.DISPLAY), pages)
    return (*shown, *await _in_firefox(sampler, pages, shown))


async def _in_firefox(
    sampler: Sampler, pages: Sequence[DisplaySample], shown: Sequence[DisplaySample]
) -> Sequence[DisplaySample]:
    """The same pages once more, but for those that did not open a moment ago: they would cost their time again."""
    if not sampler.visitor.plan.firefox:
        return ()

    async def look(pair: tuple[DisplaySample, DisplaySample]) -> DisplaySample:
        page = replace(pair[0], browser=_FIREFOX)
        return replace(page, reason=pair[1].reason) if pair[1].reason else await _seen(sampler, page, How.FIREFOX)

    return await sampler.visitor.gather(look, list(zip(pages, shown, strict=True)))


def _drawn(sampler: Sampler, kind: str, pages: Sequence[tuple[str, Look]]) -> list[DisplaySample]:
    drawn = sampler.order(f"display-{kind}", pages, lambda one: key(one[1].visit.final_url))[:_EACH]
    return [DisplaySample(look.visit.final_url, kind, name[:80]) for name, look in drawn]


def _lists(sampler: Sampler) -> list[tuple[str, Look]]:
    looks = [(column.name, sampler.visitor.seen(column.url)) for column in sampler.own_columns()]
    return [(name, look) for name, look in looks if look is not None and look.page is not None]


def _articles(sampler: Sampler) -> list[tuple[str, Look]]:
    looks = [(entry.title, sampler.visitor.seen(entry.url)) for entry in sampler.entries(*ARTICLES)]
    return [(title, look) for title, look in looks if look and look.page and look.page.kind is PageKind.ARTICLE]


async def _seen(sampler: Sampler, page: DisplaySample, how: How) -> DisplaySample:
    first = await _measured(sampler, page, how)
    if first.reason or not _odd(first):
        return first
    second = await _measured(sampler, page, how)
    return first if second.reason else _better(first, second)


async def _measured(sampler: Sampler, page: DisplaySample, how: How) -> DisplaySample:
    fetched = await sampler.visitor.display(page.url, how)
    if fetched.outcome is not Fetch.OK:
        why = fetched.error if fetched.outcome is Fetch.OTHER else reason_of(visit_of(fetched))
        return replace(page, reason=why or "浏览器没有打开页面")
    try:
        told = json.loads(fetched.body)
        lines = str(told["lines"]).splitlines()
        shown = replace(page, **{name: told[name] for name in _MEASURED})
    except (ValueError, KeyError, TypeError):
        return replace(page, reason="浏览器没有量出页面的显示情况")
    note = next((line for line in lines if _ASKS.search(line)), "")
    return replace(shown, note=note[:_NOTE])


def _odd(page: DisplaySample) -> bool:
    lost = page.sheets_lost or page.images_lost or page.beyond
    return bool(lost or page.plugin or page.note or page.visible < _FEW)


def _better(one: DisplaySample, other: DisplaySample) -> DisplaySample:
    """What went well at least once: a single look may meet a part that does not come, or a page that is still at work."""
    least = {name: min(getattr(one, name), getattr(other, name)) for name in ("width", "beyond", "plugin", "unsure")}
    lost = {name: min(getattr(one, name), getattr(other, name)) for name in ("sheets_lost", "images_lost", "errors")}
    most = {name: max(getattr(one, name), getattr(other, name)) for name in ("visible", "media", "rules")}
    return replace(one, **least, **lost, **most, note=one.note and other.note, error=one.error and other.error)
