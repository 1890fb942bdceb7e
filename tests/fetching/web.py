"""Small web servers on loopback, each with an address of its own, that remember what they were asked."""

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PAGE = b"<html><head><title>t</title></head><body><p>hello</p></body></html>"


@dataclass
class Reply:
    """``drip`` seconds pass between the bytes of the body."""

    body: bytes = PAGE
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})
    drip: float = 0
    wait: float = 0
    head_status: int | None = None


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    at: float


class Web:
    """``pages`` maps a path to a reply, or to a function of the request (its number for that path) that makes one."""

    def __init__(
        self, host: str, pages: dict[str, Reply | Callable[[Asked, int], Reply]], pem: Path | None = None
    ) -> None:
        self.pages = pages
        self.asked: list[Asked] = []
        self.busiest = 0
        self._now = 0
        self._lock = threading.Lock()
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                web._enter(self)
                try:
                    web._answer(self)
                except OSError:
                    self.close_connection = True
                finally:
                    web._leave()

            do_HEAD = do_POST = do_GET  # noqa: N815

            def log_message(self, *args: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *args: Any) -> None:
                """A client that went away is part of the tests."""

        self._server = Server((host, 0), Handler)
        self._server.daemon_threads = True
        if pem is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pem)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if pem else 'http'}://{host}:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def paths(self, *, robots: bool = False) -> list[str]:
        return [f"{one.method} {one.path}" for one in self.asked if robots or one.path != "/robots.txt"]

    def _enter(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self._now += 1
            self.busiest = max(self.busiest, self._now)
            headers = {name.lower(): value for name, value in handler.headers.items()}
            self.asked.append(Asked(handler.command, handler.path, headers, time.monotonic()))

    def _leave(self) -> None:
        with self._lock:
            self._now -= 1

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        page = self.pages.get(handler.path.partition("?")[0])
        if callable(page):
            number = sum(one.path == handler.path for one in self.asked)
            page = page(self.asked[-1], number)
        if page is None:
            page = Reply(b"no such page", 404)
        time.sleep(page.wait)
        head = handler.command == "HEAD"
        handler.send_response(page.head_status if head and page.head_status else page.status)
        headers = {"Content-Length": str(len(page.body)), **page.headers}
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        if head:
            return
        if page.drip:
            for byte in page.body:
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
                time.sleep(page.drip)
        else:
            handler.wfile.write(page.body)


def redirect(to: str, **more: str) -> Reply:
    return Reply(b"", 302, {"Location": to, **more})
