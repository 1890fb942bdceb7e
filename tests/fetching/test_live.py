"""The live fetcher in a real crawl against real servers on loopback."""

import gzip
import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.fetching.asker import ask
from tests.fetching.web import PAGE, Asked, Reply, Web, redirect

pytestmark = pytest.mark.slow

HOST, OTHER, THIRD = "127.0.22.1", "127.0.22.2", "127.0.22.3"


@contextmanager
def listening(host: str, answer: bytes | None) -> Iterator[str]:
    """A server that talks no proper HTTP: it sends ``answer`` and closes, or closes at once."""
    with socket.create_server((host, 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    if answer:
                        connection.recv(4096)
                        connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://{host}:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def test_a_file_comes_whole_when_a_file_is_asked_for() -> None:
    pages = {
        "/pdf": Reply(b"%PDF" + b"x" * 5000, headers={"Content-Type": "application/pdf"}),
        "/to-pdf": redirect("/pdf"),
        "/huge": Reply(b"PK" + b"x" * 2_000_000, headers={"Content-Type": "application/zip"}),
    }
    with Web(HOST, pages) as web:
        asks = [{"url": f"{web.url}{path}", "how": "file"} for path in (*pages, "/gone")]
        got = ask(asks, [web.url], DOWNLOAD_MAXSIZE=1_000_000, RETRY_PAUSE=0.1)
    outcomes = [(one["outcome"], len(one["body"])) for one in got]
    assert outcomes[:2] == [("ok", 5004), ("ok", 5004)]
    assert outcomes[2][0] == "too_large"
    assert (got[3]["outcome"], got[3]["status"]) == ("http_error", 404)


def test_every_end_of_a_request_has_its_name() -> None:
    bomb = gzip.compress(b"<html>" + b" " * 3_000_000)
    pages = {
        "/ok": Reply(),
        "/gzip": Reply(gzip.compress(PAGE), headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}),
        "/bomb": Reply(bomb, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}),
        "/broken-gzip": Reply(b"\x1f\x8bgarbage", headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}),
        "/huge": Reply(b"<html>" + b"x" * 2_000_000),
        "/pdf": Reply(b"%PDF" + b"x" * 5000, headers={"Content-Type": "application/pdf"}),
        "/pdf-as-html": Reply(b"%PDF-1.4"),
        "/json": Reply(b"[1]", headers={"Content-Type": "application/json"}),
        "/empty": Reply(b"", headers={"Content-Type": "text/html"}),
        "/slow": Reply(wait=3),
        "/drip": Reply(b"<html>" + b"x" * 100, drip=0.1),
        "/500": Reply(b"broken", 500),
        "/app": redirect("weixin://open"),
        "/loop": redirect("/loop"),
        "/refused-by-robots": Reply(),
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /refused-by-robots", headers={"Content-Type": "text/plain"}),
    }
    wanted = {
        "/ok": "ok", "/gzip": "ok", "/bomb": "too_large", "/broken-gzip": "other", "/huge": "too_large",
        "/pdf": "not_html", "/pdf-as-html": "not_html", "/json": "ok", "/empty": "ok", "/slow": "timeout",
        "/drip": "timeout", "/500": "http_error", "/missing": "http_error", "/app": "off_host", "/loop": "other",
        "/refused-by-robots": "robots",
    }  # fmt: skip
    with Web(HOST, pages) as web, listening(OTHER, None) as closing, listening(THIRD, b"SSH-2.0\r\n") as ssh:
        special = {
            "http://nosuch.invalid/": "dns",
            f"http://{HOST}:1/": "refused",
            web.url.replace("http:", "https:"): "tls",
            closing: "other",
            ssh: "other",
            "mailto:a@b.cn": "other",
            "http://": "other",
            "http://[::1": "other",
            "javascript:void(0)": "other",
            "ftp://127.0.22.1/x": "other",
            "file:///etc/passwd": "other",
            "data:text/html,x": "other",
        }
        urls = [web.url + path for path in wanted] + list(special)
        answers = ask([{"url": url} for url in urls], [web.url, closing, ssh], DOWNLOAD_MAXSIZE=1_000_000)
        outcomes = {answer["url"].removeprefix(web.url): answer["outcome"] for answer in answers}
        by_path = {answer["url"].removeprefix(web.url): answer for answer in answers}
    assert outcomes == wanted | special
    assert by_path["/gzip"]["body"] == by_path["/ok"]["body"] == PAGE
    assert by_path["/500"]["body"] == b"broken"
    assert by_path["/500"]["status"] == 500
    assert by_path["/pdf"]["body"] == b""
    assert all(answer["error"] for answer in answers if answer["outcome"] != "ok")
    assert "GET /refused-by-robots" not in web.paths()
    assert by_path["/ok"]["browsers"] == 0  # nothing was rendered, so none was started
    assert "Traceback" not in by_path["/ok"]["log"]


def test_a_failure_counts_after_a_second_try_later() -> None:
    def second_time(asked: Asked, number: int) -> Reply:
        return Reply() if number > 1 else Reply(b"", 500)

    with Web(HOST, {"/": second_time, "/gone": Reply(b"", 404), "/fine": Reply()}) as web:
        asks = [{"url": f"{web.url}/"}, {"url": f"{web.url}/gone"}, {"url": f"{web.url}/fine"}]
        first, gone, fine = ask(asks, [web.url], RETRY_PAUSE=1.0)
    assert (first["outcome"], gone["outcome"], gone["status"], fine["outcome"]) == ("ok", "http_error", 404, "ok")
    assert sorted(web.paths()) == ["GET /", "GET /", "GET /fine", "GET /gone", "GET /gone"]
    tries = [one.at for one in web.asked if one.path == "/"]
    assert tries[1] - tries[0] >= 1.0


def test_a_busy_host_is_left_alone_by_all_walks() -> None:
    def busy_once(asked: Asked, number: int) -> Reply:
        return Reply() if number > 1 else Reply(b"", 429, {"Retry-After": "2"})

    with Web(HOST, {"/busy": busy_once, "/other": Reply()}) as web, Web(OTHER, {"/": Reply()}) as calm:
        asks = [{"url": f"{web.url}/busy"}, {"url": f"{web.url}/other", "after": 0.7}, {"url": calm.url, "after": 0.7}]
        answers = ask(asks, [web.url, calm.url])
    assert [answer["outcome"] for answer in answers] == ["ok", "ok", "ok"]
    at = {f"{one.path}{number}": one.at for number, one in enumerate(web.asked) if one.path != "/robots.txt"}
    refused, *later = sorted(at.values())
    assert all(moment - refused >= 1.9 for moment in later)
    assert calm.asked[-1].at - refused < 1.9


def test_one_that_stays_busy_has_blocked_us() -> None:
    with Web(HOST, {"/": Reply(b"", 429, {"Retry-After": "0"})}) as web:
        (answer,) = ask([{"url": web.url}], [web.url])
    assert (answer["outcome"], answer["status"]) == ("blocked", 429)
    assert "429" in answer["error"]


def test_at_most_two_requests_at_a_time_reach_a_host() -> None:
    pages = {f"/{number}": Reply(wait=0.2) for number in range(8)}
    with Web(HOST, pages) as web:
        answers = ask([{"url": web.url + path} for path in pages], [web.url])
    assert {answer["outcome"] for answer in answers} == {"ok"}
    assert web.busiest == 2


def test_requests_to_a_host_keep_their_distance() -> None:
    pages = {f"/{number}": Reply() for number in range(5)}
    with Web(HOST, pages) as web:
        ask([{"url": web.url + path} for path in pages], [web.url], DOWNLOAD_DELAY=0.4)
    moments = [one.at for one in web.asked]
    assert min(later - earlier for earlier, later in itertools.pairwise(moments)) > 0.15


def test_a_link_is_asked_by_head_and_by_get_only_where_head_lies() -> None:
    pages = {
        "/fine": Reply(),
        "/no-head": Reply(head_status=405),
        "/forbidden-head": Reply(head_status=403),
        "/lost-head": Reply(head_status=404),
        "/file": Reply(b"PK\x03\x04" * 100_000, headers={"Content-Type": "application/zip"}, head_status=501),
        "/dead": Reply(b"", 404),
        "/moved": redirect("/fine"),
        "/moved-to-dead": redirect("/dead"),
    }
    with Web(HOST, pages) as web:
        answers = ask([{"url": web.url + path, "how": "link"} for path in pages], [web.url])
    outcomes = {answer["url"].removeprefix(web.url): answer["outcome"] for answer in answers}
    assert outcomes == dict.fromkeys(pages, "ok") | {"/dead": "http_error", "/moved-to-dead": "http_error"}
    assert all(answer["body"] == b"" for answer in answers)
    assert "GET /moved" not in web.paths()
    assert web.paths().count("HEAD /dead") <= 2  # its own and the redirected one: the second try is by GET
    assert web.paths().count("GET /no-head") == 1


def test_redirects_are_followed_and_told() -> None:
    def welcome(asked: Asked, number: int) -> Reply:
        return Reply(b"<html>in</html>") if "pass=1" in asked.headers.get("cookie", "") else redirect("/", **COOKIE)

    COOKIE = {"Set-Cookie": "pass=1; path=/"}  # noqa: N806
    pages = {
        "/start": redirect("/middle?a=1#top"),
        "/middle": redirect("/end"),
        "/end": Reply(),
        "/": welcome,
        "/chinese": redirect("/%E6%96%B0%E9%97%BB"),
        "/%E6%96%B0%E9%97%BB": Reply(b"<html>news</html>"),
    }
    with Web(HOST, pages) as web, Web(OTHER, {"/": Reply()}) as other:
        pages["/away"] = redirect(other.url + "/")
        paths = ["/start", "/", "/chinese", "/away"]
        asks = [{"url": web.url + path} for path in paths]
        start, home, chinese, away = ask(asks, [web.url, other.url])
    assert start["final_url"] == f"{web.url}/end"
    assert start["redirects"] == [f"{web.url}/start", f"{web.url}/middle?a=1"]
    assert home["body"] == b"<html>in</html>"  # the cookie was sent back on the way
    assert chinese["body"] == b"<html>news</html>"
    assert away["final_url"] == f"{other.url}/"
    assert "cookie" not in other.asked[-1].headers


def test_private_addresses_are_never_reached() -> None:
    with Web(OTHER, {"/": Reply()}) as secret:
        port = secret.url.rpartition(":")[2]
        pages = {"/away": redirect(secret.url), "/sly": redirect(f"//2130712066:{port}/")}
        with Web(HOST, pages) as web:
            urls = [
                secret.url,
                f"http://2130712066:{port}/",
                f"http://0x7f001602:{port}/",
                f"http://0177.0.026.02:{port}/",
                f"http://localhost:{port}/",
                f"http://[::ffff:127.0.22.2]:{port}/",
                f"{web.url}/away",
                f"{web.url}/sly",
            ]
            plain = ask([{"url": url} for url in urls], [web.url])
            links = ask([{"url": url, "how": "link"} for url in urls], [web.url])
            allowed = ask([{"url": f"{web.url}/away"}], [web.url], PRIVATE_NETWORKS_ALLOWED="127.0.22.0/30")
        assert {answer["url"]: answer["outcome"] for answer in plain} == dict.fromkeys(urls, "private")
        assert {answer["url"]: answer["outcome"] for answer in links} == dict.fromkeys(urls, "private")
        assert "GET /" not in secret.paths()[:-1]
        assert allowed[0]["outcome"] == "ok"
        assert secret.paths() == ["GET /"]


def test_robots_txt_cannot_lead_inside() -> None:
    with Web(OTHER, {"/robots.txt": Reply()}) as secret, Web(HOST, {"/": Reply()}) as web:
        web.pages["/robots.txt"] = redirect(f"{secret.url}/robots.txt")
        (answer,) = ask([{"url": web.url}], [web.url])
    assert answer["outcome"] == "ok"
    assert secret.asked == []


def test_a_host_that_failed_again_and_again_is_left_alone_for_a_while() -> None:
    with listening(HOST, None) as server:
        dead = f"{server}/"
    asks = [{"url": f"{dead}{number}"} for number in range(4)]
    *_, last = ask([*asks, {"url": f"{dead}last", "after": 6}], [dead], RETRY_PAUSE=0.1)
    assert last["outcome"] == "refused"
    assert "未再尝试" in last["error"]


def test_we_say_who_we_are() -> None:
    with Web(HOST, {"/": Reply()}) as web:
        ask([{"url": web.url}], [web.url])
    headers = web.asked[-1].headers
    assert "govspider" in headers["user-agent"]
    assert headers["accept-language"].startswith("zh-CN")
    assert "referer" not in headers
    assert "cookie" not in headers
