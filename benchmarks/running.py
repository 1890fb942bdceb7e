"""Running one competitor as a process of its own, and what it cost with all that it started."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.city import CHECKPOINT, PORT, BenchSite, register

HERE = Path(__file__).parent
SAMPLE_SECONDS = 0.5
# Bytecode is kept, as in any ordinary installation, wherever this one keeps none.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "govspider-benchmarks"),
}
OUTPUTS = ("通报.docx", "问题清单.xlsx", "verdicts.jsonl", "findings.jsonl", "columns.jsonl")


@dataclass(frozen=True, slots=True)
class Run:
    """``pages`` were answered whole, ``heads`` only asked whether they exist. CPU and memory include children.

    ``peak_mb`` is the largest sum of the processes' own shares of memory, looked at twice a second.
    """

    pages: int
    heads: int
    seconds: float
    cpu_seconds: float
    peak_mb: float

    @property
    def pages_per_second(self) -> float:
        return self.pages / self.seconds

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu_seconds / self.pages


@contextmanager
def serving(count: int, size: str = "") -> Iterator[None]:
    """The local sites, served by a process of its own until the block ends."""
    command = [sys.executable, "-m", "benchmarks.server", str(count), *([size] if size else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HERE.parent) as server:
        try:
            assert server.stdout is not None
            if server.stdout.readline() != b"ready\n":
                raise SystemExit("the local sites could not be served: is the port taken?")
            yield
        finally:
            server.terminate()


def served() -> dict[str, int]:
    """Counts since the last call."""
    with urllib.request.urlopen(f"http://{BenchSite(0).host}:{PORT}/-/served", timeout=10) as response:
        counts: dict[str, int] = json.load(response)
        return counts


def measure(command: Sequence[str], folder: Path) -> Run:
    """Run to the end. Raises SystemExit with the end of its log when it fails or fetches nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    served()
    log = folder / "log"
    with log.open("wb") as stream:
        began = time.perf_counter()
        where = working_folder(command, folder)
        child = subprocess.Popen(command, stdout=stream, stderr=stream, cwd=where, env=ENVIRONMENT)
        with watching(child.pid) as peak:
            _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    counts = served()
    if child.returncode or not counts.get("pages"):
        raise SystemExit(f"{' '.join(command)}\nended with {child.returncode}:\n{log.read_text('utf-8')[-2000:]}")
    return Run(counts["pages"], counts.get("heads", 0), seconds, used.ru_utime + used.ru_stime, max(peak))


@contextmanager
def watching(pid: int) -> Iterator[list[float]]:
    """Fills the list with the megabytes of the process and all below it, until the block ends."""
    seen, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(SAMPLE_SECONDS):
            seen.append(sum(map(share, family(pid))))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


def family(pid: int) -> list[int]:
    """The process and all that it started."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in below for one in family(int(child)))]


def share(pid: int) -> float:
    """Megabytes in memory; what several processes use counts in parts."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def working_folder(command: Sequence[str], folder: Path) -> Path:
    """The project's for its own command; elsewhere its settings would apply to the others too."""
    return HERE.parent if "crawl" in command else folder


def default_scrapy(sites: Sequence[BenchSite], pages: int) -> list[str]:
    return [*runspider("default_scrapy", sites), "-s", f"CLOSESPIDER_PAGECOUNT={pages}"]


def tuned_scrapy(sites: Sequence[BenchSite], pages: int) -> list[str]:
    """The event loop is chosen before the spider's own settings are read."""
    settings = ["-s", "ASYNCIO_EVENT_LOOP=uvloop.Loop", "-s", f"CLOSESPIDER_PAGECOUNT={pages}"]
    return [*runspider("tuned_scrapy", sites), *settings]


def runspider(name: str, sites: Sequence[BenchSite]) -> list[str]:
    urls = " ".join(site.url for site in sites)
    return [sys.executable, "-m", "scrapy", "runspider", str(HERE / f"{name}.py"), "-a", f"urls={urls}"]


def inspection(count: int, folder: Path) -> list[str]:
    """All rules, all outputs; only the pauses between requests and before a second try are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    sites = folder / "sites.csv"
    sites.write_text(register(count), "utf-8")
    settings = {"REGISTER": sites, "OUTPUT": folder / "output", "DOWNLOAD_DELAY": 0, "RETRY_PAUSE": 0}
    command = [sys.executable, "-m", "scrapy", "crawl", "sites", "-a", f"checkpoint={CHECKPOINT}"]
    return command + [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]


def middle(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(
        pages=round(median(run.pages for run in runs)),
        heads=round(median(run.heads for run in runs)),
        seconds=median(run.seconds for run in runs),
        cpu_seconds=median(run.cpu_seconds for run in runs),
        peak_mb=median(run.peak_mb for run in runs),
    )


def verdicts(folder: Path, count: int) -> list[dict[str, Any]]:
    """Of a finished inspection. Raises SystemExit when an output is missing: then its time says nothing."""
    (outputs,) = folder.glob("output/2*")
    missing = [name for name in OUTPUTS if not (outputs / name).is_file()]
    pages = len(list(outputs.glob("reports/*.html")))
    rows = [json.loads(line) for line in (outputs / "verdicts.jsonl").read_text("utf-8").splitlines()]
    if missing or pages != count or len(rows) != count:
        raise SystemExit(f"the inspection left {len(rows)} verdicts, {pages} site pages, and no {missing}")
    return rows
