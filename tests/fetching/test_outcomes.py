import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import Error, TimeoutError  # noqa: A004 - Playwright's own

from govspider.facts import Fetch
from govspider.fetching.outcomes import outcome_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (TimeoutError("Timeout 20000ms exceeded."), Fetch.TIMEOUT),
        (Error("net::ERR_NAME_NOT_RESOLVED at http://a/"), Fetch.DNS),
        (Error("net::ERR_CONNECTION_REFUSED at http://a/"), Fetch.REFUSED),
        (Error("the page crashed"), Fetch.OTHER),
        (RuntimeError("net::ERR_NAME_NOT_RESOLVED"), Fetch.OTHER),
    ],
)
def test_errors_of_the_browser_are_known_by_their_words(error: Exception, outcome: Fetch) -> None:
    assert outcome_of(error)[0] is outcome


def test_playwright_is_not_imported_before_a_page_needs_the_browser() -> None:
    code = "import sys, govspider.spiders.sites, govspider.commands.page; sys.exit('playwright' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
