"""Chapter two of the bulletin: which sites have which problems, with the evidence, told by type of problem."""

from collections import Counter
from collections.abc import Iterable, Sequence

from govspider.facts import Decides, ReportedFinding, Review, RoundResults, SiteKind, SiteResult, VerdictKind
from govspider.reports.annexes import Annex, see
from govspider.reports.figures import Figures, is_checked
from govspider.reports.phrases import GROUPS, Group, group_of, how_many
from govspider.reports.text import clean, cut, label

SITES_NAMED = 20  # of one type of problem, in the text; the annex names them all
MINOR_NAMED = 5  # of one type of minor problem, and of the undetermined ones
MESSAGE = 600  # characters of one sentence

Part = tuple[str, list[str]]


def problems(results: RoundResults, figures: Figures, appended: Sequence[Annex]) -> list[Part]:
    if not figures.checked:
        return [("", ["暂无。"])]
    checked = [site for site in results.sites if is_checked(site)]
    parts: list[Part] = [("单项否决问题", _serious(checked, figures, appended))]
    for name, kinds in (
        ("门户网站其他问题", (SiteKind.PORTAL,)),
        ("部门和专题网站其他问题", (SiteKind.DEPARTMENT, SiteKind.TOPIC)),
    ):
        lines = _minor([site for site in checked if site.site.kind in kinds])
        if lines:
            parts.append((name, lines))
    clues = _clues(checked)
    if clues:
        parts.append(("待核实的线索", [clues]))
    if figures.undetermined:
        parts.append(("未能形成结论的网站", [_undetermined(checked, figures, appended)]))
    return parts


def vetoes(site: SiteResult) -> tuple[ReportedFinding, ...]:
    """The findings that made a site unqualified; a rejected one and a clue nobody confirmed never do."""
    if site.verdict.verdict is not VerdictKind.UNQUALIFIED:
        return ()
    return tuple(
        found
        for found in site.findings
        if found.rule in site.verdict.vetoes
        and found.review is not Review.REJECTED
        and (found.outcome == "violation" or found.review is Review.CONFIRMED)
    )


def _serious(checked: Sequence[SiteResult], figures: Figures, appended: Sequence[Annex]) -> list[str]:
    serious = [(site, vetoes(site)) for site in checked if site.verdict.verdict is VerdictKind.UNQUALIFIED]
    if not serious:
        return ["检查未发现存在单项否决问题的网站。"]
    lines: list[str] = []
    grouped = {name for group in GROUPS for name in group.rules}
    others = dict.fromkeys(found.rule for _, found_here in serious for found in found_here if found.rule not in grouped)
    for group in (*GROUPS, *(Group("其他", "存在其他单项否决情形", (rule,)) for rule in others)):
        here = [(site, [found for found in all_ if found.rule in group.rules]) for site, all_ in serious]
        here = [(site, found) for site, found in here if found]
        if not here:
            continue
        told = "；".join(_told(site, found) for site, found in here[:SITES_NAMED])
        rest = f"；其余{len(here) - SITES_NAMED}个网站{see(appended, 'serious')}" if len(here) > SITES_NAMED else ""
        opening = f"{how_many(len(here), figures.checked)}网站{group.opening}，共{len(here)}个。"
        lines.append(f"{len(lines) + 1}.{group.name}。{opening}{told}{rest}。")
    bare = [site for site, found in serious if not found]
    if bare:
        told = "；".join(f"{_who(site)}：{'、'.join(map(clean, site.verdict.problems))}" for site in bare[:SITES_NAMED])
        lines.append(f"{len(lines) + 1}.其他情形。{told}。")
    return lines


def _who(site: SiteResult) -> str:
    return f"{label(site.site.name)}（{clean(site.site.code)}）"


def _told(site: SiteResult, findings: Iterable[ReportedFinding]) -> str:
    return f"{_who(site)}" + "，".join(_sentence(found) for found in findings)


def _sentence(found: ReportedFinding) -> str:
    return cut(clean(found.message), MESSAGE).rstrip("。;,；，")


def _minor(sites: Sequence[SiteResult]) -> list[str]:
    """Deductions and notices, counted by type; what a veto of the same site tells already is left out."""
    items: dict[str, Counter[str]] = {}
    for site in sites:
        told = {group for found in vetoes(site) if (group := group_of(found.rule))}
        for found in site.findings:
            minor = found.decides in (Decides.DEDUCTION, Decides.NOTICE) and found.outcome in ("violation", "notice")
            if minor and found.review is not Review.REJECTED and group_of(found.rule) not in told:
                items.setdefault(clean(found.title), Counter())[label(site.site.name)] += 1
    lines = []
    for number, (title, counts) in enumerate(sorted(items.items(), key=lambda item: -len(item[1])), 1):
        told_sites = "、".join(f"{name}{times}处" for name, times in counts.most_common(MINOR_NAMED))
        more = "等" if len(counts) > MINOR_NAMED else ""
        lines.append(f"{number}.{title}。{len(counts)}个网站共{counts.total()}处：{told_sites}{more}。")
    return lines


def _clues(checked: Sequence[SiteResult]) -> str:
    """Clues are counted, never told as facts: only a person can turn one into a problem."""
    pending = [
        sum(found.outcome == "clue" and found.review is Review.PENDING for found in site.findings) for site in checked
    ]
    if not any(pending):
        return ""
    return (
        f"技术扫描在{sum(map(bool, pending))}个网站发现疑似线索{sum(pending)}条，需逐条人工核实。"
        "核实之前不作为问题认定，具体内容不在本通报中列出。"
    )


def _undetermined(checked: Sequence[SiteResult], figures: Figures, appended: Sequence[Annex]) -> str:
    names = [label(site.site.name) for site in checked if site.verdict.verdict is VerdictKind.UNDETERMINED]
    told = "、".join(names[:MINOR_NAMED]) + ("等" if len(names) > MINOR_NAMED else "")
    return (
        f"{told}{figures.undetermined}个网站因页面未能读取或者线索待核实等原因，未能对全部否决指标作出判断，"
        f"本次不作合格或者不合格的结论{see(appended, 'undetermined')}。"
    )
