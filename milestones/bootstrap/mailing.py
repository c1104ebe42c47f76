"""Mails that go out by themselves: corrections, alerts, and what the operators are told. One that cannot be handed over holds up no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from milestones.bootstrap.monitor import PRODUCER, Monitor
from milestones.bootstrap.reporting import Delivery, Reporting
from milestones.bootstrap.verdicts import Verdicts
from milestones.domain.dates import hk_day
from milestones.domain.errors import DeliveryError
from milestones.domain.events import Draft
from milestones.domain.milestones import fold
from milestones.reports import alert, correction
from milestones.reports import operators as operators_mail
from milestones.services import alerts, corrections_mail, operators
from milestones.services.corrections_mail import Owed
from milestones.services.issued import Issued, all_issued, report_issued
from milestones.services.operators import OPERATORS, RECENT_DAYS, Duties
from milestones.services.ports import Message, Post
from milestones.services.sending import RETRY_DAYS, PostRoom, resume, send
from milestones.services.subscriptions import Language, Subscription

KINDS = (corrections_mail.KIND, alerts.KIND, operators.KIND)


@dataclass(frozen=True)
class Mailing:
    """What a monitor mails without being asked."""

    monitor: Monitor

    def send(self, post: Post, *, run_id: str) -> list[Delivery]:
        """Finishes what was begun, then sends the corrections that are owed and the alerts that are due. What became of each, in one line.

        Raises SettingsError where the file of subscriptions is wrong.
        """
        room = Reporting(self.monitor).room(post, run_id=run_id)
        return [*self._resume(room), *self._correct(room), *self._alert(room)]

    def duties(self) -> Duties:
        """What the operators are to be told now."""
        monitor, now = self.monitor, self.monitor.clock()
        today = hk_day(now)
        knowledge, statuses = monitor.statuses(on=today)
        held, longest = monitor.page_reads.waiting(1)
        return Duties(
            on=today,
            origin=monitor.origin,
            verdicts=tuple(Verdicts(monitor).waiting()),
            held=held,
            oldest=longest[0].held_at if longest else None,
            unsaid=len(monitor.ledger.unsaid()),
            unconfirmed=tuple(monitor.unconfirmed()),
            trouble=tuple(monitor.in_trouble(statuses)),
            failing=tuple(monitor.page_reads.failing()),
            backlog=operators.backlog(monitor.source_facts(now)),
            quarantine=operators.set_aside(monitor.captures.quarantined(), since=now - timedelta(days=RECENT_DAYS)),
            due=operators.worksheet(statuses, knowledge.milestones, monitor.last_sittings(knowledge, statuses, today), today),
        )

    def operators(self, language: str) -> Message:
        """The operators' mail as it would be now."""
        return operators_mail.render(self.duties(), self.monitor.vocabulary, language)

    def send_operators(self, post: Post, addresses: Sequence[str], *, run_id: str, language: str = "en") -> Delivery:
        """Sends the operators' mail, once a day, and none where nothing is to be done."""
        duties = self.duties()
        if duties.empty:
            return Delivery(line="operators: no mail, because nothing is to be done")
        message = operators_mail.render(duties, self.monitor.vocabulary, language)
        if message.message_id in {m.message_id for m in all_issued(self.monitor.ledger.read())}:
            return Delivery(line="operators: the mail of this day was sent already")
        room = Reporting(self.monitor).room(post, run_id=run_id)
        return self._send(message, room, kind=operators.KIND, subscription=OPERATORS, events=(), addresses=addresses)

    def _resume(self, room: PostRoom) -> list[Delivery]:
        """The bytes that were archived, to those who are not recorded as having got them."""
        since = hk_day(self.monitor.clock()) - timedelta(days=RETRY_DAYS)
        begun = [m for m in all_issued(self.monitor.ledger.read()) if m.kind in KINDS and m.last_day >= since and (m.remaining or not m.sent)]
        known = [p.address for p in self.monitor.people.all() if p.address]
        subscribed = {s.id: s.to for s in Reporting(self.monitor).subscriptions.all}
        return [_tried(m.subscription, _resuming(m, room, subscribed.get(m.subscription, ()) if m.kind == alerts.KIND else known)) for m in begun]

    def _correct(self, room: PostRoom) -> list[Delivery]:
        events = self.monitor.ledger.read()
        today = hk_day(self.monitor.clock())
        return [self._send_correction(o, room) for o in corrections_mail.owed(events, all_issued(events), self.monitor.registry, on=today)]

    def _send_correction(self, owed: Owed, room: PostRoom) -> Delivery:
        message = correction.render(owed, self.monitor.vocabulary, self._languages(owed.subscriptions), origin=self.monitor.origin)
        known = [p for r in owed.readers if (p := self.monitor.people.find(r))]
        return self._send(
            message,
            room,
            kind=corrections_mail.KIND,
            subscription=owed.subscriptions[0],
            events=owed.events,
            addresses=[p.address for p in known if p.address],
        )

    def _alert(self, room: PostRoom) -> list[Delivery]:
        wanted = [s for s in Reporting(self.monitor).subscriptions.all if s.alerts or s.verdicts]
        if not wanted:
            return []
        monitor, events = self.monitor, self.monitor.ledger.read()
        known, mails = fold(events), all_issued(events)
        confirmed = Verdicts(monitor).to_be_told() if any(s.verdicts for s in wanted) else []
        done = []
        for subscription in wanted:
            own = [m for m in mails if m.subscription == subscription.id]
            today = hk_day(monitor.clock())
            steps = alerts.steps_due(subscription, known.milestones, events, own, monitor.registry, on=today)
            if steps:
                message = alert.render_steps(steps, subscription, monitor.registry, monitor.vocabulary, origin=monitor.origin)
                done.append(self._send_alert(message, subscription, alerts.carried_by(steps), room))
            for verdict in alerts.verdicts_due(subscription, confirmed, own, monitor.registry):
                message = alert.render_verdict(
                    verdict,
                    subscription,
                    monitor.registry,
                    monitor.vocabulary,
                    confirmed=monitor.settings.confirm_verdicts,
                    origin=monitor.origin,
                )
                done.append(self._send_alert(message, subscription, verdict.events, room))
        return done

    def _send_alert(self, message: Message, subscription: Subscription, events: Sequence[UUID], room: PostRoom) -> Delivery:
        return self._send(message, room, kind=alerts.KIND, subscription=subscription.id, events=events, addresses=subscription.to)

    def _send(self, message: Message, room: PostRoom, *, kind: str, subscription: str, events: Sequence[UUID], addresses: Sequence[str]) -> Delivery:
        now, position = self.monitor.clock(), self.monitor.ledger.head()[0]

        def issue(mail: str, readers: Sequence[str]) -> Draft:
            return report_issued(
                kind,
                message,
                subscription=subscription,
                first_day=hk_day(now),
                last_day=hk_day(now),
                position=position,
                generated_at=now,
                events=events,
                mail=mail,
                readers=readers,
                producer=PRODUCER,
                run_id=room.run_id,
            )

        return _tried(subscription, lambda: send(message, issue, room, kind=kind, subscription=subscription, addresses=addresses).line())

    def _languages(self, subscriptions: Sequence[str]) -> tuple[str, ...]:
        """Of those by which the wrong line came; both where one is not in the file any more."""
        there = {s.id: s.language for s in Reporting(self.monitor).subscriptions.all}
        wanted = {language for s in subscriptions for language in there.get(s, Language.BOTH).each}
        return tuple(language for language in ("en", "zh") if language in wanted)


def _resuming(mail: Issued, room: PostRoom, addresses: Sequence[str]) -> Callable[[], str]:
    def step() -> str:
        done = resume(mail, room, addresses=addresses)
        return done.line() if done else f"{mail.subscription}: nobody is left who should get what was begun"

    return step


def _tried(subscription: str, step: Callable[[], str]) -> Delivery:
    try:
        return Delivery(line=step(), sent=True)
    except DeliveryError as error:
        return Delivery(line=f"{subscription}: {error}", sent=bool(error.handed_over), failed=True)
