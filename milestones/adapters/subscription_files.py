"""The file of subscriptions: read whole, checked, and shown as a template to begin with."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from milestones.domain.commitments import Registry
from milestones.domain.errors import RegistryError, SettingsError
from milestones.domain.tables import Table
from milestones.services.subscriptions import Subscriptions, subscriptions_from

LARGEST = 1_000_000
"""Bytes; a list of some hundred subscriptions has a few thousand."""

TEMPLATE = """# Who is told what. `milestones report subscriptions check FILE` says what is wrong with it.
# Role addresses only: they stand in this file, never in the ledger or a log.

# Takes "unsubscribe" and reports of errors; without it, the sender of the mails does.
# contact = "monitor@example.org"

[[subscription]]
id = "transport-desk"                    # small letters, digits, hyphens; the ledger knows it by this
to = ["transport-desk@example.org"]      # each gets a mail of their own; an address stands in one digest only
period = "weekly"                        # daily, weekly, monthly, or none for alerts alone
day = "monday"                           # weekly: a weekday (default monday); monthly: 1 to 28 (default 1)
bureaux = ["TLB"]                        # these three are joined by "or"; leave all out for everything
sections = ["IT"]                        # as in the keys of commitments, or the section's name
commitments = ["PA2024/DE-04"]
language = "both"                        # en (default), zh, or both
alerts = ["bill_passed", "delayed"]      # kinds that are told at once; docs/status.md lists them
verdicts = true                          # whether met, date passed and cancelled are told at once (default false)
"""


def read_subscriptions(path: Path, registry: Registry, *, default_to: Sequence[str]) -> Subscriptions:
    """The subscriptions of a file, and of `default_to` alone where there is none. Raises SettingsError saying which entry and field is wrong."""
    try:
        data = path.read_bytes()[: LARGEST + 1]
    except FileNotFoundError:
        return subscriptions_from(Table("MILESTONES_REPORT_TO", {}), registry, default_to=default_to)
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from None
    return subscriptions_in(data, path.name, registry, default_to=default_to)


def subscriptions_in(data: bytes, name: str, registry: Registry, *, default_to: Sequence[str]) -> Subscriptions:
    """The subscriptions of a file's bytes. Raises SettingsError."""
    if len(data) > LARGEST:
        raise SettingsError(f"{name} is larger than {LARGEST:,} bytes; it is no file of subscriptions")
    try:
        table = Table(name, tomllib.loads(data.decode("utf-8")))
        return subscriptions_from(table, registry, default_to=default_to)
    except UnicodeDecodeError:
        raise SettingsError(f"{name} is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name} is no TOML: {error}") from None
    except RegistryError as error:
        raise SettingsError(str(error)) from None
