"""Small invented sites as dictionaries, and a fetcher over them that keeps a record of what it was asked."""

import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path

from govspider.facts import Fetch, Fetched, How, Site
from govspider.inspecting.plan import Plan
from govspider.reading.categories import load_categories
from govspider.reading.terms import load_lexicon

RULES = Path(__file__).parents[2] / "rules"
BASE = "http://www.qinghe.gov.cn/"
CHECKPOINT = dt.date(2026, 6, 30)
LEXICON = load_lexicon(RULES / "lexicons")
CATEGORIES = load_categories(RULES / "categories.toml")
MENU = (
    ("首页", "/"),
    ("工作动态", "/gzdt/"),
    ("通知公告", "/tzgg/"),
    ("政策文件", "/zcwj/"),
    ("办事指南", "/bszn/"),
    ("局长信箱", "/jzxx/"),
)


def plan(**changes: object) -> Plan:
    return Plan(**{"checkpoint": CHECKPOINT, "lexicon": LEXICON, "categories": CATEGORIES, **changes})  # type: ignore[arg-type]


def site(**changes: object) -> Site:
    return Site(**{"code": "6199990001", "name": "清河县人民政府", "url": BASE, **changes})  # type: ignore[arg-type]


def page(body: str, title: str = "清河县人民政府", head: str = "", menu: tuple[tuple[str, str], ...] = MENU) -> str:
    items = "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in menu)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<div class="top"><h1>清河县人民政府</h1><ul class="menu">{items}</ul></div>'
        f'<div class="main">{body}</div>'
        "<div class='foot'><p>主办单位：清河县人民政府办公室 联系电话：0912-1234567</p>"
        "<p>网站标识码：6199990001 陕ICP备09000001号</p></div></body></html>"
    )


def article_list(name: str, folder: str, dates: list[str | None]) -> str:
    lines = "".join(
        f'<li><a href="{folder}{n}.html">清河县{name}第{n}期工作开展情况的报道材料</a>'
        + (f"<span>{day}</span>" if day else "")
        + "</li>"
        for n, day in enumerate(dates, 1)
    )
    return f'<div class="pos">当前位置：首页 &gt; {name}</div><ul class="list">{lines}</ul>'


def article(title: str, date: str | None) -> str:
    when = f"<p>发布时间：{date}　来源：县政府办</p>" if date else "<p>来源：县政府办</p>"
    text = "<p>" + "清河县召开专题会议，研究部署下一阶段重点工作，要求各有关部门认真抓好落实。" * 12 + "</p>"
    return page(f"<h2>{title}</h2>{when}<div class='text'>{text}</div>", title=title)


def measured(**changes: object) -> dict[str, object]:
    """What the browser measures of a page that shows well."""
    numbers = dict.fromkeys(("beyond", "media", "sheets_lost", "images", "images_lost", "errors", "unsure"), 0)
    page = {"browser": "Chromium 150", "viewport": 1366, "width": 1366, "text": 800, "visible": 600, "plugin": 0.0}
    return {**numbers, **page, "sheets": 2, "rules": 300, "error": "", "lines": "清河县人民政府", **changes}


@dataclass
class Web:
    """url → HTML (or a ``Fetched`` that says how the request ended). ``rendered`` holds what the browser shows,
    ``displays`` and ``firefox`` what the two measure, one look after the other; every other page shows well."""

    pages: dict[str, str | Fetched]
    rendered: dict[str, str | Fetched] = field(default_factory=dict)
    asked: list[tuple[str, How]] = field(default_factory=list)
    displays: dict[str, list[dict[str, object] | Fetched]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    firefox: dict[str, list[dict[str, object] | Fetched]] = field(default_factory=dict)
    in_firefox: list[str] = field(default_factory=list)

    async def __call__(self, url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        if how in (How.DISPLAY, How.FIREFOX):
            firefox = how is How.FIREFOX
            (self.in_firefox if firefox else self.shown).append(url)
            looks = (self.firefox if firefox else self.displays).get(url)
            told = looks.pop(0) if looks else measured(**({"browser": "Firefox 140"} if firefox else {}))
            return (
                told if isinstance(told, Fetched) else Fetched(url, url, Fetch.OK, 200, body=json.dumps(told).encode())
            )
        self.asked.append((url, how))
        answer = (self.rendered.get(url) if how is How.BROWSER else None) or self.pages.get(url)
        if isinstance(answer, Fetched):
            return answer
        if answer is None:
            return Fetched(url, url, Fetch.HTTP_ERROR, 404)
        kind = (("content-type", "text/html; charset=utf-8"),)
        return Fetched(url, url, Fetch.OK, 200, kind, answer.encode(), rendered=how is How.BROWSER)


def failed(url: str, outcome: Fetch, status: int = 0) -> Fetched:
    return Fetched(url, url, outcome, status)
