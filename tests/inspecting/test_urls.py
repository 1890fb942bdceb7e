import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govspider.inspecting.urls import TrapGuard, _split, clean, folder, host_of, is_web, key, repeats_itself, split


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.gov.cn/zwgk/", "https://a.gov.cn/zwgk/index.html"),
        ("http://a.gov.cn/x;jsessionid=AB12?id=1#top", "http://a.gov.cn/x?id=1"),
        ("http://a.gov.cn/x?b=2&a=1&PHPSESSID=77", "http://a.gov.cn/x?a=1&b=2"),
        ("http://a.gov.cn:80/", "http://a.gov.cn"),
        ("http://a.gov.cn/#/", "http://a.gov.cn/"),
        ("http://a.gov.cn/#!", "http://a.gov.cn/"),
    ],
)
def test_same_page(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.gov.cn/x?id=1", "http://a.gov.cn/x?id=2"),
        ("http://a.gov.cn:8080/", "http://a.gov.cn/"),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/"),
        ("http://a.gov.cn/zwgk/a.html", "http://a.gov.cn/zwgk/b.html"),
        ("http://a.gov.cn/#/list/1", "http://a.gov.cn/#/list/2"),
        ("http://a.gov.cn/#!/list/1", "http://a.gov.cn/"),
    ],
)
def test_different_pages(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    "url", ["javascript:void(0)", "mailto:a@b", "http://[::1", "http://a:99999/", "ftp://a/", "http:///x"]
)
def test_not_the_web(url: str) -> None:
    assert not is_web(url)


_PARTS = st.sampled_from(
    [
        *"aZ0.-:/?#&=%;@[]~_+ \t\n\x00\u00a0\u3000\u2028中ａ",
        "http://",
        "https://",
        "HTTP://",
        ":80",
        ":0443",
        ":8080",
        "..",
        "//",
    ]
)


@given(
    st.lists(_PARTS, max_size=14).map("".join),
    st.sampled_from(["", "http://", "https://", "http://a.gov.cn", "https://a.cn:443/"]),
)
@example("/x\ty", "http://a.gov.cn")
@example("?q#f?g", "http://a.gov.cn.")
def test_the_quick_way_takes_addresses_apart_as_the_standard_library_does(rest: str, start: str) -> None:
    assert split.__wrapped__(start + rest) == _split(start + rest)


def test_host_ignores_www_and_case() -> None:
    assert host_of("http://WWW.A.gov.cn/") == host_of("https://a.gov.cn./x")


def test_clean_drops_fragment_and_session() -> None:
    assert clean("http://a.gov.cn/x;jsessionid=1?q=2#f") == "http://a.gov.cn/x?q=2"
    assert clean("http://a.gov.cn/x#/list/3") == "http://a.gov.cn/x#/list/3"


def test_routes_of_one_shell_are_in_folders_and_no_trap() -> None:
    assert folder("http://a.gov.cn/#/zwgk/tzgg") == "a.gov.cn/#/zwgk/"
    guard = TrapGuard(variants=3)
    assert all(guard.allows(f"http://a.gov.cn/#/list/{number}") for number in range(10))
    assert not all(guard.allows(f"http://a.gov.cn/#/calendar?day={day}") for day in range(10))


def test_endless_paths_and_queries_are_refused() -> None:
    assert repeats_itself("http://a.gov.cn/x/y/x/y/x/y/")
    assert not repeats_itself("http://a.gov.cn/2021/08/08/08/t1.html")
    guard = TrapGuard(variants=3)
    allowed = [guard.allows(f"http://a.gov.cn/calendar?day={day}") for day in range(10)]
    assert allowed.count(True) == 3
    assert guard.allows("http://a.gov.cn/calendar?day=0")
    assert guard.allows("http://a.gov.cn/other?day=9")
