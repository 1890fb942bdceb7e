"""The workbook's sheets on reachability: a line a site, and each time a home page did not open."""

from collections.abc import Iterator
from typing import Any

from govspider.facts import SiteResult
from govspider.reports.phrases import FETCH_NAMES
from govspider.reports.sheets import Head

WEEKS = (
    Head("网站标识码", 13),
    Head("网站名称", 28),
    Head("监测起", 12, "date"),
    Head("监测止", 12, "date"),
    Head("有效监测次数", 13, "number"),
    Head("打不开次数", 11, "number"),
    Head("打不开占比", 11, "rate"),
    Head("其中无任何应答", 14, "number"),
    Head("首字节中位数（秒）", 17, "seconds"),
    Head("报备停机期间次数", 16, "number"),
    Head("作废次数", 10, "number"),
    Head("未能判断次数", 13, "number"),
    Head("次数不足的日期", 36, "wrap"),
    Head("说明", 44, "wrap"),
)
FAILURES = (
    Head("网站标识码", 13),
    Head("网站名称", 28),
    Head("监测时间", 17, "time"),
    Head("结果", 16),
    Head("状态码", 8, "number"),
    Head("打开用时（秒）", 13, "seconds"),
    Head("首字节（秒）", 12, "seconds"),
    Head("确认次数", 9, "number"),
    Head("首页网址", 40, "link"),
    Head("最终网址", 40, "link"),
    Head("跳转经过", 48, "wrap"),
    Head("说明", 44, "wrap"),
)
RULE = "site-unreachable"


def week_rows(result: SiteResult) -> Iterator[tuple[Any, ...]]:
    week = result.week
    if week is None:
        return
    unknown = [one.reason for one in result.verdict.unknown if one.rule == RULE]
    said = [found.message for found in result.findings if found.rule == RULE]
    if week.failed and week.silent == week.failed:
        said.append("打不开时均没有得到应答，通报前请换一处网络核实，以排除监测方地址被拦截")
    if week.elsewhere:
        said.append(f"首页转到其他主机：{'、'.join(week.elsewhere)}")
    yield (
        result.site.code,
        result.site.name,
        week.since,
        week.until,
        week.valid,
        week.failed,
        week.share,
        week.silent,
        week.first_byte,
        week.declared,
        week.voided,
        week.unclear,
        "、".join(day.isoformat() for day in week.short),
        "；".join([*unknown, *said]),
    )


def failure_rows(result: SiteResult) -> Iterator[tuple[Any, ...]]:
    for probe in result.week.failures if result.week else ():
        yield (
            result.site.code,
            result.site.name,
            probe.at,
            "打开过慢" if probe.ok else FETCH_NAMES.get(probe.outcome, "打不开"),
            probe.status or None,
            probe.seconds,
            probe.first_byte,
            probe.looks,
            probe.url or result.site.url,
            probe.final_url,
            " → ".join(probe.redirects),
            probe.error,
        )
