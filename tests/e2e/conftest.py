"""Real crawls of the demo city, started as a user starts them."""

import datetime as dt
import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest

from govspider.commands.demo import crawl_command
from govspider.demo.city import City, CityServer, serve, write_office, write_register

ROOT = Path(__file__).parents[2]
CHECKPOINT = dt.date(2026, 8, 31)
SECONDS = 400


@dataclass(frozen=True)
class Office:
    """An inspection office with its register, its settings and its output folder."""

    server: CityServer
    folder: Path

    @property
    def outputs(self) -> Path:
        return self.folder / "demo"

    @property
    def register(self) -> Path:
        return self.folder / "sites.csv"

    def write_register(self) -> None:
        write_register(self.server.city, self.server.port, self.register)

    def command(self, *arguments: str, **settings: Any) -> list[str]:
        office = write_office(self.server.city, self.folder / "office.toml")
        more = {"DATABASE_URL": f"sqlite:///{self.database}", "RETRY_PAUSE": 0.2, **settings}
        command = crawl_command("sites", self.folder, self.register, office, self.server.city.checkpoint, more)
        return [*command, *(part for argument in arguments for part in ("-a", argument))]

    @property
    def database(self) -> Path:
        return self.folder / "store.db"

    def crawl(self, *arguments: str, **settings: Any) -> subprocess.CompletedProcess[str]:
        return run(self.command(*arguments, **settings))

    def verdicts(self) -> dict[str, dict[str, Any]]:
        return {verdict["code"]: verdict for verdict in read_lines(self.outputs / "verdicts.jsonl")}

    def annex(self, heading: str) -> list[list[str]]:
        """The rows of the bulletin's table that has this column, without their heads."""
        return annex_of(self.outputs / "通报.docx", heading)


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Kills the whole group, browser included, when it takes too long."""
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    ) as process:
        try:
            said, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(command, process.returncode, said)


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def annex_of(path: Path, heading: str) -> list[list[str]]:
    for table in docx.Document(str(path)).tables:
        head, *rows = ([cell.text for cell in row.cells] for row in table.rows)
        if heading in head:
            return rows
    return []


@pytest.fixture
def city() -> City:
    return City(CHECKPOINT)


@pytest.fixture
def open_office(tmp_path: Path) -> Iterator[Callable[[City], Office]]:
    """Serves a city and gives its office, register written."""
    servers: list[CityServer] = []

    def opened(city: City) -> Office:
        servers.append(serve(city))
        office = Office(servers[-1], tmp_path)
        office.write_register()
        return office

    yield opened
    for server in servers:
        server.close()
