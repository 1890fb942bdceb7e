"""Writes all outputs of a round; one that cannot be written does not keep back the others."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from govspider.facts import RoundResults
from govspider.reports.brief import brief_account, brief_site
from govspider.reports.bulletin import compose
from govspider.reports.index import IndexRow, index_rows
from govspider.reports.jsonl import column_records, finding_records, verdict_records, write_lines
from govspider.reports.office import Office
from govspider.reports.proof import ProofError
from govspider.reports.recount import recount
from govspider.reports.site_page import environment, write_site_page
from govspider.reports.text import is_site_code
from govspider.reports.warnings import warning_records
from govspider.reports.word import write_bulletin
from govspider.reports.workbook import write_workbook
from govspider.reports.writers import finish

logger = logging.getLogger(__name__)

NAMES = ("通报.docx", "问题清单.xlsx", "verdicts.jsonl", "findings.jsonl", "columns.jsonl", "warnings.jsonl")


def unwritten(written: Iterable[Path]) -> tuple[str, ...]:
    """The names of the round's own files that are not among those written."""
    names = {path.name for path in written}
    return tuple(name for name in NAMES if name not in names)


def write_outputs(results: RoundResults, office: Office, folder: Path) -> tuple[Path, ...]:
    """The files written, the bulletin first. What could not be written is logged in Chinese with its remedy.

    Goes through the sites and accounts once: each is written to every file before the next one is loaded.
    """
    for note in office.notes:
        logger.warning("%s", note)
    made = results.generated_at
    index: list[IndexRow] = []  # filled before the workbook is finished
    writers = {
        folder / "问题清单.xlsx": partial(
            write_workbook, round_id=results.round, made=made, index=index, self_checks=results.self_checks
        ),
        folder / "verdicts.jsonl": partial(write_lines, records=verdict_records),
        folder / "findings.jsonl": partial(write_lines, records=finding_records),
        folder / "columns.jsonl": partial(write_lines, records=column_records),
        folder / "warnings.jsonl": partial(write_lines, records=warning_records),
    }
    open_files = {path: writer for path, begin in writers.items() if _try(path, next, writer := begin(path))}
    pages, site_pages, told = environment(), [], []
    for result in results.sites:
        for path, writer in tuple(open_files.items()):
            if not _try(path, writer.send, result):
                del open_files[path]
        page = folder / "reports" / f"{result.site.code}.html"
        if not is_site_code(result.site.code):  # it becomes a file's name
            logger.error("网站标识码 %r 不规范，没有生成该网站的单站报告。", result.site.code)
        elif _try(page, write_site_page, result, results, pages, page):
            site_pages.append(page)
        told.append(brief_site(result))
    told_accounts = []
    for account in results.accounts:
        for path, writer in tuple(open_files.items()):
            if not _try(path, writer.send, account):
                del open_files[path]
        told_accounts.append(brief_account(account))
    told_of = replace(results, sites=tuple(told), accounts=tuple(told_accounts))
    composed = compose(told_of, office)
    index.extend(index_rows(composed))
    bulletin = folder / "通报.docx"
    draw = partial(write_bulletin, made=made, recounted=recount(told_of) | office.entered)
    written = [bulletin] if _try(bulletin, draw, composed, bulletin) else []
    lists = [path for path, writer in open_files.items() if _try(path, finish, writer)]
    return (*written, *lists, *site_pages)


def _try(path: Path, write: Callable[..., object], *arguments: object) -> bool:
    try:
        write(*arguments)
    except ProofError as error:
        logger.error("%s 没有生成：%s。这是程序的错误，请保留数据库并报告。", path, error)
    except PermissionError:
        logger.error("%s 无法写入：文件可能正在 Word、Excel 中打开，或者没有写入权限。请关闭后重新生成。", path)
    except OSError as error:
        logger.error("%s 无法写入（%s）。请检查磁盘空间和文件夹。", path, error.strerror or error)
    else:
        return True
    return False
