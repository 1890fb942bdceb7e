"""What a column is by its name: its category, the kind of an interaction channel, the kind of a service entrance.

The table is data (``rules/categories.toml``) that an analyst edits. Undecided is ``other``, never a guess.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from govspider.facts import Category

ENDING_LENGTH = 8  # a longer name is a sentence: how it ends says nothing
CONTAINS_LENGTH = 16
GUIDE_LENGTH = 60
NOISE = re.compile(r"[\s\u3000\u00a0\u200b-\u200f\ufeff()()\[\]【】〔〕《》<>“”\"'‘’·•|丨:::、,,。.\-—_/\\>»›+*★☆■◆●]+")
YEARS = re.compile(r"^(?:19|20)\d{2}年?(?:度)?")
UNSET = {"", "null", "undefined", "none", "公共头", "公共尾"}


class CategoriesError(ValueError):
    """The table cannot be used; the text is Chinese and names the place and the remedy."""


def _fold(name: str) -> str:
    return NOISE.sub("", name).lower()


def _words(value: object) -> object:
    return tuple(_fold(word) if isinstance(word, str) else word for word in value) if isinstance(value, list) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
Hosts = tuple[str, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Row(_Strict):
    id: Category
    names: Words = ()
    endings: Words = ()
    contains: Words = ()
    exceptions: Words = Field((), alias="except")
    types: Words = ()
    folders: Words = ()
    children: Words = ()
    child_endings: Words = ()


class _Parents(_Strict):
    other: Words = ()
    other_endings: Words = ()


class _Channel(_Strict):
    id: Literal["consultation", "petition", "discipline", "survey", "interview"]
    contains: Words = ()
    exceptions: Words = Field((), alias="except")
    hosts: Hosts = ()
    mentions: Words = ()


class _Service(_Strict):
    platform_names: Words = ()
    platform_hosts: Hosts = ()
    platform_labels: Hosts = ()
    hub_names: Words = ()
    hub_endings: Words = ()
    guide_endings: Words = ()
    mentions: Words = ()
    exceptions: Words = Field((), alias="except")


class _Table(_Strict):
    category: tuple[_Row, ...]
    parents: _Parents = _Parents()
    channel: tuple[_Channel, ...] = ()
    service: _Service = _Service()


@dataclass(frozen=True, slots=True)
class CategoryTable:
    """``load_categories`` makes one. Names are compared without spaces, punctuation and case."""

    _table: _Table
    _names: Mapping[str, Category] = field(default_factory=dict)

    def category(self, name: str, path: Sequence[str] = (), url: str = "", meta: Mapping[str, str] = {}) -> Category:
        """``path``: the names above, outermost first. ``meta``: the column page's own tags, where it was read."""
        folded = _fold(name)
        above = [_fold(parent) for parent in path]
        child = self._as_child(folded, above)
        found = child or self._by_name(folded) or self._by_tags(folded, meta) or self._by_folder(url)
        if found is None:
            about = any(self._by_name(parent) is Category.OVERVIEW for parent in above)
            return Category.OVERVIEW if about else Category.OTHER
        if found in {Category.NEWS, Category.NOTICE, Category.POLICY} and any(map(self._is_apart, above)):
            return Category.OTHER
        return found

    def _is_apart(self, parent: str) -> bool:
        """Whether what stands below this name belongs to a special topic or a subordinate unit."""
        parents = self._table.parents
        return _any_in(parents.other, parent) or parent.endswith(parents.other_endings or ("\0",))

    def channel_kind(self, name: str, url: str = "") -> str | None:
        """consultation, petition, discipline, survey, interview or None for what is no channel."""
        folded = _fold(name)
        host = _host(url)
        for channel in self._table.channel:
            if host and any(_is_below(host, known) for known in channel.hosts):
                return channel.id
        if not folded or len(folded) > CONTAINS_LENGTH:
            return None
        for channel in self._table.channel:
            if _any_in(channel.contains, folded) and not _any_in(channel.exceptions, folded):
                return channel.id
        return None

    def service_kind(self, name: str, url: str = "") -> str | None:
        """hub, guide, platform (a provincial or national service platform) or None."""
        service = self._table.service
        folded = _fold(name)
        host = _host(url)
        if host and self._is_platform(host, url):
            return "platform"
        if not folded or len(folded) > GUIDE_LENGTH:
            return None
        if folded in service.hub_names:
            return "hub"
        if _any_in(service.exceptions, folded):
            return None
        if len(folded) <= CONTAINS_LENGTH and _any_in(service.platform_names, folded):
            return "platform"
        if len(folded) <= ENDING_LENGTH and folded.endswith(service.hub_endings or ("\0",)) and len(folded) <= 8:
            return "hub"
        if folded.endswith(service.guide_endings or ("\0",)):
            return "guide"
        return None

    def mentions_service(self, name: str) -> bool:
        """Whether a short name may lead to services: while it is unresolved, their absence is not certain."""
        folded = _fold(name)
        service = self._table.service
        mentioned = len(folded) <= ENDING_LENGTH and _any_in(service.mentions, folded)
        return mentioned and not _any_in(service.exceptions, folded)

    def mentions_consultation(self, name: str) -> bool:
        """Whether a short name may lead to a channel for questions and advice."""
        folded = _fold(name)
        mentions = (word for channel in self._table.channel for word in channel.mentions)
        return len(folded) <= ENDING_LENGTH and any(word in folded for word in mentions)

    def _is_platform(self, host: str, url: str) -> bool:
        service = self._table.service
        if any(_is_below(host, known) for known in service.platform_hosts if "/" not in known):
            return True
        if any(known in url for known in service.platform_hosts if "/" in known):
            return True
        labels = host.split(".")[:-2]
        return host.endswith(".gov.cn") and any(label in service.platform_labels for label in labels)

    def _by_name(self, folded: str) -> Category | None:
        if folded in self._names:
            return self._names[folded]
        for row in self._table.category:
            if row.exceptions and _any_in(row.exceptions, folded):
                continue
            if len(folded) <= ENDING_LENGTH and row.endings and folded.endswith(row.endings):
                return row.id
            if len(folded) <= CONTAINS_LENGTH and _any_in(row.contains, folded):
                return row.id
        return None

    def _as_child(self, folded: str, above: Sequence[str]) -> Category | None:
        """A name that says nothing by itself (本级文件, 2021年) below a column that is clear."""
        bare = YEARS.sub("", folded)
        for parent in reversed(above):
            category = self._names.get(parent)
            row = next((row for row in self._table.category if row.id is category and row.child_endings), None)
            if row is not None and (not bare or bare in row.children or bare.endswith(row.child_endings or ("\0",))):
                return row.id
            if not bare and category is not None:
                return category
            if bare:
                break
        return None

    def _by_tags(self, folded: str, meta: Mapping[str, str]) -> Category | None:
        tags = {key.lower(): _fold(value) for key, value in meta.items()}
        kind, named = tags.get("columntype", ""), tags.get("columnname", "")
        if kind in UNSET or (named not in UNSET and folded and named != folded):
            return None
        return next((row.id for row in self._table.category if kind in row.types), None)

    def _by_folder(self, url: str) -> Category | None:
        try:
            segments = [segment for segment in urlsplit(url).path.split("/") if segment]
        except ValueError:
            return None
        if segments and "." in segments[-1]:  # a file, not a folder
            segments.pop()
        last = segments[-1].lower() if segments else ""
        return next((row.id for row in self._table.category if last and last in row.folders), None)


def load_categories(file: Path) -> CategoryTable:
    """Raises CategoriesError."""
    try:
        table = _Table.model_validate(tomllib.loads(file.read_text("utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CategoriesError(f"栏目分类表 {file.name} 无法读取,请按 TOML 格式用 UTF-8 保存:{error}") from error
    except ValidationError as error:
        places = ";".join(f"{'.'.join(map(str, each['loc']))}:{each['msg']}" for each in error.errors()[:5])
        raise CategoriesError(f"栏目分类表 {file.name} 有误,请对照文件开头的说明修改:{places}") from error
    names: dict[str, Category] = {}
    for row in table.category:
        for name in row.names:
            names.setdefault(name, row.id)
    return CategoryTable(table, names)


def _any_in(words: Sequence[str], name: str) -> bool:
    return any(word in name for word in words)


@lru_cache(maxsize=4096)
def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _is_below(host: str, known: str) -> bool:
    return host == known or host.endswith("." + known)
