"""Six looks at what was read of a source, each a pure function that says whether all is well and why, in one line.

None of them raises an alarm over a day on which nobody publishes: weekends, general holidays and recesses are left out, and one working day
more is allowed, because nobody can know of a typhoon beforehand. None means: there is nothing to look at yet.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import sqrt
from statistics import median

from milestones.domain.dates import HKT, IsWorkingDay, days_between, end_of_hk_day, hk_day
from milestones.domain.documents import Document
from milestones.domain.watching import IN_ALL, Count, Habits

STORM_DAYS = 1
"""Working days on which nobody publishes although no calendar says so."""

OFFICES_CLOSE = time(18, 0, tzinfo=HKT)
UNREAD_AFTER = timedelta(hours=36)
FEW_DOCUMENTS = 8
"""Fewer say nothing about shares."""

OWN_HISTORY = 6
"""Days of a kind from which on a source's own history counts, and no longer what its module was told."""

GONE_OF_ONE, GONE_OF_SEVERAL = 1 / 3, 1 / 10
"""Share of the known features that may be missing, by whether one or several shapes are known.

Of 228 real releases, no page lacks more than 27 % of the features of another page of its generation; what several shapes of one generation
have in common, every page of it has.
"""

_SPREAD = 1.4826
"""Times the median deviation: the standard deviation, where days are scattered normally."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one canary says, in one line for people."""

    passed: bool
    detail: str


def office_days(since: datetime, until: datetime, is_working_day: IsWorkingDay) -> int:
    """Working days that lie whole, from midnight until offices close, between two instants."""
    days = days_between(hk_day(since), hk_day(until))
    begun = [d for d in days if datetime.combine(d, time(0), HKT) >= since]
    return sum(is_working_day(d) and datetime.combine(d, OFFICES_CLOSE) <= until for d in begun)


def frozen(same: Mapping[str, tuple[datetime, datetime]], is_working_day: IsWorkingDay) -> Judgement | None:
    """`same`: by address, since when it has answered the same bytes, and until when it was asked."""
    if not same:
        return None
    for url, (since, until) in same.items():
        days = office_days(since, until, is_working_day)
        if days > STORM_DAYS:
            return Judgement(False, f"{url} answers the same bytes since {_day(since)}, over {days} whole working days")
    return Judgement(True, f"{len(same)} pages that should change have changed")


def fields(documents: Sequence[Document], wanted: Mapping[str, float], *, unreadable: int = 0, answers: int = 0) -> Judgement | None:
    """The documents read last, and how many of the last `answers` could not be read at all.

    A share may lie three standard deviations under the one wanted; where every document had a field, none may lack it.
    """
    if answers >= FEW_DOCUMENTS and unreadable * 2 > answers:
        return Judgement(False, f"{unreadable} of the last {answers} answers are not the pages they should be")
    if len(documents) < FEW_DOCUMENTS:
        return None
    for name, share in wanted.items():
        have = sum(bool(getattr(d, name)) for d in documents)
        least = len(documents) * share - 3 * sqrt(len(documents) * share * (1 - share))
        if have < least:
            return Judgement(False, f"{have} of the last {len(documents)} documents have {name}; usual are {share:.0%}")
    return Judgement(True, f"the last {len(documents)} documents have what they should")


def volume(
    listed: Mapping[str, Mapping[date, int]], usual: Mapping[str, Sequence[tuple[int, int]]], is_working_day: IsWorkingDay
) -> Judgement | None:
    """`listed`: by feed, how many documents the lists of days that are over name. Two days in a row outside the band are an alarm.

    The band is that of the weekday in the source's own history, once there are six such days; general holidays are Sundays.
    """
    told = []
    for feed, prior in usual.items():
        days = sorted(listed.get(feed, {}))[-2:]
        outside = [(d, *_band(d, listed[feed], prior, is_working_day)) for d in days]
        for sign, word in ((-1, "few"), (1, "many")):
            off = [(d, low, high) for d, low, high in outside if sign * listed[feed][d] > sign * (low if sign < 0 else high)]
            if len(off) == 2:
                shown = ", ".join(f"{listed[feed][d]} on {d:%a} {d} ({low:.0f} to {high:.0f} usual)" for d, low, high in off)
                return Judgement(False, f"{feed}: too {word} documents two days in a row: {shown}")
        told += [f"{feed} {listed[feed][d]} on {d}" for d in days[-1:]]
    return Judgement(True, f"as many documents as on such days: {', '.join(told)}") if told else None


def structure(known: Mapping[str, Sequence[frozenset[str]]], seen: Mapping[str, Sequence[frozenset[str]]]) -> Judgement | None:
    """By layout, the features of the pages `known` from before, and of those `seen` last.

    Looked for are features that all known pages have and none of those seen last: what differs from page to page does not count.
    """
    told = None
    for layout, pages in seen.items():
        before = known.get(layout, ())
        if not before or not pages:
            continue
        common = frozenset[str].intersection(*before)
        gone = common - frozenset[str]().union(*pages)
        if len(gone) > len(common) * (GONE_OF_SEVERAL if len(before) > 1 else GONE_OF_ONE):
            some = ", ".join(sorted(gone)[:3])
            return Judgement(False, f"{layout}: {len(gone)} of {len(common)} features that such pages had are gone, among them {some}")
        told = Judgement(True, "pages are built as before")
    return told


def freshness(
    habits: Habits,
    *,
    news_at: datetime | None,
    read: tuple[datetime, datetime] | None,
    now: datetime,
    is_working_day: IsWorkingDay,
    in_recess: Callable[[date], bool],
) -> Judgement | None:
    """`news_at`: when the newest document appeared; `read`: when an answer was first and last read."""
    if read is None:
        return None
    first, last = read
    if now - last > UNREAD_AFTER:
        return Judgement(False, f"nothing could be read since {_day(last)}")
    if habits.fresh_within is None:
        return Judgement(True, f"read last {_day(last)}")
    since = max(first, news_at or first)
    if habits.quiet_in_recess:  # what follows a recess needs the whole budget again
        recess = next((d for d in reversed(days_between(hk_day(since), hk_day(now))) if in_recess(d)), None)
        since = max(since, end_of_hk_day(recess)) if recess else since
    days = office_days(since, now, is_working_day)
    if days > habits.fresh_within + STORM_DAYS:
        return Judgement(False, f"nothing new since {_day(since)}, for {days} working days; something new within {habits.fresh_within} is usual")
    return Judgement(True, f"newest document {_day(news_at)}" if news_at else f"no document yet, read since {_day(first)}")


def completeness(counts: Iterable[Count], *, today: date) -> Judgement | None:
    """Of days that are over, and of the newest count of all there is: we may know more than others count, and one, or two in a hundred, less."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for count in sorted(counts, key=lambda c: c.day):
        key, missing = (count.feed, count.counted_by), max(0, count.theirs - count.ours)
        if count.counted_by.endswith(IN_ALL):
            sums[key] = (count.theirs, missing)
        elif count.day < today:
            before = sums.get(key, (0, 0))
            sums[key] = (before[0] + count.theirs, before[1] + missing)
    for (feed, by), (theirs, missing) in sums.items():
        if missing > max(1, theirs // 50):
            return Judgement(False, f"{feed}: {missing} of the {theirs} documents that {by} counts are not known here")
    told = ", ".join(f"{feed} {theirs} by {by}" for (feed, by), (theirs, _) in sums.items())
    return Judgement(True, f"as many documents as others count: {told}") if sums else None


def _band(day: date, listed: Mapping[date, int], prior: Sequence[tuple[int, int]], is_working_day: IsWorkingDay) -> tuple[float, float]:
    """Between which numbers a day like this one lies. Wide, because a budget day has twice as many documents and a quiet one half."""
    kind = _kind(day, is_working_day)
    own = [n for d, n in listed.items() if d < day and _kind(d, is_working_day) == kind]
    if len(own) < OWN_HISTORY:
        least, most = prior[kind]
        return least / 2, max(most * 2, most + 3)
    middle = median(own)
    spread = max(_SPREAD * median(abs(n - middle) for n in own), sqrt(middle))  # what comes by chance scatters by the root at least
    return max(0.0, min(middle / 2, middle - 4 * spread)), max(middle * 2, middle + 4 * spread)


def _kind(day: date, is_working_day: IsWorkingDay) -> int:
    return day.weekday() if day.weekday() >= 5 or is_working_day(day) else 6


def _day(instant: datetime) -> str:
    return f"{instant.astimezone(HKT):%Y-%m-%d %H:%M}"
