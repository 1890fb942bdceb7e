"""What the README promises exists: commands, make targets, arguments, settings and their defaults."""

import importlib
import re
from pathlib import Path

import pytest

from govspider import settings
from govspider.spiders import account_campaign, campaign

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
PAGES = (*READMES, "docs/operations.md", "docs/decisions.md", "CHANGELOG.md")
ARGUMENTS = {*campaign.ARGUMENTS, *account_campaign.ARGUMENTS}
ROWS = re.compile(r"^\| `(?P<name>[^`]+)` \|", re.MULTILINE)


def text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def code(page: str) -> str:
    """Everything of a page that is set as code."""
    fenced = re.findall(r"```\n(.*?)```", text(page), re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text(page), flags=re.DOTALL))
    return "\n".join(fenced + inline)


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_exists(page: str) -> None:
    makefile = text("Makefile")
    for target in re.findall(r"\bmake ([a-z]+)\b", code(page)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{page}: make {target}"


@pytest.mark.parametrize("page", PAGES)
def test_every_scrapy_command_exists(page: str) -> None:
    for name, argument in re.findall(r"\bscrapy ([a-z]+)(?: ([a-z]+))?", code(page)):
        if name == "crawl":
            assert (ROOT / "govspider/spiders" / f"{argument}.py").exists(), f"{page}: scrapy crawl {argument}"
        else:
            assert hasattr(importlib.import_module(f"govspider.commands.{name}"), "Command"), f"{page}: scrapy {name}"


def test_every_command_is_documented() -> None:
    commands = {path.stem for path in (ROOT / "govspider/commands").glob("[a-z]*.py")}
    documented = {name.split()[1] for name in ROWS.findall(text("README.md")) if name.startswith("scrapy ")}
    assert documented == commands | {"crawl"}


@pytest.mark.parametrize("page", PAGES)
def test_every_spider_argument_and_setting_exists(page: str) -> None:
    for name in re.findall(r"-a ([a-z]+)=", code(page)):
        assert name in ARGUMENTS, f"{page}: -a {name}"
    for name in re.findall(r"-s ([A-Z_]+)=", code(page)):
        assert name == "NAME" or hasattr(settings, name), f"{page}: -s {name}"


def test_every_spider_argument_is_documented() -> None:
    assert set(re.findall(r"-a ([a-z]+)=", code("README.md"))) == ARGUMENTS


@pytest.mark.parametrize("page", READMES)
def test_the_defaults_in_the_table_are_the_settings(page: str) -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`([^`]+)`|([\d.]+)|[^|]*?) \|", text(page), re.MULTILINE)
    assert len(rows) > 10
    for name, quoted, number in rows:
        default = getattr(settings, name)
        if default != "":
            assert str(default) == (quoted or number), f"{page}: {name}"


def test_both_readmes_show_the_same() -> None:
    english, chinese = (text(page) for page in READMES)
    assert ROWS.findall(english) == ROWS.findall(chinese)
    blocks = re.compile(r"```\n(.*?)```", re.DOTALL)
    assert blocks.findall(english) == blocks.findall(chinese)
    assert english.count("\n## ") == chinese.count("\n## ")


@pytest.mark.parametrize("page", PAGES)
def test_every_linked_file_exists(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text(page)):
        assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"
