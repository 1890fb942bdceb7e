"""Run as a program: saves sites without end, for a test that kills it. Arguments: the database, the round."""

import datetime as dt
import sys

from govspider.facts import Column, Fetch, Finding, Home, Inspection, Outcome, Site, SiteFacts, Visit
from govspider.store import Store

FINDINGS = 40


def item(number: int, round_id: str) -> Inspection:
    site = Site(f"1{number:09}", f"第{number}个网站", f"https://site{number}.example/")
    home = Home(Visit(site.url, site.url, Fetch.OK, 200))
    columns = tuple(Column(f"栏目{n}", f"{site.url}{n}/") for n in range(FINDINGS))
    facts = SiteFacts(site, dt.date(2026, 6, 30), home, columns, finished_at=dt.datetime.now(dt.UTC))
    found = [Finding("column-blank", Outcome.VIOLATION, column.url) for column in columns]
    return Inspection(round_id, facts, found)


def main(url: str, round_id: str) -> None:
    with Store.open(url) as store:
        number = 0
        while True:
            number += 1
            store.save(item(number, round_id))
            print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
