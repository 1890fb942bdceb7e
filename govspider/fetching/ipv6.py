"""Whether a home page has an address for IPv6, and whether it answers there.

A names' service that answers no such questions, or a machine without IPv6, says nothing of the site: the first shows
with a control name, the second when no connection can be made.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from govspider.facts import Ipv6
from govspider.fetching.guard import NAT64, Guard, host_of

Resolve = Callable[[str], Awaitable[tuple[str, ...]]]
SECONDS = 10.0
PORTS = {"http": 80, "https": 443}
NONE = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


async def ipv6_addresses(host: str) -> tuple[str, ...]:
    """The name's IPv6 addresses but for those that a translator makes of IPv4 ones. Raises OSError when nobody says."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, None, family=socket.AF_INET6, type=socket.SOCK_STREAM
        )
    except UnicodeError as error:
        raise OSError(str(error)) from error
    except socket.gaierror as error:
        if error.errno in NONE:
            return ()
        raise
    addresses = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found)
    return tuple(address for address in addresses if ipaddress.ip_address(address) not in NAT64)


class Ipv6Lookup:
    """``control``: a name that is known to have an address for IPv6. ``resolve`` is the names' service."""

    def __init__(self, guard: Guard, control: str, resolve: Resolve = ipv6_addresses) -> None:
        self._guard = guard
        self._resolve = resolve
        self._control = control
        self._works: asyncio.Task[bool] | None = None

    async def look(self, url: str) -> Ipv6:
        host = host_of(url)
        if not host or _is_address(host):
            return Ipv6(asked=False, reason="首页网址不是域名，无法查询IPv6地址")
        try:
            addresses = await self._resolve(host)
        except OSError:
            return Ipv6(asked=False, reason="域名服务没有答复IPv6地址的查询")
        if not addresses:
            return await self._without()
        usable = [address for address in addresses if self._guard.permits(address)]
        if not usable:
            return Ipv6(asked=True, addresses=addresses, reason="域名的IPv6地址是内部地址，未访问")
        answered = await _answers(usable[0], url)
        reason = "" if answered else "经IPv6访问首页没有成功，也可能是检查所用的计算机没有IPv6网络"
        return Ipv6(asked=True, addresses=addresses, answered=answered or None, reason=reason)

    async def _without(self) -> Ipv6:
        """The name has no such address, if names that surely have one are found to have it."""
        if self._works is None:
            self._works = asyncio.ensure_future(self._control_works())
        if not await self._works:
            return Ipv6(asked=False, reason=f"对照域名 {self._control} 也查不到IPv6地址，可能是域名服务不答复此类查询")
        return Ipv6(asked=True)

    async def _control_works(self) -> bool:
        try:
            return bool(await self._resolve(self._control))
        except OSError:
            return False


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


async def _answers(address: str, url: str) -> bool:
    """Whether the address answers a request for the page in HTTP, with whatever status."""
    parts = urlsplit(url)
    host = host_of(url)
    try:
        port = parts.port or PORTS[parts.scheme.lower()]
        async with asyncio.timeout(SECONDS):
            tls = _tls() if parts.scheme.lower() == "https" else None
            reader, writer = await asyncio.open_connection(
                address, port, ssl=tls, server_hostname=host if tls else None
            )
            try:
                request = f"GET {parts.path or '/'} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
                writer.write(request.encode("ascii", "replace"))
                return (await reader.read(5)).startswith(b"HTTP/")
            finally:
                writer.close()
    except (OSError, TimeoutError, ValueError, KeyError):
        return False


def _tls() -> ssl.SSLContext:
    """As lenient as for plain requests: certificates are not what is asked here."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
