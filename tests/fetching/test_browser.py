"""The real browser: what it shows, what it may not reach, what becomes of challenges."""

import datetime as dt
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from govspider.fetching.browser import find_chromium
from tests.fetching.asker import ask
from tests.fetching.web import Asked, Reply, Web, redirect

pytestmark = [pytest.mark.slow, pytest.mark.skipif(find_chromium("") is None, reason="no Chromium on the PATH")]

HOST, OTHER = "127.0.23.1", "127.0.23.2"
LINKS = b"".join(b"<a href=/%d>%d</a>" % (number, number) for number in range(20))


def html(script: str, more: bytes = b"") -> Reply:
    return Reply(
        b"<html><head><meta charset=gb2312></head><body>" + more + f"<script>{script}</script></body></html>".encode()
    )


def test_the_dom_is_taken_when_it_stands_still() -> None:
    show = "const show = r => r.json().then(d => d.forEach(t => document.body.append(t)));"
    pages = {
        "/list": html(f"{show} fetch('/data').then(show)"),
        "/data": Reply('["一则通知"]'.encode(), headers={"Content-Type": "application/json"}, wait=2),
        "/timer": html("setTimeout(() => document.body.append('late'), 1800)"),
        "/lost": html(f"{show} fetch('/missing').then(show)", LINKS),
        "/poll": html("fetch('/never')", LINKS),
        "/counter": html("fetch('http://counter.visits.example/hit')", LINKS),
        "/platform": html("fetch('http://data.city.gov.cn/list')", LINKS),
        "/library": html(
            "$('#list').load('/data')", b"<script src=http://cdn.library.example/jquery.js></script>" + LINKS
        ),
        "/visits": html("", b"<script src=http://counter.visits.example/hit.js></script>" + LINKS),
        "/never": Reply(wait=60),
        "/image": html("", b"<img src=/picture.png>" + LINKS),
        "/jump": html("location.href='/target'"),
        "/target": html("document.body.append('arrived')", LINKS),
        "/gone": Reply(b"<html>gone</html>", 404),
        "/dialog": html("alert(1); document.body.append('after')", LINKS),
        "/hang": html("while (true) {}"),
        "/pdf": Reply(b"%PDF-1.4", headers={"Content-Type": "application/pdf"}),
        "/zip": Reply(b"PK\x03\x04", headers={"Content-Type": "application/zip"}),
        "/moved": redirect("/target"),
    }
    with Web(HOST, pages) as web:
        paths = [path for path in pages if path not in ("/data", "/never", "/target")]
        answers = ask([{"url": web.url + path, "how": "browser"} for path in paths], [web.url], RETRY_PAUSE=0.1)
        by_path = {answer["url"].removeprefix(web.url): answer for answer in answers}
    outcomes = {path: answer["outcome"] for path, answer in by_path.items()}
    assert outcomes == dict.fromkeys(paths, "ok") | {
        "/gone": "http_error", "/pdf": "not_html", "/zip": "not_html", "/hang": "timeout"
    }  # fmt: skip
    assert all(answer["rendered"] for answer in answers)
    assert "一则通知" in by_path["/list"]["body"].decode()  # UTF-8, whatever the page says of itself
    assert by_path["/list"]["headers"]["content-type"] == "text/html; charset=utf-8"
    assert by_path["/list"]["error"] == ""
    assert b"late" in by_path["/timer"]["body"]
    assert "1 个数据请求" in by_path["/lost"]["error"]
    assert "1 个数据请求" in by_path["/poll"]["error"]
    assert by_path["/counter"]["error"] == ""  # a stranger's visitor counter brings no content
    assert "1 个数据请求" in by_path["/platform"]["error"]
    assert "1 个数据请求" in by_path["/library"]["error"]  # without it the page's own script fails
    assert by_path["/visits"]["error"] == ""
    assert "GET /picture.png" not in web.paths()
    assert by_path["/jump"]["final_url"] == f"{web.url}/target"
    assert b"arrived" in by_path["/jump"]["body"]
    assert by_path["/moved"]["redirects"] == [f"{web.url}/moved"]
    assert b"after" in by_path["/dialog"]["body"]
    assert {one.headers["user-agent"] for one in web.asked} == {web.asked[0].headers["user-agent"]}


def test_the_browser_reaches_no_private_address() -> None:
    with Web(OTHER, {"/": Reply(b"secret")}) as secret:
        port = secret.url.rpartition(":")[2]
        loopback = [secret.url, f"http://localhost:{port}", f"http://127.0.0.1:{port}", f"http://[::1]:{port}"]
        inside = "".join(f"fetch('{url}/', {{mode: 'no-cors'}}).catch(() => 0);" for url in loopback)
        pages = {
            "/scripts": html(f"{inside} new WebSocket('ws://{OTHER}:{port}/'); navigator.sendBeacon('{secret.url}/b')", LINKS),
            "/frame": html("", f"<iframe src={secret.url}/></iframe><script src={secret.url}/x.js></script>".encode() + LINKS),
            "/redirect": redirect(secret.url),
            "/chain": redirect("/redirect"),
            "/jump": html(f"location.href='{secret.url}/'"),
            "/worker": html(f"new Worker(URL.createObjectURL(new Blob([\"fetch('{secret.url}/w',{{mode:'no-cors'}})\"])))", LINKS),
            "/file": html("location.href='file:///etc/passwd'", LINKS),
        }  # fmt: skip
        with Web(HOST, pages) as web:
            answers = ask([{"url": web.url + path, "how": "browser"} for path in pages], [web.url], RETRY_PAUSE=0.1)
        outcomes = {answer["url"].removeprefix(web.url): answer["outcome"] for answer in answers}
        assert secret.asked == []
    assert outcomes == dict.fromkeys(pages, "ok") | {"/redirect": "private", "/chain": "private", "/jump": "private"}
    assert b"root:" not in b"".join(answer["body"] for answer in answers)


def test_an_error_without_a_page_is_told_by_its_status() -> None:
    with Web(HOST, {"/": Reply(b"", status=404), "/busy": Reply(b"", status=500)}) as web:
        answers = ask(
            [{"url": web.url + path, "how": "browser"} for path in ("/", "/busy")], [web.url], RETRY_PAUSE=0.1
        )
    assert [(answer["outcome"], answer["status"]) for answer in answers] == [("http_error", 404), ("http_error", 500)]


def test_failures_of_the_browser_have_names_too() -> None:
    urls = {
        "http://nosuch.invalid/": "dns",
        f"http://{HOST}:39999/": "refused",
        "https://127.0.23.9:1/": "private",
        f"http://{OTHER}:39999/": "private",
    }
    answers = ask([{"url": url, "how": "browser"} for url in urls], [f"http://{HOST}/"], RETRY_PAUSE=0.1)
    assert {answer["url"]: answer["outcome"] for answer in answers} == urls


@pytest.mark.parametrize("settings", [{"BROWSER": "never"}, {"CHROMIUM": "/nonexistent/chromium"}])
def test_without_a_browser_nothing_is_rendered_and_it_says_so(settings: dict[str, str]) -> None:
    with Web(HOST, {"/": Reply()}) as web:
        plain, rendered = ask([{"url": web.url}, {"url": web.url, "how": "browser"}], [web.url], **settings)
    assert plain["outcome"] == "ok"
    assert rendered["outcome"] == "other"
    assert "浏览器" in rendered["error"]
    assert rendered["body"] == b""


CHALLENGE = b"<html><script>document.cookie='pass=yes; path=/'; location.reload()</script></html>"


def guarded(asked: Asked, _: int) -> Reply:
    if "pass=yes" in asked.headers.get("cookie", ""):
        return Reply(b"<html><body>" + b"content " * 50 + LINKS + b"</body></html>")
    return Reply(CHALLENGE, 521, {"Content-Type": "text/html", "Set-Cookie": "jsl=1; path=/"})


def test_a_challenge_is_passed_once_as_a_visitor_would_and_its_cookie_kept() -> None:
    with Web(HOST, {f"/{number}": guarded for number in range(4)}) as web:
        asks = [{"url": f"{web.url}/{number}"} for number in range(3)]
        answers = ask([*asks, {"url": f"{web.url}/3", "after": 8}], [web.url])
        last = [one for one in web.asked if one.path == "/3"]
    assert {answer["outcome"] for answer in answers} == {"ok"}
    assert all(b"content" in answer["body"] for answer in answers)
    assert [answer["rendered"] for answer in answers].count(True) == 1
    assert [one.headers["cookie"].count("pass=yes") for one in last] == [1]  # a plain request with the cookie
    assert {one.headers["user-agent"] for one in web.asked} == {web.asked[0].headers["user-agent"]}


def test_a_challenge_that_is_not_passed_is_blocked_and_not_tried_again() -> None:
    never = Reply(b"<html><script>document.cookie='a=1'; var x = '__jsl_clearance'</script></html>", 521)
    with Web(HOST, {"/a": never, "/b": never}) as web:
        first, second = ask([{"url": f"{web.url}/a"}, {"url": f"{web.url}/b"}], [web.url])
    assert (first["outcome"], second["outcome"]) == ("blocked", "blocked")
    assert first["error"]
    navigations = {one.path for one in web.asked if one.headers.get("upgrade-insecure-requests")}
    assert len(navigations) == 1


def test_a_challenge_without_a_browser_is_blocked() -> None:
    with Web(HOST, {"/a": guarded}) as web:
        (answer,) = ask([{"url": f"{web.url}/a"}], [web.url], BROWSER="never")
    assert answer["outcome"] == "blocked"
    assert "浏览器" in answer["error"]


def test_an_old_browser_is_replaced_while_pages_are_open() -> None:
    pages = {f"/{number}": html("", b"text " * 60 + LINKS) for number in range(6)}
    with Web(HOST, pages) as web:
        asks = [{"url": web.url + path, "how": "browser"} for path in pages]
        answers = ask(asks, [web.url], constants={"govspider.fetching.browser:PAGES_OF_A_BROWSER": 2})
    assert {answer["outcome"] for answer in answers} == {"ok"}
    assert answers[0]["browsers"] > 1


def test_a_page_that_never_stands_still_is_taken_as_it_is() -> None:
    restless = html("setInterval(() => document.body.append('x'), 50)", LINKS)
    with Web(HOST, {"/": restless}) as web:
        constants = {"govspider.fetching.settling:SETTLE_SECONDS": 2}
        (answer,) = ask([{"url": web.url, "how": "browser"}], [web.url], constants=constants)
    assert answer["outcome"] == "ok"
    assert b"xxx" in answer["body"]


def test_https_is_read_with_any_certificate(tmp_path: Path) -> None:
    with Web(HOST, {"/": html("document.body.append('ready')", LINKS)}, certificate(tmp_path)) as web:
        plain, rendered = ask([{"url": web.url}, {"url": web.url, "how": "browser"}], [web.url])
    assert (plain["outcome"], rendered["outcome"]) == ("ok", "ok")
    assert b"ready" in rendered["body"]


def certificate(folder: Path) -> Path:
    """A self-signed one that ended years ago, for another name."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "elsewhere.example")])
    begin = dt.datetime(2015, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, begin, begin + dt.timedelta(365))
    file = folder / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return file
