"""The search of a site as its pages offer it: the form, or the field that a script reads."""

import re
from collections.abc import Iterator
from dataclasses import replace

from govspider.facts import SearchForm
from govspider.reading.dom import Doc, Node

MOST = 6
_READ = 100  # fields that are read, of a page and of a form
_FIELDS = {"", "text", "search"}
_WRITTEN = {"", "text", "search", "password", "tel", "email", "number", "file"}
SEARCH = re.compile(r"search|query|key_?words?|\bkw\b|\bwd\b|souso|sousuo|jiansuo|搜索|检索|搜一搜|关键[字词]|查找|想要?找|\bqt?\b", re.IGNORECASE)  # fmt: skip
OTHER = re.compile(
    r"user|login|passw|valid|verif|captcha|验证码|用户名|账号|帐号|密码|手机|姓名|邮箱|身份证|办件|查询码|信件编号|证号",
    re.IGNORECASE,
)
_NAMES = ("name", "id", "class", "placeholder", "value", "title")
_SIGNS = 200  # characters of an attribute that are read
_FAR = 40  # characters of text between a field and its button


def search_forms(doc: Doc) -> tuple[SearchForm, ...]:
    """The searches in the order of the page; () when it shows none."""
    found: dict[tuple[str, str, str], SearchForm] = {}
    for form in _found(doc):
        found.setdefault((form.action, form.method, form.field), form)
        if len(found) >= MOST:
            break
    return tuple(found.values())


def _found(doc: Doc) -> Iterator[SearchForm]:
    for node in doc.tags("input")[:_READ]:
        if node.get("type").lower() not in _FIELDS:
            continue
        around = node.inside({"form"})
        own = " ".join(node.get(name)[:_SIGNS] for name in _NAMES)
        if OTHER.search(own):
            continue
        outside = f"{around.get('action')} {around.get('name')} {around.get('id')}"[:_SIGNS] if around else ""
        if not SEARCH.search(f"{own} {outside} {_button(doc, node, around)}"):
            continue
        value = node.get("value")[:_SIGNS]
        alone = SearchForm("", "", node.get("name"), value=value)
        yield replace(_form(doc, node, around), value=value) if around is not None else alone


def _button(doc: Doc, field: Node, form: Node | None) -> str:
    """What the buttons beside a field say."""
    holder = form or field.parent
    if holder is None or holder.stop - holder.start > 4 * _FAR:
        return ""
    buttons = (node for node in doc.below(holder, "input", "button", "a")[:_READ] if node is not field)
    return " ".join((node.get("value") or doc.line(node))[:_FAR] for node in buttons)


def _form(doc: Doc, field: Node, form: Node) -> SearchForm:
    fields = doc.below(form, "input", "select", "textarea")[:_READ]
    written = [n for n in fields if n.tag == "textarea" or (n.tag == "input" and n.get("type").lower() in _WRITTEN)]
    raw = form.get("action").strip()
    action = doc.absolute(raw) if raw else ""
    handled = bool(form.get("onsubmit") or any(_submits_by_script(node) for node in fields))
    usable = bool(action and field.get("name")) and len(written) == 1
    method = form.get("method").strip().lower() or "get"
    sent = tuple(pair for node in fields if node is not field and (pair := _sent(doc, node)) is not None)
    charset = form.get("accept-charset").split(" ")[0].split(",")[0].strip() or doc.charset
    return SearchForm(action if usable else "", method, field.get("name"), sent if usable else (), handled, charset)


def _submits_by_script(node: Node) -> bool:
    return node.get("type").lower() == "button" or bool(node.get("onkeydown") or node.get("onkeypress"))


def _sent(doc: Doc, node: Node) -> tuple[str, str] | None:
    """What a field sends along that nobody wrote into."""
    name, kind = node.get("name"), node.get("type").lower()
    if not name or "disabled" in node.attrs:
        return None
    if node.tag == "select":
        options = doc.below(node, "option")
        chosen = next((one for one in options if "selected" in one.attrs), options[0] if options else None)
        return (name, chosen.get("value")) if chosen is not None else None
    if kind in ("checkbox", "radio"):
        return (name, node.get("value") or "on") if "checked" in node.attrs else None
    return (name, node.get("value")) if kind == "hidden" else None
