"""What a ledger records of the registry when it is opened, and what it does not."""

from dataclasses import replace

from milestones.domain.commitments import Registry
from milestones.domain.events import EventType, Origin
from milestones.services.opening import open_ledger
from tests.domain.build import BY_END_2024, commitment, registry, target
from tests.services.fakes import NOON
from tests.store.memory import MemoryLedger


def opened(ledger: MemoryLedger, registry: Registry) -> int:
    return open_ledger(ledger, registry, origin=Origin.LIVE, producer="tests", now=NOON)


def test_a_better_explanation_rewords_no_promise() -> None:
    ledger, promise = MemoryLedger(), commitment()
    opened(ledger, registry(promise))
    explained = replace(
        promise,
        description_en="Issuers need a licence.",
        description_zh="發行人須領牌。",
        bullet=1,
        targets=(target(deadline=replace(BY_END_2024, derived="To the last day of the year.")),),
    )

    assert opened(ledger, registry(explained)) == 0


def test_another_title_does() -> None:
    ledger, promise = MemoryLedger(), commitment()
    opened(ledger, registry(promise))

    assert opened(ledger, registry(replace(promise, title_en="Another title"))) == 1
    assert ledger.events[-1].draft.type is EventType.COMMITMENT_REWORDED
