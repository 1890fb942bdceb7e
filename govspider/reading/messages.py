"""Public letters: what a board lists and what a letter's own page says, with the dates of asking and answering."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, takewhile

from govspider.facts import Message
from govspider.reading import dates
from govspider.reading.anchors import clean
from govspider.reading.dom import Doc, Node
from govspider.reading.guest_book import read_guest_book
from govspider.reading.landmarks import landmark
from govspider.reading.letter_labels import ANSWER_LABEL, ASKED_LABEL, DONE_LABEL, TITLE_LABEL, WHO
from govspider.reading.letter_parts import letter_parts
from govspider.reading.message_rows import FOOT, MOST, READ, ROW_STATE, SURVEY, TITLE, rows, state_of
from govspider.reading.message_tables import read_head_strip, read_table
from govspider.reading.navigation import breadcrumb

TABLES = 200  # tables of a page that are looked at
BOARD = re.compile(r"信箱|来信|信件|留言|咨询|投诉|建言|问政|互动|写信|答复|回复|求助|诉求|提问|问答|民声|网民|12345")
LETTERS = re.compile(r"信箱|来信|信件|留言|咨询|投诉|建言|问政|写信|答复|回复|求助|诉求|提问|问答|民声|网民")
NOT_BOARD = re.compile(r"电话|渠道|纪检|监察|廉政|征集|调查|访谈|信访|须知|办法|制度|统计")

ASKED_WITHIN = re.compile(r"(?:来信|信件|写信|留言|咨询|提问|投诉|提交|发信|诉求|反映)(?:时间|日期)[:：]([^\n]{6,20})")
REPLY_LABEL = re.compile(
    rf"^(?:{WHO}(?:回复|答复|回应)|办理|处理|反馈|回答|解答|回信|复信|处理结果|办理结果)(?:的)?(?:内容|结果|意见|情况|信息|正文|单位|部门|机构|人)?$|^答$"
)
CONTENT_LABEL = re.compile(
    r"^(?:信件|来信|留言|咨询|投诉|问题|诉求|提问|写信|建议|反映|网友|网民)?(?:内容|正文|描述|详情|诉求)$|^(?:问|来信|留言|问题|咨询)$"
)
REPLY_TEXT = re.compile(
    rf"^(?:{WHO}(?:回复|答复|回应)|反馈|回答|解答|回信|复信)(?:内容|结果|意见|情况|信息|正文)?$|^(?:办理|处理)(?:结果|情况)?$|^答$"
)
# What stands behind a question where an office has gone on with it, under no label of its own.
GONE_ON = re.compile(
    r"来信收悉|经(?:核实|调查|了解|查实|研究)|[答回]复如下|感谢您?(?:的?(?:来信|关注|支持|理解)|对)|(?:办理|处理)(?:过程|记录|进展)"
)
NOTHING = re.compile(r"^[\s\-—_/.。…]*$|^(?:暂无|无|尚未|未|待).{0,6}$")
LETTER = landmark("信 留言 咨询 投诉 提问 诉求 问题 反映 网友 网民 求助 建议 答复 回复 回答", r"信|留言|咨询|投诉|提问|诉求|问题|反映|网友|网民|求助|建议|答复|回复|回答")  # fmt: skip
# Fields that end the one before them and say nothing of dates and answers.
OTHER_LABEL = re.compile(
    r"^.{0,4}(?:人|姓名|网名|昵称|编号|编码|流水号|类型|类别|分类|领域|单位|部门|机构|电话|手机|次数|浏览量|满意度|评价|来源|渠道|方式|号码|密码|查询码|区域|住址|地址|附件|邮箱|是否公开)$"
)
MEDIA = ("img", "iframe", "object", "embed", "video", "audio")
SHOWING = (*MEDIA, "a", "input", "textarea", "script")  # what an empty cell may show all the same
# A day right behind a unit's name, at the end of a line; within a sentence it may be any other.
SIGNED = re.compile(
    r"(?:[局委厅办处镇乡院所站队部科]|办公室|中心|政府|街道|公司)\s*(20\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?)(?=\s|$)"
)
END = "\x1e"  # a line that ends the field before it
LABEL = 14  # characters of a label
BARE = 2  # characters of 时间 and 日期: alone they may be those of the page that shows the letter
ANSWER = 4  # characters of an answer
LONGEST = 2000  # characters kept of a field


def read_messages(doc: Doc, url: str, checkpoint: dt.date) -> tuple[Message, ...]:
    """() when the page shows no letters. ``has_answer`` is None when the page does not tell."""
    if several := _details(doc, url, checkpoint):
        return () if _is_survey(doc) else several
    if doc.spots(*LETTER.words) and _is_board(doc) and (book := read_guest_book(doc, url, checkpoint, _read_to(doc))):
        return () if _is_survey(doc) else book
    letter = _detail(doc, url, checkpoint)
    if letter is not None and letter.asked is not None:
        return () if _is_survey(doc) else (letter,)
    found = _under_heads(doc, checkpoint)
    # A letter without a day on a page that lists letters with theirs is made of the list's heads and a form's labels.
    if letter is not None and not found:
        return () if _is_survey(doc) else (letter,)
    if not found and _is_board(doc):
        found = list(islice(rows(doc, checkpoint, letters_only=not _is_hub(doc)), MOST))
    return () if found and _is_survey(doc) else tuple(found[:MOST])


def _under_heads(doc: Doc, checkpoint: dt.date) -> list[Message]:
    """The letters of tables, or else of lists drawn like them, whose heads name what each column holds."""
    found: list[Message] = []
    for table in doc.tags("table")[:TABLES]:
        if len(found) < MOST and not doc.count(table, "table"):
            found += read_table(doc, table, checkpoint)
    return found or list(read_head_strip(doc, checkpoint))


def _names(doc: Doc) -> list[str]:
    """What a page calls itself: the last two steps of its breadcrumb and the beginning of its title."""
    head = next((clean(node.data) for node in doc.tags("title") if node.data.strip()), "")
    return [*breadcrumb(doc)[-2:], re.split(r"[-_|—–]", head)[0]]


def _is_board(doc: Doc) -> bool:
    names = _names(doc)
    last = names[-2] if len(names) > 1 else names[-1]
    return any(BOARD.search(name) for name in names if len(name) <= 16) and not NOT_BOARD.search(last)


def _is_hub(doc: Doc) -> bool:
    """Whether a page only leads to boards and surveys, such as 互动交流: its blocks hold more than letters."""
    return not any(LETTERS.search(name) for name in _names(doc) if len(name) <= 16)


def _is_survey(doc: Doc) -> bool:
    names = _names(doc)
    return any(SURVEY.search(name) for name in names) and not any(LETTERS.search(name) for name in names)


# ------------------------------------------------------------------------------------------------------- letter's page


def _detail(doc: Doc, url: str, checkpoint: dt.date) -> Message | None:
    """A letter's own page: labelled fields of the asking side and, answered or not, of the other."""
    if not any(_is_letters(name) for name in map(_label, _lines_with(doc, *LETTER.words))):
        return None
    fields = _fields(_parted(doc, _read_to(doc)).split("\n"))
    if len(fields) < 2 or not any(map(_is_letters, fields)):
        return None
    asked = _day(fields, ASKED_LABEL, checkpoint)
    replies = [text for name, text in fields.items() if REPLY_TEXT.match(name)]
    answered = _day(fields, ANSWER_LABEL, checkpoint) or _signed(replies, checkpoint)
    content = [
        text
        for name, text in fields.items()
        if CONTENT_LABEL.match(name) and len(text) >= 4 and not NOTHING.match(text)
    ]
    state = next((text for name, text in fields.items() if DONE_LABEL.match(name) and len(text) <= ROW_STATE), "")
    title = next((text for name, text in fields.items() if TITLE_LABEL.match(name) and text), "")
    if (asked is None and not content) or not (title or content) or _is_form(doc):
        return None
    if not (replies or answered or state) and not (content and asked and _is_board(doc)):
        return None
    replied: bool | None = None
    if answered is not None or any(map(_is_answer, replies)) or state_of(state):
        replied = True
    elif state_of(state) is False or replies or content:
        alone = not replies and not state  # nothing but the question's own text tells of an answer
        unsure = _shows_answer(doc) or (alone and any(_goes_on(doc, text, asked, checkpoint) for text in content))
        replied = None if unsure else False
    told = any(len(text) >= ANSWER for text in replies if not NOTHING.match(text))
    parts = letter_parts(doc, fields, asked=asked is not None, answered=answered is not None, replied=told)
    return Message((title or _heading(doc))[:TITLE], url, asked, answered, replied, parts)


def _details(doc: Doc, url: str, checkpoint: dt.date) -> tuple[Message, ...]:
    """Several letters in full on one page: each begins with the label of its title, and says when it was asked."""
    lines = doc.text[: _read_to(doc)].split("\n") if doc.spots(*LETTER.words) else []
    labels = [_label(line) if _colon(line) >= 0 else "" for line in lines]
    starts = [place for place, label in enumerate(labels) if label and TITLE_LABEL.match(label)]
    if len(starts) < 2 or not any(map(_is_letters, filter(None, labels))) or _is_form(doc):
        return ()
    found = []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        fields = _fields(lines[start:stop])
        title = next((text for name, text in fields.items() if TITLE_LABEL.match(name)), "")
        asked = _day(fields, ASKED_LABEL, checkpoint)
        if asked is None and (within := ASKED_WITHIN.search("\n".join(lines[start:stop]))):
            asked = dates.first_day(within[1], checkpoint)
        if not title or asked is None:
            return ()
        found.append(Message(title[:TITLE], url, asked, _day(fields, ANSWER_LABEL, checkpoint), _replied(fields)))
    return tuple(found[:MOST])


def _is_answer(text: str) -> bool:
    return not NOTHING.match(text) and state_of(text) is not False


def _goes_on(doc: Doc, text: str, asked: dt.date | None, checkpoint: dt.date) -> bool:
    """Whether a later day in the text behind a question, or an office's words behind it, tell of what came after it."""
    later = any(hit.day and asked and hit.day > asked for hit in dates.find(text, checkpoint))
    begin = max(0, doc.text.find(text[:LABEL]))
    return later or GONE_ON.search(doc.text, begin, _read_to(doc)) is not None


def _shows_answer(doc: Doc) -> bool:
    """Whether a picture or a frame stands where the answer's text would: it cannot be read."""
    for text in doc.texts:
        label = _bare(text.data)
        if not REPLY_TEXT.match(label):
            continue
        place = text
        while place.parent is not None and _bare(doc.line(place.parent)) == label:
            place = place.parent
        if any(node.tag in MEDIA or doc.below(node, *MEDIA) for node in (place, *_wordless_after(doc, place))):
            return True
    return False


def _wordless_after(doc: Doc, node: Node) -> Iterator[Node]:
    """The elements right behind one within its parent, up to the next words."""
    beside = (
        (child for child in doc.children(node.parent) if child.index >= node.end) if node.parent is not None else ()
    )
    return takewhile(lambda child: not doc.line(child), beside)


def _bare(label: str) -> str:
    return "".join(label.split()).strip("【】[]:：")


def _parted(doc: Doc, stop: int) -> str:
    """The page's text up to ``stop`` with a mark where a table or a list of definitions ends with an empty cell behind a
    label: what follows belongs to no field of it."""
    ends = sorted(
        {end for node in doc.tags("table", "dl")[:TABLES] if (end := _open_end(doc, node)) is not None and end <= stop}
    )
    starts = [0, *ends]
    return f"\n{END}\n".join(doc.text[start:end] for start, end in zip(starts, [*ends, stop], strict=True))


def _open_end(doc: Doc, node: Node) -> int | None:
    """Where such a table ends; None for one whose last cell holds something, or is the only one of its row."""
    last = doc.below(node, "tr")[-1:] if node.tag == "table" else [node]
    cells = doc.below(last[0], "td", "th", "dd", "dt") if last else []
    if len(cells) < 2 or doc.line(cells[-1]) or not _known("".join(doc.line(cells[-2]).split()).strip(":：")):
        return None
    return None if doc.below(cells[-1], *SHOWING) else node.stop


def _replied(fields: Mapping[str, str]) -> bool | None:
    """Whether one of several letters was answered: told by its own fields, never by their absence."""
    replies = [text for name, text in fields.items() if REPLY_TEXT.match(name) or ANSWER_LABEL.match(name)]
    states = [state_of(text) for name, text in fields.items() if DONE_LABEL.match(name) and len(text) <= ROW_STATE]
    if True in states or any(not NOTHING.match(text) for text in replies):
        return True
    return False if replies or False in states else None


def _lines_with(doc: Doc, *words: str) -> Iterator[str]:
    """The lines that hold one of some landmarks."""
    end = -1
    for place in doc.spots(*words):
        if place >= end:
            start = doc.text.rfind("\n", 0, place) + 1
            end = doc.text.find("\n", place)
            end = end if end >= 0 else len(doc.text)
            yield doc.text[start:end]


def _colon(line: str) -> int:
    """Where the colon of a label stands; -1 when none does."""
    return line[: LABEL + 4].replace("：", ":", 1).find(":")


def _label(line: str) -> str:
    """What may be a label at the beginning of a line or as the whole of a short one, else nothing."""
    colon = _colon(line)
    if colon < 0 and len(line) > LABEL:
        return ""
    return "".join((line if colon < 0 else line[:colon]).split()).strip("【】[]")


def _read_to(doc: Doc) -> int:
    """Where a letter's text must have ended: at the page's foot, if not before."""
    foot = doc.first(FOOT, len(doc.text) // 3)
    return min(foot.start() if foot else len(doc.text), READ)


def _fields(lines: Iterable[str]) -> dict[str, str]:
    """Label → text, for the labels of letters that begin a line; the text goes on until the next label."""
    fields: dict[str, str] = {}
    label = ""
    for line in lines:
        if line == END:
            label = ""
            continue
        colon = _colon(line)
        if label and fields[label] and DONE_LABEL.match(label):
            label = ""  # a state is one line; what follows is the page's own foot
        if colon < 0 and len(line) > LABEL:
            if label and len(fields[label]) < LONGEST:
                fields[label] = f"{fields[label]} {line.strip()}".strip()
            continue
        name = _label(line)
        if _known(name) and not (colon < 0 and fields.get(name)):
            label = name
            text = line[colon + 1 :].strip() if colon >= 0 else ""
            fields[name] = f"{fields.get(name, '')} {text}".strip()
        elif _is_other(name) or (colon >= 0 and 2 <= len(name) <= 10 and not name.startswith("http")):
            label = ""  # a field that says nothing of letters, such as the sender's name
        elif label and len(fields[label]) < LONGEST:
            fields[label] = f"{fields[label]} {line.strip()}".strip()
    return fields


@lru_cache(maxsize=4096)
def _known(name: str) -> bool:
    return any(
        pattern.match(name)
        for pattern in (TITLE_LABEL, ASKED_LABEL, ANSWER_LABEL, REPLY_LABEL, CONTENT_LABEL, DONE_LABEL)
    )


def _is_letters(name: str) -> bool:
    """Whether a label is one of letters alone."""
    return _known(name) and LETTER.pattern.search(name) is not None


@lru_cache(maxsize=4096)
def _is_other(name: str) -> bool:
    return OTHER_LABEL.match(name) is not None


def _day(fields: dict[str, str], labels: re.Pattern[str], checkpoint: dt.date) -> dt.date | None:
    named = sorted((name for name in fields if labels.match(name)), key=lambda name: len(name) <= BARE)
    days = (dates.first_day(fields[name][:40], checkpoint) for name in named)
    return next((day for day in days if day), None)


def _signed(replies: Iterable[str], checkpoint: dt.date) -> dt.date | None:
    """The day of an answer that says it only at its end, behind the unit's name."""
    signatures = [found for text in replies for found in SIGNED.finditer(text)]
    return dates.first_day(signatures[-1][1], checkpoint) if signatures else None


def _is_form(doc: Doc) -> bool:
    """A form to write or to look up a letter shows the same labels beside empty fields."""
    fields = [
        node for node in doc.tags("input") if node.get("type").lower() in {"", "text", "tel", "email", "password"}
    ]
    return len(fields) + len(doc.tags("textarea")) >= 4


def _heading(doc: Doc) -> str:
    for node in doc.tags("h1", "h2", "h3"):
        text = clean(doc.line(node))
        if 2 <= len(text) <= TITLE:
            return text
    head = next((" ".join(node.data.split()) for node in doc.tags("title") if node.data.strip()), "")
    return re.split(r"\s*[-_|]\s*", head)[0]
