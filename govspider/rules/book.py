"""docs/indicators.md: the indicators as the official document orders them, with the rule behind each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from govspider.facts import Decides, SiteKind, Subject
from govspider.rules.loading import load_rules
from govspider.rules.model import Points, Rule, Rules, Scoring
from govspider.rules.overlays import CHANGES, Overlay, load_overlay
from govspider.rules.table import DECIDED, DECIDES, editions, table
from govspider.rules.wording import filled, threshold

KINDS = {SiteKind.PORTAL: "门户", SiteKind.DEPARTMENT: "部门", SiteKind.TOPIC: "专题"}
_HEAD = """# 检查指标

本页由 `scrapy rules` 根据 `rules/` 生成，请勿手工修改。按官方指标的顺序列出每一项由哪条规则、怎样判定、阈值是多少、依据是否
与官方原文核对过；规则的详细说明和例子见 [rules/README.md](../rules/README.md)。

判定方式：**自动**，程序判定即计入，人工核为误报的不计；**辅助**，程序准备线索，人工核实属实才计入；**人工**，由人在核实页面
（`scrapy review`）或者填报表（`scrapy answers`）填报。没有读到、没有填报的既不扣分也不算通过，得分写成最低至最高的区间。
"""
_SITES = """## {edition} 版

先看单项否决，出现任意一种情形即为不合格，不再评分。没有否决情形的门户网站评扣分指标（{full:g} 分），结果低于 {pass_at:g} 分的不合格；
高于 {bonus_above:g} 分的再评加分指标（{bonus:g} 分），两部分相加为最终得分。扣分时一项指标的各条规则合计不超过该项分值。
部门网站和专题网站只看单项否决，扣分规则的问题只作提示。
"""


def book(folder: Path) -> str:
    """The page of all editions and overlays under ``folder``. Raises RuleError."""
    parts = [_HEAD]
    for edition in editions(folder):
        rules = load_rules(folder, edition)
        scoring = rules.scoring
        full, bonus = sum(scoring.deduction.values()), sum(scoring.bonus.values())
        limits = {"pass_at": scoring.pass_at, "bonus_above": scoring.bonus_above}
        parts.append(_SITES.format(edition=edition, full=full, bonus=bonus, **limits))
        sites, accounts = rules.of(Subject.SITE), rules.of(Subject.ACCOUNT)
        parts += ["### 一、单项否决（政府网站）\n", _vetoes(sites)]
        parts += [f"### 二、扣分指标（{full:g} 分，门户网站）\n", _variants(scoring)]
        parts += _scored(sites, Decides.DEDUCTION, scoring.deduction, scoring.items)
        parts.append(f"### 三、加分指标（{bonus:g} 分，门户网站）\n")
        parts += _scored(sites, Decides.BONUS, scoring.bonus, scoring.bonus_items)
        parts += ["### 四、单项否决（政务新媒体）\n", _vetoes(accounts)]
        parts += ["### 五、只作提示的规则\n", _rows(rule for rule in rules if rule.decides is Decides.NOTICE)]
        parts += _overlays(folder, edition, rules)
    return "\n".join(parts)


def _vetoes(rules: Rules) -> str:
    order = list(dict.fromkeys(rule.item for rule in rules))
    chosen = [rule for rule in rules if rule.decides in (Decides.VETO, Decides.CLUE)]
    return _rows(sorted(chosen, key=lambda rule: order.index(rule.item)))


def _rows(rules: Iterable[Rule]) -> str:
    heads = ("指标", "情形", "作用", "判定方式", "适用", "规则", "依据")
    return table(
        heads,
        (
            (
                rule.item.partition("/")[2] or rule.title,
                _conditions(rule),
                DECIDES[rule.decides],
                DECIDED[rule.decided],
                kinds(rule),
                f"`{rule.id}`",
                source(rule),
            )
            for rule in rules
        ),
    )


def _scored(rules: Rules, decides: Decides, parts: Mapping[str, float], items: Mapping[str, float]) -> list[str]:
    told = []
    heads = ("二级指标", "情形", "每处", "封顶", "判定方式", "规则", "依据")
    for part, points in parts.items():
        rows = []
        for item, worth in items.items():
            here = [rule for rule in rules if rule.item == item and rule.decides is decides]
            name = item.partition("/")[2]
            rows += [(f"{name}（{worth:g}）", *_score_cells(rule, rule.points)) for rule in here if rule.points]
            if not here and item.startswith(f"{part}/"):
                rows.append((f"{name}（{worth:g}）", "没有规则", "", "", "", "", ""))
        rows = [row for row in rows if f"{part}/{row[0].partition('（')[0]}" in items]
        told += [f"#### {part}（{points:g} 分）\n", table(heads, rows)]
    return told


def _score_cells(rule: Rule, points: Points) -> Sequence[str]:
    each = f"{points.each:g}"
    if points.ministry is not None:
        each += f"（国务院部门 {points.ministry:g}）" if points.ministry else "（国务院部门不检查）"
    cap = f"{points.cap:g}" if points.cap is not None else "该项分值"
    return _conditions(rule), each, cap, DECIDED[rule.decided], f"`{rule.id}`", source(rule)


def _conditions(rule: Rule) -> str:
    said = threshold(rule)
    extra = [text for text in (filled(rule, rule.window), filled(rule, rule.sample)) if text and text not in said]
    return said + (f"（{'；'.join(extra)}）" if extra else "")


def kinds(rule: Rule) -> str:
    return "、".join(KINDS[kind] if isinstance(kind, SiteKind) else kind.value for kind in rule.kinds)


def source(rule: Rule) -> str:
    return f"{rule.source.number}{'' if rule.source.verified else '，未核对'}"


def _variants(scoring: Scoring) -> str:
    changed = "、".join(f"{item.partition('/')[2]} {points:g} 分" for item, points in scoring.ministry.items())
    return f"国务院部门门户网站（标识码以 bm 开头）：{changed}。{_no_services(scoring)}\n"


def _no_services(scoring: Scoring) -> str:
    rule, whole = scoring.no_services, sum(scoring.deduction.values())
    rest = whole - scoring.deduction[rule.part]
    who = "国务院部门" if rule.sites == "ministry" else "门户网站"
    how = f"其余部分满分 {rest:g} 分，得分乘以 {whole:g}/{rest:g}"
    if rule.method == "spread":
        how = f"其 {whole - rest:g} 分平均摊入其余各项"
    return f"没有对外服务职能的{who}不检查“{rule.part}”，{how}。"


def _overlays(folder: Path, edition: str, rules: Rules) -> list[str]:
    names = sorted(file.stem for file in (folder / "overlays").glob("*.toml"))
    overlays = [load_overlay(folder / "overlays" / f"{name}.toml", edition) for name in names]
    if not overlays:
        return []
    told = ["### 六、地方口径（`-s OVERLAY=名称`）\n"]
    for overlay in overlays:
        checked = "" if overlay.source.verified else "，未核对"
        told += [
            f"#### {overlay.title} `{overlay.name}`\n",
            f"{overlay.about.strip()}\n",
            f"依据：{overlay.source.document}（{overlay.source.number}{checked}），{overlay.source.clause}\n",
            table(("规则", "改为", "原为"), overlay_changes(folder, edition, overlay, rules)),
        ]
    return told


def overlay_changes(folder: Path, edition: str, overlay: Overlay, base: Iterable[Rule]) -> list[Sequence[str]]:
    """What the overlay replaces: where, by what, and what stood there."""
    local = load_rules(folder, edition, overlay.name)
    before, after = ({rule.id: rule for rule in rules} for rules in (base, local))
    rows: list[Sequence[str]] = []
    for rule in sorted({name for key in CHANGES for name in getattr(overlay, key)}):
        old, new = before[rule], after[rule]
        rows += [(f"`{rule}`", f"`{k} = {new.params[k]}`", str(old.params[k])) for k in overlay.params.get(rule, {})]
        if old.points and new.points:
            was, now = asdict(old.points), asdict(new.points)
            rows += [(f"`{rule}`", f"`{k} = {now[k]}`", str(was[k])) for k in overlay.points.get(rule, {})]
        if rule in overlay.decides:
            rows.append((f"`{rule}`", DECIDES[new.decides], DECIDES[old.decides]))
    if overlay.no_services:
        edition_rules = load_rules(folder, edition)
        rows.append(("没有对外服务职能", _no_services(local.scoring), _no_services(edition_rules.scoring)))
    return rows
