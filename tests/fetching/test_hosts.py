import datetime as dt
import time

import pytest

from govspider.facts import Fetch
from govspider.fetching.hosts import LONGEST_BACKOFF, Host, Hosts, Recent, retry_after

NOW = dt.datetime(2026, 6, 30, 8, 0, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 120 ", 120.0),
        ("Tue, 30 Jun 2026 08:00:30 GMT", 30.0),
        ("Tue, 30 Jun 2026 07:00:00 GMT", 0.0),
        ("Tue, 30 Jun 2026 08:00:30 -0000", 30.0),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("9" * 400, 999_999_999.0),
        ("٣", 3.0),
        ("Mon, 99 Foo 2026", None),
    ],
)
def test_retry_after(header: str, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


async def test_a_busy_host_is_left_alone_as_long_as_it_asks() -> None:
    host = Host()
    host.busy("1")
    began = time.monotonic()
    await host.ready()
    assert time.monotonic() - began > 0.9


def test_the_wish_for_quiet_is_capped_and_grows_without_a_header() -> None:
    host = Host()
    host.busy("86400")
    assert 0 < host._quiet_until - time.monotonic() <= LONGEST_BACKOFF
    host, waits = Host(), []
    for _ in range(3):
        host.busy("")
        waits.append(host._quiet_until - time.monotonic())
    assert waits[0] < waits[1] < waits[2]


def test_a_host_is_given_up_only_after_confirmed_failures_in_a_row() -> None:
    host = Host()
    for _ in range(2):
        host.failed(Fetch.REFUSED, "连接被拒绝")
    assert host.doubtful()
    assert host.given_up() is None
    host.answered()
    assert not host.doubtful()
    for _ in range(3):
        host.failed(Fetch.REFUSED, "连接被拒绝")
    assert host.given_up() == (Fetch.REFUSED, "连接被拒绝")


def test_a_missing_page_says_nothing_of_its_host() -> None:
    host = Host()
    for _ in range(9):
        host.failed(Fetch.HTTP_ERROR, "404")
    assert not host.doubtful()


def test_another_port_is_another_server() -> None:
    hosts = Hosts(2)
    assert hosts.of("http://A.cn/x") is hosts.of("http://user@a.cn/y")
    assert hosts.of("http://a.cn/") is not hosts.of("http://a.cn:81/")
    assert hosts.turn("http://a.cn/") is hosts.turn("http://A.cn:81/")


def test_only_the_hosts_asked_lately_are_remembered() -> None:
    made = iter(range(100))
    recent = Recent(lambda: next(made), most=2)
    assert [recent.of(key) for key in ("a", "b", "a", "c", "a", "b")] == [0, 1, 0, 2, 0, 3]
    assert list(recent) == ["a", "b"]
