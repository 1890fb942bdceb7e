"""Reading in real processes: the same pages, and what ends a process costs one page."""

import asyncio
import datetime as dt
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from govspider.facts import Page
from govspider.inspecting.plan import UnreadableError
from govspider.reading.page import read_page, skim_page
from govspider.reading.terms import load_lexicon
from govspider.workers import Readers
from govspider.workers.readers import DIED, TOO_LONG

LEXICONS = Path(__file__).parents[2] / "rules" / "lexicons"
CHECKPOINT = dt.date(2026, 6, 30)
URL = "http://www.qinghe.gov.cn/gzdt/"
HUGE = b"<html><body><ul>" + b"<li><a href='a.html'>text</a><span>2026-06-01</span></li>" * 60_000


def html(number: int) -> bytes:
    items = "".join(
        f"<li><a href='{n}.html'>第{number}期第{n}条信息</a><span>2026-06-{n:02}</span></li>" for n in range(1, 20)
    )
    return f"<html><title>第{number}页</title><ul class='list'>{items}</ul></html>".encode("gb18030")


def here(body: bytes) -> Page:
    lexicon = load_lexicon(LEXICONS)
    return read_page(body, URL, checkpoint=CHECKPOINT, lexicon=lexicon, content_type="text/html; charset=gbk")


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


async def kill(pids: list[int]) -> None:
    """Returns when they are dead."""
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
        stat = Path(f"/proc/{pid}/stat")
        while stat.exists() and stat.read_text().split()[2] != "Z":
            await asyncio.sleep(0.01)


@pytest.fixture
async def readers() -> AsyncIterator[Readers]:
    readers = Readers(LEXICONS, CHECKPOINT)
    yield readers
    await readers.close()
    assert not children(os.getpid())


async def test_pages_are_read_as_here_each_answer_for_its_own_request(readers: Readers) -> None:
    bodies = [html(number) for number in range(12)]
    pages = await asyncio.gather(*(readers(body, URL, "text/html; charset=gbk") for body in bodies))
    assert pages == [here(body) for body in bodies]
    assert len(pages[0].entries) == 19


async def test_a_page_can_be_skimmed(readers: Readers) -> None:
    page = await readers(html(3), URL, brief=True)
    assert page == skim_page(html(3), URL, checkpoint=CHECKPOINT, lexicon=load_lexicon(LEXICONS))
    assert (len(page.anchors), page.entries) == (19, ())


async def test_a_page_whose_process_is_killed_is_lost_alone(readers: Readers) -> None:
    await readers(html(0), URL)
    reading = asyncio.create_task(readers(HUGE, URL))
    await asyncio.sleep(0)
    await kill(children(os.getpid()))
    with pytest.raises(UnreadableError, match=DIED):
        await reading
    pages = await asyncio.gather(*(readers(html(number), URL) for number in range(6)))
    assert [page.title for page in pages] == [f"第{number}页" for number in range(6)]


async def test_a_process_that_ended_while_it_was_idle_costs_nothing(readers: Readers) -> None:
    await readers(html(0), URL)
    await kill(children(os.getpid()))
    pages = await asyncio.gather(*(readers(html(number), URL) for number in range(4)))
    assert len(pages) == 4


async def test_an_answer_that_nobody_waits_for_is_not_taken_for_the_next(readers: Readers) -> None:
    await asyncio.gather(*(readers(html(number), URL) for number in range(4)))
    left = [asyncio.create_task(readers(html(9), URL)) for _ in range(4)]
    await asyncio.sleep(0)
    for task in left:
        task.cancel()
    assert (await readers(html(1), URL)).title == "第1页"
    assert (await readers(html(2), URL)).title == "第2页"


async def test_processes_that_cannot_work_at_all_are_no_pages_fault() -> None:
    readers = Readers(LEXICONS / "none", CHECKPOINT)
    with pytest.raises((OSError, EOFError)):
        await readers(html(0), URL)
    await readers.close()


async def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_read() -> None:
    readers = Readers(LEXICONS, CHECKPOINT, seconds=0.1)
    with pytest.raises(UnreadableError, match=TOO_LONG):
        await readers(HUGE, URL)
    assert (await readers(html(1), URL)).title == "第1页"
    await readers.close()
