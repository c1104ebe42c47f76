"""An alert in words: steps just recorded, or one verdict, in the languages of a subscription."""

from collections.abc import Sequence

from milestones.domain.commitments import Registry
from milestones.domain.events import Origin, State
from milestones.domain.milestones import Milestone
from milestones.domain.vocabulary import Vocabulary
from milestones.reports.days import day, figure, stated
from milestones.reports.letter import Item, Letter, Section, mail
from milestones.reports.wording import say
from milestones.services.alerts import carried_by, message_id
from milestones.services.brief import evidence_of
from milestones.services.news import is_chinese
from milestones.services.places import Place, place
from milestones.services.ports import Message
from milestones.services.subscriptions import Subscription
from milestones.services.verdicts import Verdict

SHOWN = 20
"""Steps told one by one."""


def render_steps(steps: Sequence[Milestone], subscription: Subscription, registry: Registry, vocabulary: Vocabulary, *, origin: Origin) -> Message:
    """The mail of some steps; its id is the same for the same events."""
    languages = subscription.language.each
    return mail(
        [_steps(steps, subscription, registry, vocabulary, language) for language in languages],
        subject=_subject({language: _named(steps, registry, vocabulary, language) for language in languages}, origin),
        message_id=message_id(subscription, *carried_by(steps)),
        list_id=subscription.id,
        replica=origin is Origin.REPLICA,
    )


def render_verdict(
    verdict: Verdict, subscription: Subscription, registry: Registry, vocabulary: Vocabulary, *, confirmed: bool, origin: Origin
) -> Message:
    """The mail of one verdict; its id is the same for the same verdict."""
    where = place(registry.by_key[verdict.commitment], verdict.status.target.slug)
    languages = subscription.language.each
    named = {
        language: say("alert.subject_verdict", language, commitment=where.short, status=status_of(verdict, vocabulary, language))
        for language in languages
    }
    return mail(
        [_verdict(verdict, where, subscription, vocabulary, language, confirmed=confirmed) for language in languages],
        subject=_subject(named, origin),
        message_id=message_id(subscription, verdict.key),
        list_id=subscription.id,
        replica=origin is Origin.REPLICA,
    )


def status_of(verdict: Verdict, vocabulary: Vocabulary, language: str) -> str:
    """The status in words, on its basis."""
    basis = verdict.status.basis
    told = vocabulary.statuses[verdict.status.status].of(language)
    return f"{told} ({vocabulary.bases[basis].of(language)})" if basis else told


def _subject(named: dict[str, str], origin: Origin) -> str:
    told = say("alert.both", "en", **named) if len(named) > 1 else next(iter(named.values()))
    return f"{say('mail.facsimiles_subject', next(iter(named)))} {told}" if origin is Origin.REPLICA else told


def _named(steps: Sequence[Milestone], registry: Registry, vocabulary: Vocabulary, language: str) -> str:
    places = list(dict.fromkeys(place(registry.by_key[s.commitment], s.target).short for s in steps))
    if len(steps) > 1:
        return say("alert.subject_more", language, count=len(steps), commitments=", ".join(places[:3]) + (" …" if len(places) > 3 else ""))
    (step,) = steps
    return say("alert.subject", language, commitment=places[0], kind=vocabulary.kinds[step.kind].of(language), day=_when(step, language))


def _when(step: Milestone, language: str) -> str:
    when = stated(step.occurred_on, step.precision, language)
    return say("brief.scheduled", language, day=when) if step.state is State.SCHEDULED else when


def _steps(steps: Sequence[Milestone], subscription: Subscription, registry: Registry, vocabulary: Vocabulary, language: str) -> Letter:
    untold = len(steps) - SHOWN
    more = (say("alert.more", language, count=untold),) if untold > 0 else ()
    items = tuple(_step(s, place(registry.by_key[s.commitment], s.target), vocabulary, language) for s in steps[:SHOWN])
    return Letter(
        language=language,
        title=say("alert.title", language),
        lead=say("alert.lead", language),
        sections=(Section(heading="", items=items),),
        foot=(*more, say("alert.foot", language, id=subscription.id), say("frame.unaffiliated", language)),
    )


def _step(step: Milestone, where: Place, vocabulary: Vocabulary, language: str) -> Item:
    evidence = evidence_of(step)
    said = evidence.said(language)
    other = bool(said and said.quote and is_chinese(said.quote) is not (language == "zh"))
    notes = [where.target(language), say("frame.only_english" if language == "zh" else "frame.only_chinese", language) if other else ""]
    figures = [figure(f, vocabulary.units, language) for f in evidence.figures]
    return Item(
        title=f"{where.short} {where.title(language)}",
        lines=("; ".join([say("alert.step", language, kind=vocabulary.kinds[step.kind].of(language), day=_when(step, language)), *figures]),),
        quote=said.quote if said else "",
        quote_language="zh-HK" if said and is_chinese(said.quote) else "en",
        url=said.url if said else "",
        notes=tuple(n for n in notes if n),
    )


def _verdict(verdict: Verdict, where: Place, subscription: Subscription, vocabulary: Vocabulary, language: str, *, confirmed: bool) -> Letter:
    status = verdict.status
    lines = [say("alert.state", language, status=status_of(verdict, vocabulary, language))]
    if status.target.deadline.interval:
        last = day(status.target.deadline.interval.last, language)
        lines.append(say("alert.deadline", language, printed=status.target.deadline.printed, day=last))
    if status.slippage_days:
        lines.append(say("brief.days_late", language, days=status.slippage_days))
    about = Item(title=f"{where.short} {where.title(language)}", lines=tuple(lines), notes=tuple(n for n in (where.target(language),) if n))
    items = [about, *(_step(m, where, vocabulary, language) for m in status.decided_by)]
    return Letter(
        language=language,
        title=say("alert.title_verdict", language),
        lead=say("alert.lead_verdict" if confirmed else "alert.lead_unconfirmed", language),
        sections=(Section(heading="", items=tuple(items)),),
        foot=(say("alert.foot", language, id=subscription.id), say("frame.unaffiliated", language)),
    )
