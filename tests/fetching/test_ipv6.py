"""IPv6 is looked up and tried; trouble of our own is told apart from the site's lack."""

import asyncio
import contextlib
import socket

import pytest

from govspider.facts import Ipv6
from govspider.fetching.guard import Guard, networks
from govspider.fetching.ipv6 import Ipv6Lookup, ipv6_addresses

HOME = "www.qinghe.gov.cn"


async def names(host: str) -> tuple[str, ...]:
    """A small names' service: two hosts on this machine, a few without IPv6, and one that is not answered for."""
    if host == "broken.gov.cn":
        raise socket.gaierror(socket.EAI_AGAIN, "try again")
    return {HOME: ("::1",), "control.gov.cn": ("::1",)}.get(host, ())


async def look(url: str, control: str = "control.gov.cn", allowed: str = "::1/128") -> Ipv6:
    return await Ipv6Lookup(Guard([], networks(allowed)), control, names).look(url)


async def test_address_is_no_name() -> None:
    for url in ("http://127.0.0.1:8000/", "http://[::1]/", "nonsense"):
        assert not (await look(url)).asked


async def test_name_without_an_address() -> None:
    assert await look("http://www.old.gov.cn/") == Ipv6(asked=True)
    assert not (await look("http://www.old.gov.cn/", control="www.other.gov.cn")).asked
    assert not (await look("http://www.old.gov.cn/", control="broken.gov.cn")).asked
    assert not (await look("http://broken.gov.cn/")).asked


async def test_the_real_service_knows_no_name_that_cannot_exist() -> None:
    with contextlib.suppress(OSError):  # it cannot be reached, and says nothing
        assert await ipv6_addresses("no-such-name.invalid") == ()


async def test_name_that_answers_and_one_that_does_not() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"HTTP/1.1 404 Not Found\r\n\r\n")
        await writer.drain()
        writer.close()

    try:
        server = await asyncio.start_server(answer, "::1", 0)
    except OSError:
        pytest.skip("no IPv6 on this machine")
    port = server.sockets[0].getsockname()[1]
    async with server:
        assert (await look(f"http://{HOME}:{port}/")).answered
        inner = await look(f"http://{HOME}:{port}/", allowed="")
    assert (inner.answered, inner.asked) == (None, True)
    gone = await look(f"http://{HOME}:{port}/")
    assert (gone.addresses, gone.answered) == (("::1",), None)
    assert gone.reason
