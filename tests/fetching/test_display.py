"""How pages show in the real browser: what is in sight, what is missing, what may not be asked for."""

import base64
import json
from typing import Any

import pytest

from govspider.fetching.browser import find_chromium
from tests.fetching.asker import ask
from tests.fetching.web import Reply, Web

pytestmark = [pytest.mark.slow, pytest.mark.skipif(find_chromium("") is None, reason="no Chromium on the PATH")]

HOST, OTHER = "127.0.26.1", "127.0.26.2"
TEXT = "<p>" + "清河县召开专题会议，研究部署下一阶段重点工作。" * 20 + "</p>"
LENGTH = 460
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAEklEQVR4nGNgYPj/n+E/AwMDAA/6A/1Rl5xvAAAAAElFTkSuQmCC"
)
FLASH = "classid='clsid:D27CDB6E-AE6D-11cf-96B8-444553540000' width=1300 height=600"


def html(body: str, head: str = "", doctype: str = "<!DOCTYPE html>") -> Reply:
    page = f"{doctype}<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return Reply(page.encode())


def css(path: str) -> str:
    return f"<link rel=stylesheet href={path}>"


PAGES = {
    "/plain": html(TEXT, css("/good.css") + css("/missing.css")),
    "/good.css": Reply(b"p{color:red} h1{margin:0}", headers={"Content-Type": "text/css"}),
    "/naked": html(TEXT, css("/missing.css")),
    "/html.css": Reply(b"<html>home page</html>"),
    "/strict": html(TEXT, css("/html.css")),
    "/busy.css": Reply(b"", 503),
    "/busy": html(TEXT, css("/busy.css")),
    "/hidden": html(f"<div style='visibility:hidden'>{TEXT}</div>"),
    "/clear": html(f"<div style='opacity:0'>{TEXT}</div><script>nosuch()</script>"),
    "/outside": html(f"<div style='position:absolute;left:-9999px'>{TEXT}</div>"),
    "/folded": html(f"<div style='height:0;overflow:hidden'>{TEXT}</div>"),
    "/floating": html(f"<div style='height:0;overflow:hidden'><div style='position:absolute'>{TEXT}</div></div>"),
    "/wide": html(f"<div style='width:4000px'><div style='margin-left:2000px'>{TEXT}</div></div>"),
    "/ticker": html(f"{TEXT}<div style='width:500px;overflow:hidden'><div style='width:9000px'>{TEXT}</div></div>"),
    "/object": html(
        f"<object {FLASH}><param name=movie value=a.swf><embed src=a.swf width=1300 height=600></object>"
    ),
    "/embed": html("<embed src=a.swf width=1300 height=600>"),
    "/banner": html(TEXT + "<embed src=a.swf width=1000 height=120>"),
    "/images": html(TEXT + "".join(f"<img src=/no{n}.png>" for n in range(8)) + "<img src=/a.png width=300 height=300>"),
    "/a.png": Reply(PIXEL, headers={"Content-Type": "image/png"}),
    "/picture": html("<img src=/a.png width=900 height=600>"),
    "/background": html("<div style='height:600px;background:url(/a.png)'></div>"),
    "/late": html("<div id=a></div><script>setTimeout(() => document.getElementById('a').innerHTML = '" + TEXT + "', 900)</script>"),
    "/old": html("<script>new ActiveXObject('Microsoft.XMLDOM')</script>"),
    "/tampered": html(TEXT + "<script>Element.prototype.getBoundingClientRect = () => { throw 1 }</script>"),
    "/absurd": html(TEXT + "<script>window.innerWidth = 1e300; Math.max = () => NaN</script>"),
}  # fmt: skip


def display(web: Web, *paths: str, **settings: Any) -> dict[str, dict[str, Any]]:
    """What is measured of the pages by their paths; of those that failed, their outcome and error."""
    asks = [{"url": web.url + path, "how": "display"} for path in paths]
    answers = ask(asks, [web.url], RETRY_PAUSE=0.1, **settings)
    return {
        answer["url"].removeprefix(web.url): {
            "outcome": answer["outcome"],
            "said": answer["error"],
            **(json.loads(answer["body"]) if answer["body"] else {}),
        }
        for answer in answers
    }


def test_what_is_in_sight_and_what_is_missing() -> None:
    with Web(HOST, PAGES) as web:
        told = display(web, *(path for path in PAGES if "." not in path))
        agents = {one.headers["user-agent"] for one in web.asked if one.path == "/plain"}
    hostile = ("/tampered", "/absurd")  # pages that change what measures them: whatever comes, it is numbers or nothing
    assert {page["outcome"] for path, page in told.items() if path not in hostile} == {"ok"}
    assert told["/plain"]["browser"].startswith("Chromium ")
    assert (told["/plain"]["viewport"], told["/plain"]["width"]) == (1366, 1366)
    assert (told["/plain"]["sheets"], told["/plain"]["sheets_lost"], told["/plain"]["rules"]) == (2, 1, 2)
    assert told["/plain"]["unsure"] == 0
    for path in ("/naked", "/strict"):
        assert (told[path]["sheets"], told[path]["sheets_lost"], told[path]["rules"]) == (1, 1, 0), path
    assert (told["/busy"]["sheets_lost"], told["/busy"]["unsure"]) == (0, 1)  # it may be there tomorrow
    in_sight = {path: (told[path]["text"], told[path]["visible"], told[path]["media"]) for path in told}
    for path in ("/plain", "/floating", "/wide", "/late"):
        assert in_sight[path] == (LENGTH, LENGTH, 0), path
    for path in ("/hidden", "/clear", "/outside", "/folded"):
        assert in_sight[path] == (LENGTH, 0, 0), path
    assert in_sight["/picture"] == in_sight["/background"] == (0, 0, 1)
    assert told["/clear"]["error"] == "nosuch is not defined"
    assert "ActiveXObject" in told["/old"]["error"]
    assert (told["/wide"]["width"] > 3000, told["/wide"]["beyond"]) == (True, LENGTH)
    assert (told["/ticker"]["width"], told["/ticker"]["beyond"]) == (1366, 0)
    assert min(told["/object"]["plugin"], told["/embed"]["plugin"]) > 0.7
    assert told["/banner"]["plugin"] < 0.2
    assert (told["/images"]["images"], told["/images"]["images_lost"]) == (9, 8)
    assert all(isinstance(value, int | float | str) for page in told.values() for value in page.values())
    (agent,) = agents
    assert "Chrome/" in agent
    assert "govspider" in agent


def test_parts_at_private_addresses_are_not_asked_for() -> None:
    with Web(OTHER, {"/a.css": PAGES["/good.css"], "/a.png": PAGES["/a.png"]}) as secret:
        parts = css(f"{secret.url}/a.css"), f"<img src={secret.url}/a.png width=300 height=300>"
        with Web(HOST, {"/": html(TEXT + parts[1], parts[0])}) as web:
            told = display(web, "/")["/"]
        assert secret.asked == []
    assert (told["outcome"], told["sheets"], told["images"], told["media"]) == ("ok", 0, 0, 0)


def test_a_page_may_bring_so_much_and_no_more() -> None:
    big = Reply(b"/*" + b"x" * 3_000_000 + b"*/", headers={"Content-Type": "text/css"})
    sheets = {f"/{number}.css": big for number in range(3)}
    with Web(HOST, {"/": html(TEXT, "".join(map(css, sheets))), **sheets}) as web:
        less = display(web, "/", constants={"govspider.fetching.browser:DISPLAY_BYTES": 2_000_000})["/"]
        whole = display(web, "/")["/"]
    assert (less["outcome"], less["unsure"] > 0) == ("ok", True)
    assert whole["unsure"] == 0


def test_a_part_that_never_comes_is_not_waited_for_for_ever() -> None:
    with Web(HOST, {"/": html(TEXT, css("/never.css")), "/never.css": Reply(wait=60)}) as web:
        constants = {"govspider.fetching.settling:LOAD_SECONDS": 1, "govspider.fetching.settling:SETTLE_SECONDS": 3}
        told = display(web, "/", constants=constants)["/"]
    assert told["outcome"] != "ok" or told["unsure"] > 0


@pytest.mark.parametrize("settings", [{"BROWSER": "never"}, {"CHROMIUM": "/nonexistent/chromium"}])
def test_without_a_browser_it_says_so(settings: dict[str, str]) -> None:
    with Web(HOST, PAGES) as web:
        told = display(web, "/plain", **settings)["/plain"]
    assert told["outcome"] == "other"
    assert "浏览器" in told["said"]


def test_a_page_that_is_not_there_is_not_measured() -> None:
    with Web(HOST, {"/gone": Reply(b"<html>gone</html>", 404)}) as web:
        assert display(web, "/gone")["/gone"]["outcome"] == "http_error"
