"""A forward proxy on loopback through which the browser must go, so that every one of its connections is guarded.

Intercepting requests inside the browser does not see redirect hops, sockets or workers; a proxy sees them all. The
name is resolved, checked and connected to here, so the browser never resolves anything itself.
"""

import asyncio
import math
import secrets
from contextlib import suppress
from urllib.parse import urlsplit

from govspider.facts import Fetch
from govspider.fetching.guard import Guard, PrivateAddressError

HEAD_LIMIT = 64 * 1024
CHUNK = 64 * 1024
CONNECT_SECONDS = 15
HEAD_SECONDS = 30
IDLE_SECONDS = 60
HOP_HEADERS = {b"connection", b"proxy-connection", b"keep-alive", b"proxy-authorization", b"upgrade"}


class GuardedProxy:
    """HTTP with absolute addresses, and CONNECT. ``failures`` remembers why a host could not be reached."""

    def __init__(self, guard: Guard, maxsize: int) -> None:
        self._guard = guard
        self._maxsize = maxsize  # bytes of one connection
        self._left = math.inf  # of all of them together
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None] | None] = set()
        self.mark = f"x-{secrets.token_hex(8)}"  # names the header of our own error answers; no site can guess it
        self.failures: dict[str, Fetch] = {}

    async def start(self) -> str:
        """Listens on a random port of loopback, once, and gives the proxy's address."""
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD_LIMIT)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def allow(self, size: int, *, more: bool) -> None:
        """So many bytes from now on, or ``more`` than are left."""
        self._left = (self._left if more else 0) + size

    @property
    def spent(self) -> bool:
        return self._left <= 0

    async def close(self) -> None:
        if self._server is None:
            return
        self._server.close()
        tasks = [task for task in self._open if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._server.wait_closed(), 5)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._open.add(task)
        try:
            await self._answer(reader, writer)
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # one of the two ends went away, or talked no HTTP
        except asyncio.CancelledError:
            pass  # the proxy is being closed
        finally:
            self._open -= {task}
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), HEAD_SECONDS)
        line, *headers = head[:-4].split(b"\r\n")
        method, target, *_ = *line.split(b" "), b"", b""
        if method == b"CONNECT":
            address = urlsplit(f"//{target.decode('latin-1')}")
        else:
            address = urlsplit(target.decode("latin-1"))
            if address.scheme != "http":
                return await self._refuse(writer, Fetch.OFF_HOST)
        try:
            host, port = address.hostname or "", address.port or 80
        except ValueError:
            return await self._refuse(writer, Fetch.OTHER)
        opened = await self._connect(host, port)
        if isinstance(opened, Fetch):
            return await self._refuse(writer, opened)
        upstream_reader, upstream = opened
        sending = asyncio.ensure_future(asyncio.sleep(0))
        try:
            if method == b"CONNECT":
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                path = (address.path or "/") + (f"?{address.query}" if address.query else "")
                upstream.write(_with_close(b" ".join((method, path.encode("latin-1"), b"HTTP/1.1")), headers))
            sending = asyncio.ensure_future(self._pump(reader, upstream))
            if method != b"CONNECT":
                answer = await asyncio.wait_for(upstream_reader.readuntil(b"\r\n\r\n"), IDLE_SECONDS)
                status, *fields = answer[:-4].split(b"\r\n")
                writer.write(_with_close(status, fields))
            await self._pump(upstream_reader, writer)  # the answer's end is the end: browsers keep their half open
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            upstream.close()
        return None

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | Fetch:
        outcome = Fetch.OTHER
        try:
            for address in await self._guard.resolve(host):
                try:
                    opening = asyncio.open_connection(address, port)
                    return await asyncio.wait_for(opening, CONNECT_SECONDS)
                except ConnectionRefusedError:
                    outcome = Fetch.REFUSED
                except TimeoutError:
                    outcome = Fetch.TIMEOUT
                except OSError:
                    outcome = Fetch.OTHER
        except PrivateAddressError:
            outcome = Fetch.PRIVATE
        except OSError:
            outcome = Fetch.DNS
        self.failures[host] = outcome
        return outcome

    async def _refuse(self, writer: asyncio.StreamWriter, outcome: Fetch) -> None:
        answer = f"HTTP/1.1 502 Bad Gateway\r\n{self.mark}: {outcome}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        writer.write(answer.encode())
        await writer.drain()

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        left = self._maxsize
        while left > 0 and self._left > 0:
            data = await asyncio.wait_for(source.read(CHUNK), IDLE_SECONDS)
            if not data:
                return
            left -= len(data)
            self._left -= len(data)
            sink.write(data)
            await sink.drain()


def _with_close(first_line: bytes, headers: list[bytes]) -> bytes:
    """A head whose connection serves this one exchange: the next request may be for another host."""
    kept = (header for header in headers if header.partition(b":")[0].strip().lower() not in HOP_HEADERS)
    return b"\r\n".join((first_line, *kept, b"Connection: close", b"", b""))
