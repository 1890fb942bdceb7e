"""Pages made to hurt: what would cost the parser quadratic time or memory is taken out before it parses."""

import re

_FORMATTING = re.compile(r"<(?:font|b|i|u|em|strong|small|big|code|tt|s|strike|nobr)[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><]{0,40})[^<>]*>?")
# The parser closes these itself, so that they do not nest by being left open.
_CLOSED_BY_OTHERS = (
    "p li dt dd tr td th tbody thead tfoot option optgroup br hr img input meta link base area col embed param source track "
    "wbr html head body a script style title !doctype"
)
_SELF_CLOSING = frozenset(_CLOSED_BY_OTHERS.split())
_NESTED_ALIKE, _NESTED = 60, 200
# Formatting that is left open is opened again in every later block, so a few such tags multiply the page.
_REOPENED = frozenset(("font", "b", "i", "u", "em", "strong", "small", "big", "code", "tt", "s", "strike", "nobr"))
_REOPENED_OPEN = 2
_LONGEST_TAG = 20_000
MAX_TAGS = 240_000  # of a page that are looked at: four for every node of a tree


def suspicious(source: str) -> bool:
    """Whether the parser could take quadratic time or memory: many elements, open formatting, endless attributes."""
    elements = source.count("<")
    if elements > 6000 or (elements > 1000 and len(_FORMATTING.findall(source)) > 400):
        return True
    position = 0
    while position + _LONGEST_TAG < len(source):
        position = source.rfind(">", position, position + _LONGEST_TAG) + 1
        if position == 0:
            return True
    return False


def tame(source: str) -> str:
    """The page without the tags that nest too deep and without attributes by the hundred; linear."""
    opened: dict[str, int] = {}
    dropped: dict[str, int] = {}
    total = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal total
        name = match[2].lower()
        if match[1]:
            if dropped.get(name):
                dropped[name] -= 1
                return ""
            if opened.get(name):
                opened[name] -= 1
                total -= 1
            elif name not in _SELF_CLOSING:
                return ""  # an end tag without a start: finding that out costs the parser the whole depth
            return match[0]
        whole = match[0]
        if len(whole) > 2000 and len(whole.split(None, 200)) > 200:
            whole = f"<{name}>"
        if name in _SELF_CLOSING:
            return whole
        limit = _REOPENED_OPEN if name in _REOPENED else _NESTED_ALIKE
        if opened.get(name, 0) >= limit or total >= _NESTED:
            dropped[name] = dropped.get(name, 0) + 1
            return ""
        opened[name] = opened.get(name, 0) + 1
        total += 1
        return whole

    return _TAG.sub(keep, _bounded(source))


def _bounded(source: str) -> str:
    """The page up to the tag behind the last that may be looked at."""
    if source.count("<") <= MAX_TAGS:
        return source
    rest = source.split("<", MAX_TAGS)[-1]
    return source[: len(source) - len(rest) - 1]
