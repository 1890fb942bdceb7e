"""What the commands on a stored round have in common."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from govspider.rounds import FIXABLE, choose_round, open_store
from govspider.store import Round, Store


def add_round_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--round", default="", metavar="ID", help="检查轮次，例如 2026Q2；默认是最近开始的一轮")


@contextmanager
def opened_round(
    settings: BaseSettings | None, opts: argparse.Namespace
) -> Iterator[tuple[Store, Round, BaseSettings]]:
    """The store, the chosen round and the settings. What the user can put right ends the command with its text and exit code 2."""
    assert settings is not None  # noqa: S101 - set before a command runs
    try:
        with open_store(settings, must_exist=True) as store:
            yield store, choose_round(store, opts.round), settings
    except FIXABLE as error:
        raise UsageError(str(error), print_help=False) from error


def listed(files: Sequence[Path]) -> str:
    return "".join(f"  {file}\n" for file in files)
