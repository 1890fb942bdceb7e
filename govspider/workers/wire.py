"""What goes between a crawl and its processes: a message is pickled and follows its length.

A page is some hundred small frozen dataclasses. Pickled field by field, as pickle does by itself, they cost more than
all the rest; here each is its class and a tuple.
"""

import copyreg
import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any

from govspider.facts import page as nouns

LENGTH = 8  # bytes that say how many follow


def framed(message: object) -> bytes:
    stream = io.BytesIO()
    stream.write(bytes(LENGTH))
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(message)
    stream.seek(0)
    stream.write((stream.getbuffer().nbytes - LENGTH).to_bytes(LENGTH, "big"))
    return stream.getvalue()


def length_of(head: bytes | bytearray) -> int:
    return int.from_bytes(head[:LENGTH], "big")


def _reducer(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)), "__class__")  # two names at least make a tuple
    return lambda one: (kind, values(one)[:-1])


_KINDS = [one for one in vars(nouns).values() if isinstance(one, type) and is_dataclass(one)]
_REDUCERS = {**copyreg.dispatch_table, **{kind: _reducer(kind) for kind in _KINDS}}
