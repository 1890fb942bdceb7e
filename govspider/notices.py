"""Early warnings to whoever wants to hear of them, once and then only on change. No address is ever shown: it is a secret."""

import hashlib
import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import apprise
from apprise.utils.parse import parse_urls

from govspider.facts import EarlyWarning, Level, RoundResults
from govspider.reports.text import label
from govspider.store import Store, Told

logger = logging.getLogger(__name__)

LISTED = 20  # of a notice; chat programs cut what is long
LONGEST = 200  # characters of one of them
RANKS = {Level.NORMAL: 0, Level.WARNING: 1, Level.VIOLATION: 2}
TALKATIVE = ("apprise", "urllib3", "requests", "requests_oauthlib")  # their logs hold addresses
PAST = "，已达否决线"


class Change(StrEnum):
    NEW = "新增"
    WORSE = "加重"
    RESOLVED = "解除"


@dataclass(frozen=True, slots=True)
class News:
    change: Change
    warning: EarlyWarning


def announce(store: Store, results: RoundResults, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """``tell`` of a round. Only the one that was begun last speaks: what is derived anew of an older one is no news."""

    def watched() -> Iterator[EarlyWarning]:
        if store.latest_round() == results.round:
            for site in results.sites:
                yield from site.watched

    return tell(store, watched(), settings)


def tell(store: Store, watched: Iterable[EarlyWarning], settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Tells every address of NOTIFY what is new to it. What could not be told is told next time; the lines say so, and
    nothing is raised."""
    targets = addresses(settings)
    if not targets:
        return ()
    try:
        seen = tuple(watched)
        lines = [_tell_one(store, number, target, seen) for number, target in enumerate(targets, 1)]
    except Exception as error:
        logger.exception("The warnings could not be told")
        return (f"预警没有通知（{type(error).__name__}），下次运行时再发。",)
    return tuple(filter(None, lines))


def addresses(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """NOTIFY, or the environment's GOVSPIDER_NOTIFY, whose value no list of processes shows."""
    given = settings.get("NOTIFY") or os.environ.get("GOVSPIDER_NOTIFY", "")
    return tuple(parse_urls(given if isinstance(given, str) else list(given)))  # type: ignore[no-untyped-call]


def _tell_one(store: Store, number: int, target: str, watched: Sequence[EarlyWarning]) -> str:
    """What went wrong, "" when nothing did."""
    digest = hashlib.sha256(target.encode()).hexdigest()[:32]
    news = tuple(changes(watched, store.notices.told(digest)))
    if not news:
        return ""
    if not _sent(target, title_of(news), body_of(news)):
        return f"第 {number} 个通知地址没有发出通知（{len(news)} 项），请核对 NOTIFY 和网络；下次运行时再发。"
    store.notices.record(digest, (one.warning for one in news))
    return ""


def changes(watched: Iterable[EarlyWarning], told: Mapping[tuple[str, str], Told]) -> Iterator[News]:
    """What was not looked at is no change, neither is what grew better without being well."""
    for warning in watched:
        before = told.get((warning.code, warning.rule), Told(Level.NORMAL, 0, warning.as_of))
        if before.as_of > warning.as_of:
            continue
        now, then = (RANKS[warning.level], warning.count), (RANKS[before.level], before.count)
        if warning.level is Level.NORMAL:
            if before.level is not Level.NORMAL:
                yield News(Change.RESOLVED, warning)
        elif before.level is Level.NORMAL:
            yield News(Change.NEW, warning)
        elif now > then:
            yield News(Change.WORSE, warning)


def title_of(news: Sequence[News]) -> str:
    counts = Counter(one.change for one in news)
    return "政府网站预警：" + "，".join(f"{change.value}{counts[change]}项" for change in Change if counts[change])


def body_of(news: Sequence[News]) -> str:
    """The worst first; one line each, whatever a page or a register holds."""
    ordered = sorted(news, key=lambda one: (-RANKS[one.warning.level], list(Change).index(one.change)))
    lines = [_line(one) for one in ordered[:LISTED]]
    if len(ordered) > LISTED:
        lines.append(f"另有{len(ordered) - LISTED}项，见问题清单的“预警”表。")
    return "\n".join(lines)


def _line(one: News) -> str:
    warning = one.warning
    said = "已恢复正常" if one.change is Change.RESOLVED else warning.message
    past = PAST if warning.level is Level.VIOLATION else ""
    return label(f"【{one.change.value}】{warning.name}（{warning.code}）{warning.title}：{said}{past}", LONGEST)


def _sent(target: str, title: str, body: str) -> bool:
    with _quiet():
        try:
            place = apprise.Apprise()
            return bool(place.add(target)) and bool(place.notify(body, title, body_format=apprise.NotifyFormat.TEXT))
        except Exception as error:  # noqa: BLE001 - a foreign service; its text may hold the address
            logger.warning("A notice failed (%s)", type(error).__name__)
            return False


@contextmanager
def _quiet() -> Iterator[None]:
    """What the libraries log while they send, at whatever level, is kept from every handler."""
    loggers = [logging.getLogger(name) for name in TALKATIVE]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)
