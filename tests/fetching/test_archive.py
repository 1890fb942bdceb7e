"""What a recorder keeps, a replay gives back, whatever servers send."""

import datetime as dt
import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from govspider.facts import Fetch, Fetched, How
from govspider.fetching.archive import ArchiveError, Recorder, Replay, archive_path, find_archive

NOON = dt.datetime(2026, 6, 30, 4, 0, 0, 123456, tzinfo=dt.UTC)
URL = "http://site.test/"


def answering(answers: Mapping[str, Fetched]):
    async def fetch(url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        return answers[f"{url} rendered"] if how is How.BROWSER else answers[url]

    return fetch


def page(url: str = URL, **changes: object) -> Fetched:
    values = {"status": 200, "headers": (("content-type", "text/html"),), "body": b"<p>page</p>", "fetched_at": NOON}
    return Fetched(url, url, Fetch.OK, **values | changes)


async def recorded(path: Path, fetched: Fetched, how: How = How.PAGE) -> Fetched:
    """What a replay gives after ``fetched`` alone was recorded."""

    async def fetch(url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        return fetched

    with Recorder(fetch, path) as recorder:
        await recorder(fetched.url, how)
    return await Replay(path)(fetched.url, how)


def records(path: Path) -> list[tuple[str, str, bytes]]:
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "", record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]


@pytest.mark.parametrize(
    "fetched",
    [
        page(),
        Fetched(URL, URL, Fetch.HTTP_ERROR, 404, body=b"gone"),
        Fetched(URL, "https://site.test/a", Fetch.OK, 200, redirects=(URL, "https://site.test/"), body=b"x"),
        Fetched(URL, URL, Fetch.TIMEOUT, error="timed out", fetched_at=NOON),
        Fetched(URL, URL, Fetch.BLOCKED, 412, (("server", "waf"),), b"<script>", error="challenge"),
        page(headers=(("content-encoding", "gzip"), ("transfer-encoding", "chunked"), ("content-length", "3"))),
        page(headers=(("set-cookie", "a=1"), ("set-cookie", "b=2"))),
        page(rendered=True),
        page(body=b""),
        page(body=bytes(range(256)) * 4),
        page(status=999),
        Fetched(URL, URL, Fetch.OK, body=b"no status"),
    ],
)
async def test_a_replay_gives_what_was_fetched(tmp_path: Path, fetched: Fetched) -> None:
    assert await recorded(tmp_path / "a.warc.gz", fetched) == fetched


HOSTILE = st.text(max_size=40) | st.sampled_from(
    ["\ud800", "\x00", "a\r\nX-Evil: 1", "\r\n\r\n", "WARC/1.1\r\n", "é: 名"]
)


@given(
    url=HOSTILE, final=HOSTILE, name=HOSTILE, value=HOSTILE, error=HOSTILE, body=st.binary(), status=st.integers(0, 999)
)
async def test_nothing_a_server_sends_breaks_the_archive(
    tmp_path_factory: pytest.TempPathFactory,
    url: str,
    final: str,
    name: str,
    value: str,
    error: str,
    body: bytes,
    status: int,
) -> None:
    path = tmp_path_factory.mktemp("hostile") / "a.warc.gz"
    headers = ((name, value), ("content-type", "text/html"))
    fetched = Fetched(url, final, Fetch.OTHER, status, headers, body, error=error, redirects=(final,), fetched_at=NOON)
    assert await recorded(path, fetched) == fetched
    assert len(records(path)) == 2


async def test_each_kind_of_exchange_is_its_own_kind_of_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    pages = {
        URL: page(headers=(("content-encoding", "gzip"),)),
        f"{URL} rendered": page(rendered=True, body=b"<p>shown</p>"),
        "http://site.test/dead": Fetched("http://site.test/dead", "http://site.test/dead", Fetch.DNS, error="no name"),
    }
    with Recorder(answering(pages), path) as recorder:
        await recorder(URL)
        await recorder(URL, How.BROWSER)
        await recorder("http://site.test/dead")
    assert records(path)[1:] == [
        ("response", URL, b"<p>page</p>"),
        ("resource", URL, b"<p>shown</p>"),
        ("metadata", "http://site.test/dead", b"no name"),
    ]


def test_the_limits_of_a_walk_are_kept_with_it(tmp_path: Path) -> None:
    Recorder(answering({}), tmp_path / "a.warc.gz", {"page_budget": 7}).close()
    Recorder(answering({}), tmp_path / "b.warc.gz").close()
    assert (Replay(tmp_path / "a.warc.gz").limits, Replay(tmp_path / "b.warc.gz").limits) == ({"page_budget": 7}, {})


async def test_plain_rendered_and_tried_links_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    pages = {URL: page(), f"{URL} rendered": page(rendered=True, body=b"shown")}
    with Recorder(answering(pages), path) as recorder:
        seen = [await recorder(URL), await recorder(URL, How.BROWSER), await recorder(URL, How.LINK)]
    replay = Replay(path)
    assert replay.browser
    assert [await replay(URL), await replay(URL, How.BROWSER), await replay(URL, How.LINK)] == seen
    assert [one.body for one in seen] == [b"<p>page</p>", b"shown", b""]


async def test_the_same_request_again_gets_the_next_answer(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    bodies = iter((b"first", b"second"))

    async def fetch(url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        return page(body=next(bodies))

    with Recorder(fetch, path) as recorder:
        await recorder(URL)
        await recorder(URL)
    replay = Replay(path)
    assert [(await replay(URL)).body for _ in range(3)] == [b"first", b"second", b"second"]


async def test_an_address_that_was_not_recorded_is_not_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    Recorder(answering({}), path).close()
    replay = Replay(path)
    assert not replay.browser
    unknown = await replay("http://site.test/other")
    assert (unknown.outcome, unknown.error) == (Fetch.OTHER, "证据中没有这个地址")


async def test_the_archive_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "evidence" / "a.warc.gz"
    recorder = Recorder(answering({URL: page()}), path)
    await recorder(URL)
    assert [one.name for one in path.parent.iterdir()] == ["a.warc.gz.part"]
    recorder.close()
    recorder.close()
    assert [one.name for one in path.parent.iterdir()] == ["a.warc.gz"]


async def test_a_disk_that_refuses_does_not_end_the_inspection(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "evidence").write_text("a file where the folder should be")
    with Recorder(answering({URL: page()}), tmp_path / "evidence" / "a.warc.gz") as recorder:
        assert await recorder(URL) == page()
    assert "不再留存证据" in caplog.text


@pytest.mark.parametrize("damage", [b"", b"no archive", gzip.compress(b"no archive either")])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(damage)
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz 无法读取"):
        Replay(path)


@pytest.mark.parametrize("cut", [20, 400, 3000])
async def test_a_cut_archive_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.warc.gz"
    with Recorder(answering({URL: page(body=bytes(range(256)) * 20)}), path) as recorder:
        await recorder(URL)
    plain = gzip.decompress(path.read_bytes())
    second = plain.index(b"WARC/1.1", 10)
    path.write_bytes(gzip.compress(plain[:second]) + gzip.compress(plain[second:-cut]))
    with pytest.raises(ArchiveError):
        Replay(path)


async def test_an_altered_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with Recorder(answering({URL: page(body=b"true evidence")}), path) as recorder:
        await recorder(URL)
    plain = gzip.decompress(path.read_bytes()).replace(b"true", b"fake")
    second = plain.index(b"WARC/1.1", 10)
    path.write_bytes(gzip.compress(plain[:second]) + gzip.compress(plain[second:]))
    with pytest.raises(ArchiveError):
        Replay(path)


def test_the_archive_of_an_inspection_is_the_last_one_begun_before_its_end(tmp_path: Path) -> None:
    hours = [NOON + dt.timedelta(hours=hour) for hour in range(3)]
    paths = [archive_path(tmp_path, "2026Q2", "1000000001", hour) for hour in hours]
    paths[0].parent.mkdir(parents=True)
    for path in paths:
        path.touch()
    assert paths[0].relative_to(tmp_path).as_posix() == "2026Q2/evidence/1000000001-20260630T040000123456Z.warc.gz"
    assert find_archive(tmp_path, "2026Q2", "1000000001", hours[1] + dt.timedelta(minutes=1)) == paths[1]
    assert find_archive(tmp_path, "2026Q2", "1000000001", hours[0] - dt.timedelta(hours=1)) is None
    assert find_archive(tmp_path, "2026Q2", "1000000002", hours[2]) is None


async def test_how_a_page_shows_is_kept_apart_and_look_by_look(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    looks = iter((b'{"visible": 0}', b'{"visible": 600}'))

    async def fetch(url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        return page(body=next(looks), rendered=True) if how is How.DISPLAY else page()

    with Recorder(fetch, path) as recorder:
        seen = [await recorder(URL, How.DISPLAY), await recorder(URL), await recorder(URL, How.DISPLAY)]
    replay = Replay(path)
    assert replay.browser
    assert [await replay(URL, How.DISPLAY), await replay(URL), await replay(URL, How.DISPLAY)] == seen
    with path.open("rb") as file:
        kinds = [record.rec_headers.get_header("Content-Type") for record in ArchiveIterator(file)][1:]
    assert [kind.partition(";")[0] for kind in kinds] == ["application/json", "application/http", "application/json"]


async def test_what_two_browsers_show_of_a_page_is_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"

    async def fetch(url: str, how: How = How.PAGE, *, words: str = "") -> Fetched:
        return page(body=f'{{"how": "{how}"}}'.encode(), rendered=True)

    with Recorder(fetch, path) as recorder:
        seen = [await recorder(URL, how) for how in (How.DISPLAY, How.FIREFOX)]
    replay = Replay(path)
    assert replay.browser
    assert [await replay(URL, How.FIREFOX), await replay(URL, How.DISPLAY)] == seen[::-1]
    with path.open("rb") as file:
        kinds = [record.rec_headers.get_header("Content-Type") for record in ArchiveIterator(file)][1:]
    assert [kind.partition(";")[0] for kind in kinds] == ["application/json"] * 2
