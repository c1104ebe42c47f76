"""House Committee agendas: bills named under the business for a coming sitting of the Council, an early sign of its agenda.

Such a heading begins with the day of the sitting; under it the words say the stage as on a Council agenda. Whatever else a committee's agenda
names is business of the committee and no step of a bill.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from milestones.detection.agenda import agenda_candidates
from milestones.detection.phrases import Phrases
from milestones.domain.documents import Candidate, Document

RULE_VERSION = 1

_DAY = re.compile(r"(\d{4}-\d\d-\d\d) / ")
_CONFIDENCE = 90
"""Less than the Council's own agenda: the order of business may still change in the week or two until then."""


def committee_candidates(document: Document, phrases: Phrases, present: frozenset[tuple[str, str]]) -> Iterator[Candidate]:
    """What stands on the paper for coming sittings; of a bill named for two of them the first counts."""
    seen: set[tuple[str, str, str]] = set()
    for index, item in enumerate(document.items):
        found = _DAY.match(item.heading)
        alone = replace(document, items=(item,))
        for candidate in agenda_candidates(alone, date.fromisoformat(found[1]), phrases, present) if found else ():
            key = (candidate.commitment, candidate.subject, candidate.kind)
            if key not in seen:
                seen.add(key)
                yield replace(
                    candidate,
                    locator=f"i{index}:{candidate.locator.partition(':')[2]}",
                    rule="committee/coming-business",
                    rule_version=RULE_VERSION,
                    confidence=_CONFIDENCE,
                    reason="listed by its title under this stage among the business for a coming sitting",
                )
