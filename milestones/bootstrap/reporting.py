"""Reports by mail: who wants which, what the next one says, and sending what is due.

A subscription that goes wrong holds up no other; what could not be handed over is told at the end.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

from milestones.adapters.calendar import is_working_day
from milestones.adapters.mail import outbox
from milestones.adapters.mime import drawn, kept
from milestones.adapters.subscription_files import read_subscriptions
from milestones.bootstrap.evidence import Evidence
from milestones.bootstrap.monitor import PRODUCER, Monitor
from milestones.domain.dates import hk_day
from milestones.domain.errors import DeliveryError
from milestones.domain.events import Draft
from milestones.domain.status import scoreboard
from milestones.reports.digest import render
from milestones.services.digest import Digest
from milestones.services.issued import DIGEST, issued_draft, issued_to
from milestones.services.ports import Message, Post
from milestones.services.report import digest
from milestones.services.sending import PostRoom, SendSummary, resume, send, unfinished
from milestones.services.since import compared, last_told
from milestones.services.subscriptions import Subscription, Subscriptions

OUTBOX_SENDER = "Milestone Monitor <milestone-monitor@localhost>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of a subscription's digest, in one line; `failed` where somebody did not get it, `sent` where somebody did."""

    line: str
    sent: bool = False
    failed: bool = False


@dataclass(frozen=True)
class Reporting:
    """The reports of a monitor."""

    monitor: Monitor

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """Who is told what. Raises SettingsError where the file is wrong."""
        settings = self.monitor.settings
        return read_subscriptions(settings.subscriptions, self.monitor.registry, default_to=settings.report_to)

    def outbox(self) -> Post:
        """A Post into the outbox folder under home."""
        return outbox(self.monitor.settings.home / "outbox", sender=OUTBOX_SENDER, clock=self.monitor.clock, unsubscribe=self.subscriptions.contact)

    def room(self, post: Post, *, run_id: str) -> PostRoom:
        """All that sending takes."""
        monitor = self.monitor
        return PostRoom(
            post=post,
            ledger=monitor.ledger,
            archive=monitor.archive,
            people=monitor.people,
            keep=kept,
            draw=drawn,
            clock=monitor.clock,
            producer=PRODUCER,
            run_id=run_id,
        )

    def digest(self, subscription: Subscription) -> tuple[Digest, Message]:
        """The next digest of a subscription, as values and as a mail."""
        monitor, now = self.monitor, self.monitor.clock()
        views = compared(monitor.ledger.read(), monitor.coverage(), is_working_day, subscription=subscription, today=hk_day(now))
        statuses = scoreboard(monitor.registry, views.now)
        told = digest(
            monitor.registry,
            since=views.since,
            reread=views.reread,
            now=views.now,
            generated_at=now,
            origin=monitor.origin,
            unread={t.source: t.line() for t in monitor.in_trouble(statuses)},
            head=views.head,
            last_sittings=monitor.last_sittings(views.now.knowledge, statuses, hk_day(now)),
            carried=views.carried,
            unread_before=views.unread_before,
            touched=views.touched,
            subscription=subscription,
        )
        return told, render(told, monitor.vocabulary, note=Evidence(monitor).checkpoint())

    def send_due(self, post: Post, *, run_id: str, looked_on: date | None = None, only: Subscription | None = None) -> list[Delivery]:
        """Sends the digest of each subscription for which a day has come since it was last sent or `looked_on`; `only` of one, due or not."""
        room = self.room(post, run_id=run_id)
        wanted = (only,) if only else self.subscriptions.all
        return [done for subscription in wanted for done in self._deliver(subscription, room, looked_on, asked=only is not None)]

    def planned(self, *, only: Subscription | None = None) -> list[str]:
        """What the next digest of each subscription would be, a line each; nothing is recorded or sent."""
        lines = []
        for subscription in (only,) if only else self.subscriptions.all:
            told, message = self.digest(subscription)
            due = subscription.is_due(hk_day(self.monitor.clock()), after=self._last(subscription))
            state = "nothing new, so no mail" if told.empty else message.subject
            lines.append(f"{subscription.id}: {'due' if due else 'not due'}; {state}; {len(subscription.to)} recipients")
        return lines

    def _deliver(self, subscription: Subscription, room: PostRoom, looked_on: date | None, *, asked: bool) -> list[Delivery]:
        today = hk_day(self.monitor.clock())
        done = []
        mails = issued_to(self.monitor.ledger.read(), subscription.id)
        if pending := unfinished(mails, DIGEST, today):
            done += _tried(subscription, lambda: resume(pending, room, addresses=subscription.to))
        days = [d for d in (self._last(subscription), looked_on) if d]
        if not asked and not subscription.is_due(today, after=max(days) if days and self._last(subscription) else None):
            return done
        told, message = self.digest(subscription)
        if message.message_id in {m.message_id for m in mails}:
            return done or [Delivery(line=f"{subscription.id}: the digest of this day and position was sent already")]
        if told.empty:
            return [*done, Delivery(line=f"{subscription.id}: no mail, because nothing new was found since {told.period.first}")]

        def issue(mail: str, readers: Sequence[str]) -> Draft:
            return issued_draft(told, message, mail=mail, readers=readers, producer=PRODUCER, run_id=room.run_id)

        step = partial(send, message, issue, room, kind=DIGEST, subscription=subscription.id, addresses=subscription.to)
        return [*done, *_tried(subscription, step)]

    def _last(self, subscription: Subscription) -> date | None:
        mails = [m for m in issued_to(self.monitor.ledger.read(), subscription.id) if m.sent]
        told = last_told(mails, before=date.max)
        return told.last_day if told else None


def _tried(subscription: Subscription, step: Callable[[], SendSummary | None]) -> list[Delivery]:
    try:
        summary = step()
    except DeliveryError as error:
        return [Delivery(line=f"{subscription.id}: {error}", sent=bool(error.handed_over), failed=True)]
    return [Delivery(line=summary.line(), sent=True)] if summary else []
