"""A round's parts where the settings say they are: store, rules, terms, outputs. The crawl and the commands share it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from govspider.facts import Site
from govspider.inspecting.plan import Plan
from govspider.reading.categories import CategoriesError, load_categories
from govspider.reading.lexicon_files import LexiconError
from govspider.reading.terms import load_lexicon
from govspider.register import RegisterError, load_outages
from govspider.reports import Office, OfficeError, load_office, write_outputs
from govspider.rules import RuleError, Rules, load_rules
from govspider.rules.toml import read_toml
from govspider.store import Round, Store, StoreError

RULES = Path(__file__).parents[1] / "rules"
LEXICONS = RULES / "lexicons"
DATABASE = "govspider.db"
EARLY_WARNING = "early-warning"
OUTAGES = "register/outages.csv"  # optional as long as no other is named
UNFINISHED = "round/unfinished"  # the statistic by which a crawl says that something is left to do

Settings = Mapping[str, Any]  # Scrapy's, or any other mapping with the same names

# What a user can put right; the texts are Chinese and say how.
FIXABLE = (StoreError, RegisterError, RuleError, OfficeError, LexiconError, CategoriesError)


def open_store(settings: Settings, *, must_exist: bool = False) -> Store:
    """The store at DATABASE_URL, or the SQLite file in OUTPUT, which is made unless it must exist already."""
    if settings["DATABASE_URL"]:
        return Store.open(settings["DATABASE_URL"])
    file = Path(settings["OUTPUT"]).absolute() / DATABASE
    if must_exist and not file.exists():
        raise StoreError(
            f"{settings['OUTPUT']} 里没有检查结果，请先运行 scrapy crawl sites，或用 -s OUTPUT= 指明位置。"
        )
    return Store.open(sqlite_url(file))


def declare_outages(store: Store, settings: Settings, sites: Sequence[Site] | None = None) -> None:
    """Tells the store what the outages register says now, as far as there is one. ``sites`` are the register's, by
    which it is checked. Raises RegisterError."""
    file = Path(settings["OUTAGES"] or "")
    if file.is_file():
        codes = None if sites is None else frozenset(site.code for site in sites)
        store.probes.declare(load_outages(file, codes))
    elif settings["OUTAGES"] not in ("", OUTAGES):
        raise RegisterError((f"没有找到报备停机登记表 {file}。请检查 -s OUTAGES=文件。",))


def sqlite_url(file: Path) -> str:
    """The address of a store in a file, whatever its folders are called."""
    return f"sqlite:///{quote(str(file))}"


def choose_round(store: Store, round_id: str = "") -> Round:
    """The named round, or the one that was begun last. Raises StoreError when there is none."""
    chosen = round_id or store.latest_round()
    if chosen is None:
        raise StoreError("还没有检查轮次，请先运行 scrapy crawl sites。")
    found = store.round(chosen)
    if found is None:
        raise StoreError(f"没有轮次 {chosen}。{existing_rounds(store)}")
    return found


def existing_rounds(store: Store) -> str:
    """A sentence for someone who named a round that is not there."""
    names = store.rounds()
    return f"已有的轮次：{'、'.join(names)}。" if names else ""


def rules_of(edition: str, overlay: str) -> Rules:
    """The rules, with the early-warning lines where the edition has some."""
    rules = load_rules(RULES, edition, overlay)
    file = RULES / "overlays" / f"{EARLY_WARNING}.toml"
    if not file.exists() or read_toml(file).get("edition") != edition:
        return rules
    return replace(rules, lines=tuple(rule for rule in load_rules(RULES, edition, EARLY_WARNING) if rule.overlay))


def plan_of(settings: Settings, checkpoint: dt.date) -> Plan:
    """What a walk may spend and reads with."""
    return Plan(
        checkpoint=checkpoint,
        lexicon=load_lexicon(LEXICONS),
        categories=load_categories(RULES / "categories.toml"),
        page_budget=int(settings["SITE_PAGE_BUDGET"]),
        time_budget=float(settings["SITE_TIME_BUDGET"]),
        survey_pages=int(settings["SURVEY_PAGES"]),
        browser=settings["BROWSER"] != "never",
    )


def office_of(settings: Settings, rules: Rules) -> Office:
    """The office's particulars, with a note where a local variant of the rules decides: a bulletin names the national
    indicators as its basis, and a threshold that is not theirs must not go out under their name unnoticed."""
    office = load_office(Path(settings["OFFICE"]))
    names = "、".join(sorted({rule.overlay for rule in (*rules, rules.scoring) if rule.overlay}))
    if not names:
        return office
    note = f"本轮按“{names}”判定，阈值或分值与国家指标不同；请先核对其依据，并在 office.toml 的 basis 中写明，再印发。"
    return replace(office, notes=(*office.notes, note))


def publish(store: Store, round_id: str, rules: Rules, settings: Settings) -> tuple[Path, ...]:
    """Writes all outputs of the round from the store; the files written, the bulletin first."""
    office = office_of(settings, rules)
    return write_outputs(store.results(round_id, rules), office, Path(settings["OUTPUT"]) / round_id)
