"""Which account of the register a row of a handed-in table is about."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from govspider.facts import Account, AccountMention
from govspider.register import cells
from govspider.register.account_kinds import account_kind
from govspider.register.accounts import code_of, platform
from govspider.register.problems import Problems
from govspider.register.table import Row


@dataclass(frozen=True, slots=True)
class Known:
    """The register's accounts by what a row may call them."""

    by_id: dict[tuple[str, str], Account] = field(default_factory=dict)
    by_name: dict[tuple[str, str], Account] = field(default_factory=dict)

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> "Known":
        known = cls()
        for one in accounts:
            if one.account_id:
                known.by_id[platform(one), one.account_id] = one
            known.by_name[platform(one), one.name] = one
        return known

    def find(self, account: Account) -> Account | None:
        """By its ID, else by its name."""
        place = platform(account)
        return self.by_id.get((place, account.account_id)) or self.by_name.get((place, account.name))


def found_by(row: Row, problems: Problems, known: Known, *, opened: bool) -> tuple[str, bool]:
    """The account's code, and whether the register has it; a problem when it has not and was not opened just now."""
    cell = row.cells
    try:
        kind = account_kind(cell["kind"])
    except ValueError as error:
        problems.add(row.line, f"新媒体类型{cells.show(cell['kind'])}{error}" if cell["kind"] else f"新媒体类型{error}")
        return "", True
    named = Account("", kind, cell["name"], cell["kind"], cell["account_id"])
    found = known.find(named)
    if found is None and not opened:
        problems.add(
            row.line,
            f"{cells.show(cell['name'])}不在新媒体名册中，请核对类型、名称和账号ID；本月新开设的，请在“本月变动”中填写“新开设”",
        )
    return (found.code, True) if found is not None else (code_of(named, alone=True), False)


def unlisted(
    mentions: Iterable[AccountMention], accounts: Iterable[Account], sponsor: str
) -> tuple[AccountMention, ...]:
    """The mentioned accounts that the register does not have. One without any name or ID cannot be looked for.
    ``sponsor``: of the site that mentions them."""
    listed: dict[str, list[Account]] = {}
    for one in accounts:
        listed.setdefault(platform(one), []).append(one)
    return tuple(
        one
        for one in mentions
        if (one.name or one.account_id)
        and not any(_same(one, account, sponsor) for account in listed.get(_place(one), ()))
    )


def _place(mention: AccountMention) -> str:
    return platform(Account("", mention.kind, mention.name, mention.kind.value))


def _same(mention: AccountMention, account: Account, sponsor: str) -> bool:
    """A name is often written in part, or is that of the unit, and an ID stands in the account's address as well. An
    address that holds a word in the place of the number may be that of any account that the unit has there."""
    one, other, unit = (cells.word(name) for name in (mention.name, account.name, account.sponsor))
    number = mention.account_id
    if one and (one in other or other in one or one in unit):
        return True
    if number and (number in (account.account_id, account.name) or number in account.url):
        return True
    told_apart = bool(one) or number.isdecimal() or not (account.account_id or "0").isdecimal()
    return not told_apart and bool(unit) and unit == cells.word(sponsor)
