"""Settings given with ``-s``. Scrapy takes every name, so that one letter too many would change nothing in silence."""

import difflib

from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings
from scrapy.utils.project import get_project_settings


def refuse_misspelt(settings: BaseSettings) -> None:
    """Raises UsageError where a name is none of Scrapy's or ours, but looks like one. Others may be an add-on's."""
    known = set(get_project_settings())
    for name in sorted(settings):
        if settings.getpriority(name) != SETTINGS_PRIORITIES["cmdline"] or name in known:
            continue
        if close := difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.8):
            raise UsageError(f"没有名为 {name} 的设置，是否为 {close[0]}？", print_help=False)
