"""The past of a source: which days of it are still to be read, in which order its documents are, and how long that takes."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from milestones.domain.dates import days_between, hk_day
from milestones.services.ports import Backlog, Captures, Link, Listing, Source

IsNamed = Callable[[str], bool]
"""Whether a headline names what the registry follows."""

_NOTICE = re.compile(r"\bLegCo to (?:consider|debate|scrutinise|resume)|\bto be introduced into LegCo\b|立法會(?:將|會議|考慮|辯論|恢復)|提交立法會")
"""What the Council's Secretariat announces before a meeting."""

_QUESTION = re.compile(r"^LCQ\s?\d|^立法會[一二三四五六七八九十]+題")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a pass, `first` to `last`, and of each feed those whose list is not closed yet, newest first."""

    first: date
    last: date
    unlisted: Mapping[str, Sequence[date]]

    def listings(self, source: Source, now: datetime) -> list[Listing]:
        """What to ask for them: those of today and yesterday first, then the newest of the past, all feeds alike."""
        found = [listing for feed, days in self.unlisted.items() for listing in source.listings(feed, days, now)]
        return sorted(
            found, key=lambda x: (not is_live(x.days.last if x.days else None, now), -x.days.last.toordinal() if x.days else -date.max.toordinal())
        )


def days_to_read(source: Source, captures: Captures, backlog: Backlog, *, since: date, until: date | None, now: datetime) -> Days:
    """Every day from `since` on, and earlier ones that were begun once; those alone from `since` to `until` where both are named."""
    known = [row for row in captures.coverage() if row.source == source.name]
    last = min(until or hk_day(now), hk_day(now))
    first = since if until else min([since, *(row.day for row in known)])
    unlisted = {}
    for feed in source.feeds:
        listed = {row.day for row in known if row.feed == feed and row.closed} | backlog.closed_lists(source.name, feed).keys()
        unlisted[feed] = [day for day in reversed(days_between(first, last)) if day not in listed]
    return Days(first, last, unlisted)


def is_live(day: date | None, now: datetime) -> bool:
    """Whether something of this day is read before any history: today, yesterday, what lies ahead, and what is of no certain day."""
    return day is None or day >= hk_day(now) - timedelta(days=1)


def in_order(links: Iterable[Link], is_named: IsNamed) -> list[Link]:
    """What answers soonest first: headlines that name a commitment, notices of the Council's business, its questions, then the newest."""
    return sorted(links, key=lambda link: (_rank(link.headline, is_named), -(link.day or date.min).toordinal()))


def requests_ahead(source: Source, captures: Captures, backlog: Backlog, *, since: date, until: date | None, now: datetime) -> int:
    """About how many requests it takes to read all that is open: the lists, what they are known to name, and what they usually name."""
    days = days_to_read(source, captures, backlog, since=since, until=until, now=now)
    unread = len(backlog.unread(source.name, since=days.first, until=days.last))
    usual = sum(_usual(source, feed, backlog) * len(unlisted) for feed, unlisted in days.unlisted.items())
    return len(days.listings(source, now)) + unread + round(usual)


def _usual(source: Source, feed: str, backlog: Backlog) -> float:
    """How many documents a day of the feed has: what is known of other days, else what the source says of itself."""
    known = backlog.closed_lists(source.name, feed).values()
    if known:
        return sum(known) / len(known)
    said = source.habits.volume.get(feed, ())
    return sum(least + most for least, most in said) / 2 / len(said) if said else 0.0


def _rank(headline: str, is_named: IsNamed) -> int:
    if is_named(headline):
        return 0
    if _NOTICE.search(headline):
        return 1
    return 2 if _QUESTION.search(headline) else 3
