"""Lists that stand outside their page: data files that scripts ask for, and frames."""

from dataclasses import dataclass

from govspider.facts import Entry, Fetch, Page
from govspider.inspecting.content import is_explicit
from govspider.inspecting.plan import UnreadableError
from govspider.inspecting.urls import is_web
from govspider.inspecting.visits import Visitor
from govspider.reading.carriers import read_carrier

IN_FRAME = "框架页"  # begins a sign of blankness that a frame shows, not the column's own page
_MOST = 3


@dataclass(frozen=True, slots=True)
class Carried:
    """``complete``: every carrier could be read. ``empty``: the carriers, when all of them are frames that say
    themselves that they hold nothing; ``signs`` is how they say it."""

    entries: tuple[Entry, ...] = ()
    complete: bool = True
    empty: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


async def read_carriers(visitor: Visitor, page: Page) -> Carried:
    """The entries of the first carrier that has any; otherwise what is known of their emptiness."""
    complete, empty, signs = True, [], []
    for url in page.carriers[:_MOST]:
        framed = await _read(visitor, url)
        if isinstance(framed, tuple):
            if framed:
                return Carried(framed)
        elif framed is None or framed.blank is not True:
            if framed is not None and framed.entries:
                return Carried(framed.entries)
            complete = False
        elif is_explicit(framed.blank_signs):
            empty.append(url)
            signs += [IN_FRAME + sign.removeprefix("页面") for sign in framed.blank_signs]
    all_empty = bool(empty) and len(empty) == len(page.carriers)
    return Carried((), complete, tuple(empty) if all_empty else (), tuple(dict.fromkeys(signs)) if all_empty else ())


async def _read(visitor: Visitor, url: str) -> tuple[Entry, ...] | Page | None:
    """The entries of a data file, or the page in a frame; None when it could not be read."""
    if not is_web(url) or not visitor.owns(url):
        return None
    fetched = await visitor.raw(url)
    if fetched is None or fetched.outcome not in (Fetch.OK, Fetch.NOT_HTML):
        return None
    kind = fetched.header("content-type")
    entries = read_carrier(fetched.body, url, content_type=kind, checkpoint=visitor.plan.checkpoint)
    if entries is not None:
        return entries
    try:
        return await visitor.read(fetched, url)
    except UnreadableError:
        return None
