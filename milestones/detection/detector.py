"""From a document to candidates. Built once from a registry; a pure function of the document afterwards."""

from datetime import date

from milestones.detection.agenda import agenda_candidates
from milestones.detection.bill_ends import end_candidates
from milestones.detection.bills import bill_candidates
from milestones.detection.choice import strongest
from milestones.detection.committees import committee_candidates
from milestones.detection.instruments import instrument_candidates, vote_candidates
from milestones.detection.paraphrase import Paraphrases
from milestones.detection.passages import page_of
from milestones.detection.phrases import Phrases, Use
from milestones.detection.press import claims
from milestones.detection.progress import progress
from milestones.detection.subjects import is_possible
from milestones.detection.text import fold
from milestones.domain.commitments import Registry
from milestones.domain.dates import Interval, hk_day, interval_of
from milestones.domain.documents import Candidate, Document, Form

RULES = "3"
"""The version of the rules: a new one makes every document be read again."""

_ROWS = {
    Form.COMMITTEE_AGENDA: committee_candidates,
    Form.INSTRUMENT_RECORD: instrument_candidates,
    Form.VOTE_RECORD: vote_candidates,
}


class Detector:
    """Reads documents for the commitments of one registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._phrases = {"en": Phrases(registry, "en"), "zh": Phrases(registry, "zh")}
        self._paraphrases = {"en": Paraphrases(registry, "en"), "zh": Paraphrases(registry, "zh")}

    def read(self, document: Document) -> list[Candidate]:
        """What the document claims: at most one candidate per commitment, target, kind and subject, in registry order."""
        release = hk_day(document.published_at) if document.published_at else document.day
        present = self._present(document)
        if present is None or (release is None and document.form is not Form.BILL_RECORD):
            return []
        found = self._candidates(document, release, present)
        return [c for c in found if self._counts(c, release)]

    def _candidates(self, document: Document, release: date | None, present: frozenset[tuple[str, str]]) -> list[Candidate]:
        if document.form is Form.BILL_RECORD:
            english, chinese = self._phrases["en"], self._phrases["zh"]
            return [*bill_candidates(document, english, chinese, present), *end_candidates(document, english, chinese, present)]
        phrases = self._phrases["zh" if document.language == "zh" else "en"]
        if release is None:
            return []
        if document.form is Form.COUNCIL_AGENDA:
            return list(agenda_candidates(document, document.day or release, phrases, present))
        if document.form in _ROWS:
            return list(_ROWS[document.form](document, phrases, present))
        page = page_of(document, release, phrases, present, self._paraphrases[phrases.language])
        steps = strongest(claims(page))
        return [*steps, *progress(page, steps)]

    def _present(self, document: Document) -> frozenset[tuple[str, str]] | None:
        """The subjects whose required words stand in the document; None where the document names no subject, nor describes one in its headline."""
        languages = ("en", "zh") if document.form is Form.BILL_RECORD else ("zh" if document.language == "zh" else "en",)
        whole = "\n".join((document.headline, *document.paragraphs, *(i.text for i in document.items)))
        hits = [h for language in languages for h in self._phrases[language].find(fold(whole, language).text)]
        present = frozenset(h.phrase.key for h in hits if h.phrase.use is Use.REQUIRED)
        if any(h.phrase.use is Use.NAME and is_possible(h.phrase, present) for h in hits):
            return present
        is_described = document.form is Form.PRESS_RELEASE and self._paraphrases[languages[0]].find(fold(document.headline, languages[0]).text)
        return present if is_described else None

    def _counts(self, candidate: Candidate, release: date | None) -> bool:
        """Whether document and act lie after the promise was made."""
        delivered = self._registry.policy_document(candidate.commitment).delivered_on
        if release and release < delivered:
            return False
        if candidate.occurred_on is None:
            return True
        days: Interval = interval_of(candidate.occurred_on, candidate.precision)
        return days.last >= delivered


def detector(registry: Registry) -> Detector:
    """A detector for this registry."""
    return Detector(registry)
