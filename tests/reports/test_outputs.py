import logging
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from govspider.reports import Office, write_outputs
from govspider.reports.atomic import whole
from tests.reports.builder import city, round_of, site

ROOT = Path(__file__).parents[2]
NAMES = {"通报.docx", "问题清单.xlsx", "verdicts.jsonl", "findings.jsonl", "columns.jsonl", "warnings.jsonl"}


def test_all_outputs_are_written_and_nothing_else(tmp_path: Path) -> None:
    written = write_outputs(city(), Office(), tmp_path / "2021Q3")
    assert {path.name for path in (tmp_path / "2021Q3").iterdir()} == NAMES | {"reports"}
    assert len(list((tmp_path / "2021Q3" / "reports").iterdir())) == 53
    assert len(written) == 59
    may_be_empty = {"columns.jsonl", "warnings.jsonl"}
    assert all(path.stat().st_size for path in written if path.name not in may_be_empty)


def test_the_index_leads_from_each_number_to_its_findings(tmp_path: Path) -> None:
    write_outputs(city(), Office(decimals=1), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "问题清单.xlsx")
    rows = [tuple(cell.value for cell in row) for row in book["通报索引"].iter_rows(min_row=2)]
    findings = {row[-1].value for row in book["问题"].iter_rows(min_row=2)}
    assert {key for _, key, _ in rows if key} == findings
    outcome = [key for _, key, said in rows if said.startswith("检查的53个网站中，合格50个，占94.3%（50/53）")]
    assert len(outcome) == 4
    assert [name for name, _, _ in rows] == sorted(name for name, _, _ in rows)


def test_what_was_written_before_is_replaced(tmp_path: Path) -> None:
    write_outputs(city(), Office(), tmp_path)
    write_outputs(round_of(site(1)), Office(), tmp_path)
    assert len((tmp_path / "verdicts.jsonl").read_text("utf-8").splitlines()) == 1


def test_an_output_that_cannot_be_written_does_not_keep_back_the_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "通报.docx" / "in the way").mkdir(parents=True)
    with caplog.at_level(logging.ERROR):
        written = write_outputs(round_of(site(1)), Office(), tmp_path)
    assert {path.name for path in written} == NAMES - {"通报.docx"} | {"6108000001.html"}
    assert "通报.docx 无法写入" in caplog.text
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".part"]


def test_a_file_that_is_open_elsewhere_is_named_with_the_remedy(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if target.name == "问题清单.xlsx":
            raise PermissionError(13, "Permission denied")  # what Windows answers for a file that Excel holds open
        return move(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with caplog.at_level(logging.ERROR):
        written = write_outputs(round_of(site(1)), Office(), tmp_path)
    assert len(written) == 6
    assert "请关闭后重新生成" in caplog.text


@pytest.mark.parametrize("code", ["../../../evil", "610800000\n1", "", "bm0/1"])
def test_a_code_that_is_none_names_no_file(tmp_path: Path, caplog: pytest.LogCaptureFixture, code: str) -> None:
    result = site(1)
    hostile = replace(result, site=replace(result.site, code=code))
    written = write_outputs(round_of(hostile), Office(), tmp_path / "out")
    assert {path.name for path in written} == NAMES
    assert "不规范" in caplog.text
    assert {path.name for path in tmp_path.iterdir()} == {"out"}


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError), whole(path) as part:
        _fail_after(part)
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]
    with whole(path) as part:
        part.write_text("new")
    assert path.read_text() == "new"


def _fail_after(part: Path) -> None:
    part.write_text("half")
    raise RuntimeError


FULL = """
import datetime as dt, resource, sys
from pathlib import Path
from govspider.reports import Office, write_outputs
from govspider.reports.answer_form import write_answer_form
from govspider.reports.selfcheck_form import write_form
from tests.reports.builder import MOMENT, city
results, folder = city(), Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
if sys.argv[2] == "outputs":
    write_outputs(results, Office(), folder)
else:
    try:
        write_form(folder / "form.xlsx", (), MOMENT.date())
    except OSError as error:
        print("no form:", error.strerror)
    try:
        write_answer_form(folder / "form.xlsx", [{"name": str(n) * 40, "note": str(n**5)} for n in range(3000)])
    except OSError as error:
        print("no answers:", error.strerror)
"""


@pytest.mark.parametrize("what", ["outputs", "forms"])
def test_a_full_disk_is_told_in_one_line_a_file_and_leaves_nothing(tmp_path: Path, what: str) -> None:
    """A file may not grow beyond a bound here, which is as good as a disk that is full."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), what], capture_output=True, text=True, check=True, cwd=ROOT
    )
    told = done.stderr if what == "outputs" else done.stdout
    assert "Exception ignored" not in done.stderr
    assert "Errno" not in told
    if what == "outputs":
        assert all(f"{name} 无法写入（File too large）" in told for name in ("通报.docx", "问题清单.xlsx"))
    else:
        assert told.splitlines() == ["no form: File too large", "no answers: File too large"]
    assert not [path for path in tmp_path.iterdir() if path.suffix in (".part", ".docx", ".xlsx")]
