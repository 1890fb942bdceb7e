"""The evidence of one inspection as a WARC file: written while a site is walked, and read instead of the web.

Every exchange is one record and one gzip member. ``Govspider-Exchange``, a header of each record, holds as ASCII JSON
all of the ``Fetched`` but its body, so that nothing is lost in what WARC and HTTP can spell; the rest of the record
is what other WARC tools show.
"""

import datetime as dt
import json
import logging
import os
import re
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from http.client import responses
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self
from urllib.parse import quote

from isal import igzip_lib
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from govspider.facts import Fetch, Fetched, Fetcher, How

logger = logging.getLogger(__name__)

EXCHANGE = "Govspider-Exchange"
LIMITS = "govspider-limits"  # a field of the first record
STAMP = "%Y%m%dT%H%M%S%fZ"
SUFFIX = ".warc.gz"
# They described the bytes on the wire; the body is kept decompressed and whole.
WIRE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
PRINTABLE = "".join(chr(code) for code in range(33, 127) if chr(code) not in '<>"')
WEB = ("http://", "https://")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
NO_TOKEN = re.compile(r"[^!#$%&'*+.^_`|~0-9A-Za-z-]+")

SHOWN = (How.DISPLAY, How.FIREFOX)  # their answers are measurements

Request = tuple[str, How, str]  # url, how, words


class ArchiveError(Exception):
    """An archive cannot be read. The text is Chinese."""


def archive_path(output: Path, round_id: str, code: str, started: dt.datetime) -> Path:
    return output / round_id / "evidence" / f"{code}-{started.astimezone(dt.UTC):{STAMP}}{SUFFIX}"


def find_archive(output: Path, round_id: str, code: str, finished: dt.datetime) -> Path | None:
    """The archive of the site's inspection that ended at ``finished``: the last one begun before that."""
    last = archive_path(output, round_id, code, finished)
    begun = sorted(path for path in last.parent.glob(f"{code}-*{SUFFIX}") if path.name <= last.name)
    return begun[-1] if begun else None


class Recorder:
    """A Fetcher that passes everything on and also keeps it. Written to a ``.part`` file, renamed when closed.

    A walk gets no body for a link that was only tried, since none is kept: a replay must give it the same.
    ``limits`` are those of the walk, for the same reason.
    """

    def __init__(self, fetch: Fetcher, path: Path, limits: Mapping[str, float] | None = None) -> None:
        self._fetch = fetch
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._writer = WARCWriter(None, gzip=False, warc_version="1.1")
        self._file: BinaryIO | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._part.open("wb", buffering=0)
        except OSError as error:
            self._give_up(error)
        info = {"software": "govspider", "format": "WARC File Format 1.1", LIMITS: json.dumps(limits or {})}
        self._append(self._writer.create_warcinfo_record(path.name, info))

    async def __call__(self, url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        fetched = await self._fetch(url, how, words=words)
        if how is How.LINK and fetched.body:
            fetched = replace(fetched, body=b"")
        self._append(self._record(fetched, (url, how, words)))
        return fetched

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            os.replace(self._part, self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _record(self, fetched: Fetched, request: Request) -> ArcWarcRecord:
        body, http, kind = fetched.body, None, "resource"
        content_type = "application/json" if request[1] in SHOWN else "text/html; charset=utf-8"
        uri = quote(_utf8(fetched.final_url or fetched.url), safe=PRINTABLE)
        if not uri.startswith(WEB):
            uri = f"urn:govspider:{uri}"
        elif fetched.status and not fetched.rendered:
            kind, content_type, http = "response", "application/http; msgtype=response", _http_headers(fetched)
        if kind == "resource" and not body:
            kind, content_type, body = "metadata", "text/plain; charset=utf-8", _utf8(fetched.error)
        at = (fetched.fetched_at or dt.datetime.now(dt.UTC)).astimezone(dt.UTC)
        headers = {"WARC-Date": f"{at:%Y-%m-%dT%H:%M:%S.%fZ}", EXCHANGE: _dump(fetched, request)}
        if kind == "response" and request[1] is How.LINK:
            headers["WARC-Truncated"] = "unspecified"
        return self._writer.create_warc_record(
            uri,
            kind,
            payload=BytesIO(body),
            length=len(body),
            warc_content_type=content_type,
            warc_headers_dict=headers,
            http_headers=http,
        )

    def _append(self, record: ArcWarcRecord) -> None:
        if self._file is None:
            return
        plain = BytesIO()
        self._writer._write_warc_record(plain, record)
        try:
            self._file.write(igzip_lib.compress(plain.getbuffer(), flag=igzip_lib.COMP_GZIP))
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        """A full disk ends the evidence, not the inspection. What was written stays as ``.part``."""
        logger.error("证据文件 %s 无法写入，本次检查不再留存证据：%s", self._path.name, error)
        if self._file is not None:
            self._file.close()
            self._file = None


class Replay:
    """A Fetcher that gives what an archive holds for the same request, and nothing else. Raises ArchiveError at once.

    A request that was made several times gets its answers in their order, the last one from then on. ``limits`` are
    those that the recorder was given; none in archives that do not tell them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        known = 0
        self.limits: dict[str, float] = {}
        self._answers: defaultdict[Request, list[tuple[Fetched, int]]] = defaultdict(list)
        try:
            with path.open("rb") as file:
                records = ArchiveIterator(file, check_digests="raise")
                for record in records:
                    known += 1
                    if record.rec_type == "warcinfo":
                        self.limits = _limits(record.raw_stream.read().decode("utf-8", "replace"))
                    if stored := record.rec_headers.get_header(EXCHANGE):
                        fetched, request, length = _load(stored)
                        if length and len(record.raw_stream.read()) != length:
                            raise ArchiveLoadFailed(f"{fetched.url} 的内容不完整")
                        self._answers[request].append((fetched, records.get_record_offset() if length else -1))
        except (OSError, ArchiveLoadFailed, EOFError, ValueError, KeyError, TypeError, zlib.error) as error:
            raise ArchiveError(f"证据文件 {path.name} 无法读取：{error}") from error
        if not known:
            raise ArchiveError(f"证据文件 {path.name} 无法读取：没有任何记录")

    @property
    def browser(self) -> bool:
        """Whether any page was asked for in the browser: without one, the walk had none or needed none."""
        return any(how is How.BROWSER or how in SHOWN for _, how, _ in self._answers)

    async def __call__(self, url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        answers = self._answers.get((url, how, words))
        if not answers:
            return Fetched(url, url, Fetch.OTHER, error="证据中没有这个地址")
        fetched, offset = answers.pop(0) if len(answers) > 1 else answers[0]
        return replace(fetched, body=self._body(offset)) if offset >= 0 else fetched

    def _body(self, offset: int) -> bytes:
        with self._path.open("rb") as file:
            file.seek(offset)
            record = next(iter(ArchiveIterator(file)))
            body: bytes = record.raw_stream.read()
            return body


def _dump(fetched: Fetched, request: Request) -> str:
    """ASCII without line breaks; lone surrogates survive as escapes."""
    return json.dumps(
        {
            "request": request,
            "length": len(fetched.body),
            "url": fetched.url,
            "final_url": fetched.final_url,
            "outcome": fetched.outcome.value,
            "status": fetched.status,
            "headers": fetched.headers,
            "rendered": fetched.rendered,
            "redirects": fetched.redirects,
            "error": fetched.error,
            "fetched_at": fetched.fetched_at.isoformat() if fetched.fetched_at else None,
        },
        separators=(",", ":"),
    )


def _load(text: str) -> tuple[Fetched, Request, int]:
    """The exchange without its body, the request, and the body's length."""
    stored: dict[str, Any] = json.loads(text)
    url, how, words = stored["request"]
    fetched = Fetched(
        url=stored["url"],
        final_url=stored["final_url"],
        outcome=Fetch(stored["outcome"]),
        status=stored["status"],
        headers=tuple((name, value) for name, value in stored["headers"]),
        rendered=stored["rendered"],
        redirects=tuple(stored["redirects"]),
        error=stored["error"],
        fetched_at=dt.datetime.fromisoformat(stored["fetched_at"]) if stored["fetched_at"] else None,
    )
    return fetched, (url, How(how), words), stored["length"]


def _limits(info: str) -> dict[str, float]:
    """From the fields of a warcinfo record."""
    fields = dict(line.partition(": ")[::2] for line in info.splitlines())
    return {str(name): float(value) for name, value in json.loads(fields.get(LIMITS, "{}")).items()}


def _http_headers(fetched: Fetched) -> StatusAndHeaders:
    """The response's headers as far as HTTP can spell them, for the body as it is kept."""
    headers = [
        (NO_TOKEN.sub("-", name), CONTROL.sub(" ", _utf8(value).decode()).strip())
        for name, value in fetched.headers
        if name not in WIRE_HEADERS
    ]
    headers.append(("content-length", str(len(fetched.body))))
    return StatusAndHeaders(f"{fetched.status} {responses.get(fetched.status, '')}", headers, protocol="HTTP/1.1")


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")
