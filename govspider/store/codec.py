"""Facts to bytes and back. Text from pages may hold what a database refuses; it is replaced here, nowhere else."""

import dataclasses
import re
import zlib
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from govspider.facts import Account, AccountFacts, Finding, Post, Site, SiteFacts, Statement

FACTS = TypeAdapter(SiteFacts)
FINDING = TypeAdapter(Finding)
SITES = TypeAdapter(tuple[Site, ...])
ACCOUNT_FACTS = TypeAdapter(AccountFacts)
ACCOUNTS = TypeAdapter(tuple[Account, ...])
POST = TypeAdapter(Post)
STATEMENT = TypeAdapter(Statement)

# PostgreSQL stores no NUL, UTF-8 knows no lone surrogate.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def clean(value: Any) -> Any:
    """The same value with every character that cannot be stored replaced by U+FFFD, at any depth."""
    if isinstance(value, str):
        # An enum's member is a string that is left alone.
        return UNSTORABLE.sub("\ufffd", value) if type(value) is str and UNSTORABLE.search(value) else value
    if isinstance(value, Mapping):
        return {clean(name): clean(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return type(value)(clean(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: clean(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return type(value)(**fields)
    return value


def dump(adapter: TypeAdapter[Any], value: Any) -> bytes:
    """JSON. Only values that hold an unstorable character, which is rare, pay for being rebuilt."""
    try:
        data = adapter.dump_json(value)
    except PydanticSerializationError:  # a lone surrogate
        return adapter.dump_json(clean(value))
    return adapter.dump_json(clean(value)) if b"\\u0000" in data else data


def compress(data: bytes) -> bytes:
    return zlib.compress(data, 1)


def pack(adapter: TypeAdapter[Any], value: Any) -> bytes:
    return compress(dump(adapter, value))


def unpack(adapter: TypeAdapter[Any], data: bytes) -> Any:
    return adapter.validate_json(zlib.decompress(data))
