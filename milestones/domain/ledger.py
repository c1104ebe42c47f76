"""The bytes that are hashed: canonical JSON, claim keys, content digests, leaves and the chain.

Pure functions; the same draft gives the same bytes on every machine. Leaves never hold positions or hashes, so that a log keeps
its leaves when it is imported anew; what a leaf is made of is named by its leaf version, so that later columns change no old leaf.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from milestones.domain.dates import utc_text
from milestones.domain.events import Draft, EventType, Recorded

GENESIS_HASH = "0" * 64
"""`prev_hash` of the first event."""

SCHEMA_VERSION = 1
LEAF_VERSION = 1

_NAMESPACE = UUID("6e1f3c64-54f2-5f6d-9a51-0c4a3f5d7b10")

LEAF_FIELDS = (
    "amends", "caused_by", "claim_key", "commitment", "confidence", "content_digest", "data", "document_digest", "event_id", "kind",
    "leaf_version", "locator", "occurred_on", "occurred_precision", "producer", "published_at", "quote", "recorded_at", "rule", "rule_version",
    "run_id", "schema_version", "source", "state", "stream", "stream_version", "subject", "target", "type",
)  # fmt: skip
"""What leaf version 1 is made of, in the order of the bytes."""

# A leaf is canonical JSON of one known shape, so it is filled in rather than built: a third of the time, and the same bytes.
_LEAF = "{" + ",".join(f'"{name}":%s' for name in LEAF_FIELDS) + "}"
_DATA = LEAF_FIELDS.index("data")
_json_text = json.encoder.encode_basestring  # as json.dumps writes text where ensure_ascii is off; mind that it does no NFC
_AS_JSON: dict[type, Callable[[Any], str]] = {str: _json_text, int: int.__repr__, type(None): lambda _: "null"}


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)  # json.dumps would make a new one each time


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8, text in NFC. Raises TypeError for floats: money and ratios are decimal text."""
    return _canonical_text(value).encode()


def _canonical_text(value: Any) -> str:
    return _ENCODER.encode(_plain(value))


def _plain(value: Any) -> Any:
    # In the order of how often they come: every event passes here three times.
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, int):
        return value
    if type(value) is dict:
        return {_plain(k): _plain(v) for k, v in value.items()}
    if isinstance(value, float):
        raise TypeError(f"no floats in the ledger: {value}")
    if isinstance(value, Mapping):
        return {_plain(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value


def digest(*parts: str) -> str:
    """SHA-256 over a list of texts, as lower-case hex; the list's borders count."""
    return hashlib.sha256(canonical(parts)).hexdigest()


def claim_key(document_id: str, commitment: str, target: str, kind: str, subject: str) -> str:
    """Names what a document claims, whatever the content: no rule, place or bytes, so an edited page meets its old claim."""
    return digest("claim", document_id, commitment, target, kind, subject)


def content_digest(draft: Draft) -> str:
    """What makes a claim another claim: state, day, figures, words, and a later deadline where one is told.

    Confidence and rule stay outside, or recalibration would amend all.
    """
    quote = " ".join(unicodedata.normalize("NFKC", draft.quote or "").split())
    milestone = [
        draft.state, draft.occurred_on.isoformat() if draft.occurred_on else None, draft.occurred_precision, draft.data.get("figures", []), quote,
    ]  # fmt: skip
    if "revised_deadline" in draft.data:
        milestone.append(draft.data["revised_deadline"])
    if draft.type in (EventType.MILESTONE_REPORTED, EventType.MILESTONE_AMENDED):
        return hashlib.sha256(canonical(milestone)).hexdigest()
    return hashlib.sha256(canonical([*milestone, draft.data])).hexdigest()


def event_id(draft: Draft, previous: UUID | None) -> UUID:
    """The same claim after the same history has the same id, so a step that runs twice makes no second event."""
    return _event_id(draft, content_digest(draft), previous)


def _event_id(draft: Draft, content: str, previous: UUID | None) -> UUID:
    return uuid5(_NAMESPACE, "|".join([draft.claim_key, str(previous or ""), draft.type, content]))


def leaf_hash(fields: Mapping[str, Any]) -> str:
    """RFC 6962 leaf hash over the fields that leaf version 1 names."""
    values = [_normal(fields[name]) for name in LEAF_FIELDS]
    values[_DATA] = _canonical_text(fields["data"])
    return leaf_hash_of_texts(values)


def leaf_hash_of_texts(values: Sequence[str | int | None]) -> str:
    """The same over what stands in a row: values of LEAF_FIELDS in their order, `data` as its JSON text, nothing normalised.

    So it is the hash that was recorded only if the row holds, byte for byte, what was hashed. Raises TypeError for other values.
    """
    try:
        texts = [_AS_JSON[type(value)](value) for value in values]
    except KeyError as error:
        raise TypeError(f"a leaf holds text and whole numbers, not {error.args[0].__name__}") from None
    texts[_DATA] = str(values[_DATA])
    return hashlib.sha256(b"\x00" + (_LEAF % tuple(texts)).encode()).hexdigest()


def _normal(value: Any) -> Any:
    """Text as it is hashed; of an enumeration's member as well."""
    if isinstance(value, str):
        return str(value) if value.isascii() else unicodedata.normalize("NFC", value)
    return value


def chain_hash(prev_hash: str, leaf: str) -> str:
    """SHA-256 over the raw bytes of the previous link's hash and this leaf's hash."""
    return hashlib.sha256(bytes.fromhex(prev_hash) + bytes.fromhex(leaf)).hexdigest()


def leaf_fields(event: Recorded) -> dict[str, Any]:
    """The fields of a recorded event as they are hashed."""
    return _fields(
        event.draft, event.event_id, event.stream_version, event.recorded_at, event.content_digest, event.schema_version, event.leaf_version
    )


def _fields(draft: Draft, id_: UUID, version: int, recorded_at: datetime, content: str, schema_version: int, leaf_version: int) -> dict[str, Any]:
    return {
        "event_id": str(id_),
        "stream": draft.stream,
        "stream_version": version,
        "type": draft.type,
        "schema_version": schema_version,
        "commitment": draft.commitment,
        "target": draft.target,
        "kind": draft.kind,
        "state": draft.state,
        "subject": draft.subject,
        "source": draft.source,
        "occurred_on": draft.occurred_on.isoformat() if draft.occurred_on else None,
        "occurred_precision": draft.occurred_precision,
        "published_at": utc_text(draft.published_at) if draft.published_at else None,
        "recorded_at": utc_text(recorded_at),
        "claim_key": draft.claim_key,
        "content_digest": content,
        "confidence": draft.confidence,
        "data": draft.data,
        "document_digest": draft.document_digest,
        "locator": draft.locator,
        "quote": draft.quote,
        "rule": draft.rule,
        "rule_version": draft.rule_version,
        "producer": draft.producer,
        "run_id": draft.run_id,
        "caused_by": str(draft.caused_by) if draft.caused_by else None,
        "amends": str(draft.amends) if draft.amends else None,
        "leaf_version": leaf_version,
    }


def link(draft: Draft, *, position: int, previous_of_claim: UUID | None, stream_version: int, recorded_at: datetime, prev_hash: str) -> Recorded:
    """The draft as the ledger's next link."""
    content = content_digest(draft)
    id_ = _event_id(draft, content, previous_of_claim)
    leaf = leaf_hash(_fields(draft, id_, stream_version, recorded_at, content, SCHEMA_VERSION, LEAF_VERSION))
    return Recorded(
        draft=draft,
        position=position,
        event_id=id_,
        stream_version=stream_version,
        schema_version=SCHEMA_VERSION,
        leaf_version=LEAF_VERSION,
        recorded_at=recorded_at,
        content_digest=content,
        leaf_hash=leaf,
        prev_hash=prev_hash,
        hash=chain_hash(prev_hash, leaf),
    )
