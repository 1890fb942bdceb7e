"""Whatever the pages say, every output is written and can be read back."""

import json
from pathlib import Path

import openpyxl
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govspider.facts import ColumnState, VerdictKind
from govspider.reports import Office, write_outputs
from tests.reports.builder import column, finding, round_of, site

TEXT = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(
    ["]]>", "{{7*7}}", "_x0041_", "=cmd|' /C calc'!A0", "http://a.example/#" + "#" * 300, "\ud800", "\x00", "<!--"]
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=TEXT, text=TEXT, url=TEXT)
def test_any_text_can_be_written_and_read_back(tmp_path: Path, name: str, text: str, url: str) -> None:
    found = finding(
        1,
        "columns-blank",
        text,
        title=name,
        url=url,
        where=url,
        threshold=text,
        evidence={name: [text, {"name": name}]},
    )
    result = site(
        1,
        name,
        verdict=VerdictKind.UNQUALIFIED,
        vetoes=["columns-blank"],
        problems=[text],
        unknown=[(text, name)],
        findings=[found],
        columns=[(column("甲", url=url, path=(name,), reason=text), ColumnState.FAILED)],
    )
    written = write_outputs(round_of(result), Office(issuer=name, addressees=(text,), remark=text), tmp_path)
    assert len(written) == 7
    assert len(Document(str(tmp_path / "通报.docx")).tables[0].rows) == 2
    assert openpyxl.load_workbook(tmp_path / "问题清单.xlsx")["问题"].max_row == 2
    for kind in ("verdicts", "findings", "columns"):
        assert len([json.loads(line) for line in (tmp_path / f"{kind}.jsonl").read_text("utf-8").splitlines()]) == 1
    assert "</html>" in (tmp_path / "reports" / "6108000001.html").read_text("utf-8")
