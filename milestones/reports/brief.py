"""A brief in words: one printable page, in English or Chinese, as HTML and as text.

Labels come from the vocabulary, all other words from words/brief.toml. Nothing is loaded from elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from milestones.domain.commitments import Commitment, Completion, DeadlineKind, Joined, Quantity
from milestones.domain.events import Kind, Origin, State
from milestones.domain.flips import Flip
from milestones.domain.status import MET, SETTLED, Status
from milestones.domain.vocabulary import Vocabulary
from milestones.reports.days import day, figure, stated
from milestones.reports.templating import environment
from milestones.reports.wording import say
from milestones.services.brief import Brief, Evidence, Reading, Standing
from milestones.services.news import is_chinese

SHOWN = 8
"""Steps told one by one, so that it stays about a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A brief as it is printed, and as text."""

    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Pen:
    """What is written in one language about one commitment."""

    commitment: Commitment
    vocabulary: Vocabulary
    language: str

    def title(self, slug: str) -> str:
        """The target's title; empty for the context."""
        found = [t.title_zh if self.language == "zh" else t.title_en for t in self.commitment.targets if t.slug == slug]
        return found[0] if found else ""

    def state(self, standing: Standing) -> str:
        """The status, on its basis."""
        basis = standing.status.basis
        return self._status(standing.status.status) + (f" ({self.vocabulary.bases[basis].of(self.language)})" if basis else "")

    def facts(self, standing: Standing) -> list[str]:
        """What stands beside the status, a line each."""
        status, target, lang = standing.status, standing.status.target, self.language
        interval = target.deadline.interval
        lines = [say("brief.no_deadline", lang)]
        if interval and target.deadline.kind is DeadlineKind.BY:
            lines = [say("brief.deadline", lang, printed=target.deadline.printed, day=day(interval.last, lang))]
        elif interval:
            lines = [say("brief.start", lang, printed=target.deadline.printed, first=day(interval.first, lang), last=day(interval.last, lang))]
        if status.occurred_on and status.precision:
            kind = self.vocabulary.kinds[status.decided_by[0].kind].of(lang) if status.decided_by else self.state(standing)
            lines.append(say("brief.done_on", lang, kind=kind, day=stated(status.occurred_on, status.precision, lang)))
        if status.slippage_days:
            lines.append(say("brief.days_late", lang, days=status.slippage_days))
        if status.straddles:
            lines.append(say("brief.straddles", lang))
        if status.revised:
            lines.append(say("brief.revised", lang, day=stated(status.revised.day, status.revised.precision, lang), by=status.revised.said_by))
        if status.start_not_found:
            lines.append(say("brief.start_missing", lang))
        if standing.last_sitting:
            lines.append(say("brief.last_sitting", lang, day=day(standing.last_sitting, lang)))
        return lines

    def missing(self, standing: Standing) -> list[str]:
        """What no document tells of an open target, and which sources were not read."""
        status, title = standing.status, self.title(standing.status.target.slug)
        done = next((f for f in standing.flips if f.to in MET), None)
        lines = []
        if done:
            joined = "brief.not_found_all" if done.joined is Joined.ALL or len(done.steps) == 1 else "brief.not_found_any"
            steps = ("；" if self.language == "zh" else "; ").join(self._steps(done))
            lines = [say(joined, self.language, target=title, steps=steps)]
        if status.unread:
            lines.append(say("brief.unread", self.language, target=title, sources=", ".join(status.unread)))
        return lines

    def changes(self, standing: Standing) -> list[str]:
        """What would change the status of a target, a line each."""
        return [self._flip(f) for f in standing.flips] or [
            say("brief.nothing_changes", self.language, target=self.title(standing.status.target.slug))
        ]

    def step(self, evidence: Evidence) -> dict[str, object]:
        """One step as the templates show it."""
        lang, said = self.language, evidence.said(self.language)
        when = stated(evidence.occurred_on, evidence.precision, lang)
        notes = [self.title(evidence.target) or say("brief.bears", lang), self.documents(evidence.documents)]
        if said and said.published_on:
            notes.append(say("brief.published", lang, day=day(said.published_on, lang)))
        if said and said.quote and is_chinese(said.quote) is not (lang == "zh"):
            notes.append(say("frame.only_english" if lang == "zh" else "frame.only_chinese", lang))
        return {
            "kind": self.vocabulary.kinds[evidence.kind].of(lang),
            "when": say("brief.scheduled", lang, day=when) if evidence.state is State.SCHEDULED else when,
            "figures": [figure(f, self.vocabulary.units, lang) for f in evidence.figures],
            "quote": said.quote if said else "",
            "quote_language": "zh-HK" if said and is_chinese(said.quote) else "en",
            "headline": said.headline if said else "",
            "url": said.url if said else "",
            "notes": notes,
        }

    def documents(self, number: int) -> str:
        """`2 documents`."""
        return say("brief.one_document", self.language) if number == 1 else say("brief.documents", self.language, count=number)

    def reading(self, reading: Reading) -> str:
        """How far a source was read."""
        name = "read_until" if reading.days and reading.read == reading.days else "read_gaps" if reading.until else "read_none"
        line = say(f"brief.{name}", self.language, source=reading.source, day=day(reading.until, self.language), read=reading.read, days=reading.days)
        return f"{line}; {reading.note}" if reading.note else line

    def _status(self, status: Status) -> str:
        return self.vocabulary.statuses[status].of(self.language)

    def _flip(self, flip: Flip) -> str:
        steps = say("brief.all" if flip.joined is Joined.ALL else "brief.any", self.language).join(self._steps(flip))
        if flip.basis:
            basis = self.vocabulary.bases[flip.basis].of(self.language)
            return say("brief.flip_basis", self.language, steps=steps, status=self._status(flip.to), basis=basis)
        line = say("brief.flip", self.language, steps=steps, status=self._status(flip.to))
        return line + (say("brief.in_time", self.language, day=day(flip.in_time_until, self.language)) if flip.in_time_until else "")

    def _steps(self, flip: Flip) -> list[str]:
        """Each step; those of one subject in one where any of them does."""
        if flip.joined is Joined.ALL:
            return [self._wanted([s], flip.quantity) for s in flip.steps]
        subjects = dict.fromkeys((s.subject, s.kind is Kind.PROGRESS_REPORTED) for s in flip.steps)
        return [self._wanted([s for s in flip.steps if (s.subject, s.kind is Kind.PROGRESS_REPORTED) == one], flip.quantity) for one in subjects]

    def _wanted(self, steps: Sequence[Completion], quantity: Quantity | None) -> str:
        first = steps[0]
        if first.kind is Kind.PROGRESS_REPORTED and quantity:
            unit = self.vocabulary.units[quantity.unit].of(self.language) if quantity.unit in self.vocabulary.units else quantity.unit
            basis = say(f"brief.{quantity.basis}", self.language)
            return say("brief.reaches", self.language, value=f"{quantity.value:,}", unit=unit, basis=basis)
        subject = next((s for s in self.commitment.subjects if s.slug == first.subject), None)
        names = (subject.names_zh if self.language == "zh" else subject.names_en) if subject else ()
        kinds = say("brief.kinds", self.language).join(self.vocabulary.kinds[s.kind].of(self.language) for s in steps)
        return say("brief.step", self.language, kind=kinds, subject=(*names, first.subject)[0])


def render(told: Brief, vocabulary: Vocabulary, language: str) -> Page:
    """The brief in `en` or `zh`. The same values give the same bytes."""
    pen, commitment = Pen(told.commitment, vocabulary, language), told.commitment
    zh = language == "zh"
    missing = [line for s in told.standings for line in pen.missing(s)]
    settled = all(s.status.status in SETTLED for s in told.standings)
    met, of = sum(s.status.status in MET for s in told.standings), sum(s.status.target.can_be_met for s in told.standings)
    shown = {
        "short": commitment.short,
        "key": commitment.key,
        "title": commitment.title_zh if zh else commitment.title_en,
        "description": commitment.description_zh if zh else commitment.description_en,
        "promised_in": say(
            "brief.promised_in",
            language,
            document=told.document.title_zh if zh else told.document.title_en,
            day=day(told.document.delivered_on, language),
            section=commitment.section_zh if zh else commitment.section_en,
            heading=commitment.heading_zh if zh else commitment.heading_en,
        ),
        "bureaux": [vocabulary.bureaux[b].of(language) if b in vocabulary.bureaux else b for b in commitment.bureaux],
        "as_of": say("brief.as_of", language, day=day(told.on, language)),
        "met_of": say("brief.met_of", language, met=met, of=of) if of else say("brief.continues", language),
        "targets": [(pen.title(s.status.target.slug), pen.state(s), pen.facts(s)) for s in told.standings],
        "missing": missing or [say("brief.nothing_missing" if settled else "brief.never_completes", language)],
        "changes": [(pen.title(s.status.target.slug), pen.changes(s)) for s in told.standings],
        "steps": [pen.step(e) for e in told.evidence[:SHOWN]],
        "more": max(0, len(told.evidence) - SHOWN),
        "latest": pen.step(told.latest) if told.latest else None,
        "readings": [pen.reading(r) for r in told.readings],
        "checkpoint": str(told.checkpoint).splitlines(),
        "replica": told.origin is Origin.REPLICA,
    }
    return Page(
        html=environment(language, html=True).get_template("brief.html.jinja").render(shown),
        text=environment(language, html=False).get_template("brief.txt.jinja").render(shown),
    )
