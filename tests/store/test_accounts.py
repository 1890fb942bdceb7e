"""Accounts in the store: beside the sites, remembered and completed."""

import datetime as dt
from dataclasses import replace

import pytest

from govspider.facts import (
    Account,
    AccountFacts,
    AccountKind,
    AccountStatus,
    Fetch,
    Finding,
    Home,
    Inspection,
    Outcome,
    Part,
    Post,
    Sign,
    SignOf,
    Site,
    SiteFacts,
    SourceRead,
    Statement,
    Subject,
    Trust,
    VerdictKind,
    Visit,
)
from govspider.rules import Rules, apply_rule
from govspider.store import Store

CHECKPOINT = dt.date(2026, 6, 30)
NOON = dt.datetime(2026, 6, 30, 4, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ACCOUNT = Account("1234567890", AccountKind.WEIBO, "甲微博", "新浪微博", "1234567890", "甲局", interactive=True)
SITE = Site("1234567890", "甲网站", "https://j.example/")  # an account's ID may look like a site's code
OPEN = SourceRead("weibo", Trust.OPEN, since=dt.date(2026, 5, 1), until=CHECKPOINT)


def facts(*days: dt.date, at: dt.datetime = NOON, **more: object) -> AccountFacts:
    posts = tuple(Post(ACCOUNT.code, f"甲局{day}", published=day, original=True) for day in days)
    known: dict[str, object] = {"posts": posts, "sources": (OPEN,), "started_at": at, "finished_at": at + HOUR}
    return AccountFacts(ACCOUNT, CHECKPOINT, **known | more)  # type: ignore[arg-type]


def judged(store: Store, rules: Rules, seen: AccountFacts) -> Inspection:
    whole = store.completed("R", seen)
    return Inspection("R", whole, [one for rule in rules.of(Subject.ACCOUNT) for one in apply_rule(rule, whole)])


@pytest.fixture
def begun(store: Store) -> Store:
    store.start_round("R", CHECKPOINT, "2019", "", accounts=[ACCOUNT])
    return store


def test_either_register_comes_first_and_none_replaces_the_other(begun: Store) -> None:
    begun.start_round("R", CHECKPOINT, "2019", "", [SITE])
    begun.start_round("R", CHECKPOINT, "2019", "", accounts=[replace(ACCOUNT, name="乙")])
    found = begun.round("R")
    assert found is not None
    assert (found.sites, [account.name for account in found.accounts]) == ((SITE,), ["乙"])


def test_a_site_and_an_account_of_one_code_are_two(begun: Store, rules: Rules) -> None:
    begun.start_round("R", CHECKPOINT, "2019", "", [SITE])
    begun.save(judged(begun, rules, facts(dt.date(2026, 5, 1))))
    assert begun.finished("R") == set()
    assert begun.finished("R", Subject.ACCOUNT) == {ACCOUNT.code}
    home = Home(Visit(SITE.url, SITE.url, Fetch.OK))
    begun.save(Inspection("R", SiteFacts(SITE, CHECKPOINT, home, finished_at=NOON)))
    results = begun.results("R", rules)
    assert results.sites[0].facts is not None
    assert results.accounts[0].facts is not None
    assert set(begun.marks("R")) == {SITE.code}
    assert results.accounts[0].verdict.subject == "account"


def test_a_second_look_answers_what_the_first_one_found(begun: Store, rules: Rules) -> None:
    begun.save(judged(begun, rules, facts(dt.date(2026, 5, 1))))
    (first,) = begun.results("R", rules).accounts
    assert first.verdict.verdict is VerdictKind.UNQUALIFIED
    assert first.verdict.problems == ("未及时更新",)
    begun.save(judged(begun, rules, facts(dt.date(2026, 6, 30), dt.date(2026, 5, 1), at=NOON + 2 * HOUR)))
    (again,) = begun.results("R", rules).accounts
    assert [(one.finding.rule, one.answer.value) for one in again.rechecks] == [("account-stale", "已整改")]
    assert again.verdict.inspection == "recheck"
    assert again.first_verdict == first.verdict
    assert len(again.inspections) == 2


def test_posts_are_remembered_when_lists_forget_them(begun: Store, rules: Rules) -> None:
    begun.save(judged(begun, rules, facts(dt.date(2026, 6, 20), dt.date(2026, 5, 1))))
    later = facts(dt.date(2026, 5, 1), at=NOON + 2 * HOUR)
    whole = begun.completed("R", later)
    assert [(post.published, post.trust) for post in whole.posts] == [
        (dt.date(2026, 6, 20), Trust.SEEN), (dt.date(2026, 5, 1), Trust.OPEN),
    ]  # fmt: skip
    begun.save(judged(begun, rules, later))
    assert [one.facts.posts for one in begun.accounts.latest("R")] == [whole.posts]
    assert begun.results("R", rules).accounts[0].verdict.verdict is not VerdictKind.UNQUALIFIED


def test_what_units_hand_in_counts_when_judged_again(begun: Store, rules: Rules) -> None:
    blocked = SourceRead("weibo", Trust.OPEN, fetch=Fetch.BLOCKED, reason="被访问验证拦截")
    begun.save(judged(begun, rules, facts(sources=(blocked,))))
    (before,) = begun.results("R", rules).accounts
    assert before.verdict.verdict is VerdictKind.UNDETERMINED
    post = Post(ACCOUNT.code, "甲局通知", published=dt.date(2026, 6, 20), original=True, trust=Trust.EXPORT)
    part = Part(SourceRead("export", Trust.EXPORT, "导出.xlsx", posts=1), (post,))
    statement = Statement(ACCOUNT.code, "export", CHECKPOINT, "导出.xlsx", part)
    assert begun.accounts.hand_in([statement]) == 1
    assert begun.accounts.hand_in([statement]) == 0
    begun.judge("R", rules, "2019", "")
    (after,) = begun.results("R", rules).accounts
    assert after.facts is not None
    assert "account-stale" not in {unknown.rule for unknown in after.verdict.unknown}
    assert after.facts.posts == (post,)


def said(day: dt.date, *signs: tuple[SignOf, bool]) -> Statement:
    """A self-check of the month that ends on ``day``."""
    told = tuple(Sign(of, holds, Trust.STATED, "selfcheck", detail=f"{day} {of}") for of, holds in signs)
    source = SourceRead("selfcheck", Trust.STATED, "自查表.xlsx")
    return Statement(ACCOUNT.code, "selfcheck", day, "自查表.xlsx", Part(source, signs=told))


def signs_of(store: Store, *statements: Statement) -> set[str]:
    store.accounts.hand_in(statements)
    return {sign.detail for sign in store.completed("R", facts()).signs if sign.trust is Trust.STATED}  # type: ignore[union-attr]


def test_only_the_last_self_check_says_what_an_account_can_do(begun: Store) -> None:
    april, june = dt.date(2026, 4, 30), dt.date(2026, 6, 30)
    old = said(april, (SignOf.USABLE, False), (SignOf.MESSAGE, True), (SignOf.LISTED, False))
    told = signs_of(begun, old, said(june, (SignOf.USABLE, True)))
    assert told == {"2026-06-30 usable", "2026-04-30 listed"}


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (dt.date(2026, 5, 31), True),  # the month before
        (dt.date(2026, 4, 30), False),  # much may have happened since
        (dt.date(2026, 7, 31), False),  # of a time after the checkpoint
    ],
)
def test_what_an_account_could_not_do_in_another_time_accuses_it_of_nothing(
    begun: Store, day: dt.date, *, counts: bool
) -> None:
    assert bool(signs_of(begun, said(day, (SignOf.USABLE, False)))) is counts


def test_an_export_of_later_shows_what_was_published_then(begun: Store) -> None:
    post = Post(ACCOUNT.code, "甲局通知", published=dt.date(2026, 6, 20), original=True, trust=Trust.EXPORT)
    part = Part(SourceRead("export", Trust.EXPORT, "导出.xlsx", posts=1), (post,))
    begun.accounts.hand_in([Statement(ACCOUNT.code, "export", dt.date(2026, 9, 1), "导出.xlsx", part)])
    assert begun.completed("R", facts()).posts == (post,)  # type: ignore[union-attr]


def test_joined_facts_are_not_stored_twice(begun: Store, rules: Rules) -> None:
    begun.save(judged(begun, rules, facts(dt.date(2026, 6, 20))))
    later = facts(dt.date(2026, 5, 1), at=NOON + 2 * HOUR)
    begun.save(judged(begun, rules, later))
    begun.save(judged(begun, rules, later))
    assert len(begun.results("R", rules).accounts[0].inspections) == 2


def test_accounts_out_of_operation_are_listed_and_not_judged(begun: Store, rules: Rules) -> None:
    begun.start_round("R", CHECKPOINT, "2019", "", accounts=[replace(ACCOUNT, status=AccountStatus.CLOSED)])
    begun.save(judged(begun, rules, facts(dt.date(2026, 5, 1))))
    (result,) = begun.results("R", rules).accounts
    assert result.verdict.verdict is VerdictKind.EXCLUDED
    assert result.findings == ()


def test_a_crash_is_repeated_on_resume_and_judges_nothing(begun: Store, rules: Rules) -> None:
    begun.save(judged(begun, rules, facts(crashed=True, complete=False)))
    assert begun.finished("R", Subject.ACCOUNT) == set()
    (result,) = begun.results("R", rules).accounts
    assert result.verdict.verdict is VerdictKind.UNDETERMINED
    assert {finding.outcome for finding in judged(begun, rules, facts(crashed=True)).findings} <= {
        Outcome.UNKNOWN, Outcome.NOT_APPLICABLE,
    }  # fmt: skip


def test_hostile_texts_can_be_stored(begun: Store) -> None:
    post = Post(ACCOUNT.code, "a\x00b\ud800", url="\udfff", published=CHECKPOINT)
    seen = facts(posts=(post,))
    begun.save(Inspection("R", seen, [Finding("account-stale", Outcome.PASS, "\x00")]))
    (saved,) = begun.accounts.latest("R")
    assert saved.facts.posts[0].title == "a\ufffdb\ufffd"
