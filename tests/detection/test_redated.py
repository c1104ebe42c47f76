"""Acts that are put off, corrected or take effect on another day stand on the new day only."""

from datetime import date

import pytest

from milestones.detection.acts import acts_in
from milestones.detection.days import day_mentions
from milestones.detection.redated import Redated, redated
from milestones.detection.text import fold

RELEASE = date(2026, 4, 8)


def moved(text: str, language: str, family: str) -> Redated | None:
    folded = fold(text, language).text
    acts = acts_in(folded, language)
    act = next(a for a in acts if a.family == family)
    return redated(folded, act, acts, day_mentions(folded, language, RELEASE), language)


@pytest.mark.parametrize(
    ("text", "language", "family", "day"),
    [
        ("The opening of the centre, planned for April 20, has been deferred to June 15.", "en", "open", date(2026, 6, 15)),
        ("The launch of the service has been put back from April 20 to June 15.", "en", "launch", date(2026, 6, 15)),
        ("服務推出日期由四月二十日延至六月十五日，讓業界完成測試。", "zh", "launch", date(2026, 6, 15)),
        ("服務原定四月二十日推出，現改期至六月十五日。", "zh", "launch", date(2026, 6, 15)),
        ("The opening date of the centre should be June 15, not June 5.", "en", "open", date(2026, 6, 15)),
        ("中心的開幕日期應為六月十五日，而非六月五日。", "zh", "open", date(2026, 6, 15)),
        ("announced the appointment of three members with effect from May 1", "en", "appoint", date(2026, 5, 1)),
        ("今日委任三名成員，任期由五月一日起生效", "zh", "appoint", date(2026, 5, 1)),
    ],
)
def test_the_new_day_is_that_of_the_act(text: str, language: str, family: str, day: date) -> None:
    found = moved(text, language, family)
    assert found
    assert found.day
    assert found.day.day == day


def test_what_is_put_off_to_no_day_stands_on_none() -> None:
    assert moved("The launch of the service, scheduled for April 20, has been postponed.", "en", "launch") == Redated(None)


def test_what_the_delay_is_for_is_not_moved() -> None:
    assert moved("服務延期至六月十五日，讓業界進行系統測試。", "zh", "trial") == Redated(None)


def test_an_act_that_nobody_moves_is_left_alone() -> None:
    assert moved("The service was launched today (April 8).", "en", "launch") is None
