"""What the commands on a stored round have in common."""

import argparse
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from govspider.commands._settings import refuse_misspelt
from govspider.reports import unwritten
from govspider.rounds import FIXABLE, choose_round, open_store, rules_of
from govspider.rules import FAMILIES, Rules
from govspider.store import Round, Store


def add_round_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--round", default="", metavar="ID", help="检查轮次，例如 2026Q2；默认是最近开始的一轮")


@contextmanager
def opened_round(
    settings: BaseSettings | None, opts: argparse.Namespace
) -> Iterator[tuple[Store, Round, BaseSettings]]:
    """The store, the chosen round and the settings. What the user can put right ends the command with its text and exit code 2."""
    assert settings is not None  # noqa: S101 - set before a command runs
    refuse_misspelt(settings)
    try:
        with open_store(settings, must_exist=True) as store:
            yield store, choose_round(store, opts.round), settings
    except FIXABLE as error:
        raise UsageError(str(error), print_help=False) from error


def rules_in_use(settings: BaseSettings, edition: str, overlay: str) -> Rules:
    """The rules, those families switched off that ITEM_PIPELINES lacks, as a crawl leaves them out."""
    components = build_component_list(settings.getdict("ITEM_PIPELINES"))
    families = {getattr(load_object(component), "family", "") for component in components}
    return rules_of(edition, overlay).without(set(FAMILIES) - families)


def refuse_words(args: Sequence[str]) -> None:
    """Raises UsageError: a word that no option introduces would be passed over in silence."""
    if args:
        word = args[0] if not args[0].startswith("-") else "ID"
        raise UsageError(f"不认识“{' '.join(args)}”。轮次请写作 --round {word}。", print_help=False)


def listed(files: Sequence[Path]) -> str:
    """A line a file; of those in a folder of their own, which may be thousands, one line for the folder."""
    round_folder = files[0].parent if files else Path()
    lines = [f"  {file}\n" for file in files if file.parent == round_folder]
    folders = Counter(file.parent for file in files if file.parent != round_folder)
    lines += [f"  {folder}{os.sep}（{count} 个文件）\n" for folder, count in folders.items()]
    return "".join(lines)


def lacking(files: Sequence[Path]) -> str:
    """A line that names the round's files that could not be written; "" when all were."""
    missing = unwritten(files)
    return f"没有写出：{'、'.join(missing)}，原因见上。\n" if missing else ""
