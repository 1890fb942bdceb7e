"""What one run of ``scrapy crawl accounts`` is to do, worked out and checked before the first request."""

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scrapy.settings import BaseSettings

from govspider.accounts.walk import AccountPlan
from govspider.facts import BEIJING, Account, AccountStatus, Subject
from govspider.register import RegisterError, load_accounts
from govspider.reports import Office
from govspider.rounds import FIXABLE, office_of, open_store, plan_of, rules_of
from govspider.rules import Rules
from govspider.spiders.campaign import (
    CampaignError,
    check_arguments,
    check_browser,
    check_settings,
    round_of,
    wants_resume,
)
from govspider.store import Store, StoreError

EXAMPLE = "register/accounts.example.csv"
FAMILY = "register"
ARGUMENTS = ("account", "round", "checkpoint", "resume")


@dataclass(frozen=True, slots=True)
class AccountCampaign:
    """As ``Campaign``, for accounts."""

    round: str
    accounts: tuple[Account, ...]
    todo: tuple[Account, ...]
    done: int
    plan: AccountPlan
    rules: Rules
    office: Office
    output: Path
    store: Store
    again: str

    @property
    def folder(self) -> Path:
        return self.output / self.round

    @property
    def feeds(self) -> list[str]:
        return [account.feed for account in self.accounts if account.feed]

    @property
    def registered(self) -> list[str]:
        """Every address that the office itself has named."""
        return [url for account in self.accounts for url in (account.feed, account.url) if url]


def prepare(settings: BaseSettings, arguments: Mapping[str, str]) -> AccountCampaign:
    """Raises CampaignError. Opens the store and begins the round, or takes it up again."""
    check_arguments(arguments, ARGUMENTS)
    check_settings(settings)
    check_browser(settings["CHROMIUM"] or os.environ.get("CHROMIUM", ""))
    try:
        accounts = load_accounts(register_file(settings))
        rules = rules_of(settings["EDITION"], settings["OVERLAY"])
        office = office_of(settings, rules)
        lexicon = plan_of(settings, dt.datetime.now(BEIJING).date()).lexicon
    except (RegisterError, *FIXABLE) as error:
        raise CampaignError(str(error)) from error
    chosen = chosen_accounts(arguments.get("account", ""), accounts)
    resume = wants_resume(arguments.get("resume", ""))
    try:
        store = open_store(settings)
        name, checkpoint = round_of(arguments, store, resume=resume)
        store.start_round(name, checkpoint, settings["EDITION"], settings["OVERLAY"], accounts=accounts)
        # What a site shows of accounts is compared with this register.
        store.judge_again(name, [rule for rule in rules.of(Subject.SITE) if rule.family == FAMILY])
        finished = store.finished(name, Subject.ACCOUNT) if resume else set()
    except (StoreError, OSError) as error:
        raise CampaignError(str(error)) from error
    todo = tuple(account for account in chosen if account.code not in finished)
    again = f"-a round={name} -a checkpoint={checkpoint} -a resume=1"
    if arguments.get("account"):
        again += f" -a account={arguments['account']}"
    plan = AccountPlan(checkpoint, lexicon, browser=settings["BROWSER"] != "never")
    done = len(chosen) - len(todo)
    return AccountCampaign(name, accounts, todo, done, plan, rules, office, Path(settings["OUTPUT"]), store, again)


def register_file(settings: BaseSettings) -> Path:
    path = Path(settings["ACCOUNTS"])
    if not path.exists():
        raise CampaignError(
            f"没有找到新媒体名册 {path}。\n请把 {EXAMPLE} 复制为 register/accounts.csv，按其中的列填写本地区的新媒体账号，"
            "或用 -s ACCOUNTS=文件 指定名册（CSV 或 XLSX）。"
        )
    return path


def chosen_accounts(asked: str, accounts: tuple[Account, ...]) -> tuple[Account, ...]:
    """The accounts with the named codes, IDs or names; all that are in normal operation when none is named."""
    if not asked:
        return tuple(account for account in accounts if account.status is AccountStatus.NORMAL)
    wanted = list(dict.fromkeys(part.strip() for part in asked.replace("，", ",").split(",") if part.strip()))
    if not wanted:
        raise CampaignError(f"-a account={asked} 没有写明账号。")
    found = {part: [one for one in accounts if part in (one.code, one.account_id, one.name)] for part in wanted}
    if missing := [part for part, ones in found.items() if not ones]:
        raise CampaignError(
            f"名册中没有账号 {'、'.join(missing)}。请核对 -a account=账号ID 或者名称（多个用逗号分隔）。"
        )
    chosen = {account.code: account for ones in found.values() for account in ones}.values()
    excluded = [account.name for account in chosen if account.status is not AccountStatus.NORMAL]
    if excluded:
        raise CampaignError(f"{'、'.join(excluded)} 在名册中的报送状态不是“正常”，不检查。")
    return tuple(chosen)
