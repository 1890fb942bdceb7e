"""Our reader beside the public ones, on saved pages with known truth: what each finds, and what a page costs it.

A set is a folder with ``truth.jsonl``, one object a line: path, url, checkpoint (optional) and, of an article,
publish_date; of a list, entries, first_entry_title, newest_date, blank. Every other reader is installed by pip into an
environment of its own that is thrown away afterwards. All are given the text decoded by the charset that ours found;
ours is given the bytes.
"""

import argparse
import datetime as dt
import json
import re
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.peers import REPEATS, TOOLS
from govspider.reading.page import read_page
from govspider.reading.terms import load_lexicon

HERE = Path(__file__).parent
OURS = "govspider"
CANNOT = "cannot"
INSTALL_SECONDS, READ_SECONDS = 900, 1800
_IGNORED = re.compile(r"[\s…\.·•、,，。：:;；\-—_()（）\[\]【】《》“”\"']|置顶")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answers:
    """What one reader says of each page, by path. ``failed``: why it could not be run at all."""

    tool: str
    can: frozenset[str]
    dates: dict[str, str | None] = field(default_factory=dict)
    titles: dict[str, list[str]] = field(default_factory=dict)
    newest: dict[str, str | None] = field(default_factory=dict)
    blank: dict[str, bool | None] = field(default_factory=dict)
    us: dict[str, float] = field(default_factory=dict)
    errors: int = 0
    failed: str = ""


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks readers")
    parser.add_argument("--set", type=Path, required=True, metavar="DIR", help="pages and truth.jsonl")
    folder = parser.parse_args(arguments).set.resolve()
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines() if line.strip()]
    articles = [row for row in rows if row.get("kind") == "article" and row.get("publish_date")]
    lists = [row for row in rows if row.get("kind") == "list"]
    charsets, ours = our_answers(folder, [*articles, *lists])
    asked = [asked_of(folder, row, charsets, "date") for row in articles]
    asked += [asked_of(folder, row, charsets, "list") for row in lists]
    everyone = [ours, *(peer_answers(tool, asked) for tool in TOOLS)]
    for line in table(everyone, articles, lists):
        print(line)


# ----------------------------------------------------------------------------------------------------------- reading


def our_answers(folder: Path, rows: Sequence[Row]) -> tuple[dict[str, str], Answers]:
    """By ``scrapy page --list``, timed in this process; with the charset of each page."""
    command = [sys.executable, "-m", "scrapy", "page", "--list"]
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as listed:
        listed.writelines(f"{folder / row['path']}\t{url_of(row)}\t{checkpoint_of(row)}\n" for row in rows)
        listed.flush()
        run = subprocess.run(
            [*command, listed.name], check=False, capture_output=True, text=True, encoding="utf-8", cwd=HERE.parent
        )
    found = [json.loads(line) for line in run.stdout.splitlines()]
    if run.returncode or len(found) != len(rows):
        raise SystemExit(
            f"scrapy page ended with {run.returncode} and {len(found)} of {len(rows)} pages:\n{run.stderr}"
        )
    said = Answers(OURS, frozenset({"date", "list", "newest", "blank"}))
    for row, page in zip(rows, found, strict=True):
        path = row["path"]
        said.dates[path], said.newest[path], said.blank[path] = page["published"], page["newest"], page["blank"]
        said.titles[path] = [entry["title"] for entry in page["entries"]]
        said.us[path] = our_time(folder, row)
    return {row["path"]: page["charset"] for row, page in zip(rows, found, strict=True)}, said


TODAY = dt.datetime.now(dt.UTC).date()
LEXICON = load_lexicon(HERE.parent / "rules" / "lexicons")


def our_time(folder: Path, row: Row) -> float:
    """Microseconds of reading everything, not only what the others are asked for."""
    body, spent = (folder / row["path"]).read_bytes(), []
    for _ in range(REPEATS + 1):
        began = time.perf_counter()
        read_page(body, url_of(row), checkpoint=dt.date.fromisoformat(checkpoint_of(row)), lexicon=LEXICON)
        spent.append((time.perf_counter() - began) * 1e6)
    return median(spent[1:])


def checkpoint_of(row: Row) -> str:
    return str(row.get("checkpoint") or TODAY)


def url_of(row: Row) -> str:
    """A page without a known address gets one that says nothing."""
    return str(row.get("url") or "http://www.city.example/x/index.html")


def asked_of(folder: Path, row: Row, charsets: dict[str, str], ask: str) -> Row:
    return {
        "path": row["path"],
        "file": str(folder / row["path"]),
        "url": url_of(row),
        "charset": charsets[row["path"]],
        "checkpoint": checkpoint_of(row),
        "ask": ask,
        "feature": row.get("first_entry_title") or "",
    }


def peer_answers(tool: str, asked: Sequence[Row]) -> Answers:
    can = frozenset(TOOLS[tool])
    own = [page for page in asked if page["ask"] in can]
    with tempfile.TemporaryDirectory(prefix="readers-") as temporary:
        try:
            python = installed(tool, Path(temporary))
            lines = subprocess.run(
                [str(python), str(HERE / "peers.py"), tool],
                input="".join(json.dumps(page) + "\n" for page in own),
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=True,
                cwd=temporary,
                timeout=READ_SECONDS,
            ).stdout.splitlines()
        except subprocess.TimeoutExpired:
            return Answers(tool, can, failed="took too long")
        except subprocess.CalledProcessError as error:
            said = str(error.stderr or "").strip().splitlines()[-1:] or ["?"]
            return Answers(tool, can, failed=f"cannot be run: {said[0][:100]}")
    found = [json.loads(line) for line in lines]
    answers = Answers(tool, can, errors=sum(bool(page["error"]) for page in found))
    for page, said in zip(own, found, strict=True):
        answers.dates[page["path"]] = said["date"]
        answers.titles[page["path"]] = said["titles"] or []
        answers.us[page["path"]] = said["us"]
    return answers


def installed(tool: str, folder: Path) -> Path:
    """The Python of a new environment that holds nothing but the tool."""
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", tool]
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    return python


# ------------------------------------------------------------------------------------------------------------- table


def plain(title: str) -> str:
    return _IGNORED.sub("", title)


def same_title(one: str, other: str) -> bool:
    one, other = plain(one), plain(other)
    return bool(one and other) and (one.startswith(other[:20]) or other.startswith(one[:20]))


def first_is_right(answers: Answers, row: Row) -> bool:
    titles = answers.titles[row["path"]]
    return bool(titles) and same_title(titles[0], row["first_entry_title"])


def table(everyone: Sequence[Answers], articles: Sequence[Row], lists: Sequence[Row]) -> Iterator[str]:
    filled = [row for row in lists if row.get("entries")]
    measures: tuple[tuple[str, str, Sequence[Row], Callable[[Answers, Row], bool]], ...] = (
        ("article: publish date", "date", articles, lambda a, r: a.dates[r["path"]] == r["publish_date"][:10]),
        ("list: number of entries", "list", filled, lambda a, r: len(a.titles[r["path"]]) == r["entries"]),
        ("list: first entry", "list", filled, first_is_right),
        (
            "list: newest date",
            "newest",
            [row for row in lists if row.get("newest_date")],
            lambda a, r: a.newest[r["path"]] == r["newest_date"],
        ),
        (
            "list: blank told apart",
            "blank",
            [row for row in lists if isinstance(row.get("blank"), bool)],
            lambda a, r: (a.blank[r["path"]] is True) == r["blank"],
        ),
    )
    yield line("", [answers.tool for answers in everyone])
    for name, ability, rows, right in measures:
        yield line(name, [share(answers, ability, rows, right) for answers in everyone])
    for name, rows in (("us an article", articles), ("us a list page", lists)):
        yield line(name, [middle(answers, rows) for answers in everyone])
    yield ""
    yield f"{len(articles)} articles, {len(lists)} list pages; times are medians over pages of the median of {REPEATS}."
    yield f"{OURS} reads the whole page, gne an article with its text, the others only what is asked."
    yield "gne's list reader needs an example: it was told the first entry's title."
    for answers in everyone:
        if answers.failed or answers.errors:
            yield f"{answers.tool}: {answers.failed or f'{answers.errors} pages ended in an error'}"


def line(name: str, cells: Sequence[str]) -> str:
    return f"{name:26}" + "".join(f"{cell:>24}" for cell in cells)


def share(answers: Answers, ability: str, rows: Sequence[Row], right: Callable[[Answers, Row], bool]) -> str:
    if ability not in answers.can:
        return CANNOT
    if answers.failed:
        return "not run"
    if not rows:
        return "no such page"
    good = sum(right(answers, row) for row in rows)
    return f"{good}/{len(rows)} {good / len(rows):.0%}"


def middle(answers: Answers, rows: Sequence[Row]) -> str:
    spent = [answers.us[row["path"]] for row in rows if row["path"] in answers.us]
    return f"{median(spent):.0f}" if spent else CANNOT if not answers.failed else "not run"
