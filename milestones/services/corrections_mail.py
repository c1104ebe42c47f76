"""Corrections by mail: what a mail told and is no longer so, told at once to exactly those who got that mail.

Pure. A mail is known by the events that it carried, and says something wrong once one of them was amended or retracted so that its line does
not hold any more. Whoever had a later mail that carries what stands now has been told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from milestones.domain.commitments import Registry
from milestones.domain.events import EventType, Recorded
from milestones.domain.milestones import fold
from milestones.services.digest import Correction
from milestones.services.issued import Issued
from milestones.services.news import news

KIND = "correction"

_REPLACING = frozenset({EventType.MILESTONE_AMENDED, EventType.MILESTONE_RETRACTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One line that does not hold: as it was told and as it stands now, the days of the mails that told it, and why, if a person said so."""

    line: Correction
    told_on: tuple[date, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """The corrections that the same `readers` are owed, and the subscriptions by which they got what is wrong; nobody where it went to a folder."""

    readers: tuple[str, ...]
    subscriptions: tuple[str, ...]
    lines: tuple[Corrected, ...]
    events: tuple[UUID, ...]


def owed(events: Sequence[Recorded], mails: Sequence[Issued], registry: Registry, *, on: date) -> list[Owed]:
    """What each is owed now. `events` are all of the ledger, `mails` all that were made, oldest first."""
    final = _final(events)
    readers = dict.fromkeys(r for m in mails if m.sent for r in (m.reached or [""]))
    wrong: dict[tuple[tuple[int, UUID], ...], list[str]] = {}
    for reader in readers:
        got = [(n, m) for n, m in enumerate(mails) if m.sent and (reader in m.reached or (not reader and not m.readers))]
        told = {e for _, m in got for e in m.events} | {e for m in mails if m.kind == KIND and reader in (m.readers or [""]) for e in m.events}
        pending = tuple((n, e) for n, m in got for e in m.events if e in final and final[e].event_id not in told)
        if pending:
            wrong.setdefault(pending, []).append(reader)
    lines = _lines(events, mails, {p for pending in wrong for p in pending}, registry, on)
    return [o for pending, group in wrong.items() if (o := _owed(pending, group, mails, lines, final))]


def _final(events: Iterable[Recorded]) -> dict[UUID, Recorded]:
    """By event that was replaced, the last one of its line."""
    later = {e.draft.amends: e for e in events if e.draft.type in _REPLACING and e.draft.amends}
    found: dict[UUID, Recorded] = {}
    for first, following in later.items():
        newest = following
        while newest.event_id in later:
            newest = later[newest.event_id]
        found[first] = newest
    return found


def _lines(
    events: Sequence[Recorded],
    mails: Sequence[Issued],
    pending: Iterable[tuple[int, UUID]],
    registry: Registry,
    on: date,
) -> dict[tuple[int, UUID], Correction]:
    """By mail and event, the line that does not hold: what was known when the mail was made against what is known now."""
    by_mail: dict[int, set[UUID]] = {}
    for number, event in pending:
        by_mail.setdefault(number, set()).add(event)
    found: dict[tuple[int, UUID], Correction] = {}
    if not by_mail:
        return found
    now = fold(events)
    for number, carried in by_mail.items():
        before = fold(events[: mails[number].position])
        for correction in news(registry, before, now, first=on, on=on, carried=carried).corrections:
            found |= {(number, e): correction for e in correction.before.events if e in carried}
    return found


def _owed(
    pending: Sequence[tuple[int, UUID]],
    readers: Sequence[str],
    mails: Sequence[Issued],
    lines: Mapping[tuple[int, UUID], Correction],
    final: Mapping[UUID, Recorded],
) -> Owed | None:
    newest = {final[e].event_id: n for n, e in sorted(pending) if (n, e) in lines}
    wrong = [(n, e) for n, e in pending if (n, e) in lines and newest[final[e].event_id] == n]
    if not wrong:
        return None
    told: dict[tuple[object, ...], list[tuple[int, UUID]]] = {}
    for p in wrong:
        after = lines[p].after
        told.setdefault((lines[p].before.events, after.events if after else ()), []).append(p)
    return Owed(
        readers=tuple(r for r in readers if r),
        subscriptions=tuple(dict.fromkeys(mails[n].subscription for n, _ in wrong)),
        lines=tuple(
            Corrected(
                line=lines[same[0]],
                told_on=tuple(sorted({mails[n].last_day for n, _ in same})),
                reason=str(final[same[0][1]].draft.data.get("reason", "")) if final[same[0][1]].draft.data.get("person") else "",
            )
            for same in told.values()
        ),
        events=tuple(sorted({e for _, e in wrong} | {final[e].event_id for _, e in wrong})),
    )
