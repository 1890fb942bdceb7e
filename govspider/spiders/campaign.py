"""What one run of ``scrapy crawl sites`` is to do, worked out and checked before the first request."""

import datetime as dt
import math
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from scrapy.settings import BaseSettings, default_settings

from govspider.facts import BEIJING, Site, SiteStatus
from govspider.fetching.guard import networks
from govspider.inspecting.plan import Plan
from govspider.register import RegisterError, load_sites
from govspider.reports import Office
from govspider.rounds import FIXABLE, declare_outages, existing_rounds, office_of, open_store, plan_of, rules_of
from govspider.rules import Rules
from govspider.store import Store, StoreError

EXAMPLE = "register/sites.example.csv"
ARGUMENTS = ("site", "round", "checkpoint", "resume")
ROUND = re.compile(r"\w[\w.-]{0,39}")
YES, NO = {"1", "true", "yes", "是"}, {"", "0", "false", "no", "否"}
LEAST: dict[str, tuple[type[int] | type[float], int]] = {
    "SITES_IN_PARALLEL": (int, 1),
    "SITE_PAGE_BUDGET": (int, 1),
    "SITE_TIME_BUDGET": (float, 1),
    "SURVEY_PAGES": (int, 0),
    "UPTIME_IN_PARALLEL": (int, 1),
    "UPTIME_PAUSE": (float, 0),
    "UPTIME_SECONDS": (float, 1),
    "RETRY_PAUSE": (float, 0),
    "DOWNLOAD_DELAY": (float, 0),
    "DOWNLOAD_TIMEOUT": (float, 1),
    "DOWNLOAD_MAXSIZE": (int, 0),
    "CONCURRENT_ITEMS": (int, 1),
    "CONCURRENT_REQUESTS": (int, 0),
    "CONCURRENT_REQUESTS_PER_DOMAIN": (int, 1),
}


class CampaignError(Exception):
    """The run cannot start. The text is Chinese and says what to do."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """``sites`` is the whole register, ``todo`` what this run inspects, ``done`` how many a resumed round has already;
    ``outside`` are registered as closed or as exceptions: only their home page is looked at.

    ``again`` are the arguments with which the same round can be taken up after an interruption.
    """

    round: str
    sites: tuple[Site, ...]
    todo: tuple[Site, ...]
    done: int
    plan: Plan
    rules: Rules
    office: Office
    output: Path
    store: Store
    again: str
    outside: tuple[Site, ...] = ()

    @property
    def folder(self) -> Path:
        return self.output / self.round

    @property
    def registered(self) -> list[str]:
        """Every address that the office itself has named."""
        return [url for site in self.sites for url in (site.url, *(hint.url for hint in site.hints))]


def prepare(settings: BaseSettings, arguments: Mapping[str, str]) -> Campaign:
    """Raises CampaignError. Opens the store and begins the round, or takes it up again."""
    check_arguments(arguments, ARGUMENTS)
    check_settings(settings)
    check_browser(settings["CHROMIUM"] or os.environ.get("CHROMIUM", ""))
    try:
        sites = load_sites(register_file(settings), _columns(settings))
        rules = rules_of(settings["EDITION"], settings["OVERLAY"])
        office = office_of(settings, rules)
        plan = plan_of(settings, dt.datetime.now(BEIJING).date())
    except (RegisterError, *FIXABLE) as error:
        raise CampaignError(str(error)) from error
    chosen = chosen_sites(arguments.get("site", ""), sites)
    resume = wants_resume(arguments.get("resume", ""))
    output = Path(settings["OUTPUT"])
    try:
        store = open_store(settings)
        declare_outages(store, settings, sites)
        name, checkpoint = round_of(arguments, store, resume=resume)
        store.start_round(name, checkpoint, settings["EDITION"], settings["OVERLAY"], sites)
        finished = store.finished(name) if resume else set()
        looked = store.looks.codes(name) if resume else set()
    except (StoreError, RegisterError, OSError) as error:
        raise CampaignError(str(error)) from error
    todo = tuple(site for site in chosen if site.code not in finished)
    again = f"-a round={name} -a checkpoint={checkpoint} -a resume=1"
    if arguments.get("site"):
        again += f" -a site={arguments['site']}"
    return Campaign(
        name,
        sites,
        todo,
        len(chosen) - len(todo),
        replace(plan, checkpoint=checkpoint, round=name),
        rules,
        office,
        output,
        store,
        again,
        () if arguments.get("site") else _outside(sites, looked),
    )


def hold(output: Path, round_id: str, half: str) -> FileLock:
    """The right to inspect all sites, or accounts, of a round, until the process ends. Raises CampaignError: a second
    run beside the first would ask every site twice as often, and what it finds would pass for a re-inspection."""
    lock = FileLock(output.absolute() / f"{half}-{round_id}.lock", timeout=0)
    try:
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise CampaignError(
            f"轮次 {round_id} 正在检查，不能同时再查一遍。请等它结束；只查个别的，请写 -a site= 或者 -a account=。"
        ) from None
    except OSError as error:
        raise CampaignError(f"{output} 无法写入（{error.strerror}）。请检查文件夹权限和磁盘空间。") from error
    return lock


def _outside(sites: Sequence[Site], looked: set[str]) -> tuple[Site, ...]:
    return tuple(site for site in sites if site.status is not SiteStatus.NORMAL and site.code not in looked)


def check_browser(path: str) -> None:
    """A browser that was named must be there: a round without the expected browser would be a worse round."""
    if path and not os.access(path, os.X_OK):
        raise CampaignError(f"找不到浏览器 {path}。请核对 CHROMIUM；不用浏览器检查请写 -s BROWSER=never。")


def check_arguments(arguments: Mapping[str, str], known: Sequence[str]) -> None:
    unknown = [name for name in arguments if name not in known]
    if unknown:
        raise CampaignError(f"不认识的参数：{'、'.join(unknown)}。可用的参数：{'、'.join(known)}。")


def check_settings(settings: BaseSettings) -> None:
    if settings["BROWSER"] not in ("auto", "never"):
        raise CampaignError(f"BROWSER 只能是 auto 或 never，不能是 {settings['BROWSER']}。")
    for name, (number, least) in LEAST.items():
        if not _is_number(settings[name], number, least):
            what = "整数" if number is int else "数"
            raise CampaignError(f"{name} 必须是不小于 {least} 的{what}，不能是 {settings[name]}。")
    for name, default in vars(default_settings).items():
        if isinstance(default, int | float) and not isinstance(default, bool) and not _is_number(settings[name], float):
            raise CampaignError(f"{name} 必须是数，不能是 {settings[name]}。")
    try:
        networks(settings.getlist("PRIVATE_NETWORKS_ALLOWED"))
    except ValueError as error:
        raise CampaignError(str(error)) from error


def _is_number(value: Any, number: type[int] | type[float], least: float = -math.inf) -> bool:
    try:
        return least <= number(value) < math.inf
    except (TypeError, ValueError):
        return False


def register_file(settings: BaseSettings) -> Path:
    path = Path(settings["REGISTER"])
    if not path.exists():
        raise CampaignError(
            f"没有找到网站名册 {path}。\n请把 {EXAMPLE} 复制为 register/sites.csv，按其中的列填写本地区的网站，"
            "或用 -s REGISTER=文件 指定名册（CSV 或 XLSX）。"
        )
    return path


def _columns(settings: BaseSettings) -> Path | None:
    """The columns register is optional, unless a file was named that is not there."""
    path = Path(settings["COLUMNS"] or "")
    if path.is_file():
        return path
    if settings["COLUMNS"] and settings.getpriority("COLUMNS") == 40:
        raise CampaignError(f"没有找到栏目名册 {path}。请检查 -s COLUMNS=文件。")
    return None


def chosen_sites(codes: str, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The named sites, or all that are in normal operation."""
    if not codes:
        return tuple(site for site in sites if site.status is SiteStatus.NORMAL)
    known = {site.code: site for site in sites}
    wanted = list(dict.fromkeys(code.strip() for code in codes.replace("，", ",").split(",") if code.strip()))
    if not wanted:
        raise CampaignError(f"-a site={codes} 没有写明网站标识码。")
    missing = [code for code in wanted if code not in known]
    if missing:
        raise CampaignError(f"名册中没有网站标识码 {'、'.join(missing)}。请核对 -a site=标识码（多个用逗号分隔）。")
    excluded = [code for code in wanted if known[code].status is not SiteStatus.NORMAL]
    if excluded:
        raise CampaignError(f"{'、'.join(excluded)} 在名册中的报送状态不是“正常”，不检查。")
    return tuple(known[code] for code in wanted)


def wants_resume(text: str) -> bool:
    if text.lower() not in YES | NO:
        raise CampaignError(f"resume 只能是 1 或 0，不能是 {text}。")
    return text.lower() in YES


def round_of(arguments: Mapping[str, str], store: Store, *, resume: bool) -> tuple[str, dt.date]:
    """The round's name and this run's checkpoint. What is taken up again keeps its checkpoint."""
    said = arguments.get("checkpoint", "")
    today = dt.datetime.now(BEIJING).date()
    try:
        checkpoint = dt.date.fromisoformat(said) if said else today
    except ValueError:
        raise CampaignError(f"checkpoint 应是日期，如 2026-06-30，不能是 {said}。") from None
    name = arguments.get("round") or f"{checkpoint.year}Q{(checkpoint.month + 2) // 3}"
    if not ROUND.fullmatch(name):
        raise CampaignError(f"轮次名 {name} 不能用：只能有文字、数字、点、横线和下划线，最长 40 个字。")
    begun = store.round(name) if resume else None
    if resume and begun is None and store.rounds():
        # A slip in the round's name would inspect everything again, in a round of its own. Where there is no round at
        # all, the first one was ended before it was begun.
        raise CampaignError(f"没有轮次 {name}，不能续查。{existing_rounds(store)}从头检查请去掉 -a resume=1。")
    return name, begun.checkpoint if begun is not None and not said else checkpoint
