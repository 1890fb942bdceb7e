"""A small invented round and a review page that serves it, as the command does, with a plain HTTP client."""

import datetime as dt
import http.client
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from govspider.facts import Column, Decides, Fetch, Finding, Home, Inspection, Outcome, Site, SiteFacts, Visit
from govspider.review.board import Board
from govspider.review.server import HOST, listen, make_server
from govspider.rounds import open_store, rules_of
from govspider.rules import finding_key
from govspider.store import Store

ROUND = "2026Q2"
CHECKPOINT = dt.date(2026, 6, 30)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

STALE = Site("6199990011", "青石县人民政府", "http://www.qingshi.example/", "青石县人民政府办公室")
MARKED = Site("6199990012", "白桥镇信息网", "http://www.baiqiao.example/")
UNREAD = Site("6199990013", "南塘区教育局", "http://www.nantang.example/")
SOUND = Site("6199990014", "松岭市统计局", "http://www.songling.example/")
SITES = (SOUND, UNREAD, STALE, MARKED)

HOSTILE = "<script>alert(1)</script>\u202e\x07\"'>"


def settings(output: Path) -> dict[str, object]:
    return {"OUTPUT": str(output), "DATABASE_URL": "", "OFFICE": str(output / "office.toml")}


def violation(rule: str, site: Site, subject: str = "", **evidence: object) -> Finding:
    return Finding(rule, Outcome.VIOLATION, subject, url=subject or site.url, where=site.url, evidence=evidence)


def stale(site: Site) -> Finding:
    return violation("home-stale", site, newest="2026-05-01", days=60)


def inspection(site: Site, *found: Finding) -> Inspection:
    """The findings, and a pass of every other veto indicator."""
    said = {finding.rule for finding in found}
    passed = [
        Finding(rule.id, Outcome.PASS)
        for rule in rules_of("2019", "")
        if rule.decides is Decides.VETO and rule.id not in said
    ]
    home = Home(Visit(site.url, site.url, Fetch.OK, 200))
    columns = (Column("工作动态", f"{site.url}gzdt/", entry_count=5),)
    facts = SiteFacts(site, CHECKPOINT, home, columns, pages=3, finished_at=dt.datetime.now(dt.UTC))
    return Inspection(ROUND, facts, [*found, *passed])


def fill(store: Store) -> None:
    """One site with a veto, one with a clue, one with a veto and something unread, one without any."""
    page = f"{MARKED.url}{HOSTILE}.html"
    trace = violation("content-tampered", MARKED, page, term=HOSTILE, snippet=HOSTILE, where="hidden", family=HOSTILE)
    unread = Finding("columns-blank", Outcome.UNKNOWN, evidence={"reason": "栏目未能读取"})
    store.start_round(ROUND, CHECKPOINT, "2019", "", SITES)
    store.save(inspection(SOUND))
    store.save(inspection(MARKED, trace, violation("link-dead", MARKED, "javascript:alert(1)", text=HOSTILE)))
    store.save(inspection(UNREAD, stale(UNREAD), unread))
    store.save(inspection(STALE, stale(STALE)))


def key_of(site: Site, rule: str, subject: str = "") -> str:
    return finding_key(site.code, rule, subject)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Page:
    """The running review page."""

    store: Store
    output: Path
    port: int

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def ask(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str | None] = {}
    ) -> Answer:
        """A header that is None is left out."""
        given = {"Host": f"{HOST}:{self.port}"} | dict(headers)
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True)
            data = body.encode() if isinstance(body, str) else body
            for name, value in given.items():
                if value is not None:
                    connection.putheader(name, value)
            if data is not None:
                connection.putheader("Content-Length", str(len(data)))
            connection.endheaders(data)
            got = connection.getresponse()
            return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read().decode())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def token(self) -> str:
        found = re.search(r'name="token" value="([^"]+)"', self.get("/").text)
        assert found
        return found[1]

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str | None] = {}) -> Answer:
        """As a browser posts a form of this page."""
        sent = {**FORM, "Origin": "null", "Sec-Fetch-Site": "same-origin", **headers}
        return self.ask("POST", path, urlencode(fields), sent)

    def decide(self, site: Site, key: str, decision: str, seen: int = 0, **more: str) -> Answer:
        fields = {"token": self.token(), "key": key, "decision": decision, "seen": str(seen), "reviewer": "甲"}
        return self.post(f"/site/{site.code}/decide", fields | more)

    def verdict(self, site: Site) -> str:
        """The headline of the site's page."""
        found = re.search(r"<strong>([^<]+)</strong>", self.get(f"/site/{site.code}").text)
        assert found
        return found[1]

    def listed(self, query: str = "") -> Sequence[str]:
        """The codes in the list of sites, in order."""
        return re.findall(r'href="/site/(\d+)[^"]*"', self.get(f"/{query}").text)


@contextmanager
def serving(store: Store, output: Path) -> Iterator[Page]:
    with listen(0) as opened:
        port = opened.getsockname()[1]
        server = make_server(Board(store, ROUND, settings(output)), port)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
        thread.start()
        try:
            yield Page(store, output, port)
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def served(output: Path) -> Iterator[Page]:
    with open_store(settings(output)) as store:
        fill(store)
        with serving(store, output) as page:
            yield page
