"""Facts of an account from several sources, some of which come later than the inspection."""

from collections.abc import Iterable
from dataclasses import replace

from govspider.facts import AccountFacts, Part, Post, Trust

RANK = {trust: rank for rank, trust in enumerate(Trust)}


def merged(facts: AccountFacts, part: Part) -> AccountFacts:
    return replace(
        facts,
        posts=unique((*facts.posts, *part.posts)),
        sources=(*facts.sources, part.source),
        signs=tuple(dict.fromkeys((*facts.signs, *part.signs))),
        stated_wording=(*facts.stated_wording, *part.wording),
        stated_leaks=(*facts.stated_leaks, *part.leaks),
    )


def bare(facts: AccountFacts) -> AccountFacts:
    """The facts as the inspection left them."""
    return replace(
        facts,
        posts=tuple(post for post in facts.posts if post.trust is Trust.OPEN),
        sources=tuple(source for source in facts.sources if source.trust is Trust.OPEN),
        signs=tuple(sign for sign in facts.signs if sign.trust is Trust.OPEN),
        stated_wording=(),
        stated_leaks=(),
    )


def unique(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Each post once, as the most trusted source has it, newest first and undated ones last."""
    found: dict[object, Post] = {}
    for post in sorted(posts, key=lambda post: RANK[post.trust]):
        found.setdefault(identity(post), post)
    return tuple(sorted(found.values(), key=lambda post: (post.published is None, -_ordinal(post))))


def identity(post: Post) -> tuple[str, ...]:
    """Of one post in several sources: title and day, since each source has an address of its own for it."""
    return (post.title, str(post.published)) if post.title else (post.url, str(post.published))


def _ordinal(post: Post) -> int:
    return post.published.toordinal() if post.published else 0
