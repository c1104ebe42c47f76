"""The data dictionary says what the database says, and its examples run."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from milestones.projections.days import Rules
from milestones.projections.models import status_history
from milestones.services.projecting import bring_up
from milestones.store.engine import open_engine
from milestones.store.ledger import SqlLedger
from milestones.store.projections import SqlStandings
from milestones.store.status_history import SqlStatusHistory
from tests.domain.build import amending, is_working_day, read_from, told
from tests.projections.dictionary import DOCUMENT, examples, tables_and_columns
from tests.projections.test_tables import REGISTRY, filled


@pytest.mark.postgres
def test_the_dictionary_is_made_from_the_comments_of_the_database(postgres_url):
    engine = open_engine(postgres_url)
    made = tables_and_columns(engine)
    engine.dispose()
    assert DOCUMENT.read_text(encoding="utf-8").endswith(made), "run: python -m tests.projections.dictionary"


EXAMPLES = {
    "How many first readings took place?": 1,
    "Which dates have passed, by how many days, and what does that rest on?": 1,
    "What has become known since position 1?": 2,
    "What did we believe at the end of 18 December 2024, Hong Kong time?": 2,
    "Where did each target stand on 1 January 2025, as known at the end of 18 December 2024, Hong Kong time?": 3,
    "Where does it say so?": 4,
    "How many dated targets are met, late, past their date, open?": 2,
    "Could we look? Which days were not read, per feed?": 3,
}


def test_every_example_of_the_dictionary_is_run():
    assert [question for question, _ in examples()] == list(EXAMPLES)


@pytest.mark.parametrize(("question", "sql"), examples())
def test_an_example_answers_its_question_on_both_databases(engine, question, sql):
    filled(engine)
    at = datetime(2024, 12, 18, 15, 59, tzinfo=UTC)
    (first, _) = SqlLedger(engine).append([told(), told(page="second")], now=at).events
    SqlLedger(engine).append([amending(first, occurred_on=date(2024, 12, 19))], now=datetime(2024, 12, 18, 16, tzinfo=UTC))
    ledger = SqlLedger(engine)
    model = status_history(
        SqlStatusHistory(engine),
        ledger=ledger,
        registry=REGISTRY,
        rules=Rules(coverage=read_from(), is_working_day=is_working_day),
        clock=lambda: at,
        progress=lambda *_: None,
    )
    bring_up(model, ledger=ledger, standings=SqlStandings(engine), clock=lambda: at)
    with engine.connect() as connection:
        assert len(connection.execute(text(sql)).all()) == EXAMPLES[question]
