"""verdicts.jsonl, findings.jsonl and columns.jsonl: one JSON object a line, for other programs."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from govspider.facts import AccountResult, SiteResult
from govspider.reports.atomic import whole
from govspider.reports.writers import Writer

# JSON may hold these as they are, but many readers take them for the end of a line.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


Subject = SiteResult | AccountResult


def _plain(value: object) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return str(value)


def line(record: dict[str, Any]) -> bytes:
    text = json.dumps(record, ensure_ascii=False, default=_plain).translate(_LINE_ENDS)
    return text.encode("utf-8", "replace") + b"\n"


def write_lines(path: Path, records: Callable[[Subject], Iterable[dict[str, Any]]]) -> Writer:
    with whole(path) as part, part.open("wb") as file:
        while (subject := (yield)) is not None:
            file.writelines(map(line, records(subject)))


def verdict_records(subject: Subject) -> Iterator[dict[str, Any]]:
    record = asdict(subject.verdict)
    if isinstance(subject, AccountResult):
        account = subject.account
        record |= {"kind": account.kind_name, "platform": account.kind.group.value, "sponsor": account.sponsor}
    yield record


def finding_records(subject: Subject) -> Iterator[dict[str, Any]]:
    for found in subject.findings:
        yield {
            "key": found.key,
            "subject": subject.verdict.subject,
            "code": found.code,
            "rule": found.rule,
            "outcome": found.outcome,
            "url": found.url,
            "where": found.where,
            "evidence": found.evidence,
            "message": found.message,
            "review": found.review,
            "first_seen": found.first_seen,
            "last_seen": found.last_seen,
            "title": found.title,
            "decides": found.decides,
            "threshold": found.threshold,
            "source": found.source,
            "new": found.key in subject.new_findings,
        }


def column_records(site: Subject) -> Iterator[dict[str, Any]]:
    if isinstance(site, AccountResult) or site.facts is None:
        return
    for column, state in zip(site.facts.columns, site.column_states, strict=True):
        yield {
            "code": site.site.code,
            "name": column.name,
            "url": column.url,
            "category": column.category,
            "state": state,
            "newest": column.newest,
            "entries": column.entry_count,
            "rendered": column.visit is not None and column.visit.rendered,
            "path": column.path,
            "reason": column.reason,
            "entries_before": column.earlier.entries if column.earlier is not None else None,
        }
