"""Traces of tampering: foreign words in title and tags, hidden links, rings of unclosed anchors, cloaking scripts.

A trace is a clue for a person. Ordinary hidden menus, tabs, links to other public bodies and statistics are none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from govspider.facts import Foreign
from govspider.reading import hosts
from govspider.reading.cloaking import tricks
from govspider.reading.dom import Doc, Node
from govspider.reading.hidden import hidden_blocks, hides_itself, way, within
from govspider.reading.scanning import remembered
from govspider.reading.terms import Hit, Lexicon, fold

MOST = 30  # traces kept of one page
LINKS = 2000  # foreign links of one page that are looked at
SNIPPET = 80
RING = 3  # foreign hosts that make a hidden or unclosed group of links a ring
TOLD = (
    "keywords",
    "description",
    "author",
    "title",
    "sitename",
    "columnname",
    "articletitle",
    "og:title",
    "og:description",
)
LURES = frozenset({"gambling", "porn"})  # families whose weak words, three in one title, leave no doubt
TRADES = frozenset({"gambling", "porn", "lottery", "diploma", "medical_ad", "pirate"})

TITLE = re.compile(r"<title[^>]*>(.{0,2000}?)</title", re.IGNORECASE | re.DOTALL)
REFERENCES = re.compile(r"&#\d{4,6};?")
HAN = re.compile(r"[\u4e00-\u9fff]")
_OPEN = r"<a\s(?:(?!href)[^>])*+href\s*+=\s*+[\"']?\s*+(https?:[^\"'\s>]++)[^>]*+>"
BEGIN = re.compile(r"<!doctype|<html", re.IGNORECASE)
LINK = re.compile(_OPEN + r"(?:<[^>a]++>)*+([^<]{0,60})", re.IGNORECASE)
UNCLOSED = re.compile(_OPEN + r"\s*+([^<]{1,40})<a[\s>]", re.IGNORECASE)
FRIENDS = re.compile(r"友情链接|相关链接|网站链接|链接导航|合作单位|合作伙伴|网站群|常用链接|媒体链接")
WRITES_HIDING = re.compile(
    r"document\.write(?:ln)?\s*\([^)]{0,200}<(?:div|span|p|ul|marquee)[^)]{0,300}style", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Link:
    """A link to a foreign host."""

    node: Node
    host: str


def foreign(doc: Doc, url: str, lexicon: Lexicon, hits: list[Hit]) -> tuple[Foreign, ...]:
    """The traces on one page, the gravest kinds first, each term and place once. ``hits``: the terms in its text."""
    own = hosts.host(url)
    page = _Page(doc, own, lexicon, hits)
    found: dict[tuple[str, str], Foreign] = {}
    for trace in _traces(page):
        found.setdefault((trace.term, trace.where), trace)
        if len(found) >= MOST:
            break
    return tuple(found.values())


class _Page:
    """The page and what several readers ask of it."""

    def __init__(self, doc: Doc, own: str, lexicon: Lexicon, hits: list[Hit]) -> None:
        self.doc, self.own, self.lexicon, self.text = doc, own, lexicon, doc.text
        self.hits = hits
        self._starts = [hit.start for hit in self.hits]
        self.blocks = hidden_blocks(doc)
        self.links: list[_Link] = []
        for link in doc.links:
            name = hosts.host(link.url)
            if name != own and hosts.is_foreign(name, own, lexicon.hosts) and "//" in link.node.get("href"):
                self.links.append(_Link(link.node, name))
                if len(self.links) >= LINKS:
                    break

    def inside(self, start: int, stop: int) -> list[Hit]:
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, stop)
        return [hit for hit in self.hits[first:last] if hit.end <= stop]

    def around(self, start: int, stop: int) -> str:
        """The line around a place, at most 60 characters to either side."""
        left = max(self.text.rfind("\n", 0, start) + 1, start - 60)
        right = self.text.find("\n", stop)
        return self.text[left : min(right if right >= 0 else len(self.text), stop + 60)]


def _traces(page: _Page) -> Iterator[Foreign]:
    yield from _head(page)
    yield from _scripts(page)
    yield from _hidden(page)
    yield from _outside(page)
    yield from _unclosed(page)
    yield from _visible(page)


# ---------------------------------------------------------------------------------------------------- title and tags


def _head(page: _Page) -> Iterator[Foreign]:
    doc, lexicon = page.doc, page.lexicon
    titles = [" ".join(node.data.split()) for node in doc.tags("title") if node.data.strip()]
    for title in titles[:5]:
        yield from _words(title, "title", lexicon)
    if "&#" in doc.source and (raw := TITLE.search(doc.source)) and len(REFERENCES.findall(raw[1])) >= 4:
        yield from _disguised(page, titles[0] if titles else "")
    for node in doc.tags("meta"):
        name = (node.get("name") or node.get("property")).lower()
        if name in TOLD and (content := node.get("content")):
            yield from _words(content[:2000], "meta", lexicon)


def _words(text: str, where: str, lexicon: Lexicon) -> Iterator[Foreign]:
    """Foreign words in a title or a tag, unless it speaks about the matter."""
    folded = fold(text)
    hits = list(lexicon.hits(folded))
    if not hits:
        return
    strong = list({hit.term.text: hit for hit in hits if hit.term.strong}.values())
    lures = {hit.term.text for hit in hits if hit.term.family in LURES}
    if strong and (len(strong) >= 3 or not lexicon.speaks_about(folded)):
        for hit in strong:
            yield _trace(hit.term.text, where, text, hit.term.family)
    elif len(_apart(hits)) >= 3 and len(lures) >= 3 and not lexicon.speaks_about(folded):
        first = next(hit for hit in hits if hit.term.family in LURES)
        yield _trace(first.term.text, where, text, first.term.family)


def _apart(hits: Sequence[Hit]) -> list[Hit]:
    """Hits that do not overlap: 真人 within 真人娱乐 counts once."""
    chosen: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not chosen or hit.start >= chosen[-1].end:
            chosen.append(hit)
    return chosen


def _disguised(page: _Page, title: str) -> Iterator[Foreign]:
    """A title in numeric references on a page that writes Chinese plainly, with words that the page does not have.

    Some systems write any text in such references; everyday words of commerce in it prove nothing.
    """
    hits = [hit for hit in page.lexicon.hits(fold(title)) if hit.term.strong or hit.term.family in TRADES]
    if hits and not page.lexicon.speaks_about(fold(title)):
        yield _trace(hits[0].term.text, "title", title, hits[0].term.family)
        return
    letters = "".join(HAN.findall(title))
    if len(letters) < 6 or len(HAN.findall(page.doc.text[:20_000])) < 300:
        return
    pairs = {letters[place : place + 2] for place in range(len(letters) - 1)}
    if sum(pair in page.text for pair in pairs) <= len(pairs) * 0.1:
        yield _trace("字符编码伪装的标题", "title", title, "")


# ------------------------------------------------------------------------------------------------------------ scripts


def _scripts(page: _Page) -> Iterator[Foreign]:
    for script in page.doc.tags("script"):
        if not _is_suspect(script.data):
            continue
        for trick in tricks(script.data, page.own, page.lexicon.hosts):
            if trick.title:
                yield from _words(trick.title, "title", page.lexicon)
            elif trick.what != "脚本改写标题":
                yield _trace(trick.what, "text", trick.snippet, "cloaking")


@remembered
def _is_suspect(source: str) -> bool:
    return len(source) >= 20 and any(needle in source for needle in SUSPECT)


SUSPECT = (
    "eferer",
    "eferrer",
    "serAgent",
    "romCharCode",
    "\\x",
    "eval(function(p,a,c,k",
    "document.title",
    "<title",
    "useragent",
    "window.stop",
    "xecCommand",
    "<iframe",
)


# ------------------------------------------------------------------------------------------------------------- hidden


def _hidden(page: _Page) -> Iterator[Foreign]:
    doc = page.doc
    blocks = [(block.node, block.hard) for block in page.blocks]
    blocks += [(node, True) for node in doc.tags("noscript")]
    places = [link.node.index for link in page.links]
    for node, hard in blocks:
        links = page.links[bisect_left(places, node.index) : bisect_left(places, node.end)]
        yield from _hidden_block(page, node, links, hard)
    for group in _between_scripts(page):
        yield from _hidden_block(page, group[0].node.parent or group[0].node, group, hard=True)
    for frame in doc.tags("iframe"):
        name = hosts.host(doc.absolute(frame.get("src")))
        if name and _invisible(frame) and hosts.is_foreign(name, page.own, page.lexicon.hosts):
            yield _trace(name, "hidden", f"隐藏框架 {frame.get('src')}", "")


def _hidden_block(page: _Page, node: Node, links: Sequence[_Link], hard: bool) -> Iterator[Foreign]:
    told = [(link, _text_of(page.doc, link.node)) for link in links]
    marked = [(link, text, list(page.lexicon.hits(fold(f"{text} {link.host}")))) for link, text in told]
    strong = [(link, text, hit) for link, text, hits in marked for hit in hits if hit.term.strong]
    weak = [(link, text, hits[0]) for link, text, hits in marked if hits]
    names = {hosts.domain(link.host) for link in links}
    if strong:
        yield from (
            _trace(hit.term.text, "hidden", f"{text} {link.host}", hit.term.family) for link, text, hit in strong
        )
    if len(weak) >= 2 and len({hosts.domain(link.host) for link, *_ in weak}) >= 2:
        yield from (_trace(hit.term.text, "hidden", f"{text} {link.host}", hit.term.family) for link, text, hit in weak)
    elif len(names) >= RING and _is_ring(page, node, links, hard or bool(weak)):
        yield _trace("隐藏的外部链接", "hidden", " ".join(f"{text}({link.host})" for link, text in told[:4]), "links")
    if not strong:
        yield from _hidden_words(page, node, hard)


def _is_ring(page: _Page, node: Node, links: Sequence[_Link], sure: bool) -> bool:
    """Whether hidden links look injected: bare text links to strangers, outside any list of public bodies' sites."""
    doc = page.doc
    anchors = doc.below(node, "a")
    strangers = len(links) >= len(anchors) * 0.6
    named = FRIENDS.search(doc.text, max(0, node.start - 60), node.stop)
    pictures = len(doc.below(node, "img")) > len(anchors) * 0.3
    listed = any(
        link.node.parent is not None and link.node.parent.tag in {"li", "dd", "td", "option"} for link in links
    )
    return strangers and not named and not pictures and (sure or not listed)


def _hidden_words(page: _Page, node: Node, hard: bool) -> Iterator[Foreign]:
    """Strong words in hidden text outside links: alone only when the means of hiding is no menu's."""
    hits = [hit for hit in page.inside(node.start, node.stop) if hit.term.strong]
    hits = [hit for hit in hits if not page.lexicon.speaks_about(page.around(hit.start, hit.end))]
    if hits and (hard or len({hit.term.text for hit in hits}) >= 2):
        for hit in hits:
            yield _trace(hit.term.text, "hidden", page.around(hit.start, hit.end), hit.term.family)


def _between_scripts(page: _Page) -> Iterator[list[_Link]]:
    """Links that one script's document.write opens a hidden element around."""
    scripts = page.doc.tags("script")
    for number, script in enumerate(scripts):
        if not _opens_hiding(script.data):
            continue
        end = scripts[number + 1].index if number + 1 < len(scripts) else len(page.doc.nodes)
        if group := [link for link in page.links if script.end <= link.node.index < end]:
            yield group


@remembered
def _opens_hiding(source: str) -> bool:
    """Whether a script writes the beginning of a hidden element and not its end."""
    if "document.write" not in source or not WRITES_HIDING.search(source):
        return False
    written = source.lower()
    if "</div" in written or "</span" in written or "</marquee" in written:
        return False
    return any(way(style) for style in re.findall(r"style\s*=\s*\\?[\"']?([^\"'>\\]{3,200})", written))


def _invisible(frame: Node) -> bool:
    sizes = [frame.get("width").removesuffix("px"), frame.get("height").removesuffix("px")]
    return all(size in {"0", "1"} for size in sizes) or hides_itself(frame) is not None


# -------------------------------------------------------------------------------------------- outside, unclosed, visible


def _outside(page: _Page) -> Iterator[Foreign]:
    """Links before the page begins or after it ends."""
    source = page.doc.source
    end = source.rfind("</html>")
    end = max(end, source.rfind("</HTML>", max(end, 0)))
    begin = BEGIN.search(source)
    for piece in (source[: begin.start()] if begin else "", source[end + 7 :] if end >= 0 else ""):
        if "<a" not in piece and "<A" not in piece:
            continue
        links = [(hosts.host(match[1]), match[2].strip()) for match in islice(LINK.finditer(piece), LINKS)]
        links = [(name, text) for name, text in links if hosts.is_foreign(name, page.own, page.lexicon.hosts)]
        for name, text in links:
            for hit in page.lexicon.hits(fold(f"{text} {name}")):
                yield _trace(hit.term.text, "text", f"{text} {name}", hit.term.family)
        if len({hosts.domain(name) for name, _ in links}) >= RING:
            yield _trace("页面之外的外部链接", "text", " ".join(f"{text}({name})" for name, text in links[:4]), "links")


def _unclosed(page: _Page) -> Iterator[Foreign]:
    source = page.doc.source
    opened = len(page.doc.tags("a")) - RING
    if source.count("</a>") >= opened or source.count("</a>") + source.count("</A>") >= opened:
        return
    links = [(hosts.host(match[1]), match[2].strip()) for match in islice(UNCLOSED.finditer(source), LINKS)]
    links = [(name, text) for name, text in links if hosts.is_foreign(name, page.own, page.lexicon.hosts)]
    if len({hosts.domain(name) for name, _ in links}) > RING:
        yield _trace("未闭合的外部链接", "link", " ".join(f"{text}({name})" for name, text in links[:4]), "links")


def _visible(page: _Page) -> Iterator[Foreign]:
    """Foreign words in links that everybody sees: alone when strong, as a group of several trades when weak."""
    if not page.hits:
        return
    doc, lexicon = page.doc, page.lexicon
    strangers = {link.node.index: link for link in page.links}
    trades: dict[str, set[str]] = {}
    first: Foreign | None = None
    for node in doc.tags("a"):
        hits = page.inside(node.start, node.stop)
        if not hits or within(page.blocks, node):
            continue
        text = doc.line(node)
        stranger = strangers.get(node.index)
        strong = [hit for hit in hits if hit.term.strong]
        if strong and not lexicon.speaks_about(fold(text)):
            covered = sum(hit.end - hit.start for hit in _apart(strong))
            if stranger is not None or covered >= len(text) * 0.4:
                yield from (_trace(hit.term.text, "link", text, hit.term.family) for hit in strong)
        elif stranger is not None and len(text) <= 12 and hits[0].term.family in TRADES:
            trades.setdefault(hits[0].term.family, set()).add(hosts.domain(stranger.host))
            first = first or _trace(hits[0].term.text, "link", f"{text} {stranger.host}", hits[0].term.family)
    if first is not None and len(trades) >= 2 and len(set().union(*trades.values())) >= RING:
        yield first


def _text_of(doc: Doc, node: Node) -> str:
    return doc.line(node) or " ".join(node.data.split()) or doc.label(node)


def _trace(term: str, where: str, snippet: str, family: str) -> Foreign:
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in snippet[: 3 * SNIPPET]).split())
    return Foreign(term, where, clean[:SNIPPET], family)
