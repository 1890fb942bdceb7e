"""Makes Twisted connect only to addresses that the guard permits, whatever asked for the name."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from scrapy.utils.defer import deferred_from_coro
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution
from zope.interface import implementer  # type: ignore[import-untyped]

from govspider.fetching.guard import Guard, PrivateAddressError


@implementer(IHostResolution)
class Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """The look-up ends by itself; nobody waits for it any more."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """No permitted address looks like no address: the request fails, and the fetcher asks the guard for the reason."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        resolution = Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        deferred_from_coro(self._resolve(resolutionReceiver, hostName, portNumber))
        return resolution

    async def _resolve(self, receiver: Any, host: str, port: int) -> None:
        try:
            with suppress(PrivateAddressError, OSError):
                for address in await self._guard.resolve(host):
                    kind = IPv6Address if ":" in address else IPv4Address
                    receiver.addressResolved(kind("TCP", address, port))
        finally:
            receiver.resolutionComplete()
