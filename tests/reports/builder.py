"""Small rounds made by hand: only what a test says differs from a plain site that was inspected and is qualified."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from govspider.facts import (
    Account,
    AccountFacts,
    AccountKind,
    AccountResult,
    AccountStatus,
    Answer,
    Category,
    Column,
    ColumnState,
    Coverage,
    Decides,
    Fetch,
    Home,
    LinkCheck,
    Recheck,
    ReportedFinding,
    Review,
    RoundResults,
    Site,
    SiteFacts,
    SiteKind,
    SiteResult,
    SiteStatus,
    UnknownRule,
    Verdict,
    VerdictKind,
    Visit,
)
from govspider.reports.writers import Writer, finish

CHECKPOINT = dt.date(2021, 8, 10)
MOMENT = dt.datetime(2021, 8, 17, 16, 30, tzinfo=dt.UTC)  # already the 18th in Beijing


def code(number: int) -> str:
    return f"610800{number:04d}"


def finding(number: int, rule: str, message: str, **changes: Any) -> ReportedFinding:
    values: dict[str, Any] = {
        "key": f"{number}-{rule}",
        "code": code(number),
        "rule": rule,
        "title": "栏目空白",
        "outcome": "violation",
        "decides": Decides.VETO,
        "url": f"http://s{number}.example.gov.cn/",
        "where": f"http://s{number}.example.gov.cn/index.html",
        "evidence": {},
        "message": message,
        "threshold": "空白栏目达到 5 个",
        "source": "国办秘函〔2019〕19号",
        "review": Review.PENDING,
        "first_seen": MOMENT,
        "last_seen": MOMENT,
    }
    return ReportedFinding(**values | changes)


def column(name: str, **changes: Any) -> Column:
    values: dict[str, Any] = {
        "url": f"http://s1.example.gov.cn/{name}/",
        "category": Category.NEWS,
        "visit": Visit("http://s1.example.gov.cn/", "http://s1.example.gov.cn/", Fetch.OK, 200),
        "entry_count": 20,
        "newest": dt.date(2021, 8, 9),
    }
    return Column(name, **values | changes)


def site(
    number: int,
    name: str = "",
    *,
    verdict: VerdictKind = VerdictKind.QUALIFIED,
    kind: SiteKind = SiteKind.DEPARTMENT,
    status: SiteStatus = SiteStatus.NORMAL,
    problems: Sequence[str] = (),
    vetoes: Sequence[str] = (),
    unknown: Sequence[tuple[str, str]] = (),
    findings: Sequence[ReportedFinding] = (),
    columns: Sequence[tuple[Column, ColumnState]] = (),
    links: Sequence[LinkCheck] = (),
    inspected: bool = True,
    complete: bool = True,
    first: VerdictKind | None = None,
    rechecks: Sequence[tuple[ReportedFinding, Answer, str]] = (),
    changes: Mapping[str, Any] | None = None,
) -> SiteResult:
    registered = Site(
        code(number),
        name or f"示例{number}局",
        f"http://s{number}.example.gov.cn/",
        sponsor=f"示例{number}单位",
        kind=kind,
        status=status,
    )
    home = Home(Visit(registered.url, registered.url, Fetch.OK, 200))
    facts = SiteFacts(
        registered,
        CHECKPOINT,
        home,
        columns=tuple(item for item, _ in columns),
        links=tuple(links),
        pages=40,
        complete=complete,
        stopped="" if complete else "达到页面数量上限",
        started_at=MOMENT,
        finished_at=MOMENT,
    )
    said = Verdict(
        "site",
        registered.code,
        registered.name,
        verdict,
        vetoes=tuple(vetoes),
        problems=tuple(problems),
        unknown=tuple(UnknownRule(rule, reason) for rule, reason in unknown),
        coverage=Coverage(40, 20, 19, 2, 1, 1, complete) if inspected else Coverage(),
        inspection="recheck" if first else "first",
        checkpoint=CHECKPOINT,
    )
    earlier = Verdict("site", registered.code, registered.name, first) if first else None
    values: dict[str, Any] = {
        "site": registered,
        "verdict": said,
        "facts": facts if inspected else None,
        "findings": tuple(findings),
        "column_states": tuple(state for _, state in columns),
        "inspections": ((MOMENT, MOMENT + dt.timedelta(days=9)) if first else (MOMENT,)) if inspected else (),
        "first_verdict": earlier,
        "rechecks": tuple(Recheck(*recheck) for recheck in rechecks),
    }
    return SiteResult(**values | dict(changes or {}))


def round_of(*sites: SiteResult, name: str = "2021Q3") -> RoundResults:
    return RoundResults(name, CHECKPOINT, "2019", sites, MOMENT)


def blank(number: int, count: int = 6) -> ReportedFinding:
    names = ("领导讲话", "规划计划", "统计数据", "政策解读", "意见征集", "人事信息", "应急管理")
    rows = [
        {"name": f"{name}", "url": f"http://s{number}.example.gov.cn/c{i}/"} for i, name in enumerate(names[:count])
    ]
    message = f"检查的40个栏目中有{count}个空白"
    return finding(number, "columns-blank", message, evidence={"count": count, "limit": 5, "columns": rows})


def city() -> RoundResults:
    """Fifty-three sites: fifty are qualified, three are not."""
    no_service = "未提供办事服务"
    many_blank = "多个栏目存在空白"
    service = {"title": "未提供办事服务", "threshold": "没有可用的办事服务入口和办事指南"}
    bad = {
        6: (
            "甲县人民政府",
            SiteKind.PORTAL,
            (finding(6, "service-absent", "首页和各栏目均未提供办事服务入口", **service),),
            (no_service,),
        ),
        27: (
            "乙市林业局",
            SiteKind.DEPARTMENT,
            (finding(27, "service-absent", "首页和各栏目均未提供办事服务入口", **service), blank(27)),
            (no_service, many_blank),
        ),
        48: ("乙市政务服务", SiteKind.TOPIC, (blank(48, 7),), (many_blank,)),
    }
    sites = []
    for number in range(1, 54):
        if number in bad:
            name, kind, findings, problems = bad[number]
            vetoes = [found.rule for found in findings]
            sites.append(
                site(
                    number,
                    name,
                    kind=kind,
                    verdict=VerdictKind.UNQUALIFIED,
                    findings=findings,
                    problems=problems,
                    vetoes=vetoes,
                )
            )
        else:
            sites.append(site(number, kind=SiteKind.PORTAL if number <= 12 else SiteKind.DEPARTMENT))
    return round_of(*sites)


def write(writer: Writer, sites: Iterable[SiteResult]) -> None:
    """One file on its own."""
    next(writer)
    for one in sites:
        writer.send(one)
    finish(writer)


def account(
    number: int,
    name: str = "",
    *,
    kind: AccountKind = AccountKind.WECHAT_SUBSCRIPTION,
    verdict: VerdictKind = VerdictKind.QUALIFIED,
    status: AccountStatus = AccountStatus.NORMAL,
    problems: Sequence[str] = (),
    vetoes: Sequence[str] = (),
    unknown: Sequence[tuple[str, str]] = (),
    findings: Sequence[ReportedFinding] = (),
    inspected: bool = True,
    first: VerdictKind | None = None,
    rechecks: Sequence[tuple[ReportedFinding, Answer, str]] = (),
) -> AccountResult:
    registered = Account(f"wx{number}", kind, name or f"示例{number}发布", sponsor=f"示例{number}单位", status=status)
    said = Verdict(
        "account",
        registered.code,
        registered.name,
        verdict,
        vetoes=tuple(vetoes),
        problems=tuple(problems),
        unknown=tuple(UnknownRule(rule, reason) for rule, reason in unknown),
        inspection="recheck" if first else "first",
        checkpoint=CHECKPOINT,
    )
    return AccountResult(
        registered,
        said,
        AccountFacts(registered, CHECKPOINT) if inspected else None,
        tuple(findings),
        ((MOMENT, MOMENT + dt.timedelta(days=9)) if first else (MOMENT,)) if inspected else (),
        Verdict("account", registered.code, registered.name, first) if first else None,
        tuple(Recheck(*recheck) for recheck in rechecks),
    )


def stale(number: int) -> ReportedFinding:
    return finding(
        number,
        "account-stale",
        "最近一次更新是2021年6月1日",
        key=f"wx{number}-stale",
        code=f"wx{number}",
        title="内容不更新",
    )


def media() -> RoundResults:
    """A city with both halves: ten accounts on three platforms, two of them unqualified."""
    accounts = [
        account(
            n, verdict=VerdictKind.UNQUALIFIED, vetoes=["account-stale"], problems=["未及时更新"], findings=[stale(n)]
        )
        if n in (3, 7)
        else account(n, kind=AccountKind.WEIBO if n > 5 else AccountKind.WECHAT_SERVICE)
        for n in range(1, 10)
    ]
    app = account(
        10, kind=AccountKind.APP, verdict=VerdictKind.UNDETERMINED, unknown=[("account-stale", "没有可用来源")]
    )
    return replace(city(), accounts=(*accounts, app))
