"""Serves the local sites from memory, gzipped beforehand: ``python -m benchmarks.server SITES [small]``.

Answers as old Chinese servers do, without a charset in Content-Type. Prints "ready"; GET ``/-/served`` gives the counts
since the last such request and is not counted itself.
"""

import asyncio
import contextlib
import gzip
import json
import signal
import sys
from collections import Counter
from http import HTTPStatus
from typing import cast

import uvloop

from benchmarks.city import PORT, SMALL, BenchSite, Shape, build

MISSING = b"<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"
PICTURES = (b"/red.png", b"/jiucuo.png")  # those of every page's foot
SERVED: Counter[str] = Counter()


def answer(status: HTTPStatus, body: bytes, kind: str, encoding: str = "") -> bytes:
    """Header and body in one piece."""
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Server: nginx",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: keep-alive",
    ]
    if encoding:
        lines.append(f"Content-Encoding: {encoding}")
    return "\r\n".join((*lines, "", "")).encode() + body


class Web(asyncio.Protocol):
    def __init__(self, pages: dict[bytes, bytes]) -> None:
        self.pages = pages
        self.missing = answer(HTTPStatus.NOT_FOUND, MISSING, "text/html")
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's own type, which is not derived from it

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            request, self.waiting = self.waiting[:end], self.waiting[end + 4 :]
            self.transport.write(self.respond(request))

    def respond(self, request: bytes) -> bytes:
        method, path, _ = request.split(b" ", 2)
        if path == b"/-/served":
            body = json.dumps(SERVED).encode()
            SERVED.clear()
            return answer(HTTPStatus.OK, body, "application/json")
        found = self.pages.get(path)
        SERVED["missing" if found is None else "pages" if method == b"GET" else "heads"] += 1
        response = found or self.missing
        if method == b"HEAD":
            return response[: response.index(b"\r\n\r\n") + 4]
        if found and b"gzip" not in request:
            return answer(HTTPStatus.OK, gzip.decompress(found[found.index(b"\r\n\r\n") + 4 :]), "text/html")
        return response


async def serve(count: int, shape: Shape) -> None:
    loop = asyncio.get_running_loop()
    for site in map(BenchSite, range(count)):
        packed: dict[bytes, bytes] = {}  # by body: articles share theirs
        pages: dict[bytes, bytes] = {}
        for path, body in build(site, shape):
            if body not in packed:
                packed[body] = answer(HTTPStatus.OK, gzip.compress(body, 6, mtime=0), "text/html", "gzip")
            pages[path.encode()] = packed[body]
        pages |= dict.fromkeys(PICTURES, answer(HTTPStatus.OK, b"\x89PNG\r\n\x1a\n", "image/png"))
        await loop.create_server(lambda pages=pages: Web(pages), site.host, PORT, backlog=1024)  # type: ignore[misc]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        uvloop.run(serve(int(sys.argv[1]), SMALL if "small" in sys.argv[2:] else Shape()))
