"""The gate: runs a data quality suite of this folder over rows and says what failed, for which rows, in words.

Great Expectations works on an ephemeral context and writes nothing. It takes eight seconds to import, so that is done inside,
and not at all where there are no rows. What cannot be judged (a column is missing, a value has no order) is a finding too:
the gate never lets through what it could not look at.
"""

import json
import os
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from importlib.resources import files
from typing import Any
from uuid import UUID

from milestones.domain.commitments import Registry
from milestones.domain.dates import Precision, utc_text
from milestones.domain.documents import Decision
from milestones.domain.errors import AuditError
from milestones.domain.events import CONTEXT, EventType, Kind, State
from milestones.domain.status import Basis, Status
from milestones.services.ports import Audit, Finding

YEARS_AHEAD = 6
"""How far behind the newest policy document a day may lie: a term of government and a year of delay."""

SAMPLES = 3
"""Offending values that a finding shows."""


def gate(registry: Registry) -> Audit:
    """The gate for the commitments of a registry."""
    return partial(run_suite, parameters=parameters(registry))


def parameters(registry: Registry) -> dict[str, Any]:
    """What the suites call `$PARAMETER`: the vocabulary, and what the registry knows."""
    commitments = list(registry.commitments())
    delivered = [d.delivered_on for d in registry.documents]
    return {
        "kinds": _values(Kind),
        "states": _values(State),
        "precisions": _values(Precision),
        "decisions": _values(Decision),
        "event_types": _values(EventType),
        "statuses": _values(Status),
        "bases": _values(Basis),
        "commitments": [c.key for c in commitments],
        "targets": sorted({t.slug for c in commitments for t in c.targets} | {CONTEXT}),
        "target_count": sum(len(c.targets) for c in commitments),
        "first_day": min(delivered).isoformat(),
        "first_year": f"{min(delivered).year}-01-01",
        "last_day": (max(delivered) + timedelta(days=366 * YEARS_AHEAD)).isoformat(),
    }


def run_suite(
    suite: str, rows: Sequence[Mapping[str, Any]], *, parameters: Mapping[str, Any], keep: Callable[[Any], object] | None = None
) -> list[Finding]:
    """What the rows fail of the suite `<suite>.json`, in the order of the suite; nothing where there are no rows.

    `keep` is given the whole result of Great Expectations, for its Data Docs.

    Findings name a row by its `id`, or else by the columns that the suite's `row_id` names. Days and instants may be text or objects.
    Raises AuditError where there is no such suite, or a parameter of it is not given.
    """
    definition = _definition(suite)
    if not rows:
        return []
    meta = definition["meta"]
    missing = _parameters_of(definition) - set(parameters)
    if missing:
        raise AuditError(f"suite {suite} needs the parameters {', '.join(sorted(missing))}; `parameters(registry)` gives them")
    plain = [{name: _value(value) for name, value in row.items()} for row in rows]
    bounds = {name: parameters[name] for name in meta.get("beside_bounds", ())}
    named = [row | bounds | {"id": _row_id(row, meta["row_id"])} for row in plain]
    table = _beside_predecessor(named, meta.get("beside_predecessor", ()))
    outcome = _outcome(definition, table, parameters)
    if keep:
        keep(outcome)
    by_number = {int(r["expectation_config"]["id"]): r for r in outcome.to_json_dict()["results"]}
    notes = [e["notes"] for e in definition["expectations"]]
    return [_finding(note, by_number[n]) for n, note in enumerate(notes) if not by_number[n]["success"]]


def _definition(suite: str) -> dict[str, Any]:
    path = files("expectations") / f"{suite}.json"
    if not suite.isidentifier() or not path.is_file():
        raise AuditError(f"there is no data quality suite {suite!r}")
    definition: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return definition


def _parameters_of(definition: Mapping[str, Any]) -> set[str]:
    arguments = [a for e in definition["expectations"] for a in e["kwargs"].values()]
    return {a["$PARAMETER"] for a in arguments if isinstance(a, Mapping) and "$PARAMETER" in a} | set(definition["meta"].get("beside_bounds", ()))


def _outcome(definition: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], parameters: Mapping[str, Any]) -> Any:
    """Runs the expectations; the validation result. The id of each is its place in the definition."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Great Expectations 1.24 imports modules that Python 3.11 deprecates
        import great_expectations as gx
        from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults
        from pandas import DataFrame  # type: ignore[import-untyped]  # its stubs are not in the lock

    # no documentation site, which would be made in a temporary folder, and no progress bars, which would fill the log of every task
    config = DataContextConfig(store_backend_defaults=InMemoryStoreBackendDefaults(), progress_bars={"globally": False})
    context = gx.get_context(mode="ephemeral", project_config=config)
    frame = DataFrame(rows, dtype=object)  # as they are: no column becomes float because one value is missing
    batch = context.data_sources.add_pandas("rows").add_dataframe_asset("rows").add_batch_definition_whole_dataframe("all")
    expectations = [{**e, "id": str(n)} for n, e in enumerate(definition["expectations"])]
    return batch.get_batch({"dataframe": frame}).validate(
        gx.ExpectationSuite(name=definition["name"], expectations=expectations),
        result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["id"]},
        expectation_parameters=dict(parameters),
    )


def _finding(notes: str, result: Mapping[str, Any]) -> Finding:
    config, found = result["expectation_config"], result["result"]
    column = config["kwargs"].get("column") or ", ".join(_columns(config["kwargs"])) or "table"
    errors = _errors(result["exception_info"])
    if errors:
        return Finding(expectation=config["type"], detail=f"{column}: wanted {notes}; could not be judged: {errors[0]}")
    ids = tuple(dict.fromkeys(str(row["id"]) for row in found.get("unexpected_index_list") or ()))
    values = found.get("unexpected_list") or [found.get("observed_value")]
    shown = ", ".join(dict.fromkeys(_short(v) for v in values[:SAMPLES]))
    return Finding(expectation=config["type"], detail=f"{column}: wanted {notes}; found {shown}", row_ids=ids)


def _columns(kwargs: Mapping[str, Any]) -> list[str]:
    return list(kwargs.get("column_list") or [kwargs[k] for k in ("column_A", "column_B") if k in kwargs])


def _errors(info: Mapping[str, Any] | None) -> list[str]:
    """Messages of what was raised; Great Expectations gives one record, or one for each metric."""
    if not info:
        return []
    records = [info] if "raised_exception" in info else list(info.values())
    return [_short(r["exception_message"]) for r in records if r["raised_exception"]]


def _short(value: Any) -> str:
    """A value for a log line: escaped, since it may be scraped text, and cut."""
    text = ascii(value) if not isinstance(value, str) else value.encode("unicode_escape").decode()
    return text if len(text) <= 80 else f"{text[:77]}..."


def _value(value: Any) -> Any:
    """Instants as UTC text, days as ISO text, ids as text: such texts order as what they mean, and a malformed one is a finding, not a crash."""
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()  # pandas cannot hash a lone surrogate
    return str(value) if isinstance(value, UUID) else value


def _row_id(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    """The name by which findings call a row: its own id, or what identifies it in its table."""
    return str(row["id"]) if "id" in row else "/".join(str(row.get(c)) for c in columns)


def _beside_predecessor(rows: list[dict[str, Any]], columns: Sequence[str]) -> list[dict[str, Any]]:
    """Each row with its number and these columns of the row before it, so that an expectation about order can name the row."""
    if not columns:
        return rows
    before: list[Mapping[str, Any]] = [{}, *rows]
    return [{**row, "row_number": n, **{f"previous_{c}": before[n - 1].get(c) for c in columns}} for n, row in enumerate(rows, 1)]


def _values(vocabulary: Iterable[str]) -> list[str]:
    return [str(word) for word in vocabulary]
