"""The workbook's sheets of the new-media half, drawn as far as there is something to put on them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from govspider.checks.accounts import SOURCES
from govspider.checks.gaps import longest_gap
from govspider.facts import (
    AccountFacts,
    AccountResult,
    Change,
    SelfCheck,
    SourceRead,
    Verdict,
    VerdictKind,
)
from govspider.reports.annexes import reasons
from govspider.reports.evidence import evidence_text
from govspider.reports.phrases import (
    ACCOUNT_STATUS_NAMES,
    DECIDES_NAMES,
    INSPECTION_NAMES,
    OUTCOME_NAMES,
    REVIEW_NAMES,
    TRUST_NAMES,
    VERDICT_NAMES,
)
from govspider.reports.sheets import Book, Head, Sheet

_WHO = (Head("新媒体类型", 13), Head("新媒体名称", 26), Head("主办单位", 26), Head("账号ID", 18))
_VERDICTS = (
    *_WHO,
    Head("统计口径", 11),
    Head("结论", 14),
    Head("存在的主要问题", 36, "wrap"),
    Head("未能判断的指标及原因", 48, "wrap"),
    Head("最近发布日期", 13, "date"),
    Head("距监测时间点天数", 17, "number"),
    Head("读到信息条数", 13, "number"),
    Head("依据", 40, "wrap"),
    Head("检查类型", 10),
    Head("初检结论", 14),
    Head("监测时间点", 12, "date"),
    Head("检查完成时间", 17, "time"),
    Head("报送状态", 10),
    Head("主页地址", 36, "link"),
    Head("订阅源", 36, "link"),
)
_FINDINGS = (
    *_WHO,
    Head("性质", 8),
    Head("指标", 22, "wrap"),
    Head("类别", 10),
    Head("问题描述", 52, "wrap"),
    Head("问题页面", 40, "link"),
    Head("判定界限", 30, "wrap"),
    Head("证据", 48, "wrap"),
    Head("依据", 32, "wrap"),
    Head("核实情况", 10),
    Head("首次发现", 17, "time"),
    Head("最近发现", 17, "time"),
    Head("复检新发现", 11),
    Head("编号", 18),
)
_GAPS = (
    *_WHO,
    Head("最长断更开始", 13, "date"),
    Head("最长断更结束", 13, "date"),
    Head("断更天数", 10, "number"),
    Head("最近发布日期", 13, "date"),
    Head("距监测时间点天数", 17, "number"),
)
_PROOFS = (
    *_WHO,
    Head("须说明的事项", 48, "wrap"),
    Head("请提供的材料", 60, "wrap"),
    Head("单位说明", 40, "wrap"),
)
_RECHECKS = (
    *_WHO,
    Head("指标", 22, "wrap"),
    Head("初检发现的问题", 52, "wrap"),
    Head("复检情况", 10),
    Head("说明", 40, "wrap"),
    Head("初检结论", 14),
    Head("复检结论", 14),
)
_COUNTS = (
    Head("统计口径", 12),
    Head("平台或主办单位", 30),
    Head("登记", 9, "number"),
    Head("检查", 9, "number"),
    Head("合格", 9, "number"),
    Head("不合格", 9, "number"),
    Head("未能形成结论", 14, "number"),
    Head("未纳入检查", 12, "number"),
    Head("合格率", 10, "share"),
)
_SELF_CHECKS = (
    Head("月份", 12, "date"),
    *_WHO,
    Head("本月变动", 10),
    Head("变动日期", 12, "date"),
    Head("是否备案", 10),
    Head("名册中有无", 11),
    Head("本月发布条数", 13, "number"),
    Head("最近发布日期", 13, "date"),
    Head("自查发现的问题", 40, "wrap"),
    Head("说明", 40, "wrap"),
)
# What a unit can hand in to answer an open question, by rule.
_ASKED = {
    "account-stale": "监测时间点前两周内发布信息的截图或者后台导出清单（含标题、发布时间、链接）",
    "account-no-own-content": "监测时间点前两周内本单位原创信息的链接或者截图",
    "account-no-interaction": "留言、评论、菜单、自动回复等互动功能的截图",
    "account-unusable": "账号主页、客户端下载页面的地址或者能够正常使用的截图",
}
_YES_NO = {True: "是", False: "否", None: None}


@dataclass(slots=True)
class AccountSheets:
    """Takes the accounts one after the other and remembers only counts."""

    book: Book
    sheets: dict[str, Sheet] = field(default_factory=dict)
    platforms: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sponsors: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, result: AccountResult) -> None:
        self._sheet("新媒体", _VERDICTS).add([_verdict_row(result)])
        self._sheet("新媒体问题", _FINDINGS).add(_finding_rows(result))
        if rows := list(_gap_rows(result)):
            self._sheet("断更", _GAPS).add(rows)
        if result.verdict.verdict is VerdictKind.UNDETERMINED and result.facts is not None:
            self._sheet("新媒体待证明", _PROOFS).add([_proof_row(result)])
        if result.rechecks:
            self._sheet("新媒体复检", _RECHECKS).add(_recheck_rows(result))
        for counts, name in (
            (self.platforms, result.account.kind.group.value),
            (self.sponsors, result.account.sponsor or "未填"),
        ):
            counts[name].update(_states(result))

    def finish(self, self_checks: tuple[SelfCheck, ...]) -> None:
        if self.platforms:
            counts = self._sheet("新媒体统计", _COUNTS)
            counts.add(_count_row("分平台", name, count) for name, count in self.platforms.items())
            counts.add([_count_row("合计", "全部", sum(self.platforms.values(), Counter()))])
            counts.add(_count_row("分主办单位", name, count) for name, count in self.sponsors.items())
        if self_checks:
            self._sheet("自查汇总", _SELF_CHECKS).add(map(_self_check_row, sorted(self_checks, key=_changes_first)))
        if "新媒体" in self.sheets:
            self.sheets["新媒体"].highlight(5)
        for sheet in self.sheets.values():
            sheet.close()

    def _sheet(self, name: str, heads: tuple[Head, ...]) -> Sheet:
        if name not in self.sheets:
            self.sheets[name] = self.book.sheet(name, heads, frozen=2)
        return self.sheets[name]


def _who(result: AccountResult) -> tuple[str, str, str, str]:
    account = result.account
    return account.kind_name, account.name, account.sponsor, account.account_id


def _verdict_row(result: AccountResult) -> tuple[Any, ...]:
    account, verdict, facts = result.account, result.verdict, result.facts
    newest, days = _newest(facts)
    return (
        *_who(result),
        account.kind.group.value,
        VERDICT_NAMES[verdict.verdict],
        "、".join(verdict.problems),
        reasons(verdict),
        newest,
        days,
        len(facts.posts) if facts else None,
        "；".join(map(_source_text, facts.sources)) if facts else None,
        INSPECTION_NAMES.get(verdict.inspection, verdict.inspection) if facts else "未检查",
        _name(result.first_verdict),
        verdict.checkpoint,
        result.inspections[-1] if result.inspections else None,
        ACCOUNT_STATUS_NAMES[account.status],
        account.url,
        account.feed,
    )


def _source_text(source: SourceRead) -> str:
    name = f"{SOURCES.get(source.adapter, source.adapter)}（{TRUST_NAMES[source.trust]}）"
    return f"{name}：{source.reason}" if source.reason else f"{name}：{source.posts}条"


def _newest(facts: AccountFacts | None) -> tuple[Any, Any]:
    if facts is None:
        return None, None
    days = [post.published for post in facts.posts if post.published and post.published <= facts.checkpoint]
    return (max(days), (facts.checkpoint - max(days)).days) if days else (None, None)


def _finding_rows(result: AccountResult) -> Iterator[tuple[Any, ...]]:
    for found in result.findings:
        yield (
            *_who(result),
            OUTCOME_NAMES.get(found.outcome, found.outcome),
            found.title,
            DECIDES_NAMES.get(found.decides, found.decides),
            found.message,
            found.url or result.account.url,
            found.threshold,
            evidence_text(found.evidence),
            found.source,
            REVIEW_NAMES[found.review],
            found.first_seen,
            found.last_seen,
            "是" if found.key in result.new_findings else None,
            found.key,
        )


def _gap_rows(result: AccountResult) -> Iterator[tuple[Any, ...]]:
    gap = longest_gap(result.facts) if result.facts is not None else None
    if gap is not None and gap.days:
        yield (*_who(result), gap.start, gap.end, gap.days, *_newest(result.facts))


def _proof_row(result: AccountResult) -> tuple[Any, ...]:
    rules = [unknown.rule for unknown in result.verdict.unknown]
    asked = "；".join(dict.fromkeys(_ASKED[rule] for rule in rules if rule in _ASKED))
    return (*_who(result), reasons(result.verdict), asked or "有关情况的书面说明", None)


def _recheck_rows(result: AccountResult) -> Iterator[tuple[Any, ...]]:
    for recheck in result.rechecks:
        found = recheck.finding
        yield (
            *_who(result),
            found.title,
            found.message,
            recheck.answer.value,
            recheck.note,
            _name(result.first_verdict),
            _name(result.verdict),
        )


def _name(verdict: Verdict | None) -> str | None:
    return VERDICT_NAMES[verdict.verdict] if verdict else None


def _states(result: AccountResult) -> list[str]:
    """What one account counts as."""
    kind = result.verdict.verdict
    if kind is VerdictKind.EXCLUDED:
        return ["登记", "未纳入"]
    return ["登记", "检查", kind.value] if result.facts is not None else ["登记"]


def _count_row(kind: str, name: str, count: Counter[str]) -> tuple[Any, ...]:
    checked, good = count["检查"], count[VerdictKind.QUALIFIED.value]
    return (
        kind,
        name,
        count["登记"],
        checked,
        good,
        count[VerdictKind.UNQUALIFIED.value],
        count[VerdictKind.UNDETERMINED.value],
        count["未纳入"],
        good / checked if checked else None,
    )


def _changes_first(one: SelfCheck) -> tuple[bool, Any, str]:
    return one.change is Change.NONE, one.month, one.name


def _self_check_row(one: SelfCheck) -> tuple[Any, ...]:
    return (
        one.month,
        one.kind_name,
        one.name,
        one.sponsor,
        one.account_id,
        one.change.value,
        one.changed_on,
        _YES_NO[one.approved],
        "有" if one.registered else "无",
        one.posts,
        one.newest,
        one.problem,
        one.note,
    )
