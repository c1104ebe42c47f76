"""The bytes that are hashed. The hashes written out here were made once; a change of them would orphan every ledger in use."""

import json
import unicodedata
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestones.domain.dates import Precision
from milestones.domain.events import Draft, EventType, Kind, State
from milestones.domain.ledger import (
    GENESIS_HASH,
    LEAF_FIELDS,
    canonical,
    chain_hash,
    claim_key,
    content_digest,
    digest,
    event_id,
    leaf_fields,
    leaf_hash,
    leaf_hash_of_texts,
    link,
)
from tests.domain.build import record, told

AT = datetime(2024, 12, 20, 3, tzinfo=UTC)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=3),
    max_leaves=8,
)


def test_canonical_bytes_are_sorted_dense_utf_8():
    assert canonical({"b": [1, True, None], "a": "條例草案"}) == '{"a":"條例草案","b":[1,true,null]}'.encode()


def test_text_that_looks_the_same_is_the_same():
    assert canonical({"é": "é"}) == canonical({"e\u0301": "e\u0301"})


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), PLAIN, max_size=5), st.randoms())
def test_the_order_of_keys_does_not_matter(value, random):
    keys = list(value)
    random.shuffle(keys)
    assert canonical({k: value[k] for k in keys}) == canonical(value) or len({unicodedata.normalize("NFC", k) for k in keys}) < len(keys)


@pytest.mark.parametrize("value", [0.5, {"a": [1.0]}, {"a": {"b": float("nan")}}])
def test_floats_are_refused_wherever_they_stand(value):
    with pytest.raises(TypeError, match="no floats in the ledger"):
        canonical(value)


@pytest.mark.parametrize("value", [Decimal("1.5"), date(2024, 12, 18), b"bytes", {"a", "b"}])
def test_what_is_not_plain_data_is_refused(value):
    with pytest.raises(TypeError):
        canonical({"a": value})


def test_the_borders_between_parts_count():
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", "")}) == 4


def test_a_claim_is_named_by_what_it_claims():
    claim = ("https://www.info.gov.hk/p.htm", "PA2024/DE-04", "bill", "bill_first_reading", "stablecoins-bill")
    assert claim_key(*claim) == "b122de16c00b4a3dc25226116bfc31fbdc38767f2594ed48d8fe376c82b252d9"
    others = {claim_key(*claim[:n], "other", *claim[n + 1 :]) for n in range(5)}
    assert len(others | {claim_key(*claim)}) == 6


def test_state_day_precision_figures_and_words_make_a_claim_another():
    report = told()
    changed = [
        replace(report, state=State.SCHEDULED),
        replace(report, occurred_on=date(2024, 12, 19)),
        replace(report, occurred_on=None),
        replace(report, occurred_precision=Precision.MONTH),
        replace(report, data={"figures": [{"value": "300", "unit": "petaFLOPS", "basis": "level"}]}),
        replace(report, quote="The Stablecoins Bill did not receive its first reading."),
    ]
    assert len({content_digest(d) for d in [report, *changed]}) == len(changed) + 1


def test_confidence_rule_run_spacing_and_width_make_no_other_claim():
    report = told(quote="第2條（修訂） first reading")
    same = [
        replace(report, confidence=50),
        replace(report, rule="press.other", rule_version=2),
        replace(report, run_id="run-2", producer="other"),
        replace(report, quote=" 第2條(修訂)\u00a0 first\n reading"),
        replace(report, data={**report.data, "reason": "recalibrated"}),
        replace(report, type=EventType.MILESTONE_AMENDED),
    ]
    assert {content_digest(d) for d in same} == {content_digest(report)}


def test_other_events_are_told_apart_by_all_their_data():
    opened = Draft(stream="ledger", type=EventType.LEDGER_OPENED, source="urn:x:y", claim_key="k", data={"origin": "live"}, producer="p", run_id="r")
    assert content_digest(opened) != content_digest(replace(opened, data={"origin": "replica"}))


def test_an_event_is_named_by_claim_history_type_and_content():
    report, before = told(), UUID(int=7)
    assert event_id(report, None) == event_id(replace(report, run_id="run-2", confidence=1), None)
    others = [
        event_id(report, before),
        event_id(replace(report, claim_key="other"), None),
        event_id(replace(report, type=EventType.MILESTONE_RETRACTED), None),
        event_id(replace(report, quote="other words"), None),
    ]
    assert len({event_id(report, None), *others}) == 5


def test_the_first_link_of_a_known_draft_is_known():
    (event,) = record([told()], at=AT)
    assert (str(event.event_id), event.content_digest) == (
        "5aee6b97-6b6e-52e3-804f-fc77ff994509",
        "f0c84058055f3d7451a02aada1a9446fac2c9cc8ba617359719fe54c456d620c",
    )
    assert (event.leaf_hash, event.hash) == (
        "51cb511161f7cfaab60a8121727dd90118b7cc25879449d1685a62bbb1a79f7c",
        "8b9bd193d0edad0c9591c7e5c1d051b7d9452f22d28d59e0c57349b15209534f",
    )


def test_a_leaf_is_hashed_as_rfc_6962_says():
    (event,) = record([told()])
    assert event.leaf_hash == sha256(b"\x00" + canonical(leaf_fields(event))).hexdigest() == leaf_hash(leaf_fields(event))


TEXT = st.none() | st.text(st.characters(exclude_categories=["Cs"]))


@given(st.fixed_dictionaries({name: TEXT | st.integers() for name in LEAF_FIELDS if name != "data"}), st.dictionaries(st.text(), PLAIN, max_size=3))
def test_a_leaf_is_canonical_json_whatever_it_holds(fields, data):
    fields = fields | {"data": json.loads(canonical(data))}
    assert leaf_hash(fields) == sha256(b"\x00" + canonical(fields)).hexdigest()


@given(st.fixed_dictionaries({name: TEXT for name in LEAF_FIELDS if name != "data"}))
def test_a_row_hashes_to_its_leaf_only_as_it_was_hashed(fields):
    row = [canonical({"a": 1}).decode() if name == "data" else fields[name] for name in LEAF_FIELDS]
    normal = all(v is None or unicodedata.is_normalized("NFC", v) for v in row)
    assert (leaf_hash_of_texts(row) == leaf_hash(fields | {"data": {"a": 1}})) == normal
    spaced = ['{"a": 1}' if name == "data" else value for name, value in zip(LEAF_FIELDS, row, strict=True)]
    assert leaf_hash_of_texts(spaced) != leaf_hash_of_texts(row)


@pytest.mark.parametrize("value", [0.5, b"x", date(2024, 12, 18), ("x",)])
def test_a_leaf_of_other_values_is_refused(value):
    (event,) = record([told()])
    with pytest.raises(TypeError):
        leaf_hash(leaf_fields(event) | {"quote": value})


def test_a_link_chains_the_raw_hashes():
    first, second = record([told(), told(page="other")])
    assert (first.prev_hash, second.prev_hash) == (GENESIS_HASH, first.hash)
    assert second.hash == sha256(bytes.fromhex(first.hash) + bytes.fromhex(second.leaf_hash)).hexdigest() == chain_hash(first.hash, second.leaf_hash)


def test_a_leaf_holds_no_position_and_no_hash_so_that_it_survives_an_import():
    report = told()
    there = link(report, position=9, previous_of_claim=None, stream_version=1, recorded_at=AT, prev_hash="ab" * 32)
    here = link(report, position=1, previous_of_claim=None, stream_version=1, recorded_at=AT, prev_hash=GENESIS_HASH)
    assert (there.leaf_hash == here.leaf_hash, there.hash == here.hash) == (True, False)


@pytest.mark.parametrize("name", [f.name for f in fields(Draft)])
def test_every_field_of_a_draft_is_in_the_leaf(name):
    other = {
        "type": EventType.MILESTONE_RETRACTED,
        "data": {"figures": [], "more": 1},
        "kind": Kind.BILL_PASSED,
        "state": State.SCHEDULED,
        "occurred_on": date(2025, 1, 8),
        "occurred_precision": Precision.MONTH,
        "published_at": AT,
        "confidence": 1,
        "rule_version": 2,
        "caused_by": UUID(int=1),
        "amends": UUID(int=2),
    }.get(name, "other")
    first, second = (record([d], at=AT)[0] for d in (told(), replace(told(), **{name: other})))
    assert first.leaf_hash != second.leaf_hash


@pytest.mark.parametrize(
    "changed", [{"stream_version": 2}, {"recorded_at": datetime(2024, 12, 20, 3, 0, 0, 1, tzinfo=UTC)}, {"schema_version": 2}, {"leaf_version": 2}]
)
def test_what_the_ledger_adds_is_in_the_leaf(changed):
    (event,) = record([told()])
    assert leaf_hash(leaf_fields(replace(event, **changed))) != event.leaf_hash
