"""Traces of tampering on the pages that a walk read, and in the script files that the home page loads."""

import re
from collections.abc import Iterable
from dataclasses import replace

from govspider.facts import Fetch, Fetched, Page, Tampering
from govspider.inspecting.home import HomeView
from govspider.inspecting.plan import UnreadableError
from govspider.inspecting.urls import is_web, key, split
from govspider.inspecting.visits import REASONS, Visitor
from govspider.reading.charset import decode
from govspider.reading.cloaking import LONGEST
from govspider.reading.tampering import SNIPPET

_TRACES = 60  # kept for one site
_MARKUP = re.compile(r"<(/script|!--)", re.IGNORECASE)  # what would end a script's text, or hide its end
_SCRIPTS = 20  # looked into
_NOTHING_RUNS = frozenset({Fetch.HTTP_ERROR, Fetch.NOT_HTML, Fetch.OFF_HOST})  # what brings no script does nothing


async def find_tampering(visitor: Visitor, view: HomeView) -> tuple[tuple[Tampering, ...], tuple[str, ...]]:
    """The traces, each once for its page, and why scripts could not be looked into, in Chinese (empty: all were).

    A page's own code is read with the page. What an own script file does to visitors stands in no page: those of the
    home page, which every visitor runs, are asked for as well.
    """
    home = view.visit.final_url
    pages = [*((home, page) for page in view.pages), *visitor.read_pages()]
    found = [Tampering(url, trace) for url, page in pages for trace in page.foreign]
    scripted, unread = await _in_scripts(visitor, home, view.pages)
    unique = {(one.url, one.foreign.term, one.foreign.where): one for one in [*found, *scripted]}
    return tuple(unique.values())[:_TRACES], unread


async def _in_scripts(visitor: Visitor, home: str, pages: Iterable[Page]) -> tuple[list[Tampering], tuple[str, ...]]:
    urls = {key(url): url for page in pages for url in page.scripts if is_web(url) and visitor.owns(url)}
    asked = list(urls.values())[:_SCRIPTS]
    files = await visitor.gather(visitor.script, asked)
    traces: list[Tampering] = []
    unread: list[str] = []
    for url, file in zip(asked, files, strict=True):
        name = split(url)[2][-60:]
        if file is None or file.outcome not in {Fetch.OK, *_NOTHING_RUNS}:
            unread.append(f"首页脚本{name}未能读取：{REASONS[file.outcome] if file is not None else visitor.stopped}")
        elif file.outcome is Fetch.OK:
            try:
                found = (await visitor.read(_as_page(file), home)).foreign
            except UnreadableError as error:
                unread.append(f"首页脚本{name}未能读取：{error}")
                continue
            traces += [Tampering(home, replace(one, snippet=f"{name} {one.snippet}"[:SNIPPET])) for one in found]
    return traces, tuple(unread)


def _as_page(file: Fetched) -> Fetched:
    """A script file as the one script of an empty page: so it is read where hostile pages are read, and like them."""
    source, _ = decode(file.body, file.header("content-type"))
    if source.lstrip()[:1] == "<":  # an error page in its place runs for nobody
        source = ""
    code = _MARKUP.sub(r"<\\\1", source[:LONGEST])
    body = f"<!DOCTYPE html><html><head><script>{code}</script></head><body></body></html>"
    headers = (("content-type", "text/html; charset=utf-8"),)
    return replace(file, headers=headers, body=body.encode("utf-8", "replace"))
