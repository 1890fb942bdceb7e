"""A web hook on loopback that keeps what it is sent."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

SECRET = "s3cr3tkey"


@dataclass
class Inbox:
    """``status`` is what the server answers with."""

    status: int = 200
    got: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def titles(self) -> list[str]:
        return [one["title"] for one in self.got]


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    box = Inbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if box.status < 400:
                box.got.append(json.loads(body))
            self.send_response(box.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    box.url = f"json://user:{SECRET}@127.0.0.1:{server.server_port}/{SECRET}"
    yield box
    server.shutdown()
    server.server_close()
