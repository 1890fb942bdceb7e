"""Pages read in processes of their own: on every core, and so that no page can hold up or end a crawl."""

import asyncio
import datetime as dt
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
from pathlib import Path

from govspider.facts import Page
from govspider.inspecting.plan import UnreadableError
from govspider.workers.child import Request
from govspider.workers.wire import LENGTH, framed, length_of

logger = logging.getLogger(__name__)

ROOT = Path(__file__).parents[2]
PAGE_SECONDS = 10.0  # a page of 5 MB takes one
MOST = 4  # more of them would read faster than one crawl fetches
CHUNK = 1 << 18
TOO_LONG = "页面读取用时过长，已放弃"
DIED = "读取页面的程序意外结束"
FAILED = "读取页面的程序出错，详见运行日志"


class Readers:
    """A ``Reader`` that hands each page to a free process. A page that ends its process is lost alone.

    There are as many processes as usable cores. ``seconds`` is how long one may compute on a page. While no page was
    read at all, a process that ends is no page's fault: then OSError or EOFError is raised.
    """

    def __init__(self, lexicons: Path, checkpoint: dt.date, seconds: float = PAGE_SECONDS) -> None:
        arguments = [str(lexicons.resolve()), checkpoint.isoformat(), str(seconds)]
        command = [sys.executable, "-m", "govspider.workers.child", *arguments]
        self._all = [_Process(command) for _ in range(min(len(os.sched_getaffinity(0)), MOST))]
        self._free: asyncio.Queue[_Process] = asyncio.Queue()
        self._proved = False
        for process in self._all:
            self._free.put_nowait(process)

    async def __call__(
        self, body: bytes, url: str, content_type: str = "", last_modified: str = "", *, brief: bool = False
    ) -> Page:
        process = await self._free.get()
        try:
            answer = await process.ask((body, url, content_type, last_modified, brief))
        except (OSError, EOFError) as error:
            reason = TOO_LONG if process.status == -signal.SIGPROF else DIED
            if reason is DIED and not self._proved:
                raise
            logger.error("%s：%s（%r，%s）", url, reason, error, process.status)
            raise UnreadableError(reason) from error
        finally:
            self._free.put_nowait(process)
        self._proved = True
        if isinstance(answer, str):
            logger.error("A bug while reading %s: %s", url, answer)
            raise UnreadableError(FAILED)
        return answer

    async def close(self) -> None:
        for process in self._all:
            process.end()


class _Process:
    """One process, started when it is asked something and not running. ``status`` is how the last one ended."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._running: tuple[subprocess.Popen[bytes], socket.socket] | None = None
        self.status: int | None = None

    async def ask(self, request: Request) -> Page | str:
        """Raises OSError or EOFError when the process cannot be started or ends instead of answering."""
        try:
            return await self._asked(self._connection(), request)
        except BaseException:  # an answer that nobody waits for any more would be taken for the next one's
            self.end()
            raise

    def end(self) -> None:
        """At once: whatever it is doing, nobody waits for it."""
        if self._running is not None:
            process, connection = self._running
            connection.close()
            process.kill()
            self.status, self._running = process.wait(), None

    def _connection(self) -> socket.socket:
        if self._running is not None and self._running[0].poll() is not None:
            self.end()
        if self._running is None:
            self.status, self._running = None, self._started()
        return self._running[1]

    def _started(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        """In a process group of its own, so that Ctrl-C on a terminal is for the crawl alone."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own program
                self._command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                cwd=ROOT, env=environment, process_group=0,
            )  # fmt: skip
        return process, ours

    async def _asked(self, connection: socket.socket, request: Request) -> Page | str:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(connection, framed(request))
        data = bytearray()
        while len(data) < LENGTH or len(data) < LENGTH + length_of(data):
            chunk = await loop.sock_recv(connection, CHUNK)
            if not chunk:
                raise EOFError
            data += chunk
        answer: Page | str = pickle.loads(memoryview(data)[LENGTH:])  # noqa: S301 - our own process
        return answer
