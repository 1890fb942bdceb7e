"""rules/README.md and the table on the terminal: the rules as an analyst reads them."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from govspider.facts import Decides, Outcome
from govspider.rules.loading import load_rules
from govspider.rules.model import Rule
from govspider.rules.overlays import Overlay, load_overlay
from govspider.rules.wording import threshold

DECIDES = {
    Decides.VETO: "单项否决",
    Decides.CLUE: "线索（人工核实）",
    Decides.DEDUCTION: "扣分项",
    Decides.BONUS: "加分项",
    Decides.NOTICE: "提示",
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
没有读到的页面既不算问题，也不算通过。
"""


def editions(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir() and re.fullmatch(r"\d{4}", path.name)))


def readme(folder: Path) -> str:
    """The page of all editions and overlays under ``folder``. Raises RuleError."""
    parts = [_HEAD]
    for edition in editions(folder):
        rules = load_rules(folder, edition)
        parts += [f"## {edition} 版\n", summary(rules), *(_section(rule) for rule in rules)]
        parts += _overlays(folder, edition, {rule.id: rule for rule in rules})
    return "\n".join(parts)


def summary(rules: Iterable[Rule]) -> str:
    rows = [(f"`{r.id}`", r.title, DECIDES[r.decides], threshold(r), r.source.number) for r in rules]
    return _table(("编号", "问题", "作用", "阈值", "依据"), rows)


def _section(rule: Rule) -> str:
    source = rule.source
    checked = "" if source.verified else "（阈值未与官方原文核对或非官方规定）"
    params = "，".join(f"`{key} = {value}`" for key, value in rule.params.items()) or "无"
    cases = [(case.name, _expected(case.expect)) for case in rule.cases]
    return "\n".join(
        (
            f"### {rule.title} `{rule.id}`\n",
            f"{rule.about.strip()}\n",
            f"* 作用：{DECIDES[rule.decides]}；附件用语：{rule.problem}",
            f"* 阈值：{threshold(rule)}",
            f"* 参数：{params}",
            f"* 依据：[{source.document}]({source.url})（{source.number}），{source.clause}{checked}\n",
            _table(("例子", "结果"), cases),
        )
    )


def _expected(expect: dict[str, Outcome] | object) -> str:
    outcomes: Sequence[Outcome] = tuple(expect.values()) if isinstance(expect, dict) else ()
    return "、".join(OUTCOMES[outcome] for outcome in outcomes)


def _overlays(folder: Path, edition: str, rules: dict[str, Rule]) -> list[str]:
    files = sorted((folder / "overlays").glob("*.toml"))
    overlays = [load_overlay(file, edition) for file in files if f'edition = "{edition}"' in file.read_text("utf-8")]
    return [_overlay(folder, edition, overlay, rules) for overlay in overlays]


def _overlay(folder: Path, edition: str, overlay: Overlay, base: dict[str, Rule]) -> str:
    changed = [rule for rule in load_rules(folder, edition, overlay.name) if rule.overlay]
    rows = [
        (f"`{rule.id}`", f"`{key} = {rule.params[key]}`", str(base[rule.id].params[key]))
        for rule in changed
        for key in overlay.params.get(rule.id, {})
    ]
    source = f"依据：{overlay.source.document}（{overlay.source.number}），{overlay.source.clause}\n"
    title = f"## 覆盖口径：{overlay.title} `{overlay.name}`\n"
    return "\n".join((title, f"{overlay.about.strip()}\n", source, _table(("规则", "改为", "原为"), rows)))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
