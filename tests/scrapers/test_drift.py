"""What a publisher changes is noticed: a small round of `make drift`, with a fixed seed."""

from functools import cache

from tests.scrapers.drift import Trial, trials

NOTICED, FALSE = 0.95, 0.02


@cache
def found() -> tuple[Trial, ...]:
    return tuple(trials(2, seed=7))


def test_changes_that_lose_data_are_noticed() -> None:
    lost = [t for t in found() if t.lost and not t.harmless]
    assert len(lost) > 200
    unnoticed = [f"{t.page}: {t.way}" for t in lost if not t.noticed]
    assert len(unnoticed) <= (1 - NOTICED) * len(lost), unnoticed


def test_harmless_changes_lose_nothing_and_raise_no_alarm() -> None:
    harmless = [t for t in found() if t.harmless]
    assert len(harmless) > 300
    assert [t for t in harmless if t.lost] == []
    assert len([t for t in harmless if t.noticed]) <= FALSE * len(harmless)
