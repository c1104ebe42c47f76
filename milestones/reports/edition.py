"""A digest in one language: every line as a mail shows it, with its words chosen and its scraped text bounded.

Templates lay these lines out and choose no words of their own, so that HTML and text, English and Chinese, cannot tell different things.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from milestones.domain.commitments import DeadlineKind
from milestones.domain.status import Basis, Status
from milestones.domain.vocabulary import Vocabulary
from milestones.reports import days, words
from milestones.reports.wording import say
from milestones.services.digest import Changed, Counts, Digest, Later, Passed, Step, Updates
from milestones.services.news import is_chinese
from milestones.services.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of the counts: `share` is its part of all, in hundredths of the bar's width."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of a document in their language (`lang` as HTML names it), its address, and a mark where the reader's language has none."""

    quote: str
    lang: str
    url: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """One line of what lies ahead: a step on a definite day, or the last day of a deadline that several targets may share."""

    day: date
    what: str
    places: tuple[Place, ...]
    url: str = ""
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A digest, the vocabulary and a language. `shown` is how many milestones are told one by one."""

    digest: Digest
    vocabulary: Vocabulary
    language: str
    shown: int

    @property
    def lang(self) -> str:
        """The language as HTML names it."""
        return "zh-HK" if self.language == "zh" else "en"

    def t(self, name: str, **values: object) -> str:
        """A text of words/mail.toml."""
        return say(f"mail.{name}", self.language, **values)

    def n(self, name: str, number: int, **values: object) -> str:
        """A text that counts: `name_one` or `name_many`."""
        return self.t(f"{name}_one" if number == 1 else f"{name}_many", n=f"{number:,}", **values)

    def day(self, value: date | None) -> str:
        return days.day(value, self.language)

    @property
    def period(self) -> str:
        first, last = self.digest.period.first, self.digest.period.last
        return self._period_zh(first, last) if self.language == "zh" else words.period(self.digest.period)

    def kind(self, step: Step) -> str:
        return self.vocabulary.kinds[step.kind].of(self.language)

    def told(self, step: Step) -> str:
        """Kind, day and figures in one line."""
        comma, semicolon = ("，", "；") if self.language == "zh" else (", ", "; ")
        day = days.stated(step.occurred_on, step.precision, self.language)
        figures = [days.figure(f, self.vocabulary.units, self.language) for f in step.figures]
        return semicolon.join([f"{self.kind(step)}{comma}{day}", *figures])

    def said(self, step: Step) -> Said:
        """The words of a document in the reader's language where there is one."""
        if self.language == "zh" and step.quote_zh:
            return Said(quote=step.quote_zh, lang="zh-HK", url=step.url_zh, mark="")
        other = is_chinese(step.quote) != (self.language == "zh")
        mark = self.t("only_zh" if is_chinese(step.quote) else "only_en") if other and step.quote else ""
        return Said(quote=step.quote, lang="zh-HK" if is_chinese(step.quote) else "en", url=step.url, mark=mark)

    def updated(self, updates: Updates) -> str:
        """How many updates, and the day of the last."""
        latest = updates.latest
        return self.n("updates", updates.count, day=days.stated(latest.occurred_on, latest.precision, self.language))

    def found(self, updates: Updates) -> str:
        """How many milestones of earlier days, and the last of them."""
        latest = updates.latest
        return self.n("earlier", updates.count, kind=self.kind(latest), day=days.stated(latest.occurred_on, latest.precision, self.language))

    def turn(self, changed: Changed) -> tuple[str, str, str]:
        """The old status, the new one, and why it changed where no event did it."""
        statuses = self.vocabulary.statuses
        after = self._passed(changed.basis) if changed.basis else statuses[changed.after].of(self.language)
        return statuses[changed.before].of(self.language), after, self.t(f"cause_{changed.cause}")

    def passed(self, passed: Passed) -> str:
        """The deadline as printed, the days since, and the basis."""
        basis = self.vocabulary.bases[passed.basis].of(self.language) if passed.basis else ""
        return self.n("passed", passed.days, printed=passed.printed, deadline=self.day(passed.deadline), basis=basis)

    def moved(self, later: Later) -> str:
        """The original date and the later one."""
        revised = days.stated(later.revised, later.precision, self.language)
        return self.t("later_line", printed=later.printed, deadline=self.day(later.deadline), by=later.said_by, revised=revised)

    @property
    def bars(self) -> list[Bar]:
        """The counts of the targets with a date."""
        counts: Counts = self.digest.counts
        statuses = self.vocabulary.statuses
        lines = [
            (statuses[Status.MET].of(self.language), counts.met),
            (statuses[Status.MET_LATE].of(self.language), counts.met_late),
            (self._passed(Basis.STATED_BY_GOVERNMENT), counts.passed_stated),
            (self._passed(Basis.NO_COMPLETION_FOUND), counts.passed_not_found),
            (statuses[Status.UNKNOWN].of(self.language), counts.unknown),
            (self.t("open"), counts.open),
            (self.t("ended"), counts.ended),
        ]
        return [Bar(label=label, count=number, share=round(100 * number / counts.total) if counts.total else 0) for label, number in lines]

    @property
    def promises(self) -> list[tuple[Place, list[Step]]]:
        """The steps that are told one by one, under their commitment; they come in document order."""
        groups = [list(group) for _, group in groupby(self.digest.happened[: self.shown], key=lambda s: s.place.commitment)]
        return [(group[0].place, group) for group in groups]

    @property
    def untold(self) -> int:
        """How many steps are not."""
        return max(0, len(self.digest.happened) - self.shown)

    @property
    def unknown(self) -> list[tuple[str, list[Passed]]]:
        """Targets that cannot be judged, together with those that the same sources would settle."""
        groups: dict[str, list[Passed]] = {}
        for target in self.digest.unknown:
            groups.setdefault(", ".join(target.unread), []).append(target)
        return list(groups.items())

    @property
    def ahead(self) -> list[Ahead]:
        """Scheduled steps and deadlines in one list, by day."""
        digest = self.digest
        steps = [
            Ahead(day=s.occurred_on, what=self._announced(s), places=(s.place,), url=self.said(s).url, fresh=s.fresh)
            for s in digest.scheduled
            if s.occurred_on
        ]
        shared: dict[tuple[date, str, bool], list[Place]] = {}
        for due in digest.due:
            lead = self.t("due_by") if due.kind is DeadlineKind.BY else self.t("due_from", printed=due.printed)
            separator = "；" if self.language == "zh" else "; "
            what = f"{lead}{separator}{self.vocabulary.statuses[due.status].of(self.language)}"
            shared.setdefault((due.deadline, what, due.fresh and not digest.first), []).append(due.place)
        for sitting in digest.last_sittings:
            shared.setdefault((sitting.day, self.t("last_sitting"), False), []).append(sitting.place)
        deadlines = [Ahead(day=day, what=what, places=tuple(places), fresh=fresh) for (day, what, fresh), places in shared.items()]
        return sorted([*steps, *deadlines], key=lambda line: line.day)

    def _period_zh(self, first: date, last: date) -> str:
        if first == last:
            return self.day(last)
        year, month = f"{last.year}年" * (first.year != last.year), f"{last.month}月" * ((first.year, first.month) != (last.year, last.month))
        return f"{self.day(first)}至{year}{month}{last.day}日"

    def _announced(self, step: Step) -> str:
        kind, passed = self.kind(step), step.occurred_on and step.occurred_on < self.digest.period.last
        return f"{kind} ({self.vocabulary.statuses[Status.UNCONFIRMED].of(self.language)})" if passed else kind

    def _passed(self, basis: Basis) -> str:
        return self.t("passed_on_basis", basis=self.vocabulary.bases[basis].of(self.language))


def subject(e: Edition) -> str:
    """What is new, counted; and how many sources were not fully read."""
    digest = e.digest
    known = len(digest.happened) + sum(u.count for u in digest.updates + digest.earlier)
    ahead = digest.dates_in_sight
    parts = [
        ("subject_milestones", known),
        ("subject_changes", len(digest.changed)),
        ("subject_corrections", len(digest.corrections)),
        ("subject_doubts", len(digest.doubts)),
    ]
    told = [e.n(name, number) for name, number in parts if number] or ([e.n("subject_days", ahead)] if ahead else [e.t("subject_quiet")])
    unread = e.n("subject_unread", len(digest.unread)) if digest.unread else ""
    return e.t("subject", period=e.period, told=("、" if e.language == "zh" else ", ").join(told) + unread)
