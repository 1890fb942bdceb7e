"""How a page shows in the browser: what is in sight of what it holds, and what of its own parts did not come.

Only numbers are taken; what they mean is for the rules. A part that did not come for a reason that may be ours is counted
apart (``unsure``), so that nothing is built on it.
"""

import asyncio
import contextlib
import json
import math
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Request, Response

from govspider.fetching.guard import host_of
from govspider.fetching.rendering import Rendered, domain

LOAD_SECONDS = 10.0  # for style sheets and pictures
MEASURE_SECONDS = 10.0
GONE = {404, 410}
TEXT = 200  # characters of a message that are kept
LINES = 4000  # characters of the text in sight that are kept
MOST = 10**9
NUMBERS = ("viewport", "width", "text", "visible", "beyond", "media", "rules")

# What the elements are that hide their text on purpose is not asked: a page that shows anything at all is not blank.
# A box that its ancestors clip is out of sight, unless it may stand outside of them.
MEASURE = """() => {
  const MOST = 30000, W = innerWidth, H = innerHeight, root = document.scrollingElement || document.documentElement;
  const page = [0, 0, Math.max(root.scrollWidth, W), Math.max(root.scrollHeight, H)];
  const clips = new Map();
  const clip = e => {
    if (!e || e === document.documentElement || e === document.body) return page;
    let known = clips.get(e);
    if (known) return known;
    const style = getComputedStyle(e);
    known = ['absolute', 'fixed'].includes(style.position) ? page : clip(e.parentElement);
    if (/hidden|clip/.test(style.overflowX + style.overflowY)) {
      const b = e.getBoundingClientRect(), x = scrollX, y = scrollY;
      known = [Math.max(known[0], b.left + x), Math.max(known[1], b.top + y),
               Math.min(known[2], b.right + x), Math.min(known[3], b.bottom + y)];
    }
    clips.set(e, known);
    return known;
  };
  const shown = e => !e.checkVisibility || e.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const sight = (e, b) => {
    const c = clip(e), x = scrollX, y = scrollY;
    return [Math.max(c[0], b.left + x), Math.max(c[1], b.top + y), Math.min(c[2], b.right + x), Math.min(c[3], b.bottom + y)];
  };
  const size = s => Math.max(0, s[2] - s[0]) * Math.max(0, s[3] - s[1]);
  const silent = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'OPTION', 'TEXTAREA', 'TITLE']);
  const walker = document.createTreeWalker(document.body || document.documentElement, NodeFilter.SHOW_TEXT);
  const range = document.createRange(), lines = [];
  let text = 0, visible = 0, beyond = 0;
  for (let n = 0; n < MOST && walker.nextNode(); n += 1) {
    const node = walker.currentNode, e = node.parentElement, said = node.data.replace(/\\s+/g, '');
    if (!said || !e || silent.has(e.tagName)) continue;
    text += said.length;
    if (!shown(e)) continue;
    range.selectNodeContents(node);
    const s = sight(e, range.getBoundingClientRect());
    if (size(s) < 4) continue;
    visible += said.length;
    if (s[0] >= W) beyond += said.length;
    lines.push(said);
  }
  let media = 0, plugin = 0;
  const plugged = e => /flash|activex/i.test(e.getAttribute('type') || '') || /^clsid:/i.test(e.getAttribute('classid') || '')
    || /\\.swf(\\?|$)/i.test(e.getAttribute('src') || e.getAttribute('data') || '');
  const screen = s => size([s[0], s[1], Math.min(s[2], W), Math.min(s[3], H)]) / (W * H);
  const all = document.getElementsByTagName('*');
  for (let n = 0; n < all.length && n < MOST; n += 1) {
    const e = all[n], name = e.tagName.toUpperCase();
    const plug = (name === 'OBJECT' || name === 'EMBED') && plugged(e);
    const picture = name === 'IMG' ? e.complete && e.naturalWidth > 1
      : ['CANVAS', 'VIDEO', 'IFRAME', 'FRAME', 'SVG', 'OBJECT', 'EMBED'].includes(name);
    if (!plug && !picture && !/url\\(/.test(getComputedStyle(e).backgroundImage)) continue;
    const b = e.getBoundingClientRect();
    if (plug) {  // what cannot be played takes less room than it was given
      const given = side => parseInt(e.getAttribute(side)) || 0;
      const wide = Math.max(b.width, given('width')), high = Math.max(b.height, given('height'));
      if (shown(e) && !e.querySelector('embed')) {
        plugin += screen([b.left + scrollX, b.top + scrollY, b.left + scrollX + wide, b.top + scrollY + high]);
      }
    } else if (shown(e) && size(sight(e, b)) >= 10000) {
      media += 1;
    }
  }
  let rules = 0;
  for (const sheet of document.styleSheets) {
    try { rules += sheet.cssRules.length; } catch (_) { rules += 1000; }  // another host's may not be read
  }
  const pictures = [...document.images].slice(0, 2000).map(e => e.currentSrc || e.src);
  const strict = document.compatMode === 'CSS1Compat';
  return {strict, viewport: W, width: page[2], text, visible, beyond, media, plugin, rules, pictures, lines: lines.join('\\n').slice(0, 4000)};
}"""


class Display:
    """Follows the parts that a page is made of. Begun before the page is opened."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._gone: dict[str, str] = {}  # address → kind of its own parts that do not exist
        self._came: dict[str, str] = {}
        self._refused: set[str] = set()  # style sheets that say they are something else: strict pages take none of them
        self._unsure: set[str] = set()
        self._errors: list[str] = []
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)
        page.on("pageerror", lambda error: self._errors.append(str(error)))

    async def loaded(self) -> bool:
        """Whether all parts came before patience ended."""
        try:
            await self._page.wait_for_load_state("load", timeout=LOAD_SECONDS * 1000)
        except PlaywrightError:
            return False
        return True

    async def measure(self, rendered: Rendered, *, whole: bool) -> str:
        """JSON, for ``inspecting.displays``; ``whole``: all parts came. Raises Playwright's errors, or TimeoutError when the page does not answer."""
        told = await asyncio.wait_for(self._page.evaluate(MEASURE), MEASURE_SECONDS)
        pictures = {url for url in told["pictures"] if isinstance(url, str) and self._is_own(url)}
        sheets = {url for url, kind in {**self._came, **self._gone}.items() if kind == "stylesheet"}
        lost = sheets & (self._gone.keys() | (self._refused if told["strict"] is True else set()))
        browser = self._page.context.browser
        measured: dict[str, Any] = {name: _number(told[name]) for name in NUMBERS}
        measured |= {
            "browser": f"Chromium {browser.version.partition('.')[0]}" if browser is not None else "Chromium",
            "plugin": _share(told["plugin"]),
            "sheets": len(sheets),
            "sheets_lost": len(lost),
            "images": len(pictures),
            "images_lost": len(pictures & self._gone.keys()),
            "errors": len(self._errors),
            "error": _line(self._errors[0]) if self._errors else "",
            "unsure": len(self._unsure - self._gone.keys()) + rendered.unfinished + (not whole),
            "lines": str(told["lines"])[:LINES],
        }
        return json.dumps(measured)

    def _answered(self, response: Response) -> None:
        kind = response.request.resource_type
        if kind not in ("stylesheet", "image", "script") or not self._is_own(response.url):
            return
        if response.status in GONE:
            self._gone[response.url] = kind
        elif response.status >= 400 and kind != "image":
            self._unsure.add(response.url)
        else:
            self._came[response.url] = kind
            said = response.headers.get("content-type", "")
            if kind == "stylesheet" and said and "css" not in said.lower():
                self._refused.add(response.url)

    def _failed(self, request: Request) -> None:
        if request.resource_type in ("stylesheet", "script") and self._is_own(request.url):
            self._unsure.add(request.url)

    def _is_own(self, url: str) -> bool:
        host, own = host_of(url), host_of(self._page.url)
        return bool(host) and (host == own or domain(host) == domain(own))


def _number(value: Any) -> int:
    """A page may have changed what its numbers are."""
    with contextlib.suppress(TypeError, ValueError, OverflowError):
        return max(0, min(int(value), MOST))
    return 0


def _share(value: Any) -> float:
    with contextlib.suppress(TypeError, ValueError):
        share = float(value)
        return round(min(max(share, 0.0), 1.0), 2) if math.isfinite(share) else 0.0
    return 0.0


def _line(text: str) -> str:
    return " ".join(text.split())[:TEXT]
