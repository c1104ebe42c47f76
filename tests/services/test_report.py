from dataclasses import replace
from datetime import date, timedelta

from milestones.domain.coverage import Coverage
from milestones.domain.dates import Interval, Precision
from milestones.domain.documents import Figure
from milestones.domain.events import Draft, EventType, Kind, Recorded, State
from milestones.domain.milestones import fold
from milestones.domain.revisions import revision_data
from milestones.domain.status import Basis, Status
from milestones.services.digest import Cause, Counts
from milestones.services.issued import message_id
from milestones.services.since import compared
from milestones.services.subscriptions import Period, Scope, Subscription
from tests.reports.sample import DEFAULT, HYDROGEN, LAST_TIME, PROMISED_ON, TODAY, ledger, opened, read_until, reported, sent, view, weekly

TRIAL = reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 12, 4))
READING_AHEAD = reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 10), state=State.SCHEDULED)


DONE = reported("IP-11", "survey", Kind.STUDY_COMPLETED, date(2025, 10, 20))


def cumulative(value: str) -> Figure:
    return Figure(value=value, unit="students", basis="cumulative")


def progress(day: date, value: str = "") -> Draft:
    return reported("IP-08", "students", Kind.PROGRESS_REPORTED, day, figures=[cumulative(value)] if value else [])


class TestWhatHappened:
    def test_new_milestones_stand_in_document_order_whatever_the_ledgers_order(self) -> None:
        survey = reported("IP-11", "survey", Kind.STUDY_COMPLETED, date(2025, 12, 2))
        told = weekly(ledger(opened()), ledger(opened(), survey, TRIAL))
        assert [s.place.short for s in told.happened] == ["IT-22", "IP-11"]
        assert told.period == Interval(LAST_TIME, TODAY)

    def test_a_second_document_about_a_known_milestone_is_no_news(self) -> None:
        twin = reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 12, 4), document="twin", quote="開始試行")
        told = weekly(ledger(opened(), TRIAL), ledger(opened(), TRIAL, twin))
        assert told.happened == ()

    def test_two_documents_are_one_step_that_quotes_the_english_one(self) -> None:
        twin = reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 12, 4), document="twin", quote="開始試行")
        (step,) = weekly(ledger(opened()), ledger(opened(), twin, TRIAL)).happened
        assert (step.documents, step.quote, len(step.events)) == (2, TRIAL.quote, 2)

    def test_a_scheduled_step_that_took_place_is_news(self) -> None:
        before = ledger(opened(), reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 3), state=State.SCHEDULED, document="agenda"))
        held = reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 3), document="bill record")
        after = ledger(*(e.draft for e in before), held)
        (step,) = weekly(before, after).happened
        assert (step.state, step.quote) == (State.HAPPENED, held.quote)

    def test_what_took_place_before_the_period_is_folded_by_commitment(self) -> None:
        old = [reported("IT-25", "bill", Kind.POLICY_PUBLISHED, date(2025, 3, day), document=f"d{day}") for day in (1, 2, 3)]
        told = weekly(ledger(opened()), ledger(opened(), *old))
        (line,) = told.earlier
        assert (line.count, line.latest.occurred_on, len(line.events)) == (3, date(2025, 3, 3), 3)
        assert told.happened == ()

    def test_a_month_that_reaches_into_the_period_is_not_earlier(self) -> None:
        month = reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 12, 1), precision=Precision.MONTH)
        assert len(weekly(ledger(opened()), ledger(opened(), month)).happened) == 1

    def test_a_commitment_outside_the_registry_is_left_out(self) -> None:
        stranger = reported("XX-99", "x", Kind.TRIAL_STARTED, date(2025, 12, 4))
        told = weekly(ledger(opened()), ledger(opened(), stranger))
        assert (told.happened, told.carried) == ((), ())


class TestProgress:
    def test_reports_without_a_new_figure_are_folded(self) -> None:
        first = progress(date(2025, 11, 1), "120000")
        again = [progress(date(2025, 12, 2)), progress(date(2025, 12, 4), "120000")]
        told = weekly(ledger(opened(), first), ledger(opened(), first, *again))
        assert told.happened == ()
        assert [(u.place.short, u.count, u.latest.occurred_on) for u in told.updates] == [("IP-08", 2, date(2025, 12, 4))]

    def test_a_new_figure_is_told_by_itself(self) -> None:
        first = progress(date(2025, 11, 1), "120000")
        told = weekly(ledger(opened(), first), ledger(opened(), first, progress(date(2025, 12, 2), "130000")))
        assert [s.figures for s in told.happened] == [(cumulative("130000"),)]
        assert told.updates == ()


class TestAhead:
    def test_a_scheduled_day_within_sixty_days_is_told_every_week_and_marked_new_once(self) -> None:
        events = ledger(opened(), READING_AHEAD)
        assert [s.fresh for s in weekly(ledger(opened()), events).scheduled] == [True]
        assert [s.fresh for s in weekly(events, events).scheduled] == [False]

    def test_a_day_further_off_is_told_when_it_is_announced(self) -> None:
        far = ledger(opened(), reported("IT-22", "buses", Kind.TRIAL_STARTED, TODAY + timedelta(days=61), state=State.SCHEDULED))
        assert len(weekly(ledger(opened()), far).scheduled) == 1
        assert weekly(far, far).scheduled == ()

    def test_a_plan_whose_day_has_passed_is_never_told_as_something_that_happened(self) -> None:
        plan = ledger(opened(), reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 3), state=State.SCHEDULED))
        told = weekly(ledger(opened()), plan)
        assert (told.happened, told.earlier, [s.occurred_on for s in told.scheduled]) == ((), (), [date(2025, 12, 3)])
        old = ledger(opened(), reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 10, 3), state=State.SCHEDULED))
        told = weekly(ledger(opened()), old)
        assert (told.happened, told.earlier, told.scheduled) == ((), (), ())

    def test_deadlines_of_open_targets_within_sixty_days(self) -> None:
        events = ledger(opened())
        assert [(d.place.short, d.deadline, d.status) for d in weekly(events, events).due] == [("IT-25", date(2025, 12, 31), Status.NOT_STARTED)]
        met = ledger(opened(), reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 5, 7)))
        assert weekly(met, met).due == ()

    def test_the_last_sitting_within_the_look_ahead_is_told(self) -> None:
        places = {("PA2024/IT-25", "bill"): TODAY + timedelta(days=3), ("PA2024/IT-22", "buses"): TODAY + timedelta(days=400)}
        told = weekly(ledger(opened()), ledger(opened()), last_sittings=places)
        assert [(s.place.short, s.day) for s in told.last_sittings] == [("IT-25", TODAY + timedelta(days=3))]

    def test_next_deadlines_are_of_open_targets_by_day(self) -> None:
        events = ledger(opened())
        assert [(day, [p.target_en for p in places]) for day, places in weekly(events, events).next_deadlines] == [
            (date(2025, 12, 31), ["Hydrogen safety bill"]),
            (date(2027, 6, 30), ["Students reached"]),
            (date(2027, 10, 16), ["Certification approach"]),
        ]


class TestStatus:
    def test_a_date_that_passes_is_told_with_its_days_and_basis(self) -> None:
        events = ledger(opened())
        told = weekly(events, events)
        (passed,) = told.passed
        assert (passed.place.short, passed.days, passed.basis) == ("IP-11", 5, Basis.NO_COMPLETION_FOUND)
        (changed,) = told.changed
        assert (changed.before, changed.after, changed.cause) == (Status.NOT_STARTED, Status.OVERDUE, Cause.TIME)

    def test_what_was_not_read_is_unknown_not_late(self) -> None:
        events = ledger(opened())
        told = weekly(events, events, now=view(TODAY, events, read_until(TODAY, without="press-releases")))
        assert told.passed == ()
        assert [(u.place.short, u.unread) for u in told.unknown] == [("IP-11", ("press-releases",))]

    def test_a_hole_in_the_past_that_was_read_meanwhile_changes_a_status(self) -> None:
        events = ledger(opened())
        late = date(2025, 12, 15)
        told = weekly(events, events, since=view(TODAY, events, read_until(TODAY, without="press-releases")), now=view(late, events))
        assert [(c.place.short, c.before, c.after, c.cause) for c in told.changed] == [("IP-11", Status.UNKNOWN, Status.OVERDUE, Cause.READING)]

    def test_time_alone_changes_a_status(self) -> None:
        agenda = reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 2), state=State.SCHEDULED)
        events = ledger(opened(), agenda)
        changed = next(c for c in weekly(events, events).changed if c.place.short == "IT-25")
        assert (changed.before, changed.after, changed.cause) == (Status.SCHEDULED, Status.UNCONFIRMED, Cause.TIME)

    def test_an_event_changes_a_status_and_is_carried(self) -> None:
        before, after = ledger(opened()), ledger(opened(), TRIAL)
        told = weekly(before, after)
        changed = next(c for c in told.changed if c.place.short == "IT-22")
        assert (changed.after, changed.cause, changed.events) == (Status.MET, Cause.EVENT, (after[1].event_id,))
        assert told.carried == (after[1].event_id,)

    def test_the_first_digest_tells_no_changes(self) -> None:
        told = weekly([], ledger(opened(), TRIAL))
        assert told.first
        assert told.changed == ()

    def test_counts_name_each_dated_target_once(self) -> None:
        events = ledger(opened(), reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 5, 7)))
        counts = weekly(events, events).counts
        assert counts == Counts(met=1, passed_not_found=1, open=2)
        assert counts.total == 4


class TestCorrections:
    def amended(self, day: date) -> tuple[list[Recorded], list[Recorded]]:
        before = ledger(opened(), reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 11, 4), document="d"))
        amendment = reported(
            "IT-22", "buses", Kind.TRIAL_STARTED, day, document="d", quote="other words", type_=EventType.MILESTONE_AMENDED, amends=before[1].event_id
        )
        return before, ledger(*(e.draft for e in before), amendment)

    def test_another_day_is_a_correction_and_no_news(self) -> None:
        told = weekly(*self.amended(date(2025, 11, 5)))
        (correction,) = told.corrections
        assert (correction.before.occurred_on, correction.after.occurred_on) == (date(2025, 11, 4), date(2025, 11, 5))
        assert (told.happened, told.earlier) == ((), ())
        assert len(told.carried) == 2

    def test_other_words_alone_are_none(self) -> None:
        assert weekly(*self.amended(date(2025, 11, 4))).corrections == ()

    def test_what_is_retracted_is_said_to_be_no_longer_recorded(self) -> None:
        before = ledger(opened(), TRIAL)
        gone = reported("IT-22", "buses", Kind.TRIAL_STARTED, None, type_=EventType.MILESTONE_RETRACTED, amends=before[1].event_id)
        (correction,) = weekly(before, ledger(opened(), TRIAL, gone)).corrections
        assert (correction.before.place.short, correction.after) == ("IT-22", None)

    def test_a_retracted_document_among_others_corrects_nothing(self) -> None:
        twin = reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 12, 4), document="twin")
        before = ledger(opened(), TRIAL, twin)
        gone = reported("IT-22", "buses", Kind.TRIAL_STARTED, None, type_=EventType.MILESTONE_RETRACTED, amends=before[1].event_id)
        assert weekly(before, ledger(opened(), TRIAL, twin, gone)).corrections == ()

    def test_a_month_that_is_later_told_to_the_day_corrects_nothing(self) -> None:
        month = reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 12, 1), precision=Precision.MONTH)
        told = weekly(ledger(opened(), month), ledger(opened(), month, TRIAL))
        assert (told.corrections, told.happened) == ((), ())


class TestSources:
    def test_only_days_that_are_over_count(self) -> None:
        events = ledger(opened())
        told = weekly(events, events, now=view(TODAY, events, read_until(date(2025, 12, 5))))
        assert [(s.source, s.read, s.days, s.last_on) for s in told.sources][:1] == [("legco-agendas", 5, 7, date(2025, 12, 5))]
        assert len(told.unread) == 3

    def test_trouble_is_told_even_of_a_source_without_coverage(self) -> None:
        events = ledger(opened())
        told = weekly(events, events, unread={"hkma": "not read since 3 December: HTTP 503"})
        assert [(s.source, s.last_on, s.note) for s in told.unread] == [("hkma", None, "not read since 3 December: HTTP 503")]


class TestWhetherThereIsNews:
    def test_nothing_new_is_no_mail(self) -> None:
        events = ledger(opened(), DONE)
        assert weekly(events, events).empty

    def test_a_source_that_was_not_read_is_told_once(self) -> None:
        events = ledger(opened(), DONE)
        trouble = {"hkma": "HTTP 503"}
        assert not weekly(events, events, unread=trouble).empty
        assert weekly(events, events, unread=trouble, unread_before={"hkma"}).empty

    def test_a_deadline_that_comes_into_sight_is_news(self) -> None:
        events = ledger(opened(), DONE)
        on = date(2025, 11, 5)
        told = weekly(events, events, since=view(date(2025, 10, 29), events), now=view(on, events))
        assert [(d.place.short, d.fresh) for d in told.due] == [("IT-25", True)]
        assert not told.empty
        later = weekly(events, events, since=view(on, events), now=view(date(2025, 11, 12), events))
        assert ([d.fresh for d in later.due], later.empty) == ([False], True)

    def test_the_first_digest_is_sent_whatever_it_says(self) -> None:
        assert not weekly([], ledger(opened())).empty


class TestScope:
    def test_other_commitments_are_left_out(self) -> None:
        survey = reported("IP-11", "survey", Kind.STUDY_COMPLETED, date(2025, 12, 2))
        mine = Subscription(id="mine", to=("a@example.test",), scope=Scope(commitments=("PA2024/IP-11",)))
        told = weekly(ledger(opened()), ledger(opened(), survey, TRIAL), subscription=mine)
        assert [s.place.short for s in told.happened] == ["IP-11"]
        assert (told.counts.total, told.subscription.to) == (1, ())

    def test_what_happened_long_ago_is_folded_however_long_the_silence(self) -> None:
        old = reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 10, 4))
        told = weekly(ledger(opened()), ledger(opened(), old), since=view(date(2025, 9, 1), ledger(opened())))
        assert (told.happened, told.earlier[0].count, told.folded_before) == ((), 1, date(2025, 11, 3))

    def test_only_what_a_mail_carried_is_corrected(self) -> None:
        before = ledger(opened(), TRIAL)
        moved = reported(
            "IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 12, 3), document="IT-22-trial_started-2025-12-04",
            type_=EventType.MILESTONE_AMENDED, amends=before[1].event_id,
        )  # fmt: skip
        after = ledger(opened(), TRIAL, moved)
        assert len(weekly(before, after, carried={before[1].event_id}).corrections) == 1
        assert weekly(before, after, carried=set()).corrections == ()


class TestLater:
    def test_a_later_official_date_is_told_beside_the_original(self) -> None:
        delay = reported("IT-25", "bill", Kind.DELAYED, date(2025, 12, 3))
        said = revision_data("bill", date(2026, 3, 1), Precision.QUARTER, "Commerce Bureau")
        after = ledger(opened(), replace(delay, data={**delay.data, **said}))
        (later,) = weekly(ledger(opened()), after).later
        assert (later.deadline, later.revised, later.said_by, later.fresh) == (date(2025, 12, 31), date(2026, 3, 31), "Commerce Bureau", True)
        assert [one.fresh for one in weekly(after, after).later] == [False]


class TestRecord:
    def test_issued_names_bytes_and_events_and_readers_are_pseudonyms(self) -> None:
        events = ledger(opened(), TRIAL)
        issued, after = sent(weekly(ledger(opened()), events))
        assert issued.data["events"] == [str(events[1].event_id)]
        assert issued.data["html_sha256"] == "eee8d69873c34ef90a5c76725bdd596c5851d7defe74ad2731297fb7772d5290"
        assert (issued.data["position"], issued.data["last_day"], issued.data["subscription"]) == (2, "2025-12-08", "default")
        assert (issued.data["mail"], issued.data["to"]) == ("digest-of-the-bytes", ["person:1", "person:2"])
        assert after.data == {
            "kind": "digest",
            "message_id": issued.data["message_id"],
            "recipients": 2,
            "to": ["person:1", "person:2"],
            "went_to": "smtp://localhost:25",
        }

    def test_the_message_id_hangs_on_period_and_position_alone(self) -> None:
        events = ledger(opened(), TRIAL)
        told = weekly(ledger(opened()), events)
        assert message_id(told) == message_id(weekly(events, events)) == f"<digest.default.20251208.2.{events[1].hash[:8]}@milestone-monitor>"
        assert message_id(told) != message_id(weekly(events, ledger(opened(), TRIAL, READING_AHEAD)))


class TestCompared:
    def test_before_any_digest_the_last_week_is_told_from_nothing(self) -> None:
        events = ledger(opened(), TRIAL)
        found = compared(events, read_until(TODAY), lambda _: True, subscription=DEFAULT, today=TODAY)
        assert (found.since.on, found.since.knowledge, found.head) == (LAST_TIME, fold([]), (2, events[1].hash))

    def test_the_next_digest_goes_on_where_the_last_one_ended(self) -> None:
        told = weekly(ledger(opened()), ledger(opened(), TRIAL))
        events = ledger(opened(), TRIAL, *sent(told), READING_AHEAD)
        found = compared(events, read_until(TODAY), lambda _: True, subscription=DEFAULT, today=date(2025, 12, 15))
        assert (found.since.on, found.since.knowledge.position, found.head[0]) == (TODAY, 2, 5)
        assert max(found.since.coverage.closed["press-releases"]) == TODAY - timedelta(days=1)

    def test_an_unsent_digest_of_an_earlier_day_is_told_by_the_next(self) -> None:
        told = weekly([], ledger(opened(), TRIAL))
        events = ledger(opened(), TRIAL, sent(told)[0], READING_AHEAD)
        found = compared(events, read_until(TODAY), lambda _: True, subscription=DEFAULT, today=date(2025, 12, 15))
        assert (found.since.knowledge.position, found.head[0]) == (0, 4)

    def test_made_again_on_the_same_day_it_is_the_same_mail_while_nothing_else_was_recorded(self) -> None:
        told = weekly([], ledger(opened(), TRIAL))
        events = ledger(opened(), TRIAL, *sent(told))
        found = compared(events, read_until(TODAY), lambda _: True, subscription=DEFAULT, today=TODAY)
        again = weekly([], events, since=found.since, now=found.now, head=found.head)
        assert message_id(again) == message_id(told)
        assert again.happened == told.happened

    def test_each_subscription_has_a_last_digest_of_its_own(self) -> None:
        events = ledger(opened(), TRIAL, *sent(weekly([], ledger(opened(), TRIAL))))
        monthly = Subscription(id="other", to=(), period=Period.MONTHLY)
        found = compared(events, read_until(TODAY), lambda _: True, subscription=monthly, today=date(2025, 12, 15))
        assert (found.since.on, found.since.knowledge.position, found.carried) == (date(2025, 11, 14), 0, frozenset())

    def test_what_mails_carried_and_what_was_unread_is_remembered(self) -> None:
        told = weekly([], ledger(opened(), TRIAL), unread={"hkma": "HTTP 503"})
        events = ledger(opened(), TRIAL, *sent(told))
        found = compared(events, read_until(TODAY), lambda _: True, subscription=DEFAULT, today=date(2025, 12, 15))
        assert found.carried == {events[1].event_id}
        assert found.unread_before == {"hkma"}
        assert found.touched == {("PA2024/IT-22", "buses"): 2}

    def test_an_empty_ledger_has_an_end_too(self) -> None:
        assert compared([], Coverage({}), lambda _: True, subscription=DEFAULT, today=TODAY).head == (0, "0" * 64)


def test_the_registry_of_the_sample_is_what_the_tests_count_on() -> None:
    assert [t.deadline.interval for t in HYDROGEN.targets] == [
        Interval(PROMISED_ON, date(2025, 12, 31)),
        Interval(PROMISED_ON, date(2027, 10, 16)),
    ]
