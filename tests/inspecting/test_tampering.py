"""What the home page's own script files do to visitors."""

import pytest

from govspider.facts import Fetch, SiteFacts
from govspider.inspecting.walk import inspect_site

from .sites import BASE, Web, failed, page, plan, site

REPLACES = "var p='<html><body>无法找到该网页</body></html>';try{window.stop()}catch(e){};document.write(p);"
HARMLESS = "$('.menu li').hover(function(){$(this).addClass('on')});" * 3


async def walked(script: object, head: str = '<script src="/js/a.js"></script>') -> SiteFacts:
    web = Web({BASE: page("<p>欢迎访问</p>", head=head), f"{BASE}js/a.js": script})  # type: ignore[dict-item]
    return await inspect_site(site(), web, plan(browser=False))


@pytest.mark.parametrize("head", ['<script src="/js/a.js"></script>', '<script src="js/a.js" defer></script>'])
async def test_an_own_script_that_replaces_the_page_is_a_trace_on_the_home_page(head: str) -> None:
    facts = await walked(REPLACES, head)
    assert [(one.url, one.foreign.where) for one in facts.tampering] == [(BASE, "text")]
    assert "/js/a.js" in facts.tampering[0].foreign.snippet


async def test_ordinary_scripts_and_those_that_do_not_exist_are_none() -> None:
    facts = await walked(HARMLESS)
    assert facts.tampering == facts.tampering_unread == ()
    facts = await walked(failed(f"{BASE}js/a.js", Fetch.HTTP_ERROR, 404))
    assert facts.tampering == facts.tampering_unread == ()


async def test_an_error_page_in_a_scripts_place_runs_for_nobody() -> None:
    assert (await walked(f"<html><body><script>{REPLACES}</script></body></html>")).tampering == ()


@pytest.mark.parametrize("outcome", [Fetch.TIMEOUT, Fetch.BLOCKED, Fetch.REFUSED])
async def test_a_script_that_could_not_be_read_is_said(outcome: Fetch) -> None:
    facts = await walked(failed(f"{BASE}js/a.js", outcome))
    assert facts.tampering == ()
    assert len(facts.tampering_unread) == 1
    assert "/js/a.js" in facts.tampering_unread[0]


async def test_scripts_of_other_hosts_are_not_asked_for() -> None:
    web = Web({BASE: page("", head='<script src="https://cdn.example.com/x.js"></script>')})
    await inspect_site(site(), web, plan(browser=False))
    assert not [url for url, _ in web.asked if "cdn.example.com" in url]


@pytest.mark.parametrize(
    "end", ["</script>", "</SCRIPT><iframe src='http://qp777.com/' style='display:none'></iframe>", "<!--<script>"]
)
async def test_a_scripts_text_never_becomes_markup(end: str) -> None:
    assert (await walked(f'var t = "{end}";{HARMLESS}')).tampering == ()
    assert (await walked(f'var t = "{end}";{REPLACES}')).tampering
