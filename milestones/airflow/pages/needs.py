"""What needs a person, as lines of Today: pure functions of the few rows that were asked for.

Each group has its unit in its title, a day for every need, and says who acts: reviewers decide on findings, operators mend the reading.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from milestones.domain.dates import hk_day, instant_of
from milestones.domain.vocabulary import Vocabulary
from milestones.domain.watching import Check
from milestones.reports.wording import say
from milestones.services.ports import BillStep, Waiting
from milestones.services.source_health import InTrouble
from milestones.services.standings import Standing

SHOWN = 6
"""How many of one group are named; the page that the group leads to has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that needs a person: what, in words of ours; its day; where it is dealt with. `quote` is in words of a publisher's, in `language`."""

    what: str
    on: date | None
    path: str
    quote: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The needs of one kind, the oldest first, of which at most SHOWN are here and `count` in all."""

    name: str
    title: str
    who: str
    path: str
    count: int
    needs: Sequence[Need]

    @property
    def oldest_on(self) -> date | None:
        """The day of the oldest need."""
        return min((n.on for n in self.needs if n.on), default=None)


def to_review(count: int, oldest: Iterable[Waiting], vocabulary: Vocabulary, language: str) -> Group:
    """The review queue."""
    found = [
        Need(
            what=f"{w.commitment}: {vocabulary.kinds[w.kind].of(language)}",
            quote=w.headline,
            language=w.language,
            on=hk_day(w.held_at),
            path=f"/review/{w.number}",
        )
        for w in oldest
    ]
    return _group("review", "reviewers", "/review", found, language, count=count)


def to_confirm(steps: Iterable[tuple[Mapping[str, Any], date]], language: str) -> Group:
    """Steps announced for a day that has passed, each with the day from which on it was in doubt."""
    found = [
        Need(
            what=say("today.not_confirmed", language, commitment=s["commitment"], kind=s[f"kind_{language}"], day=s["occurred_on"]),
            on=since,
            path=f"/commitment/{s['commitment']}",
        )
        for s, since in steps
    ]
    return _group("unconfirmed", "reviewers", "/review", found, language)


def to_settle(bills: Iterable[tuple[BillStep, date]], language: str) -> Group:
    """Bills without a known end, each with the end of its term."""
    found = [
        Need(what=say("today.lapsed_detail", language, commitment=b.commitment, subject=b.subject), on=end, path=f"/commitment/{b.commitment}")
        for b, end in bills
    ]
    return _group("lapsed", "reviewers", "/review", found, language)


def to_mend(trouble: Iterable[InTrouble], read: Mapping[str, Mapping[str, Any]], language: str) -> Group:
    """Sources in trouble; `read`: by source, what the read tables tell of it."""
    found = []
    for t in trouble:
        resting = (read.get(t.source) or {}).get("affected_commitments")
        words = [say("today.degraded" if t.degraded else "today.unread", language, source=t.source)]
        words += [say("today.rests", language, commitments=resting)] if resting else []
        found.append(Need(what=" ".join(words), quote=t.reason, on=hk_day(t.since) if t.since else None, path=f"/sources/{t.source}"))
    return _group("sources", "operators", "/sources", found, language)


def to_look_at(failing: Iterable[Check], language: str) -> Group:
    """Checks of sources that did not pass."""
    found = [Need(what=f"{c.source}: {c.canary.value}", quote=c.detail, on=hk_day(c.checked_at), path=f"/sources/{c.source}") for c in failing]
    return _group("checks", "operators", "/sources", found, language)


def to_take(quarantined: Iterable[Mapping[str, Any]], language: str) -> Group:
    """Pages that could not be taken, by source and stage."""
    rows: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in quarantined:
        rows.setdefault((row["source"], row["stage"]), []).append(row)
    found = [
        Need(
            what=say("today.quarantine_detail", language, source=source, stage=stage, pages=len(pages)),
            quote=pages[0]["reason"],
            on=hk_day(instant_of(min(p["at"] for p in pages))),
            path=f"/sources/{source}",
        )
        for (source, stage), pages in rows.items()
    ]
    return _group("quarantine", "operators", "/sources", found, language, count=sum(map(len, rows.values())))


BEHIND = timedelta(hours=1)
"""A read model may lack what was recorded this lately: the DAG `project` comes after each append, and a report's own events wait for the next."""


def to_go_on(standings: Iterable[Standing], lacking: Mapping[str, datetime], head: int, now: datetime, language: str) -> Group:
    """Read models that stopped, or that lack what was recorded long ago; `lacking`: when the first event that one lacks was recorded."""
    found = []
    for s in standings:
        if s.failure:
            what = say("today.stopped", language, model=s.name, position=s.failure.position)
            found.append(Need(what=what, quote=s.failure.detail, on=None, path="/ledger"))
        elif s.name in lacking and now - lacking[s.name] >= BEHIND:
            found.append(Need(what=say("today.behind", language, model=s.name, position=s.position, head=head), on=None, path="/ledger"))
    return _group("tables", "operators", "/ledger", found, language)


def _group(name: str, who: str, path: str, found: Sequence[Need], language: str, *, count: int | None = None) -> Group:
    oldest = sorted(found, key=lambda n: n.on or date.min)
    return Group(
        name=name,
        title=say(f"today.{name}", language),
        who=say(f"today.{who}", language),
        path=path,
        count=len(oldest) if count is None else count,
        needs=oldest[:SHOWN],
    )
