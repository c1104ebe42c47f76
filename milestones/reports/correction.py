"""A correction in words: the old line and the new one, in the languages of those who got the old one."""

from collections.abc import Sequence

from milestones.domain.events import Origin, State
from milestones.domain.ledger import digest
from milestones.domain.vocabulary import Vocabulary
from milestones.reports.days import day, figure, stated
from milestones.reports.letter import Item, Letter, Section, mail
from milestones.reports.wording import say
from milestones.services.corrections_mail import KIND, Corrected, Owed
from milestones.services.digest import Step
from milestones.services.ports import Message

SHOWN = 40
"""Lines told one by one; a reading by other rules can change many at once."""


def render(owed: Owed, vocabulary: Vocabulary, languages: Sequence[str], *, origin: Origin) -> Message:
    """The mail of what some readers are owed. Its id is the same for the same lines to the same readers."""
    first = owed.lines[0]
    named = f"{first.line.before.place.short} {vocabulary.kinds[first.line.before.kind].of(languages[0])}"
    what = named if len(owed.lines) == 1 else say("correction.subject_more", languages[0], count=len(owed.lines))
    subject = say("correction.subject", languages[0], what=what)
    if len(languages) > 1:
        subject = say("correction.both", "zh", subject=subject)
    banner = say("mail.facsimiles_subject", languages[0]) + " " if origin is Origin.REPLICA else ""
    return mail(
        [_letter(owed, vocabulary, language) for language in languages],
        subject=banner + subject,
        message_id=f"<{KIND}.{digest(*owed.readers, *map(str, owed.events))[:32]}@milestone-monitor>",
        replica=origin is Origin.REPLICA,
    )


def _letter(owed: Owed, vocabulary: Vocabulary, language: str) -> Letter:
    items = tuple(_item(c, vocabulary, language) for c in owed.lines[:SHOWN])
    untold = len(owed.lines) - SHOWN
    more = (say("correction.more", language, count=untold),) if untold > 0 else ()
    return Letter(
        language=language,
        title=say("correction.title", language),
        lead=say("correction.lead", language),
        sections=(Section(heading="", items=items),),
        foot=(*more, say("correction.foot", language), say("frame.unaffiliated", language)),
    )


def _item(corrected: Corrected, vocabulary: Vocabulary, language: str) -> Item:
    before, after = corrected.line.before, corrected.line.after
    days = ", ".join(day(d, language) for d in corrected.told_on)
    notes = [say("correction.told_on", language, days=days)]
    if corrected.reason:
        notes.append(say("correction.why", language, reason=corrected.reason))
    new = line_of(after, vocabulary, language) if after else say("correction.withdrawn", language)
    shown = after or before
    return Item(
        title=f"{before.place.short} {before.place.title(language)}",
        lines=(
            say("correction.before", language, told=line_of(before, vocabulary, language)),
            say("correction.now", language, told=new),
        ),
        url=(shown.url_zh or shown.url) if language == "zh" else shown.url,
        notes=tuple(notes),
    )


def line_of(step: Step, vocabulary: Vocabulary, language: str) -> str:
    """A step in one line: its target, what, when and which figures."""
    when = stated(step.occurred_on, step.precision, language)
    if step.state is State.SCHEDULED:
        when = say("brief.scheduled", language, day=when)
    parts = [f"{vocabulary.kinds[step.kind].of(language)}, {when}", *(figure(f, vocabulary.units, language) for f in step.figures)]
    told = "; ".join(parts)
    target = step.place.target(language)
    return f"{told} ({target})" if target else told
