"""What each source says of its habits is something that its canaries can look at."""

from dataclasses import fields

import pytest

from milestones.domain.documents import Document
from scrapers import SOURCES
from scrapers.addresses import allowed

ATTRIBUTES = {f.name for f in fields(Document)}


@pytest.mark.parametrize("name", SOURCES)
def test_habits_can_be_looked_at(name):
    source = SOURCES[name]
    habits = source.habits
    assert set(habits.fields) <= ATTRIBUTES
    assert all(0 < share <= 1 for share in habits.fields.values())
    assert set(habits.volume) <= set(source.feeds)
    assert all(len(week) == 7 and all(least <= most for least, most in week) for week in habits.volume.values())
    assert [url for url in habits.changing if allowed(url, source.hosts) != url] == []
    assert habits.fresh_within is None or habits.fresh_within >= 1
    assert habits.empty_day
