"""Settings from the environment (prefix `MILESTONES_`). A bad one stops the start with one clear line.

Whether a ledger is `live` or `replica` follows from them: a fixed clock or a mirror on this very machine makes a replica.
"""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from milestones.domain.errors import SettingsError
from milestones.domain.events import Origin

PREFIX = "MILESTONES_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set; the README describes each. `request_interval` is in seconds, `verdict_grace` in working days.

    `signing_key` and `verifier_keys` are keys or files of keys; the private one never shows.
    """

    home: Path
    database_url: str
    archive_url: str
    sources: tuple[str, ...]
    since: date | None
    request_interval: float
    contact: str | None
    mirror: str | None
    now: datetime | None
    report_to: tuple[str, ...]
    subscriptions: Path
    verdict_grace: int
    confirm_verdicts: bool
    signing_key: str | None = field(repr=False)
    verifier_keys: str | None

    @property
    def origin(self) -> Origin:
        """What a ledger opened with these settings is made from."""
        return Origin.REPLICA if self.now or (self.mirror and is_loopback(urlsplit(self.mirror).hostname or "")) else Origin.LIVE


def settings_from(environ: Mapping[str, str], known_sources: Sequence[str]) -> Settings:
    """Reads and checks the settings. Raises SettingsError naming the variable and what it may be."""
    given = {name.removeprefix(PREFIX): value.strip() for name, value in environ.items() if name.startswith(PREFIX) and value.strip()}
    home = Path(given.get("HOME", "var")).resolve()
    now, mirror = _instant(given), _mirror(given)
    if now and not mirror:
        raise SettingsError("MILESTONES_NOW fixes the clock and needs MILESTONES_MIRROR; a live ledger has no fixed clock")
    return Settings(
        home=home,
        database_url=_database(given, home),
        archive_url=given.get("ARCHIVE_URL", (home / "archive").as_uri()),
        sources=_sources(given, known_sources),
        since=_day(given),
        request_interval=_interval(given),
        contact=_contact(given),
        mirror=mirror,
        now=now,
        report_to=_addresses(given),
        subscriptions=Path(given.get("SUBSCRIPTIONS", home / "subscriptions.toml")).resolve(),
        verdict_grace=_grace(given),
        confirm_verdicts=_yes("CONFIRM_VERDICTS", given.get("CONFIRM_VERDICTS", "yes")),
        signing_key=given.get("SIGNING_KEY"),
        verifier_keys=given.get("VERIFIER_KEYS"),
    )


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database(given: Mapping[str, str], home: Path) -> str:
    url = given.get("DATABASE_URL", f"sqlite:///{home / 'ledger.sqlite'}")
    url = re.sub(r"^postgres(ql)?(\+psycopg2)?://", "postgresql+psycopg://", url)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError(f"MILESTONES_DATABASE_URL must begin with sqlite:/// or postgresql://, not {url.partition(':')[0]}:")
    return url


def _sources(given: Mapping[str, str], known: Sequence[str]) -> tuple[str, ...]:
    wanted = [name.strip() for name in given.get("SOURCES", ",".join(known)).split(",") if name.strip()]
    strange = [name for name in wanted if name not in known]
    if strange or not wanted:
        raise SettingsError(f"MILESTONES_SOURCES names {', '.join(strange) or 'nothing'}; there are: {', '.join(known)}")
    return tuple(name for name in known if name in wanted)


def _day(given: Mapping[str, str]) -> date | None:
    if "SINCE" not in given:
        return None
    try:
        return date.fromisoformat(given["SINCE"])
    except ValueError:
        raise SettingsError(f"MILESTONES_SINCE must be a day such as 2024-10-16, not {given['SINCE']!r}") from None


def _instant(given: Mapping[str, str]) -> datetime | None:
    if "NOW" not in given:
        return None
    try:
        now = datetime.fromisoformat(given["NOW"])
    except ValueError:
        raise SettingsError(f"MILESTONES_NOW must be an instant such as 2026-06-30T23:00:00+08:00, not {given['NOW']!r}") from None
    if now.tzinfo is None:
        raise SettingsError("MILESTONES_NOW needs a time zone, such as 2026-06-30T23:00:00+08:00")
    return now


def _mirror(given: Mapping[str, str]) -> str | None:
    mirror = given.get("MIRROR")
    if mirror is None:
        return None
    parts = urlsplit(mirror)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(f"MILESTONES_MIRROR must be an address such as http://127.0.0.1:8099, not {mirror!r}")
    return mirror.rstrip("/")


def _interval(given: Mapping[str, str]) -> float:
    try:
        interval = float(given.get("REQUEST_INTERVAL", "2"))
    except ValueError:
        interval = -1.0
    if not 0 <= interval <= 3600:
        raise SettingsError(f"MILESTONES_REQUEST_INTERVAL must be seconds from 0 to 3600, not {given['REQUEST_INTERVAL']!r}")
    if interval < 1 and "MIRROR" not in given:
        raise SettingsError("MILESTONES_REQUEST_INTERVAL below 1 second is for mirrors only; the real sites are asked politely")
    return interval


def _grace(given: Mapping[str, str]) -> int:
    text = given.get("VERDICT_GRACE", "5")
    if not (text.isascii() and text.isdigit() and int(text) <= 60):
        raise SettingsError(f"MILESTONES_VERDICT_GRACE must be working days from 0 to 60, not {text[:40]!r}")
    return int(text)


def _yes(name: str, text: str) -> bool:
    if text not in ("yes", "no"):
        raise SettingsError(f"MILESTONES_{name} must be yes or no, not {text[:40]!r}")
    return text == "yes"


def _contact(given: Mapping[str, str]) -> str | None:
    contact = given.get("CONTACT")
    if contact and not (contact.isascii() and contact.isprintable()):
        raise SettingsError("MILESTONES_CONTACT goes into a header of every request: plain ASCII on one line, such as an address")
    return contact


def _addresses(given: Mapping[str, str]) -> tuple[str, ...]:
    addresses = tuple(a.strip() for a in given.get("REPORT_TO", "").split(",") if a.strip())
    strange = [a for a in addresses if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+", a)]
    if strange:
        raise SettingsError("MILESTONES_REPORT_TO must be mail addresses separated by commas")
    return addresses
