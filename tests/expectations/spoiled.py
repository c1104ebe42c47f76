"""For every expectation of every suite a row made bad for it, and for nothing else where that can be.

`SPOILED` names an expectation by column and note, as findings do, and gives the values that spoil a good row; `TWINS` makes two rows
that are alike where rows must differ. `WHOLE` gives a whole table for what only a whole table can fail.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any

from tests.expectations.rows import (
    AGREEMENT,
    AMENDED,
    COUNT,
    COVERAGE,
    EVIDENCE,
    GOOD,
    HAPPENED,
    LATE,
    LEDGER,
    MET,
    MILESTONE,
    OPENED,
    OVERDUE,
    QUIET,
    REGISTERED,
    REPORTED,
    SCHEDULED,
    SOURCE,
    STAMP,
)

Row = dict[str, Any]
Spoil = tuple[str, Row, Row]
"""An expectation, a good row, and what spoils it."""


def missing(row: Row, notes: dict[str, str]) -> list[Spoil]:
    """Columns that must be filled, left empty."""
    return [(f"{column}: {note}", row, {column: None}) for column, note in notes.items()]


def not_hex(row: Row, notes: dict[str, str]) -> list[Spoil]:
    return [(f"{column}: {note}: 64 hexadecimal digits", row, {column: "A" * 64}) for column, note in notes.items()]


HASHES = {
    "hash": "the hash of the link",
    "prev_hash": "the hash of the predecessor",
    "leaf_hash": "the hash of the event",
    "content_digest": "the digest of the content",
    "claim_key": "the key of the claim",
}
STEP_NOTES = {
    "commitment": "a commitment",
    "target": "a target, or context",
    "kind": "a kind of milestone",
    "state": "a state",
    "quote": "the words of the publisher",
    "url": "where it says so",
}
STAMP_NOTES = {"as_of_position": "the position that the table stands at", "as_of_on": "the day that the table stands at"}
LONG = "字" * 301
ELSEWHERE = "https://www.info.gov.hk.example/gia/P1.htm"


def step(row: Row) -> list[Spoil]:
    return [
        *missing(row, STEP_NOTES | STAMP_NOTES),
        ("commitment: a commitment of the registry", row, {"commitment": "PA2024/XX-99"}),
        ("target: a target of the registry, or context", row, {"target": "moon"}),
        ("kind: a kind of milestone that we know", row, {"kind": "rumoured"}),
        ("state: scheduled or happened", row, {"state": "hoped"}),
        ("quote: 1 to 300 characters of the publisher's text", row, {"quote": LONG}),
        ("url: an https address or a name of our own", row, {"url": "javascript:alert(1)"}),
    ]


SPOILED: dict[str, list[Spoil]] = {
    "staged_candidates": [
        *missing(
            HAPPENED,
            {
                "commitment": "a commitment",
                "target": "a target, or context",
                "kind": "a kind of milestone",
                "state": "a state",
                "subject": "what the milestone is about",
                "precision": "how exactly the day is known",
                "decision": "a decision",
                "retrieved_on": "the day on which we read the page",
                "quote": "the words of the publisher",
                "quote_found": "whether the quote stands in the document",
                "confidence": "a confidence",
                "document_digest": "the document that says so",
                "url": "the page that says so",
            },
        ),
        ("commitment: a commitment of the registry", HAPPENED, {"commitment": "PA2024/XX-99"}),
        ("target: a target of the registry, or context", HAPPENED, {"target": "moon"}),
        ("kind: a kind of milestone that we know", HAPPENED, {"kind": "rumoured"}),
        ("state: scheduled or happened", HAPPENED, {"state": "hoped"}),
        ("subject: a slug: small letters, digits and single hyphens", HAPPENED, {"subject": "Gas Bill"}),
        ("precision: a precision that we know", HAPPENED, {"precision": "decade"}),
        ("decision: append, review or drop", HAPPENED, {"decision": "believe"}),
        ("occurred_on: a day as YYYY-MM-DD", HAPPENED, {"occurred_on": "2025-13-01"}),
        ("occurred_on: a day, where the precision says day", HAPPENED, {"occurred_on": None}),
        ("occurred_on: a day, where something is scheduled", SCHEDULED, {"occurred_on": None, "precision": "unknown"}),
        ("precision: a definite day, where something is scheduled", SCHEDULED, {"occurred_on": "2025-06-01", "precision": "month"}),
        ("occurred_on, first_day: a day on or after the promise", HAPPENED, {"occurred_on": "2024-10-15"}),
        ("occurred_on, first_year: a time not before the year of the promise", HAPPENED, {"occurred_on": "2023-12-01", "precision": "month"}),
        ("last_day, occurred_on: a time within six years of the newest policy document", SCHEDULED, {"occurred_on": "2205-04-16"}),
        ("days_from_publication: nothing that happened lies after the day of its publication", HAPPENED, {"days_from_publication": 1}),
        ("days_from_publication: nothing scheduled lies before the day of its publication", SCHEDULED, {"days_from_publication": -1}),
        ("published_on: a day as YYYY-MM-DD", HAPPENED, {"published_on": "11/04/2025"}),
        ("retrieved_on: a day as YYYY-MM-DD", HAPPENED, {"retrieved_on": "today"}),
        ("retrieved_on, published_on: nothing is read before it is published", HAPPENED, {"published_on": "2025-04-13"}),
        ("retrieved_on, occurred_on: nothing that happened lies after the day on which we read of it", HAPPENED, {"occurred_on": "2025-04-13"}),
        ("quote: 1 to 300 characters of the publisher's text", HAPPENED, {"quote": ""}),
        ("quote: 1 to 300 characters of the publisher's text", HAPPENED, {"quote": LONG}),
        ("quote_found: a quote that stands in the document word for word", HAPPENED, {"quote_found": False}),
        ("confidence: a confidence from 0 to 100", HAPPENED, {"confidence": 101}),
        ("confidence: a confidence from 0 to 100", HAPPENED, {"confidence": -1}),
        ("document_digest: 64 hexadecimal digits", HAPPENED, {"document_digest": "a" * 63}),
        ("url: an https address of a publisher that we read", HAPPENED, {"url": ELSEWHERE}),
        ("url: an https address of a publisher that we read", HAPPENED, {"url": "http://www.info.gov.hk/gia/P1.htm"}),
        ("url: an https address of a publisher that we read", HAPPENED, {"url": 'https://www.info.gov.hk/"><script>'}),
        ("url: an https address of a publisher that we read", HAPPENED, {"url": "https://www.info.gov.hk@example.org/"}),
    ],
    "ledger": [
        *missing(
            REPORTED,
            {
                "position": "a position",
                "event_id": "an id",
                "type": "a type of event",
                "recorded_at": "when we recorded it",
                "stream": "a stream",
                "stream_version": "a version in its stream",
                "source": "where it comes from",
                **HASHES,
            },
        ),
        *missing(
            REPORTED,
            {
                "commitment": "a commitment, on what reports a milestone",
                "target": "a target or context, on what reports a milestone",
                "subject": "a subject, on what reports a milestone",
                "kind": "a kind, on what reports a milestone",
                "state": "a state, on what reports a milestone",
                "quote": "the words of the publisher, on what reports a milestone",
                "occurred_on": "a day, where the precision says day",
            },
        ),
        *not_hex(REPORTED, HASHES | {"document_digest": "the digest of the document"}),
        ("position, row_number: positions 1 to n without a gap, in order", REPORTED, {"position": 999}),
        ("event_id: a UUID", REPORTED, {"event_id": "1; DROP TABLE event"}),
        ("row_number: a ledger is opened once", OPENED, {}),
        ("type: a type of event that we know", REGISTERED, {"type": "milestone.erased"}),
        ("recorded_at: an instant in UTC with six decimals", REPORTED, {"recorded_at": "2025-04-12T01:00:01Z"}),
        ("recorded_at, previous_recorded_at: no event recorded before its predecessor", REGISTERED, {"recorded_at": "2025-04-12T00:59:59.000000Z"}),
        ("published_at: an instant in UTC with six decimals", REPORTED, {"published_at": "2025-04-11"}),
        ("recorded_at, published_at: nothing is recorded before it is published", REPORTED, {"published_at": "2025-04-13T00:00:00.000000Z"}),
        ("prev_hash, previous_hash: each link holds the hash of its predecessor", REPORTED, {"prev_hash": "9" * 64}),
        ("stream_version: versions of a stream count from 1", REPORTED, {"stream_version": 0}),
        ("source: an https address or a name of our own", REPORTED, {"source": "javascript:alert(1)"}),
        ("commitment: a commitment of the registry", REPORTED, {"commitment": "PA2024/XX-99"}),
        ("kind: a kind on nothing but milestones", REGISTERED, {"kind": "bill_gazetted"}),
        ("state: a state on nothing but milestones", REGISTERED, {"state": "happened"}),
        ("kind: a kind of milestone that we know", REPORTED, {"kind": "rumoured"}),
        ("state: scheduled or happened", REPORTED, {"state": "hoped"}),
        ("occurred_precision: a precision that we know", REPORTED, {"occurred_precision": "decade"}),
        ("occurred_on: a day as YYYY-MM-DD", REPORTED, {"occurred_on": "April 11"}),
        ("quote: 1 to 300 characters of the publisher's text", REPORTED, {"quote": LONG}),
        ("confidence: a confidence from 0 to 100", REPORTED, {"confidence": 101}),
        ("amends: the event that a correction corrects", AMENDED, {"amends": None}),
        ("amends: nothing amended by what is no correction", REPORTED, {"amends": AMENDED["amends"]}),
        ("amends: the UUID of an event", AMENDED, {"amends": "the first one"}),
    ],
    "read_target": [
        *missing(
            MET,
            {
                "commitment": "a commitment",
                "target": "a target",
                "status": "a status",
                "occurred_on": "the day on which it was met",
                "evidence_count": "how many events tell of it",
                "slippage_days": "the days behind the deadline, where a target was met late",
                **STAMP_NOTES,
            },
        ),
        *missing(
            OVERDUE,
            {
                "basis": "what it rests on, where a target is overdue",
                "deadline_last_on": "a deadline, where one has passed",
                "slippage_days": "the days behind the deadline, where a target is overdue",
            },
        ),
        ("commitment: a commitment of the registry", QUIET, {"commitment": "PA2024/XX-99"}),
        ("target: a target of the registry", QUIET, {"target": "moon"}),
        ("status: a status that we know", QUIET, {"status": "failed"}),
        ("basis: what overdue rests on", OVERDUE, {"basis": "a feeling"}),
        ("basis: no basis where nothing is overdue", QUIET, {"basis": "no_completion_found"}),
        ("evidence_count: at least one event that says so, where a target is met", MET, {"evidence_count": 0}),
        ("slippage_days: at least one day behind the deadline", MET, {"slippage_days": 0}),
        ("unread_sources: the sources that were not read, where that leaves a status unknown", QUIET, {"status": "unknown"}),
    ],
    "read_commitment": [
        *missing(
            LATE,
            {
                "commitment": "a commitment",
                "met": "how many targets are met",
                "of": "how many targets can be met",
                "target_count": "how many targets there are",
                **STAMP_NOTES,
            },
        ),
        ("met: no fewer than none", LATE, {"met": -1}),
        ("of, met: no more met than can be met", LATE, {"met": 3}),
        ("target_count: at least one target", LATE, {"target_count": 0}),
        ("target_count, of: no more that can be met than there are", LATE, {"of": 3}),
    ],
    "read_milestone": [
        *step(MILESTONE),
        *missing(
            MILESTONE,
            {
                "milestone_id": "a name of the milestone",
                "occurred_on": "a day, where the precision says day",
                "evidence_count": "how many events tell of it",
            },
        ),
        ("occurred_last_on, occurred_first_on: no interval that ends before it begins", MILESTONE, {"occurred_last_on": "2025-04-10"}),
        ("evidence_count: at least one event that says so", MILESTONE, {"evidence_count": 0}),
        ("last_position, first_position: no last evidence before the first", MILESTONE, {"last_position": 3}),
        ("as_of_position, last_position: no evidence behind the position of the table", MILESTONE, {"last_position": 5}),
    ],
    "read_evidence": [
        *step(EVIDENCE),
        *missing(
            EVIDENCE,
            {
                "event_id": "an event",
                "milestone_id": "the milestone that it tells of",
                "position": "a position in the ledger",
                "document_digest": "the document that says so",
            },
        ),
        ("as_of_position, position: no event behind the position of the table", EVIDENCE, {"position": 5000}),
        ("recorded_at, published_at: nothing is recorded before it is published", EVIDENCE, {"published_at": "2025-04-13T00:00:00.000000Z"}),
    ],
    "read_source": [
        *missing(
            SOURCE,
            {
                "documents_listed": "how many documents were listed",
                "documents_read": "how many documents were read",
                "days_closed": "how many days are closed",
                "backlog": "how many documents wait",
                **STAMP_NOTES,
            },
        ),
        ("documents_listed, documents_read: no more read than listed", SOURCE, {"documents_read": 11}),
        ("days_closed: no fewer than none", SOURCE, {"days_closed": -1}),
        ("backlog: no fewer than none", SOURCE, {"backlog": -1}),
        ("gap_days, open_gaps: at least a day in each gap", SOURCE, {"gap_days": 0}),
        ("last_closed_on, first_closed_on: no last day before the first", SOURCE, {"last_closed_on": "2025-04-08"}),
    ],
    "read_status_count": [
        *missing(COUNT, {"count": "a count", **STAMP_NOTES}),
        ("status: a status that we know", COUNT, {"status": "failed"}),
        ("basis: what overdue rests on", COUNT, {"basis": "a feeling"}),
        ("count: no fewer than none", COUNT, {"count": -1}),
    ],
    "coverage": [
        ("listed, read: no more read than listed", COVERAGE, {"read": 31}),
        ("today, closed_on: only days that are over are read to the end", COVERAGE, {"closed_on": "2025-04-12"}),
    ],
    "agreement": [
        *missing(AGREEMENT, {"said": "a count that a table says", "counted": "the same count taken anew from another table"}),
        ("said, counted: the same count in both tables", AGREEMENT, {"counted": 2}),
    ],
}

TWINS: dict[str, list[Spoil]] = {
    "staged_candidates": [
        ("document_digest, commitment, target, kind, subject: each claim once in a document", HAPPENED, {"document_digest": "c" * 64}),
    ],
    "ledger": [
        ("event_id: each event once", REPORTED, {"event_id": "0000000f-0000-5000-8000-00000000000f"}),
        ("prev_hash: no fork: each link has one successor", REPORTED, {"prev_hash": "8" * 64}),
        ("stream, stream_version: each version of a stream once", REPORTED, {"stream_version": 77}),
    ],
    "read_target": [("commitment, target: one row for each target", QUIET, {"target": "fund"})],
    "read_commitment": [("commitment: one row for each commitment", LATE, {"commitment": "PA2024/XX-07"})],
    "read_milestone": [
        ("milestone_id: one row for each milestone", MILESTONE, {"milestone_id": "f" * 32}),
        ("commitment, target, kind, subject, occurred_on, occurred_precision: each step once", MILESTONE, {"subject": "twice"}),
    ],
    "read_evidence": [
        ("event_id: one row for each event", EVIDENCE, {"event_id": "0000000f-0000-5000-8000-00000000000f"}),
        ("position: each position once", EVIDENCE, {"position": 3}),
    ],
    "read_source": [("source, feed: one row for each feed of a source", SOURCE, {"feed": "twice"})],
    "read_status_count": [("unit, status, basis: one row for each unit, status and basis", COUNT, {"unit": "twice"})],
    "coverage": [("source, feed, day: one row for each day of a feed", COVERAGE, {"feed": "twice"})],
    "agreement": [],
}


def otherwise_stamped(suite: str) -> list[tuple[str, str, list[Row]]]:
    """A table that does not stand at one position and day."""
    first, *others = GOOD[suite]
    rows = [first, *others, first]
    return [
        (suite, "as_of_position: one position for the whole table", [*rows, first | {"as_of_position": STAMP["as_of_position"] + 1}]),
        (suite, "as_of_on: one day for the whole table", [*rows, first | {"as_of_on": "2025-04-13"}]),
    ]


WHOLE: list[tuple[str, str, list[Row]]] = [
    ("staged_candidates", "id: each candidate once", [HAPPENED, SCHEDULED | {"id": HAPPENED["id"]}]),
    ("ledger", "type: the first event opens the ledger", [REGISTERED | {"position": 1, "prev_hash": "0" * 64}]),
    ("ledger", "prev_hash: the chain begins with zeros", [OPENED | {"prev_hash": "1" * 64}, *LEDGER[1:]]),
    ("read_target", "table: as many rows as the registry has targets", [MET, OVERDUE]),
    ("read_commitment", "commitment: every commitment of the registry and no other", [LATE]),
    *(case for suite in SPOILED if suite.startswith("read_") for case in otherwise_stamped(suite)),
]


def fresh(suite: str) -> Iterator[Row]:
    """Values that make each further row another row."""
    for n in count(1000):
        uuid = f"{n:08x}-0000-5000-8000-000000000000"
        yield {
            "staged_candidates": {"id": n, "document_digest": f"{n:064x}"},
            "ledger": {"id": n, "event_id": uuid, "stream_version": n, "hash": f"{n:064x}"},
            "read_milestone": {"id": n, "milestone_id": f"{n:032x}", "subject": f"subject-{n}"},
            "read_evidence": {"id": n, "event_id": uuid, "position": 4},
            "coverage": {"id": n, "feed": f"feed-{n}"},
        }.get(suite, {"id": n})


def spoiled_table(suite: str) -> tuple[list[Row], list[tuple[str, list[str]]]]:
    """The good rows of a suite and all spoiled ones behind them; and for each expectation the ids that it must name."""
    rows, wanted, fresh_values = list(GOOD[suite]), [], fresh(suite)
    for twice, spoils in ((1, SPOILED[suite]), (2, TWINS[suite])):
        for expectation, row, changes in spoils:
            ids = []
            for _ in range(twice):
                values = next(fresh_values)
                place = {"position": len(rows) + 1, "prev_hash": rows[-1]["hash"]} if suite == "ledger" else {}
                rows.append(row | values | place | changes)
                ids.append(str(values["id"]))
            wanted.append((expectation, ids))
    return rows, wanted
