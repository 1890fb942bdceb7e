"""A small HTTP/1.1 server: several addresses, one port, one thread. It answers GET and HEAD and keeps connections."""

import asyncio
import contextlib
import gzip
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Self

MAX_HEAD = 64 * 1024
IDLE_SECONDS = 60
ATTEMPTS = 50
ENDINGS = (
    ConnectionError,
    TimeoutError,
    asyncio.CancelledError,
    asyncio.IncompleteReadError,
    asyncio.LimitOverrunError,
)


@dataclass(frozen=True, slots=True)
class Reply:
    body: bytes
    status: int = 200
    content_type: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0  # seconds before the first byte


# (address it was asked at, path and query, headers with names in lower case) → reply
Answer = Callable[[str, str, Mapping[str, str]], Reply]


def listen(hosts: Sequence[str], port: int = 0) -> list[socket.socket]:
    """A listening socket for each address, all with the same port; 0 looks for one that is free on all of them.

    Raises OSError when the port is taken or an address does not exist on this machine.
    """
    for attempt in range(ATTEMPTS):
        wanted, sockets = port, []
        try:
            for host in hosts:
                sockets.append(socket.create_server((host, wanted), backlog=256))
                wanted = sockets[0].getsockname()[1]
        except OSError:
            for opened in sockets:
                opened.close()
            if port or not sockets or attempt == ATTEMPTS - 1:
                raise
        else:
            return sockets
    raise AssertionError("the last attempt returns or raises")


class HttpServer:
    """Serves until ``close``; use it as a context manager."""

    def __init__(self, sockets: Sequence[socket.socket], answer: Answer) -> None:
        self._sockets = sockets
        self._answer = answer
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="demo-city", daemon=True)
        self._thread.start()
        self._ready.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    def _run(self) -> None:
        loop = self._loop
        asyncio.set_event_loop(loop)
        servers = [loop.run_until_complete(asyncio.start_server(self._talk, sock=opened)) for opened in self._sockets]
        self._ready.set()
        loop.run_forever()
        for server in servers:
            server.close()
        talks = asyncio.all_tasks(loop)
        for talk in talks:
            talk.cancel()
        loop.run_until_complete(asyncio.gather(*talks, return_exceptions=True))
        loop.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it. A cancelled talk just ends, or asyncio would print it."""
        with contextlib.suppress(*ENDINGS):
            while await self._exchange(reader, writer):
                pass
        with contextlib.suppress(*ENDINGS):
            writer.close()
            await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its reply; whether the connection stays open."""
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE_SECONDS)
        first, *lines = head[:MAX_HEAD].decode("latin-1").split("\r\n")
        method, _, rest = first.partition(" ")
        target = rest.rpartition(" ")[0] or "/"
        pairs = (line.partition(":") for line in lines if line)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        if method in ("GET", "HEAD"):
            reply = self._answer(writer.get_extra_info("sockname")[0], target, headers)
        else:
            reply = Reply(b"", 405)
        if reply.wait:
            await asyncio.sleep(reply.wait)
        body, extra = reply.body, list(reply.headers)
        if "gzip" in headers.get("accept-encoding", "") and len(body) > 2000:
            body = gzip.compress(body, 1)
            extra.append(("Content-Encoding", "gzip"))
        fields = [("Content-Type", reply.content_type), ("Content-Length", str(len(body))), *extra]
        status = f"HTTP/1.1 {reply.status} {reason(reply.status)}\r\n"
        writer.write((status + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n").encode("latin-1"))
        writer.write(b"" if method == "HEAD" else body)
        await writer.drain()
        return method in ("GET", "HEAD") and headers.get("connection", "").lower() != "close"


def reason(status: int) -> str:
    return {member.value: member.phrase for member in HTTPStatus}.get(status, "Unknown")
