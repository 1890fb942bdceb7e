"""Which county or city a site belongs to: by the register, or by the first six digits of its code (GB/T 2260)."""

import re
from collections.abc import Iterable

from govspider.facts import Site, SiteKind
from govspider.reports.sentences import slot_name

HEADINGS = ("所属县区", "县区", "区县", "所属地区", "地区")
MINISTRY = "国务院部门"
_OFFICE = re.compile(r"(?:人民)?政府.*$|门户网站.*$|网站.*$")


def areas(sites: Iterable[Site]) -> dict[str, str]:
    """Code → area. Where the register does not say, the portal with the same six digits gives its name; without one the
    digits stand for themselves."""
    listed = list(sites)
    portals: dict[str, str] = {}
    for site in listed:
        if site.kind is SiteKind.PORTAL:
            portals.setdefault(site.code[:6], _OFFICE.sub("", site.name) or site.name)
    return {site.code: slot_name(_stated(site) or _by_code(site.code, portals)) for site in listed}


def _stated(site: Site) -> str:
    return next((site.extra[heading] for heading in HEADINGS if site.extra.get(heading)), "")


def _by_code(code: str, portals: dict[str, str]) -> str:
    if code.startswith("bm"):
        return MINISTRY
    if name := portals.get(code[:6]):
        return f"{name}本级" if code[4:6] == "00" else name
    return code[:6]
