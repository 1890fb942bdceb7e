"""Rules: what is required, by which document, with which threshold; read from TOML, applied to facts."""

from govspider.rules.apply import apply_rule, finding_key
from govspider.rules.cases import Case
from govspider.rules.index import CHECKS, FAMILIES, Check
from govspider.rules.loading import load_rules
from govspider.rules.model import NoServices, Points, Rule, RuleError, Rules, Scoring, Source
from govspider.rules.wording import message, threshold

__all__ = [
    "CHECKS",
    "FAMILIES",
    "Case",
    "Check",
    "NoServices",
    "Points",
    "Rule",
    "RuleError",
    "Rules",
    "Scoring",
    "Source",
    "apply_rule",
    "finding_key",
    "load_rules",
    "message",
    "threshold",
]
