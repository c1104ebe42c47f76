"""A calendar to go with a mail: coming deadlines and announced days, and a second one that takes back what does not hold any more.

An entry keeps its UID for ever and rises in SEQUENCE whenever something became known of its target, so that calendar programs replace it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from milestones.domain.vocabulary import Vocabulary
from milestones.reports import days, words
from milestones.reports.wording import say
from milestones.services.dates_ahead import Entry
from milestones.services.ports import Attachment


def calendars(entries: Sequence[Entry], vocabulary: Vocabulary, *, language: str, made_at: datetime) -> tuple[Attachment, ...]:
    """The files: `milestones.ics` of what lies ahead, `cancelled.ics` of what was told and is off; each only where there is something in it."""
    ahead, off = [e for e in entries if not e.cancelled], [e for e in entries if e.cancelled]
    files = [("milestones.ics", "PUBLISH", ahead), ("cancelled.ics", "CANCEL", off)]
    return tuple(
        Attachment(
            name=name,
            content_type=f"text/calendar; method={method}",
            content=_calendar(method, found, vocabulary, language=language, made_at=made_at),
        )
        for name, method, found in files
        if found
    )


def _calendar(method: str, entries: Sequence[Entry], vocabulary: Vocabulary, *, language: str, made_at: datetime) -> bytes:
    calendar = Calendar()
    for name, value in (("prodid", "-//Milestone Monitor//EN"), ("version", "2.0"), ("method", method)):
        calendar.add(name, value)
    for entry in entries:
        calendar.add_component(_event(entry, vocabulary, language=language, made_at=made_at))
    return bytes(calendar.to_ical())


def _event(entry: Entry, vocabulary: Vocabulary, *, language: str, made_at: datetime) -> Event:
    what = vocabulary.kinds[entry.kind].of(language) if entry.kind else ""
    key = entry.place.short
    summary = f"{key}: {what}" if what else say("mail.calendar_deadline", language, key=key, printed=words.plain(entry.printed))
    told = [
        entry.place.title(language),
        entry.place.target(language),
        say("mail.calendar_sitting", language, day=days.day(entry.last_sitting, language)) if entry.last_sitting else "",
        say("mail.calendar_note", language),
    ]
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", made_at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", "\n".join(t for t in told if t))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if words.official(entry.url):
        event.add("url", entry.url)
    return event
