"""What another reader says of pages. Run inside that reader's own environment: knows nothing of this project.

``python peers.py TOOL`` reads one JSON object a line on stdin (file, charset, url, checkpoint, ask: date or list,
feature) and writes one a line on stdout: date, titles, us (microseconds, the median of some calls), error.
"""

import importlib
import json
import re
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from statistics import median
from typing import Any

REPEATS = 3
HINT = 10  # characters of a title by which gne may look for it when the whole title is not found
DATE = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")

Page = dict[str, Any]


def htmldate_date(page: Page, text: str) -> str | None:
    find: Callable[..., str | None] = importlib.import_module("htmldate").find_date
    return find(text, original_date=True, url=page["url"], max_date=page["checkpoint"])


def gne_date(page: Page, text: str) -> str | None:
    """The date part of its article extractor, which gives none when it finds no article text."""
    gne = importlib.import_module("gne")
    try:
        found = gne.GeneralNewsExtractor().extract(text)["publish_time"]
    except gne.NoContentException:
        found = gne.TimeExtractor().extractor(gne.html2element(gne.fix_html(text)))
    return str(found)


def gne_list(page: Page, text: str) -> list[str]:
    extractor = importlib.import_module("gne").ListPageExtractor()
    title = page["feature"].replace('"', "")
    found: list[dict[str, str]] = extractor.extract(text, title) or extractor.extract(text, title[:HINT])
    return [item["title"] for item in found]


def gerapy_date(page: Page, text: str) -> str | None:
    return str(importlib.import_module("gerapy_auto_extractor").extract_datetime(text, parse=False) or "")


def gerapy_list(page: Page, text: str) -> list[str]:
    found = importlib.import_module("gerapy_auto_extractor").extract_list(text, base_url=page["url"])
    return [item["title"] for item in found or ()]


TOOLS: dict[str, dict[str, Callable[[Page, str], Any]]] = {
    "htmldate": {"date": htmldate_date},
    "gne": {"date": gne_date, "list": gne_list},
    "gerapy-auto-extractor": {"date": gerapy_date, "list": gerapy_list},
}


def day_of(found: str | None) -> str | None:
    date = DATE.search(found or "")
    return f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}" if date else None


def answer(read: Callable[[Page, str], Any], page: Page) -> dict[str, Any]:
    text = Path(page["file"]).read_bytes().decode(page["charset"], "replace")
    spent = []
    found: Any = None
    error = ""
    for _ in range(REPEATS):
        began = time.perf_counter()
        try:
            found = read(page, text)
        except Exception as raised:  # noqa: BLE001 - whatever another program does is its answer to that page
            error = type(raised).__name__
        spent.append((time.perf_counter() - began) * 1e6)
    titles = [" ".join(title.split()) for title in found] if isinstance(found, list) else None
    date = day_of(found) if isinstance(found, str) else None
    return {"date": date, "titles": titles, "us": median(spent), "error": error}


def main(tool: str) -> None:
    pages = [json.loads(line) for line in sys.stdin]
    for ask, read in TOOLS[tool].items():  # imports and first-call caches are nobody's page
        if first := next((page for page in pages if page["ask"] == ask), None):
            with redirect_stdout(sys.stderr):
                answer(read, first)
    for page in pages:
        with redirect_stdout(sys.stderr):
            line = answer(TOOLS[tool][page["ask"]], page)
        print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
