import datetime as dt
from collections.abc import Callable

import pytest

from govspider.facts import Page
from govspider.reading.page import read_page
from govspider.reading.terms import Lexicon


@pytest.fixture
def read() -> Callable[..., Page]:
    def reading(
        html: str | bytes, url: str = "http://www.qinghe.gov.cn/zwgk/tzgg/index.html", day: str = "2021-08-20"
    ) -> Page:
        body = html if isinstance(html, bytes) else html.encode()
        return read_page(body, url, checkpoint=dt.date.fromisoformat(day), lexicon=Lexicon())

    return reading
