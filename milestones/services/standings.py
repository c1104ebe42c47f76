"""How far a read model has come, what becomes of moving it on, and why it stopped."""

from dataclasses import dataclass
from enum import StrEnum


class Moved(StrEnum):
    """What became of an attempt to move a read model on from the position that it was prepared for.

    `advanced`: moved. `same`: it stood there already, made from the same. `behind`: it stands before there, but not where it was prepared
    for: prepare again. `ahead`: somebody was faster. Rows are written only where it advanced.
    """

    ADVANCED = "advanced"
    SAME = "same"
    BEHIND = "behind"
    AHEAD = "ahead"


class Category(StrEnum):
    """Why a read model stopped."""

    UNREADABLE = "unreadable"
    POISON = "poison"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Where a read model stopped: before the event at `position`."""

    category: Category
    position: int
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a read model has come. `digest` says what its rows are, or are made from; `failure` that it stopped, and where."""

    name: str
    version: int = 0
    position: int = 0
    digest: str = ""
    failure: Failure | None = None
