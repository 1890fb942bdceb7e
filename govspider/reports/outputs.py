"""Writes all outputs of a round; one that cannot be written does not keep back the others."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from govspider.facts import RoundResults
from govspider.reports.brief import brief
from govspider.reports.bulletin import compose
from govspider.reports.jsonl import column_records, finding_records, verdict_records, write_lines
from govspider.reports.office import Office
from govspider.reports.site_page import environment, write_site_page
from govspider.reports.text import is_site_code
from govspider.reports.word import write_bulletin
from govspider.reports.workbook import write_workbook

logger = logging.getLogger(__name__)


def write_outputs(results: RoundResults, office: Office, folder: Path) -> tuple[Path, ...]:
    """The files written, the bulletin first. What could not be written is logged in Chinese with its remedy."""
    for note in office.notes:
        logger.warning("%s", note)
    return tuple(path for path, write in _outputs(results, office, folder) if _try(path, write))


def _outputs(results: RoundResults, office: Office, folder: Path) -> Iterator[tuple[Path, Callable[[Path], object]]]:
    """Each file and what writes it. One after the other, since the sites are read anew for each kind of file."""
    made = results.generated_at
    overview = brief(results)
    yield folder / "通报.docx", lambda path: write_bulletin(compose(overview, office), path, made=made)
    yield folder / "问题清单.xlsx", lambda path: write_workbook(results, path)
    yield folder / "verdicts.jsonl", lambda path: write_lines(path, verdict_records(overview))
    yield folder / "findings.jsonl", lambda path: write_lines(path, finding_records(results))
    yield folder / "columns.jsonl", lambda path: write_lines(path, column_records(results))
    pages = environment()
    for result in results.sites:
        if is_site_code(result.site.code):  # it becomes a file's name
            yield folder / "reports" / f"{result.site.code}.html", partial(write_site_page, result, results, pages)
        else:
            logger.error("网站标识码 %r 不规范，没有生成该网站的单站报告。", result.site.code)


def _try(path: Path, write: Callable[[Path], object]) -> bool:
    try:
        write(path)
    except PermissionError:
        logger.error("%s 无法写入：文件可能正在 Word、Excel 中打开，或者没有写入权限。请关闭后重新生成。", path)
    except OSError as error:
        logger.error("%s 无法写入（%s）。请检查磁盘空间和文件夹。", path, error.strerror or error)
    else:
        return True
    return False
