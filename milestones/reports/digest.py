"""A digest in words: one mail with a text part and an HTML part, in English with the Chinese titles beside.

Every label of a status, kind or basis comes from the vocabulary. The HTML is laid out for mail clients: tables, CSS inlined, dark
mode kept, no picture and nothing loaded from elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined

from milestones.domain.commitments import DeadlineKind
from milestones.domain.dates import hk_day
from milestones.domain.events import Origin
from milestones.domain.status import Basis, Status
from milestones.domain.vocabulary import Vocabulary
from milestones.reports import words
from milestones.services.digest import Cause, Changed, Counts, Digest, Passed, Place, Step
from milestones.services.news import AHEAD_DAYS, is_chinese
from milestones.services.ports import Message
from milestones.services.report import message_id

SHOWN = 40
"""Milestones told one by one; mail clients clip a mail of more than about 100 kB."""

SHOWN_DOUBTS = 10
"""Disagreements told one by one; all stand in the read table."""

_INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of the counts: `share` is its part of all, in hundredths of the bar's width."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One line of what lies ahead: a step on a definite day, or the last day of a deadline that several targets may share."""

    day: date
    what: str
    places: tuple[Place, ...]
    url: str = ""
    fresh: bool = False


def render(digest: Digest, vocabulary: Vocabulary) -> Message:
    """The digest as a mail. The same digest and vocabulary give the same bytes."""
    subject = _subject(digest)
    shown = {
        "d": digest,
        "v": vocabulary,
        "subject": subject,
        "replica": digest.origin is Origin.REPLICA,
        "made_on": hk_day(digest.generated_at),
        "bars": _bars(digest.counts, vocabulary),
        "turns": [(c.place, *_turns(c, vocabulary)) for c in digest.changed],
        "promises": _by_promise(digest.happened[:SHOWN]),
        "doubts": digest.doubts[:SHOWN_DOUBTS],
        "more_doubts": max(0, len(digest.doubts) - SHOWN_DOUBTS),
        "untold": max(0, len(digest.happened) - SHOWN),
        "ahead": _ahead(digest, vocabulary),
        "ahead_days": AHEAD_DAYS,
        "unknown": _by_sources(digest.unknown),
    }
    html = _environment(html=True).get_template("digest.html.jinja").render(shown)
    text = _environment(html=False).get_template("digest.txt.jinja").render(shown)
    return Message(message_id=message_id(digest), subject=subject, text=text, html=_INLINER.inline(html))


def _environment(*, html: bool) -> Environment:
    """What the templates may use. `finalize` sees every printed value, so that no scraped text can go round it."""
    environment = Environment(
        loader=PackageLoader("milestones.reports"),
        autoescape=html,  # noqa: S701  # off for the text part alone, where nothing reads markup
        undefined=StrictUndefined,
        finalize=_final,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        day=words.day, period=words.period, count=words.count, figure=words.figure, official=words.official, is_chinese=is_chinese
    )
    environment.globals.update(stated=words.stated)
    return environment


def _final(value: Any) -> Any:
    return words.plain(value) if type(value) is str else value


def _subject(digest: Digest) -> str:
    if digest.quiet:
        told = "nothing new found"
    else:
        known = len(digest.happened) + sum(u.count for u in digest.updates + digest.earlier)
        parts = [
            (known, "milestone", "milestones"),
            (len(digest.changed), "change of status", "changes of status"),
            (len(digest.corrections), "correction", "corrections"),
            (len(digest.doubts), "disagreement of documents", "disagreements of documents"),
        ]
        told = ", ".join(words.count(*p) for p in parts if p[0]) or words.count(
            sum(s.fresh for s in digest.scheduled), "day announced", "days announced"
        )
    unread = f"; {words.count(len(digest.unread), 'source')} not fully read" if digest.unread else ""
    banner = "[FACSIMILES] " if digest.origin is Origin.REPLICA else ""
    return f"{banner}Milestone Monitor, {words.period(digest.period)}: {told}{unread}"


def _bars(counts: Counts, vocabulary: Vocabulary) -> list[Bar]:
    lines = [
        (vocabulary.statuses[Status.MET].en, counts.met),
        (vocabulary.statuses[Status.MET_LATE].en, counts.met_late),
        (_passed(Basis.STATED_BY_GOVERNMENT, vocabulary), counts.passed_stated),
        (_passed(Basis.NO_COMPLETION_FOUND, vocabulary), counts.passed_not_found),
        (vocabulary.statuses[Status.UNKNOWN].en, counts.unknown),
        ("Date still ahead", counts.open),
        ("Withdrawn, cancelled, or in place before the promise", counts.ended),
    ]
    return [Bar(label=label, count=number, share=round(100 * number / counts.total) if counts.total else 0) for label, number in lines]


def _passed(basis: Basis, vocabulary: Vocabulary) -> str:
    return f"Date passed ({vocabulary.bases[basis].en})"


def _turns(changed: Changed, vocabulary: Vocabulary) -> tuple[str, str, str]:
    """The old status, the new one, and why it changed where no event did it."""
    after = _passed(changed.basis, vocabulary) if changed.basis else vocabulary.statuses[changed.after].en
    why = {
        Cause.TIME: ", by the passing of time",
        Cause.READING: ", as more was read",
        Cause.RULES: ", as pages were read again by other rules",
        Cause.EVENT: "",
    }[changed.cause]
    return vocabulary.statuses[changed.before].en, after, why


def _by_promise(steps: Sequence[Step]) -> list[tuple[Place, list[Step]]]:
    """The steps under their commitment; they come in document order."""
    groups = [list(group) for _, group in groupby(steps, key=lambda s: s.place.commitment)]
    return [(group[0].place, group) for group in groups]


def _by_sources(unknown: Sequence[Passed]) -> list[tuple[str, list[Passed]]]:
    """Targets that cannot be judged, together with those that the same sources would settle."""
    groups: dict[str, list[Passed]] = {}
    for target in unknown:
        groups.setdefault(", ".join(target.unread), []).append(target)
    return list(groups.items())


def _ahead(digest: Digest, vocabulary: Vocabulary) -> list[Ahead]:
    """Scheduled steps and deadlines in one list, by day."""
    steps = [
        Ahead(
            day=s.occurred_on, what=_announced(s, vocabulary, passed=s.occurred_on < digest.period.last), places=(s.place,), url=s.url, fresh=s.fresh
        )
        for s in digest.scheduled
        if s.occurred_on
    ]
    shared: dict[tuple[date, str], list[Place]] = {}
    for due in digest.due:
        lead = "Last day of the date given" if due.kind is DeadlineKind.BY else f"Start expected by then (“{due.printed}”)"
        shared.setdefault((due.deadline, f"{lead}; {vocabulary.statuses[due.status].en}"), []).append(due.place)
    for sitting in digest.last_sittings:
        shared.setdefault((sitting.day, "Last sitting of the Legislative Council before the date given or the end of the term"), []).append(
            sitting.place
        )
    deadlines = [Ahead(day=day, what=what, places=tuple(places)) for (day, what), places in shared.items()]
    return sorted([*steps, *deadlines], key=lambda line: line.day)


def _announced(step: Step, vocabulary: Vocabulary, *, passed: bool) -> str:
    kind = vocabulary.kinds[step.kind].en
    return f"{kind} ({vocabulary.statuses[Status.UNCONFIRMED].en})" if passed else kind
