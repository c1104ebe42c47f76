from dataclasses import replace
from datetime import date, timedelta

from milestones.services.asking import Desk, IngestSummary
from milestones.services.ports import Link
from milestones.services.rereading import reread
from tests.services.fakes import FakeArchive, FakeBacklog, FakeCaptures, FakeChecks, FakeNetwork, FakeRevisits, FakeSource, replayed

PAGE = Link(url="https://example.test/a", feed="en", day=date(2025, 3, 5))


def desk(network: FakeNetwork) -> Desk:
    captures = FakeCaptures()
    return Desk(
        fetch=network,
        archive=FakeArchive(),
        replay=replayed,
        captures=captures,
        backlog=FakeBacklog(captures),
        revisits=FakeRevisits(waiting=[PAGE]),
        checks=FakeChecks(),
        clock=lambda: network.now,
        run_id="run",
        progress=lambda _what, _done, _total: None,
    )


def again(at: Desk) -> IngestSummary:
    summary = IngestSummary("fake")
    reread(FakeSource(), at, summary)
    return summary


def test_new_bytes_with_the_same_text_are_no_change_and_another_text_is():
    network = FakeNetwork({PAGE.url: "5,000 firms"})
    at = desk(network)
    again(at)
    network.now += timedelta(hours=1)
    assert (again(at).changed, len(at.captures.captures)) == (0, 2)
    network.pages[PAGE.url] = "6,000 firms"
    summary = again(at)
    assert (summary.reread, summary.changed) == (1, 1)
    assert [s.document.paragraphs[0] for s in at.captures.versions] == ["5,000 firms", "6,000 firms"]


def test_an_unchanged_version_is_no_new_capture():
    network = FakeNetwork({PAGE.url: "5,000 firms"}, tagged=True)
    at = desk(network)
    again(at)
    summary = again(at)
    assert (summary.reread, summary.changed, network.spared) == (1, 0, [PAGE.url])
    assert (len(at.captures.captures), at.revisits.version(PAGE.url).unchanged) == (1, 1)


def test_a_capture_lost_from_the_archive_is_asked_for_whole():
    from milestones.domain.errors import Damaged

    class Empty(FakeArchive):
        def get(self, digest: str) -> bytes:
            raise Damaged("missing")

    network = FakeNetwork({PAGE.url: "5,000 firms"}, tagged=True)
    at = replace(desk(network), archive=Empty())
    again(at)
    assert (again(at).failed, network.spared) == (0, [])


def test_what_fails_is_told_and_what_the_publisher_took_down_is_given_up_on_the_second_day():
    network = FakeNetwork({PAGE.url: "wrong"})
    at = desk(network)
    assert again(at).errors == [f"{PAGE.url}: no release"]
    del network.pages[PAGE.url]
    assert again(at).failed == 1
    network.now += timedelta(days=1)
    summary = again(at)
    assert (summary.failed, summary.gone, summary.reread) == (0, 1, 0)
    assert [row["stage"] for row in at.captures.quarantine_rows] == ["page", "gone"]
