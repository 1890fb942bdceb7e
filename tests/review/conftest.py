from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import postgres, postgres_url  # noqa: F401
from tests.review.office import Page, served


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with served(tmp_path) as running:
        yield running
