"""Who is told what, when and in which language: subscriptions as people write them in a file, and which are due on a day.

A subscription goes to role addresses. They stand in the file alone: ledger and logs know a subscription by its id and a recipient by a
pseudonym. An address stands in one digest only, so that nobody gets two mails about the same; alerts of several are told apart by their readers.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from milestones.domain.commitments import Commitment, Registry
from milestones.domain.errors import SettingsError
from milestones.domain.events import Kind
from milestones.domain.tables import Table

DEFAULT = "default"
"""The id of what the setting MILESTONES_REPORT_TO asks for."""

MOST = 200
"""Subscriptions of one file, and addresses of one subscription."""

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_LAST_DAY = 28


class Period(StrEnum):
    """How often a digest comes; `none` is for those who want alerts alone."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    NONE = "none"


class Language(StrEnum):
    """The language of a mail; `both` tells everything in English and then in Chinese."""

    EN = "en"
    ZH = "zh"
    BOTH = "both"

    @property
    def each(self) -> tuple[str, ...]:
        """The languages one by one."""
        return ("en", "zh") if self is Language.BOTH else (self.value,)


class Weekday(StrEnum):
    """A day of the week, Monday first as in `date.weekday`."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which commitments: those of any of these bureaux, sections or keys; all of them where nothing is named."""

    bureaux: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What it names, in one line; empty where it means everything."""
        return ", ".join([*self.bureaux, *self.sections, *self.commitments])

    def holds(self, commitment: Commitment) -> bool:
        """Whether a commitment is meant."""
        everything = not (self.bureaux or self.sections or self.commitments)
        named = commitment.key in self.commitments or any(b in self.bureaux for b in commitment.bureaux)
        return everything or named or any(s in self.sections for s in section_names(commitment))

    def narrowed(self, registry: Registry) -> Registry:
        """The registry without what is not meant."""
        return Registry(tuple(replace(d, commitments=tuple(c for c in d.commitments if self.holds(c))) for d in registry.documents))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One subscription. `day` is 0 to 6 from Monday of a weekly digest, 1 to 28 of a monthly one, 0 otherwise.

    `alerts` are the kinds that are told at once, `verdicts` whether met, date passed and cancelled are.
    """

    id: str
    to: tuple[str, ...] = field(repr=False)
    period: Period = Period.WEEKLY
    day: int = 0
    scope: Scope = Scope()
    language: Language = Language.EN
    alerts: frozenset[Kind] = frozenset()
    verdicts: bool = False

    def last_due(self, today: date) -> date | None:
        """The newest day up to `today` on which its digest is to be made."""
        match self.period:
            case Period.DAILY:
                return today
            case Period.WEEKLY:
                return today - timedelta(days=(today.weekday() - self.day) % 7)
            case Period.MONTHLY:
                before = today.replace(day=1) - timedelta(days=1)
                return today.replace(day=self.day) if today.day >= self.day else before.replace(day=self.day)
            case Period.NONE:
                return None

    def is_due(self, today: date, *, after: date | None) -> bool:
        """Whether a day for its digest has come since `after`, the last day that was looked at; at once where there was none."""
        due = self.last_due(today)
        return due is not None and (after is None or after < due)

    def line(self) -> str:
        """What it asks for, without its addresses."""
        when = {
            Period.DAILY: "daily",
            Period.WEEKLY: f"weekly on {tuple(Weekday)[self.day % 7].capitalize()}",
            Period.MONTHLY: f"monthly on day {self.day}",
            Period.NONE: "no digest",
        }[self.period]
        told = [when, f"language {self.language}", self.scope.words or "all commitments", f"{len(self.to)} address{'es' * (len(self.to) != 1)}"]
        told += [f"alerts: {', '.join(sorted(self.alerts))}"] if self.alerts else []
        return f"{self.id}: {'; '.join([*told, *(['verdicts'] if self.verdicts else [])])}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """All of them. `contact` is the role address that takes "unsubscribe" and reports of errors; empty where the sender takes them."""

    all: tuple[Subscription, ...]
    contact: str = field(default="", repr=False)

    def find(self, name: str) -> Subscription:
        """The one of an id. Raises SettingsError."""
        for subscription in self.all:
            if subscription.id == name:
                return subscription
        raise SettingsError(f"no subscription {name[:60]!r}; there are: {', '.join(s.id for s in self.all) or 'none'}")


def subscriptions_from(table: Table, registry: Registry, *, default_to: Sequence[str] = ()) -> Subscriptions:
    """The subscriptions of a parsed file and the default one. Raises RegistryError naming entry and field, never an address.

    Without any entry the default one stands alone, to nobody where `default_to` is empty.
    """
    table.only("contact", "subscription")
    entries = table.tables("subscription")
    if len(entries) > MOST:
        raise table.wrong("subscription", f"{len(entries)} entries; at most {MOST}")
    found = [_subscription(entry, n, registry) for n, entry in enumerate(entries, start=1)]
    contact = _address(table, "contact", table.text("contact")) if table.has("contact") else ""
    if default_to or not found:
        found.insert(0, Subscription(id=DEFAULT, to=tuple(default_to)))
    _refuse_twice(table, found)
    return Subscriptions(all=tuple(found), contact=contact)


def is_address(text: str) -> bool:
    """Whether a text is one plain mail address, fit for a header."""
    return _ADDRESS.fullmatch(text) is not None and ".." not in text.rpartition("@")[2]


def section_names(commitment: Commitment) -> tuple[str, ...]:
    """How a file may name the section that a commitment stands in: `IT`, or its name in either language."""
    code = commitment.short.partition("-")[0]
    return (code, commitment.section_en, commitment.section_zh) if "-" in commitment.short else (commitment.section_en, commitment.section_zh)


def _subscription(entry: Table, number: int, registry: Registry) -> Subscription:
    name = entry.text("id")
    if not _ID.fullmatch(name) or name == DEFAULT:
        raise entry.wrong("id", f"must be a name of at most 20 small letters, digits and hyphens, and not {DEFAULT!r}")
    entry = Table(f"{entry.place}, subscription {number} ({name})", entry.data)
    entry.only("id", "to", "period", "day", "bureaux", "sections", "commitments", "language", "alerts", "verdicts")
    period = entry.choice("period", Period)
    return Subscription(
        id=name,
        to=_addresses(entry),
        period=period,
        day=_day(entry, period),
        scope=_scope(entry, registry),
        language=entry.choice("language", Language) if entry.has("language") else Language.EN,
        alerts=frozenset(entry.choices("alerts", Kind)),
        verdicts=entry.truth("verdicts") if entry.has("verdicts") else False,
    )


def _day(entry: Table, period: Period) -> int:
    if period is Period.WEEKLY:
        return list(Weekday).index(entry.choice("day", Weekday)) if entry.has("day") else 0
    if period is Period.MONTHLY:
        day = entry.count("day") if entry.has("day") else 1
        if day > _LAST_DAY:
            raise entry.wrong("day", f"must be from 1 to {_LAST_DAY}, so that every month has it")
        return day
    if entry.has("day"):
        raise entry.wrong("day", f"means nothing where the period is {period}; leave it out")
    return 0


def _scope(entry: Table, registry: Registry) -> Scope:
    commitments = tuple(registry.commitments())
    bureaux = {b for c in commitments for b in c.bureaux}
    sections = {name for c in commitments for name in section_names(c)}
    return Scope(
        bureaux=_known(entry, "bureaux", bureaux),
        sections=_known(entry, "sections", sections),
        commitments=tuple(_commitment(entry, name, registry) for name in entry.texts("commitments")),
    )


def _known(entry: Table, name: str, known: Collection[str]) -> tuple[str, ...]:
    values = entry.texts(name)
    for value in values:
        if value not in known:
            raise entry.wrong(name, f"{value[:80]} is none of {', '.join(sorted(known))}")
    return values


def _commitment(entry: Table, name: str, registry: Registry) -> str:
    found = [c.key for c in registry.commitments() if name.upper() in (c.key.upper(), c.short.upper())]
    if len(found) != 1:
        raise entry.wrong("commitments", f"{name[:80]} is {'in several policy documents' if found else 'no commitment'}; write such as PA2024/IT-25")
    return found[0]


def _addresses(entry: Table) -> tuple[str, ...]:
    if isinstance(entry.data.get("to"), str):
        raise entry.wrong("to", "must be a list of addresses, in brackets")
    values = entry.data.get("to", [])
    if not isinstance(values, list) or not 1 <= len(values) <= MOST:
        raise entry.wrong("to", f"must list 1 to {MOST} addresses")
    return tuple(_address(entry, f"to, address {n}", value) for n, value in enumerate(values, start=1))


def _address(table: Table, name: str, value: object) -> str:
    if not isinstance(value, str) or not is_address(value):
        raise table.wrong(name, "is no plain mail address; write name@host, without a display name")
    return value


def _refuse_twice(table: Table, found: Sequence[Subscription]) -> None:
    ids = [s.id for s in found]
    for name in ids:
        if ids.count(name) > 1:
            raise table.wrong("subscription", f"the id {name} stands twice")
    named: dict[str, str] = {}
    for subscription in found:
        for n, address in enumerate(a.casefold() for a in subscription.to):
            other = named.get(address)
            if other and subscription.period is not Period.NONE:
                raise table.wrong("subscription", f"address {n + 1} of {subscription.id} stands in {other} as well; one digest for each address")
            if subscription.period is not Period.NONE:
                named[address] = subscription.id
