"""Which addresses may be requested: public ones, the registered hosts' own, and networks that a setting allows.

The answer is given for the address that DNS really returned, and the caller connects to that very address, so a name
that resolves differently a moment later gains nothing.
"""

import asyncio
import ipaddress
import socket
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
KEPT_SECONDS = 300
KEPT_NAMES = 10_000


class PrivateAddressError(Exception):
    """The name leads only to addresses that must not be requested."""


def networks(text: str | Iterable[str]) -> tuple[Network, ...]:
    """CIDRs from a comma list. Raises ValueError that names the bad one."""
    parts = text.split(",") if isinstance(text, str) else text
    found = []
    for part in filter(None, map(str.strip, parts)):
        try:
            found.append(ipaddress.ip_network(part, strict=False))
        except ValueError as error:
            text = f"PRIVATE_NETWORKS_ALLOWED 中的“{part}”不是网段，应写成 10.0.0.0/8 这样，多个用逗号分隔。"
            raise ValueError(text) from error
    return tuple(found)


def host_of(url: str) -> str:
    """The host name, lower case, without the root's dot; "" when there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public Internet, also when an IPv4 address is wrapped in an IPv6 one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.sixtofour is not None:
        return is_public(address.sixtofour)
    return address.is_global and address.teredo is None and address in GLOBAL_UNICAST


class Guard:
    """``registered`` are URLs of the register: their hosts may be requested wherever they lead."""

    def __init__(self, registered: Iterable[str], allowed: Sequence[Network] = ()) -> None:
        self._registered = {host for url in registered if (host := host_of(url))}
        self._allowed = tuple(allowed)
        self._kept: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._threads = ThreadPoolExecutor(16, thread_name_prefix="dns")

    def permits(self, address: str) -> bool:
        ip = ipaddress.ip_address(address.partition("%")[0])
        plain = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped else ip
        return is_public(ip) or any(plain in network for network in self._allowed)

    async def resolve(self, host: str) -> tuple[str, ...]:
        """The addresses of ``host`` that may be connected to.

        Raises PrivateAddressError when it has only others, OSError when it has none.
        """
        host = host.lower().rstrip(".")
        addresses = await self._look_up(host)
        if host in self._registered:
            return addresses
        permitted = tuple(address for address in addresses if self.permits(address))
        if not permitted:
            raise PrivateAddressError(f"{host} 指向内部网络地址 {addresses[0]}")
        return permitted

    async def _look_up(self, host: str) -> tuple[str, ...]:
        kept = self._kept.get(host)
        if kept is not None and kept[0] > time.monotonic():
            return kept[1]
        loop = asyncio.get_running_loop()
        addresses = await loop.run_in_executor(self._threads, _addresses, host)
        if len(self._kept) >= KEPT_NAMES:
            self._kept.pop(next(iter(self._kept)))
        self._kept[host] = (time.monotonic() + KEPT_SECONDS, addresses)
        return addresses

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _addresses(host: str) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that is empty or too long
        raise socket.gaierror(socket.EAI_NONAME, str(error)) from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
