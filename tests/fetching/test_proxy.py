import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from govspider.facts import Fetch
from govspider.fetching.guard import Guard
from govspider.fetching.proxy import GuardedProxy
from tests.fetching.web import Asked, Reply, Web

HOST, OTHER = "127.0.21.1", "127.0.21.2"


@pytest.fixture
async def proxy() -> AsyncIterator[GuardedProxy]:
    proxy = GuardedProxy(Guard([f"http://{HOST}/"]), 100_000)
    yield proxy
    await proxy.close()


async def through(proxy: GuardedProxy, request: str) -> bytes:
    port = int((await proxy.start()).rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.encode())
    try:
        return await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()
        await writer.wait_closed()


async def test_a_registered_host_is_reached_once_a_connection(proxy: GuardedProxy) -> None:
    with Web(HOST, {"/a": Reply(b"found")}) as web:
        headers = "Host: x\r\nConnection: keep-alive\r\nProxy-Connection: keep-alive\r\n"
        answer = await through(proxy, f"GET {web.url}/a?q=1 HTTP/1.1\r\n{headers}\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert body == b"found"
    assert b"Connection: close" in head
    assert web.paths() == ["GET /a?q=1"]
    assert "proxy-connection" not in web.asked[0].headers
    assert web.asked[0].headers["connection"] == "close"


async def test_other_private_hosts_are_refused(proxy: GuardedProxy) -> None:
    with Web(OTHER, {"/": Reply()}) as web:
        answer = await through(proxy, f"GET {web.url}/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 502 ")
    assert f"{proxy.mark}: private".encode() in answer
    assert web.asked == []
    assert proxy.failures[OTHER] is Fetch.PRIVATE


async def test_tunnels_are_guarded_too(proxy: GuardedProxy) -> None:
    with Web(OTHER, {"/": Reply()}) as web:
        address = web.url.removeprefix("http://")
        answer = await through(proxy, f"CONNECT {address} HTTP/1.1\r\nHost: {address}\r\n\r\nGET / HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 502 ")
    assert web.asked == []


async def test_a_tunnel_to_a_registered_host_carries_bytes(proxy: GuardedProxy) -> None:
    with Web(HOST, {"/": Reply(b"through")}) as web:
        address = web.url.removeprefix("http://")
        request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        answer = await through(proxy, f"CONNECT {address} HTTP/1.1\r\n\r\n{request}")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"through")


@pytest.mark.parametrize(
    ("request_line", "outcome"),
    [
        ("GET file:///etc/passwd HTTP/1.1", "off_host"),
        ("GET /no-absolute-address HTTP/1.1", "off_host"),
        ("GET ftp://127.0.21.1/ HTTP/1.1", "off_host"),
        ("GET http://127.0.21.1:99999/ HTTP/1.1", "other"),
        ("GET http://127.0.21.1:1/ HTTP/1.1", "refused"),
        ("GET http://nosuch.invalid/ HTTP/1.1", "dns"),
        ("GET http://0x7f.1/ HTTP/1.1", "private"),
        ("CONNECT [::1]:80 HTTP/1.1", "private"),
        ("CONNECT [::ffff:127.0.0.1]:80 HTTP/1.1", "private"),
    ],
)
async def test_what_is_refused_says_why(proxy: GuardedProxy, request_line: str, outcome: str) -> None:
    answer = await through(proxy, f"{request_line}\r\n\r\n")
    assert f"{proxy.mark}: {outcome}".encode() in answer


@pytest.mark.parametrize("garbage", ["\x00\x01\x02\r\n\r\n", "GET\r\n\r\n", "A" * 200_000 + "\r\n\r\n"])
async def test_garbage_ends_the_connection_not_the_proxy(proxy: GuardedProxy, garbage: str) -> None:
    with Web(HOST, {"/": Reply(b"alive")}) as web:
        with contextlib.suppress(ConnectionError):  # cut off in the middle of what it sends
            assert b"200" not in (await through(proxy, garbage))[:12]
        assert (await through(proxy, f"GET {web.url}/ HTTP/1.1\r\n\r\n")).endswith(b"alive")


async def test_one_connection_brings_no_more_than_the_limit(proxy: GuardedProxy) -> None:
    with Web(HOST, {"/": Reply(b"x" * 1_000_000)}) as web:
        answer = await through(proxy, f"GET {web.url}/ HTTP/1.1\r\n\r\n")
    assert len(answer) < 200_000


async def test_a_body_reaches_the_server(proxy: GuardedProxy) -> None:
    def echo(asked: Asked, _: int) -> Reply:
        return Reply(asked.headers["content-length"].encode())

    with Web(HOST, {"/": echo}) as web:
        answer = await through(proxy, f"POST {web.url}/ HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello")
    assert answer.endswith(b"5")
