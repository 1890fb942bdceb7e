"""The official tags: how they are spelt and what is no value."""

from collections.abc import Callable

import pytest

from govspider.facts import Page
from govspider.reading.tags import is_unset, official_tags

Read = Callable[..., Page]


@pytest.mark.parametrize("value", ["null", "NULL", "undefined", "", "  ", "--", "{{title}}", "${column.name}", "公共头", "暂无"])  # fmt: skip
def test_placeholders(value: str) -> None:
    assert is_unset(value)


@pytest.mark.parametrize("value", ["清河县人民政府", "www.qinghe.gov.cn", "2026-06-30", "无锡市人民政府", "Test Town"])
def test_values(value: str) -> None:
    assert not is_unset(value)


def test_names_in_any_case_with_values() -> None:
    found = official_tags(
        {"sitename": "清河县", "COLUMNTYPE": "null", "PubDate": "2026-06-30 10:11:12", "keywords": "a"}
    )
    assert found == {"SiteName": "清河县", "PubDate": "2026-06-30 10:11:12"}


def test_placeholder_of_an_included_head_yields(read: Read) -> None:
    head = "<meta name='ColumnName' content='null'><meta name='ColumnName' content='工作动态'><meta name='ColumnName' content='公共头'>"
    assert official_tags(read(f"<html><head>{head}</head><body></body></html>").meta) == {"ColumnName": "工作动态"}
