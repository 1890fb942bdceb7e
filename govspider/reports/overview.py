"""Chapter one of the bulletin: how many were registered, looked at and found qualified, and what became of old problems."""

from collections.abc import Sequence

from govspider.facts import Answer, RoundResults
from govspider.reports.annexes import VETOED, Annex, mark_of, see
from govspider.reports.figures import Figures, quarter
from govspider.reports.office import Office
from govspider.reports.phrases import UNITS
from govspider.reports.problems import Part
from govspider.reports.sentences import Sentence
from govspider.reports.subjects import Subject, subjects_of, vetoes
from govspider.reports.text import long_date


def parts(results: RoundResults, office: Office, figures: Figures, appended: Sequence[Annex]) -> list[Part]:
    found: list[Part] = []
    for half, subjects in subjects_of(results).items():
        if figures.number(f"{half}.registered") or (half == "sites" and not results.accounts):
            first = [*_scope(half, subjects, results, office, figures, appended), *_coverage(half, figures)]
            found.append((UNITS[half].full, [first, _outcome(half, subjects, figures, appended)]))
    if office.error_reports:
        found.append(("“我为政府网站找错”办理情况", [_error_reports(office)]))
    if results.followups:
        found.append(("上一轮问题整改情况", [_follow_ups(results, figures, appended)]))
    if figures.number("rechecked"):
        found.append(("整改复检情况", [_rechecks(figures, appended)]))
    return found


def _scope(
    half: str,
    subjects: Sequence[Subject],
    results: RoundResults,
    office: Office,
    figures: Figures,
    appended: Sequence[Annex],
) -> list[Sentence]:
    unit = UNITS[half]
    quotes = {
        "checkpoint": long_date(results.checkpoint),
        "scope": office.scope,
        "see": see(appended, unit.excluded),
    }
    outside = "、".join(
        f"{name}{{{half}.{state}}}个"
        for name, state in zip(unit.outside, ("exceptions", "closed"), strict=True)
        if figures.number(f"{half}.{state}")
    )
    groups = dict.fromkeys(subject.group for subject in subjects if subject.checked)
    kinds = "、".join(f"{group}{{{half}.checked@{group}}}个" for group in groups)
    registered = f"{{scope}}登记的{unit.full}共{{{half}.registered}}个，" + (
        f"其中正常运行{{{half}.normal}}个，{outside}不纳入检查{{see}}。" if outside else "均为正常运行。"
    )
    checked = f"实际检查{{{half}.checked}}个" + (f"（{kinds}）" if kinds else "")
    checked += f"，占正常运行{unit.name}的{{{half}.checked/{half}.normal}}。"
    told = [
        Sentence("本次检查以{checkpoint}为监测时间点。", quotes),
        Sentence(registered, quotes),
        Sentence(checked, quotes),
    ]
    if figures.number(f"{half}.waiting"):
        told.append(Sentence(f"另有{{{half}.waiting}}个{unit.name}尚未检查，不计入本通报的各项比例。"))
    return told


def _coverage(half: str, figures: Figures) -> list[Sentence]:
    if not figures.number(f"{half}.checked"):
        return []
    if half == "accounts":
        return [
            Sentence(
                "检查依据账号公开发布的内容、后台导出数据和主办单位报送的自查材料，没有可用来源的不作为问题认定，也不作为合格依据。"
            )
        ]
    read = "检查由程序逐站读取首页、栏目、办事服务和互动交流页面，共读取页面{sites.pages}个"
    if figures.number("sites.columns"):
        read += "；识别栏目{sites.columns}个，其中读取{sites.columns_read}个，占{sites.columns_read/sites.columns}"
    told = [Sentence(f"{read}。"), Sentence("因技术原因未能读取的页面不作为问题认定，也不作为合格依据。")]
    if figures.number("sites.cut_short"):
        told.append(Sentence("有{sites.cut_short}个网站因达到页面数量或检查时间上限，未检查全部页面。"))
    return told


def _outcome(half: str, subjects: Sequence[Subject], figures: Figures, appended: Sequence[Annex]) -> list[Sentence]:
    unit = UNITS[half]
    if not figures.number(f"{half}.checked"):
        return [Sentence(f"截至成文之日，尚无完成检查的{unit.name}。")]
    keys = tuple(found.key for subject in subjects for found in vetoes(subject))
    told = [
        Sentence(
            f"检查的{{{half}.checked}}个{unit.name}中，合格{{{half}.qualified}}个，"
            f"占{{{half}.qualified/{half}.checked}}；{unit.failed}{{{half}.unqualified}}个，"
            f"占{{{half}.unqualified/{half}.checked}}{{see}}。",
            {"see": see(appended, unit.serious)},
            keys,
        )
    ]
    if figures.number(f"{half}.provisional"):
        text = "合格的网站中，有{sites.provisional}个得分尚未评定完毕，评定后低于合格线的，改判为不合格。"
        told.append(Sentence(text))
    if figures.number(f"{half}.undetermined"):
        told.append(
            Sentence(
                f"未能形成结论的{{{half}.undetermined}}个，占{{{half}.undetermined/{half}.checked}}{{see}}。",
                {"see": see(appended, unit.undetermined)},
            )
        )
        told.append(
            Sentence(f"以上比例均以实际检查的{unit.name}数为基数，未能形成结论的既不计为合格，也不计为不合格。")
        )
        if figures.number(f"{half}.concluded"):
            told.append(
                Sentence(
                    f"以已形成结论的{{{half}.concluded}}个{unit.name}为基数，合格率为"
                    f"{{{half}.qualified/{half}.concluded}}。"
                )
            )
    if table := mark_of(appended, unit.table):
        told.append(Sentence(f"{unit.table_name}见{{table}}。", {"table": table}))
    if half == "sites" and (scores := next((annex for annex in appended if annex.key == "scores"), None)):
        unscored = "存在单项否决问题的不再评分；" if any(VETOED in row for row in scores.rows) else ""
        text = f"门户网站得分见{{table}}，{unscored}列为区间的，尚有人工评分项目未评或者页面未能读取。"
        told.append(Sentence(text, {"table": scores.mark}))
    return told


def _rechecks(figures: Figures, appended: Sequence[Annex]) -> list[Sentence]:
    answers = [answer for answer in Answer if figures.number(f"answers@{answer}")]
    told = "、".join(f"{answer}{{answers@{answer}}}项" for answer in answers)
    looked = "、".join(
        f"{{{half}.rechecked}}个{unit.name}" for half, unit in UNITS.items() if figures.number(f"{half}.rechecked")
    )
    counted = f"初检后，对{looked}进行了复检"
    counted += f"，复核初检发现的问题和线索{{answers}}项，其中{told}{{see}}。" if told else "。"
    sentences = [Sentence(counted, {"see": see(appended, "rechecks")})]
    if figures.number("recovered"):
        sentences.append(Sentence("{recovered}个初检不合格的经整改后复检合格。"))
    return [*sentences, Sentence("本通报的结论以最近一次检查为准。")]


def _error_reports(office: Office) -> list[Sentence]:
    """What the platform's own statistics say, entered by the office."""
    told = "“我为政府网站找错”平台收到网民留言{entered.received}条，办结{entered.answered}条"
    told += "，办结率为{entered.answered/entered.received}" if office.error_reports["received"] else ""
    if "overdue" in office.error_reports:
        told += "，超过规定时限未答复{entered.overdue}条"
    return [Sentence(f"{told}。")]


_NOW = {
    "qualified": "本次合格{}个",
    "unqualified": "仍不合格{}个",
    "undetermined": "未能形成结论{}个",
    "waiting": "尚未检查{}个",
    "exceptions": "列为例外{}个",
    "closed": "已关停或者注销{}个",
    "gone": "不再登记{}个",
}


def _follow_ups(results: RoundResults, figures: Figures, appended: Sequence[Annex]) -> list[Sentence]:
    sentences = []
    for half, unit in UNITS.items():
        if not figures.number(f"{half}.before"):
            continue
        now = "、".join(
            said.format(f"{{{half}.before:{state}}}")
            for state, said in _NOW.items()
            if figures.number(f"{half}.before:{state}")
        )
        text = f"上一轮检查（{{round}}）不合格的{{{half}.before}}个{unit.full}中，{now}。"
        sentences.append(Sentence(text, {"round": quarter(results.earlier_round) or results.earlier_round}))
    return [*sentences, Sentence("具体情况见{table}。", {"table": mark_of(appended, "follow-ups")})]
