"""Facts → findings → store: one pipeline for each family of rules, then the one that keeps the site."""

import asyncio
import logging
from dataclasses import replace
from typing import Any, Self

from scrapy.crawler import Crawler

from govspider.checks.common import subject_finding
from govspider.facts import AccountFacts, Finding, Inspection, Outcome, SiteFacts
from govspider.rules import Rule, apply_rule
from govspider.rules.apply import NOT_ENABLED

logger = logging.getLogger(__name__)


class RulePipeline:
    """Applies the rules of one family. Set it to None in ITEM_PIPELINES, and they are reported as not looked at."""

    family = ""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        spider: Any = crawler.spider
        self._rules: tuple[Rule, ...] = tuple(rule for rule in spider.campaign.rules if rule.family == self.family)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Inspection) -> Inspection:
        for rule in self._rules:
            if rule.subject != item.facts.subject:
                continue
            found = self._apply(rule, item.facts)
            item.findings.extend(found)
            for finding in found:
                self._crawler.stats.inc_value(f"findings/{rule.id}/{finding.outcome}")
        return item

    def _apply(self, rule: Rule, facts: SiteFacts | AccountFacts) -> tuple[Finding, ...]:
        try:
            return apply_rule(rule, facts)
        except Exception as error:
            logger.exception("%s 的规则 %s 出错", facts.code, rule.id)
            self._crawler.stats.inc_value(f"rule_errors/{rule.id}")
            return (unlooked(rule, facts, f"检查程序出错（{type(error).__name__}），详见运行日志"),)


class ColumnsPipeline(RulePipeline):
    family = "columns"


class FreshnessPipeline(RulePipeline):
    family = "freshness"


class ServicesPipeline(RulePipeline):
    family = "services"


class GuidesPipeline(RulePipeline):
    family = "guides"


class InteractionPipeline(RulePipeline):
    family = "interaction"


class HomePipeline(RulePipeline):
    family = "home"


class LinksPipeline(RulePipeline):
    family = "links"


class SafetyPipeline(RulePipeline):
    family = "safety"


class RegisterPipeline(RulePipeline):
    family = "register"


class SamplesPipeline(RulePipeline):
    family = "samples"


class AnswersPipeline(RulePipeline):
    family = "answers"


class AccountsPipeline(RulePipeline):
    family = "accounts"


class StorePipeline:
    """Keeps each site when it is done. A rule that no pipeline applied is unknown, never silently passed."""

    def __init__(self, crawler: Crawler) -> None:
        spider: Any = crawler.spider
        self._campaign = spider.campaign

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_item(self, item: Inspection) -> Inspection:
        applied = {finding.rule for finding in item.findings}
        item.findings.extend(
            unlooked(rule, item.facts, NOT_ENABLED)
            for rule in self._campaign.rules.of(item.facts.subject)
            if rule.id not in applied
        )
        await asyncio.to_thread(self._campaign.store.save, item)
        return item


def unlooked(rule: Rule, facts: SiteFacts | AccountFacts, reason: str) -> Finding:
    return replace(subject_finding(Outcome.UNKNOWN, facts, reason=reason), rule=rule.id)
