"""The form in which somebody writes a policy document down: a spreadsheet with a few lines about the document and a row for each target.

Here is what the form asks for, in its own words, and an example. `policy_rows` reads a filled one. A column is known by its heading, so
that columns may stand in any order.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from milestones.domain.commitments import DeadlineKind, Joined, Nature
from milestones.domain.events import Kind
from milestones.domain.vocabulary import Vocabulary

SHEET = "Promises"
"""The sheet that is read; others may stand beside it."""

EXAMPLE = "example"
"""What stands for a number in rows that only show how it is done."""

COMPLETIONS = ("completes_1", "completes_2", "completes_3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to fill in. `choices` names the list that it is taken from, `several` says that more than one may stand in the cell."""

    name: str
    heading: str
    explains: str
    example: str = ""
    required: bool = False
    choices: str = ""
    several: bool = False


HEAD = (
    Field(
        name="key",
        heading="Short name",
        explains="Capital letters and digits, such as BUDGET2026. It begins the name of every promise.",
        required=True,
    ),
    Field(name="title_en", heading="Title", explains="The policy document's title in English.", required=True),
    Field(name="title_zh", heading="Title in Chinese", explains="The same in Traditional Chinese.", required=True),
    Field(name="delivered_on", heading="Delivered on", explains="The day on which it was delivered, such as 2026-02-25.", required=True),
)
"""The lines above the table: a label in the first column, what is to be said in the second."""

_SEVERAL = "Several are put apart by a semicolon or stand on lines of their own."

COLUMNS = (
    Field(
        name="number",
        heading="Number",
        explains="The promise's own number, such as 01 or TX-01. Give each target of a promise a row with the same number.",
        example=EXAMPLE,
        required=True,
    ),
    Field(
        name="section_en",
        heading="Section",
        explains="The part of the document. Empty means: as in the row above.",
        example="Green city",
        required=True,
    ),
    Field(name="section_zh", heading="Section in Chinese", explains="The same in Chinese.", example="綠色城市", required=True),
    Field(
        name="heading_en",
        heading="Heading",
        explains="The heading under which the promise stands. Empty: as above.",
        example="Street lighting",
        required=True,
    ),
    Field(name="heading_zh", heading="Heading in Chinese", explains="The same in Chinese.", example="街道照明", required=True),
    Field(name="bullet", heading="Bullet", explains="The place of the promise under its heading: 1, 2, 3.", example="1"),
    Field(
        name="title_en",
        heading="Promise",
        explains="A title of a few words, your own. In further rows of a promise it may be left empty.",
        example="Lanterns for every street",
        required=True,
    ),
    Field(name="title_zh", heading="Promise in Chinese", explains="The same in Chinese.", example="全港街道安裝燈籠", required=True),
    Field(
        name="description_en",
        heading="Description",
        explains="One or two sentences, your own, that explain it to somebody who does not know the subject.",
        example="A law is to oblige owners of streets to hang lanterns. It is to be introduced within 2026.",
    ),
    Field(
        name="description_zh",
        heading="Description in Chinese",
        explains="The same in Chinese.",
        example="立法規定街道業權人懸掛燈籠，於2026年內提交。",
    ),
    Field(
        name="bureaux",
        heading="Bureaux",
        explains=f"Who is in charge, by acronym. {_SEVERAL}",
        example="DEVB; EEB",
        required=True,
        choices="bureau",
        several=True,
    ),
    Field(
        name="slug",
        heading="Target",
        explains="A short name in small letters for what is to be reached, such as bill. Do not change it later: the record hangs on it.",
        example="bill",
        required=True,
    ),
    Field(
        name="target_title_en",
        heading="Target title",
        explains="What is to be reached, in a few words.",
        example="Lantern bill before LegCo",
        required=True,
    ),
    Field(
        name="target_title_zh", heading="Target title in Chinese", explains="The same in Chinese.", example="向立法會提交燈籠條例草案", required=True
    ),
    Field(
        name="nature",
        heading="Nature",
        explains="Outcome: it can be completed. Continuing work: it only goes on. To be explored: only a study was promised.",
        example="Outcome",
        required=True,
        choices="nature",
    ),
    Field(
        name="completes_1",
        heading="Completed by",
        explains="The step that completes the target; an outcome needs one.",
        choices="kind",
        example="Bill introduced (First Reading)",
    ),
    Field(name="completes_2", heading="Completed by (2)", explains="A further one, if there is.", choices="kind"),
    Field(name="completes_3", heading="Completed by (3)", explains="A further one, if there is.", choices="kind"),
    Field(name="joined", heading="Any or all", explains="Whether any of these steps completes it, or all are needed. Empty: any.", choices="joined"),
    Field(
        name="steps",
        heading="Other steps",
        explains=f"What else can be told of it. Empty: all that usually goes with what completes it. {_SEVERAL}",
        choices="kind",
        several=True,
    ),
    Field(
        name="deadline",
        heading="Deadline",
        explains="On or before: it must be done by the last day. Starting from: it should begin, and is never overdue.",
        example="On or before",
        required=True,
        choices="deadline",
    ),
    Field(name="printed", heading="Deadline as printed", explains="The words of the document.", example="within 2026"),
    Field(name="first", heading="First day", explains="The first day that the words can mean, not before the day of delivery.", example="2026-02-25"),
    Field(name="last", heading="Last day", explains="The last day that the words can mean.", example="2026-12-31"),
    Field(
        name="derived",
        heading="How the days were read",
        explains="Why these days, in a sentence.",
        example="From the delivery to the last day of the year.",
    ),
    Field(name="value", heading="Figure", explains="A number to reach, where one is promised.", example=""),
    Field(name="unit", heading="Unit", explains="What is counted, as texts say it in English: students, estates."),
    Field(name="basis", heading="Basis", explains="cumulative: a running total. level: how many there are at a time.", choices="basis"),
    Field(
        name="names_en",
        heading="Names",
        explains=f"How English texts call it: the bill, body, scheme, with year and short forms, at least three characters. {_SEVERAL}",
        example="Lantern Bill; Lantern Bill 2026; bill on lanterns",
        required=True,
        several=True,
    ),
    Field(
        name="names_zh",
        heading="Names in Chinese",
        explains="How Chinese texts call it.",
        example="燈籠條例草案; 2026年燈籠條例草案",
        required=True,
        several=True,
    ),
    Field(
        name="requires_en",
        heading="Needed words",
        explains=f"One of these must stand in the text as well, where a name alone says too little. Fill both languages or none. {_SEVERAL}",
        several=True,
    ),
    Field(name="requires_zh", heading="Needed words in Chinese", explains="The same in Chinese.", several=True),
    Field(
        name="excludes_en",
        heading="Excluding words",
        explains=f"None of these may stand in the sentence: another bill of the same name, another place. {_SEVERAL}",
        example="Lantern Bill 2019",
        several=True,
    ),
    Field(name="excludes_zh", heading="Excluding words in Chinese", explains="The same in Chinese.", example="2019年燈籠條例草案", several=True),
)
"""The columns of the table, a row for each target."""

_LAW = frozenset(k for k in Kind if k.startswith(("bill_", "ordinance_", "subsidiary_", "legislative_", "consultation_"))) | {Kind.POLICY_PUBLISHED}
_ALWAYS = frozenset({Kind.PROGRESS_REPORTED, Kind.DELAYED, Kind.CANCELLED})
_ELSE = frozenset(Kind) - frozenset(k for k in _LAW if not k.startswith(("consultation_", "policy_")))


def usual_steps(completes: frozenset[Kind]) -> frozenset[Kind]:
    """What can be told of a target where the form does not say: the stages of making law if that completes it, else everything else."""
    by_law = any(k in _LAW and k not in _ELSE for k in completes)
    return (_LAW if by_law else _ELSE) | completes | _ALWAYS


def told_always(steps: frozenset[Kind], completes: frozenset[Kind]) -> frozenset[Kind]:
    """The steps that the form names, with what completes the target and what can be told of every one."""
    return steps | completes | _ALWAYS


Choices = Mapping[str, Mapping[str, tuple[str, ...]]]
"""The lists to choose from: by name of the list and label as the form shows it, what is meant, and how else it may be written."""


def choices(vocabulary: Vocabulary) -> Choices:
    """The lists to choose from, in the words of the vocabulary."""
    return {
        "kind": {vocabulary.kinds[k].en: (k.value, vocabulary.kinds[k].zh) for k in Kind},
        "nature": {vocabulary.natures[n].en: (n.value, vocabulary.natures[n].zh) for n in Nature},
        "deadline": {vocabulary.deadlines[d].en: (d.value, vocabulary.deadlines[d].zh) for d in DeadlineKind},
        "joined": {j.value: (j.value,) for j in Joined},
        "basis": {basis: (basis,) for basis in ("cumulative", "level")},
        "bureau": {acronym: (acronym,) for acronym in sorted(vocabulary.bureaux, key=str.casefold)},
    }
