"""The data dictionary says what the database says, and its examples run."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from milestones.store.engine import open_engine
from milestones.store.ledger import SqlLedger
from tests.domain.build import amending, told
from tests.projections.dictionary import DOCUMENT, examples, tables_and_columns
from tests.projections.test_tables import filled


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
    with engine.connect() as connection:
        assert len(connection.execute(text(sql)).all()) == EXAMPLES[question]
