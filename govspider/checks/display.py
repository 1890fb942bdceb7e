"""兼容性 and IPv6改造: what the inspector's own machine can say of them, which is not all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from govspider.checks.columns import NoParams
from govspider.checks.common import clip, site_finding
from govspider.facts import DisplaySample, Finding, Outcome, SiteFacts

OTHERS = "其他主流浏览器"
FIREFOX = "Firefox"
TO_DO = "其他主流浏览器请人工核对"
NOT_SEEN = f"未在 Firefox 中查看，{TO_DO}"


@dataclass(frozen=True, slots=True)
class Signs:
    """From when on a page shows wrong.

    ``blank_text``: so much text of which at most ``blank_visible`` characters are in sight, beside no picture. ``naked_rules``:
    fewer rules of style are in force, since all own style sheets are missing. ``lost_images`` own pictures, and ``lost_share``
    of them, do not exist. ``wide_times`` the screen's width, with ``wide_share`` of the text to the right of it.
    ``plugin_share`` of the first screen is left to old plug-ins. ``note_text``: a page that asks for another browser
    shows at most so much.
    """

    blank_text: int
    blank_visible: int
    naked_rules: int
    lost_images: int
    lost_share: float
    wide_times: float
    wide_share: float
    plugin_share: float
    note_text: int


def display_broken(facts: SiteFacts, params: Signs) -> Iterator[Finding]:
    """One finding for each browser that pages were to be opened in; other browsers are left to a person."""
    pages = facts.samples.displays
    if all(page.reason for page in pages):
        why = next((clip(page.reason) for page in pages), "没有用浏览器查看页面")
        yield site_finding(Outcome.UNKNOWN, facts, browser="", reason=f"{why}，请人工查看")
        return
    browsers = list(dict.fromkeys(_name(page) for page in pages))
    for browser in browsers:
        yield _shown(facts, browser, [page for page in pages if _name(page) == browser], params)
    reason = TO_DO if FIREFOX in browsers else NOT_SEEN
    yield _finding(facts, Outcome.UNKNOWN, OTHERS, browser=OTHERS, reason=reason)


def _name(page: DisplaySample) -> str:
    """Without its version, which changes from one inspection to the next. Chromium's that did not open bear no name."""
    return page.browser.partition(" ")[0] or "Chromium"


def _shown(facts: SiteFacts, browser: str, pages: Sequence[DisplaySample], params: Signs) -> Finding:
    seen = [page for page in pages if not page.reason]
    signs = {page.url: list(_signs(page, params)) for page in seen}
    bad = [page for page in seen if signs[page.url]]
    sure = [page for page in bad if not page.unsure]
    evidence: dict[str, Any] = {
        "browser": seen[0].browser if seen else browser,
        "signs": list(dict.fromkeys(sign for page in sure for sign in signs[page.url])),
        "pages": [{"name": clip(page.name), "url": page.url, "signs": signs[page.url]} for page in sure],
        "looked_at": [{"name": clip(page.name), "url": page.url} for page in seen],
        "judged": len(seen),
        "seed": facts.samples.seed,
        "base": sum(facts.samples.base.get(f"display-{draw}", 0) for draw in ("column", "content")),
    }
    if sure:
        return _finding(facts, Outcome.VIOLATION, browser, url=sure[0].url, **evidence)
    gap = next((f"“{clip(page.name)}”未能打开（{clip(page.reason)}）" for page in pages if page.reason), "")
    if bad:
        gap = f"“{clip(bad[0].name)}”有{bad[0].unsure}个组成部分没有加载完，可能是检查方的网络原因"
    if gap:
        return _finding(facts, Outcome.UNKNOWN, browser, **evidence, reason=f"{gap}，请人工查看")
    return _finding(facts, Outcome.PASS, browser, **evidence)


def _signs(page: DisplaySample, params: Signs) -> Iterator[str]:
    """What is wrong with the page, each in words that can be checked by looking."""
    empty = page.visible <= params.blank_visible and not page.media
    if empty and page.text >= params.blank_text:
        script = f"，脚本出错：{clip(page.error)}" if page.error else ""
        yield f"打开后是空白（页面有文字{page.text}字，看得见的{page.visible}字{script}）"
    elif empty and page.errors and not page.plugin:
        yield f"打开后是空白（脚本出错：{clip(page.error)}）"
    if page.sheets and page.sheets_lost == page.sheets and page.rules < params.naked_rules:
        yield f"样式表全部打不开（{page.sheets_lost}个），页面没有排版"
    if page.images_lost >= params.lost_images and page.images_lost >= params.lost_share * page.images:
        yield f"本站图片{page.images}个，打不开{page.images_lost}个"
    if page.width >= params.wide_times * page.viewport and page.beyond >= params.wide_share * max(page.visible, 1):
        yield f"页面宽{page.width}像素，{page.viewport}像素宽的屏幕上有{page.beyond}字在屏幕以外"
    if page.plugin >= params.plugin_share:
        yield "首屏主要是浏览器已不支持的Flash等插件"
    if page.note and page.visible <= params.note_text:
        yield f"页面只提示更换浏览器（“{clip(page.note)}”）"


def _finding(facts: SiteFacts, outcome: Outcome, subject: str, url: str = "", **evidence: Any) -> Finding:
    url = url or facts.home.visit.final_url or facts.site.url
    return Finding(rule="", outcome=outcome, subject=subject, url=url, evidence=evidence)


def ipv_unready(facts: SiteFacts, params: NoParams) -> Iterator[Finding]:
    """No address for IPv6. Whether one that is published answers can be said only where the inspector has IPv6."""
    found = facts.ipv6
    addresses = list(found.addresses) if found is not None else []
    if found is None or (not found.asked):
        reason = clip(found.reason) if found is not None else ""
        yield site_finding(Outcome.UNKNOWN, facts, addresses=addresses, reason=reason or "本次没有检测IPv6")
    elif not addresses:
        yield site_finding(Outcome.VIOLATION, facts, addresses=addresses)
    elif found.answered:
        yield site_finding(Outcome.PASS, facts, addresses=addresses)
    else:
        reason = clip(found.reason) or "IPv6地址未能访问，请人工核对"
        yield site_finding(Outcome.UNKNOWN, facts, addresses=addresses, reason=reason)
