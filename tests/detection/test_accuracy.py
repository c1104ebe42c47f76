"""The figures on the labelled documents must not fall below what was reached before."""

import json
import tomllib
from pathlib import Path

import pytest

from milestones.adapters.registry_files import load_registry
from milestones.detection import Detector, detector
from milestones.domain.documents import QUOTE_LIMIT, Candidate, Decision, Document
from milestones.domain.events import Kind
from tests.detection.evaluate import scores
from tests.detection.facsimiles import FOLDER, bills, labelled
from tests.detection.wordings import WORDINGS, Wording


@pytest.fixture(scope="module")
def reader() -> Detector:
    return detector(load_registry())


FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))


@pytest.mark.parametrize(("name", "group"), [(name, group) for name, groups in FLOORS.items() for group in groups])
def test_no_figure_falls_below_the_recorded_one(name: str, group: str) -> None:
    found = scores(name)[group]
    figures = {"precision": found.precision, "recall": found.recall, "recall_with_review": found.recall_with_review}
    assert {f: v for f, v in figures.items() if v < FLOORS[name][group][f]} == {}


def test_bill_records_give_exactly_their_stages(reader: Detector) -> None:
    expected = {
        (e["internal_key"], e["commitment"], e["event"], e["occurred_on"]) for e in json.loads((FOLDER / "bills-expected.json").read_text("utf-8"))
    }
    found = {
        (d.document_id.rpartition("#")[2], c.commitment.rpartition("/")[2], str(c.kind), str(c.occurred_on)) for d in bills() for c in reader.read(d)
    }
    assert found == expected


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda w: w.name)
def test_other_wordings_tell_their_events_and_no_more(wording: Wording, reader: Detector) -> None:
    appended = [c for c in reader.read(wording.document) if c.decision is Decision.APPEND and c.kind is not Kind.PROGRESS_REPORTED]
    assert {(c.commitment.rpartition("/")[2], str(c.kind), str(c.state), str(c.occurred_on)) for c in appended} == wording.events


def quoted(document: Document, candidate: Candidate) -> str:
    place, _, span = candidate.locator.partition(":")
    text = document.headline if place == "h" else document.items[int(place[1:])].text if place[0] == "i" else document.paragraphs[int(place[1:])]
    first, _, last = span.partition("-")
    return text[int(first) : int(last)]


def test_every_quotation_stands_in_the_document_where_it_says(reader: Detector) -> None:
    documents = [d.document for d in labelled()] + bills() + [w.document for w in WORDINGS]
    claims = [(d, c) for d in documents for c in reader.read(d)]
    assert len(claims) > 200
    for document, claim in claims:
        assert claim.quote == quoted(document, claim)
        assert 0 < len(claim.quote) <= QUOTE_LIMIT


def test_a_document_claims_each_thing_once_and_reads_the_same_twice(reader: Detector) -> None:
    for item in labelled():
        found = reader.read(item.document)
        keys = [(c.commitment, c.target, c.kind, c.subject) for c in found]
        assert len(keys) == len(set(keys))
        assert reader.read(item.document) == found
