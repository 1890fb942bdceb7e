"""One demo site's pages: address → reply, rendered by Jinja2 templates from the site's model."""

import datetime as dt
import functools
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, FileSystemLoader

from govspider.demo.addresses import article_path, column_path, document_path, shown_date
from govspider.demo.model import Article, Carrier, Charset, Column, Entrance, Look, Shape, SiteModel, Trap
from govspider.demo.searching import FIRST_PAGE, asked_for, documents, search
from govspider.demo.server import Reply
from govspider.demo.texts import SYNONYMS

PAGE_SIZE = 10
CSS = {
    Look.BAR: {"main": "rightbox", "list": "newslist", "box": "block", "text": "article-body", "foot": "footer"},
    Look.TABLE: {"main": "zw", "list": "tb1", "box": "k", "text": "nr", "foot": "bq"},
    Look.SIDE: {"main": "panel", "list": "rows", "box": "card-box", "text": "story", "foot": "bottom"},
    Look.IMAGE: {"main": "r_con", "list": "list_a", "box": "mod", "text": "TRS", "foot": "copyright"},
    Look.MODERN: {"main": "g-main", "list": "g-list", "box": "g-box", "text": "g-rich", "foot": "g-ft"},
}
DECLARED = {Charset.UTF8: "utf-8", Charset.GBK: "gb2312", Charset.MISDECLARED: "gb2312"}
ENCODING = {Charset.MISDECLARED: "utf-8"}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@functools.cache
def environment() -> Environment:
    return Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, auto_reload=False)


class SitePages:
    """All pages of one site. ``neighbours`` are the other demo sites it links to, ``platform`` the services platform."""

    def __init__(
        self, site: SiteModel, today: dt.date, neighbours: Sequence[tuple[str, str]], platform: tuple[str, str]
    ) -> None:
        self.site = site
        self.today = today
        self.neighbours = tuple(neighbours)
        self.platform = platform
        self.session = 0
        self.groups = dict(site.groups)
        self.routes: dict[str, Callable[[], Reply]] = {}
        self._route()

    def reply(self, target: str) -> Reply:
        """The page at a path with its query; session ids are ignored, an unknown path is (or looks like) an error."""
        self.session += 1
        address = urlsplit(target)
        path = address.path.split(";")[0]
        query = "&".join(part for part in address.query.split("&") if part and not part.startswith("sid="))
        if Trap.CALENDAR in self.site.traits.traps and path == "/calendar.html":
            return self._calendar(parse_qs(query).get("month", [""])[0])
        if path == "/module/web/jpage/dataproxy.jsp":
            return self._proxy(parse_qs(query))
        if path == "/search.html":
            return self._search(asked_for(query))
        found = self.routes.get(f"{path}?{query}") or self.routes.get(path)
        return found() if found else self._asset(path) or self._missing()

    # --------------------------------------------------------------------------------------------------- addresses

    def url(self, path: str) -> str:
        if Trap.SESSION in self.site.traits.traps and not path.startswith(("/css", "/images")):
            return f"{path}{'&' if '?' in path else '?'}sid={self.session:08x}"
        return path

    def _route(self) -> None:
        site, put = self.site, self.routes.__setitem__
        home = self._entrance if site.traits.entrance is not Entrance.PLAIN else self._home
        for path in ("/", "/index.html"):
            put(path, home)
        put("/home/index.html", self._home)
        for key, name in site.groups:
            put(f"/{key}/index.html", functools.partial(self._group, key, name))
        for column in site.columns:
            for page in range(1, self._pages(column) + 1):
                put(column_path(self.site.traits.urls, column, page), functools.partial(self._column, column, page))
            put(f"/iframe/{column.number}.html", functools.partial(self._frame, column))
            put(f"/api/list?column={column.number}", functools.partial(self._json, column))
            for article in column.articles:
                put(
                    article_path(self.site.traits.urls, column, article),
                    functools.partial(self._article, column, article),
                )
        for guide in site.guides:
            labels = site.traits.guide == "headings"
            pairs = [(SYNONYMS.get(name, name) if labels else name, value) for name, value in guide.elements]
            put(f"/guide/{guide.number}.html", self._page("guide.html", guide.name, guide=guide, elements=pairs))
        for letter in site.letters:
            put(f"/letter/{letter.number}.html", self._page("letter.html", letter.title, letter=letter))
        put("/write.html", self._page("write.html", "我要写信", heading="我要写信"))
        put("/about/map.html", self._page("map.html", "网站地图"))
        for key, name in (("contact", "联系我们"), ("filing", "备案信息"), ("badge", "党政机关标识")):
            put(f"/about/{key}.html", self._page("text.html", name, heading=name, lines=[f"{site.name}{name}。"]))
        jiucuo = self._page("text.html", "我为政府网站找错", heading="我为政府网站找错", lines=["请填写您发现的问题。"])
        put("/exposure/jiucuo.html", jiucuo)
        for column, article, document in documents(site):
            place, own = document_path(article), article_path(site.traits.urls, column, article)
            put(own, functools.partial(self._article, column, article, (document.title, self.url(place))))
            put(place, functools.partial(self._article, column, document, (article.title, self.url(own))))

    # ------------------------------------------------------------------------------------------------------- pages

    def _page(self, template: str, title: str, **more: Any) -> Callable[[], Reply]:
        return functools.partial(self._render, template, title, **more)

    def _render(self, template: str, title: str, tags: Iterable[tuple[str, str]] = (), **more: Any) -> Reply:
        site = self.site
        own = (("SiteName", site.name), ("SiteDomain", site.address), ("SiteIDCode", site.code))
        context = {
            "site": site,
            "title": f"{title}_{site.name}" if title != site.name else title,
            "tags": () if site.traits.look is Look.TABLE else (*own, *tags),
            "declared": DECLARED.get(site.traits.charset, ""),
            "css": CSS[site.traits.look],
            "menu": self._menu(),
            "neighbours": self.neighbours,
            "hidden_menu": Trap.HIDDEN_MENU in site.traits.traps,
            "url": self.url,
            "letters": [self._letter(letter) for letter in site.letters],
            "guides": [{"name": guide.name, "url": self.url(f"/guide/{guide.number}.html")} for guide in site.guides],
            **more,
        }
        return self._html(environment().get_template(template).render(context))

    def _html(self, text: str, status: int = 200) -> Reply:
        charset = self.site.traits.charset
        named = charset is Charset.MISDECLARED or (charset is Charset.UTF8 and int(self.site.code[-1]) % 2)
        encoding = ENCODING.get(charset, charset.value)
        body = text.encode(encoding, "xmlcharrefreplace")
        return Reply(body, status, "text/html; charset=utf-8" if named else "text/html")

    def _menu(self) -> list[dict[str, Any]]:
        menu = []
        for key, name in self.site.groups:
            children = [self._link(column) for column in self.site.columns if column.group == key]
            if key == "bsfw" and self.site.traits.platform_only:
                children.append({"name": self.platform[0], "url": self.platform[1]})
            menu.append({"key": key, "name": name, "url": self.url(f"/{key}/index.html"), "children": children})
        return menu

    def _link(self, column: Column) -> dict[str, str]:
        return {"name": column.name, "url": self.url(column_path(self.site.traits.urls, column))}

    def _letter(self, letter: Any) -> dict[str, Any]:
        address = self.url(f"/letter/{letter.number}.html")
        return {"title": letter.title, "url": address, "asked": letter.asked, "answered": letter.answered}

    def _home(self) -> Reply:
        site = self.site
        shown = [column for column in site.columns if column.shape is Shape.LIST and column.articles]
        blocks = [self._block(column, 6) for column in shown[:7]]
        dead = []
        if int(site.code[-2:]) % 6 == 0:
            dead = [
                ("旧版专题", self.url("/old/zt2019/index.html")),
                ("原下属单位", self.neighbours[0][1] + "old.html"),
            ]
        if Trap.SOFT404 in site.traits.traps:
            dead = []
        services = [(guide.name, self.url(f"/guide/{guide.number}.html")) for guide in site.guides[:4]]
        if not site.flaws.no_services and site.code[-1] in "13579":
            services.append(self.platform)
        channels = [self._link(column) for column in site.columns if column.group == "hdjl"]
        return self._render(
            "home.html",
            site.name,
            blocks=blocks,
            dead=dead,
            services=services,
            channels=[(channel["name"], channel["url"]) for channel in channels],
            trapped=self.today.strftime("%Y-%m") if Trap.CALENDAR in site.traits.traps else "",
        )

    def _entrance(self) -> Reply:
        match self.site.traits.entrance:
            case Entrance.FRAMESET:
                inner = '<frameset rows="0,*"><frame src="/about/badge.html"><frame src="/home/index.html"></frameset>'
            case Entrance.REFRESH:
                inner = '<meta http-equiv="refresh" content="0; url=home/index.html">'
            case Entrance.SCRIPT:
                inner = '<script>var home = "/home/index.html"; window.location.href = "/home/index.html";</script>'
            case _:
                return self._render("cover.html", self.site.name)
        return self._html(f"<html><head><title>{self.site.name}</title>{inner}</head></html>")

    def _group(self, key: str, name: str) -> Reply:
        columns = [column for column in self.site.columns if column.group == key]
        blocks = [self._block(column, 5) for column in columns if column.shape is Shape.LIST]
        if key == "bsfw" and self.site.guides:
            items = [
                {"title": g.name, "url": self.url(f"/guide/{g.number}.html"), "shown": ""} for g in self.site.guides
            ]
            blocks.append({"name": "办事指南", "url": self.url(f"/{key}/bszn/"), "items": items})
            blocks[-1]["url"] = next(self._link(column)["url"] for column in columns if column.shape is Shape.HUB)
        for column in columns:
            if column.shape is Shape.BOARD:
                letters = [self._letter(letter) for letter in self.site.letters[:5]]
                items = [{**letter, "shown": letter["asked"]} for letter in letters]
                blocks.append({**self._link(column), "items": items})
            elif column.shape in (Shape.SURVEY, Shape.PETITION):
                blocks.append({**self._link(column), "items": []})
        listing = "ul" if key in ("bsfw", "hdjl") else self.site.traits.listing
        siblings = [child for item in self._menu() if item["key"] == key for child in item["children"]]
        where = [(name, self.url(f"/{key}/index.html"))]
        return self._render(
            "group.html", name, blocks=blocks, listing=listing, siblings=siblings, group_name=name, crumbs=where
        )

    def _block(self, column: Column, count: int) -> dict[str, Any]:
        return {**self._link(column), "items": [self._item(column, article) for article in column.articles[:count]]}

    def _item(self, column: Column, article: Article) -> dict[str, Any]:
        return {
            "title": article.title,
            "url": self.url(article_path(self.site.traits.urls, column, article)),
            "date": article.date,
            "shown": shown_date(self.site.traits.dates, article.date),
            "lead": article.paragraphs[0],
            "pinned": article.pinned,
        }

    def _pages(self, column: Column) -> int:
        return max(1, -(-len(column.articles) // PAGE_SIZE))

    def _around(self, column: Column) -> dict[str, Any]:
        """What every page of a column shows: its place, its siblings and its tags."""
        name = self.groups.get(column.group, "")
        crumbs = [
            (name, self.url(f"/{column.group}/index.html")),
            (column.name, self.url(column_path(self.site.traits.urls, column))),
        ]
        if self.site.traits.look is Look.SIDE:
            crumbs[0] = (name, "")
        described = (("ColumnName", column.name), ("ColumnDescription", f"{self.site.name}{column.name}"))
        return {
            "column": column,
            "siblings": [self._link(other) for other in self.site.columns if other.group == column.group],
            "group_name": name,
            "crumbs": crumbs,
            "tags": (*described, ("ColumnKeywords", column.name), ("ColumnType", name)),
        }

    def _column(self, column: Column, page: int) -> Reply:
        around = self._around(column)
        match column.shape:
            case Shape.HUB:
                return self._render("hub.html", column.name, **around)
            case Shape.BOARD:
                return self._render("board.html", column.name, **around)
            case Shape.TEXT:
                return self._render("text.html", column.name, heading=column.name, lines=column.text, **around)
            case Shape.SURVEY | Shape.PETITION:
                return self._render("write.html", column.name, heading=column.name, **around)
        last = self._pages(column)
        chosen = column.articles[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        paging: dict[str, Any] = {
            "carrier": column.carrier.value,
            "items": [self._item(column, article) for article in chosen],
            "total": len(column.articles),
            "page": page,
            "pages": last,
            "previous": self.url(column_path(self.site.traits.urls, column, page - 1)) if page > 1 else "",
            "next": self.url(column_path(self.site.traits.urls, column, page + 1)) if page < last else "",
            "json": self._rows(column) if column.carrier is Carrier.INLINE else "",
        }
        return self._render("list.html", column.name, **paging, **around)

    def _rows(self, column: Column) -> list[dict[str, str]]:
        items = [self._item(column, article) for article in column.articles]
        return [{"title": item["title"], "url": item["url"], "date": item["shown"]} for item in items]

    def _json(self, column: Column) -> Reply:
        body = json.dumps({"rows": self._rows(column)}, ensure_ascii=False).encode()
        return Reply(body, 200, "application/json; charset=utf-8")

    def _proxy(self, query: dict[str, list[str]]) -> Reply:
        """Another page of a datastore list, asked for by number."""
        page = int(query.get("page", ["1"])[0])
        number = int(query.get("columnid", ["0"])[0])
        column = next((column for column in self.site.columns if column.number == number), None)
        if column is None or column.carrier is not Carrier.DATASTORE:
            return self._missing()
        chosen = column.articles[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        context = {
            "rows": environment().get_template("list/rows.html").module,
            "column": column,
            "items": [self._item(column, article) for article in chosen],
            "total": len(column.articles),
            "pages": self._pages(column),
        }
        return self._html(environment().get_template("list/datastore.html").render(context))

    def _frame(self, column: Column) -> Reply:
        rows: Any = environment().get_template("list/rows.html").module
        items = [self._item(column, article) for article in column.articles]
        inner = rows.show(self.site.traits.listing, items, CSS[self.site.traits.look])
        declared = DECLARED.get(self.site.traits.charset, "utf-8")
        return self._html(f'<html><head><meta charset="{declared}"></head><body>{inner}</body></html>')

    def _article(self, column: Column, article: Article, related: tuple[str, str] | None = None) -> Reply:
        """``related``: title and address of the document that the article explains, or of what explains it."""
        around = self._around(column)
        clock = f"{9 + article.number % 8:02d}:{article.number * 7 % 60:02d}"
        stamp = f"{article.date.isoformat()} {clock}"
        tags = (("ArticleTitle", article.title), ("PubDate", stamp), ("ContentSource", self.site.name))
        around["tags"] = (*around["tags"], *tags)
        around["siblings"] = ()
        attached = article.number % 5 == 0
        shown: dict[str, Any] = {"article": article, "stamp": stamp, "attachment": attached, "related": related}
        return self._render("article.html", article.title, **shown, **around)

    def _search(self, words: str) -> Reply:
        found = search(self.site, words)
        items = [self._item(column, article) for column, article in found[:FIRST_PAGE]]
        return self._render("search.html", "站内搜索", words=words, total=len(found), results=items)

    def _calendar(self, month: str) -> Reply:
        try:
            first = dt.date.fromisoformat(f"{month}-01")
        except ValueError:
            return self._missing()
        before = (first - dt.timedelta(days=1)).replace(day=1)
        after = (first + dt.timedelta(days=32)).replace(day=1)
        return self._render("calendar.html", "气象日历", month=first, before=before, after=after)

    def _asset(self, path: str) -> Reply | None:
        if path.startswith("/images/"):
            return Reply(PIXEL, 200, "image/png")
        if path == "/css/site.css":
            return Reply(b"body { font: 14px sans-serif } a { color: #036 }", 200, "text/css")
        if path == "/attach/form.doc":
            return Reply(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), 200, "application/msword")
        if path == "/robots.txt" and int(self.site.code[-1]) % 3 == 0:
            return Reply(b"User-agent: *\nDisallow: /admin/\n", 200, "text/plain")
        return None

    def _missing(self) -> Reply:
        if Trap.SOFT404 in self.site.traits.traps:
            return self._render("text.html", "提示", heading="提示", lines=["您访问的页面不存在或者已经删除。"])
        return self._html("<html><head><title>404</title></head><body>404 Not Found</body></html>", 404)
