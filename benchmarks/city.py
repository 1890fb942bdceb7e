"""Local government sites to measure with: news-like, 40 KB a page with some 60 links, the same bytes at every run.

A site has a home page, 136 columns in two levels (each a list with a pager), articles, service guides and boards of
answered letters. Every fifth site is in gb2312. Articles and guides share a few bodies: only their addresses differ.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

CHECKPOINT = dt.date(2021, 9, 30)
PORT = 8188
PAGE_BYTES = 40_000
BODIES = 4  # different articles and guides of a site

WORDS = [
    "全市",
    "工作",
    "会议",
    "召开",
    "推进",
    "服务",
    "群众",
    "企业",
    "项目",
    "建设",
    "安全",
    "生产",
    "检查",
    "农业",
    "农村",
    "发展",
    "教育",
    "医疗",
    "卫生",
    "健康",
    "环境",
    "保护",
    "治理",
    "改革",
    "创新",
    "科技",
    "人才",
    "交通",
    "运输",
    "水利",
    "防汛",
    "应急",
    "管理",
    "社区",
    "街道",
    "居民",
    "养老",
    "就业",
    "培训",
    "社会",
    "保障",
    "财政",
    "预算",
    "审计",
    "监督",
    "执法",
    "规范",
    "制度",
    "落实",
    "责任",
    "调研",
    "指导",
    "座谈",
    "交流",
    "学习",
    "宣传",
    "活动",
    "志愿",
    "文化",
    "旅游",
    "体育",
    "招商",
    "引资",
    "营商",
    "办理",
    "审批",
    "材料",
    "流程",
    "时限",
    "窗口",
    "线上",
    "平台",
    "数据",
    "统计",
    "公开",
    "政策",
    "解读",
    "文件",
    "通知",
    "公告",
    "意见",
    "方案",
    "措施",
    "重点",
    "任务",
    "目标",
    "完成",
    "提升",
    "质量",
    "效率",
    "水平",
]
COLUMNS = {
    "yw": ("要闻动态", {"zwyw": "政务要闻", "bmdt": "部门动态", "zjdt": "镇街动态"}),
    "tz": ("通知公告", {"tzgg": "通知公告", "gsgg": "公示公告", "rsxx": "人事信息"}),
    "zc": ("政策文件", {"zfwj": "政府文件", "bmwj": "部门文件", "gfxwj": "规范性文件"}),
    "jd": ("政策解读", {"wzjd": "文字解读", "tbjd": "图表解读", "spjd": "视频解读"}),
    "gk": ("信息公开", {"ghjh": "规划计划", "czxx": "财政信息", "zdly": "重点领域"}),
    "jg": ("机构概况", {"jgzn": "机构职能", "ldxx": "领导信息", "nsjg": "内设机构"}),
    "sj": ("数据发布", {"tjgb": "统计公报", "tjsj": "统计数据", "sjjd": "数据解读"}),
    "zt": ("专题专栏", {"zxxd": "专项行动", "wmcj": "文明创建", "xczx": "乡村振兴"}),
    "bs": ("办事服务", {"bszn": "办事指南", "xzzx": "表格下载", "cjwt": "常见问题"}),
    "hd": ("互动交流", {"zxzx": "在线咨询", "dczj": "调查征集", "zxft": "在线访谈"}),
}
# Special fields, each with a column below most of the others, which only the side bars show.
TOPICS = ["农业", "教育", "卫生", "交通", "水利", "环保", "民政", "住建", "就业", "养老", "商务", "应急"]
TOPICAL = {
    "yw": "动态",
    "tz": "通知",
    "zc": "文件",
    "jd": "解读",
    "gk": "信息",
    "sj": "数据",
    "zt": "专题",
    "bs": "办事指南",
}
GUIDE = {
    "事项名称": "{name}",
    "事项类型": "行政许可",
    "设定依据": "《示例管理条例》第十二条",
    "申请条件": "在本市依法登记，材料真实、完整、有效。",
    "办理材料": "申请表一份；身份证明复印件一份；场所证明一份。",
    "办理地点": "示例市政务服务中心二楼 5 号窗口",
    "办理时间": "工作日上午 8:30 至 12:00，下午 14:30 至 17:30",
    "办理流程": "申请、受理、审查、决定、送达",
    "办理时限": "法定 20 个工作日，承诺 5 个工作日",
    "收费标准": "不收费",
    "联系电话": "0123-4567890",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the sites are. ``entries`` a list page, ``pages`` a list, ``page_bytes`` about a page."""

    entries: int = 12
    pages: int = 2
    page_bytes: int = PAGE_BYTES
    subcolumns: int = 3
    topics: int = len(TOPICS)

    def below(self, top: str) -> dict[str, str]:
        """Folder and name of the columns below ``top``: those in the menu, then those of the special fields."""
        menu = dict(list(COLUMNS[top][1].items())[: self.subcolumns])
        fields = enumerate(TOPICS[: self.topics if top in TOPICAL else 0])
        return menu | {f"{top}{number}": f"{name}{TOPICAL[top]}" for number, name in fields}


SMALL = Shape(entries=5, pages=1, page_bytes=8_000, subcolumns=1, topics=0)


@dataclass(frozen=True, slots=True)
class BenchSite:
    """Site number ``index``: its own loopback address, so that limits per host are real."""

    index: int

    @property
    def host(self) -> str:
        return f"127.0.{1 + self.index // 200}.{1 + self.index % 200}"

    @property
    def url(self) -> str:
        return f"http://{self.host}:{PORT}/"

    @property
    def code(self) -> str:
        return f"4499{self.index:06d}"

    @property
    def name(self) -> str:
        return f"示例市第{self.index}局"

    @property
    def charset(self) -> str:
        return "gb2312" if self.index % 5 == 4 else "utf-8"


def register(count: int) -> str:
    rows = (f"{s.code},{s.name},{s.url},示例市,部门,有,正常" for s in map(BenchSite, range(count)))
    return "\n".join(("网站标识码,网站名称,首页网址,主办单位,网站类型,对外服务职能,报送状态", *rows, ""))


def build(site: BenchSite, shape: Shape) -> Iterator[tuple[str, bytes]]:
    """Path and body of every page of the site."""
    maker = PageMaker(site, shape)
    yield "/", maker.encode(maker.home())
    yield "/map.html", maker.encode(maker.page(f"网站地图-{site.name}", f"<ul>{maker.map()}</ul><!--prose-->"))
    articles = [maker.encode(maker.article()) for _ in range(BODIES)]
    guides = [maker.encode(maker.guide(number)) for number in range(BODIES)]
    for top, (name, _) in COLUMNS.items():
        for key, label in ((top, name), *shape.below(top).items()):
            folder = f"/{top}/" if key == top else f"/{top}/{key}/"
            for number in range(shape.pages):
                page = f"{folder}{'index' if not number else f'index_{number + 1}'}.html"
                body = maker.encode(maker.listing(top, folder, label, number))
                yield page, body
                if not number:
                    yield folder, body
            for number in range(shape.entries * shape.pages):
                yield article_path(folder, number), (guides if top == "bs" else articles)[number % BODIES]


def article_date(number: int) -> dt.date:
    return CHECKPOINT - dt.timedelta(days=1 + number)


def article_path(folder: str, number: int) -> str:
    return f"{folder}t{article_date(number):%Y%m%d}_{number:04d}.html"


class PageMaker:
    """Writes one site's pages. The random words are the same at every run."""

    def __init__(self, site: BenchSite, shape: Shape) -> None:
        self.site = site
        self.shape = shape
        self.random = random.Random(site.index)
        self.filler = self.words(60_000)

    def words(self, length: int) -> str:
        return "".join(self.random.choices(WORDS, k=length // 2))

    def encode(self, page: str) -> bytes:
        """The page filled up to its size with paragraphs of text and, for a third, with script and style."""
        missing = self.shape.page_bytes - len(page.encode(self.site.charset, "replace"))
        start = self.random.randrange(1000)
        a_char = 3 if self.site.charset == "utf-8" else 2
        text = self.filler[start : start + max(0, missing * 2 // 3 // a_char)]
        prose = "".join(f"<p>{text[at : at + 120]}。</p>\n" for at in range(0, len(text), 120))
        rules = [
            f".c{n} .item-{n} a:hover{{margin:{n}px;color:#3{n % 10}5}}\n" for n in range(max(0, missing // 3 // 45))
        ]
        page = page.replace("<!--prose-->", prose).replace("<!--style-->", "".join(rules))
        return page.encode(self.site.charset, "replace")

    def page(self, title: str, body: str, top: str = "", meta: str = "") -> str:
        columns = "".join(
            f'<li class="nav-item"><a href="/{key}/" target="_blank">{name}</a><ul class="sub">{self.links(key, menu=True)}</ul></li>\n'
            for key, (name, _) in COLUMNS.items()
        )
        side = f'<div class="side"><h3>{COLUMNS[top][0]}</h3><ul>{self.links(top)}</ul></div>' if top else ""
        return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{self.site.charset}"><title>{title}</title>
<meta name="SiteName" content="{self.site.name}"><meta name="SiteDomain" content="{self.site.host}">
<meta name="SiteIDCode" content="{self.site.code}">{meta}
<style>
<!--style--></style></head><body>
<div class="header"><h1>{self.site.name}</h1></div>
<ul class="nav"><li class="nav-item"><a href="/">首页</a></li>
{columns}</ul>
<div class="main">{side}{body}</div>
<div class="footer"><p>主办单位：{self.site.name} 网站标识码：{self.site.code}</p>
<p><a href="http://127.0.1.1:{PORT}/">粤ICP备20210001号</a> 粤公网安备 44990002000001号 联系电话：0123-4567890
<a href="/map.html">网站地图</a> <a href="/old/">回顾</a> <a href="http://bszs.conac.cn/sitename?method=show"><img src="/red.png" alt="党政机关"></a>
<a href="http://zfwzgl.www.gov.cn/exposure/jiucuo.html"><img src="/jiucuo.png" alt="我为政府网站找错"></a></p></div>
</body></html>
"""

    def links(self, top: str, *, menu: bool = False) -> str:
        """To the columns below ``top``; the menu knows only the first of them."""
        below = list(self.shape.below(top).items())
        return "".join(f'<li><a href="/{top}/{key}/">{name}</a></li>' for key, name in below[: 3 if menu else None])

    def map(self) -> str:
        return "".join(self.links(top) for top in COLUMNS)

    def entries(self, folder: str, first: int, count: int) -> str:
        return "".join(
            f'<li><a href="{article_path(folder, n)}" title="{self.title(folder, n)}">{self.title(folder, n)}</a>'
            f"<span>{article_date(n)}</span></li>\n"
            for n in range(first, first + count)
        )

    def title(self, folder: str, number: int) -> str:
        start = (hash_of(folder) + number * 14) % 1000
        if folder.startswith("/bs/"):
            return f"{self.filler[start : start + 6]}许可"
        if folder.startswith("/hd/zxzx"):
            return f"关于{self.filler[start : start + 10]}的咨询"
        return f"{self.filler[start : start + 18]}"

    def home(self) -> str:
        blocks = "".join(
            f'<div class="block"><h2><a href="/{key}/">{name}</a></h2><ul>{self.entries(f"/{key}/", 0, 3)}</ul></div>\n'
            for key, (name, _) in list(COLUMNS.items())[:5]
        )
        return self.page(self.site.name, f"{blocks}<!--prose-->")

    def listing(self, top: str, folder: str, label: str, number: int) -> str:
        first = number * self.shape.entries
        if top == "hd" and folder != "/hd/":
            body = self.board(folder, first)
        else:
            body = f'<ul class="list">\n{self.entries(folder, first, self.shape.entries)}</ul>'
        pager = "".join(
            f'<a href="{folder}index{f"_{n + 1}" if n else ""}.html">{n + 1}</a> ' for n in range(self.shape.pages)
        )
        names = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
        meta = "".join(f'<meta name="{name}" content="{label}">' for name in names)
        crumbs = f'<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="{folder}">{label}</a></div>'
        body = (
            f'{crumbs}{body}<div class="pager">{pager}共{self.shape.pages}页</div><div class="note"><!--prose--></div>'
        )
        return self.page(f"{label}-{self.site.name}", body, top, meta)

    def board(self, folder: str, first: int) -> str:
        rows = "".join(
            f'<tr><td><a href="{article_path(folder, n)}">{self.title(folder, n)}</a></td>'
            f"<td>{article_date(n) - dt.timedelta(days=3)}</td><td>{article_date(n)}</td><td>已回复</td></tr>\n"
            for n in range(first, first + self.shape.entries)
        )
        return f"<table><tr><th>标题</th><th>来信时间</th><th>回复时间</th><th>状态</th></tr>\n{rows}</table>"

    def tags(self, title: str, day: str) -> str:
        tags = {"ArticleTitle": title, "PubDate": f"{day} 10:00", "ContentSource": self.site.name}
        return "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())

    def article(self) -> str:
        title = self.words(20)
        meta = self.tags(title, "2021-09-20")
        head = f"<h2>{title}</h2><p>发布时间：2021-09-20 10:00 来源：{self.site.name}</p>"
        return self.page(f"{title}-{self.site.name}", f'{head}<div class="text"><!--prose--></div>', "yw", meta)

    def guide(self, number: int) -> str:
        name = f"{self.words(6)}许可"
        rows = "".join(f"<tr><th>{key}</th><td>{text.format(name=name)}</td></tr>" for key, text in GUIDE.items())
        meta = self.tags(name, str(article_date(number)))
        return self.page(f"{name}-{self.site.name}", f"<h2>{name}</h2><table>{rows}</table><!--prose-->", "bs", meta)


def hash_of(text: str) -> int:
    """Not ``hash``, which differs between runs."""
    return sum(map(ord, text)) * 37
