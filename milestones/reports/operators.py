"""The operators' mail in words."""

from milestones.domain.dates import hk_day
from milestones.domain.events import Origin
from milestones.domain.vocabulary import Vocabulary
from milestones.reports.alert import status_of
from milestones.reports.brief import Pen
from milestones.reports.days import day
from milestones.reports.letter import Item, Letter, Section, mail
from milestones.reports.wording import say
from milestones.services.deadlines import SOON_DAYS
from milestones.services.operators import KIND, RECENT_DAYS, Due, Duties
from milestones.services.ports import Message


def message_id(duties: Duties) -> str:
    """One mail a day."""
    return f"<{KIND}.{duties.on:%Y%m%d}@milestone-monitor>"


def render(duties: Duties, vocabulary: Vocabulary, language: str) -> Message:
    """The mail, in `en` or `zh`."""
    told = day(duties.on, language)
    banner = say("mail.facsimiles_subject", language) + " " if duties.origin is Origin.REPLICA else ""
    letter = Letter(
        language=language,
        title=say("operators.title", language, day=told),
        lead="",
        sections=tuple(s for s in _sections(duties, vocabulary, language) if s.items),
        foot=(say("operators.foot", language),),
    )
    subject = banner + say("operators.subject", language, day=told, count=duties.count)
    return mail([letter], subject=subject, message_id=message_id(duties), replica=duties.origin is Origin.REPLICA)


def _sections(duties: Duties, vocabulary: Vocabulary, language: str) -> list[Section]:
    def section(name: str, *items: Item, **values: object) -> Section:
        return Section(heading=say(f"operators.{name}", language, **values), items=items)

    kinds = {u.milestone: vocabulary.kinds[u.milestone.kind].of(language) for u in duties.unconfirmed}
    return [
        section("verdicts", *_verdicts(duties, vocabulary, language)),
        section("review", *_review(duties, language)),
        section(
            "unconfirmed",
            *(
                Item(
                    title=u.milestone.commitment,
                    lines=(say("operators.announced", language, kind=kinds[u.milestone], day=day(u.day, language)),),
                    url=u.pages[0] if u.pages else "",
                )
                for u in duties.unconfirmed
            ),
        ),
        section("trouble", *(Item(title=t.source, lines=(t.line(),)) for t in duties.trouble)),
        section("failing", *(Item(title=f"{c.source}: {c.canary}", lines=(c.detail,)) for c in duties.failing)),
        section("backlog", *(Item(title=s, lines=(say("operators.documents", language, count=n),)) for s, n in duties.backlog)),
        section(
            "quarantine",
            *(
                Item(title=q.source, lines=(say("operators.pages", language, count=q.pages, stage=q.stage, reason=q.reason),))
                for q in duties.quarantine
            ),
            days=RECENT_DAYS,
        ),
        section("due", *(_due(d, duties, vocabulary, language) for d in duties.due), days=SOON_DAYS),
    ]


def _verdicts(duties: Duties, vocabulary: Vocabulary, language: str) -> list[Item]:
    return [
        Item(
            title=v.name,
            lines=(
                say(
                    "operators.verdict",
                    language,
                    status=status_of(v, vocabulary, language),
                    day=day(v.day, language),
                    days=(duties.on - v.since).days,
                ),
            ),
            notes=(say("operators.verdict_how", language, target=v.name),),
        )
        for v in duties.verdicts
    ]


def _review(duties: Duties, language: str) -> list[Item]:
    how = (say("operators.review_how", language),)
    found = []
    if duties.held and duties.oldest:
        days = (duties.on - hk_day(duties.oldest)).days
        found.append(Item(title=say("operators.held", language, count=duties.held, days=days), notes=how))
    if duties.unsaid:
        found.append(Item(title=say("operators.unsaid", language, count=duties.unsaid), notes=how))
    return found


def _due(due: Due, duties: Duties, vocabulary: Vocabulary, language: str) -> Item:
    pen = Pen(due.commitment, vocabulary, language)
    when = say("operators.due_in", language, day=day(due.last, language), days=(due.last - duties.on).days, status=pen.state(due.standing))
    sitting = due.standing.last_sitting
    return Item(
        title=f"{due.commitment.short} {pen.title(due.standing.status.target.slug)}",
        lines=(when, *pen.missing(due.standing), *((say("brief.last_sitting", language, day=day(sitting, language)),) if sitting else ())),
        notes=(say("operators.due_how", language, commitment=due.commitment.short),),
    )
