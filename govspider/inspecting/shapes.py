"""What the address of a page looks like: pages of one template mostly have addresses of one shape."""

import re

from govspider.inspecting.urls import key

_TOKEN = re.compile(r"[^_.]+")
_NUMBERED = re.compile(r"[a-z]{0,8}-?(?=\d+$)", re.IGNORECASE)


def shape_of(url: str) -> str:
    """The host, the kinds of folder on the way, the file's name without its numbers, and the parameters' names.

    Folders named by words are all alike, since columns are named by words; so are those named by numbers. A kind that
    repeats itself counts once: columns lie at any depth. ``/gk/bmgk/202406/t20240611_52.html`` is ``/w/#/t#_#.html``.
    """
    host, _, rest = key(url).partition("/")
    path, _, query = rest.partition("?")
    *folders, name = path.split("/")
    kinds = [_kind(folder) for folder in folders]
    steps = [kind for kind, before in zip(kinds, [None, *kinds], strict=False) if kind != before]
    stem, dot, ending = name.rpartition(".")
    file = _kind(stem if dot else name) + dot + (ending if dot else "") if name else ""
    names = sorted(pair.partition("=")[0] for pair in query.split("&")) if query else []
    return "/".join([host, *steps, file]) + ("?" + "&".join(names) if names else "")


def _kind(name: str) -> str:
    """``w`` for words; a name with numbers keeps what stands around them."""
    if not any(character.isdigit() for character in name):
        return "w"
    return _TOKEN.sub(_plain, name)


def _plain(token: re.Match[str]) -> str:
    """``t20240611`` → ``t#``; a token in which letters and digits are mixed is a number in another notation."""
    text = token.group()
    if not any(character.isdigit() for character in text):
        return text
    numbered = _NUMBERED.match(text)
    return f"{numbered.group()}#" if numbered is not None else "#"
