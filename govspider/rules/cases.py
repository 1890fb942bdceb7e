"""The cases in a rule file: small tables from which whole facts are built, so that a rule is tested where it stands.

Everything that a case does not say has a harmless default: a normal department site whose pages were read today, or a
normal WeChat account. A rule whose points only portals can lose says ``site = { kind = "portal" }``.
Any list of tables may say ``repeat = N``; ``fetch = "timeout"`` (and ``status``) stands for a visit that ended so.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from pydantic import TypeAdapter, ValidationError

from govspider.checks.identity import page_digest, title_digest
from govspider.facts import (
    Account,
    AccountFacts,
    Channel,
    Column,
    EarlierColumn,
    Foreign,
    GuideElements,
    Home,
    ItemAnswer,
    LinkCheck,
    Message,
    Outage,
    Outcome,
    Period,
    Probe,
    Service,
    Site,
    SiteFacts,
    Subject,
    Tampering,
)
from govspider.rules.sample_cases import build_samples

Table = dict[str, Any]

HOME = "https://www.city.example/"
CHECKPOINT = dt.date(2026, 6, 30)
_FACTS: Mapping[Subject, TypeAdapter[Any]] = {
    Subject.SITE: TypeAdapter(SiteFacts),
    Subject.ACCOUNT: TypeAdapter(AccountFacts),
}
_OUTCOMES = TypeAdapter(dict[str, Outcome])
_DATING = {"newest", "undated", "reason", "navigation_only"}
_KEYS: Mapping[Subject, set[str]] = {
    Subject.SITE: {"name", "expect"} | {field.name for field in fields(SiteFacts)},
    Subject.ACCOUNT: {"name", "expect"} | {field.name for field in fields(AccountFacts)},
}


@dataclass(frozen=True, slots=True)
class Case:
    """``expect``: the outcome of each subject; "" is the site as a whole."""

    name: str
    facts: Any  # SiteFacts or AccountFacts, as the rule's subject is
    expect: Mapping[str, Outcome]


def build_case(table: Mapping[str, Any], subject: Subject = Subject.SITE, rule: str = "") -> Case:
    """``rule``: whom an answer is about that does not say so. Raises ValueError, in Chinese, for a key that the facts do
    not have or a value that does not fit."""
    _only(table, _KEYS[subject], "case")
    if not isinstance(table.get("name"), str) or "expect" not in table:
        raise ValueError("case 必须有 name 和 expect")
    expect = table["expect"]
    try:
        outcomes = _OUTCOMES.validate_python(expect if isinstance(expect, dict) else {"": expect})
        told = {key: value for key, value in table.items() if key not in {"name", "expect"}}
        built = _facts(told) if subject is Subject.SITE else _account_facts(told)
        if "answers" in told:
            built["answers"] = [_item_answer(row, rule) for row in _repeated(told["answers"], "answers")]
        facts = _FACTS[subject].validate_python(built)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"case “{table['name']}”：{where} {first['msg']}") from error
    return Case(table["name"], facts, outcomes)


def _only(table: Mapping[str, Any], allowed: set[str], what: str) -> None:
    if unknown := sorted(set(table) - allowed):
        raise ValueError(f"{what} 有不认识的键 {'、'.join(unknown)}")


def _facts(table: Table) -> Table:
    table = {"checkpoint": CHECKPOINT, **table}
    site = {"code": "1234567890", "name": "某局", "url": HOME, "public_services": True, **table.get("site", {})}
    _only(site, {field.name for field in fields(Site)}, "site")
    if site["public_services"] == "unstated":  # TOML has no null
        site["public_services"] = None
    home = {"url": HOME, **table.get("home", {})}
    if not _DATING & set(home):
        home["newest"] = table["checkpoint"]
    if isinstance(samples := table.get("samples"), dict):
        table["samples"] = build_samples(samples, HOME)
    built: Table = {**table, "site": site, "home": _visited(home, Home, "home")}
    if "past" in table:
        built["past"] = _past(table["past"])
    for key, build in _LISTS.items():
        if key in table:
            built[key] = [build(row, number) for number, row in enumerate(_repeated(table[key], key), 1)]
    return built


def _account_facts(table: Table) -> Table:
    """Lists of tables may say ``repeat``; what their rows may hold, and its defaults, are the facts' own."""
    account = {"code": "gh_1", "kind": "wechat", "name": "某发布", **table.get("account", {})}
    _only(account, {field.name for field in fields(Account)}, "account")
    lists = {key: _repeated(rows, key) for key, rows in table.items() if isinstance(rows, list)}
    return {"checkpoint": CHECKPOINT, **table, **lists, "account": account}


def _item_answer(row: Table, rule: str) -> Table:
    row = {"rule": rule, **row}
    _only(row, {field.name for field in fields(ItemAnswer)}, "answers")
    return row


def _repeated(rows: Any, key: str) -> list[Table]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"{key} 必须是表的列表")
    return [{k: v for k, v in row.items() if k != "repeat"} for row in rows for _ in range(row.get("repeat", 1))]


def _visited(row: Table, kind: type, what: str) -> Table:
    """Replaces fetch, status and final by the visit of the row's address; ``fetch = "none"``: it was never asked."""
    _only(row, {field.name for field in fields(kind)} | {"fetch", "status", "final", "url"}, what)
    fetch, status, final = row.pop("fetch", "ok"), row.pop("status", 0), row.pop("final", row["url"])
    row["visit"] = (
        None if fetch == "none" else {"url": row["url"], "final_url": final, "fetch": fetch, "status": status}
    )
    if "url" not in {field.name for field in fields(kind)}:
        row.pop("url")
    return row


def _column(row: Table, number: int) -> Table:
    row = {"name": f"栏目{number}", "url": f"{HOME}c{number}/", **row}
    filled = row.get("newest") or row.get("undated")
    row.setdefault("entry_count", 10 if filled else 0)
    row.setdefault("blank", False if row["entry_count"] else None)
    if isinstance(earlier := row.get("earlier"), dict):
        _only(earlier, {field.name for field in fields(EarlierColumn)}, "earlier")
        row["earlier"] = {"url": row["url"], "name": row["name"], "seen": dt.date(2026, 3, 31), **earlier}
    return _visited(row, Column, "columns")


def _past(table: Table) -> Table:
    """The lists of an earlier inspection are written with addresses and titles, which facts keep as digests."""
    if not isinstance(table.get("earlier"), dict):
        return table
    earlier = {"seen": dt.date(2026, 3, 31), **table["earlier"]}
    earlier["known"] = [page_digest(url) for url in earlier.get("known", ())]
    earlier["lists"] = [
        {"page": page_digest(one["url"]), "entries": [_entry_then(row) for row in one["entries"]]}
        for one in earlier.get("lists", ())
    ]
    return {**table, "earlier": earlier}


def _entry_then(row: Table) -> Table:
    return {"page": page_digest(row["url"]), "title": title_digest(row["title"]), "date": row.get("date")}


def _service(row: Table, number: int) -> Table:
    row = {"name": f"事项{number}", "url": f"{HOME}g{number}.html", **row}
    if isinstance(guide := row.get("guide"), dict):
        _only(guide, {field.name for field in fields(GuideElements)}, "guide")
        row["guide"] = {"name": row["name"], "elements": {}, "missing": [], **guide}
    return _visited(row, Service, "services")


def _link(row: Table, number: int) -> Table:
    row = {"url": f"{HOME}l{number}.html", "text": f"链接{number}", "found_on": HOME, "home": True, **row}
    return _visited({"kind": "page", "external": False, **row}, LinkCheck, "links")


def _channel(row: Table, number: int) -> Table:
    row = {"name": f"渠道{number}", "url": f"{HOME}i{number}/", "kind": "consultation", **row}
    _only(row, {field.name for field in fields(Channel)}, "channels")
    return row


def _message(row: Table, number: int) -> Table:
    row = {"title": f"留言{number}", "url": f"{HOME}m{number}.html", **row}
    _only(row, {field.name for field in fields(Message)}, "messages")
    return row


def _tampering(row: Table, number: int) -> Table:
    foreign = {"term": "博彩", "where": "hidden", "snippet": "", **row.get("foreign", {})}
    _only(foreign, {field.name for field in fields(Foreign)}, "foreign")
    row = {"url": f"{HOME}t{number}.html", **row, "foreign": foreign}
    _only(row, {field.name for field in fields(Tampering)}, "tampering")
    return row


def _probe(row: Table, number: int) -> Table:
    row = {"ok": True, **row}
    _only(row, {field.name for field in fields(Probe)}, "probes")
    return row


def _outage(row: Table, number: int) -> Table:
    row = {"code": "1234567890", "reason": "检修", "approved_by": "某办", **row}
    _only(row, {field.name for field in fields(Outage)}, "outages")
    return row


def _own_visit(row: Table, number: int) -> Table:
    _only(row, {field.name for field in fields(Period)}, "own_visits")
    return row


_LISTS: Mapping[str, Callable[[Table, int], Table]] = {
    "columns": _column,
    "services": _service,
    "links": _link,
    "channels": _channel,
    "messages": _message,
    "tampering": _tampering,
    "probes": _probe,
    "outages": _outage,
    "own_visits": _own_visit,
}
