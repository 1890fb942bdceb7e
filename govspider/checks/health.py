"""The health gate of a run of probes: failures that come at once and everywhere are rather ours than the sites'."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from govspider.checks.reachability import Reachability


@dataclass(frozen=True, slots=True)
class Looked:
    """One site in one run. ``failed`` now, and when it last counted (None: not known), so many ``hours`` before.
    ``network`` is where its host stands, "" where that is not known."""

    code: str
    host: str
    network: str
    failed: bool | None
    failed_before: bool | None
    hours: float = 0.0


def suspicions(run: Sequence[Looked], limits: Reachability) -> Mapping[str, str]:
    """By site code, in Chinese, why its probe of this run may not count.

    What is wrong with our own network shows within hours; that another network bars us may last.
    """
    if struck := _struck((one for one in run if one.hours <= limits.jump_hours), limits):
        why = f"本次监测有{len(struck)}个网站同时由正常变为打不开，可能是监测方的网络问题，本次监测全部作废"
        return dict.fromkeys((one.code for one in run), why)
    found: dict[str, str] = {}
    for network, group in _grouped(run).items():
        if struck := _struck(group, limits):
            why = f"同一网段（{network}）有{len(struck)}个网站同时由正常变为打不开，可能是该处拦截了监测方的地址，打不开的未计入"
            found |= {one.code: why for one in group if one.failed and one.host in struck}
    return found


def _grouped(run: Iterable[Looked]) -> Mapping[str, list[Looked]]:
    groups: defaultdict[str, list[Looked]] = defaultdict(list)
    for one in run:
        if one.network:
            groups[one.network].append(one)
    return groups


def _struck(run: Iterable[Looked], limits: Reachability) -> frozenset[str]:
    """The hosts that fail and did not before, when they are so many that it is a jump. A host with several sites is one."""
    fallen: dict[str, bool] = {}
    for one in run:
        if one.failed is not None and one.failed_before is False:
            fallen[one.host] = fallen.get(one.host, True) and one.failed
    hosts = frozenset(host for host, down in fallen.items() if down)
    jumped = len(hosts) >= limits.jump_hosts and len(hosts) >= limits.jump_share * len(fallen)
    return hosts if jumped else frozenset()
