"""What was told is remembered for each place, on both databases."""

import datetime as dt
from dataclasses import replace

from govspider.facts import EarlyWarning, Level, Probe, Site
from govspider.rules import Rules
from govspider.store import Store, Told

DAY = dt.date(2026, 6, 30)
SITE = Site("1234567890", "某局", "https://www.city.example/")
WARNING = EarlyWarning(
    SITE.code, SITE.name, "columns-blank", "空白栏目", Level.WARNING, "有3个", "3个", SITE.url, DAY, 3
)


def test_the_last_thing_told_counts_for_each_place(store: Store) -> None:
    store.notices.record("a", [WARNING, replace(WARNING, rule="home-stale", count=0)])
    store.notices.record("a", [replace(WARNING, level=Level.VIOLATION, count=5)])
    assert store.notices.told("a") == {
        (SITE.code, "columns-blank"): Told(Level.VIOLATION, 5, DAY),
        (SITE.code, "home-stale"): Told(Level.WARNING, 0, DAY),
    }
    assert store.notices.told("b") == {}
    assert store.notices.open("home-stale") == {SITE.code}
    store.notices.record("a", [replace(WARNING, rule="home-stale", level=Level.NORMAL)])
    assert store.notices.open("home-stale") == frozenset()


def test_a_site_is_watched_without_being_read(store: Store, rules: Rules) -> None:
    reachable = [rule for rule in rules if rule.id == "site-unreachable"]
    (rule,) = reachable
    line = replace(rule, limits=replace(rule.limits, share=0.03))
    watching = replace(rules, listed=(rule,), lines=(line,))
    noons = [dt.datetime(2026, 6, 30 - back, 4, tzinfo=dt.UTC) for back in range(7)]
    assert store.notices.watched(SITE, DAY, watching) == ()
    store.probes.add(noons[0], [(SITE.code, Probe(noon, True, 0.5)) for noon in noons for _ in range(20)])
    (well,) = store.notices.watched(SITE, DAY, watching)
    assert well.level is Level.NORMAL
    store.probes.add(noons[0], [(SITE.code, Probe(noons[0], False)) for _ in range(5)])
    (warned,) = store.notices.watched(SITE, DAY, watching)
    assert (warned.level, warned.as_of) == (Level.WARNING, DAY)
    store.probes.add(noons[0], [(SITE.code, Probe(noons[0], False)) for _ in range(5)])
    (vetoed,) = store.notices.watched(SITE, DAY, watching)
    assert vetoed.level is Level.VIOLATION
