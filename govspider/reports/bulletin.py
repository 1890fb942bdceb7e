"""What the bulletin says: its sentences and tables as plain values, before anything is drawn."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from govspider.facts import RoundResults
from govspider.reports import overview
from govspider.reports.annexes import Annex, annexes, see
from govspider.reports.figures import Figures, count, period
from govspider.reports.office import Office
from govspider.reports.phrases import UNITS
from govspider.reports.problems import Part, problems
from govspider.reports.sentences import Measures, Sentence
from govspider.reports.subjects import subjects_of
from govspider.reports.text import chinese_number, local_date, long_date


class Style(StrEnum):
    FIRST = "first"  # 一、
    SECOND = "second"  # (一)
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Paragraph:
    style: Style
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """``notes`` are for whoever makes the document, and are to be deleted from it. ``measures`` and ``decimals`` are what
    its sentences are filled with."""

    notes: tuple[str, ...]
    title: tuple[str, ...]
    addressees: str
    body: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...]
    issuer: str
    date: dt.date
    seal: bool
    remark: str
    measures: Measures
    decimals: int

    def say(self, sentence: Sentence) -> str:
        return sentence.text(self.measures, self.decimals)

    @property
    def listed(self) -> tuple[str, ...]:
        """The lines of the list of annexes, without what stands in front of the first one."""
        several = len(self.annexes) > 1
        return tuple(f"{n}.{one.title}" if several else one.title for n, one in enumerate(self.annexes, 1))

    @property
    def opening(self) -> tuple[str, ...]:
        """What stands above the body, as it was given."""
        return "制作提示（核对后删除）：" + "".join(self.notes), *self.title, self.addressees + "："

    @property
    def closing(self) -> tuple[str, ...]:
        """What stands between the body and the annexes, as it was given."""
        lead = tuple(("附件：" if n == 0 else "") + line for n, line in enumerate(self.listed))
        return *lead, self.issuer, long_date(self.date), f"（{self.remark}）"


def compose(results: RoundResults, office: Office) -> Bulletin:
    figures = count(results)
    figures |= office.entered
    date = office.date or local_date(results.generated_at)
    appended = annexes(results)
    body = (
        Paragraph(Style.BODY, (_basis(results, office, figures),)),
        *_chapter(1, "总体情况", overview.parts(results, office, figures, appended)),
        *_chapter(2, "存在问题", problems(subjects_of(results), figures, appended)),
        *_chapter(3, "工作要求", _requirements(office, figures, appended)),
    )
    return Bulletin(
        notes=(*office.notes, *_doubts(results, office, figures, date)),
        title=_title(results, office, figures),
        addressees="、".join(office.addressees) or "各有关单位",
        body=body,
        annexes=appended,
        issuer=office.issuer,
        date=date,
        seal=office.seal,
        remark=office.remark,
        measures=figures,
        decimals=office.decimals,
    )


def _what(figures: Figures) -> str:
    """What the bulletin is about: one half of the round, or both."""
    halves = (("政府网站", "sites"), ("政务新媒体", "accounts"))
    return "与".join(name for name, half in halves if figures.number(f"{half}.registered")) or "政府网站"


def _title(results: RoundResults, office: Office, figures: Figures) -> tuple[str, ...]:
    """Broken into lines by sense, as a title of an official document must be."""
    first, _, second = _what(figures).partition("与")
    subject = f"关于{period(results.round, results.checkpoint)}{office.scope}{first}"
    return (*((office.issuer,) if office.issuer else ()), subject, f"{'与' if second else ''}{second}检查情况的通报")


def _basis(results: RoundResults, office: Office, figures: Figures) -> Sentence:
    text = "根据{documents}要求，{issuer}组织开展了{period}{scope}{what}检查。现将有关情况通报如下。"
    quotes = {
        "documents": "、".join(office.basis),
        "issuer": office.issuer,
        "period": period(results.round, results.checkpoint),
        "scope": office.scope,
        "what": _what(figures),
    }
    return Sentence(text, quotes)


def _chapter(number: int, title: str, parts: Sequence[Part]) -> tuple[Paragraph, ...]:
    """A heading of the first level and its parts; a part without a name has no heading of its own."""
    lines = [Paragraph(Style.FIRST, (Sentence(f"{chinese_number(number)}、{title}"),))]
    ordinal = 0
    for name, paragraphs in parts:
        if name:
            ordinal += 1
            lines.append(Paragraph(Style.SECOND, (Sentence(f"（{chinese_number(ordinal)}）{name}"),)))
        lines.extend(Paragraph(Style.BODY, tuple(sentences)) for sentences in paragraphs if sentences)
    return tuple(lines)


def _requirements(office: Office, figures: Figures, appended: Sequence[Annex]) -> list[Part]:
    parts: list[Part] = [("限期完成整改", [_deadline(office, appended)])]
    if figures.number("sites.registered"):
        daily = (
            "各网站主办单位要明确每个栏目的责任人和更新期限，定期检查首页、栏目更新、办事指南和链接可用情况。"
            "确实无力保障的栏目要按程序归并或者关闭，不得以补登旧稿、更改发布日期等方式应付更新要求。"
        )
        services = "要及时核对办事指南的各项要素，保证内容准确、可用；对网民的咨询留言要按时限答复，不得敷衍推诿。"
        parts += [("加强日常保障", [[Sentence(daily)]]), ("畅通服务和互动", [[Sentence(services)]])]
    if figures.number("accounts.registered"):
        accounts = (
            "各单位要落实账号主体责任，保持稳定更新，及时回应网民留言，严格内容审核。无力维护的账号要按程序关停或者归并，"
            "开设、变更和注销账号要及时备案，做到登记信息与实际一致。"
        )
        parts.append(("规范政务新媒体管理", [[Sentence(accounts)]]))
    if figures.number("sites.open") or figures.number("accounts.open"):
        material = "，政务新媒体还要按要求报送自查材料" if figures.number("accounts.open") else ""
        again = (
            f"未能形成结论的，主办单位要核实运行状况、访问限制和页面设置，为检查提供便利{material}；"
            "具备条件后将补充检查，并以补充检查结果作出结论。"
        )
        parts.append(("配合补充检查", [[Sentence(again)]]))
    return parts


def _deadline(office: Office, appended: Sequence[Annex]) -> list[Sentence]:
    first = "各有关单位要对照通报的问题逐项核查、逐一整改，"
    failed = [unit for unit in UNITS.values() if see(appended, unit.serious)]
    if failed:
        first = "{failed}的主办单位要立即组织整改{see}，其他单位要对照本次发现的问题开展自查，"
    until = "于{deadline}前" if office.rectify_by else "自本通报印发之日起{deadline}个工作日内"
    report = "并将整改情况书面报送{report_to}" if office.report_to else "并书面报送整改情况"
    contact = "（{contact}）" if office.contact else ""
    quotes = {
        "failed": "、".join(f"不合格的{unit.full}" for unit in failed),
        "see": "".join(see(appended, unit.serious) for unit in failed).replace("）（见", "、"),
        "deadline": long_date(office.rectify_by) if office.rectify_by else str(office.rectify_days),
        "report_to": office.report_to,
        "contact": office.contact,
    }
    text = f"{first}{until}完成整改，{report}{contact}。整改后将组织复检，逾期未改的另行通报。"
    return [Sentence(text, quotes)]


def _doubts(results: RoundResults, office: Office, figures: Figures, date: dt.date) -> list[str]:
    """Particulars that look left over from another round: said, not silently printed."""
    doubts = []
    if office.rectify_by and office.rectify_by <= date:
        doubts.append(f"整改期限（{long_date(office.rectify_by)}）不晚于成文日期（{long_date(date)}），请核对。")
    if date < results.checkpoint:
        doubts.append(f"成文日期（{long_date(date)}）早于监测时间点（{long_date(results.checkpoint)}），请核对。")
    for half, name in (("sites", "网站"), ("accounts", "政务新媒体")):
        if waiting := figures.number(f"{half}.waiting"):
            doubts.append(f"还有{waiting}个{name}没有检查，本稿数据不完整。")
    return doubts
