"""From parsed data files to a Registry: everything is checked once, here, so that nobody later needs to ask whether it is right.

Raises RegistryError naming policy document, commitment and field: `PA2024/DE-04, target bill, deadline.last: must not be before first`.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from milestones.domain.commitments import (
    Baseline,
    Commitment,
    Completion,
    Deadline,
    DeadlineKind,
    Joined,
    Nature,
    PolicyDocument,
    Quantity,
    Registry,
    Subject,
    Target,
)
from milestones.domain.dates import Interval, Precision
from milestones.domain.errors import RegistryError
from milestones.domain.events import CONTEXT, Kind
from milestones.domain.tables import Table

SHORTEST_NAME = 3
"""Characters. Shorter names stand in too many words to name anything."""

SHORTEST_CONDITION = 2
"""Characters of what a name requires or excludes: a Chinese word of two may well tell drugs from devices."""

_DOCUMENT_KEY = re.compile(r"[A-Z][A-Z0-9]{2,15}")
_COMMITMENT_ID = re.compile(r"([A-Z]{1,4}-)?[0-9]{2,3}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def registry_from(documents: Sequence[Mapping[str, Any]]) -> Registry:
    """The registry of parsed policy documents, oldest first whatever the order given. A mapping is one whole data file."""
    read = sorted((_policy_document(Table(f"policy document {n}", d)) for n, d in enumerate(documents, start=1)), key=lambda d: d.delivered_on)
    _refuse_twins(Table("policy documents", {}), "document.key", [d.key for d in read])
    return Registry(tuple(read))


def _policy_document(whole: Table) -> PolicyDocument:
    whole.only("document", "commitment")
    head = whole.table("document")
    head.only("key", "title_en", "title_zh", "delivered_on")
    key = _matching(head, "key", _DOCUMENT_KEY, "PA2024")
    delivered_on = head.day("delivered_on")
    tables = whole.at(key).tables("commitment")
    if not tables:
        raise RegistryError(f"{key}, commitment: there is none")
    commitments = tuple(_commitment(key, delivered_on, n, t) for n, t in enumerate(tables, start=1))
    _refuse_twins(Table(key, {}), "commitment", [c.short for c in commitments])
    return PolicyDocument(key=key, title_en=head.text("title_en"), title_zh=head.text("title_zh"), delivered_on=delivered_on, commitments=commitments)


def _commitment(document: str, delivered_on: date, number: int, table: Table) -> Commitment:
    key = f"{document}/{_matching(table, 'id', _COMMITMENT_ID, 'DE-04')}"
    table = Table(key, table.data)
    wordings = ("section_en", "section_zh", "heading_en", "heading_zh", "title_en", "title_zh")
    explained = [name for name in ("description_en", "description_zh") if table.has(name)]
    table.only("id", *wordings, "description_en", "description_zh", "bullet", "bureaux", "target", "subject", "baseline")
    if len(explained) == 1:
        raise table.wrong(explained[0], "must stand in both languages or in none")
    commitment = Commitment(
        key=key,
        number=number,
        **{name: table.text(name) for name in (*wordings, *explained)},
        bullet=table.count("bullet") if table.has("bullet") else None,
        bureaux=table.texts("bureaux"),
        targets=tuple(_target(key, delivered_on, t) for t in table.tables("target")),
        subjects=tuple(_subject(key, t) for t in table.tables("subject")),
        baselines=tuple(_baseline(t) for t in table.tables("baseline")),
    )
    _check(table, commitment, delivered_on)
    return commitment


def _target(key: str, delivered_on: date, table: Table) -> Target:
    slug = _matching(table, "slug", _SLUG, "trials-started")
    table = Table(f"{key}, target {slug}", table.data)
    table.only("slug", "title_en", "title_zh", "nature", "deadline", "completes", "joined", "quantity")
    if slug == CONTEXT:
        raise table.wrong("slug", f"{CONTEXT} is kept for what bears on no target")
    target = Target(
        slug=slug,
        title_en=table.text("title_en"),
        title_zh=table.text("title_zh"),
        nature=table.choice("nature", Nature),
        deadline=deadline_from(table.table("deadline"), delivered_on),
        completes=tuple(_completion(t) for t in table.tables("completes")),
        joined=table.choice("joined", Joined) if table.has("joined") else Joined.ANY,
        quantity=_quantity(table.table("quantity")) if table.has("quantity") else None,
    )
    if target.nature is Nature.OUTCOME and not target.completes:
        raise table.wrong("completes", "an outcome needs what completes it")
    return target


def deadline_from(table: Table, delivered_on: date) -> Deadline:
    """A deadline with its fields kind, printed, first, last, derived."""
    table.only("kind", "printed", "first", "last", "derived")
    derived = table.text("derived") if table.has("derived") else ""
    kind = table.choice("kind", DeadlineKind)
    if kind is DeadlineKind.NONE:
        for name in ("first", "last"):
            if table.has(name):
                raise table.wrong(name, "a deadline of kind none has no days")
        return Deadline(kind=kind, printed=table.text("printed") if table.has("printed") else "", derived=derived)
    first, last = table.day("first"), table.day("last")
    if last < first:
        raise table.wrong("last", "must not be before first")
    if first < delivered_on:
        raise table.wrong("first", f"must not be before the policy document was delivered on {delivered_on}")
    return Deadline(kind=kind, printed=table.text("printed"), interval=Interval(first, last), derived=derived)


def _quantity(table: Table) -> Quantity:
    table.only("value", "unit", "basis")
    basis = table.text("basis")
    if basis not in {"cumulative", "level"}:
        raise table.wrong("basis", f"{basis} is none of cumulative, level")
    return Quantity(value=table.count("value"), unit=table.text("unit"), basis=basis)


def _completion(table: Table) -> Completion:
    table.only("kind", "subject")
    return Completion(kind=table.choice("kind", Kind), subject=table.text("subject"))


def _subject(key: str, table: Table) -> Subject:
    slug = _matching(table, "slug", _SLUG, "stablecoins-bill")
    table = Table(f"{key}, subject {slug}", table.data)
    phrases = ("names_en", "names_zh", "requires_en", "requires_zh", "excludes_en", "excludes_zh")
    table.only("slug", "target", "kinds", *phrases)
    subject = Subject(
        slug=slug,
        target=table.text("target"),
        kinds=frozenset(table.choices("kinds", Kind)),
        **{name: table.texts(name) for name in phrases},
    )
    if not subject.kinds:
        raise table.wrong("kinds", "must name what can be told of it")
    if bool(subject.requires_en) is not bool(subject.requires_zh):
        raise table.wrong("requires", "must stand in both languages or in none")
    for name in phrases:
        check_phrases(table, name)
    return subject


def check_phrases(table: Table, name: str) -> None:
    """Refuses a list of names or conditions that would name too much, or exclude what it names."""
    phrases = table.texts(name)
    if name.startswith("names_") and not phrases:
        raise table.wrong(name, "must hold at least one name")
    for phrase in phrases:
        shortest = SHORTEST_NAME if name.startswith("names_") else SHORTEST_CONDITION
        if len(phrase) < shortest:
            raise table.wrong(name, f"{phrase!r} is shorter than {shortest} characters")
        if name.startswith("excludes_") and phrase in table.texts(name.replace("excludes", "names")):
            raise table.wrong(name, f"{phrase} is also one of its names")


def _baseline(table: Table) -> Baseline:
    table.only("target", "kind", "occurred_on", "precision", "source", "note", "fulfils")
    return Baseline(
        target=table.text("target"),
        kind=table.choice("kind", Kind),
        occurred_on=table.day("occurred_on"),
        precision=table.choice("precision", Precision),
        source=table.text("source"),
        note=table.text("note"),
        fulfils=table.truth("fulfils") if table.has("fulfils") else True,
    )


def _check(table: Table, commitment: Commitment, delivered_on: date) -> None:
    """What holds between the parts of one commitment."""
    targets = {t.slug for t in commitment.targets}
    for name in ("bureaux", "target"):
        if not table.data.get(name):
            raise table.wrong(name, "there is none")
    _refuse_twins(table, "target", [t.slug for t in commitment.targets])
    _refuse_twins(table, "subject", [s.slug for s in commitment.subjects])
    for subject in commitment.subjects:
        if subject.target not in {*targets, CONTEXT}:
            raise RegistryError(f"{commitment.key}, subject {subject.slug}, target: there is no target {subject.target}")
    _refuse_shared_names(commitment)
    for target in commitment.targets:
        for completion in target.completes:
            _check_completion(commitment, target, completion)
    for baseline in commitment.baselines:
        if baseline.target not in targets:
            raise table.wrong("baseline.target", f"there is no target {baseline.target}")
        if baseline.occurred_on >= delivered_on:
            raise table.wrong("baseline.occurred_on", f"must be before the policy document was delivered on {delivered_on}")


def _check_completion(commitment: Commitment, target: Target, completion: Completion) -> None:
    field = Table(f"{commitment.key}, target {target.slug}", {})
    subject = next((s for s in commitment.subjects if s.slug == completion.subject), None)
    if subject is None:
        raise field.wrong("completes", f"there is no subject {completion.subject}")
    if subject.target != target.slug:
        raise field.wrong("completes", f"subject {subject.slug} belongs to {subject.target}")
    if completion.kind not in subject.kinds:
        raise field.wrong("completes", f"subject {subject.slug} has no kind {completion.kind}")


def _refuse_shared_names(commitment: Commitment) -> None:
    """A phrase that names two subjects of one commitment would make two milestones of one step."""
    owners: dict[str, str] = {}
    for subject in commitment.subjects:
        for name in (*subject.names_en, *subject.names_zh):
            owner = owners.setdefault(name.casefold(), subject.slug)
            if owner != subject.slug:
                raise Table(f"{commitment.key}, subject {subject.slug}", {}).wrong("names", f"{name} also names subject {owner}")


def _refuse_twins(table: Table, name: str, values: Sequence[str]) -> None:
    for position, value in enumerate(values):
        if value in values[:position]:
            raise table.wrong(name, f"{value} stands twice")


def _matching(table: Table, name: str, pattern: re.Pattern[str], example: str) -> str:
    value = table.text(name)
    if not pattern.fullmatch(value):
        raise table.wrong(name, f"{value} is not of the form {example}")
    return value
