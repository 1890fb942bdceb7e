"""The demo city and its server: fifty-three websites on loopback, each with an address of its own, and its accounts.

``City`` is a value: ``city.change(code, flaws)`` is another city. ``serve(city)`` answers for it until closed; giving
the server another city changes the pages at once, as if the sites' owners had done it.
"""

import csv
import datetime as dt
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from govspider.demo.build import build_site
from govspider.demo.feeds import HOST as MEDIA_HOST
from govspider.demo.feeds import answers, source_path
from govspider.demo.media import MEDIA, Kind, MediumFlaws
from govspider.demo.model import Flaws, SiteModel, Trap
from govspider.demo.pages import SitePages
from govspider.demo.roster import CITY, ROWS, code_of, traits_of
from govspider.demo.server import HttpServer, Reply, listen

NETWORK = "127.77.0.0/16"
PLATFORM = next(place for place, row in enumerate(ROWS) if row.kind == "专题")
CODES = tuple(row.code or code_of(place) for place, row in enumerate(ROWS))
ACCOUNT_HEADINGS = (
    "新媒体类型", "新媒体名称", "主办单位", "账号ID", "主页地址", "订阅源", "报送状态", "开设备案", "互动功能", "功能",
)  # fmt: skip
HEADINGS = ("网站标识码", "网站名称", "首页网址", "主办单位", "网站类型", "对外服务职能", "报送状态", "所属县区")
CLEARANCE = "__clearance"
SLOW_SECONDS = 1.2


def host_of(place: int) -> str:
    return f"127.77.0.{place + 1}"


@dataclass(frozen=True)
class City:
    """``registered`` are the roster's rows that the register lists; all are served. ``changed`` holds the flaws that
    differ from the roster's, by site code."""

    checkpoint: dt.date
    registered: tuple[int, ...] = tuple(range(len(ROWS)))
    changed: Mapping[str, Flaws] = field(default_factory=dict)
    changed_media: Mapping[str, MediumFlaws] = field(default_factory=dict)  # by account ID

    def codes(self) -> tuple[str, ...]:
        return tuple(CODES[place] for place in self.registered)

    def change(self, code: str, flaws: Flaws) -> "City":
        if code not in CODES:
            raise ValueError(f"no site {code}")
        return replace(self, changed={**self.changed, code: flaws})

    def change_medium(self, account_id: str, flaws: MediumFlaws) -> "City":
        if account_id not in {medium.account_id for medium in MEDIA}:
            raise ValueError(f"no account {account_id}")
        return replace(self, changed_media={**self.changed_media, account_id: flaws})

    def only(self, *codes: str) -> "City":
        """The same city with a shorter register."""
        return replace(self, registered=tuple(CODES.index(code) for code in codes))

    def sites(self, port: int) -> tuple[SiteModel, ...]:
        """The registered sites."""
        return tuple(self._site(place, port) for place in self.registered)

    def pages(self, port: int) -> dict[str, SitePages]:
        """Each site's pages by its address. Sites link to the next few, never by chance to the services platform."""
        platform = ("陕西政务服务网", f"http://{host_of(PLATFORM)}:{port}/")
        pages = {}
        for place in range(len(ROWS)):
            near = [(place + step) % len(ROWS) for step in (1, 4, 9, 16)]
            friends = [(ROWS[other].name, f"http://{host_of(other)}:{port}/") for other in near if other != PLATFORM]
            pages[host_of(place)] = SitePages(self._site(place, port), self.checkpoint, friends, platform)
        return pages

    def _site(self, place: int, port: int) -> SiteModel:
        row, code = ROWS[place], CODES[place]
        flaws = self.changed.get(code, row.flaws)
        address = f"{host_of(place)}:{port}"
        return build_site(place, code, row, traits_of(place, row), flaws, address, self.checkpoint)


def write_register(city: City, port: int, path: Path) -> Path:
    """The city's sites register as the office would keep it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for site in city.sites(port):
            services = "有" if site.public_services else "无"
            county = (
                site.name.removesuffix("人民政府")
                if site.kind == "门户" and not site.name.startswith(CITY)
                else "市本级"
            )
            writer.writerow((site.code, site.name, site.url, site.name, site.kind, services, "正常", county))
    return path


def write_accounts(city: City, port: int, path: Path) -> Path:
    """The city's accounts register. What a source shows of interaction is not registered too."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(ACCOUNT_HEADINGS)
        for one in MEDIA:
            address = f"http://{MEDIA_HOST}:{port}{source_path(one)}"
            page, feed = (address, "") if one.kind in (Kind.TOUTIAO, Kind.APP) else ("", address)
            silent = not city.changed_media.get(one.account_id, one.flaws).interaction
            interaction = "无" if silent else "有" if one.kind in (Kind.DOUYIN, Kind.APP) else ""
            functions = "办事" if one.kind is Kind.APP else "信息发布、互动"
            row = (one.kind, one.name, one.sponsor, one.account_id, page, feed, "正常", "是", interaction, functions)
            writer.writerow(row)
    return path


def write_office(city: City, path: Path) -> Path:
    """What the city's office puts into its bulletin."""
    lines = (
        f'issuer = "{CITY}人民政府办公室"',
        'scope = "全市"',
        'addressees = ["各县区人民政府", "市政府各工作部门、各直属机构"]',
        f"rectify_by = {city.checkpoint + dt.timedelta(days=10)}",
        'report_to = "市政府办公室"',
        'contact = "联系电话：0999-2000000"',
        f"date = {city.checkpoint}",
        "decimals = 1",
    )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


class CityServer(HttpServer):
    """The city on its addresses. Setting ``city`` changes what is served from the next request on."""

    def __init__(self, city: City, port: int = 0) -> None:
        sockets = listen([*(host_of(place) for place in range(len(ROWS))), MEDIA_HOST], port)
        self.port: int = sockets[0].getsockname()[1]
        self.requests: Counter[str] = Counter()  # by address
        self.city = city
        super().__init__(sockets, self._reply)

    @property
    def city(self) -> City:
        return self._city

    @city.setter
    def city(self, city: City) -> None:
        self._city = city
        self._pages = city.pages(self.port)
        self._media = answers(city.checkpoint, dict(city.changed_media), f"http://{MEDIA_HOST}:{self.port}")
        self._kept: dict[tuple[str, str], Reply] = {}

    def _reply(self, host: str, target: str, headers: Mapping[str, str]) -> Reply:
        self.requests[host] += 1
        if host == MEDIA_HOST:
            return self._media.get(target, Reply(b"Not Found", 404, "text/plain"))
        pages = self._pages[host]
        traps = pages.site.traits.traps
        if Trap.TOO_MANY in traps and self.requests[host] == 5:
            return Reply(b"Too Many Requests", 429, "text/plain", (("Retry-After", "1"),))
        if traps & CHALLENGES and clearance(pages.site) not in headers.get("cookie", ""):
            return challenge(pages.site)
        if Trap.SESSION in traps:
            return pages.reply(target)
        if (host, target) not in self._kept:
            self._kept[host, target] = pages.reply(target)
        reply = self._kept[host, target]
        slow = Trap.SLOW in traps and target.endswith("/") and zlib.crc32(target.encode()) % 3 == 0
        return replace(reply, wait=SLOW_SECONDS) if slow else reply


def serve(city: City, port: int = 0) -> CityServer:
    """Serves the city in a thread until the returned server is closed. Raises OSError when it cannot listen."""
    return CityServer(city, port)


CHALLENGES = {Trap.CHALLENGE_521, Trap.CHALLENGE_412}


def clearance(site: SiteModel) -> str:
    """The cookie that a browser computes on the challenge page."""
    return f"{CLEARANCE}={int(site.code) * 7:x}"


def challenge(site: SiteModel) -> Reply:
    """A page without content whose script sets a cookie and asks again."""
    script = (
        f"var k={int(site.code)};document.cookie={CLEARANCE!r}+'='+(k*7).toString(16)+';path=/';"
        "setTimeout(function(){location.reload()},150);"
    )
    body = f"<html><head><script>{script}</script></head><body></body></html>".encode()
    status = 521 if Trap.CHALLENGE_521 in site.traits.traps else 412
    return Reply(body, status, "text/html; charset=utf-8", (("Set-Cookie", f"__uid={site.code}; path=/; HttpOnly"),))
