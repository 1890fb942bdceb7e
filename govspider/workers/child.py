"""The process that reads pages for a crawl: ``python -m govspider.workers.child LEXICONS CHECKPOINT SECONDS``.

Standard input is a socket to the crawl. A request is ``(body, url, content type, last modified, brief)``, its answer a ``Page``, or in words why
there is none. A page that takes more than SECONDS of computing ends the process by a signal that no code has to notice;
the end of the crawl, whatever ended it, closes the socket and so ends the process too.
"""

import datetime as dt
import gc
import pickle
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import BinaryIO

from govspider.facts import Page
from govspider.reading.page import read_page, skim_page
from govspider.reading.terms import Lexicon, load_lexicon
from govspider.workers.wire import LENGTH, framed, length_of

MOST_MEMORY = 2 << 30

Request = tuple[bytes, str, str, str, bool]


def main(lexicons: str, checkpoint: str, seconds: str) -> None:
    connection = socket.socket(fileno=sys.stdin.fileno())
    _limit_memory()
    lexicon, day = load_lexicon(Path(lexicons)), dt.date.fromisoformat(checkpoint)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    with connection, connection.makefile("rb") as requests:
        while (request := _received(requests)) is not None:
            signal.setitimer(signal.ITIMER_PROF, float(seconds))
            connection.sendall(framed(_read(request, day, lexicon)))


def _received(requests: BinaryIO) -> Request | None:
    """The next request; None when the crawl has ended."""
    data = requests.read(length_of(requests.read(LENGTH)))
    return pickle.loads(data) if data else None  # noqa: S301 - the crawl's own words


def _read(request: Request, checkpoint: dt.date, lexicon: Lexicon) -> Page | str:
    body, url, kind, modified, brief = request
    try:
        if brief:
            return skim_page(body, url, checkpoint=checkpoint, lexicon=lexicon, content_type=kind)
        return read_page(body, url, checkpoint=checkpoint, lexicon=lexicon, content_type=kind, last_modified=modified)
    except Exception as error:  # noqa: BLE001 - it costs this page and nothing else
        return f"{type(error).__name__}: {error}"


def _limit_memory() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    main(*sys.argv[1:])
