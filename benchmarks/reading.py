"""What reading a page completely costs, against lxml parsing it and collecting its links."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.parse import urljoin

import lxml.html  # type: ignore[import-untyped]

from benchmarks.city import CHECKPOINT, BenchSite, Shape, article_path, build
from govspider.reading.page import read_page
from govspider.reading.terms import load_lexicon

PAGES = {
    "home": "/",
    "list": "/yw/bmdt/",
    "article": article_path("/yw/bmdt/", 0),
    "guide": article_path("/bs/bszn/", 0),
    "letters": "/hd/zxzx/",
}
REPEATS = 60


def lxml_links(body: bytes, url: str) -> list[str]:
    tree = lxml.html.document_fromstring(body)
    return [urljoin(url, href) for href in tree.xpath("//a/@href")]


def main() -> None:
    lexicon = load_lexicon(Path(__file__).parent.parent / "rules" / "lexicons")
    ratios = []
    for site in (BenchSite(0), BenchSite(4)):
        pages = dict(build(site, Shape()))
        for name, path in PAGES.items():
            body, url = pages[path], site.url + path[1:]
            ours, theirs = alternating(
                lambda body=body, url=url: read_page(body, url, checkpoint=CHECKPOINT, lexicon=lexicon),  # type: ignore[misc]
                lambda body=body, url=url: lxml_links(body, url),  # type: ignore[misc]
            )
            ratios.append(ours / theirs)
            print(
                f"{site.charset:8}{name:9}{len(body) // 1000:4} KB: read_page {ours * 1e3:6.2f} ms,"
                f" lxml {theirs * 1e3:6.2f} ms, ratio {ratios[-1]:.2f}"
            )
    print(f"median ratio {median(ratios):.2f}, worst {max(ratios):.2f} (aim: at most 3)")


def alternating(*calls: Callable[[], object]) -> list[float]:
    """The median CPU seconds of each call, taken in turns."""
    spent: list[list[float]] = [[] for _ in calls]
    for _ in range(REPEATS):
        for call, own in zip(calls, spent, strict=True):
            began = time.process_time()
            call()
            own.append(time.process_time() - began)
    return [median(own) for own in spent]
