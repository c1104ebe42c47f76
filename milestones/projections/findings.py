"""Rows of `read_finding`: where documents do not agree."""

from collections.abc import Iterable

from milestones.domain.findings import findings
from milestones.domain.milestones import Milestone
from milestones.domain.vocabulary import Vocabulary
from milestones.projections.rows import Row, labelled


def finding_rows(milestones: Iterable[Milestone], vocabulary: Vocabulary) -> list[Row]:
    """One row a disagreement, in the order in which they became known."""
    return [
        {
            "finding_id": f.finding_id,
            **labelled("about", f.about, vocabulary.disagreements),
            "commitment": f.commitment,
            "target": f.target,
            **labelled("kind", f.kind, vocabulary.kinds),
            "subject": f.subject,
            "holds": f.sayings[0].value,
            "others": "; ".join(s.value for s in f.sayings[1:]),
            "told": f.line(),
            "urls": " ".join(dict.fromkeys(e.draft.source for e in f.events)),
            "first_position": f.position,
        }
        for f in findings(milestones)
    ]
