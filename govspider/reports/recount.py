"""The counts of a round once more, by SQL over its rows: what a finished bulletin is proved with.

Shares no counting with ``figures``: verdicts, findings and rechecks are laid into tables as the store gave them, and every
measure is a query.
"""

import sqlite3
from collections.abc import Iterator

from govspider.facts import AccountResult, Answer, RoundResults, SiteKind, SiteResult
from govspider.reports.areas import areas
from govspider.reports.phrases import BONUS, GROUPS, KIND_NAMES
from govspider.reports.sentences import points
from govspider.reports.subjects import told

_TABLES = """
CREATE TABLE subjects (
    half, code, grouped, area, part, status, inspected, verdict, first, pages, columns_, columns_read, complete,
    low, high,
    PRIMARY KEY (half, code)
);
CREATE TABLE vetoes (half, code, rule);
CREATE TABLE findings (half, code, key, rule, told_with, decides, outcome, review, message, places_);
CREATE TABLE before (half, code);
CREATE TABLE scores (code, part, low, high);
CREATE TABLE rechecks (half, code, answer);

CREATE VIEW states AS SELECT *, CASE
    WHEN verdict = 'excluded' AND status = 'exception' THEN 'exceptions'
    WHEN verdict = 'excluded' THEN 'closed'
    WHEN NOT inspected THEN 'waiting'
    ELSE verdict END AS state FROM subjects;
CREATE VIEW places AS
    SELECT half, code, '' AS place FROM subjects
    UNION ALL SELECT half, code, '@' || grouped FROM subjects
    UNION ALL SELECT half, code, '@area:' || area FROM subjects WHERE area <> '';
CREATE VIEW checked AS SELECT * FROM states WHERE state IN ('qualified', 'unqualified', 'undetermined');
CREATE VIEW vetoing AS SELECT f.* FROM findings f
    JOIN checked c ON c.half = f.half AND c.code = f.code AND c.state = 'unqualified'
    JOIN vetoes v ON v.half = f.half AND v.code = f.code AND v.rule = f.rule
    WHERE f.review <> 'rejected' AND (f.outcome = 'violation' OR f.review = 'confirmed');
CREATE VIEW minor AS SELECT f.*, c.part FROM findings f JOIN checked c ON c.half = f.half AND c.code = f.code
    WHERE f.decides IN ('deduction', 'bonus', 'notice') AND f.outcome IN ('violation', 'notice') AND f.review <> 'rejected'
    AND NOT EXISTS (
        SELECT 1 FROM vetoing v WHERE v.half = f.half AND v.code = f.code AND v.told_with = f.told_with
    );
CREATE VIEW clues AS SELECT f.* FROM findings f JOIN checked c ON c.half = f.half AND c.code = f.code
    WHERE f.outcome = 'clue' AND f.review = 'pending';
"""

# Each gives the name of a measure without its half, and the number.
_COUNTS = (
    """
    WITH sums (name, state) AS (VALUES
        ('qualified', 'qualified'), ('unqualified', 'unqualified'), ('undetermined', 'undetermined'),
        ('waiting', 'waiting'), ('exceptions', 'exceptions'), ('closed', 'closed'),
        ('checked', 'qualified'), ('checked', 'unqualified'), ('checked', 'undetermined'),
        ('concluded', 'qualified'), ('concluded', 'unqualified'),
        ('normal', 'qualified'), ('normal', 'unqualified'), ('normal', 'undetermined'), ('normal', 'waiting'),
        ('open', 'undetermined'), ('open', 'waiting'), ('excluded', 'exceptions'), ('excluded', 'closed'),
        ('registered', 'qualified'), ('registered', 'unqualified'), ('registered', 'undetermined'),
        ('registered', 'waiting'), ('registered', 'exceptions'), ('registered', 'closed')
    ), here AS (
        SELECT p.place, s.code, s.state FROM places p JOIN states s ON s.half = p.half AND s.code = p.code WHERE s.half = :half
    )
    SELECT name || p.place, count(here.code)
    FROM (SELECT place FROM places WHERE half = :half UNION SELECT '') p CROSS JOIN sums
    LEFT JOIN here ON here.place = p.place AND here.state = sums.state GROUP BY name, p.place
    """,
    "SELECT 'pages', coalesce(sum(pages), 0) FROM checked WHERE half = :half",
    "SELECT 'columns', coalesce(sum(columns_), 0) FROM checked WHERE half = :half",
    "SELECT 'columns_read', coalesce(sum(columns_read), 0) FROM checked WHERE half = :half",
    "SELECT 'provisional', count(*) FROM checked WHERE half = :half AND state = 'qualified' AND low <> high",
    "SELECT 'cut_short', count(*) FROM checked WHERE half = :half AND NOT complete",
    "SELECT 'rechecked', count(first) FROM checked WHERE half = :half",
    "SELECT 'recovered', count(*) FROM checked WHERE half = :half AND first = 'unqualified' AND state = 'qualified'",
    "SELECT 'answers', count(*) FROM rechecks WHERE half = :half",
    "SELECT 'answers@' || answer, count(*) FROM rechecks WHERE half = :half GROUP BY answer",
    "SELECT 'before', count(*) FROM before WHERE half = :half",
    """
    SELECT 'before:' || column1, count(now.code)
    FROM (VALUES ('qualified'), ('unqualified'), ('undetermined'), ('waiting'), ('exceptions'), ('closed'), ('gone'))
    LEFT JOIN (
        SELECT b.code, coalesce(s.state, 'gone') AS state
        FROM before b LEFT JOIN states s ON s.half = b.half AND s.code = b.code WHERE b.half = :half
    ) now ON now.state = column1 GROUP BY column1
    """,
    "SELECT 'clues', count(*) FROM clues WHERE half = :half",
    "SELECT 'clued', count(DISTINCT code) FROM clues WHERE half = :half",
    "SELECT 'vetoed:' || told_with, count(DISTINCT code) FROM vetoing WHERE half = :half GROUP BY told_with",
    "SELECT 'minor:' || rule || '@' || part, count(DISTINCT code) FROM minor WHERE half = :half GROUP BY rule, part",
    "SELECT 'places:' || rule || '@' || part, sum(places_) FROM minor WHERE half = :half GROUP BY rule, part",
    "SELECT 'places:' || rule || '#' || code, sum(places_) FROM minor WHERE half = :half GROUP BY rule, code",
)
_BOTH = ("rechecked", "recovered", "before", "answers")
_TOLD_WITH = {rule: group.name for group in GROUPS for rule in (*group.rules, *group.items)}


def recount(results: RoundResults) -> dict[str, int | str]:
    """The same names as ``figures.count`` gives."""
    database = sqlite3.connect(":memory:")
    try:
        database.executescript(_TABLES)
        _lay_in(database, results)
        measures: dict[str, int | str] = {}
        for half in ("sites", "accounts"):
            for query in _COUNTS:
                measures.update((f"{half}.{name}", number) for name, number in database.execute(query, {"half": half}))
            for answer in Answer:
                measures.setdefault(f"{half}.answers@{answer}", 0)
        for name in (*_BOTH, *(f"answers@{answer}" for answer in Answer)):
            measures[name] = int(measures[f"sites.{name}"]) + int(measures[f"accounts.{name}"])
        scored = database.execute("SELECT code, low, high FROM subjects WHERE low IS NOT NULL")
        measures.update((f"score:{code}", points(low, high)) for code, low, high in scored)
        parts = database.execute(
            "SELECT s.code, s.part, sum(s.low), sum(s.high) FROM scores s JOIN subjects USING (code) "
            "WHERE subjects.low IS NOT NULL GROUP BY s.code, s.part"
        )
        measures.update((f"score:{code}:{part}", points(low, high)) for code, part, low, high in parts)
        said = database.execute("SELECT key, message FROM findings")
        return measures | {f"finding:{key}": message for key, message in said}
    finally:
        database.close()


def _lay_in(database: sqlite3.Connection, results: RoundResults) -> None:
    before = [(f"{one.subject}s", one.code) for one in results.followups]
    database.executemany("INSERT INTO before VALUES (?,?)", before)
    placed = areas(result.site for result in results.sites)
    for half, result, row in _rows(results, placed):
        cover, code = result.verdict.coverage, result.verdict.code
        first = result.first_verdict.verdict.value if result.first_verdict else None
        work = (
            cover.pages,
            cover.columns,
            cover.columns_read,
            cover.complete,
            result.verdict.score_low,
            result.verdict.score_high,
        )
        seen = (result.facts is not None, result.verdict.verdict.value, first)
        database.execute(f"INSERT INTO subjects VALUES ({','.join('?' * 15)})", (half, code, *row, *seen, *work))  # noqa: S608
        database.executemany(
            "INSERT INTO vetoes VALUES (?,?,?)", [(half, code, rule) for rule in result.verdict.vetoes]
        )
        database.executemany(
            f"INSERT INTO findings VALUES ({','.join('?' * 10)})",  # noqa: S608
            [
                (
                    half,
                    code,
                    one.key,
                    one.rule,
                    _TOLD_WITH.get(one.rule, one.rule),
                    one.decides.value,
                    one.outcome,
                    one.review.value,
                    told(one),
                    places if isinstance(places := one.evidence.get("places"), int) and places > 0 else 1,
                )
                for one in result.findings
            ],
        )
        database.executemany(
            "INSERT INTO scores VALUES (?,?,?,?)",
            [
                (code, BONUS if item.bonus else item.item.partition("/")[0], item.low, item.high)
                for item in result.verdict.score_items
            ],
        )
        database.executemany(
            "INSERT INTO rechecks VALUES (?,?,?)", [(half, code, one.answer.value) for one in result.rechecks]
        )


def _rows(
    results: RoundResults, placed: dict[str, str]
) -> Iterator[tuple[str, SiteResult | AccountResult, tuple[str, str, str, str]]]:
    """Half, result, and: group, area, part, status."""
    for result in results.sites:
        site = result.site
        part = "portal" if site.kind is SiteKind.PORTAL else "other"
        yield "sites", result, (KIND_NAMES[site.kind], placed[site.code], part, site.status.value)
    for account in results.accounts:
        of = account.account
        yield "accounts", account, (of.kind.group.value, "", "other", of.status.value)
