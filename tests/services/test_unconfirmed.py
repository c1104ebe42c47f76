"""Steps announced and not heard of again are asked about, once each, until somebody or something answers."""

from datetime import date

from milestones.domain.commitments import Nature
from milestones.domain.events import Draft, Kind
from milestones.domain.status import Status, scoreboard
from milestones.services.unconfirmed import Unconfirmed, unconfirmed
from tests.domain.build import NO_DEADLINE, commitment, is_working_day, record, registry, scheduled, target, told, view
from tests.reports.sample import vocabulary

DAY, IN_DOUBT = date(2024, 12, 18), date(2024, 12, 23)


def asked(on: date, *drafts: Draft, of=None) -> list[Unconfirmed]:
    seen = view(on, record(drafts))
    statuses = scoreboard(registry(of or commitment()), seen)
    return unconfirmed(statuses, seen.knowledge.milestones, on=on, is_working_day=is_working_day, pages=lambda kind, day: [f"{kind} {day}"])


def test_from_the_third_working_day_on_one_question_is_asked_however_many_days_pass():
    assert asked(date(2024, 12, 22), scheduled(DAY)) == []
    (first,) = asked(IN_DOUBT, scheduled(DAY))
    assert (first.day, first.since, first.status) == (DAY, IN_DOUBT, Status.UNCONFIRMED)
    assert asked(date(2024, 12, 30), scheduled(DAY)) == [first]


def test_it_says_what_to_look_for_where_and_what_settles_it():
    (question,) = asked(IN_DOUBT, scheduled(DAY), scheduled(DAY, page="notice"))
    line = question.data(vocabulary())
    assert "bill first reading of stablecoins-bill was announced for 2024-12-18" in line["reason"]
    assert [p.rpartition("/")[2] for p in line["pages"]] == ["agenda.htm", "notice.htm", "bill_first_reading 2024-12-18"]
    record_it, amend_it, retract_it = line["ways"]
    assert "--commitment PA2024/DE-04 --target bill --kind bill_first_reading --subject stablecoins-bill --occurred-on 2024-12-18" in record_it
    assert "milestones amend 2 " in amend_it
    assert retract_it.endswith("of position 1, 2")


def test_evidence_or_a_later_day_answers_it():
    assert asked(IN_DOUBT, scheduled(DAY), told()) == []
    assert asked(IN_DOUBT, scheduled(DAY), scheduled(date(2025, 1, 8), page="later", published_on=date(2024, 12, 19))) == []


def test_it_is_asked_also_where_the_deadline_has_passed_meanwhile():
    (question,) = asked(date(2025, 1, 6), scheduled(DAY))
    assert question.status is Status.OVERDUE


def test_what_completes_nothing_or_is_settled_is_not_asked_about():
    assert asked(IN_DOUBT, scheduled(DAY, kind=Kind.BILL_PASSED)) == []
    assert asked(IN_DOUBT, scheduled(DAY, target="context")) == []
    continuing = commitment(target(nature=Nature.CONTINUING, deadline=NO_DEADLINE, completes=()))
    assert asked(IN_DOUBT, scheduled(DAY), of=continuing) == []
    assert asked(IN_DOUBT, scheduled(DAY), told(Kind.CANCELLED, date(2024, 12, 19))) == []
