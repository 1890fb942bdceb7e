"""Published letters: five of them are opened, to see what they show of the asking and the answering."""

from collections.abc import Sequence
from dataclasses import replace

from govspider.facts import LETTER_PARTS, LetterSample, Message, Page
from govspider.inspecting.sampler import Sampler
from govspider.inspecting.urls import is_web, key

_EACH = 5


async def sample_letters(sampler: Sampler, letters: Sequence[Message]) -> tuple[LetterSample, ...]:
    """Answered letters with a page of their own; those of other sites than portals are not opened."""
    answered = [m for m in letters if (m.has_answer or m.answered) and is_web(m.url) and sampler.visitor.owns(m.url)]
    drawn = sampler.order("letters", answered, lambda message: key(message.url))[:_EACH]
    return tuple([await _sample(sampler, letter) for letter in drawn]) if sampler.thorough else ()


async def _sample(sampler: Sampler, letter: Message) -> LetterSample:
    """What the page or its line in the list shows; in the browser, too, where the page alone lacks something."""
    sample = LetterSample(letter.title, letter.url)
    look = await sampler.visitor.look(letter.url)
    if look.page is None:
        return replace(sample, reason=look.reason)
    shown = _parts(look.page, letter)
    if shown is not None and set(shown) == set(LETTER_PARTS):
        return replace(sample, shown=shown)
    page, unseen = await sampler.shown(look)
    more = _parts(page, letter) if page is not None else None
    if shown is None and more is None:
        return replace(sample, reason=unseen or "未能辨认留言页面的各项内容")
    both = {*(shown or ()), *(more or ())}
    return replace(sample, shown=tuple(part for part in LETTER_PARTS if part in both), reason=unseen)


def _parts(page: Page, letter: Message) -> tuple[str, ...] | None:
    own = next((message for message in page.messages if message.parts is not None), None)
    if own is None or own.parts is None:
        return None
    asked, answered, _, _ = LETTER_PARTS
    listed = {asked} if letter.asked else set()
    listed |= {answered} if letter.answered else set()
    return tuple(part for part in LETTER_PARTS if part in {*own.parts, *listed})
