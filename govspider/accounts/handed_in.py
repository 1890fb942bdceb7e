"""A file that a unit handed in → statements, whichever table it is."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from govspider.accounts.exports import EXPORT, read_export
from govspider.accounts.matching import Known
from govspider.accounts.selfchecks import SELF_CHECK, Reading, read_self_checks
from govspider.facts import Account, Statement
from govspider.register import RegisterError
from govspider.register.cells import visible
from govspider.register.table import read_table


def read_statements(
    path: Path, accounts: Sequence[Account], today: dt.date, month: dt.date | None = None, account: str = ""
) -> tuple[Statement, ...]:
    """Told apart by the headings. Raises RegisterError with every bad row; then nothing of the file may be used."""
    if not path.is_file():
        raise RegisterError((f"找不到文件 {visible(path)}，请核对路径",))
    table = read_table(path, (SELF_CHECK, EXPORT))
    if table.schema is SELF_CHECK:
        statements = read_self_checks(table, Reading(Known.of(accounts), path.name, today, month))
    else:
        statements = read_export(table, accounts, path.name, today, account)
    if table.problems.found:
        raise RegisterError(table.problems.texts())
    return statements
