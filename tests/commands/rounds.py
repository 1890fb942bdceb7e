"""A round of one small invented site, inspected from a dictionary, recorded and stored as a crawl would do it."""

import asyncio
import datetime as dt
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from govspider.facts import Fetch, Fetched, How, Inspection, Site
from govspider.fetching.archive import Recorder, archive_path
from govspider.inspecting.walk import inspect_site
from govspider.rounds import open_store, plan_of, rules_of
from govspider.store import findings_of

ROOT = Path(__file__).parents[2]
CHECKPOINT = dt.date(2026, 6, 30)
HOME = "http://www.liushui.example/"
SITE = Site("6199990002", "流水县水务局", HOME, public_services=True)
COLUMNS = {"工作动态": "gzdt", "通知公告": "tzgg", "政策文件": "zcwj", "办事指南": "bszn"}


def page(body: str) -> str:
    menu = "".join(f'<li><a href="/{folder}/">{name}</a></li>' for name, folder in COLUMNS.items())
    return (
        f'<html><head><meta charset="utf-8"><title>流水县水务局</title></head><body><ul class="nav">{menu}</ul>'
        f'<div class="main">{body}</div><p class="foot">网站标识码：{SITE.code}</p></body></html>'
    )


def column(name: str, folder: str, month: int = 6) -> str:
    lines = "".join(
        f'<li><a href="/{folder}/{day}.html">流水县水务局{name}第{day}期工作情况</a><span>2026-{month:02}-{day}</span></li>'
        for day in range(10, 20)
    )
    return page(f'<div class="pos">首页 &gt; {name}</div><ul class="list">{lines}</ul>')


PAGES = {HOME: page("<p>欢迎</p>")} | {f"{HOME}{folder}/": column(name, folder) for name, folder in COLUMNS.items()}


@dataclass(frozen=True)
class Web:
    pages: dict[str, str]

    async def __call__(self, url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        if url not in self.pages:
            return Fetched(url, url, Fetch.HTTP_ERROR, 404)
        kind = (("content-type", "text/html; charset=utf-8"),)
        return Fetched(url, url, Fetch.OK, 200, kind, self.pages[url].encode(), rendered=how is How.BROWSER)


def settings(output: Path) -> dict[str, object]:
    return {
        "OUTPUT": str(output),
        "DATABASE_URL": "",
        "OFFICE": str(output / "office.toml"),
        "SITE_PAGE_BUDGET": 400,
        "SITE_TIME_BUDGET": 1200,
        "SURVEY_PAGES": 300,
        "BROWSER": "auto",
    }


def inspect(output: Path, pages: dict[str, str], *, round_id: str = "2026Q2") -> Inspection:
    """One inspection with its archive, stored."""
    given = settings(output)
    rules = rules_of("2019", "")
    started = dt.datetime.now(dt.UTC)
    with open_store(given) as store:
        past = store.past(SITE.code, round_id)
        plan = plan_of(given, CHECKPOINT)
        plan = replace(plan, round=round_id, earlier=store.earlier_columns(SITE.code), past=past)
    with Recorder(Web(pages), archive_path(output, round_id, SITE.code, started), plan.limits) as fetch:
        facts = asyncio.run(inspect_site(SITE, fetch, plan))
    facts = replace(facts, started_at=started, finished_at=dt.datetime.now(dt.UTC))
    item = Inspection(round_id, facts, findings_of(rules, facts))
    with open_store(given) as store:
        store.start_round(round_id, CHECKPOINT, "2019", "", (SITE,))
        store.save(item)
    return item


def scrapy(output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *arguments, "-s", f"OUTPUT={output}"]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
