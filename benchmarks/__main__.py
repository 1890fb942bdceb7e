"""``python -m benchmarks [speed|memory|reading|readers]``: prints one table each."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks import readers, reading, running
from benchmarks.city import BenchSite
from benchmarks.running import Run

ROUNDS = 3
SITES = 20


def speed() -> None:
    """The three competitors one after another, round by round, so that a busy moment hits all of them; each ends after as
    many pages as the inspection read."""
    sites = [BenchSite(index) for index in range(SITES)]
    runs: dict[str, list[Run]] = {"default": [], "tuned": [], "inspection": []}
    with running.serving(SITES), tempfile.TemporaryDirectory() as temporary:
        for number in range(ROUNDS):
            folder = Path(temporary) / str(number)
            command = running.inspection(SITES, folder / "c")
            inspected = running.measure(command, folder / "c")
            runs["inspection"].append(inspected)
            coverage(folder / "c", SITES)
            for name, spider in (("default", running.default_scrapy), ("tuned", running.tuned_scrapy)):
                runs[name].append(running.measure(spider(sites, inspected.pages), folder / name))
    middles = {name: running.middle(own) for name, own in runs.items()}
    heading = f"{'':12}{'pages':>8}{'heads':>8}{'seconds':>9}{'pages/s':>9}{'CPU ms/page':>13}{'peak MB':>9}"
    print(heading)
    for name, run in middles.items():
        print(
            f"{name:12}{run.pages:8}{run.heads:8}{run.seconds:9.1f}{run.pages_per_second:9.1f}"
            f"{run.cpu_ms:13.2f}{run.peak_mb:9.0f}"
        )
    for other, aim in (("default", 4.0), ("tuned", 0.5)):
        ours, theirs = middles["inspection"], middles[other]
        print(
            f"inspection / {other}: {ours.pages_per_second / theirs.pages_per_second:.2f} in pages/s,"
            f" {theirs.cpu_ms / ours.cpu_ms:.2f} in CPU (aim: at least {aim})"
        )


def coverage(folder: Path, count: int) -> None:
    """What the inspection says it did: a fast run that read nothing would be no success."""
    total: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for verdict in running.verdicts(folder, count):
        kinds[verdict["verdict"]] += 1
        total.update({key: int(value) for key, value in verdict["coverage"].items()})
    print("inspection:", dict(kinds), dict(total), flush=True)


def memory() -> None:
    """Ten times as many sites must not need more memory."""
    peaks = []
    for count in (50, 500):
        with running.serving(count, "small"), tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            run = running.measure(running.inspection(count, folder), folder)
            coverage(folder, count)
        peaks.append(run.peak_mb)
        print(f"{count:4} sites: peak {run.peak_mb:.0f} MB, {run.pages} pages in {run.seconds:.0f} s", flush=True)
    print(f"500 / 50 sites: {peaks[1] / peaks[0]:.2f}")


def readers_of_set() -> None:
    """The set's folder is an argument: ``--set DIR``."""
    readers.main(sys.argv[2:])


if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "speed"
    {"speed": speed, "memory": memory, "reading": reading.main, "readers": readers_of_set}[chosen]()
