"""What accounts publish: is anything of the unit's own, is engagement begged for or bought."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govspider.checks.accounts import posts_within, selling, sentences, sources_covering, uncovered
from govspider.checks.common import clip, days_before, iso, subject_finding
from govspider.facts import AccountFacts, Finding, Outcome, Post

POSTS_SHOWN = 10
MOST_CLUES = 20
# The unit's own place: the first words of its name up to the kind of area.
PLACE = re.compile(r"^(.{2,10}?)(?:省|自治区|市|自治县|县|区|旗|自治州|州|盟|镇|乡|街道)")
# Not the 来源 of money, and not 转自 within a sentence.
ATTRIBUTION = re.compile(
    r"(?<![\u4e00-\u9fff])(?:本文|原文|稿件|信息|文章|内容|资料|图文|消息|新闻)?"
    r"(?:(?:来源|出处)(?:\s*[:：]\s*|\s+)|(?:转自|转载自|摘自)[:：\s]{0,3})([^\s,，。;；|｜)）】]{2,40})"
)
AKIN = 3  # characters that two names of bodies share when one may be short for the other


@dataclass(frozen=True, slots=True)
class OwnContent:
    """``reposted`` are words with which a repost begins, ``adverts`` words of advertising, which count for nothing in a
    sentence with one of the ``warnings``; ``least`` of them make a post advertising, fewer make it doubtful. A text at least
    ``text`` long that names no other source is the unit's own. A source that matches one of ``unclear`` may be a part of
    the unit; a repost whose title holds one of ``official`` passes on a document, which is a unit's business. ``here`` are words with which a unit speaks of its own place,
    ``ourselves`` those with which it names itself as the source."""

    days: int
    text: int
    here: tuple[str, ...]
    ourselves: tuple[str, ...]
    unclear: tuple[str, ...]
    official: tuple[str, ...]
    reposted: tuple[str, ...]
    adverts: tuple[str, ...]
    least: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Engagement:
    """``words``: regular expressions. They count for nothing behind one of the ``denied`` in their sentence (it forbids
    them), nor in a sentence with one of ``about`` (it tells of them). More likes than readers, of at least ``likes``,
    were not given by readers."""

    days: int
    words: tuple[str, ...]
    denied: tuple[str, ...]
    about: tuple[str, ...]
    likes: int


def account_no_own_content(facts: AccountFacts, params: OwnContent) -> Iterator[Finding]:
    """Every post of the window is known not to be the unit's own, and the window is seen whole."""
    since = days_before(facts.checkpoint, params.days)
    inside = posts_within(facts, since)
    names = own_names(facts)
    told = [(post, own(post, names, params)) for post in inside]
    doubtful = [post for post, is_own in told if is_own is None]
    if facts.account.publishes is False:
        yield subject_finding(Outcome.NOT_APPLICABLE, facts, reason="该账号登记的功能不含信息发布")
    elif not inside:
        covered = sources_covering(facts, since)
        reason = "时限内没有发布信息，按内容不更新判定" if covered else uncovered(facts, since)
        yield subject_finding(Outcome.NOT_APPLICABLE if covered else Outcome.UNKNOWN, facts, reason=reason)
    elif any(is_own for _, is_own in told):
        yield subject_finding(Outcome.PASS, facts, count=len(inside))
    elif doubtful:
        reason = f"{len(doubtful)}条信息看不出是否本单位发布，如“{clip(doubtful[0].title)}”"
        yield subject_finding(Outcome.UNKNOWN, facts, reason=reason)
    elif not sources_covering(facts, since):
        yield subject_finding(Outcome.UNKNOWN, facts, reason=uncovered(facts, since))
    else:
        yield subject_finding(
            Outcome.VIOLATION,
            facts,
            count=len(inside),
            limit=params.days,
            trust=sources_covering(facts, since)[0].trust.value,
            posts=[
                {"name": clip(post.title), "url": post.url, "published": iso(post.published)}
                for post in inside[:POSTS_SHOWN]
            ],
        )


def own(post: Post, names: frozenset[str], params: OwnContent) -> bool | None:
    """Whether a post is the unit's own: made by it, or about it; None when nothing tells."""
    text = f"{post.title} {post.text}"
    mentioned = any(name in text for name in (*names, *params.here))
    if post.original:
        return True
    marked = post.original is False or post.kind == "repost"
    begins = post.title.lstrip("【[#“ ").startswith(params.reposted)
    sources = [match[1] for match in ATTRIBUTION.finditer(text)]
    if any(name in source or source in name for source in sources for name in names):
        return True
    if any(word in source for source in sources for word in params.ourselves):
        return True
    may_be_own = any(_akin(source, name) for source in sources for name in names) or any(
        re.search(form, source) for source in sources for form in params.unclear
    )
    passed_on = begins and not (marked or sources) and any(word in post.title for word in params.official)
    sold = len(selling(post, params.adverts, params.warnings))
    if marked or begins or sources or post.kind == "advert" or sold >= params.least:
        return None if mentioned or may_be_own or passed_on else False
    if not sold and (mentioned or len(post.text) >= params.text):
        return True
    return None


def _akin(source: str, name: str) -> bool:
    """Whether a source may be the unit under a shorter or a neighbouring name."""
    return any(source[start : start + AKIN] in name for start in range(len(source) - AKIN + 1))


def _begging(sentence: str, words: Sequence[re.Pattern[str]], params: Engagement) -> Iterator[re.Match[str]]:
    """The words by which a sentence asks for engagement, and not those by which it forbids that or tells of it."""
    if not any(word in sentence for word in params.about):
        for word in words:
            match = word.search(sentence)
            if match and not any(denial in sentence[: match.end()] for denial in params.denied):
                yield match


def own_names(facts: AccountFacts) -> frozenset[str]:
    """The names under which a text speaks of the unit or its place."""
    account = facts.account
    places = [match[1] for name in (account.sponsor, account.name) if (match := PLACE.match(name))]
    return frozenset(name for name in (account.name, account.sponsor, *places) if len(name) >= 2)


def account_faked_engagement(facts: AccountFacts, params: Engagement) -> Iterator[Finding]:
    """A clue for each post that asks for likes as a duty or a trade, or has more likes than readers."""
    posts = posts_within(facts, days_before(facts.checkpoint, params.days))
    if not posts:
        yield subject_finding(Outcome.UNKNOWN, facts, reason="没有可供查看的信息")
        return
    words = [re.compile(word) for word in params.words]
    clues: dict[str, Finding] = {}
    for post in posts:
        signs = list(
            dict.fromkeys(match[0] for sentence in sentences(post) for match in _begging(sentence, words, params))
        )
        if post.likes is not None and post.reads is not None and post.likes >= params.likes and post.likes > post.reads:
            signs.append(f"点赞{post.likes}次多于阅读{post.reads}次")
        if signs and len(clues) < MOST_CLUES:
            subject = post.url or clip(post.title)
            evidence = {
                "name": clip(post.title),
                "newest": iso(post.published),
                "terms": [clip(sign) for sign in signs],
                "trust": post.trust.value,
            }
            clues.setdefault(subject, Finding("", Outcome.VIOLATION, subject, post.url, post.url, evidence))
    yield from clues.values()
    if not clues:
        yield subject_finding(Outcome.PASS, facts, count=len(posts))
