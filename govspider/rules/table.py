"""rules/README.md and the table on the terminal: the rules as an analyst reads them."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from govspider.facts import Decided, Decides, Outcome
from govspider.rules.loading import load_rules
from govspider.rules.model import Rule
from govspider.rules.wording import filled, threshold

DECIDES = {
    Decides.VETO: "单项否决",
    Decides.CLUE: "线索（人工核实）",
    Decides.DEDUCTION: "扣分项",
    Decides.BONUS: "加分项",
    Decides.NOTICE: "提示",
}
DECIDED = {
    Decided.AUTOMATIC: "自动",
    Decided.ASSISTED: "辅助",
    Decided.MANUAL: "人工",
}
OUTCOMES = {
    Outcome.VIOLATION: "问题",
    Outcome.PASS: "通过",
    Outcome.UNKNOWN: "不下结论",
    Outcome.NOT_APPLICABLE: "不适用",
}
_HEAD = """# 检查规则

本页由 `scrapy rules` 根据规则文件生成，请勿手工修改：改规则文件，再运行一次命令。

每条规则一个文件，文件名就是规则编号。`params` 是全部阈值，`case` 是规则的例子，也是它的测试；
改动阈值后，例子要跟着改。判定结果有四种：问题、通过、不下结论（没有读到，写明原因）、不适用。
没有读到的页面既不算问题，也不算通过。按官方指标的顺序列出的规则、分值和地方口径见 [docs/indicators.md](../docs/indicators.md)。
"""


def editions(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir() and re.fullmatch(r"\d{4}", path.name)))


def readme(folder: Path) -> str:
    """The page of all editions under ``folder``. Raises RuleError."""
    parts = [_HEAD]
    for edition in editions(folder):
        rules = load_rules(folder, edition)
        parts += [f"## {edition} 版\n", summary(rules), *(_section(rule) for rule in rules)]
    return "\n".join(parts)


def summary(rules: Iterable[Rule]) -> str:
    rows = [
        (f"`{r.id}`", r.title, f"{DECIDES[r.decides]}，{DECIDED[r.decided]}", threshold(r), r.source.number)
        for r in rules
    ]
    return table(("编号", "问题", "作用", "阈值", "依据"), rows)


def _section(rule: Rule) -> str:
    source = rule.source
    checked = "" if source.verified else "（阈值未与官方原文核对或非官方规定）"
    params = "，".join(f"`{key} = {value}`" for key, value in rule.params.items()) or "无"
    cases = [(case.name, _expected(case.expect)) for case in rule.cases]
    return "\n".join(
        (
            f"### {rule.title} `{rule.id}`\n",
            f"{rule.about.strip()}\n",
            f"* 作用：{DECIDES[rule.decides]}，{DECIDED[rule.decided]}判定；附件用语：{rule.problem}",
            *([f"* 所属指标：{rule.item}"] if rule.item else []),
            f"* 阈值：{threshold(rule)}",
            *(
                f"* {name}：{filled(rule, text)}"
                for name, text in (("时限", rule.window), ("抽样", rule.sample))
                if text
            ),
            f"* 参数：{params}",
            f"* 依据：[{source.document}]({source.url})（{source.number}），{source.clause}{checked}\n",
            table(("例子", "结果"), cases),
        )
    )


def _expected(expect: dict[str, Outcome] | object) -> str:
    outcomes: Sequence[Outcome] = tuple(expect.values()) if isinstance(expect, dict) else ()
    return "、".join(OUTCOMES[outcome] for outcome in outcomes)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
