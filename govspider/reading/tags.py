"""The official tags of a page (网页标签) and what stands for no value."""

import re
from collections.abc import Mapping

SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
CONTENT_TAGS = ("ArticleTitle", "PubDate", "ContentSource")
OFFICIAL = (*SITE_TAGS, *COLUMN_TAGS, *CONTENT_TAGS)
_BY_FOLDED = {name.lower(): name for name in OFFICIAL}
# What systems write when nobody filled a tag in: words for nothing, a template's own code, signs without words.
_UNSET = re.compile(
    r"(?:null|undefined|none|nil|nan|n/a|todo|test|请填写.*|待(?:填写|补充|定)|暂?无|公共[头尾]|"
    r".*(?:\{\{|\$\{|<%|\{%|\[\[|@\{|\{\$).*|\W*)",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = 120


def is_unset(value: str) -> bool:
    return _UNSET.fullmatch(value[:_VALUE].strip()) is not None


def official_tags(meta: Mapping[str, str]) -> dict[str, str]:
    """The official tags that hold a value, by their official names, however these are spelt in the page."""
    found: dict[str, str] = {}
    for name, value in meta.items():
        official = _BY_FOLDED.get(name.strip().lower())
        if official and not is_unset(value):
            found.setdefault(official, value[:_VALUE])
    return {name: found[name] for name in OFFICIAL if name in found}
