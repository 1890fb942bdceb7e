"""Where a page really leads: meta refresh, a script that leaves at once, the main frame of a frameset."""

import re

from govspider.reading.dom import Doc, Node

_REFRESH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"\s]+)", re.IGNORECASE)
_TARGET = r"(?:['\"](?P<{0}>[^'\"]+)['\"]|(?P<{0}v>[A-Za-z_$][\w$]*))"
_LOCATION = re.compile(
    r"(?:(?:window|self|top|parent|document)\s*\.\s*)*\blocation(?:\.href)?\s*(?:=(?!=)|\.(?:replace|assign)\s*\()\s*"
    + _TARGET.format("to")
    + r"\s*(?:[;)\n}]|$)|window\.open\s*\(\s*"
    + _TARGET.format("op")
    + r"\s*,\s*['\"]_(?:self|top|parent)['\"]"
)
_WRITTEN = re.compile(r"http-equiv\s*=\s*\\?['\"]?refresh[^>]*?url\s*=\s*['\"]?([^'\"\\>\s]+)", re.IGNORECASE)
# What makes a script leave only sometimes; a mere test that a variable is filled does not.
_BRANCH = re.compile(
    r"\bif\s*\([^)]*[=<>!.(|&]|\bfunction\s+\w+|\bswitch\b|\belse\b|addEventListener|\bon\w+\s*=|=>|\.click\s*\(|confirm\("
)
_SOON = 10  # seconds after which a refresh is a reload of the page, not a way elsewhere


def read_redirect(doc: Doc) -> str | None:
    """The address that a visitor would end on, None when he stays."""
    for node in doc.tags("meta"):
        if node.get("http-equiv").strip().lower() == "refresh" and (match := _REFRESH.match(node.get("content"))):
            target = doc.absolute(match[2])
            if target and not _same(target, doc.url) and float(match[1]) <= _SOON:
                return target
    if frame := _main_frame(doc):
        return frame
    if len(doc.text) > 300 or len(doc.tags("a")) > 15:
        return None  # a page with content of its own; its scripts may go elsewhere for some visitors only
    for script in doc.tags("script"):
        for target in _script_targets(doc, script.data):
            address = doc.absolute(target)
            if address and not _same(address, doc.url):
                return address
    body = next(iter(doc.tags("body")), None)
    if body and (match := _LOCATION.search(body.get("onload") + ";")):
        return doc.absolute(_target(doc, "", match)) or None
    return None


def _script_targets(doc: Doc, code: str) -> list[str]:
    """Where a script leaves to at once, not in a branch or a handler."""
    found = []
    match = _LOCATION.search(code) if "location" in code or "open" in code else None
    if match and not _BRANCH.search(code[: match.start()]):
        found.append(_target(doc, code, match))
    if "refresh" in code.lower() and (match := _WRITTEN.search(code)):
        found.append(match[1])
    return found


def _target(doc: Doc, code: str, match: re.Match[str]) -> str:
    """The address as written, or as the variable holds it: a text, or what an element of the page contains."""
    name = match["tov"] or match["opv"]
    if not name:
        return match["to"] or match["op"]
    held = re.search(
        rf"\b{re.escape(name)}\s*=\s*(?:['\"]([^'\"]*)['\"]|[\w.]*getElementById\(\s*['\"]([^'\"]+)['\"]\s*\))", code
    )
    if held is None:
        return ""
    if held[1] is not None:
        return held[1]
    holder = next((node for node in doc.nodes if node.get("id") == held[2]), None)
    return (holder.get("value") or doc.line(holder) or holder.get("href")) if holder else ""


def _main_frame(doc: Doc) -> str | None:
    """The largest frame of a frameset, by the sizes that it declares; else the one named main, else the last."""
    if not doc.tags("frameset"):
        return None
    frames = [frame for frame in doc.tags("frame") if doc.absolute(frame.get("src"))]
    if not frames:
        return None
    best = max(
        enumerate(frames), key=lambda pair: (_share(doc, pair[1]), "main" in pair[1].get("name").lower(), pair[0])
    )[1]
    return doc.absolute(best.get("src"))


def _share(doc: Doc, frame: Node) -> float:
    parent = frame.parent
    if parent is None or parent.tag != "frameset":
        return 0
    sizes = (parent.get("rows") or parent.get("cols")).split(",")
    frames = [child for child in doc.children(parent) if child.tag in ("frame", "frameset")]
    place = frames.index(frame)
    if place >= len(sizes):
        return 0
    size = sizes[place].strip()
    if size.endswith("*"):
        return 10_000
    number = re.match(r"\d+", size)
    return (int(number[0]) * (100 if size.endswith("%") else 1)) if number else 0


def _same(one: str, other: str) -> bool:
    return one.partition("#")[0] == other.partition("#")[0]
