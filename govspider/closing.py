"""The closing table of a crawl: counts, what needs attention and why, how much was read, and where the files are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from govspider.facts import AccountResult, RoundResults, SiteResult, Verdict, VerdictKind
from govspider.reports import brief

VERDICTS = {
    VerdictKind.QUALIFIED: "合格",
    VerdictKind.UNQUALIFIED: "不合格",
    VerdictKind.UNDETERMINED: "待定",
    VerdictKind.EXCLUDED: "不参评",
}
SHOWN = 40
# Control characters could move the cursor or recolour the terminal; direction marks could reverse what is read.
UNSAFE = {*range(32), *range(127, 160), 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF}
PLAIN = dict.fromkeys(UNSAFE, " ")


def plain(text: str) -> Text:
    """Text that came from outside, safe on a terminal: no control characters, no markup."""
    return Text(text.translate(PLAIN))


def closing(results: RoundResults, spider: str, folder: Path, written: tuple[Path, ...]) -> Group:
    """Both halves where both have subjects; what needs attention is named of the half that was crawled."""
    results = brief(results)
    halves: dict[str, Sequence[SiteResult] | Sequence[AccountResult]] = {
        "sites": results.sites,
        "accounts": results.accounts,
    }
    counts = Table(title=f"{results.round} 检查结果", title_justify="left")
    for heading in ("", "总数", *VERDICTS.values()):
        counts.add_column(heading, justify="right" if heading else "left")
    for half, name in (("sites", "网站"), ("accounts", "政务新媒体")):
        verdicts = [one.verdict.verdict for one in halves[half]]
        if verdicts or half == spider:
            counts.add_row(name, str(len(verdicts)), *(str(verdicts.count(kind)) for kind in VERDICTS))
    parts: list[Any] = [counts, *_attention(halves[spider], spider)]
    parts.append(Text(_sites_read(results.sites) if spider == "sites" else _accounts_read(results.accounts)))
    parts += [plain(f"成果在 {folder}："), *(plain(f"  {path.name}") for path in written if path.parent == folder)]
    folders = Counter(path.parent.name for path in written if path.parent != folder)
    parts += [plain(f"  {name}/（{count} 个文件）") for name, count in folders.items()]
    return Group(*parts)


def _attention(subjects: Sequence[SiteResult] | Sequence[AccountResult], spider: str) -> Iterator[Any]:
    """The subjects that are not good, and why."""
    shown = (VerdictKind.UNQUALIFIED, VerdictKind.UNDETERMINED)
    named = [one for one in subjects if one.facts is not None and one.verdict.verdict in shown]
    if not named:
        return
    heads = ("网站名称", "网站标识码") if spider == "sites" else ("新媒体名称", "新媒体类型")
    table = Table()
    for heading in (*heads, "结论", "问题或者原因"):
        table.add_column(heading, overflow="fold")
    for one in sorted(named, key=lambda one: one.verdict.verdict is not VerdictKind.UNQUALIFIED)[:SHOWN]:
        second = one.account.kind_name if isinstance(one, AccountResult) else one.verdict.code
        table.add_row(plain(one.verdict.name), plain(second), VERDICTS[one.verdict.verdict], plain(_why(one.verdict)))
    yield table
    if len(named) > SHOWN:
        noun = "网站" if spider == "sites" else "账号"
        yield Text(f"另有 {len(named) - SHOWN} 个{noun}，见问题清单。")


def _why(verdict: Verdict) -> str:
    bad = verdict.verdict is VerdictKind.UNQUALIFIED
    return "；".join(dict.fromkeys(verdict.problems if bad else [rule.reason for rule in verdict.unknown]))


def _sites_read(sites: Sequence[SiteResult]) -> str:
    cover = [site.verdict.coverage for site in sites if site.facts is not None]
    text = (
        f"覆盖情况：检查 {len(cover)} 个网站、{sum(one.pages for one in cover)} 页，"
        f"栏目 {sum(one.columns for one in cover)} 个，读到 {sum(one.columns_read for one in cover)} 个；"
        f"浏览器打开 {sum(one.rendered for one in cover)} 页，被拦截 {sum(one.blocked for one in cover)} 页，"
        f"未打开 {sum(one.failed for one in cover)} 页；未查完 {sum(not one.complete for one in cover)} 个网站"
    )
    return text + _waiting(sites, "网站")


def _accounts_read(accounts: Sequence[AccountResult]) -> str:
    seen = [one.facts for one in accounts if one.facts is not None]
    usable = sum(any(not source.reason for source in facts.sources) for facts in seen)
    text = (
        f"覆盖情况：检查 {len(seen)} 个账号，其中 {usable} 个有可用的来源，"
        f"读到 {sum(len(facts.posts) for facts in seen)} 条信息；{len(seen) - usable} 个账号须请主办单位提供证明"
    )
    return text + _waiting(accounts, "账号")


def _waiting(subjects: Sequence[SiteResult] | Sequence[AccountResult], noun: str) -> str:
    waiting = sum(one.facts is None and one.verdict.verdict is not VerdictKind.EXCLUDED for one in subjects)
    return f"，尚未检查 {waiting} 个{noun}。" if waiting else "。"
