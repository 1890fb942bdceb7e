"""How a page shows, whichever browser shows it: what is in sight of what it holds, and what of its own parts did not come.

Only numbers are taken; what they mean is for the rules. A part that did not come for a reason that may be ours is counted
apart (``unsure``), so that nothing is built on it.
"""

import contextlib
import json
import math
from collections.abc import Mapping
from typing import Any

from tldextract import TLDExtract

from govspider.fetching.guard import host_of

GONE = {404, 410}
KINDS = ("stylesheet", "image", "script")
TEXT = 200  # characters of a message that are kept
LINES = 4000  # characters of the text in sight that are kept
MOST = 10**9
NUMBERS = ("viewport", "width", "text", "visible", "beyond", "media", "rules")
SUFFIXES = TLDExtract(suffix_list_urls=(), cache_dir=None)  # never asks the network

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


class Parts:
    """What became of the parts that a page is made of, as its browser tells of them one by one."""

    def __init__(self) -> None:
        self._gone: dict[str, str] = {}  # address → kind of the parts that do not exist
        self._came: dict[str, str] = {}
        self._refused: set[str] = set()  # style sheets that say they are something else: strict pages take none of them
        self._unsure: set[str] = set()
        self._errors: list[str] = []

    def answered(self, url: str, kind: str, status: int, content_type: str) -> None:
        if kind not in KINDS:
            return
        if status in GONE:
            self._gone[url] = kind
        elif status >= 400 and kind != "image":
            self._unsure.add(url)
        else:
            self._came[url] = kind
            if kind == "stylesheet" and content_type and "css" not in content_type.lower():
                self._refused.add(url)

    def failed(self, url: str, kind: str) -> None:
        if kind in ("stylesheet", "script"):
            self._unsure.add(url)

    def erred(self, message: str) -> None:
        self._errors.append(message)

    def measured(self, told: Mapping[str, Any], url: str, browser: str, *, lacking: int) -> str:
        """JSON, for ``inspecting.displays``: what ``MEASURE`` told of the page at ``url``, whose own parts alone count.

        ``lacking`` is what else did not come of it. A page may have changed what measures it: whatever it told becomes numbers.
        """
        pictures = {part for part in told["pictures"] if isinstance(part, str) and is_own(part, url)}
        sheets = {
            part for part, kind in (self._came | self._gone).items() if kind == "stylesheet" and is_own(part, url)
        }
        lost = sheets & (self._gone.keys() | (self._refused if told["strict"] is True else set()))
        measured: dict[str, Any] = {name: _number(told[name]) for name in NUMBERS}
        measured |= {
            "browser": browser,
            "plugin": _share(told["plugin"]),
            "sheets": len(sheets),
            "sheets_lost": len(lost),
            "images": len(pictures),
            "images_lost": len(pictures & self._gone.keys()),
            "errors": len(self._errors),
            "error": _line(self._errors[0]) if self._errors else "",
            "unsure": sum(is_own(part, url) for part in self._unsure - self._gone.keys()) + lacking,
            "lines": str(told["lines"])[:LINES],
        }
        return json.dumps(measured)


def domain(host: str) -> str:
    """The registrable domain by the suffix list that is shipped; the address itself for a numeric one."""
    return SUFFIXES(host).top_domain_under_public_suffix or host


def is_own(url: str, page: str) -> bool:
    host, own = host_of(url), host_of(page)
    return bool(host) and (host == own or domain(host) == domain(own))


def may_bring_content(url: str, page: str) -> bool:
    """A data request to the page's own domain or to a government's host: visitor counters and weather are neither."""
    return is_own(url, page) or host_of(url).endswith(".gov.cn")


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
