"""What posts say that they should not: wrong wording and personal data, found as in pages. Clues, for people to weigh."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from govspider.facts import Leaked, Misworded, Post, Statement
from govspider.reading import leaks, privacy
from govspider.reading.terms import Lexicon

MOST = 30


def content_of(
    posts: Iterable[Post], lexicon: Lexicon, checkpoint: dt.date
) -> tuple[tuple[Misworded, ...], tuple[Leaked, ...]]:
    """Of the posts up to the checkpoint; each sentence and each number once, at the latest post that showed it."""
    wording: dict[tuple[str, str], Misworded] = {}
    leaked: dict[str, Leaked] = {}
    for post in posts:
        if post.published is not None and post.published > checkpoint:
            continue
        text, where = f"{post.title}\n{post.text}", post.url or post.title
        for one in lexicon.wording.judge(text, lexicon.scan(text).wording, checkpoint):
            wording.setdefault((one.word, one.snippet), Misworded(where, one))
        if privacy.hits(text):
            for leak in leaks.read(text, checkpoint):
                leaked.setdefault(leak.masked, Leaked(where, leak))
    return tuple(wording.values())[:MOST], tuple(leaked.values())[:MOST]


def examined(statements: Iterable[Statement], lexicon: Lexicon, today: dt.date) -> tuple[Statement, ...]:
    """The statements with what their posts say that they should not."""
    found = []
    for one in statements:
        if one.part is not None:
            wording, leaked = content_of(one.part.posts, lexicon, today)
            one = replace(one, part=replace(one.part, wording=wording, leaks=leaked))
        found.append(one)
    return tuple(found)
