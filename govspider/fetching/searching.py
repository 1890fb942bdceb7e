"""Asking a page's own search as a visitor does: write into its field, press Enter, else press its button.

Only words to look for are ever sent, and never by a form that asks for more.
"""

import asyncio
import contextlib
import time

from playwright.async_api import ElementHandle, Page
from playwright.async_api import Error as PlaywrightError

from govspider.fetching.rendering import Watch
from govspider.fetching.settling import POLL_SECONDS, Rendered
from govspider.reading.forms import OTHER, SEARCH

ANSWER_SECONDS = 4.0  # for a page to show that it does something
TYPE_SECONDS = 5.0
NO_FIELD = "浏览器中没有找到可用的搜索框"
NO_ANSWER = "浏览器提交搜索后页面没有变化"

# The first field in sight whose names or buttons speak of searching, in a form without another field to write into.
FIELD = """([search, other]) => {
  const sign = new RegExp(search, 'i'), no = new RegExp(other, 'i');
  const written = ['', 'text', 'search', 'password', 'tel', 'email', 'number', 'file'];
  const type = e => (e.getAttribute('type') || '').toLowerCase();
  const seen = e => { const box = e.getBoundingClientRect(); return box.width > 20 && box.height > 5
    && getComputedStyle(e).visibility !== 'hidden' && !e.disabled && !e.readOnly; };
  const said = e => ['name', 'id', 'class', 'placeholder', 'value', 'title'].map(n => e.getAttribute(n) || '').join(' ');
  const near = e => { const around = e.form || e.parentElement;
    return around && (around.textContent || '').length < 160 ? [...around.querySelectorAll('input,button,a')]
      .filter(b => b !== e).map(b => (b.value || b.textContent || '').slice(0, 40)).join(' ') : ''; };
  const alone = e => !e.form || [...e.form.elements].filter(f => f.tagName === 'TEXTAREA'
    || (f.tagName === 'INPUT' && written.includes(type(f)))).length === 1;
  for (const e of document.querySelectorAll('input')) {
    if (!['', 'text', 'search'].includes(type(e)) || !seen(e) || no.test(said(e)) || !alone(e)) continue;
    if (sign.test(said(e) + ' ' + near(e))) return e;
  }
  return null;
}"""
STATUS = "() => (performance.getEntriesByType('navigation')[0] || {}).responseStatus || 0"
PRESS = """(field) => {
  const sign = /搜|检索|查询|search|sousuo|\\bsou|btn|submit|\\bgo\\b/i;
  const said = e => [e.textContent || '', e.value || '', e.id, e.getAttribute('class') || '', e.getAttribute('src') || '',
    e.getAttribute('alt') || '', e.getAttribute('onclick') || ''].join(' ').slice(0, 300);
  let around = field.form || field.parentElement;
  for (let step = 0; around && step < 3; step += 1, around = field.form ? null : around.parentElement) {
    const sure = around.querySelector('[type=submit],[type=image]');
    const button = sure || [...around.querySelectorAll('button,input[type=button],a,img,span,i')]
      .find(e => e !== field && !e.contains(field) && sign.test(said(e)));
    if (button) { button.click(); return true; }
  }
  return false;
}"""


async def search(page: Page, watch: Watch, words: str) -> Rendered:
    """The page of results, in this window or a new one. ``status`` is 0 and ``error`` says why when none came."""
    windows: list[tuple[Page, Watch]] = []
    page.on("popup", lambda window: windows.append((window, Watch(window))))
    found = await page.evaluate_handle(FIELD, [SEARCH.pattern, OTHER.pattern])
    field = found.as_element()
    if field is None:
        return Rendered(page.url, "", 0, (), error=NO_FIELD)
    try:
        if not await _answers(page, windows, field, words):
            return Rendered(page.url, "", 0, (), error=NO_ANSWER)
        opened, its_watch = windows[0] if windows else (page, watch)
        rendered = await its_watch.result()
        if not rendered.status:  # a new window is told of when its answer is there already
            rendered.status = int(await opened.evaluate(STATUS))
        return rendered
    finally:
        for window, _ in windows:
            with contextlib.suppress(PlaywrightError):
                await window.close()


async def _answers(page: Page, windows: list[tuple[Page, Watch]], field: ElementHandle, words: str) -> bool:
    """Whether Enter, or else the button, brought another address, a new window or other content."""
    before = await _state(page)
    with contextlib.suppress(PlaywrightError):  # where Enter leads away at once, the key is never up
        await field.fill(words, timeout=TYPE_SECONDS * 1000)
        await field.press("Enter", timeout=TYPE_SECONDS * 1000)
    if await _changes(page, windows, before):
        return True
    with contextlib.suppress(PlaywrightError):
        await field.evaluate(PRESS)
    return await _changes(page, windows, before)


async def _changes(page: Page, windows: list[tuple[Page, Watch]], before: tuple[str, int]) -> bool:
    until = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < until:
        if windows or await _state(page) != before:
            return True
        await asyncio.sleep(POLL_SECONDS)
    return False


async def _state(page: Page) -> tuple[str, int]:
    """The address without what is typed into it, and the number of links."""
    with contextlib.suppress(PlaywrightError):
        return page.url, int(await page.evaluate("() => document.links.length"))
    return page.url, -1
