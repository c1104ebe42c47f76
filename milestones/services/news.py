"""What became known between two positions of the ledger: new milestones, folded updates, corrections.

A claim is what one document says of one subject; it keeps its key when its content is amended. A milestone is news unless a claim
that tells of it was known before: a second document about it is evidence, not news. A scheduled step that then happened is news again.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from milestones.domain.claims import READ_AGAIN
from milestones.domain.commitments import Commitment, Registry
from milestones.domain.documents import Figure
from milestones.domain.events import Kind, Recorded, State
from milestones.domain.milestones import Knowledge, Milestone
from milestones.domain.stages import ONCE
from milestones.services.digest import Correction, Step, Updates
from milestones.services.places import Place, place

AHEAD_DAYS = 60
"""How far a digest looks ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The parts of a digest that tell of milestones."""

    happened: tuple[Step, ...]
    updates: tuple[Updates, ...]
    earlier: tuple[Updates, ...]
    scheduled: tuple[Step, ...]
    corrections: tuple[Correction, ...]


def news(
    registry: Registry,
    before: Knowledge,
    now: Knowledge,
    *,
    first: date,
    on: date,
    reread: Knowledge | None = None,
    carried: Collection[UUID] | None = None,
) -> News:
    """What `now` knows beyond `before`, and beyond `reread`: what reading old pages again has found since is no news.

    What took place before the day `first` is folded to one line for each commitment, so that a history read at once cannot flood
    its readers. Milestones of commitments outside the registry are left out. Corrected is what rests on the events that earlier mails
    `carried` (None: on any known before).
    """
    old = (*before.milestones, *(reread.milestones if reread else ()))
    known, known_happened = _claims(old), _claims(m for m in old if m.state is State.HAPPENED)
    figures = {(m.commitment, m.target, f) for m in old for f in m.figures}
    happened: list[Step] = []
    folded: list[Step] = []
    earlier: list[Step] = []
    scheduled: list[Step] = []
    for milestone in _ordered(registry, now.milestones):
        is_news = not _claims([milestone]) & (known_happened if milestone.state is State.HAPPENED else known)
        step = _step(registry.by_key[milestone.commitment], milestone, fresh=is_news)
        if milestone.state is State.SCHEDULED:
            if _in_sight(milestone, first, on, fresh=is_news):
                scheduled.append(step)
        elif not is_news:
            continue
        elif milestone.interval and milestone.interval.last < first:
            earlier.append(step)
        elif milestone.kind is Kind.PROGRESS_REPORTED and all((milestone.commitment, milestone.target, f) in figures for f in milestone.figures):
            folded.append(step)
        else:
            happened.append(step)
    return News(
        happened=tuple(happened),
        updates=_folded(folded),
        earlier=_folded(earlier),
        scheduled=tuple(sorted(scheduled, key=_day)),
        corrections=tuple(c for c in _corrections(registry, before, now) if carried is None or any(e in carried for e in c.before.events)),
    )


def _claims(milestones: Iterable[Milestone]) -> set[str]:
    return {e.draft.claim_key for m in milestones for e in m.evidence}


def _ordered(registry: Registry, milestones: Iterable[Milestone]) -> list[Milestone]:
    """In document order, then by day; the ledger's order decides between milestones of one day."""
    rank = {c.key: n for n, c in enumerate(registry.commitments())}
    inside = [m for m in milestones if m.commitment in rank]
    return sorted(inside, key=lambda m: (rank[m.commitment], m.occurred_on or date.max, m.evidence[0].position))


def _in_sight(milestone: Milestone, first: date, on: date, *, fresh: bool) -> bool:
    """Whether a scheduled day is to be told: from the period on, within the look-ahead, or further off when it is new.

    A day that has passed stays in the calendar as unconfirmed: a plan is never told as something that happened.
    """
    day = milestone.occurred_on
    return day is not None and day >= first and (fresh or day <= on + timedelta(days=AHEAD_DAYS))


def _day(step: Step) -> date:
    return step.occurred_on or date.max


def _step(commitment: Commitment, milestone: Milestone, *, fresh: bool) -> Step:
    best = min(milestone.evidence, key=lambda e: _preference(e, milestone.state))
    chinese = [e for e in milestone.evidence if is_chinese(e.draft.quote or "")]
    best_zh = min(chinese, key=lambda e: _preference(e, milestone.state), default=None)
    return Step(
        place=place(commitment, milestone.target),
        kind=milestone.kind,
        state=milestone.state,
        occurred_on=milestone.occurred_on,
        precision=milestone.precision,
        figures=tuple(dict.fromkeys(milestone.figures)),
        quote=best.draft.quote or "",
        url=best.draft.source,
        quote_zh=(best_zh.draft.quote or "") if best_zh else "",
        url_zh=best_zh.draft.source if best_zh else "",
        documents=len({e.draft.source for e in milestone.evidence}),
        fresh=fresh,
        events=tuple(e.event_id for e in milestone.evidence),
    )


def _preference(event: Recorded, state: State) -> tuple[bool, bool, int]:
    """A document that tells of the present state, in English, the earliest of those."""
    return (event.draft.state is not state, is_chinese(event.draft.quote or ""), event.position)


def is_chinese(text: str) -> bool:
    """Whether Chinese characters stand in the text."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _folded(steps: Sequence[Step]) -> tuple[Updates, ...]:
    groups: dict[str, list[Step]] = {}
    for step in steps:
        groups.setdefault(step.place.commitment, []).append(step)
    return tuple(
        Updates(
            place=Place(commitment=key, title_en=group[0].place.title_en, title_zh=group[0].place.title_zh),
            count=len(group),
            latest=group[-1],
            events=tuple(e for step in group for e in step.events),
        )
        for key, group in groups.items()
    )


def _corrections(registry: Registry, before: Knowledge, now: Knowledge) -> Iterable[Correction]:
    """Milestones of `before` of which a claim was amended in day or figures, that were put off, or that no document tells of any longer.

    Two twins that are amended alike give one correction; a claim that is retracted while others still tell the same gives none.
    """
    standing = {e.draft.claim_key: (m, e) for m in now.milestones for e in m.evidence}
    names = {_name(m) for m in now.milestones}
    told: set[tuple[object, ...]] = set()
    for old in _ordered(registry, before.milestones):
        commitment = registry.by_key[old.commitment]
        for event in old.evidence:
            new, current = standing.get(event.draft.claim_key, (None, None))
            same = _name(old) in names if current is None else current.event_id == event.event_id or not _differs(event, current)
            same = same and not (new and _is_put_off(old, new))
            pair = (_name(old), _name(new) if new else None)
            if same or pair in told:
                continue
            told.add(pair)
            after = _step(registry.by_key[new.commitment], new, fresh=True) if new and new.commitment in registry.by_key else None
            yield Correction(before=_step(commitment, old, fresh=False), after=after)


def _is_put_off(old: Milestone, new: Milestone) -> bool:
    """Whether a day that was announced is another one by now; where it has happened on it, that is news and no correction."""
    return old.state is State.SCHEDULED and new.state is State.SCHEDULED and old.occurred_on != new.occurred_on and old.kind in ONCE


def _differs(old: Recorded, new: Recorded) -> bool:
    a, b = old.draft, new.draft
    taken_back = a.state is State.HAPPENED and b.state is State.SCHEDULED
    read_otherwise = a.state is not b.state and bool(b.data.get(READ_AGAIN))
    return (
        taken_back or read_otherwise or (a.occurred_on, a.occurred_precision, _figures(old)) != (b.occurred_on, b.occurred_precision, _figures(new))
    )


def _figures(event: Recorded) -> list[Figure]:
    return [Figure(**f) for f in event.draft.data.get("figures", ())]


def _name(milestone: Milestone) -> tuple[object, ...]:
    return (milestone.commitment, milestone.target, milestone.kind, milestone.subject, milestone.occurred_on, milestone.precision)
