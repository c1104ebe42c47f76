"""Precision and recall of what was read against labelled documents: per (document, commitment, kind, state, day).

Background lines of a label are optional, debatable documents are left out, and `progress_reported`, the weakest kind, is counted apart.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Any

from milestones.domain.documents import Candidate, Decision
from milestones.domain.events import Kind


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of claims and of expected events; `found` are appended, `held` wait for review."""

    right: int
    wrong: int
    expected: int
    found: int
    held: int
    faults: tuple[str, ...]

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


def is_step(kind: str) -> bool:
    return kind != Kind.PROGRESS_REPORTED


def is_progress(kind: str) -> bool:
    return kind == Kind.PROGRESS_REPORTED


def score(pairs: Iterable[tuple[str, Iterable[dict[str, Any]], Iterable[Candidate]]], counts: Callable[[str], bool] = is_step) -> Score:
    """The score of (name, expected events, candidates) of each document; events are written as in `press.jsonl`."""
    right = wrong = expected_count = found = held = 0
    faults = []
    for name, expected, candidates in pairs:
        labels = list(expected)
        must = [e for e in labels if not e.get("background") and counts(e["event"])]
        claims = {_key(c): c for c in candidates if counts(c.kind)}
        appended = [c for c in claims.values() if c.decision is Decision.APPEND]
        review = [c for c in claims.values() if c.decision is Decision.REVIEW]
        for claim in appended:
            if any(_fits(e, claim) for e in must):
                right += 1
            elif not any(_fits(e, claim) for e in labels):
                wrong += 1
                faults.append(f"{name} wrong: {claim.commitment} {claim.kind} {claim.state} {claim.occurred_on}")
        for event in must:
            expected_count += 1
            if any(_fits(event, c) for c in appended):
                found += 1
                continue
            held += any(_fits(event, c) for c in review)
            faults.append(f"{name} missed: {event['commitment']} {event['event']} {event['state']} {event['occurred_on']}")
    return Score(right, wrong, expected_count, found, held, tuple(faults))


def _key(claim: Candidate) -> tuple[object, ...]:
    return claim.commitment, claim.kind, claim.state, claim.occurred_on, claim.decision


def _fits(event: dict[str, Any], claim: Candidate) -> bool:
    same = event["commitment"] == claim.commitment.rpartition("/")[2] and event["event"] == claim.kind and event["state"] == claim.state
    day = claim.occurred_on.isoformat() if claim.occurred_on else ""
    if event["occurred_on"]:
        return same and day == event["occurred_on"]
    return same and (not day or day.startswith(event.get("occurred_month", "")))
