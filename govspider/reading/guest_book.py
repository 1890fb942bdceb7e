"""Guest books: letters in full, one below the other, without titles. Each begins with a line that says when somebody asked;
the answer, where there is one, follows the question on the same page."""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence

from govspider.facts import Message
from govspider.reading import dates
from govspider.reading.dom import Doc
from govspider.reading.message_rows import MOST, TITLE, state_of

LINE = 60  # characters of a line that says who asked and when
LEAST = 2  # letters of a guest book
LINKED = 6  # characters of a link that is a letter's title: such a page is a list of letters
ANSWER = 4  # characters of an answer
HEADING = 16  # characters of what stands over the first letter
SENTENCE = re.compile(r"[。？！，；?!,;]")
ASKED_WORD = re.compile(
    r"(?:留言|提问|咨询|发表|写道|来信|投诉|反映|提交)\S{0,2}$|(?:来信|写信|留言|咨询|提问|投诉|提交|反映)(?:时间|日期)[:：]"
)
ABOUT = re.compile(r"^(?:留言|来信|咨询|投诉|提问|反映)(?:内容|正文)?[:：]\s*")
REPLY = re.compile(r"^.{0,12}?(?:回复|答复|回答|解答)(?P<about>[^:：\n]{0,30})[:：](?P<text>.*)$")
NO_REPLY = re.compile(r"^\W*$|^(?:暂无|暂未|尚未|未|待).{0,6}$")


def read_guest_book(doc: Doc, url: str, checkpoint: dt.date, stop: int) -> tuple[Message, ...]:
    """() for a page that is none. That a letter has no answer is told by other answers on the page, since without any
    nobody knows where the page would show one."""
    lines = [line.strip() for line in doc.text[:stop].split("\n")]
    starts = [number for number, line in enumerate(lines) if _asks(line, checkpoint)]
    if (
        len(starts) < LEAST
        or not _begins(lines[: starts[0]])
        or _has_titles(doc, doc.text.find(lines[starts[0]]), stop)
    ):
        return ()
    blocks = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    answers = [_answer(block[1:], checkpoint) for block in blocks]
    told = any(replied for _, replied in answers)
    return tuple(
        Message(_title(block), url, dates.first_day(block[0], checkpoint), day, replied or (False if told else None))
        for block, (day, replied) in zip(blocks, answers, strict=True)
    )[:MOST]


def _asks(line: str, checkpoint: dt.date) -> bool:
    """Whether a line says that somebody asked on a day."""
    if len(line) > LINE or not ASKED_WORD.search(line.strip(" :：")) or REPLY.match(line):
        return False
    return dates.first_day(line, checkpoint) is not None


def _begins(before: Sequence[str]) -> bool:
    """Whether letters may begin here. Behind a question or an answer, the days stand at the end of the letters, and what
    follows one of them is another's."""
    last = next((line for line in reversed(before) if line), "")
    named = ">" in last or (len(last) <= HEADING and not SENTENCE.search(last))
    return named and not any(REPLY.match(line) for line in before)


def _has_titles(doc: Doc, first: int, stop: int) -> bool:
    """Whether links of the length of a title stand among the letters, or right before the first one."""
    links = doc.links
    begin = bisect_left(links, max(0, first - LINE), key=lambda link: link.node.start)
    end = bisect_left(links, stop, key=lambda link: link.node.start)
    return any(link.url and len(link.text) > LINKED for link in links[begin:end])


def _title(block: Sequence[str]) -> str:
    """What was asked, as the book has no titles."""
    texts = (ABOUT.sub("", line) for line in block[1:])
    return next((text[:TITLE] for text in texts if text), block[0])[:TITLE]


def _answer(block: Sequence[str], checkpoint: dt.date) -> tuple[dt.date | None, bool]:
    """When a letter was answered, and whether it was at all."""
    day, replied = None, False
    for number, line in enumerate(block):
        found = REPLY.match(line)
        if found is None:
            if (state := state_of(line)) is not None:
                replied |= state
            continue
        text = found["text"].strip() or next(iter(block[number + 1 : number + 2]), "")
        if "状态" in found["about"]:
            replied |= state_of(text) is True
        elif not NO_REPLY.match(text) and len(text) >= ANSWER:
            replied = True
            day = day or dates.first_day(found["about"] + " " + text[:20], checkpoint)
    return day, replied
