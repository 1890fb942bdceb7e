"""Who is refused, and what hostile pages can do to the page: nothing."""

from urllib.parse import urlencode

import pytest

from govspider.facts import Review
from tests.review.office import FORM, MARKED, STALE, Page, key_of

KEY = key_of(STALE, "home-stale")
DECIDE = f"/site/{STALE.code}/decide"


def fields(page: Page) -> dict[str, str]:
    return {"token": page.token(), "key": KEY, "decision": "rejected", "seen": "0", "reviewer": "甲"}


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", ""]
)
def test_other_names_of_this_computer_are_refused(page: Page, host: str) -> None:
    answer = page.get("/", Host=host.format(port=page.port))
    assert answer.status == 403
    assert "只能用 127.0.0.1" in answer.text
    assert page.get("/", Host=f"localhost:{page.port}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": None},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-site"},
        {"Origin": "null", "Sec-Fetch-Site": None},
        {"Origin": None, "Sec-Fetch-Site": None},
    ],
)
def test_forms_of_other_pages_are_refused(page: Page, headers: dict[str, str | None]) -> None:
    answer = page.post(DECIDE, fields(page), headers)
    assert answer.status == 403
    assert page.store.decisions(KEY) == ()


@pytest.mark.parametrize("more", [{"Sec-Fetch-Site": None}, {"Sec-Fetch-Site": "same-origin"}])
def test_a_form_of_this_page_by_its_origin(page: Page, more: dict[str, str | None]) -> None:
    assert page.post(DECIDE, fields(page), {"Origin": page.address, **more}).status == 303


@pytest.mark.parametrize("token", ["", "x", "名", None])
@pytest.mark.parametrize("path", [DECIDE, "/publish"])
def test_a_form_without_the_token_is_refused(page: Page, path: str, token: str | None) -> None:
    sent = fields(page) | {"token": token or ""}
    if token is None:
        del sent["token"]
    answer = page.post(path, sent)
    assert answer.status == 403
    assert "页面已过期" in answer.text
    assert page.store.decisions(KEY) == ()
    assert not (page.output / "2026Q2").exists()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"decision": "guilty"}, 400),
        ({"decision": ""}, 400),
        ({"seen": "-1"}, 400),
        ({"seen": "²"}, 400),
        ({"reviewer": " \u202e "}, 400),
        ({"reviewer": "甲" * 31}, 400),
        ({"note": "长" * 501}, 400),
        ({"note": "x" * 20_000}, 413),
        ({"key": "unknown"}, 404),
        ({"key": key_of(MARKED, "home-stale")}, 404),
    ],
)
def test_what_makes_no_sense_is_not_recorded(page: Page, changes: dict[str, str], status: int) -> None:
    answer = page.post(DECIDE, fields(page) | changes)
    assert answer.status == status
    assert 'lang="zh-CN"' in answer.text
    assert page.store.decisions(KEY) == ()


def test_only_small_forms_are_read(page: Page) -> None:
    same = {"Sec-Fetch-Site": "same-origin"}
    sent = urlencode(fields(page))
    assert page.ask("POST", DECIDE, sent, same | {"Content-Type": "text/plain"}).status == 415
    assert page.ask("POST", DECIDE, b"\xff\xfe=1", same | FORM).status == 400
    assert page.ask("POST", DECIDE, "token=%FF", same | FORM).status == 400
    assert page.ask("POST", DECIDE, "&".join(f"a{n}=1" for n in range(100)), same | FORM).status == 400
    assert page.store.decisions(KEY) == ()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/site/1", 404),
        ("GET", "/site/%2e%2e%2fetc", 404),
        ("GET", DECIDE, 405),
        ("GET", "/publish", 405),
        ("POST", "/", 405),
        ("DELETE", f"/site/{STALE.code}", 405),
    ],
)
def test_unknown_addresses(page: Page, method: str, path: str, status: int) -> None:
    answer = page.ask(method, path, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status == status
    assert "未能完成" in answer.text


@pytest.mark.parametrize("path", ["/", f"/site/{MARKED.code}", "/nothing", "/style.css"])
def test_every_answer_forbids_scripts_frames_and_referrers(page: Page, path: str) -> None:
    headers = page.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


def test_texts_of_pages_are_only_text(page: Page) -> None:
    page.store.review(KEY, Review.PENDING, "<b>\u202e甲</b>", "<img src=x onerror=alert(1)>\x1b[31m")
    for path in (
        f"/site/{MARKED.code}",
        f"/site/{STALE.code}",
        "/",
        "/?site=%3Cscript%3Ealert(1)%3C/script%3E%E2%80%AE",
    ):
        text = page.get(path).text
        assert "<script" not in text
        assert "<img" not in text
        assert not set(text) & set("\u202e\x07\x1b")
        assert 'href="javascript' not in text
    assert "&lt;script&gt;alert(1)" in page.get(f"/site/{MARKED.code}").text
    assert "&lt;img src=x onerror=alert(1)&gt;" in page.get(f"/site/{STALE.code}").text


def test_a_forged_cookie_is_only_text(page: Page) -> None:
    text = page.get(f"/site/{STALE.code}", Cookie="govspider_reviewer=%22%3E%3Cscript%3E%E2%80%AE").text
    assert "<script" not in text
    assert "\u202e" not in text
    assert 'value="&#34;&gt;&lt;script&gt;"' in text
