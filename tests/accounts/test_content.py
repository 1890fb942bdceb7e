"""Wording and personal data in posts."""

import datetime as dt
from pathlib import Path

from govspider.accounts.content import content_of
from govspider.facts import Post
from govspider.reading.privacy import is_id_card
from govspider.reading.terms import load_lexicon

LEXICON = load_lexicon(Path(__file__).parents[2] / "rules/lexicons")
DAY = dt.date(2026, 6, 30)


def test_lawful_posts_give_no_clue() -> None:
    posts = [
        Post("a", "县政府召开常务会议", published=DAY, text="会议听取了上半年经济运行情况的汇报，电话：0912-1234567。")
    ]
    assert content_of(posts, LEXICON, DAY) == ((), ())


def test_clues_name_the_latest_post_up_to_the_checkpoint() -> None:
    word = next(
        word
        for word in LEXICON.wording.words
        if word.grade == "serious" and not (word.near or word.after or word.since)
    )
    number = next(f"61010219850312042{digit}" for digit in "0123456789X" if is_id_card(f"61010219850312042{digit}"))
    text = f"会议强调{word.text}的重要意义。申请人张某，身份证号{number}。"
    fresh = Post("a", "通知", "https://j.example/1", DAY, text=text)
    later = Post("a", "新通知", "https://j.example/2", DAY + dt.timedelta(days=1), text=fresh.text)
    old = Post("a", "旧通知", "https://j.example/3", DAY - dt.timedelta(days=200), text=fresh.text)
    wording, leaks = content_of([later, fresh, old], LEXICON, DAY)
    assert [(one.url, one.wording.word) for one in wording] == [("https://j.example/1", word.text)]
    assert [one.url for one in leaks] == ["https://j.example/1"]
    assert number not in str(leaks)
