"""A small sample of a site's attachments, read for personal data: each in a process that may fail without harm."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable

from pydantic import TypeAdapter, ValidationError

from govspider.facts import Anchor, Attachment, Fetch, Leak, Leaked, Page, Visit
from govspider.inspecting.draw import in_drawing_order
from govspider.inspecting.urls import is_web, key
from govspider.inspecting.visits import GONE, Visitor, reason_of, visit_of
from govspider.reading.attachments import MOST_BYTES

_READ = (".docx", ".xlsx", ".xls", ".pdf", ".csv", ".txt")
_OLD = (".doc", ".wps", ".et", ".rtf")
PERSONAL = re.compile(
    r"名单|花名册|名册|公示|补贴|补助|救助|低保|特困|残疾|优抚|慰问|发放|台账|明细|汇总|信息表|统计表|公租房|保障房|录取|资格"
)
_PATIENCE = 30  # seconds for one file, whatever the load of the machine
_NAME = 80
_AGAIN = 10  # files that are read again
_LEAKS = TypeAdapter(tuple[Leak, ...])
_ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}


async def read_files_again(visitor: Visitor) -> tuple[tuple[Attachment, ...], tuple[Leaked, ...], tuple[Visit, ...]]:
    """The files that gave something away at an earlier inspection, and what came of them. One that is gone is no file."""
    read: list[Attachment] = []
    leaked: list[Leaked] = []
    visits: list[Visit] = []
    for one in [one for one in visitor.plan.earlier_clues if one.name and visitor.owns(one.url)][:_AGAIN]:
        leaks, unread, visit = await _read(visitor, one.url)
        visits.append(visit)
        if visit.fetch is not Fetch.HTTP_ERROR or visit.status not in GONE:
            read.append(Attachment(one.url, one.name, one.found_on, unread))
            leaked += [Leaked(one.url, leak, one.found_on, one.name) for leak in leaks]
    return tuple(read), tuple(leaked), tuple(visits)


async def sample_attachments(
    visitor: Visitor, pages: Iterable[tuple[str, Page]]
) -> tuple[tuple[Attachment, ...], tuple[Leaked, ...]]:
    """The files that were sampled, those first whose names speak of persons, and what they give away; and beside them as
    many that nothing here can read, so that nobody takes them for read."""
    read: list[Attachment] = []
    leaked: list[Leaked] = []
    pages = list(pages)
    for found_on, anchor in _drawn(visitor, pages, _READ)[: visitor.plan.sampled_files]:
        leaks, unread, _ = await _read(visitor, anchor.url)
        read.append(Attachment(anchor.url, _name(anchor), found_on, unread))
        leaked += [Leaked(anchor.url, leak, found_on, _name(anchor)) for leak in leaks]
    for found_on, anchor in _drawn(visitor, pages, _OLD)[: visitor.plan.sampled_files]:
        read.append(Attachment(anchor.url, _name(anchor), found_on, "是旧版文档，不能读取"))
    return tuple(read), tuple(leaked)


def _name(anchor: Anchor) -> str:
    return anchor.text.strip()[:_NAME] or anchor.url.rpartition("/")[2][:_NAME]


def _drawn(visitor: Visitor, pages: Iterable[tuple[str, Page]], endings: tuple[str, ...]) -> list[tuple[str, Anchor]]:
    again = {key(one.url) for one in visitor.plan.earlier_clues if one.name}
    found = [
        (url, anchor)
        for url, page in pages
        for anchor in page.anchors
        if anchor.kind == "attachment"
        and anchor.url.partition("?")[0].lower().endswith(endings)
        and is_web(anchor.url)
        and visitor.owns(anchor.url)
        and key(anchor.url) not in again
    ]
    seed = f"{visitor.plan.round or visitor.plan.checkpoint}\n{visitor.site.code}\nattachments"
    drawn = in_drawing_order(seed, found, lambda item: key(item[1].url))
    return sorted(drawn, key=lambda item: not PERSONAL.search(item[1].text))


async def _read(visitor: Visitor, url: str) -> tuple[tuple[Leak, ...], str, Visit]:
    """The leaks of one file, in Chinese why it could not be read, and the visit."""
    fetched = await visitor.file(url)
    if fetched is None:
        return (), f"未读取（{visitor.stopped}）", Visit(url, url, Fetch.OTHER)
    visit = visit_of(fetched)
    if fetched.outcome is not Fetch.OK:
        return (), f"未能打开（{reason_of(visit)}）", visit
    if len(fetched.body) > MOST_BYTES:
        return (), "过大，未读取", visit
    return *await asyncio.to_thread(_in_child, fetched.body, str(visitor.plan.checkpoint)), visit


def _in_child(body: bytes, checkpoint: str) -> tuple[tuple[Leak, ...], str]:
    command = [sys.executable, "-m", "govspider.reading.attachments", checkpoint]
    environment = {**_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(sys.path)}
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=body, capture_output=True, check=False, timeout=_PATIENCE, env=environment, process_group=0
        )
        answer = json.loads(done.stdout)
        return _LEAKS.validate_python(answer.get("leaks", ())), str(answer.get("unread", ""))
    except subprocess.TimeoutExpired:
        return (), "读取用时过长，已放弃"
    except (OSError, ValueError, ValidationError):
        return (), "读取程序意外结束"
