"""Whether an outward link leads to a harmful place, by lists (``rules/lexicons/links/*.toml``). Nothing is opened."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from govspider.reading import hosts
from govspider.reading.lexicon_files import LexiconError, read_table

DISGUISE = "与文字所写政府网址不同的网站"
_GOV_NAME = re.compile(r"(?<![\w.-])(?:https?://)?((?:[\w-]+\.)+gov\.cn)(?![\w.-])", re.ASCII)


@dataclass(frozen=True, slots=True)
class _List:
    """A file. ``hosts``: domains with all below them; ``parts``: pieces of a host name; ``landed``: domains that are
    harmful only as the end of another link."""

    name: str
    hosts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    landed: tuple[str, ...] = ()


@dataclass(frozen=True)
class HarmfulHosts:
    """``hosts`` and ``landed``: domain → name of its list. ``parts``: piece of a host name → likewise."""

    hosts: Mapping[str, str] = field(default_factory=dict)
    landed: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    _parts: re.Pattern[str] | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        if self.parts:
            object.__setattr__(self, "_parts", re.compile("|".join(map(re.escape, self.parts))))

    def of(self, name: str) -> str:
        """The list that a host stands in; "" when it stands in none."""
        if listed := _listed(name, self.hosts):
            return listed
        match = self._parts.search(name) if self._parts is not None else None
        return self.parts[match[0]] if match else ""

    def landing(self, name: str) -> str:
        """Like ``of``, for the host at which a link ended."""
        return self.of(name) or _listed(name, self.landed)


def disguised(text: str, name: str) -> bool:
    """Whether a link's text is a government's address while it leads to a host that is no public body's."""
    told = _GOV_NAME.fullmatch(text.strip().rstrip("/")) if ".gov.cn" in text else None
    return told is not None and hosts.is_foreign(name, told[1], ())


def load_links(folder: Path) -> HarmfulHosts:
    """All ``*.toml`` of a folder. Raises LexiconError."""
    known: dict[str, dict[str, str]] = {"hosts": {}, "landed": {}, "parts": {}}
    for file in sorted(folder.glob("*.toml")):
        try:
            table = TypeAdapter(_List).validate_python(read_table(file, _List.__dataclass_fields__))
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise LexiconError(f"词表 {file.name} 的 {where} 写法不对，应是带引号的域名") from error
        for kind, names in (("hosts", table.hosts), ("landed", table.landed), ("parts", table.parts)):
            for name in names:
                if len(name) < 4 or name != name.strip().lower() or (kind != "parts" and "." not in name):
                    raise LexiconError(f"词表 {file.name} 的 {kind} 中的“{name}”应是小写的域名，不能太短")
                known[kind][name] = table.name
    return HarmfulHosts(known["hosts"], known["landed"], known["parts"])


def _listed(name: str, domains: Mapping[str, str]) -> str:
    """The list of a host or of any domain above it."""
    while name:
        if name in domains:
            return domains[name]
        name = name.partition(".")[2]
    return ""
