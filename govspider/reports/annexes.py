"""The annexes of the bulletin: lists and tables, as rows of text and counted cells."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from govspider.facts import PlatformGroup, Review, RoundResults, SiteKind, Verdict
from govspider.reports.phrases import BONUS, GROUPS, KIND_NAMES, SCORE_PARTS, rule_name
from govspider.reports.sentences import Sentence
from govspider.reports.subjects import Subject, subjects_of
from govspider.reports.text import clean, cut, label, local_date, long_date

CELL = 400  # characters of one cell; the whole text is in the workbook
REASON = 160
VETOED = "单项否决"  # stands where a portal's score would
_PORTALS = f"sites.checked@{KIND_NAMES[SiteKind.PORTAL]}"

Cell = str | Sentence  # a text as it is, or numbers that are counted


@dataclass(frozen=True, slots=True)
class Annex:
    """``widths`` are shares of the page's width; ``mark`` is 附件, or 附件1 where there are several. ``rows_are`` is the
    measure that says how many rows there must be, "" for a table that lists no subjects. Where ``widths`` is empty,
    the column ``wraps`` takes what the others leave, and those keep each text on one line."""

    key: str
    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rows_are: str = ""
    mark: str = ""
    wraps: int = 0


def see(appended: Sequence[Annex], key: str) -> str:
    """(见附件1), when there is such an annex; for a sentence, a quote."""
    mark = mark_of(appended, key)
    return f"（见{mark}）" if mark else ""


def mark_of(appended: Sequence[Annex], key: str) -> str:
    return next((annex.mark for annex in appended if annex.key == key), "")


def unjudged(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """The indicators that could not be judged and why: those that share a reason together."""
    by_reason: dict[str, list[str]] = {}
    for unknown in verdict.unknown:
        by_reason.setdefault(clean(unknown.reason).rstrip("。;；") or "未说明", []).append(rule_name(unknown.rule))
    return tuple(("、".join(dict.fromkeys(names)), reason) for reason, names in by_reason.items())


def reasons(verdict: Verdict) -> str:
    """Why a subject has no verdict."""
    return "；".join(f"{names}：{reason}" for names, reason in unjudged(verdict))


def _brief(text: str) -> str:
    """A long list of reasons up to its last whole item; the workbook has them all."""
    if len(text) <= REASON:
        return text
    ends = max(text.rfind(mark, 0, REASON) for mark in "；、，")
    return f"{text[: ends if ends > 0 else REASON]}等"


def _site_cells(subject: Subject) -> tuple[str, ...]:
    return label(subject.name, 80), clean(subject.code)


def _account_cells(subject: Subject) -> tuple[str, ...]:
    return clean(subject.kind), label(subject.name, 80), label(subject.sponsor)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of subjects with one thing said of each. ``states`` are those that stand in it, ``rows_are`` their count."""

    key: str
    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    states: tuple[str, ...]
    rows_are: str
    cells: Callable[[Subject], tuple[str, ...]]
    said: Callable[[Subject], str]

    def annex(self, subjects: Iterable[Subject]) -> Annex:
        listed = [subject for subject in subjects if subject.state in self.states]
        rows = tuple((str(n), *self.cells(one), self.said(one)) for n, one in enumerate(listed, 1))
        return Annex(self.key, self.title, self.head, self.widths, rows, self.rows_are)


def _problems(subject: Subject) -> str:
    return cut("、".join(map(clean, subject.verdict.problems)), CELL)


def _why(subject: Subject) -> str:
    if subject.state == "waiting":
        return "尚未检查"
    return _brief(reasons(subject.verdict) or "有关情况待人工核实")


_SITE = ("序号", "网站名称", "网站标识码")
_ACCOUNT = ("序号", "新媒体类型", "新媒体名称", "主办单位")

SITE_LISTS = {
    "serious": Listing(
        "serious",
        "存在严重问题的政府网站名单",
        (*_SITE, "存在的突出问题"),
        (8, 36, 20, 36),
        ("unqualified",),
        "sites.unqualified",
        _site_cells,
        _problems,
    ),
    "undetermined": Listing(
        "undetermined",
        "未能形成结论的政府网站及原因",
        (*_SITE, "未能形成结论的原因"),
        (8, 28, 20, 44),
        ("undetermined", "waiting"),
        "sites.open",
        _site_cells,
        _why,
    ),
    "excluded": Listing(
        "excluded",
        "未纳入检查的政府网站名单",
        (*_SITE, "报送状态"),
        (8, 50, 24, 18),
        ("exceptions", "closed"),
        "sites.excluded",
        _site_cells,
        lambda one: one.status,
    ),
}
ACCOUNT_LISTS = {
    "serious": Listing(
        "unqualified-accounts",
        "不合格的政务新媒体名单",
        (*_ACCOUNT, "存在的主要问题"),
        (8, 18, 28, 24, 22),
        ("unqualified",),
        "accounts.unqualified",
        _account_cells,
        _problems,
    ),
    "undetermined": Listing(
        "undetermined-accounts",
        "未能形成结论的政务新媒体及原因",
        (*_ACCOUNT, "未能形成结论的原因"),
        (8, 14, 24, 20, 34),
        ("undetermined", "waiting"),
        "accounts.open",
        _account_cells,
        _why,
    ),
    "excluded": Listing(
        "excluded-accounts",
        "未纳入检查的政务新媒体名单",
        (*_ACCOUNT, "报送状态"),
        (8, 18, 34, 26, 14),
        ("exceptions", "closed"),
        "accounts.excluded",
        _account_cells,
        lambda one: one.status,
    ),
}


def _rechecks(subjects: Sequence[Subject]) -> Annex:
    rows: list[tuple[str, ...]] = []
    for subject in subjects:
        for recheck in subject.rechecks:
            found = recheck.finding
            note = cut(clean(recheck.note), CELL)
            if not note and subject.inspected:
                note = f"{long_date(local_date(subject.inspected))}复检"
            problem = f"{clean(found.title)}：{clean(found.message)}"
            if found.outcome == "clue" and found.review is not Review.CONFIRMED:
                problem = f"{GROUPS[0].name}线索（内容待人工核实）"
            rows.append((str(len(rows) + 1), label(subject.name, 80), cut(problem, CELL), recheck.answer.value, note))
    head = ("序号", "名称", "初检发现的问题", "复检情况", "说明")
    return Annex("rechecks", "整改复检情况", head, (8, 22, 38, 14, 18), tuple(rows), "answers")


_NOW = {
    "qualified": "合格",
    "unqualified": "仍不合格",
    "undetermined": "未能形成结论",
    "waiting": "尚未检查",
    "exceptions": "列为例外",
    "closed": "已关停或者注销",
}


def _follow_ups(results: RoundResults, subjects: Iterable[Subject]) -> Annex:
    """What became of those that the round before called unqualified."""
    now = {(subject.half, subject.code): subject for subject in subjects}
    rows = []
    for number, one in enumerate(results.followups, 1):
        subject = now.get((f"{one.subject}s", one.code))
        said = _NOW[subject.state] if subject else "不再登记"
        rows.append((str(number), label(one.name, 80), cut("、".join(map(clean, one.problems)), CELL), said))
    head = ("序号", "名称", "上一轮存在的问题", "本次检查结论")
    return Annex("follow-ups", "上一轮不合格网站和政务新媒体整改情况", head, (8, 36, 36, 20), tuple(rows), "before")


def _scores(sites: Iterable[Subject]) -> Annex:
    """The portals that were looked at, with the points of each part; a veto leaves none to be given."""
    portals = [subject for subject in sites if subject.portal and subject.checked]
    parts = [part for part in SCORE_PARTS if any(part in _parts(subject) for subject in portals)]
    rows = tuple(
        (
            str(number),
            label(subject.name, 80),
            *(Sentence(f"{{score:{subject.code}:{part}}}") if part in _parts(subject) else "—" for part in parts),
            _score(subject),
        )
        for number, subject in enumerate(portals, 1)
    )
    head = ("序号", "网站名称", *parts, "得分")
    return Annex("scores", "政府门户网站得分表", head, (), rows if parts else (), _PORTALS, wraps=1)


def _score(subject: Subject) -> Cell:
    if subject.verdict.score_low is None:
        return VETOED if subject.verdict.vetoes else "未评分"
    return Sentence(f"{{score:{subject.code}}}", keys=_costing(subject))


def _parts(subject: Subject) -> set[str]:
    return {BONUS if item.bonus else item.item.partition("/")[0] for item in subject.verdict.score_items}


def _costing(subject: Subject) -> tuple[str, ...]:
    """The findings that points were lost or won by, or may be."""
    parts = (part for item in subject.verdict.score_items for part in item.parts)
    return tuple(dict.fromkeys(part.key for part in parts if part.key and (part.low or part.high)))


def _places(key: str, title: str, what: str, half: str, names: Sequence[tuple[str, str]]) -> Annex:
    """A table of counts by place (measure and name), with a line for all. A single place needs no table."""
    if len(names) < 2:
        return Annex(key, title, (), (), ())
    columns = ("checked", "qualified", "unqualified", "undetermined")
    rows: list[tuple[Cell, ...]] = []
    for name, place in (*names, ("合计", "")):
        at = f"@{place}" if place else ""
        counts = tuple(Sentence(f"{{{half}.{column}{at}}}") for column in columns)
        rows.append((name, *counts, Sentence(f"{{{half}.qualified{at}/{half}.checked{at}}}")))
    head = (what, "检查数", "合格数", "不合格数", "未形成结论数", "合格率")
    return Annex(key, title, head, (80, 46, 46, 58, 82, 130), tuple(rows))


def _seen(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def annexes(results: RoundResults) -> tuple[Annex, ...]:
    """Those that have something to list, numbered in order."""
    sites, accounts = subjects_of(results).values()
    areas = _seen(one.area for one in sites if one.checked)
    groups = [group.value for group in PlatformGroup if any(one.checked and one.group == group for one in accounts)]
    made = (
        SITE_LISTS["serious"].annex(sites),
        ACCOUNT_LISTS["serious"].annex(accounts),
        _places("areas", "政府网站分地区检查情况", "地区", "sites", [(name, f"area:{name}") for name in areas]),
        _places("platforms", "政务新媒体分平台检查情况", "平台", "accounts", [(name, name) for name in groups]),
        _scores(sites),
        SITE_LISTS["undetermined"].annex(sites),
        ACCOUNT_LISTS["undetermined"].annex(accounts),
        _follow_ups(results, [*sites, *accounts]),
        _rechecks([*sites, *accounts]),
        SITE_LISTS["excluded"].annex(sites),
        ACCOUNT_LISTS["excluded"].annex(accounts),
    )
    found = [annex for annex in made if annex.rows]
    if len(found) == 1:
        return (replace(found[0], mark="附件"),)
    return tuple(replace(annex, mark=f"附件{number}") for number, annex in enumerate(found, 1))
