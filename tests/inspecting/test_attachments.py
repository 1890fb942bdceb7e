"""Which attachments a walk samples, and what it says of them."""

import asyncio
from dataclasses import dataclass, replace

from govspider.facts import EarlierClue, Fetch, Fetched, How, SiteFacts
from govspider.inspecting.walk import inspect_site
from tests.inspecting.sites import BASE, Web, article_list, failed, page, plan, site
from tests.reading.test_attachments import docx
from tests.reading.test_leaks import ONE

LINKS = "".join(
    f'<p><a href="{address}">{text}</a></p>'
    for address, text in (
        ("/f/1.docx", "工作总结"),
        ("/f/2.docx", "低保名单"),
        ("/f/3.docx", "补贴发放明细表"),
        ("/f/4.zip", "名单压缩包"),
        ("http://other.example/5.docx", "名单"),
        ("/f/6.docx", "救助对象公示"),
        ("/f/7.docx", "报告"),
        ("/f/8.doc", "五保户名单"),
    )
)


@dataclass
class Files(Web):
    """A web that serves files only to those who ask for files."""

    async def __call__(self, url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        if not url.endswith(".docx") or how is How.LINK:
            return await super().__call__(url, how)
        self.asked.append((url, how))
        if how is not How.FILE:
            return failed(url, Fetch.NOT_HTML)
        if "3" in url:
            return failed(url, Fetch.HTTP_ERROR, 404)
        body = docx(f"张一 {ONE}") if "2" in url else b"PK\x03\x04 broken"
        return Fetched(url, url, Fetch.OK, 200, body=body)


def walked(**changes: object) -> SiteFacts:
    dates = ["2026-06-28", "2026-06-20"]
    lists = {f"{BASE}{name}/": page(article_list(name, f"/{name}/", dates)) for name in ("gzdt", "tzgg", "zcwj")}
    web = Files({BASE: page(LINKS), **lists})
    return asyncio.run(inspect_site(site(), web, replace(plan(), **changes)))  # type: ignore[arg-type]


def test_files_whose_names_speak_of_persons_come_first_and_few_are_asked_for() -> None:
    facts = walked()
    assert {file.name for file in facts.attachments} == {"低保名单", "补贴发放明细表", "救助对象公示", "五保户名单"}
    unread = {file.name: file.unread for file in facts.attachments}
    assert unread == {
        "低保名单": "",
        "补贴发放明细表": "未能打开（服务器返回 404）",
        "救助对象公示": "已损坏",
        "五保户名单": "是旧版文档，不能读取",
    }
    assert [(one.name, one.leak.kind, one.found_on) for one in facts.leaks] == [("低保名单", "id_card", BASE)]
    assert ONE not in repr(facts)


def test_no_file_is_asked_for_when_none_may_be() -> None:
    facts = walked(sampled_files=0)
    assert facts.attachments == ()


def test_a_file_that_gave_something_away_is_read_again_as_long_as_it_is_there() -> None:
    there, gone = f"{BASE}old/2.docx", f"{BASE}old/3.docx"
    clues = (EarlierClue(there, f"{BASE}old.html", "旧名单"), EarlierClue(gone, f"{BASE}old.html", "旧明细"))
    facts = walked(earlier_clues=clues, sampled_files=0)
    assert [(one.url, one.leak.kind, one.name) for one in facts.leaks] == [(there, "id_card", "旧名单")]
    assert [one.name for one in facts.attachments] == ["旧名单"]
    assert {one.url: one.status for one in facts.revisits if one.url in (there, gone)} == {there: 200, gone: 404}
