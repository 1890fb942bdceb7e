"""What the bulletin says: its text and tables as plain values, before anything is drawn."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from govspider.facts import RoundResults
from govspider.reports.annexes import Annex, annexes, see
from govspider.reports.figures import Figures, count, period, rate
from govspider.reports.office import Office
from govspider.reports.problems import Part, problems
from govspider.reports.text import chinese_number, local_date, long_date


class Style(StrEnum):
    FIRST = "first"  # 一、
    SECOND = "second"  # (一)
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Paragraph:
    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """``notes`` are for whoever makes the document, and are to be deleted from it."""

    notes: tuple[str, ...]
    title: tuple[str, ...]
    addressees: str
    body: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...]
    issuer: str
    date: dt.date
    seal: bool
    remark: str


def compose(results: RoundResults, office: Office) -> Bulletin:
    figures = count(results)
    date = office.date or local_date(results.generated_at)
    appended = annexes(results)
    body = (
        Paragraph(Style.BODY, _basis(results, office)),
        *_overview(results, office, figures, appended),
        *_chapter(2, "存在问题", problems(results, figures, appended)),
        *_chapter(3, "工作要求", _requirements(results, office, figures, appended)),
    )
    return Bulletin(
        notes=(*office.notes, *_doubts(results, office, figures, date)),
        title=_title(results, office),
        addressees="、".join(office.addressees) or "各有关单位",
        body=body,
        annexes=appended,
        issuer=office.issuer,
        date=date,
        seal=office.seal,
        remark=office.remark,
    )


def _title(results: RoundResults, office: Office) -> tuple[str, ...]:
    """Broken into lines by sense, as a title of an official document must be."""
    subject = f"关于{period(results.round, results.checkpoint)}{office.scope}政府网站"
    return (*((office.issuer,) if office.issuer else ()), subject, "检查情况的通报")


def _basis(results: RoundResults, office: Office) -> str:
    documents = "、".join(office.basis)
    return (
        f"根据{documents}要求，{office.issuer}组织开展了{period(results.round, results.checkpoint)}{office.scope}政府网站检查。"
        "现将有关情况通报如下。"
    )


def _overview(
    results: RoundResults, office: Office, figures: Figures, appended: Sequence[Annex]
) -> tuple[Paragraph, ...]:
    parts: list[Part] = [("检查范围", [_scope(results, office, figures, appended), _coverage(office, figures)])]
    parts.append(("检查结果", _outcome(office, figures, appended)))
    if figures.rechecked:
        parts.append(("整改复检情况", [_rechecks(results, figures, appended)]))
    return _chapter(1, "总体情况", parts)


def _chapter(number: int, title: str, parts: Sequence[Part]) -> tuple[Paragraph, ...]:
    """A heading of the first level and its parts; a part without a name has no heading of its own."""
    lines = [Paragraph(Style.FIRST, f"{chinese_number(number)}、{title}")]
    ordinal = 0
    for name, texts in parts:
        if name:
            ordinal += 1
            lines.append(Paragraph(Style.SECOND, f"（{chinese_number(ordinal)}）{name}"))
        lines.extend(Paragraph(Style.BODY, text) for text in texts if text)
    return tuple(lines)


def _scope(results: RoundResults, office: Office, figures: Figures, appended: Sequence[Annex]) -> str:
    kinds = "、".join(
        f"{name}{number}个"
        for name, number in (
            ("门户网站", figures.portals),
            ("部门网站", figures.departments),
            ("专题网站", figures.topics),
        )
        if number
    )
    outside = "、".join(
        f"{name}{number}个" for name, number in (("例外", figures.exceptions), ("关停", figures.closed)) if number
    )
    text = (
        f"本次检查以{long_date(results.checkpoint)}为监测时间点。{office.scope}登记的政府网站共{figures.registered}个，"
    )
    text += (
        f"其中正常运行{figures.normal}个，{outside}不纳入检查{see(appended, 'excluded')}。"
        if outside
        else "均为正常运行。"
    )
    text += f"实际检查{figures.checked}个"
    text += f"（{kinds}），" if kinds else "，"
    text += f"占正常运行网站的{_of(figures.checked, figures.normal, office)}。"
    if figures.waiting:
        text += f"另有{figures.waiting}个网站尚未检查，不计入本通报的各项比例。"
    return text


def _coverage(office: Office, figures: Figures) -> str:
    if not figures.checked:
        return ""
    text = f"检查由程序逐站读取首页、栏目、办事服务和互动交流页面，共读取页面{figures.pages}个"
    if figures.columns:
        text += f"；识别栏目{figures.columns}个，其中读取{figures.columns_read}个，"
        text += f"占{_of(figures.columns_read, figures.columns, office)}"
    text += "。因技术原因未能读取的页面不作为问题认定，也不作为合格依据。"
    if figures.cut_short:
        text += f"有{figures.cut_short}个网站因达到页面数量或检查时间上限，未检查全部页面。"
    return text


def _outcome(office: Office, figures: Figures, appended: Sequence[Annex]) -> list[str]:
    if not figures.checked:
        return ["截至成文之日，尚无完成检查的网站。"]
    base = figures.checked
    text = f"检查的{base}个网站中，合格{figures.qualified}个，占{_of(figures.qualified, base, office)}；"
    text += f"存在严重问题、判定为不合格的{figures.unqualified}个，占{_of(figures.unqualified, base, office)}"
    text += see(appended, "serious")
    if not figures.undetermined:
        return [text + "。"]
    text += f"；未能形成结论的{figures.undetermined}个，占{_of(figures.undetermined, base, office)}"
    text += see(appended, "undetermined") + "。"
    honest = "以上比例均以实际检查的网站数为基数，未能形成结论的网站既不计为合格，也不计为不合格。"
    if figures.concluded:
        honest += f"以已形成结论的{figures.concluded}个网站为基数，合格率为"
        honest += f"{_of(figures.qualified, figures.concluded, office)}。"
    return [text, honest]


def _rechecks(results: RoundResults, figures: Figures, appended: Sequence[Annex]) -> str:
    answers: dict[str, int] = {}
    for site in results.sites:
        for recheck in site.rechecks:
            answers[recheck.answer.value] = answers.get(recheck.answer.value, 0) + 1
    told = "、".join(f"{name}{number}项" for name, number in answers.items())
    text = f"初检后，对{figures.rechecked}个网站进行了复检"
    text += (
        f"，复核初检发现的问题和线索{sum(answers.values())}项，其中{told}{see(appended, 'rechecks')}。"
        if told
        else "。"
    )
    if figures.recovered:
        text += f"{figures.recovered}个初检不合格的网站经整改后复检合格。"
    return text + "本通报的结论以最近一次检查为准。"


def _requirements(results: RoundResults, office: Office, figures: Figures, appended: Sequence[Annex]) -> list[Part]:
    deadline = (
        f"于{long_date(office.rectify_by)}前"
        if office.rectify_by
        else f"自本通报印发之日起{office.rectify_days}个工作日内"
    )
    report = f"并将整改情况书面报送{office.report_to}" if office.report_to else "并书面报送整改情况"
    contact = f"（{office.contact}）" if office.contact else ""
    first = "各有关单位要对照通报的问题逐项核查、逐一整改，"
    if figures.unqualified:
        first = f"存在严重问题的网站主办单位要立即组织整改{see(appended, 'serious')}，其他单位要对照本次发现的问题开展自查，"
    daily = (
        "各网站主办单位要明确每个栏目的责任人和更新期限，定期检查首页、栏目更新、办事指南和链接可用情况。"
        "确实无力保障的栏目要按程序归并或者关闭，不得以补登旧稿、更改发布日期等方式应付更新要求。"
    )
    services = "要及时核对办事指南的各项要素，保证内容准确、可用；对网民的咨询留言要按时限答复，不得敷衍推诿。"
    parts: list[Part] = [
        ("限期完成整改", [f"{first}{deadline}完成整改，{report}{contact}。整改后将组织复检，逾期未改的另行通报。"]),
        ("加强日常保障", [daily]),
        ("畅通服务和互动", [services]),
    ]
    if figures.undetermined or figures.waiting:
        again = (
            "未能形成结论的网站，主办单位要核实网站运行、访问限制和页面设置情况，为检查提供便利；"
            "具备条件后将补充检查，并以补充检查结果作出结论。"
        )
        parts.append(("配合补充检查", [again]))
    return parts


def _doubts(results: RoundResults, office: Office, figures: Figures, date: dt.date) -> list[str]:
    """Particulars that look left over from another round: said, not silently printed."""
    doubts = []
    if office.rectify_by and office.rectify_by <= date:
        doubts.append(f"整改期限（{long_date(office.rectify_by)}）不晚于成文日期（{long_date(date)}），请核对。")
    if date < results.checkpoint:
        doubts.append(f"成文日期（{long_date(date)}）早于监测时间点（{long_date(results.checkpoint)}），请核对。")
    if figures.waiting:
        doubts.append(f"还有{figures.waiting}个网站没有检查，本稿数据不完整。")
    return doubts


def _of(part: int, base: int, office: Office) -> str:
    return f"{rate(part, base, office.decimals)}（{part}/{base}）"
