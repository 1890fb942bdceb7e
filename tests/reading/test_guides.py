import time

import pytest

from govspider.facts import GuideElements
from govspider.reading import dom
from govspider.reading.guide_labels import ELEMENTS
from govspider.reading.guides import read_guide

URL = "http://www.example.gov.cn/bszn/1.html"
NAME = "食品经营许可证核发"
VALUES = {
    "事项名称": NAME,
    "设定依据": "《中华人民共和国食品安全法》第三十五条",
    "申请条件": "具有与经营的食品相适应的场所和设备",
    "办理材料": "申请书一份、身份证复印件一份",
    "办理地点": "解放路1号政务服务中心二楼3号窗口",
    "办理机构": "某某市市场监督管理局",
    "收费标准": "不收费",
    "办理时间": "周一至周五上午8:30-12:00",
    "联系电话": "0371-12345678",
    "办理流程": "申请—受理—审查—决定—发证",
}
SYNONYMS = [
    dict(zip(ELEMENTS, names.split(), strict=True))
    for names in (
        "事项名称 设定依据 申请条件 办理材料 办理地点 办理机构 收费标准 办理时间 联系电话 办理流程",
        "服务事项 法律依据 受理条件 所需材料 办事窗口 受理机构 是否收费 工作时间 咨询电话 办事流程",
        "项目名称 办理依据 办理条件 申请材料 办理地址 实施机构 收费依据及标准 办公时间 咨询方式 办理程序",
        "事项 政策依据 申报条件 申报材料 受理地点 承办单位 收费情况 受理时间 服务电话 工作流程",
        "许可事项 审批依据 审批条件 材料清单 办公地址 办理部门 费用 对外办公时间 监督电话 审批流程图",
        "服务名称 法规依据 准予批准的条件 提交材料 服务地点 责任部门 收费项目 服务时间 电话 申请流程",
    )
]  # fmt: skip
HEAD = f'<div><a href="/">首页</a> | <a href="/zcfg/">政策法规</a> | <a href="/bszn/">办事指南</a></div><p>当前位置:<a href="/">首页</a> &gt; <a href="/bszn/">办事指南</a> &gt; {NAME}</p><h1>{NAME}</h1><p>发布时间:2021-03-01 来源:本站 字体:大 中 小</p>'
FOOT = "<p>上一篇:没有了</p><p>版权所有 某某市某某局 联系电话:0371-99999999 地址:某某路9号</p>"


def table(pairs: list[tuple[str, str]]) -> str:
    return "<table>" + "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in pairs) + "</table>"


def wide_table(pairs: list[tuple[str, str]]) -> str:
    cells = [f"<th>{label}</th><td><p>{value}</p></td>" for label, value in pairs]
    return "<table>" + "".join(f"<tr>{''.join(cells[n : n + 2])}</tr>" for n in range(0, len(cells), 2)) + "</table>"


def across(pairs: list[tuple[str, str]]) -> str:
    return f"<table><tr>{''.join(f'<th>{label}</th>' for label, _ in pairs)}</tr><tr>{''.join(f'<td>{value}</td>' for _, value in pairs)}</tr></table>"


def headings(pairs: list[tuple[str, str]]) -> str:
    return "".join(
        f"<h3>{number}、{label}</h3><p>{value}</p>"
        for number, (label, value) in zip("一二三四五六七八九十", pairs, strict=False)
    )


def lines(pairs: list[tuple[str, str]]) -> str:
    return "".join(f"<p>{label}:{value}</p>" for label, value in pairs)


def numbered(pairs: list[tuple[str, str]]) -> str:
    return (
        "<div>" + "".join(f"{number}. {label}:{value}<br>" for number, (label, value) in enumerate(pairs, 1)) + "</div>"
    )


def bracketed(pairs: list[tuple[str, str]]) -> str:
    return "".join(f"<p><strong>【{label}】</strong>{value}</p>" for label, value in pairs)


def terms(pairs: list[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in pairs) + "</dl>"


FORMS = [table, wide_table, across, headings, lines, numbered, bracketed, terms]


def read(body: str, title: str = NAME, head: str = HEAD) -> GuideElements | None:
    page = f"<html><head><meta charset=utf-8><title>{title}-某某市某某局</title></head><body>{head}<div>{body}</div>{FOOT}</body></html>"
    return read_guide(dom.parse(page.encode(), URL))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("names", SYNONYMS, ids=lambda names: names["设定依据"])
def test_every_form_and_synonym(form, names) -> None:  # type: ignore[no-untyped-def]
    guide = read(form([(names[element], VALUES[element]) for element in ELEMENTS]))
    assert guide is not None
    assert guide.missing == ()
    assert {element: " ".join(text.split()) for element, text in guide.elements.items()} == VALUES


@pytest.mark.parametrize("form", [table, wide_table, headings, lines, bracketed, terms])
def test_labels_without_a_value_are_missing(form) -> None:  # type: ignore[no-untyped-def]
    empty = {"设定依据", "收费标准", "办理时间", "办理流程"}
    guide = read(form([(element, "" if element in empty else VALUES[element]) for element in ELEMENTS]))
    assert guide is not None
    assert set(guide.missing) == empty
    assert guide.unreadable == ()


def test_labels_that_are_absent_are_missing() -> None:
    guide = read(table([(element, VALUES[element]) for element in ELEMENTS if element not in {"设定依据", "联系电话"}]))
    assert guide is not None
    assert set(guide.missing) == {"设定依据", "联系电话"}, "the foot's telephone is not the guide's"


def test_placeholders_are_nothing_and_no_charge_is_something() -> None:
    values = {**VALUES, "设定依据": "暂无", "收费标准": "无", "办理流程": "——"}
    guide = read(table(list(values.items())))
    assert guide is not None
    assert set(guide.missing) == {"设定依据", "办理流程"}


def test_a_picture_may_hold_everything() -> None:
    guide = read('<p><img src="/upload/2021/guide-1.png"></p>')
    assert guide is not None
    assert guide.missing == ()
    assert set(guide.unreadable) == set(ELEMENTS) - {"事项名称"}


@pytest.mark.parametrize(
    "link", ['<a href="/upload/1.doc">食品经营许可证核发.doc</a>', '<a href="/u/2.pdf">办事指南下载</a>']
)
def test_a_file_may_hold_everything(link: str) -> None:
    guide = read(f"<p>{link}</p>")
    assert guide is not None
    assert guide.missing == ()


@pytest.mark.parametrize(
    "body",
    [
        "<p>本事项的办事指南详见<a href='http://zwfw.example.org/item/8'>某省政务服务网</a>。</p>",
        "<p>请登录<a href='https://www.platform.example.org/guide?id=3'>一网通办平台</a>查看办事指南。</p>",
        "<p><a href='http://www.platform.example.org/8'>查看办事指南</a></p>",
    ],
)
def test_a_platform_that_is_linked_may_state_everything(body: str) -> None:
    told = [(label, VALUES[label]) for label in ("办理机构", "联系电话", "办理时间")]
    for guide in (read(body), read(table(told) + body)):
        assert guide is not None
        assert guide.missing == ()


def test_a_platform_that_only_takes_applications_excuses_no_guide_of_many_elements() -> None:
    told = [
        (label, value)
        for label, value in VALUES.items()
        if label not in {"办理材料", "收费标准", "办理流程", "设定依据"}
    ]
    guide = read(table(told) + "<p><a href='http://zwfw.example.org/apply/8'>在线办理（政务服务网）</a></p>")
    assert guide is not None
    assert set(guide.missing) == {"办理材料", "收费标准", "办理流程", "设定依据"}


def test_a_picture_under_one_label_may_hold_that_one() -> None:
    body = lines([(e, VALUES[e]) for e in ELEMENTS if e not in {"办理流程", "设定依据"}])
    guide = read(body + '<p>办理流程:</p><p><img src="/upload/2021/liucheng.png"></p>')
    assert guide is not None
    assert guide.unreadable == ("办理流程",)
    assert guide.missing == ("设定依据",)


def test_a_form_to_fill_in_is_no_second_guide() -> None:
    body = table([(e, VALUES[e]) for e in ELEMENTS if e not in {"收费标准", "设定依据"}])
    guide = read(body + '<p><a href="/u/1.doc">食品经营许可申请表</a></p>')
    assert guide is not None
    assert set(guide.missing) == {"收费标准", "设定依据"}


def test_questions_and_answers() -> None:
    body = (
        "<p>1.哪些人可以申请?</p><p>答:年满16周岁的本市居民。</p><p>2.需要提供哪些材料?</p><p>答:身份证。</p>"
        "<p>3.到哪里办理?</p><p>答:解放路1号。</p><p>4.如何申领?</p><p>答:提交申请后审核。</p><p>5.要收费吗?</p><p>答:不收费。</p>"
    )
    guide = read(body)
    assert guide is not None
    assert set(guide.elements) == {"事项名称", "申请条件", "办理材料", "办理地点", "办理流程", "收费标准"}


def test_several_labels_on_one_line_and_joined_labels() -> None:
    guide = read(
        "<p>受理条件:年满18周岁</p><p>申请材料:身份证</p><p>办理地点和时间:二楼大厅,周一至周五</p><p>承办机构:某某局 咨询电话:0371-12345678</p>"
    )
    assert guide is not None
    assert {"办理地点", "办理时间", "办理机构", "联系电话"} <= set(guide.elements)
    assert guide.elements["办理机构"].strip() == "某某局"


def test_a_time_limit_is_no_office_time_and_no_accusation() -> None:
    body = table([*((e, VALUES[e]) for e in ELEMENTS if e != "办理时间"), ("承诺时限", "5个工作日")])
    guide = read(body)
    assert guide is not None
    assert "办理时间" not in guide.elements
    assert guide.missing == ()
    assert guide.unreadable == ("办理时间",)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("关于开展食品安全检查的通知", lines([("申请条件", "甲"), ("申报材料", "乙"), ("办理流程", "丙"), ("联系电话", "丁")])),
        ("某某市召开优化营商环境会议", "<p>" + "会议要求简化流程、压缩材料、降低收费。" * 20 + "</p>"),
        ("联系我们", lines([("办公地址", "某某路1号"), ("办公时间", "周一至周五"), ("联系电话", "0371-1"), ("主管部门", "某某局")])),
        ("行政审批科", lines([("办公地址", "某某路1号"), ("联系电话", "0371-1"), ("工作职责", "审批")])),
        ("进修人员管理制度", headings([("报名条件", "甲"), ("所需材料", "乙"), ("办理流程", "丙"), ("收费标准", "丁")])),
        ("考试院就自学考试有关问题答记者问", headings([("报名条件", "甲"), ("报名材料", "乙"), ("报名流程", "丙"), ("联系电话", "丁")])),
        ("某某市食品经营许可实施办法", headings([("申请条件", "甲"), ("申请材料", "乙"), ("审批程序", "丙")])),
    ],
)  # fmt: skip
def test_other_pages_are_no_guides(title: str, body: str) -> None:
    head = f"<div><a href='/'>首页</a> | <a href='/zcfg/'>政策法规</a></div><h1>{title}</h1>"
    assert read(body, title, head) is None


def test_the_hub_that_lists_guides_is_none() -> None:
    links = "".join(
        f'<li><a href="/bszn/{n}.html">某某事项{n}办事指南</a><span>2021-03-0{n}</span></li>' for n in range(1, 9)
    )
    assert read(f"<ul>{links}</ul>", "办事指南", "<p>当前位置:首页 &gt; 办事指南</p><h1>办事指南</h1>") is None


def test_any_bytes_are_survived() -> None:
    for body in (b"", b"\xff" * 999, b"<table>" * 900, "<p>办理地点:".encode() * 2000):
        read_guide(dom.parse(body, URL))


def test_a_clause_that_begins_with_a_joining_word_is_no_label_and_ends() -> None:
    page = dom.parse(
        "<h1>某某协会章程</h1><p>办理流程:申请—受理</p><p>与本会职能和业务相关的其他工作</p>".encode(), URL
    )
    guide = read_guide(page)
    assert guide is None or "与本会" not in "".join(guide.elements)


def tabs(pairs: list[tuple[str, str]]) -> str:
    return "<ul>" + "".join(f"<li>{label}</li>" for label, _ in pairs) + "</ul>" + "".join(
        f'<div style="display:{"none" if number else "block"}">{value}</div>' for number, (_, value) in enumerate(pairs)
    )  # fmt: skip


def wrapped_tabs(pairs: list[tuple[str, str]]) -> str:
    heads = "".join(f'<span><a href="javascript:;">{label}</a></span>' for label, _ in pairs)
    blocks = "".join(f"<div><p>{value}</p></div>" for _, value in pairs)
    return f"<div><div>{heads}</div></div><div><div>{blocks}</div></div>"


def side_tabs(pairs: list[tuple[str, str]]) -> str:
    heads = "".join(f"<tr><td>{label}</td></tr>" for label, _ in pairs)
    return f"<table><tr><td><table>{heads}</table></td><td>{''.join(f'<div>{value}</div>' for _, value in pairs)}</td></tr></table>"


def spaced_tabs(pairs: list[tuple[str, str]]) -> str:
    heads = "".join(f"<a>{label}</a>" for label in ("基本信息", *dict(pairs), "常见问题"))
    blocks = "".join(f"<div>{value}</div>" for value in ("编号一号", *dict(pairs).values(), "没有问题"))
    return f"<div>{heads}</div><div class='clear'></div><div>{blocks}</div>"


@pytest.mark.parametrize("form", [tabs, wrapped_tabs, side_tabs, spaced_tabs])
def test_heads_of_tabs_are_paired_with_the_blocks_behind_them(form) -> None:  # type: ignore[no-untyped-def]
    guide = read(form([(element, VALUES[element]) for element in ELEMENTS if element != "收费标准"]))
    assert guide is not None
    assert guide.missing == ("收费标准",), "what no head names is missing"
    assert {e: text for e, text in VALUES.items() if e != "收费标准"} == guide.elements


def test_an_empty_block_among_full_ones_lacks_its_element() -> None:
    guide = read(tabs([(element, "" if element == "收费标准" else VALUES[element]) for element in ELEMENTS]))
    assert guide is not None
    assert guide.missing == ("收费标准",)


@pytest.mark.parametrize(
    "behind",
    [
        "",
        "<div>" + "申请人到政务服务中心提交材料,窗口当场受理。" * 9 + "</div>",
        "".join(f"<div>{value}</div>" for value in list(VALUES.values())[:7]),
        "<div>请于工作日前来办理</div>" + "<div></div>" * 9,
    ],
)
def test_heads_that_cannot_be_paired_are_unreadable(behind: str) -> None:
    guide = read("<ul>" + "".join(f"<li>{element}</li>" for element in ELEMENTS) + "</ul>" + behind)
    assert guide is not None
    assert guide.missing == ()


def test_heads_that_lead_to_other_pages_are_unreadable() -> None:
    heads = "".join(f'<li><a href="/bszn/1_{n}.html">{element}</a></li>' for n, element in enumerate(ELEMENTS))
    guide = read(f"<ul>{heads}</ul><div>{VALUES['申请条件'] * 6}</div>", f"{NAME}办事指南")
    assert guide is not None
    assert guide.missing == ()


def test_headings_in_a_row_before_one_text_are_not_missing() -> None:
    rest = headings([(e, VALUES[e]) for e in ELEMENTS if e not in {"设定依据", "申请条件", "办理材料", "办理流程"}])
    body = "<h3>设定依据</h3><h3>申请条件</h3><h3>办理材料</h3><h3>办理流程</h3><p>持身份证到窗口申请。</p>"
    guide = read(body + rest)
    assert guide is not None
    assert guide.missing == ()
    assert set(guide.unreadable) == {"设定依据", "申请条件", "办理材料"}


@pytest.mark.parametrize("form", [table, headings, terms])
def test_many_labels_with_an_empty_place_each_are_missing(form) -> None:  # type: ignore[no-untyped-def]
    empty = {"设定依据", "申请条件", "办理材料", "办理地点", "办理机构"}
    guide = read(form([(element, "" if element in empty else VALUES[element]) for element in ELEMENTS]))
    assert guide is not None
    assert set(guide.missing) == empty


@pytest.mark.parametrize(
    "title",
    [
        "关于印发婚姻登记办事指南的通知",
        "关于残疾人证换发办事须知的公告",
        "我市编制发布新版办事指南",
        "关于优化公积金提取办理流程的公告",
        "市政务大厅优化办事流程让群众少跑腿",
        "便民服务中心推出周末延时服务",
    ],
)
def test_news_of_guides_are_no_guides(title: str) -> None:
    head = f"<p>当前位置:<a href='/'>首页</a> &gt; <a href='/bsfw/'>办事服务</a> &gt; 正文</p><h1>{title}</h1>"
    text = "为方便企业和群众办事,现将有关事项通知如下,请各单位认真组织实施,优化流程、压缩材料、不收取任何费用。" * 4
    assert read(f"<p>{text}</p>", title, head) is None


def test_a_notice_with_the_labels_of_a_guide_is_one() -> None:
    title = "关于公布残疾人证办理指南的通知"
    pairs = [("申请条件", "甲"), ("申请材料", "乙"), ("办理流程", "丙"), ("办理地点", "丁")]
    assert read(lines(pairs), title, f"<h1>{title}</h1>") is not None


def test_running_text_without_labels_accuses_of_nothing() -> None:
    text = "凡具有本市户籍的居民均可提出请求,应当递交书面说明两份,街道收到后七日办结并送达本人。" * 4
    guide = read(f"<p>{text}</p>", "居住证办事指南", "<h1>居住证办事指南</h1>")
    assert guide is not None
    assert guide.missing == ()


def test_the_sites_name_is_not_the_title_of_a_guide() -> None:
    page = (
        "<html><head><meta charset=utf-8><title>某某市某某局</title></head><body><div><b>取水许可审批</b></div>"
        f"<div>发布人:办公室 点击数:12</div>{table(list(VALUES.items())[1:])}</body></html>"
    )
    guide = read_guide(dom.parse(page.encode(), URL))
    assert guide is not None
    assert guide.name == "取水许可审批"


def test_strong_labels_overrule_a_title_like_that_of_a_contact_page() -> None:
    title = "医疗机构执业登记"
    assert read(table(list(VALUES.items())), title, f"<h1>{title}</h1>") is not None


@pytest.mark.parametrize(
    "title",
    [
        "关于发布2021年度协同创新专题申报指南的通知",
        "电子居住证如何申领?一文说清",
        "房屋租赁备案可以网办吗?您想了解的在这里!",
        "一图读懂高龄津贴申领",
        "大件行李寄递全攻略",
    ],
)
def test_what_explains_in_a_column_of_news_is_not_accused_of_what_it_leaves_out(title: str) -> None:
    body = "".join(
        f"<h3>{label}</h3><p>{text}</p>"
        for label, text in (
            ("申领条件", "年满16周岁的本市居民"),
            ("所需材料", "身份证原件"),
            ("办理流程", "到窗口提交,五日内审核"),
        )
    )
    news = "<p>当前位置:<a href='/'>首页</a> &gt; <a href='/zxdt/'>最新动态</a> &gt; 相关政策</p>"
    guide = read(body, title, f"{news}<h1>{title}</h1>")
    assert guide is None or guide.missing == ()


def test_a_guide_of_questions_in_a_column_of_guides_lacks_what_it_leaves_out() -> None:
    title = "如何申领居住证?"
    body = "<p>1.哪些人可以申请?</p><p>年满16周岁的居民。</p><p>2.需要提供哪些材料?</p><p>身份证。</p><p>3.如何申领?</p><p>到窗口提交。</p>"
    column = "<p>当前位置:<a href='/'>首页</a> &gt; <a href='/bszn/'>办事指南</a></p>"
    guide = read(body, title, f"{column}<h1>{title}</h1>")
    assert guide is not None
    assert {"收费标准", "设定依据"} <= set(guide.missing)


def test_many_tables_of_labels_cost_in_proportion() -> None:
    row = "<tr><th>申请条件</th><th>办理材料</th><th>办理流程</th></tr><tr><td>甲</td><td>乙</td><td>丙</td></tr>"

    def cost(number: int) -> float:
        doc = dom.parse((HEAD + f"<table>{row}</table>" * number).encode(), URL)
        spent = []
        for _ in range(3):
            start = time.process_time()
            read_guide(doc)
            spent.append(time.process_time() - start)
        return min(spent)

    assert cost(2400) < 20 * cost(240)


def test_parts_that_come_with_a_click_are_unread_unless_the_page_holds_some() -> None:
    heads = list(VALUES)[1:]
    assert len(heads) >= 6
    head = "<h1>取水许可审批办事指南</h1>"

    def guide(filled: int) -> GuideElements:
        parts = "".join(
            f"<div onclick='part({n})'>{label}</div><div>{VALUES[label] if n < filled else ''}</div>"
            for n, label in enumerate(heads)
        )
        found = read(parts, "取水许可审批办事指南", head)
        assert found is not None
        return found

    assert guide(0).missing == ()
    assert len(guide(3).missing) == len(heads) - 3
