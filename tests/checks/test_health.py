"""Failures that come at once are rather ours; failures of one site, or old ones, are its own."""

from dataclasses import replace

from govspider.checks.health import Looked, suspicions
from govspider.checks.reachability import Reachability

LIMITS = Reachability(7, 20, 15, 0.05, "含", 31, 12, jump_share=0.2, jump_hosts=3, jump_hours=24)


def look(
    number: int, failed: bool | None = False, before: bool | None = False, *, host: str = "", network: str = ""
) -> Looked:
    return Looked(str(number), host or f"host{number}", network or f"net{number}", failed, before)


def run(fallen: int, standing: int, **more: str) -> list[Looked]:
    return [look(number, failed=number < fallen, **more) for number in range(fallen + standing)]


def test_a_jump_voids_everything() -> None:
    why = suspicions(run(3, 12), LIMITS)
    assert set(why) == {str(number) for number in range(15)}
    assert "3个网站同时由正常变为打不开" in why["14"]


def test_fewer_than_the_share_or_the_hosts_are_no_jump() -> None:
    assert suspicions(run(3, 13), LIMITS) == {}
    assert suspicions(run(2, 1), LIMITS) == {}
    assert suspicions([], LIMITS) == {}


def test_what_failed_before_or_was_never_seen_does_not_jump() -> None:
    assert suspicions([look(number, failed=True, before=True) for number in range(9)], LIMITS) == {}
    assert suspicions([look(number, failed=True, before=None) for number in range(9)], LIMITS) == {}


def test_what_cannot_be_told_neither_falls_nor_stands() -> None:
    unclear = [look(number, failed=None) for number in range(100, 140)]
    assert suspicions(run(2, 8) + unclear, LIMITS) == {}
    assert suspicions(run(3, 8) + unclear, LIMITS) != {}


def test_sites_of_one_host_are_one() -> None:
    same = [look(number, failed=True, host="one.example") for number in range(5)]
    assert suspicions([*same, *run(0, 5)[2:]], LIMITS) == {}


def test_a_network_that_falls_at_once_may_have_barred_us() -> None:
    platform = run(4, 6, network="203.0.113.0/24")
    others = [look(number) for number in range(100, 140)]
    dead = look(50, failed=True, before=True, network="203.0.113.0/24")
    why = suspicions([*platform, *others, dead], LIMITS)
    assert set(why) == {"0", "1", "2", "3"}
    assert "203.0.113.0/24" in why["0"]


def test_after_a_day_it_is_not_our_network_any_more_but_another_may_still_bar_us() -> None:
    later = [replace(one, hours=25.0) for one in run(4, 6)]
    assert suspicions(later, LIMITS) == {}
    barred = [replace(one, network="203.0.113.0/24") for one in later]
    assert set(suspicions(barred, LIMITS)) == {"0", "1", "2", "3"}
