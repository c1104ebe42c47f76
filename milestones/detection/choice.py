"""Of several claims of one document the ones that are kept: one per thing that is claimed, one thing per act and day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from milestones.detection.acts import GENERAL
from milestones.detection.attach import Dated
from milestones.detection.confidence import decide
from milestones.detection.press import Claim
from milestones.detection.subjects import Strength
from milestones.domain.documents import Candidate
from milestones.domain.events import Kind

_BEGINNINGS = frozenset(
    {Kind.SCHEME_LAUNCHED, Kind.SERVICE_LAUNCHED, Kind.TRIAL_STARTED, Kind.FACILITY_OPENED, Kind.BODY_ESTABLISHED, Kind.POLICY_PUBLISHED}
)
"""Kinds that one and the same step is easily taken for; a document tells one of them of one subject and day."""

_EXACT = frozenset({"trial", "license", "report", "consult", "conclude", "commission", "propose"})
"""Families whose phrases leave no doubt what was done: a mere "launched" of the same subject and day is the same step in other words."""


def strongest(found: Iterable[Claim]) -> list[Candidate]:
    """The claims that are kept, the surest first."""
    kept: list[Claim] = []
    for claim in sorted(_dated(_exactest(found)), key=lambda c: (-c.candidate.confidence, c.act.family in GENERAL, c.place[0] == "h")):
        if not any(_same(claim, k) or _shadowed(claim, k) for k in kept):
            kept.append(claim)
    kept = [c for c in kept if not any(_loose_wording_of(c, k) for k in kept)]
    return [c.candidate for c in kept]


_UNDATED = frozenset({Dated.RELEASE, Dated.ASSUMED, Dated.RUNNING})


def _dated(found: Sequence[Claim]) -> list[Claim]:
    """Where the headline tells an act without its day and the text tells the day, the one claim that they make together."""
    merged: dict[int, Claim] = {}
    for head in found:
        if head.place[0] != "h" or head.dated not in (Dated.RELEASE, Dated.MONTH):
            continue
        told = [c for c in found if c.place[0] != "h" and c.dated not in (*_UNDATED, head.dated) and _same(c, head)]
        if told:
            body = max(told, key=lambda c: c.candidate.confidence)
            score = max(body.candidate.confidence, head.dated_score)
            merged[id(body)] = replace(body, candidate=replace(body.candidate, confidence=score, decision=decide(score)))
            merged[id(head)] = merged[id(body)]
    return list({id(c): c for c in (merged.get(id(c), c) for c in found)}.values())


_EXACTNESS = ("conclude", "consult", "invite", "license", "fund", "award", "commission", "trial", "report", "propose")
"""Families that may begin with the same verb, the more exact first: who approves pilot projects licenses them, and awards nothing."""


def _exactest(found: Iterable[Claim]) -> list[Claim]:
    """Of the claims that one verb makes on one subject the most exact."""
    best: dict[tuple[object, ...], Claim] = {}
    for claim in found:
        key = (claim.place, claim.candidate.commitment, claim.candidate.subject)
        if key not in best or _rank(claim) < _rank(best[key]):
            best[key] = claim
    return list(best.values())


def _rank(claim: Claim) -> tuple[int, int]:
    family = claim.act.family
    exactness = -1 if family not in _EXACTNESS and family not in GENERAL else len(_EXACTNESS) if family in GENERAL else _EXACTNESS.index(family)
    return exactness, -claim.candidate.confidence


def _same(claim: Claim, other: Claim) -> bool:
    a, b = claim.candidate, other.candidate
    return (a.commitment, a.target, a.kind, a.subject) == (b.commitment, b.target, b.kind, b.subject)


def _shadowed(claim: Claim, other: Claim) -> bool:
    """Whether the same words were claimed for something that they tell better."""
    if claim.candidate.commitment != other.candidate.commitment:
        return False
    if claim.place != other.place:
        return _one_beginning(claim, other)
    if claim.mention.subject is not other.mention.subject and claim.candidate.kind is not other.candidate.kind:
        return True
    if claim.mention.subject is other.mention.subject:
        return claim.act.family in GENERAL or claim.candidate.kind is other.candidate.kind
    apart = claim.mention.end <= other.mention.start or other.mention.end <= claim.mention.start
    both_named = claim.mention.strength >= Strength.DESCRIBED and other.mention.strength >= Strength.DESCRIBED
    return not (apart and both_named) or (claim.broken and not other.broken)


def _one_beginning(claim: Claim, other: Claim) -> bool:
    a, b = claim.candidate, other.candidate
    if a.subject != b.subject or a.occurred_on != b.occurred_on or claim.act.family not in GENERAL:
        return False
    return a.kind in _BEGINNINGS and b.kind in _BEGINNINGS


def _loose_wording_of(claim: Claim, other: Claim) -> bool:
    a, b = claim.candidate, other.candidate
    same = (a.commitment, a.subject, a.occurred_on, a.state) == (b.commitment, b.subject, b.occurred_on, b.state)
    return same and claim.act.family in GENERAL and other.act.family in _EXACT and a.kind in _BEGINNINGS and a.confidence - b.confidence < 30
