"""Every error the product raises on purpose.

    MilestonesError
    +-- SettingsError            a setting is wrong; the start is refused
    +-- RegistryError            a policy document's data are wrong; names commitment and field
    +-- SourceError              reading a source did not work
    |   +-- Unreachable          no answer, or one that asks to come back later; a retry can help
    |   +-- Refused              we do not ask for this address (host, size, robots, redirect)
    |   +-- Missing              the publisher says that there is no such page
    |   +-- WrongPage            an answer came, but it is not the page it should be
    +-- LedgerError              the ledger refuses
    |   +-- Conflict             someone else appended first; read again
    |   +-- Damaged              what stands in the ledger does not verify
    +-- AuditError               a data quality suite failed; names expectation and rows
    +-- DeliveryError            a report could not be handed over

Messages are one line and say what to do.
"""


class MilestonesError(Exception):
    """Root of the tree: whatever is caught as this has a one-line message for people."""


class SettingsError(MilestonesError):
    """A setting is wrong."""


class RegistryError(MilestonesError):
    """A policy document's data are wrong. `field` (`deadline.last`) and `problem` say it again for whoever knows the field by another name."""

    def __init__(self, message: str, *, field: str = "", problem: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.problem = problem or message


class SourceError(MilestonesError):
    """Reading a source did not work."""


class Unreachable(SourceError):
    """No usable answer; trying again later can help."""


class Refused(SourceError):
    """The address is not one we ask, or its answer passes a cap."""


class Missing(SourceError):
    """The publisher answers that the page does not exist (404, 410)."""


class WrongPage(SourceError):
    """The answer is not the page that was asked for, or is cut, or is mis-encoded."""


class LedgerError(MilestonesError):
    """The ledger refuses."""


class Conflict(LedgerError):
    """Another writer was first."""


class Damaged(LedgerError):
    """A record does not verify."""


class AuditError(MilestonesError):
    """A data quality suite failed."""


class DeliveryError(MilestonesError):
    """A report could not be handed over to everybody; to those recipients whose numbers (from 0) are in `handed_over` it was."""

    def __init__(self, message: str, *, handed_over: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.handed_over = handed_over
