from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestones.detection.calendar_words import near
from milestones.detection.days import Role, day_mentions
from milestones.detection.days_zh import number_zh
from milestones.detection.text import fold
from milestones.domain.dates import Precision

RELEASES = st.dates(date(2024, 10, 16), date(2031, 12, 31))
WITHIN_HALF_A_YEAR = st.integers(-180, 180)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def plain(text: str, language: str, release: date) -> list[tuple[date, Precision]]:
    found = day_mentions(fold(text, language).text, language, release)
    return [(m.day, m.precision) for m in found if m.role is Role.PLAIN]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("set up in September 2024 with funding approved in May the same year", "en", [date(2024, 9, 1), date(2024, 5, 1)]),
        ("signed on March 3, 2024 and renewed on June 1 the following year", "en", [date(2024, 3, 3), date(2025, 6, 1)]),
        ("approved in May the same year", "en", []),
        ("二○二四年九月成立,撥款在同年五月獲批", "zh", [date(2024, 9, 1), date(2024, 5, 1)]),
        ("二○二四年十月推出,成員翌年三月獲委任", "zh", [date(2024, 10, 1), date(2025, 3, 1)]),
        ("同年五月獲批", "zh", []),
        ("one year ago today", "en", []),
    ],
)
def test_years_are_told_from_the_day_before(text: str, language: str, expected: list[date]) -> None:
    assert [day for day, _ in plain(text, language, date(2025, 12, 3))] == expected


@pytest.mark.parametrize(
    ("text", "released", "expected"),
    [
        ("published in the Gazette today (May 21)", "2025-05-21", "2025-05-21"),
        ("in the Gazette on Friday (December6)", "2024-12-04", "2024-12-06"),
        ("meet tomorrow (July 6)", "2022-07-05", "2022-07-06"),
        ("on next Wednesday (May 3)", "2023-04-28", "2023-05-03"),
        ("on last Friday (October 24)", "2025-10-30", "2025-10-24"),
        ("today (May 16, Arequipa time)", "2024-05-17", "2024-05-16"),
        ("took effect on the first of last month", "2025-09-10", "2025-08-01"),
        ("comes into operation on January 1 next year", "2025-07-11", "2026-01-01"),
        ("appoints August 1, 2025, as the day", "2025-06-06", "2025-08-01"),
        ("the agenda of 16 July 2025", "2025-07-01", "2025-07-16"),
        ("will be gazetted next Friday", "2025-05-21", "2025-05-30"),
        ("opens this Friday", "2025-05-21", "2025-05-23"),
        ("signed last Friday", "2025-05-21", "2025-05-16"),
        ("the licences take immediate effect; applications open with immediate effect", "2026-04-10", "2026-04-10"),
        ("on January 3", "2025-12-20", "2026-01-03"),
        ("on December 20", "2026-01-03", "2025-12-20"),
    ],
)
def test_english_days(text: str, released: str, expected: str) -> None:
    assert plain(text, "en", date.fromisoformat(released)) == [(date.fromisoformat(expected), Precision.DAY)]


@pytest.mark.parametrize(
    ("text", "released", "expected"),
    [
        ("今日（五月二十一日）通過", "2025-05-21", "2025-05-21"),
        ("將於本星期五（五月二十三日）刊憲", "2025-05-21", "2025-05-23"),
        ("明天(2月12日)舉行", "2025-02-11", "2025-02-12"),
        ("於明年一月一日起生效", "2025-07-11", "2026-01-01"),
        ("在二○二五年五月二十八日提交", "2025-06-23", "2025-05-28"),
        ("二〇二五年五月廿八日", "2025-06-23", "2025-05-28"),
        ("上月一日起實施", "2025-09-10", "2025-08-01"),
        ("昨日公布", "2025-05-21", "2025-05-20"),
        ("下星期三舉行", "2025-05-21", "2025-05-28"),
        ("上星期五簽署", "2025-05-21", "2025-05-16"),
        ("牌照即日起生效", "2026-04-10", "2026-04-10"),
    ],
)
def test_chinese_days(text: str, released: str, expected: str) -> None:
    assert plain(text, "zh", date.fromisoformat(released)) == [(date.fromisoformat(expected), Precision.DAY)]


@pytest.mark.parametrize(
    ("text", "language", "month"),
    [
        ("was launched in October last year", "en", date(2025, 10, 1)),
        ("the opening earlier this month", "en", date(2026, 1, 1)),
        ("已於去年十月推出", "zh", date(2025, 10, 1)),
        ("二○二五年十二月開幕", "zh", date(2025, 12, 1)),
    ],
)
def test_months_are_not_days(text: str, language: str, month: date) -> None:
    assert plain(text, language, date(2026, 1, 28)) == [(month, Precision.MONTH)]


@pytest.mark.parametrize(
    ("text", "language", "role"),
    [
        ("comments should be sent on or before August 29", "en", Role.LIMIT),
        ("proposals should reach the ITC by August 29", "en", Role.LIMIT),
        ("runs for four years to April 30, 2029", "en", Role.LIMIT),
        ("instead of July 21", "en", Role.REPLACED),
        ("the seminar originally scheduled for Monday (July 21)", "en", Role.REPLACED),
        ("於八月二十九日或之前提交意見", "zh", Role.LIMIT),
        ("截至八月二十九日", "zh", Role.LIMIT),
        ("原定於八月二十九日舉行", "zh", Role.REPLACED),
        ("passed exactly one year ago", "en", Role.VAGUE),
        ("早前推出", "zh", Role.VAGUE),
    ],
)
def test_days_that_are_of_no_act(text: str, language: str, role: Role) -> None:
    assert [m.role for m in day_mentions(fold(text, language).text, language, date(2025, 7, 1))] == [role]


@pytest.mark.parametrize(
    "text", ["三個月內", "三月內有關部門", "人民幣三月號", "within three months", "the May Building", "300 000 people", "in 2030 style"]
)
def test_what_is_no_day(text: str) -> None:
    language = "en" if text.isascii() else "zh"
    assert plain(text, language, date(2025, 7, 1)) == []


@given(RELEASES, WITHIN_HALF_A_YEAR)
def test_a_month_day_is_found_again_whatever_the_year(release: date, ahead: int) -> None:
    day = release + timedelta(days=ahead)
    assert near(day.month, day.day, release) == day
    assert plain(f"on {MONTHS[day.month - 1]} {day.day}", "en", release) == [(day, Precision.DAY)]
    assert plain(f"於{zh(day.month)}月{zh(day.day)}日", "zh", release) == [(day, Precision.DAY)]


@given(RELEASES, st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_year_that_is_written_holds(release: date, day: date) -> None:
    assert plain(f"on {MONTHS[day.month - 1]} {day.day}, {day.year}", "en", release) == [(day, Precision.DAY)]
    assert plain(f"在{day.year}年{day.month}月{day.day}日", "zh", release) == [(day, Precision.DAY)]


def zh(number: int) -> str:
    digits = "○一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + ("" if ones == 0 and tens else digits[ones])


@given(RELEASES, st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_months_and_quarters_keep_their_precision(release: date, day: date) -> None:
    first = day.replace(day=1)
    quarter = (day.month - 1) // 3
    words = ("first", "second", "third", "fourth")[quarter]
    assert plain(f"in {MONTHS[day.month - 1]} {day.year}", "en", release) == [(first, Precision.MONTH)]
    assert plain(f"於{day.year}年{day.month}月", "zh", release) == [(first, Precision.MONTH)]
    assert plain(f"in the {words} quarter of {day.year}", "en", release) == [(date(day.year, quarter * 3 + 1, 1), Precision.QUARTER)]


@given(RELEASES, WITHIN_HALF_A_YEAR, st.sampled_from(["Lima", "Geneva", "Kuala Lumpur"]))
def test_a_day_of_another_place_is_that_place_s_day(release: date, ahead: int, place: str) -> None:
    day = release + timedelta(days=ahead)
    assert plain(f"yesterday ({MONTHS[day.month - 1]} {day.day}, {place} time)", "en", release) == [(day, Precision.DAY)]


@given(RELEASES, st.integers(1, 60), st.integers(1, 60))
def test_of_a_range_only_the_first_day_is_no_limit(release: date, ahead: int, more: int) -> None:
    first, last = release + timedelta(days=ahead), release + timedelta(days=ahead + more)
    text = f"from {MONTHS[first.month - 1]} {first.day} to {MONTHS[last.month - 1]} {last.day}"
    assert plain(text, "en", release) == [(first, Precision.DAY)]
    assert plain(f"由{zh(first.month)}月{zh(first.day)}日至{zh(last.month)}月{zh(last.day)}日", "zh", release) == [(first, Precision.DAY)]


@given(st.integers(1, 99))
def test_chinese_numbers_are_read(number: int) -> None:
    assert number_zh(zh(number)) == number


@given(st.text(max_size=80), st.sampled_from(["en", "zh"]), RELEASES)
def test_any_text_is_read_without_error_and_within_itself(text: str, language: str, release: date) -> None:
    folded = fold(text, language).text
    for mention in day_mentions(folded, language, release):
        assert 0 <= mention.start < mention.end <= len(folded)
