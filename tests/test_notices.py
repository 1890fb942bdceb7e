"""Early warnings are told to a real server on loopback: once, and then only on change."""

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from govspider.facts import EarlyWarning, Level, RoundResults, Site, SiteResult, Verdict, VerdictKind
from govspider.notices import announce, changes
from govspider.store import Store, Told
from tests.inbox import SECRET, Inbox

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # one of Apprise's plugins

DAY = dt.date(2026, 6, 30)
SITE = Site("1234567890", "某局", "https://www.city.example/")
WARNING = EarlyWarning(SITE.code, SITE.name, "columns-blank", "空白栏目", Level.WARNING, "有3个空白栏目", "3个", SITE.url, DAY, 3)  # fmt: skip
WELL = replace(WARNING, level=Level.NORMAL, count=0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'store.db'}") as opened:
        opened.start_round("R1", DAY, "2019", "", (SITE,))
        yield opened


def tell(store: Store, notify: str, *watched: EarlyWarning, name: str = "R1") -> tuple[str, ...]:
    verdict = Verdict("site", SITE.code, SITE.name, VerdictKind.QUALIFIED)
    sites: Sequence[SiteResult] = (SiteResult(SITE, verdict, watched=watched),)
    return announce(store, RoundResults(name, DAY, "2019", sites, dt.datetime.now(dt.UTC)), {"NOTIFY": notify})


def test_a_warning_is_told_once_and_then_only_on_change(store: Store, inbox: Inbox) -> None:
    told = [
        WELL,
        WARNING,
        WARNING,
        replace(WARNING, as_of=DAY + dt.timedelta(days=1)),
        replace(WARNING, count=4),  # as of an older checkpoint: no news
        replace(WARNING, count=4, as_of=DAY + dt.timedelta(days=2)),
        replace(WARNING, count=3, as_of=DAY + dt.timedelta(days=3)),
        replace(WARNING, count=4, as_of=DAY + dt.timedelta(days=3)),
        replace(WARNING, count=4, level=Level.VIOLATION, as_of=DAY + dt.timedelta(days=3)),
        replace(WELL, as_of=DAY + dt.timedelta(days=4)),
        replace(WELL, as_of=DAY + dt.timedelta(days=5)),
        replace(WARNING, as_of=DAY + dt.timedelta(days=6)),
    ]
    for one in told:
        assert tell(store, inbox.url, one) == ()
    new, worse, over, well, again = (f"政府网站预警：{what}1项" for what in ("新增", "加重", "加重", "解除", "新增"))
    assert inbox.titles() == [new, worse, over, well, again]
    assert inbox.got[0]["message"] == "【新增】某局（1234567890）空白栏目：有3个空白栏目"
    assert inbox.got[2]["message"].endswith("，已达否决线")
    assert "已恢复正常" in inbox.got[3]["message"]


def test_what_was_not_looked_at_stays_as_it_was(store: Store, inbox: Inbox) -> None:
    tell(store, inbox.url, WARNING)
    tell(store, inbox.url)
    tell(store, inbox.url, WARNING)
    assert len(inbox.got) == 1


def test_a_notice_that_fails_is_said_and_told_next_time(
    store: Store, inbox: Inbox, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    inbox.status = 500
    (line,) = tell(store, inbox.url, WARNING)
    assert line.startswith("第 1 个通知地址没有发出通知（1 项）")
    inbox.status = 200
    assert tell(store, inbox.url, WARNING) == ()
    assert len(inbox.got) == 1
    shown = caplog.text + "".join(capfd.readouterr()) + line
    assert SECRET not in shown


def test_each_address_hears_everything_once(store: Store, inbox: Inbox) -> None:
    tell(store, inbox.url, WARNING)
    (line,) = tell(store, f"{inbox.url}, {inbox.url}/second nonsense://{SECRET}", WARNING)
    assert "第 3 个" in line
    assert SECRET not in line
    assert len(inbox.got) == 2


def test_no_secret_is_kept(store: Store, inbox: Inbox, tmp_path: Path) -> None:
    tell(store, inbox.url, WARNING)
    store.close()
    assert not any(SECRET.encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_an_older_round_is_silent(store: Store, inbox: Inbox) -> None:
    store.start_round("R2", DAY, "2019", "", (SITE,))
    assert tell(store, inbox.url, WARNING) == ()
    assert inbox.got == []
    tell(store, inbox.url, WARNING, name="R2")
    assert len(inbox.got) == 1


def test_without_an_address_nothing_is_told(store: Store, monkeypatch: pytest.MonkeyPatch, inbox: Inbox) -> None:
    assert tell(store, "", WARNING) == ()
    monkeypatch.setenv("GOVSPIDER_NOTIFY", inbox.url)
    tell(store, "", WARNING)
    assert len(inbox.got) == 1


def test_a_notice_stays_short_and_in_lines(store: Store, inbox: Inbox) -> None:
    evil = "甲\n【新增】乙\u202e" + "长" * 500
    watched = tuple(replace(WARNING, rule=f"rule-{number}", message=evil) for number in range(25))
    tell(store, inbox.url, *watched)
    lines = inbox.got[0]["message"].splitlines()
    assert len(lines) == 21
    assert max(map(len, lines)) <= 200
    assert lines[-1] == "另有5项，见问题清单的“预警”表。"
    assert "\u202e" not in inbox.got[0]["message"]


def test_a_database_that_fails_raises_nothing(store: Store, inbox: Inbox) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE notices")
    (line,) = tell(store, inbox.url, WARNING)
    assert "预警没有通知" in line


def test_from_beyond_the_veto_line_back_to_a_warning_is_no_news() -> None:
    told = {(SITE.code, "columns-blank"): Told(Level.VIOLATION, 5, DAY)}
    assert list(changes([WARNING], told)) == []
