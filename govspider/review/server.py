"""Serves the review page on this computer alone, until Ctrl-C."""

import contextlib
import socket

import uvicorn

from govspider.review.app import make_app
from govspider.review.board import Board

HOST = "127.0.0.1"
PATIENCE = 5  # seconds for requests under way when the server ends


def listen(port: int) -> socket.socket:
    """A socket on the port, 0 for any free one. Raises OSError when it is in use."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((HOST, port))
        opened.listen()
    except OSError:
        opened.close()
        raise
    return opened


def make_server(board: Board, port: int) -> uvicorn.Server:
    config = uvicorn.Config(
        make_app(board, port),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    return uvicorn.Server(config)


def serve(board: Board, opened: socket.socket) -> None:
    server = make_server(board, opened.getsockname()[1])
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn passes Ctrl-C on when it has ended
        server.run(sockets=[opened])
