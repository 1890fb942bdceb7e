"""Two inspections of a site whose columns are emptied between them."""

from collections.abc import Callable
from typing import Any

import pytest

from govspider.demo.city import City
from govspider.demo.model import Flaws
from tests.e2e.conftest import read_lines, run

pytestmark = pytest.mark.slow

SITE = "6199000005"


def test_emptied_columns_are_withdrawn_and_fail_the_site_as_blank_ones(
    city: City, open_office: Callable[[City], Any]
) -> None:
    office = open_office(city.only(SITE))
    assert office.crawl().returncode == 0
    office.server.city = office.server.city.change(SITE, Flaws(blank_columns=6))
    done = office.crawl(f"site={SITE}")
    assert done.returncode == 0, done.stdout
    assert office.verdicts()[SITE]["vetoes"] == ["columns-blank"]
    states = [column["state"] for column in read_lines(office.outputs / "columns.jsonl")]
    assert states.count("withdrawn") == 6
    assert "blank" not in states
    replay = run(
        [
            *office.command()[:3],
            "replay",
            "-s",
            f"OUTPUT={office.folder}",
            "-s",
            f"DATABASE_URL=sqlite:///{office.database}",
        ]
    )
    assert replay.returncode == 0, replay.stdout
