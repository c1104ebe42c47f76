"""What was promised: policy documents, commitments, their targets, and the words that name them.

Values only. `registry.py` reads them from the data files and says which commitment and field is wrong.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from milestones.domain.dates import Interval, Precision
from milestones.domain.errors import RegistryError
from milestones.domain.events import Kind


class Nature(StrEnum):
    """Whether a target can be completed at all."""

    OUTCOME = "outcome"
    CONTINUING = "continuing"
    EXPLORATORY = "exploratory"


class DeadlineKind(StrEnum):
    """`by`: on or before the interval's last day. `from`: should start in the interval, never overdue. `none`: no day was given."""

    BY = "by"
    FROM = "from"
    NONE = "none"


class Joined(StrEnum):
    """How the completions of one target are joined."""

    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline as printed and as the days it means. `interval` is None exactly for kind `none`; `derived` says how it was read off the words."""

    kind: DeadlineKind
    printed: str
    interval: Interval | None = None
    derived: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number to reach: `value` in whole `unit`s, told by figures of `basis` cumulative or level, never by adding periods."""

    value: int
    unit: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A milestone of this kind about this subject completes its target."""

    kind: Kind
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One outcome of a commitment."""

    slug: str
    title_en: str
    title_zh: str
    nature: Nature
    deadline: Deadline
    completes: tuple[Completion, ...] = ()
    joined: Joined = Joined.ANY
    quantity: Quantity | None = None

    @property
    def can_be_met(self) -> bool:
        """Whether anything completes it; most continuing targets only go on."""
        return bool(self.completes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something that milestones can be about, and how texts name it.

    A text names the subject where one of the `names` stands in it, none of the `excludes` stands in the same sentence, and, if `requires` is
    not empty, one of those stands in the same document. `kinds` are the acts that can be told of it. `target` is a slug or `context`.
    """

    slug: str
    target: str
    kinds: frozenset[Kind]
    names_en: tuple[str, ...] = ()
    names_zh: tuple[str, ...] = ()
    requires_en: tuple[str, ...] = ()
    requires_zh: tuple[str, ...] = ()
    excludes_en: tuple[str, ...] = ()
    excludes_zh: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Something that stood before the promise, with where it says so. Unless it `fulfils` the target it is told, and decides nothing."""

    target: str
    kind: Kind
    occurred_on: date
    precision: Precision
    source: str
    note: str
    fulfils: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One promise. `key` is `PA2024/IT-25`; `heading` and `bullet` (from 1) are where it stands in the policy document.

    The description, a sentence or two in our words, explains the promise; policy documents recorded before there were any lack it.
    """

    key: str
    number: int
    section_en: str
    section_zh: str
    heading_en: str
    heading_zh: str
    title_en: str
    title_zh: str
    bureaux: tuple[str, ...]
    targets: tuple[Target, ...]
    description_en: str = ""
    description_zh: str = ""
    bullet: int | None = None
    subjects: tuple[Subject, ...] = ()
    baselines: tuple[Baseline, ...] = ()

    @property
    def short(self) -> str:
        """The key without its policy document: `IT-25`."""
        return self.key.partition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDocument:
    """What commitments come from."""

    key: str
    title_en: str
    title_zh: str
    delivered_on: date
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """All commitments of all policy documents, in document order."""

    documents: tuple[PolicyDocument, ...]
    by_key: Mapping[str, Commitment] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        index = {c.key: c for c in self.commitments()}
        object.__setattr__(self, "by_key", index)

    def commitments(self) -> Iterable[Commitment]:
        """Every commitment, in document order."""
        return (c for d in self.documents for c in d.commitments)

    def policy_document(self, commitment: str) -> PolicyDocument:
        """The policy document that a commitment's full key belongs to."""
        name = commitment.partition("/")[0]
        return next(d for d in self.documents if d.key == name)

    def find(self, name: str) -> Commitment:
        """The commitment of a full key, or of a bare one while only one document has it. Raises RegistryError."""
        key = name.upper()
        if key in self.by_key:
            return self.by_key[key]
        found = [c for c in self.commitments() if c.short == key]
        if len(found) == 1:
            return found[0]
        if found:
            raise RegistryError(f"{name} stands in several policy documents; write one of {', '.join(c.key for c in found)}")
        raise RegistryError(f"no commitment {name}; `milestones status` lists them")
