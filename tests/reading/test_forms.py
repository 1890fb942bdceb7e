"""The search of a site: which field, which address, and when only a script knows."""

from collections.abc import Callable

from govspider.facts import Page

Read = Callable[..., Page]

URL = "http://www.qinghe.gov.cn/"


def test_form_with_words_and_hidden_fields(read: Read) -> None:
    html = "<form action='/s' method='GET'><input type=hidden name=site value=1><input name=qt placeholder='请输入关键字'><input type=submit value=搜索></form>"
    (form,) = read(html, URL).searches
    assert (form.action, form.method, form.field, form.sent) == (f"{URL}s", "get", "qt", (("site", "1"),))
    assert not form.handled


def test_script_and_log_in_are_told_apart(read: Read) -> None:
    html = "<input id='searchword' name='searchword'><a onclick='go()'>搜索</a><form action='/login'><input name='username'><input type=password name=p></form>"
    (form,) = read(html, URL).searches
    assert (form.action, form.method) == ("", "")


def test_form_that_asks_for_more_is_never_sent(read: Read) -> None:
    html = "<form action='/find'><input name=keyword placeholder=搜索><input name=author><input type=submit></form>"
    assert all(form.action == "" for form in read(html, URL).searches)


def test_what_goes_along(read: Read) -> None:
    html = (
        "<form action='/s'><select name=t><option value=1>全部<option value=2 selected>标题</select>"
        "<input type=radio name=o value=a checked><input type=radio name=o value=b><input name=keyword><button>搜索</button></form>"
    )
    assert read(html, URL).searches[0].sent == (("t", "2"), ("o", "a"))
