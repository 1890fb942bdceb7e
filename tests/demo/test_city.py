"""The demo city holds the defects it says it holds, and nothing on it leaves loopback."""

import datetime as dt
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest

from govspider.demo.city import NETWORK, City, CityServer, clearance, serve, write_register
from govspider.demo.model import Age, Charset, Entrance, Flaws, Look, Shape, SiteModel, Trap
from govspider.register import load_sites

CHECKPOINT = dt.date(2026, 8, 31)
SERIOUS = ("6108270006", "6108000027", "6108000059")


@pytest.fixture
def server() -> Iterator[CityServer]:
    with serve(City(CHECKPOINT)) as running:
        yield running


def ask(url: str, cookie: str = "") -> tuple[int, bytes]:
    request = urllib.request.Request(url, headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def text_of(site: SiteModel, url: str) -> str:
    charset = site.traits.charset
    return ask(url, clearance(site))[1].decode("utf-8" if charset is Charset.MISDECLARED else charset.value)


def with_trap(server: CityServer, trap: Trap) -> SiteModel:
    return next(site for site in server.city.sites(server.port) if trap in site.traits.traps)


def blank_columns(site: SiteModel) -> int:
    return sum(not column.articles for column in site.columns if column.shape is Shape.LIST)


def test_the_register_of_the_city_is_a_good_register(tmp_path: Path) -> None:
    sites = load_sites(write_register(City(CHECKPOINT), 8000, tmp_path / "sites.csv"))
    assert len(sites) == 53
    assert [site.code for site in sites[:3]] == list(SERIOUS)


def test_the_same_city_is_built_twice() -> None:
    assert City(CHECKPOINT).sites(8000) == City(CHECKPOINT).sites(8000)


def test_only_the_three_serious_sites_reach_a_threshold() -> None:
    sites = City(CHECKPOINT).sites(8000)
    assert [site.code for site in sites if blank_columns(site) >= 5] == [SERIOUS[1], SERIOUS[2]]
    assert [site.code for site in sites if site.flaws.no_services and site.public_services] == [SERIOUS[0], SERIOUS[1]]
    assert max(blank_columns(site) for site in sites if site.code not in SERIOUS) == 4


@pytest.mark.parametrize(
    ("age", "newest"),
    [(Age(days=14), dt.date(2026, 8, 17)), (Age(months=6), dt.date(2026, 2, 28)), (Age(12, 1), dt.date(2025, 8, 30))],
)
def test_ages_count_calendar_months_before_days(age: Age, newest: dt.date) -> None:
    assert age.before(CHECKPOINT) == newest


def test_a_flaw_moves_to_another_site() -> None:
    city = City(CHECKPOINT)
    moved = city.change(SERIOUS[2], Flaws()).change("6199000015", Flaws(blank_columns=6, newest_news=Age(days=14)))
    sites = {site.code: site for site in moved.sites(8000)}
    assert blank_columns(sites[SERIOUS[2]]) == 0
    assert blank_columns(sites["6199000015"]) == 6
    dates = [article.date for column in sites["6199000015"].columns for article in column.articles]
    assert max(dates) == dt.date(2026, 8, 17)


def test_nothing_is_dated_after_the_checkpoint() -> None:
    for site in City(CHECKPOINT).sites(8000):
        assert all(article.date < CHECKPOINT for column in site.columns for article in column.articles)
        assert all((letter.answered or letter.asked) < CHECKPOINT for letter in site.letters)


def test_every_look_charset_and_entrance_is_used() -> None:
    traits = [site.traits for site in City(CHECKPOINT).sites(8000)]
    assert {made.look for made in traits} == set(Look)
    assert {made.charset for made in traits} == set(Charset)
    assert {made.entrance for made in traits} == set(Entrance)
    assert {trap for made in traits for trap in made.traps} == set(Trap)


def test_a_site_without_services_shows_no_trace_of_them(server: CityServer) -> None:
    without, with_services = server.city.sites(server.port)[0], server.city.sites(server.port)[3]
    assert "办事" not in text_of(without, without.url)
    assert "办事" in text_of(with_services, with_services.url)


def test_the_pages_change_while_the_server_runs(server: CityServer) -> None:
    site = server.city.sites(server.port)[2]
    column = [column for column in site.columns if column.shape is Shape.LIST][-1]
    address = urljoin(site.url, f"{column.group}/{column.key}/")
    address = address if ask(address)[0] == 200 else urljoin(site.url, f"col/col{column.number}/index.html")
    address = address if ask(address)[0] == 200 else urljoin(site.url, f"list.jsp?id={column.number}")
    assert "共0条" in text_of(site, address)
    server.city = server.city.change(site.code, Flaws())
    assert "共0条" not in text_of(site, address)


@pytest.mark.parametrize(("trap", "status"), [(Trap.CHALLENGE_521, 521), (Trap.CHALLENGE_412, 412)])
def test_a_challenge_gives_way_to_its_cookie(server: CityServer, trap: Trap, status: int) -> None:
    site = with_trap(server, trap)
    assert ask(site.url)[0] == status
    assert ask(site.url, clearance(site))[0] == 200


def test_a_missing_page_is_an_error_except_where_it_is_a_trap(server: CityServer) -> None:
    plain, soft = server.city.sites(server.port)[4], with_trap(server, Trap.SOFT404)
    assert ask(plain.url + "no/such/page.html")[0] == 404
    assert ask(soft.url + "no/such/page.html")[0] == 200


def test_too_many_requests_is_said_once(server: CityServer) -> None:
    site = with_trap(server, Trap.TOO_MANY)
    assert [ask(site.url)[0] for _ in range(8)].count(429) == 1


def test_no_link_leaves_loopback_and_only_the_planted_ones_are_dead(server: CityServer) -> None:
    assert NETWORK == "127.77.0.0/16"
    for site in server.city.sites(server.port)[:12]:
        home = text_of(site, site.url)
        addresses = {urljoin(site.url, found) for found in re.findall(r'(?i)(?:href|src|value)="([^"#]+)"', home)}
        assert all(address.startswith("http://127.77.0.") for address in addresses)
        dead = [address for address in addresses if ask(address, clearance(site))[0] in (404, 500, 503)]
        assert all("/old" in address for address in dead)
        assert len(addresses) > 30
