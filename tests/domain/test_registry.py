"""What a policy document must be, and how it is told that it is not."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from milestones.domain.commitments import DeadlineKind, Joined, Nature
from milestones.domain.errors import RegistryError
from milestones.domain.registry import registry_from

Change = Callable[[dict[str, Any]], None]

LANTERNS = {
    "document": {"key": "PA2031", "title_en": "An address", "title_zh": "施政報告", "delivered_on": date(2031, 10, 15)},
    "commitment": [
        {
            "id": "DE-04",
            "section_en": "Light",
            "section_zh": "光",
            "heading_en": "Streets",
            "heading_zh": "街道",
            "title_en": "Lanterns",
            "title_zh": "燈籠",
            "bureaux": ["TLB"],
            "target": [
                {
                    "slug": "bill",
                    "title_en": "A bill",
                    "title_zh": "條例草案",
                    "nature": "outcome",
                    "deadline": {"kind": "by", "printed": "within 2032", "first": date(2032, 1, 1), "last": date(2032, 12, 31)},
                    "completes": [{"kind": "bill_first_reading", "subject": "lantern-bill"}],
                },
                {
                    "slug": "lanterns",
                    "title_en": "Ten lanterns",
                    "title_zh": "十個燈籠",
                    "nature": "continuing",
                    "deadline": {"kind": "none"},
                    "quantity": {"value": 10, "unit": "lanterns", "basis": "level"},
                },
            ],
            "subject": [
                {
                    "slug": "lantern-bill",
                    "target": "bill",
                    "kinds": ["bill_gazetted", "bill_first_reading"],
                    "names_en": ["Lantern (Amendment) Bill 2032"],
                    "names_zh": ["《2032年燈籠（修訂）條例草案》"],
                    "excludes_en": ["Lantern (Amendment) Bill 2030"],
                },
                {
                    "slug": "lantern-makers",
                    "target": "context",
                    "kinds": ["licence_granted"],
                    "names_en": ["lantern makers"],
                    "names_zh": ["製燈商"],
                },
            ],
            "baseline": [
                {
                    "target": "bill",
                    "kind": "legislative_proposal",
                    "occurred_on": date(2031, 1, 2),
                    "precision": "day",
                    "source": "https://example.org/",
                    "note": "Proposed before.",
                }
            ],
        }
    ],
}


def changed(*changes: Change) -> dict[str, Any]:
    data = copy.deepcopy(LANTERNS)
    for change in changes:
        change(data["commitment"][0])
    return data


def test_reads_a_commitment_whole() -> None:
    commitment = registry_from([LANTERNS]).find("PA2031/DE-04")

    bill, lanterns = commitment.targets
    assert (commitment.number, commitment.short, commitment.bureaux) == (1, "DE-04", ("TLB",))
    assert (bill.nature, bill.deadline.kind, bill.joined) == (Nature.OUTCOME, DeadlineKind.BY, Joined.ANY)
    assert bill.deadline.interval is not None
    assert bill.deadline.interval.last == date(2032, 12, 31)
    assert (lanterns.deadline.interval, lanterns.deadline.printed) == (None, "")
    assert lanterns.quantity is not None
    assert (lanterns.quantity.value, lanterns.quantity.unit, lanterns.quantity.basis) == (10, "lanterns", "level")
    assert commitment.baselines[0].occurred_on == date(2031, 1, 2)


def test_names_are_kept_with_half_width_brackets() -> None:
    subject = registry_from([LANTERNS]).find("DE-04").subjects[0]

    assert subject.names_zh == ("《2032年燈籠(修訂)條例草案》",)


def test_later_policy_documents_stand_behind_earlier_ones() -> None:
    earlier = changed(top(baseline=[]))
    earlier["document"] = LANTERNS["document"] | {"key": "PA2030", "delivered_on": date(2030, 10, 16)}

    assert [d.key for d in registry_from([LANTERNS, earlier]).documents] == ["PA2030", "PA2031"]


def test_one_policy_document_stands_in_one_file() -> None:
    with pytest.raises(RegistryError, match=r"document\.key: PA2031 stands twice"):
        registry_from([LANTERNS, LANTERNS])


def target(n: int, **fields: Any) -> Change:
    return lambda commitment: commitment["target"][n].update(fields)


def subject(n: int, **fields: Any) -> Change:
    return lambda commitment: commitment["subject"][n].update(fields)


def deadline(**fields: Any) -> Change:
    return lambda commitment: commitment["target"][0]["deadline"].update(fields)


def without(part: str, n: int, field: str) -> Change:
    return lambda commitment: commitment[part][n].pop(field)


def top(**fields: Any) -> Change:
    return lambda commitment: commitment.update(fields)


def again(part: str, **fields: Any) -> Change:
    return lambda commitment: commitment[part].append(commitment[part][-1] | fields)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (deadline(last=date(2031, 12, 31)), "PA2031/DE-04, target bill, deadline.last: must not be before first"),
        (deadline(first=date(2031, 10, 14)), "PA2031/DE-04, target bill, deadline.first: must not be before the policy document was delivered on"),
        (deadline(first="2032-01-01"), "PA2031/DE-04, target bill, deadline.first: must be a day such as"),
        (deadline(kind="none"), "PA2031/DE-04, target bill, deadline.first: a deadline of kind none has no days"),
        (deadline(kind="about"), "PA2031/DE-04, target bill, deadline.kind: about is none of by, from, none"),
        (deadline(day=3), "PA2031/DE-04, target bill, deadline.day: unknown"),
        (target(0, deadline={"kind": "from", "printed": "from 2032"}), "PA2031/DE-04, target bill, deadline.first: is missing"),
        (without("target", 0, "deadline"), "PA2031/DE-04, target bill, deadline: is missing"),
        (target(0, slug="The Bill"), "PA2031/DE-04, target 1.slug: The Bill is not of the form"),
        (target(0, slug="context"), "PA2031/DE-04, target context, slug: context is kept"),
        (again("target"), "PA2031/DE-04, target: lanterns stands twice"),
        (target(0, titel_en="x"), "PA2031/DE-04, target bill, titel_en: unknown"),
        (target(0, title_zh=" "), "PA2031/DE-04, target bill, title_zh: must be a text, not empty"),
        (target(0, nature="maybe"), "PA2031/DE-04, target bill, nature: maybe is none of outcome, continuing, exploratory"),
        (without("target", 0, "completes"), "PA2031/DE-04, target bill, completes: an outcome needs what completes it"),
        (target(0, completes=[{"kind": "bill_passed", "subject": "lantern-bill"}]), "completes: subject lantern-bill has no kind bill_passed"),
        (target(0, completes=[{"kind": "bill_passed", "subject": "lamp"}]), "PA2031/DE-04, target bill, completes: there is no subject lamp"),
        (
            target(0, completes=[{"kind": "licence_granted", "subject": "lantern-makers"}]),
            "PA2031/DE-04, target bill, completes: subject lantern-makers belongs to context",
        ),
        (target(0, joined="both"), "PA2031/DE-04, target bill, joined: both is none of any, all"),
        (target(1, quantity={"value": 0, "unit": "x", "basis": "level"}), "target lanterns, quantity.value: must be a whole number from 1"),
        (target(1, quantity={"value": 1, "unit": "x", "basis": "period"}), "target lanterns, quantity.basis: period is none of cumulative, level"),
        (subject(0, target="laws"), "PA2031/DE-04, subject lantern-bill, target: there is no target laws"),
        (again("subject", names_en=["x y z"], names_zh=["甲乙丙"]), "PA2031/DE-04, subject: lantern-makers stands twice"),
        (subject(0, kinds=["bill_eaten"]), "PA2031/DE-04, subject lantern-bill, kinds: bill_eaten is none of"),
        (subject(0, kinds=[]), "PA2031/DE-04, subject lantern-bill, kinds: must name what can be told of it"),
        (subject(0, names_en=["AI"]), "PA2031/DE-04, subject lantern-bill, names_en: 'AI' is shorter than 3 characters"),
        (subject(0, names_zh=[]), "PA2031/DE-04, subject lantern-bill, names_zh: must hold at least one name"),
        (subject(0, names_en=["Lantern Bill", "lantern bill"]), "PA2031/DE-04, subject lantern-bill, names_en: lantern bill stands twice"),
        (subject(0, requires_zh=["燈籠"]), "PA2031/DE-04, subject lantern-bill, requires: must stand in both languages or in none"),
        (subject(0, requires_en=["lamp"], requires_zh=["燈"]), "PA2031/DE-04, subject lantern-bill, requires_zh: '燈' is shorter than 2 characters"),
        (
            subject(0, excludes_en=["Lantern (Amendment) Bill 2032"]),
            "subject lantern-bill, excludes_en: Lantern (Amendment) Bill 2032 is also one of its names",
        ),
        (
            subject(1, names_en=["Lantern (amendment) Bill 2032"]),
            "subject lantern-makers, names: Lantern (amendment) Bill 2032 also names subject lantern-bill",
        ),
        (top(description_en="Lanterns are lit."), "PA2031/DE-04, description_en: must stand in both languages or in none"),
        (top(bullet=0), "PA2031/DE-04, bullet: must be a whole number from 1"),
        (deadline(derived=""), "PA2031/DE-04, target bill, deadline.derived: must be a text, not empty"),
        (lambda c: c["baseline"][0].update(fulfils="no"), "PA2031/DE-04, baseline 1.fulfils: must be true or false"),
        (top(id="DE4"), "PA2031, commitment 1.id: DE4 is not of the form DE-04"),
        (top(bureaux=[]), "PA2031/DE-04, bureaux: there is none"),
        (top(target=[]), "PA2031/DE-04, target: there is none"),
        (top(target="bill"), "PA2031/DE-04, target: must be a list of tables"),
        (lambda c: c["baseline"][0].update(target="laws"), "PA2031/DE-04, baseline.target: there is no target laws"),
        (lambda c: c["baseline"][0].update(occurred_on=date(2031, 10, 15)), "PA2031/DE-04, baseline.occurred_on: must be before"),
    ],
)
def test_refuses_what_is_wrong_and_says_where(change: Change, message: str) -> None:
    with pytest.raises(RegistryError) as refused:
        registry_from([changed(change)])

    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_refuses_a_commitment_that_stands_twice() -> None:
    data = changed()
    data["commitment"] *= 2

    with pytest.raises(RegistryError, match="PA2031, commitment: DE-04 stands twice"):
        registry_from([data])


def test_refuses_a_policy_document_without_commitments() -> None:
    with pytest.raises(RegistryError, match="PA2031, commitment: there is none"):
        registry_from([{"document": LANTERNS["document"]}])
