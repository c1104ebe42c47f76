"""Events spread as in life: the promises of the real registry, most events about a few of them, several pages telling of each step."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from milestones.domain.commitments import Registry, Subject
from milestones.domain.dates import Precision
from milestones.domain.events import Draft, EventType, Kind, State
from milestones.domain.ledger import claim_key

PAGES_A_STEP = 4
"""Pages that tell of one step, in two languages and by more than one office."""

STARTED_AT = datetime(2024, 10, 17, 1, tzinfo=UTC)


def drafts(registry: Registry, count: int, *, seed: int = 1, first: int = 0) -> Iterator[Draft]:
    """Reports, of which one in fifty takes up an earlier page again with another day, and so becomes an amendment."""
    pick = random.Random(seed)  # noqa: S311 - the same spread each time, not a secret
    subjects = [(c.key, s) for c in registry.commitments() for s in c.subjects if s.kinds]
    weights = [1 / (place + 1) for place in range(len(subjects))]
    steps: list[tuple[str, Subject, Kind, date]] = []
    for number in range(first, first + count):
        if number % PAGES_A_STEP == 0 or not steps:
            ((commitment, subject),) = pick.choices(subjects, weights)
            day = STARTED_AT.date() + timedelta(days=pick.randrange(700))
            steps.append((commitment, subject, pick.choice(sorted(subject.kinds)), day))
        commitment, subject, kind, day = steps[-1]
        again = number % 50 == 49 and number > PAGES_A_STEP
        yield _draft(commitment, subject, kind, day + timedelta(days=again), page=number - 1 if again else number)


def _draft(commitment: str, subject: Subject, kind: Kind, day: date, *, page: int) -> Draft:
    url = f"https://www.info.gov.hk/gia/general/{day:%Y%m/%d}/P{page:012d}.htm" if page % 2 else f"https://www.info.gov.hk/gia/P{page:012d}c.htm"
    return Draft(
        stream=f"commitment:{commitment}",
        type=EventType.MILESTONE_REPORTED,
        source=url,
        claim_key=claim_key(f"page {page}", commitment, subject.target, kind, subject.slug),
        data={"figures": [], "reason": "the words say so: a cue of the kind, a name of the subject and a day in one sentence"},
        commitment=commitment,
        target=subject.target,
        kind=kind,
        state=State.HAPPENED,
        subject=subject.slug,
        occurred_on=day,
        occurred_precision=Precision.DAY,
        published_at=datetime(day.year, day.month, day.day, 3, tzinfo=UTC),
        confidence=90,
        locator="p[3]",
        quote="A spokesman said that the step had been taken on the day as announced, and thanked all who had taken part in it. " * 2,
        rule="press.bench",
        rule_version=1,
        producer="bench",
        run_id="bench",
    )
