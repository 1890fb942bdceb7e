import datetime as dt
import json
from pathlib import Path

from govspider.facts import ColumnState, VerdictKind
from govspider.reports.jsonl import column_records, finding_records, verdict_records, write_lines
from tests.reports.builder import blank, column, finding, round_of, site, write


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_verdicts_have_the_agreed_keys(tmp_path: Path) -> None:
    results = round_of(site(1, verdict=VerdictKind.UNDETERMINED, unknown=[("home-stale", "访问超时")]))
    write(write_lines(tmp_path / "v", verdict_records), results.sites)
    assert read(tmp_path / "v") == [
        {
            "subject": "site",
            "code": "6108000001",
            "name": "示例1局",
            "verdict": "undetermined",
            "score": None,
            "score_low": None,
            "score_high": None,
            "score_items": [],
            "unanswered": [],
            "vetoes": [],
            "problems": [],
            "unknown": [{"rule": "home-stale", "reason": "访问超时"}],
            "coverage": {
                "pages": 40,
                "columns": 20,
                "columns_read": 19,
                "rendered": 2,
                "blocked": 1,
                "failed": 1,
                "complete": True,
            },
            "inspection": "first",
            "checkpoint": "2021-08-10",
        }
    ]


def test_findings_have_the_agreed_keys(tmp_path: Path) -> None:
    write(write_lines(tmp_path / "f", finding_records), [site(1, findings=[blank(1)])])
    record = read(tmp_path / "f")[0]
    agreed = [
        "key",
        "subject",
        "code",
        "rule",
        "outcome",
        "url",
        "where",
        "evidence",
        "message",
        "review",
        "first_seen",
        "last_seen",
    ]
    assert list(record)[: len(agreed)] == agreed
    assert (record["subject"], record["outcome"], record["review"]) == ("site", "violation", "pending")
    assert dt.datetime.fromisoformat(record["first_seen"]).tzinfo is not None
    assert record["evidence"]["columns"][0]["name"] == "领导讲话"


def test_columns_have_the_agreed_keys(tmp_path: Path) -> None:
    results = round_of(
        site(
            1,
            columns=[
                (column("工作动态"), ColumnState.UPDATED),
                (column("数据", newest=None, visit=None), ColumnState.FAILED),
            ],
        ),
        site(2, inspected=False, verdict=VerdictKind.UNDETERMINED),
    )
    write(write_lines(tmp_path / "c", column_records), results.sites)
    first, second = read(tmp_path / "c")
    agreed = ["code", "name", "url", "category", "state", "newest", "entries", "rendered"]
    assert list(first)[: len(agreed)] == agreed
    assert (first["newest"], first["state"], first["rendered"]) == ("2021-08-09", "updated", False)
    assert (second["newest"], second["state"], second["rendered"]) == (None, "failed", False)
    assert second["entries_before"] is None


def test_one_object_stays_one_line_whatever_the_text(tmp_path: Path) -> None:
    hostile = "a\nb\u2028c\u2029d\x85e\x00f\ud800g"
    write(write_lines(tmp_path / "f", finding_records), [site(1, findings=[finding(1, "x", hostile)])])
    records = read(tmp_path / "f")
    assert [record["message"] for record in records] == [hostile.replace("\ud800", "?")]
