"""Pages for tests: one frame of a department's site, and the many ways in which templates draw the same list."""

import datetime as dt
from collections.abc import Callable, Sequence

Row = tuple[str, str, dt.date]  # title, link, day

TITLES = (
    "关于开展2021年度城乡居民医疗保险参保登记工作的通告",
    "我县召开秋季安全生产工作会议",
    "县水务局组织志愿者开展河道清理活动",
    "关于公布2020年12月31日前失效文件目录的通知",
    "青山镇：产业路修到家门口",
    "县教育局关于2021-2022学年寒假放假时间的通知",
    "《青河县燃气管理办法》2021年9月1日起施行",
    "第3期政务公开培训班开班",
)


def rows(count: int, *, last: dt.date = dt.date(2021, 8, 18), dated_links: bool = False) -> list[Row]:
    """``count`` entries, newest first, a few days apart."""
    found = []
    for number in range(count):
        day = last - dt.timedelta(days=9 * number)
        title = TITLES[number % len(TITLES)] + (f"（{number}）" if number >= len(TITLES) else "")
        link = f"./{day:%Y%m}/t{day:%Y%m%d}_{70000 + number}.html" if dated_links else f"./a{70000 + number}.html"
        found.append((title, link, day))
    return found


def _each(line: Callable[[Row], str], around: str = "{}") -> Callable[[Sequence[Row]], str]:
    return lambda entries: around.format("\n".join(line(row) for row in entries))


def _grouped(entries: Sequence[Row]) -> str:
    lines = [f'<li><a href="{link}">{title}</a><span>{day}</span></li>' for title, link, day in entries]
    return "".join(f"<ul>{''.join(lines[at : at + 5])}</ul><div class='rule'></div>" for at in range(0, len(lines), 5))


def _islands(entries: Sequence[Row]) -> str:
    records = "".join(
        f'<record><![CDATA[<li><a href="{link}" title="{title}">{title[:9]}...</a><b>{day}</b></li>]]></record>'
        for title, link, day in entries
    )
    return (
        '<div id="2231"><script type="text/xml"><datastore><nextgroup></nextgroup><recordset>'
        f"{records}</recordset></datastore></script></div><script src='/script/page.js'></script>"
    )


STYLES: dict[str, Callable[[Sequence[Row]], str]] = {
    "span behind": _each(lambda r: f'<li><a href="{r[1]}">{r[0]}</a><span>{r[2]}</span></li>', "<ul>{}</ul>"),
    "span before": _each(lambda r: f'<li><span>[{r[2]}]</span><a href="{r[1]}">{r[0]}</a></li>', "<ul>{}</ul>"),
    "slashes": _each(lambda r: f'<li>· <a href="{r[1]}">{r[0]}</a> <i>{r[2]:%Y/%m/%d} 10:08</i></li>', "<ul>{}</ul>"),
    "dots": _each(lambda r: f'<div class="it"><a href="{r[1]}">{r[0]}</a><em>{r[2]:%Y.%m.%d}</em></div>'),
    "chinese": _each(lambda r: f'<li><a href="{r[1]}">{r[0]}</a><span>{r[2].year}年{r[2].month}月{r[2].day}日</span></li>', "<ul>{}</ul>"),
    "full width": _each(
        lambda r: f'<li><a href="{r[1]}">{r[0]}</a><span>{str(r[2]).translate({48 + n: 0xFF10 + n for n in range(10)})}</span></li>',
        "<ul>{}</ul>",
    ),
    "inside link": _each(lambda r: f'<li><a href="{r[1]}"><span>{r[0]}</span><span>{r[2]}</span></a></li>', "<ul>{}</ul>"),
    "glued": _each(lambda r: f'<li><a href="{r[1]}">{r[0]}({r[2]})</a></li>', "<ul>{}</ul>"),
    "block in link": _each(lambda r: f'<a class="box" href="{r[1]}"><h3>{r[0]}</h3><p>摘要：自2019年3月1日起，全县开展专项整治，成效明显。</p><p>日期：{r[2]}</p></a>'),
    "cut title": _each(lambda r: f'<li><a href="{r[1]}" title="{r[0]}">{r[0][:8]}...</a><span>{r[2]}</span></li>', "<ul>{}</ul>"),
    "table": _each(lambda r: f'<tr><td width="5"><img src="/i/d.gif"></td><td><a href="{r[1]}">{r[0]}</a></td><td>{r[2]}</td></tr>', "<table>{}</table>"),
    "dotted table": _each(
        lambda r: f'<tr id="line{r[1][-6]}"><td><a href="{r[1]}">{r[0]}</a></td><td>{r[2]:%Y/%m/%d}&nbsp;</td></tr><tr><td colspan="2" class="dot"></td></tr>',
        "<table>{}</table>",
    ),
    "nested tables": _each(
        lambda r: f'<table width="100%"><tr><td>·</td><td><a href="{r[1]}">{r[0]}</a></td><td>[{r[2]}]</td></tr></table>',
        "<table><tr><td>{}</td></tr></table>",
    ),
    "catalogue": lambda entries: (
        "<table><tr><th>序号</th><th>名称</th><th>文号</th><th>成文日期</th><th>发布日期</th></tr>"
        + "".join(
            f'<tr><td>{n}</td><td><a href="{link}">{title}</a></td><td>青政发〔2021〕{n}号</td>'
            f"<td>2018-0{n % 9 + 1}-11</td><td>{day}</td></tr>"
            for n, (title, link, day) in enumerate(entries, 1)
        )
        + "</table>"
    ),
    "catalogue with cards": _each(
        lambda r: f'<li><a href="{r[1]}">{r[0]}</a><b>{r[2]}</b><div class="card" style="display:none"><p>名　　称：{r[0]}</p>'
        f"<p>索 引 号：000014349/2021-00{r[2].day}</p><p>成文日期：2016年02月03日</p><p>发布日期：{r[2].year}年{r[2].month:02}月{r[2].day:02}日</p></div></li>",
        "<ul>{}</ul>",
    ),
    "definition list": _each(lambda r: f'<dt><a href="{r[1]}">{r[0]}</a></dt><dd>{r[2]}</dd>', "<dl>{}</dl>"),
    "definition lists": _each(lambda r: f'<dl><dt><a href="{r[1]}">{r[0]}</a></dt><dd>各村各单位：现将有关事项通知如下。</dd><dd>{r[2]}</dd></dl>'),
    "separate items": _each(
        lambda r: f'<ul class="one"><li><a href="{r[1]}"><b>{r[0]}</b></a></li><li>根据2012年7月10日会议精神…<a href="{r[1]}">[查看全文]</a></li><li>发布时间：{r[2]} 16:13:01</li></ul>'
    ),
    "paragraphs": _each(lambda r: f'<p><a href="{r[1]}" target="_blank">{r[0]}</a>　（{r[2]}）</p>'),
    "line breaks": _each(lambda r: f'<a href="{r[1]}">{r[0]}</a> <font color="gray">[{r[2]}]</font><br>', "<div>{}</div>"),
    "dates first, flat": _each(lambda r: f'<span>{r[2]}</span><a href="{r[1]}">{r[0]}</a><hr>', "<div>{}</div>"),
    "day and month": _each(
        lambda r: f'<li><div class="t"><b>{r[2].day:02}</b><i>{r[2]:%Y-%m}</i></div><h4><a href="{r[1]}">{r[0]}</a></h4></li>', "<ul>{}</ul>"
    ),
    "month and day": _each(
        lambda r: f'<li><div class="t"><p>{r[2]:%m-%d}</p><p>{r[2].year}</p></div><a href="{r[1]}">{r[0]}</a></li>', "<ul>{}</ul>"
    ),
    "picture and summary": _each(
        lambda r: f'<div class="n"><a href="{r[1]}"><img src="/u/{r[2]:%Y%m%d}.jpg"></a><div><h3><a href="{r[1]}">{r[0]}</a></h3>'
        f"<p>本网讯 2017年5月6日，县里召开会议，研究部署重点工作。</p><div><span>来源：县政府办</span><span>发布时间：{r[2]} 09:30</span><span>浏览：20210</span></div></div></div>"
    ),
    "search results": _each(
        lambda r: f'<div class="res"><h3><a href="{r[1]}">{r[0]}</a></h3><p>全文：截至2020年3月1日，共受理申请12件，均已答复。</p><p><span>{r[2]}</span> <span>县政府网</span></p></div>'
    ),
    "category before": _each(lambda r: f'<li><a href="../tz/">[公告]</a><a href="{r[1]}">{r[0]}</a><span>{r[2]}</span></li>', "<ul>{}</ul>"),
    "unclosed": _each(lambda r: f'<li><a href="{r[1]}">{r[0]}</a><span>{r[2]}', "<ul>{}</ul>"),
    "nested anchors": _each(lambda r: f'<li><a href="{r[1]}"><a href="{r[1]}">{r[0]}</a></a><span>{r[2]}</span></li>', "<ul>{}</ul>"),
    "no links": _each(lambda r: f'<li><span>{r[2]}</span>{r[0]}</li>', "<ul>{}</ul>"),
    "script links": _each(lambda r: f"<li><a href=\"javascript:void(0)\" onclick=\"window.open('{r[1]}')\">{r[0]}</a><span>{r[2]}</span></li>", "<ul>{}</ul>"),
    "two columns": lambda entries: "<table>"
    + "".join(
        "<tr>" + "".join(f'<td><a href="{link}">{title}</a> {day}</td>' for title, link, day in entries[at : at + 2]) + "</tr>"
        for at in range(0, len(entries), 2)
    )
    + "</table>",
    "groups of five": _grouped,
    "data island": _islands,
}  # fmt: skip

PAGERS = {
    "words": '<div class="p">首页 上一页 <a href="index_2.html">下一页</a> <a href="index_9.html">尾页</a> 第1页/共9页</div>',
    "numbers": '<div class="p"><span>1</span><a href="p2.html">2</a><a href="p3.html">3</a><a href="p2.html">下一页</a> 共<b>41</b>条</div>',
    "script": '<div class="p"><script>createPageHTML(9, 0, "index", "html");</script></div>',
    "none": "",
}

HOT = (
    '<div class="hot"><h3>热门信息</h3><ul>'
    + "".join(
        f'<li><a href="/hot/{n}.html">县领导到青山镇调研重点项目建设情况之{n}</a><span>2021-08-{20 - n}</span></li>'
        for n in range(1, 9)
    )
    + "</ul></div>"
)
HOT_UNDATED = (
    HOT.replace("<span>2021-08-", "<span hidden>").replace("</span>", "</span>").replace("热门信息", "图片新闻")
)


def page(
    main: str, *, name: str = "通知公告", side: str = "", crumb: bool = True, title: str = "", head: str = ""
) -> str:
    """A whole page of the invented county 青河 around a main part."""
    menu = "".join(
        f'<li><a href="/{n}/">{word}</a></li>'
        for n, word in enumerate(("首页", "走进青河", "政务公开", "办事服务", "互动交流", "数据开放"))
    )
    left = "".join(
        f'<li><a href="/zwgk/{n}/">{word}</a></li>'
        for n, word in enumerate(("工作动态", "通知公告", "政策文件", "人事信息", "财政预决算"))
    )
    trail = (
        f'<div class="where">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; {name}</div>'
        if crumb
        else ""
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title or name}-青河县人民政府</title>{head}</head><body>
<div class="top"><a href="javascript:void(0)">设为首页</a> | <a href="#">加入收藏</a> 今天是2021年8月20日 星期五</div>
<div class="nav"><ul>{menu}</ul></div>
<div class="wrap">{trail}<div class="l"><h2>政务公开</h2><ul>{left}</ul>{side}</div>
<div class="r"><h2>{name}</h2>{main}</div></div>
<div class="links"><h3>友情链接</h3><ul><li><a href="http://www.example.org/">青河县教育信息公共服务平台</a></li><li><a href="http://www.example.com/">青河县投资服务网上办事大厅</a></li></ul></div>
<div class="foot"><p>主办：青河县人民政府办公室 版权所有 2019-2021</p><p>网站标识码：5201230001 黔ICP备05000001号 更新日期：2021-08-19</p></div>
</body></html>"""
