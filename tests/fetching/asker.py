"""Asks the live fetcher inside a real crawl, in a process of its own: a reactor cannot be started twice."""

import asyncio
import base64
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def ask(asks: list[dict[str, Any]], registered: list[str], **settings: Any) -> list[dict[str, Any]]:
    """Each ask is the fetcher's arguments by name, and ``after`` seconds if it starts later. They run side by side.

    ``constants`` maps module constants, ``module:NAME``, to other values.
    """
    constants = settings.pop("constants", {})
    order = json.dumps({"asks": asks, "registered": registered, "settings": settings, "constants": constants})
    done = subprocess.run(
        [sys.executable, __file__], input=order, capture_output=True, text=True, cwd=ROOT, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    answers: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    for answer in answers:
        answer["body"] = base64.b64decode(answer["body"])
        answer["log"] = done.stderr
    return answers


def main() -> None:
    sys.path.insert(0, str(ROOT))
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.project import get_project_settings

    from govspider.facts import How
    from govspider.fetching.live import LiveFetcher

    order = json.load(sys.stdin)
    for place, value in order["constants"].items():
        module, _, name = place.partition(":")
        assert hasattr(import_module(module), name)
        setattr(import_module(module), name, value)

    class AskingSpider(scrapy.Spider):
        name = "asking"

        async def start(self):
            fetch = LiveFetcher.from_crawler(self.crawler, order["registered"])
            yield scrapy.Request("data:,", self.walk, cb_kwargs={"fetch": fetch})

        async def walk(self, response, fetch):
            async def one(ask):
                await asyncio.sleep(ask.pop("after", 0))
                return await fetch(ask["url"], How(ask.get("how", How.PAGE)), words=ask.get("words", ""))

            fetched = await asyncio.gather(*(one(ask) for ask in order["asks"]))
            answers = [
                {
                    "outcome": str(one.outcome),
                    "status": one.status,
                    "final_url": one.final_url,
                    "url": one.url,
                    "headers": dict(one.headers),
                    "body": base64.b64encode(one.body).decode(),
                    "rendered": one.rendered,
                    "redirects": one.redirects,
                    "error": one.error,
                    "browsers": self.crawler.stats.get_value("browser/started", 0),
                }
                for one in fetched
            ]
            print(json.dumps(answers))

    settings = get_project_settings()
    quick = {"DOWNLOAD_DELAY": 0, "RETRY_PAUSE": 0.2, "DOWNLOAD_TIMEOUT": 2, "LOG_LEVEL": "WARNING", "EXTENSIONS": {}}
    settings.setdict({**quick, "ITEM_PIPELINES": {}, **order["settings"]}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(AskingSpider)
    process.start()


if __name__ == "__main__":
    main()
