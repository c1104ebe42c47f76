"""Every claim and every expected event of labelled documents, judged; and what their counts say.

Strict: commitment, kind, state and day must all be right. Background lines of a label are optional, and debatable documents are left out.
`progress_reported`, the weakest kind, is counted apart from the steps.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Any

from milestones.domain.documents import Candidate, Decision
from milestones.domain.events import Kind


class Outcome(StrEnum):
    """What became of a claim (`right`, `wrong`), or of an expected event (`found`, `held` for review, `missed`)."""

    RIGHT = "right"
    WRONG = "wrong"
    FOUND = "found"
    HELD = "held"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Judged:
    """One claim or one expected event. `commitment` is without its policy document; `day` as ISO text, or a month, or empty."""

    document: str
    language: str
    commitment: str
    kind: str
    state: str
    day: str
    outcome: Outcome

    @property
    def is_step(self) -> bool:
        return self.kind != Kind.PROGRESS_REPORTED

    def __str__(self) -> str:
        return f"{self.document} {self.outcome}: {self.commitment} {self.kind} {self.state} {self.day}"


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of claims appended and of expected events; `found` are appended, `held` wait for review."""

    right: int
    wrong: int
    expected: int
    found: int
    held: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def recall_with_review(self) -> float:
        return (self.found + self.held) / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not trials:
        return 0.0, 1.0
    z, share = 1.96, successes / trials
    middle = share + z * z / (2 * trials)
    half = z * sqrt((share * (1 - share) + z * z / (4 * trials)) / trials)
    return (middle - half) / (1 + z * z / trials), (middle + half) / (1 + z * z / trials)


def score(judged: Iterable[Judged]) -> Score:
    """The counts of what was judged."""
    n = Counter(j.outcome for j in judged)
    expected = n[Outcome.FOUND] + n[Outcome.HELD] + n[Outcome.MISSED]
    return Score(n[Outcome.RIGHT], n[Outcome.WRONG], expected, n[Outcome.FOUND], n[Outcome.HELD])


def judged(document: str, language: str, labels: Sequence[dict[str, Any]], candidates: Iterable[Candidate]) -> list[Judged]:
    """One document's claims and events; labels are written as in `press.jsonl`."""
    claims = list({_key(c): c for c in candidates}.values())
    appended = [c for c in claims if c.decision is Decision.APPEND]
    review = [c for c in claims if c.decision is Decision.REVIEW]
    must = [e for e in labels if not e.get("background")]
    found = []
    for claim in appended:
        fits = any(_fits(e, claim) for e in must)
        if fits or not any(_fits(e, claim) for e in labels):
            what = (_short(claim), str(claim.kind), str(claim.state), str(claim.occurred_on))
            found.append(Judged(document, language, *what, Outcome.RIGHT if fits else Outcome.WRONG))
    for event in must:
        outcome = (
            Outcome.FOUND if any(_fits(event, c) for c in appended) else Outcome.HELD if any(_fits(event, c) for c in review) else Outcome.MISSED
        )
        day = event["occurred_on"] or event.get("occurred_month", "")
        found.append(Judged(document, language, event["commitment"], event["event"], event["state"], day, outcome))
    return found


NOTHING = "-"


def confusion(rows: Iterable[Judged]) -> Counter[tuple[str, str]]:
    """How often an event of one kind was appended as another: (expected, claimed), `-` where there was nothing on the other side.

    A wrong claim is paired with an event of the same document and commitment that was not found, the same day first.
    """
    counts: Counter[tuple[str, str]] = Counter()
    lost: dict[tuple[str, str], list[Judged]] = {}
    wrong: list[Judged] = []
    for row in rows:
        if row.outcome is Outcome.FOUND:
            counts[row.kind, row.kind] += 1
        elif row.outcome is Outcome.WRONG:
            wrong.append(row)
        elif row.outcome in (Outcome.HELD, Outcome.MISSED):
            lost.setdefault((row.document, row.commitment), []).append(row)
    for claim in wrong:
        events = lost.get((claim.document, claim.commitment), [])
        event = min(events, key=lambda e: (e.kind != claim.kind, e.day != claim.day), default=None)
        if event:
            events.remove(event)
        counts[event.kind if event else NOTHING, claim.kind] += 1
    counts.update((event.kind, NOTHING) for events in lost.values() for event in events)
    return counts


def _key(claim: Candidate) -> tuple[object, ...]:
    return claim.commitment, claim.kind, claim.state, claim.occurred_on, claim.decision


def _short(claim: Candidate) -> str:
    return claim.commitment.rpartition("/")[2]


def _fits(event: dict[str, Any], claim: Candidate) -> bool:
    same = event["commitment"] == _short(claim) and event["event"] == claim.kind and event["state"] == claim.state
    day = claim.occurred_on.isoformat() if claim.occurred_on else ""
    if event["occurred_on"]:
        return same and day == event["occurred_on"]
    return same and (not day or day.startswith(event.get("occurred_month", "")))
