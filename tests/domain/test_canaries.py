"""Each canary both ways, and a year of days on which none of them may cry."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from milestones.adapters.calendar import in_recess, is_working_day
from milestones.domain.canaries import completeness, fields, freshness, frozen, office_days, structure, volume
from milestones.domain.dates import HKT, days_between
from milestones.domain.watching import IN_ALL, Count, Habits
from tests.services.fakes import document

URL = "https://www.info.gov.hk/gia/rss/general_en.xml"
PRESS = Habits(fresh_within=1, empty_day="an empty index")
LEGCO = Habits(fresh_within=10, quiet_in_recess=True, empty_day="the newest bills of all")
WEEK = ((20, 45),) * 5 + ((10, 25),) * 2
STORM = date(2025, 9, 24)


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HKT)


def test_office_days_are_whole_working_days_only():
    friday = date(2025, 3, 7)
    assert office_days(at(friday, 9), at(date(2025, 3, 10), 17), is_working_day) == 0
    assert office_days(at(friday, 9), at(date(2025, 3, 10), 18), is_working_day) == 1
    assert office_days(at(friday, 0), at(date(2025, 3, 10), 18), is_working_day) == 2


def test_a_page_is_frozen_once_it_stood_still_over_two_working_days():
    same = {URL: (at(date(2025, 3, 3), 20), at(date(2025, 3, 5), 17))}
    assert frozen(same, is_working_day).passed
    same = {URL: (at(date(2025, 3, 3), 20), at(date(2025, 3, 5), 18))}
    told = frozen(same, is_working_day)
    assert (told.passed, URL in told.detail) == (False, True)
    assert frozen({}, is_working_day) is None


def test_a_field_that_all_had_may_not_be_missing_and_a_usual_share_may_waver():
    whole = [document(f"https://example.test/{n}", twin_url="https://example.test/zh") for n in range(20)]
    assert fields(whole, {"published_at": 1.0, "twin_url": 0.85}).passed
    undated = [document("https://example.test/x", published_at=None), *whole]
    assert not fields(undated, {"published_at": 1.0}).passed
    few_twins = [document(f"https://example.test/{n}", twin_url="https://example.test/zh" if n < 14 else None) for n in range(20)]
    assert fields(few_twins, {"twin_url": 0.85}).passed
    no_twins = [document(f"https://example.test/{n}") for n in range(20)]
    assert not fields(no_twins, {"twin_url": 0.85}).passed
    assert fields(undated[:5], {"published_at": 1.0}) is None


def test_answers_that_are_mostly_no_pages_are_told_though_no_document_lacks_anything():
    assert not fields([], {}, unreadable=6, answers=10).passed
    assert fields([], {}, unreadable=4, answers=10) is None


def test_volume_needs_two_days_outside_the_band_of_their_weekday():
    monday = date(2025, 3, 3)
    usual = {monday + timedelta(days=n): 30 for n in range(3)}
    one_quiet = usual | {date(2025, 3, 6): 0}
    assert volume({"en": usual}, {"en": WEEK}, is_working_day).passed
    assert volume({"en": one_quiet}, {"en": WEEK}, is_working_day).passed
    told = volume({"en": one_quiet | {date(2025, 3, 7): 2}}, {"en": WEEK}, is_working_day)
    assert (told.passed, "too few documents two days in a row: 0 on Thu 2025-03-06 (10 to 90 usual)" in told.detail) == (False, True)
    assert not volume({"en": usual | {date(2025, 3, 6): 200, date(2025, 3, 7): 300}}, {"en": WEEK}, is_working_day).passed
    assert volume({"en": {}}, {"en": WEEK}, is_working_day) is None


def test_the_own_history_of_a_weekday_takes_the_place_of_what_the_module_was_told():
    first = date(2025, 1, 6)
    busy = dict.fromkeys(days_between(first, first + timedelta(weeks=7, days=1)), 100)
    assert volume({"en": busy}, {"en": WEEK}, is_working_day).passed
    quiet = busy | dict.fromkeys(sorted(busy)[-2:], 30)
    assert not volume({"en": quiet}, {"en": WEEK}, is_working_day).passed


PAGE = frozenset(f"div > div#{n}" for n in range(40))


def test_structure_asks_for_what_all_known_pages_had_and_no_new_one_has():
    gallery = frozenset({"div > div#photo", "div > div#video"})
    known = {"release": [PAGE, PAGE | gallery]}
    assert structure(known, {"release": [PAGE]}).passed, "what some pages have need not be there"
    assert structure(known, {"release": [PAGE - frozenset(list(PAGE)[:10]), PAGE]}).passed, "one odd page among good ones"
    few_gone = frozenset(sorted(PAGE)[5:])
    told = structure(known, {"release": [few_gone, few_gone]})
    assert (told.passed, "5 of 40 features" in told.detail) == (False, True)
    assert structure({"release": [PAGE]}, {"release": [few_gone]}).passed, "one known page is not the measure of all"
    assert not structure({"release": [PAGE]}, {"release": [frozenset({"body > div#maintenance"})]}).passed
    assert structure({}, {"release": [PAGE]}) is None


LONG_AGO = at(date(2024, 1, 1))


def looked(habits: Habits, news: datetime | None, now: datetime, *, first: datetime = LONG_AGO, read: datetime | None = None):
    return freshness(habits, news_at=news, read=(first, read or now), now=now, is_working_day=is_working_day, in_recess=in_recess)


def test_nothing_new_is_told_after_the_budget_and_a_day_for_a_storm():
    news = at(date(2025, 3, 3), 19)
    assert looked(PRESS, news, at(date(2025, 3, 6), 17)).passed
    told = looked(PRESS, news, at(date(2025, 3, 6), 18))
    assert (told.passed, "for 3 working days" in told.detail) == (False, True)


def test_nothing_read_is_told_after_a_day_and_a_half_and_never_read_is_not_judged():
    news, read = at(date(2025, 3, 3)), at(date(2025, 3, 3))
    assert looked(PRESS, news, at(date(2025, 3, 4), 23), read=read).passed
    assert not looked(PRESS, news, at(date(2025, 3, 5), 1), read=read).passed
    assert freshness(PRESS, news_at=None, read=None, now=news, is_working_day=is_working_day, in_recess=in_recess) is None


def test_a_source_without_documents_of_its_own_is_only_to_be_read():
    counter, first = Habits(fresh_within=None, counts_for="press-releases", empty_day="nothing"), at(date(2025, 1, 2))
    now = at(date(2025, 3, 4))
    assert looked(counter, None, now, first=first).passed
    assert not looked(counter, None, now, first=first, read=now - timedelta(days=2)).passed


def test_a_new_ledger_counts_from_its_first_reading():
    now = at(date(2025, 3, 5))
    assert looked(PRESS, at(date(2025, 2, 3)), now, first=now - timedelta(days=1)).passed
    assert looked(PRESS, None, now, first=now - timedelta(days=1)).passed


@pytest.mark.parametrize("habits", [PRESS, LEGCO])
def test_a_dead_source_is_noticed_within_its_budget_and_a_storm(habits):
    """Outside recesses; what falls into one waits for its end."""
    last = at(date(2025, 5, 12), 19)
    now = next(n for n in (last + timedelta(hours=h) for h in range(2_000)) if not looked(habits, last, n).passed)
    assert office_days(last, now, is_working_day) == habits.fresh_within + 2


def counted(day: date, theirs: int, ours: int, by: str = "the feed") -> Count:
    return Count(source="press-releases", feed="en", day=day, counted_by=by, theirs=theirs, ours=ours)


def test_counts_may_be_higher_here_and_one_lower():
    today = date(2025, 3, 5)
    assert completeness([counted(date(2025, 3, 4), 30, 29), counted(date(2025, 3, 3), 30, 31)], today=today).passed
    told = completeness([counted(date(2025, 3, 4), 30, 28)], today=today)
    assert (told.passed, "2 of the 30 documents that the feed counts" in told.detail) == (False, True)
    assert completeness([counted(today, 30, 0)], today=today) is None, "the day is not over"


def test_of_counts_of_all_there_is_the_newest_stands():
    by = "Vbills" + IN_ALL
    short, whole = counted(date(2025, 3, 4), 30, 20, by), counted(date(2025, 3, 5), 30, 30, by)
    assert completeness([whole, short], today=date(2025, 3, 5)).passed
    assert not completeness([short], today=date(2025, 3, 5)).passed


def releases_of(day: date, random: Random) -> int:
    """Dead in a storm, few on days off, and three busy days."""
    if day == STORM:
        return 0
    if not is_working_day(day):
        return random.randint(10, 24)
    return 95 if day in {date(2025, 2, 26), date(2025, 9, 17), date(2025, 12, 31)} else random.randint(20, 45)


@pytest.mark.parametrize("seed", range(3))
def test_a_year_of_press_releases_raises_no_alarm(seed):
    """Every quarter of a day of a year and a half, from an empty ledger: nights, the hour after midnight, 2025's holidays, a dead storm day."""
    random, opened = Random(seed), at(date(2024, 10, 16), 10)
    listed: dict[date, int] = {}
    news, changed, alarms = None, opened, []
    for day in days_between(opened.date(), date(2026, 3, 31)):
        number = releases_of(day, random)
        for hour in (0, 6, 12, 18):
            now = at(day, hour, 10)
            if now < opened:
                continue
            if number and hour >= 8:
                news = changed = now - timedelta(minutes=25)
            said = [
                looked(PRESS, news, now, first=opened),
                frozen({URL: (changed, now)}, is_working_day),
                volume({"en": listed}, {"en": WEEK}, is_working_day),
            ]
            alarms += [(now, j.detail) for j in said if j and not j.passed]
        listed[day] = number
    assert alarms == []


def test_a_year_of_the_council_raises_no_alarm():
    """Agendas six days before the sittings: two of three Wednesdays, none in recess, at a change of term or in a storm."""
    opened, alarms = at(date(2024, 10, 16), 10), []
    wednesdays = [d for d in days_between(opened.date(), date(2026, 6, 30)) if d.weekday() == 2]
    sittings = [d for n, d in enumerate(wednesdays) if is_working_day(d) and not in_recess(d) and d != STORM and n % 3]
    appeared = [at(d - timedelta(days=6), 17) for d in sittings]
    for day in days_between(opened.date(), date(2026, 6, 30)):
        for hour in (0, 18):
            now = at(day, hour, 10)
            if now >= opened:
                judged = looked(LEGCO, max((a for a in appeared if a <= now), default=None), now, first=opened)
                alarms += [] if judged.passed else [(now, judged.detail)]
    assert alarms == []


def test_general_holidays_and_recesses_are_those_of_hong_kong():
    assert [d for d in (date(2025, 4, 18), date(2025, 4, 21), date(2025, 10, 7), date(2025, 12, 26), date(2025, 1, 31)) if is_working_day(d)] == []
    assert is_working_day(date(2025, 4, 22))
    recess = [date(2025, 8, 20), date(2025, 1, 28), date(2025, 12, 1), date(2025, 12, 24), date(2026, 2, 16)]
    assert all(in_recess(d) for d in recess)
    assert not any(in_recess(d) for d in (date(2025, 3, 5), date(2025, 6, 11), date(2025, 10, 20), date(2026, 1, 14)))


def test_instants_of_any_zone_count_as_hong_kong_time():
    assert office_days(datetime(2025, 3, 3, 15, 59, tzinfo=UTC), datetime(2025, 3, 4, 10, tzinfo=UTC), is_working_day) == 1
