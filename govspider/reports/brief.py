"""What is told of all sites together, without what only a site's own page and lists need."""

from dataclasses import replace

from govspider.facts import AccountResult, ReportedFinding, RoundResults, SiteFacts, SiteResult


def brief(results: RoundResults) -> RoundResults:
    """The same round with every site and account in memory at once, which takes a hundredth of what the facts would take."""
    sites, accounts = map(brief_site, results.sites), map(brief_account, results.accounts)
    return replace(results, sites=tuple(sites), accounts=tuple(accounts))


def brief_site(result: SiteResult) -> SiteResult:
    facts = result.facts
    return replace(
        result,
        facts=None if facts is None else SiteFacts(facts.site, facts.checkpoint, facts.home),
        findings=tuple(map(_told, result.findings)),
        rechecks=tuple(replace(one, finding=_told(one.finding)) for one in result.rechecks),
        column_states=(),
        watched=(),
        week=None,
    )


def brief_account(result: AccountResult) -> AccountResult:
    """Without the texts of its posts."""
    facts = result.facts
    return replace(
        result,
        facts=None if facts is None else replace(facts, posts=tuple(replace(post, text="") for post in facts.posts)),
        findings=tuple(map(_told, result.findings)),
        rechecks=tuple(replace(one, finding=_told(one.finding)) for one in result.rechecks),
    )


def _told(finding: ReportedFinding) -> ReportedFinding:
    """Its message says what the evidence holds, but for how many places there are."""
    places = finding.evidence.get("places")
    return replace(finding, evidence={"places": places} if isinstance(places, int) else {})
