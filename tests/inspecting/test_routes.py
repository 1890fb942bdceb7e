"""Sites that are one shell whose scripts fill every page, by its path or by what stands behind #/ of the address."""

import re

import pytest

from govspider.facts import How, SiteFacts
from govspider.inspecting.walk import inspect_site

from .sites import BASE, MENU, Web, plan, site
from .test_walk import FRESH, city, column

SHELL = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>清河县人民政府</title><script src="/app.js"></script>'
    '</head><body><div id="app"></div></body></html>'
)


def routed(mark: str) -> Web:
    """The sound city as one shell: each page of it is shown for a route."""
    sound = city()
    shown = {}
    for url, html in sound.pages.items():
        assert isinstance(html, str)
        for other in sorted(sound.pages, key=len, reverse=True):
            path = other.removeprefix(BASE)
            html = html.replace(f'href="{other}"', f'href="{mark}{path}"') if path else html
            html = html.replace(f'href="/{path}"', f'href="{mark}{path}"') if path else html
        shown[url.replace(BASE, f"{BASE}{mark}") if url != BASE else url] = html
    return Web({BASE: SHELL}, rendered=shown)


async def walk(web: Web, **changes: object) -> SiteFacts:
    return await inspect_site(site(), web, plan(**changes))


@pytest.mark.parametrize("mark", ["#/", "#!/"])
async def test_columns_services_and_letters_behind_routes_are_read(mark: str) -> None:
    web = routed(mark)
    facts = await walk(web)
    assert {one.name for one in facts.columns} >= {name for name, _ in MENU[1:]}
    assert str(column(facts, "工作动态").newest) == FRESH[0]
    assert len([one for one in facts.services if one.guide is not None and not one.guide.missing]) == 6
    assert any(one.kind == "consultation" for one in facts.channels)
    assert len(facts.messages) == 4
    looked = [url for url, how in web.asked if how is not How.LINK and "#" in url]
    assert len(looked) == len(set(looked))
    assert all(how is How.BROWSER for url, how in web.asked if how is not How.LINK and "#" in url)


async def test_without_the_browser_nothing_behind_routes_is_absent() -> None:
    web = city()
    menu = "".join(f'<li><a href="#{url}">{name}</a></li>' for name, url in MENU)
    web.pages = {BASE: SHELL.replace('<div id="app"></div>', f"<ul>{menu}</ul>")}
    facts = await walk(web, browser=False)
    assert facts.services_unread
    assert column(facts, "办事指南").reason == "页面由脚本按地址生成，未启用浏览器"


async def test_guides_in_a_shell_are_read_in_the_browser() -> None:
    web = city()
    for n in range(1, 7):
        url = f"{BASE}detail/2000{n}"
        web.rendered[url], web.pages[url] = web.pages.pop(f"{BASE}bszn/{n}.html"), SHELL
    hub = str(web.pages[f"{BASE}bszn/"])
    web.pages[f"{BASE}bszn/"] = re.sub(r"/bszn/(\d)\.html", r"/detail/2000\1", hub)
    facts = await walk(web)
    assert len([one for one in facts.services if one.guide is not None and not one.guide.missing]) == 6
