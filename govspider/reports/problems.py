"""Chapter two of the bulletin: which subjects have which problems, with the evidence, told by type of problem."""

from collections.abc import Iterable, Sequence
from itertools import chain

from govspider.facts import ReportedFinding
from govspider.reports.annexes import Annex, see
from govspider.reports.figures import Figures, part_of, veto_group
from govspider.reports.phrases import GROUPS, UNITS, Group, how_many
from govspider.reports.sentences import Sentence
from govspider.reports.subjects import Subject, faults, minor_findings, pending_clues, vetoes
from govspider.reports.text import clean, label

NAMED = 20  # of one type of problem, in the text; the annex names them all
MINOR_NAMED = 5  # of one type of minor problem, and of the undetermined ones

Part = tuple[str, list[list[Sentence]]]  # a name and its paragraphs


def problems(halves: dict[str, list[Subject]], figures: Figures, appended: Sequence[Annex]) -> list[Part]:
    parts: list[Part] = []
    for half, subjects in halves.items():
        checked = [subject for subject in subjects if subject.checked]
        if checked:
            parts.extend(_half(half, checked, figures, appended))
    return parts or [("", [[Sentence("暂无。")]])]


def _half(half: str, checked: Sequence[Subject], figures: Figures, appended: Sequence[Annex]) -> Iterable[Part]:
    unit = UNITS[half]
    # A score that is too low is no veto.
    scored = any(subject.state == "unqualified" and not vetoes(subject) for subject in checked)
    yield f"{unit.name}{'不合格情形' if scored else '单项否决问题'}", _serious(half, checked, figures, appended)
    for name, portal in unit.minor_parts:
        lines = _minor(half, [subject for subject in checked if subject.portal is portal])
        if lines:
            yield name, lines
    if any(map(pending_clues, checked)):
        yield f"{unit.name}待核实的线索", [_clues(half, checked)]
    if figures.number(f"{half}.undetermined"):
        yield f"未能形成结论的{unit.name}", [_undetermined(half, checked, appended)]


def _serious(
    half: str, checked: Sequence[Subject], figures: Figures, appended: Sequence[Annex]
) -> list[list[Sentence]]:
    unit = UNITS[half]
    serious = [(subject, vetoes(subject)) for subject in checked if subject.state == "unqualified"]
    if not serious:
        return [[Sentence(f"检查未发现存在单项否决问题的{unit.name}。")]]
    base = figures.number(f"{half}.checked")
    known = {group.name for group in GROUPS}
    names = dict.fromkeys(veto_group(found.rule) for _, found_here in serious for found in found_here)
    groups = [group for group in GROUPS if group.name in names]
    groups += [Group("其他", "存在其他单项否决情形", (name,)) for name in names if name not in known]
    paragraphs: list[list[Sentence]] = []
    for group in groups:
        here = [(subject, [found for found in all_ if found.rule in group.rules]) for subject, all_ in serious]
        here = [(subject, found) for subject, found in here if found]
        measure = f"{half}.vetoed:{veto_group(group.rules[0])}"
        opening = Sentence(
            "{number}.{group}。{many}{unit}{opening}，共{" + measure + "}个。",
            {
                "number": str(len(paragraphs) + 1),
                "group": group.name,
                "many": how_many(len(here), base),
                "unit": unit.name,
                "opening": group.opening,
            },
            tuple(found.key for _, all_ in here for found in all_),
        )
        rest = len(here) - NAMED
        told = [
            _told(subject, found, last=n == min(len(here), NAMED) and rest <= 0)
            for n, (subject, found) in enumerate(here[:NAMED], 1)
        ]
        more = (
            [Sentence("其余{unit}{see}。", {"unit": unit.name, "see": see(appended, unit.serious)})] if rest > 0 else []
        )
        paragraphs.append([opening, *told, *more])
    bare = [subject for subject, found in serious if not found]
    if bare:
        paragraphs.append(
            [Sentence("{number}.其他情形。{told}。", {"number": str(len(paragraphs) + 1), "told": _phrases(bare)})]
        )
    return paragraphs


def _phrases(subjects: Iterable[Subject]) -> str:
    return "；".join(f"{subject.who}：{'、'.join(map(clean, subject.verdict.problems))}" for subject in subjects)


def _told(subject: Subject, findings: Sequence[ReportedFinding], *, last: bool) -> Sentence:
    said = "，".join("{finding:" + found.key + "}" for found in findings)
    return Sentence(
        "{who}" + said + ("。" if last else "；"), {"who": subject.who}, tuple(found.key for found in findings)
    )


def _minor(half: str, subjects: Sequence[Subject]) -> list[list[Sentence]]:
    """Deductions and notices, counted by type, those of most subjects first."""
    by_rule: dict[str, list[tuple[Subject, list[ReportedFinding]]]] = {}
    for subject in subjects:
        mine: dict[str, list[ReportedFinding]] = {}
        for found in minor_findings(subject):
            mine.setdefault(found.rule, []).append(found)
        for rule, here in mine.items():
            by_rule.setdefault(rule, []).append((subject, here))
    ordered = sorted(by_rule.items(), key=lambda item: -len(item[1]))
    return [[_minor_sentence(half, n, rule, having)] for n, (rule, having) in enumerate(ordered, 1)]


def _minor_sentence(
    half: str, number: int, rule: str, having: Sequence[tuple[Subject, Sequence[ReportedFinding]]]
) -> Sentence:
    part = part_of(having[0][0])
    most = sorted(having, key=lambda item: -sum(map(faults, item[1])))[:MINOR_NAMED]
    quotes = {"number": str(number), "title": clean(having[0][1][0].title)}
    named = []
    for place, (subject, _) in enumerate(most):
        quotes[f"name{place}"] = label(subject.name)
        named.append(f"{{name{place}}}{{{half}.places:{rule}#{subject.code}}}处")
    more = "等" if len(having) > MINOR_NAMED else ""
    counts = f"{{{half}.minor:{rule}@{part}}}个{UNITS[half].name}共{{{half}.places:{rule}@{part}}}处"
    keys = tuple(found.key for _, here in having for found in here)
    return Sentence(f"{{number}}.{{title}}。{counts}：{'、'.join(named)}{more}。", quotes, keys)


def _clues(half: str, checked: Sequence[Subject]) -> list[Sentence]:
    """Clues are counted, never told as facts: only a person can turn one into a problem."""
    keys = tuple(found.key for found in chain.from_iterable(map(pending_clues, checked)))
    counts = f"技术扫描在{{{half}.clued}}个{UNITS[half].name}发现疑似线索{{{half}.clues}}条，需逐条人工核实。"
    return [Sentence(counts, keys=keys), Sentence("核实之前不作为问题认定，具体内容不在本通报中列出。")]


def _undetermined(half: str, checked: Sequence[Subject], appended: Sequence[Annex]) -> list[Sentence]:
    unit = UNITS[half]
    names = [label(subject.name) for subject in checked if subject.state == "undetermined"]
    told = "、".join(names[:MINOR_NAMED]) + ("等" if len(names) > MINOR_NAMED else "")
    text = (
        f"{{told}}{{{half}.undetermined}}个{unit.name}因{unit.unread}等原因，未能对全部否决指标作出判断，"
        "本次不作合格或者不合格的结论{see}。"
    )
    return [Sentence(text, {"told": told, "see": see(appended, unit.undetermined)})]
