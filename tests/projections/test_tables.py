"""Rows of the read tables, and the tables and views that hold them, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, inspect, text

from milestones.adapters.registry_files import load_vocabulary
from milestones.domain.commitments import Nature
from milestones.domain.coverage import CoverageRow, SourceFacts
from milestones.domain.dates import days_between
from milestones.domain.errors import LedgerError
from milestones.domain.events import Kind
from milestones.domain.status import LEGCO_AGENDAS, LEGCO_BILLS, PRESS_RELEASES, Status, scoreboard
from milestones.projections import build
from milestones.store.engine import open_engine
from milestones.store.ledger import SqlLedger
from milestones.store.read_tables import SqlReadTables
from tests.domain.build import (
    KEY,
    NO_DEADLINE,
    PROMISED_ON,
    amending,
    commitment,
    record,
    registry,
    retracting,
    scheduled,
    target,
    told,
    view,
)

ON = date(2025, 2, 1)
VOCABULARY = load_vocabulary()
SANDBOX = target("sandbox", nature=Nature.CONTINUING, deadline=NO_DEADLINE, completes=())
REGISTRY = registry(commitment(target(), SANDBOX), commitment(target(), key="PA2024/IT-25"))
VIEWS = ("current_status", "dim_commitment", "dim_target", "fct_milestone", "fct_milestone_event", "fct_target_status", "scoreboard_counts")
DRAFTS = [
    scheduled(date(2024, 12, 18)),
    told(published_on=date(2024, 12, 18)),
    told(page="P2024121800263", quote="《穩定幣條例草案》進行首讀。"),
    told(Kind.POLICY_PUBLISHED, None, target="context", subject="guideline", page="guideline", published_on=date(2024, 12, 23)),
    scheduled(date(2025, 3, 5), commitment="PA2024/IT-25", page="agenda-2"),
]
SOURCES = [
    SourceFacts(source=LEGCO_BILLS, feeds=("odata",), last_error="503 Service Unavailable", backlog=2),
    SourceFacts(source=PRESS_RELEASES, feeds=("en", "zh"), last_good_read_at=datetime(2025, 1, 31, 22, tzinfo=UTC)),
]


def covered(feed: str, first: date, last: date, *, source: str = PRESS_RELEASES) -> list[CoverageRow]:
    return [CoverageRow(source=source, feed=feed, day=d, listed=2, read=2, closed=True) for d in days_between(first, last)]


def tables(drafts=DRAFTS, *, on: date = ON, coverage: list[CoverageRow] | None = None, of=REGISTRY):
    seen = view(on, record(drafts))
    return build(registry=of, vocabulary=VOCABULARY, view=seen, statuses=scoreboard(of, seen), coverage=coverage or [], sources=SOURCES)


def some(rows, **wanted):
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


# ---- rows ----------------------------------------------------------------------------------------------------------------


def test_every_table_is_stamped_with_position_and_day():
    built = tables()
    assert set(built) == {"read_commitment", "read_target", "read_milestone", "read_evidence", "read_source", "read_status_count", "read_finding"}
    assert {(row["as_of_position"], row["as_of_on"]) for rows in built.values() for row in rows} == {(5, "2025-02-01")}


def test_the_same_knowledge_gives_the_same_rows():
    assert tables() == tables()


def test_a_commitment_shows_its_targets_met_and_the_next_open_one():
    first, second = tables()["read_commitment"]
    assert (first["commitment"], first["place"], first["bureaux"], first["promised_on"]) == (KEY, 1, "FSTB, HKMA", "2024-10-16")
    assert (first["met"], first["of"], first["target_count"], first["next_target"], first["next_status"]) == (1, 1, 2, None, None)
    assert (second["met"], second["of"], second["next_target"], second["next_deadline_on"]) == (0, 1, "bill", "2024-12-31")
    assert (second["next_status"], second["next_status_en"]) == ("overdue", VOCABULARY.statuses[Status.OVERDUE].en)


def test_the_next_target_is_the_one_with_the_earliest_deadline():
    of = registry(commitment(SANDBOX, target("fund", deadline=NO_DEADLINE), target("bill")))
    assert [row["next_target"] for row in tables([], of=of)["read_commitment"]] == ["bill"]


def test_a_target_has_its_definition_and_its_status_with_labels():
    met, quiet, overdue = tables()["read_target"]
    assert (met["status"], met["status_zh"], met["occurred_on"], met["occurred_precision"]) == (
        "met", VOCABULARY.statuses[Status.MET].zh, "2024-12-18", "day",
    )  # fmt: skip
    assert (met["deadline_printed"], met["deadline_first_on"], met["deadline_last_on"]) == ("by end-2024", "2024-10-16", "2024-12-31")
    assert (met["milestone_count"], met["evidence_count"], met["can_be_met"], met["straddles"]) == (1, 3, True, False)
    assert (quiet["status"], quiet["can_be_met"], quiet["deadline_last_on"], quiet["evidence_count"]) == ("quiet", False, None, 0)
    assert (overdue["status"], overdue["basis"], overdue["slippage_days"]) == ("overdue", "no_completion_found", 32)


def test_an_unknown_target_names_what_was_not_read():
    seen = view(ON, [], coverage=view(ON).coverage.__class__({}))
    built = build(registry=REGISTRY, vocabulary=VOCABULARY, view=seen, statuses=scoreboard(REGISTRY, seen), coverage=[], sources=SOURCES)
    assert built["read_target"][0]["unread_sources"] == f"{LEGCO_AGENDAS}, {LEGCO_BILLS}, {PRESS_RELEASES}"


def test_documents_searched_are_those_behind_the_latest_step_in_the_sources_that_matter():
    coverage = covered("en", date(2024, 12, 15), date(2024, 12, 20)) + covered("en", PROMISED_ON, ON, source="hkma")
    met, quiet, _ = tables(coverage=coverage)["read_target"]
    assert (met["documents_searched"], quiet["documents_searched"]) == (4, 12)


def test_a_milestone_is_one_row_and_quotes_who_says_that_it_happened():
    built = tables()
    (reading,) = some(built["read_milestone"], commitment=KEY, kind="bill_first_reading")
    assert (reading["state"], reading["occurred_on"], reading["evidence_count"], reading["confidence"]) == ("happened", "2024-12-18", 3, 97)
    assert reading["url"].endswith("P2024121800262.htm")
    assert (reading["first_position"], reading["last_position"], reading["first_recorded_at"]) == (1, 3, "2024-12-20T03:00:00.000000Z")
    assert [e["position"] for e in some(built["read_evidence"], milestone_id=reading["milestone_id"])] == [1, 2, 3]


def test_a_milestone_without_a_day_says_so():
    (guideline,) = some(tables()["read_milestone"], target="context")
    assert (guideline["occurred_on"], guideline["occurred_first_on"], guideline["occurred_precision"]) == (None, None, "unknown")


def test_a_vague_milestone_shows_the_days_it_may_mean():
    month = told(day=date(2024, 12, 5), precision=told().occurred_precision.MONTH)
    (row,) = tables([month])["read_milestone"]
    assert (row["occurred_on"], row["occurred_first_on"], row["occurred_last_on"]) == ("2024-12-01", "2024-12-01", "2024-12-31")


def test_a_milestone_keeps_its_name_when_another_witness_comes():
    (before,) = tables([told()])["read_milestone"]
    (after,) = tables([told(), told(page="later")])["read_milestone"]
    assert before["milestone_id"] == after["milestone_id"]


def test_names_of_different_milestones_differ():
    signed = told(Kind.AGREEMENT_SIGNED)
    later = told(Kind.AGREEMENT_SIGNED, date(2025, 1, 8))
    others = [signed, later, told(), told(subject="x"), told(target="context"), told(commitment="PA2024/IT-25")]
    assert len({row["milestone_id"] for row in tables(others)["read_milestone"]}) == 6


def test_what_was_retracted_is_no_evidence():
    events = record([told(), told(page="second")])
    drafts = [e.draft for e in events] + [retracting(events[0])]
    built = tables(drafts)
    assert [row["position"] for row in built["read_evidence"]] == [2]
    assert [row["evidence_count"] for row in built["read_milestone"]] == [1]


def test_a_feed_says_what_was_read_and_what_was_not():
    coverage = covered("en", PROMISED_ON, date(2024, 12, 31)) + covered("en", date(2025, 1, 3), date(2025, 1, 31)) + covered("zh", ON, ON)
    bills, english, chinese = tables(coverage=coverage)["read_source"]
    assert (bills["source"], bills["feed"], bills["last_good_read_at"], bills["last_error"], bills["backlog"]) == (
        LEGCO_BILLS, "odata", None, "503 Service Unavailable", 2,
    )  # fmt: skip
    assert (bills["days_closed"], bills["open_gaps"], bills["gap_days"], bills["first_gap_on"], bills["last_gap_on"]) == (
        0, 1, 108, "2024-10-16", "2025-01-31",
    )  # fmt: skip
    assert (english["days_closed"], english["open_gaps"], english["gap_days"], english["first_gap_on"], english["last_gap_on"]) == (
        106, 1, 2, "2025-01-01", "2025-01-02",
    )  # fmt: skip
    assert (english["first_closed_on"], english["last_closed_on"], english["documents_read"]) == ("2024-10-16", "2025-01-31", 212)
    assert english["last_good_read_at"] == "2025-01-31T22:00:00.000000Z"
    assert (chinese["days_closed"], chinese["gap_days"]) == (1, 108)


def test_the_day_itself_is_no_gap_while_it_lasts():
    english = tables(coverage=covered("en", PROMISED_ON, ON - timedelta(days=1)))["read_source"][1]
    assert (english["open_gaps"], english["gap_days"], english["first_gap_on"]) == (0, 0, None)
    assert tables([], on=PROMISED_ON)["read_source"][0]["gap_days"] == 0


def test_the_totals_of_each_unit_add_up_and_overdue_is_told_by_basis():
    counts = tables()["read_status_count"]
    totals = {unit: sum(row["count"] for row in some(counts, unit=unit)) for unit in ("target", "dated_target", "undated_target")}
    assert totals == {"target": 3, "dated_target": 2, "undated_target": 1}
    assert [(row["basis"], row["count"]) for row in some(counts, unit="dated_target", status="overdue")] == [
        ("stated_by_government", 0), ("no_completion_found", 1),
    ]  # fmt: skip
    assert {row["status"] for row in some(counts, unit="target")} == {s.value for s in Status}
    assert [row["place"] for row in counts] == list(range(1, len(counts) + 1))


# ---- on both databases ---------------------------------------------------------------------------------------------------


def filled(engine: Engine, drafts=DRAFTS):
    built = tables(drafts)
    SqlReadTables(engine).replace(built, position=len(drafts), as_of=datetime(2025, 2, 1, tzinfo=UTC))
    return built


def test_what_is_built_is_what_is_kept(engine):
    built, kept = filled(engine), SqlReadTables(engine)
    for name, rows in built.items():
        found = kept.rows(name)
        assert {frozenset(row.items()) for row in found} == {frozenset(row.items()) for row in rows}
        assert len(found) == len(rows)


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("1 = 1", 3),
        ("state = 'happened'", 2),
        ("kind = 'bill_first_reading' AND state = 'happened'", 1),
        ("commitment = 'PA2024/DE-04' AND target <> 'context'", 1),
        ("occurred_on >= '2025-01-01'", 1),
        ("kind_en = 'nothing'", 0),
    ],
)
def test_a_plain_count_of_milestones_is_right(engine, condition, wanted):
    filled(engine)
    assert scalar(engine, f"SELECT COUNT(*) FROM fct_milestone WHERE {condition}") == wanted


def test_joins_to_dimensions_multiply_nothing(engine):
    filled(engine)
    sql = """
        SELECT COUNT(*) FROM fct_milestone AS m
        JOIN dim_commitment AS c ON c.commitment = m.commitment
        LEFT JOIN dim_target AS t ON t.commitment = m.commitment AND t.target = m.target
    """
    assert scalar(engine, sql) == 3


def test_current_status_has_a_row_for_each_target(engine):
    filled(engine)
    found = rows(engine, "SELECT target, status, commitment_en, slippage_days FROM current_status ORDER BY place")
    assert found == [("bill", "met", "Regulate stablecoin issuers", None), ("sandbox", "quiet", "Regulate stablecoin issuers", None),
                     ("bill", "overdue", "Regulate stablecoin issuers", 32)]  # fmt: skip


def test_the_totals_in_sql_are_those_of_the_targets(engine):
    filled(engine)
    counted = "SELECT status, COUNT(*) FROM current_status WHERE deadline_kind = 'by' GROUP BY status ORDER BY status"
    said = "SELECT status, SUM(count) FROM scoreboard_counts WHERE unit = 'dated_target' AND count > 0 GROUP BY status ORDER BY status"
    assert rows(engine, counted) == [(status, int(count)) for status, count in rows(engine, said)] == [("met", 1), ("overdue", 1)]


def test_every_version_of_a_report_is_kept_with_both_clocks(engine):
    ledger = SqlLedger(engine)
    at = datetime(2024, 12, 18, 17, 30, tzinfo=UTC)
    (first, second) = ledger.append([told(), told(page="second")], now=at).events
    ledger.append([amending(first, occurred_on=date(2024, 12, 19)), retracting(second)], now=at + timedelta(hours=1))
    found = rows(
        engine, "SELECT position, type, is_current, recorded_at_utc, recorded_at_hkt, as_of_position FROM fct_milestone_event ORDER BY position"
    )
    assert [(position, type_, bool(current)) for position, type_, current, *_ in found] == [
        (1, "milestone.reported", False), (2, "milestone.reported", False), (3, "milestone.amended", True), (4, "milestone.retracted", False),
    ]  # fmt: skip
    assert [(str(utc)[:19], str(hkt)[:19], as_of) for *_, utc, hkt, as_of in found[::3]] == [
        ("2024-12-18 17:30:00", "2024-12-19 01:30:00", 4), ("2024-12-18 18:30:00", "2024-12-19 02:30:00", 4),
    ]  # fmt: skip


def test_a_word_that_nobody_knows_is_refused(engine):
    built = tables()
    built["read_target"][0]["nature"] = "eternal"
    with pytest.raises(LedgerError, match=r"(?i)check"):
        SqlReadTables(engine).replace(built, position=5, as_of=datetime(2025, 2, 1, tzinfo=UTC))
    assert SqlReadTables(engine).rows("read_commitment") == []


def test_both_databases_have_the_same_columns_in_the_same_order(sqlite_url, postgres_url):
    shapes = []
    for url, schema in ((sqlite_url, None), (postgres_url, "read")):
        engine = open_engine(url)
        looked = inspect(engine)
        names = [n for n in looked.get_table_names(schema=schema) if n.startswith("read_")] + list(VIEWS)
        shapes.append(
            {n: [(c["name"], c["nullable"] if n.startswith("read_") else None) for c in looked.get_columns(n, schema=schema)] for n in names}
        )
        engine.dispose()
    assert shapes[0] == shapes[1]
    assert set(shapes[0]) == {*tables(), "read_target_interval", *VIEWS}


@pytest.mark.postgres
def test_every_read_table_view_and_column_explains_itself(postgres_url):
    engine = open_engine(postgres_url)
    silent = """
        SELECT c.relname, a.attname FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = 'read'
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'v') AND c.relname <> 'projection'
          AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid, 'pg_class') IS NULL)
    """
    found = rows(engine, silent)
    engine.dispose()
    assert found == []


def scalar(engine: Engine, sql: str):
    return rows(engine, sql)[0][0]


def rows(engine: Engine, sql: str) -> list[tuple]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def test_a_source_in_trouble_names_the_open_commitments_that_rest_on_it():
    since = datetime(2025, 1, 31, 22, tzinfo=UTC)
    bad = [SourceFacts(source=LEGCO_BILLS, feeds=("odata",), degraded_since=since, degraded_because="the same bytes", newest_at=since), SOURCES[1]]
    seen = view(ON, record([told(published_on=date(2024, 12, 18))]))
    built = build(registry=REGISTRY, vocabulary=VOCABULARY, view=seen, statuses=scoreboard(REGISTRY, seen), coverage=[], sources=bad)
    bills, english, _ = built["read_source"]
    assert (bills["degraded_since"], bills["degraded_because"]) == ("2025-01-31T22:00:00.000000Z", "the same bytes")
    assert bills["newest_document_at"] == "2025-01-31T22:00:00.000000Z"
    assert bills["affected_commitments"] == "PA2024/IT-25", "the first reading of the other one is met, its sandbox rests on press releases"
    assert (english["degraded_since"], english["affected_commitments"]) == (None, None)
