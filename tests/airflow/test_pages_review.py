"""Review and recording: editors decide once, viewers look, other sites can send nothing, and what was looked at is what is recorded."""

import html
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.airflow.pages import HOSTILE, obeyed
from tests.replica.replica import HKT, replica

NOW = datetime(2024, 12, 20, 20, tzinfo=HKT)
GAZETTED = "https://www.info.gov.hk/gia/general/202412/06/P2024120600254.htm"
WORDS = "The Government published the Stablecoins Bill in the Gazette today (December 6)."
STEP = {
    "url": GAZETTED,
    "quote": WORDS,
    "target": "PA2024/DE-04/bill",
    "kind": "bill_gazetted",
    "state": "happened",
    "on": "2024-12-06",
    "precision": "day",
}


class Visitor(NamedTuple):
    """A browser of somebody with a role, and the token of their forms."""

    client: Any
    token: str

    def get(self, path: str) -> Any:
        return self.client.get(f"/behind/milestones{path}")

    def send(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> Any:
        return self.client.post(f"/behind/milestones{path}", data={"token": self.token, **fields}, headers=headers, follow_redirects=False)


@pytest.fixture(scope="module")
def mirror() -> Iterator[str]:
    with replica(Path(__file__).parents[1] / "facsimiles", now=NOW) as address:
        yield address


@pytest.fixture(scope="module")
def opened(mirror: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new ledger with its read tables, for each test to copy."""
    from milestones.bootstrap import open_monitor
    from milestones.settings import settings_from
    from scrapers import SOURCES

    home = tmp_path_factory.mktemp("opened")
    given = {"MILESTONES_HOME": str(home), "MILESTONES_MIRROR": mirror, "MILESTONES_NOW": NOW.isoformat()}
    with open_monitor(settings_from(given, tuple(SOURCES))) as monitor:
        monitor.project()
    return home


@pytest.fixture
def visit(signed_in: Any, mirror: str, opened: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Who comes, by role; over a home that a replica feeds."""
    from airflow.api_fastapi.app import create_auth_manager
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser
    from airflow.api_fastapi.core_api.security import get_user

    from milestones.airflow.pages import application
    from milestones.airflow.pages.access import token_for

    shutil.copytree(opened, tmp_path, dirs_exist_ok=True)
    create_auth_manager()
    for name, value in {"MIRROR": mirror, "NOW": NOW.isoformat(), "REQUEST_INTERVAL": "0", "SINCE": "2024-12-05"}.items():
        monkeypatch.setenv(f"MILESTONES_{name}", value)

    def come(role: str = "op") -> Visitor:
        user = SimpleAuthManagerUser(username=f"jenny-{role}", role=role)
        application().dependency_overrides[get_user] = lambda: user
        return Visitor(signed_in, token_for(user))

    return come


def held(**changed: Any) -> int:
    """A finding that waits, made by the services that make them; its number."""
    from milestones.airflow.pages.desk import monitor
    from milestones.domain.dates import Precision
    from milestones.domain.documents import Candidate, Decision, Document, Form
    from milestones.domain.events import Kind, State
    from milestones.domain.ledger import claim_key
    from milestones.services.publish import draft_of

    document = Document(
        document_id=GAZETTED, url=GAZETTED, source="press-releases", form=Form.PRESS_RELEASE, language="en", headline=f"Gazetted {HOSTILE}",
        paragraphs=("One before.", f"So it is. {WORDS} And on {HOSTILE}", "One after."), published_at=datetime(2024, 12, 6, 3, tzinfo=UTC),
    )  # fmt: skip
    claim = Candidate(
        commitment="PA2024/DE-04", target="bill", kind=Kind.BILL_FIRST_READING, state=State.HAPPENED, subject="stablecoins-bill",
        occurred_on=date(2024, 12, 6), precision=Precision.DAY, quote=WORDS, locator=f"p1:10-{10 + len(WORDS)}", rule="press.bill", rule_version=1,
        confidence=60, decision=Decision.REVIEW, reason="a name and a cue, but no act",
    )  # fmt: skip
    claim = replace(claim, **changed)
    key = claim_key(document.document_id, claim.commitment, claim.target, claim.kind, claim.subject)
    desk = monitor()
    now = desk.clock()
    desk.captures.add_capture(digest="a" * 64, url=GAZETTED, body_sha256="b" * 64, retrieved_at=now)
    stored = desk.captures.kept(desk.captures.add_document(document, capture="a" * 64, seen_at=now))
    assert stored
    desk.readings.add_reading(stored, rules="1", candidates=[(key, claim)], read_at=now, run_id="r")
    staged = desk.readings.staged()
    desk.ledger.append_staged([(s, draft_of(s, producer="t", run_id="r")) for s in staged], now=now, run_id="r")
    return desk.readings.held()[-1].candidate_id


def events() -> list[Any]:
    from milestones.airflow.pages.desk import monitor

    desk = monitor()
    return desk.ledger.read()


def fields(page: str) -> dict[str, str]:
    """What the form that saves would send."""
    form = page[page.index("/record/save") :]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")])
    return {name: html.unescape(value) for name, value in found}


def test_the_queue_leads_to_a_case_with_its_words_marked_and_what_would_change(visit: Any) -> None:
    number, editor = held(), visit()
    queue = editor.get("/review").text
    assert "Findings to review: 1" in queue
    assert f'href="/behind/milestones/review/{number}"' in queue
    case = editor.get(f"/review/{number}").text
    assert f"<mark>{WORDS}</mark>" in case
    assert re.search(r"Now</th><td>.*?No step found yet.*?If accepted</th><td>.*?>Met<", case, re.DOTALL)
    assert not obeyed(queue + case + editor.get(f"/review/{number}?lang=zh").text)


def test_accepting_records_the_decision_and_the_step_once_under_a_pseudonym(visit: Any) -> None:
    from milestones.airflow.pages.desk import monitor

    number, editor, before = held(), visit(), len(events())
    done = editor.send(f"/review/{number}", decision="accept", reason="it says so\nplainly")
    assert done.status_code == 303
    assert done.headers["location"] == f"/behind/milestones/review?told={before + 2}"
    new = events()[before:]
    assert [e.draft.type.value for e in new] == ["candidate.accepted", "milestone.reported"]
    assert new[1].draft.data["reason"] == "it says so plainly"
    assert "jenny" not in str([e.draft for e in new])
    desk = monitor()
    assert desk.people.find("jenny-op").person_id == new[0].draft.data["person"]
    status = next(t for t in desk.read_tables.rows("read_target") if (t["commitment"], t["target"]) == ("PA2024/DE-04", "bill"))
    assert status["status"] == "met", "the read tables are brought up behind the answer"
    assert f"Recorded at position {before + 2}." in editor.get(f"/review?told={before + 2}").text
    again = editor.send(f"/review/{number}", decision="accept", reason="it says so")
    assert again.status_code == 409
    assert "decided already" in again.text
    assert len(events()) == before + 2
    assert "Settled" in editor.get(f"/review/{number}").text


def test_rejecting_records_the_decision_alone(visit: Any) -> None:
    number, editor, before = held(), visit(), len(events())
    assert editor.send(f"/review/{number}", decision="reject", reason="another bill").status_code == 303
    assert [e.draft.type.value for e in events()[before:]] == ["candidate.rejected"]
    assert "No finding waits." in editor.get("/review").text


@pytest.mark.parametrize(
    "sent",
    [{"decision": "accept", "reason": "  "}, {"decision": "burn", "reason": "r"}, {"reason": "r"}, {"decision": "accept", "reason": "r" * 1001}],
)
def test_a_decision_that_is_not_whole_is_refused(visit: Any, sent: dict[str, str]) -> None:
    number, before = held(), len(events())
    assert visit().send(f"/review/{number}", **sent).status_code == 400
    assert len(events()) == before


def test_viewers_see_and_cannot_act(visit: Any) -> None:
    number, viewer, before = held(), visit("viewer"), len(events())
    page = viewer.get(f"/review/{number}").text
    assert "<mark>" in page
    assert "<form" not in page
    assert "<form" not in viewer.get("/record").text
    for path in (f"/review/{number}", "/record", "/record/save"):
        answer = viewer.send(path, decision="accept", reason="r", **STEP)
        assert answer.status_code == 403
        assert "may edit the DAG" in answer.text
    assert len(events()) == before


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        ("", {}),
        ("0" * 64, {}),
        (None, {"Sec-Fetch-Site": "cross-site"}),
        (None, {"Sec-Fetch-Site": "same-site"}),
        (None, {"Origin": "https://evil.example"}),
        (None, {"Origin": "null"}),
    ],
)
def test_what_another_site_sends_is_refused(visit: Any, token: str | None, headers: dict[str, str]) -> None:
    number, editor, before = held(), visit(), len(events())
    sent = editor._replace(token=editor.token if token is None else token)
    assert sent.send(f"/review/{number}", headers, decision="accept", reason="r").status_code == 403
    assert len(events()) == before


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://testserver"}])
def test_what_our_own_page_sends_is_taken(visit: Any, headers: dict[str, str]) -> None:
    assert visit().send(f"/review/{held()}", headers, decision="accept", reason="r").status_code == 303


def test_the_token_of_one_person_is_not_that_of_another(visit: Any) -> None:
    number, admin = held(), visit("admin")
    editor = visit()
    assert editor._replace(token=admin.token).send(f"/review/{number}", decision="accept", reason="r").status_code == 403


def test_only_forms_of_a_form_s_size_are_read(visit: Any) -> None:
    number, editor = held(), visit()
    path = f"/behind/milestones/review/{number}"
    assert editor.client.post(path, json={"token": editor.token}).status_code == 415
    assert editor.send(f"/review/{number}", reason="r" * 70_000).status_code == 413


def test_what_was_missed_is_previewed_from_the_page_and_then_recorded_once(visit: Any) -> None:
    editor, before = visit(), len(events())
    preview = editor.send("/record", reason="the machine missed it", **STEP)
    assert preview.status_code == 200
    assert f"<mark>{WORDS}</mark>" in preview.text
    assert len(events()) == before, "looking records nothing"
    sent = fields(preview.text)
    assert editor.send("/record/save", **sent).headers["location"].endswith(f"told={before + 1}")
    new = events()[before:]
    assert [(e.draft.kind, e.draft.quote, e.draft.document_digest) for e in new] == [("bill_gazetted", WORDS, sent["document"])]
    assert editor.send("/record/save", **sent).headers["location"].endswith("told=same")
    assert len(events()) == before + 1
    assert "says so already" in editor.get("/review?told=same").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quote": "words that stand nowhere"}, "do not stand in one paragraph"),
        ({"kind": ""}, "“Step” needs one of its values"),
        ({"on": "6 December"}, "“Day” needs a day"),
        ({"target": "PA2024/XX-99/bill"}, "no commitment PA2024/XX-99"),
        ({"reason": ""}, "a decision needs a reason"),
        ({"url": "http://127.0.0.1:9/"}, "127.0.0.1"),
    ],
)
def test_a_form_that_cannot_be_recorded_comes_back_with_what_is_wrong(visit: Any, wrong: dict[str, str], said: str) -> None:
    editor, before = visit(), len(events())
    answer = editor.send("/record", **{**STEP, "reason": "missed", **wrong})
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert html.escape(wrong.get("quote", WORDS)) in answer.text, "nothing has to be typed again"
    assert len(events()) == before


def test_nothing_is_saved_that_was_not_looked_at(visit: Any) -> None:
    assert visit().send("/record/save", reason="r", **STEP).status_code == 400


def test_a_finding_is_corrected_in_one_act_and_not_twice(visit: Any) -> None:
    number, editor, before = held(), visit(), len(events())
    form = editor.get(f"/record?candidate={number}").text
    assert f'value="{GAZETTED}" readonly' in form
    preview = editor.send("/record", reason="gazetted, not read", candidate=str(number), **STEP)
    sent = fields(preview.text)
    assert editor.send("/record/save", **sent).status_code == 303
    new = events()[before:]
    assert [(e.draft.type.value, e.draft.kind) for e in new] == [("candidate.rejected", None), ("milestone.reported", "bill_gazetted")]
    assert editor.send("/record/save", **sent).status_code == 409
    assert editor.get(f"/record?candidate={number}").status_code == 409
    assert len(events()) == before + 2


@pytest.mark.parametrize("name", ["0", "99", "@99", "nothing", "@", "9" * 30, "-1"])
def test_cases_that_are_not_there_are_not_found(visit: Any, name: str) -> None:
    editor = visit()
    assert editor.client.get(f"/behind/milestones/review/{name}", follow_redirects=False).status_code in {303, 404}
    assert editor.send(f"/review/{name}", decision="reject", reason="r").status_code in {400, 404, 409}


def test_what_its_page_no_longer_says_waits_and_can_be_retracted(visit: Any) -> None:
    from milestones.airflow.pages.desk import monitor

    number, editor = held(), visit()
    assert editor.send(f"/review/{number}", decision="accept", reason="so it is").status_code == 303
    position = len(events())
    desk = monitor()
    now, kept = desk.clock(), desk.captures.newest(GAZETTED)
    assert kept
    desk.captures.add_capture(digest="c" * 64, url=GAZETTED, body_sha256="d" * 64, retrieved_at=now)
    changed = replace(kept.document, paragraphs=("Nothing of the sort.",))
    stored = desk.captures.kept(desk.captures.add_document(changed, capture="c" * 64, seen_at=now))
    assert stored
    desk.readings.add_reading(stored, rules="1", candidates=[], read_at=now, run_id="r")
    assert f"/review/@{position}" in editor.get("/review").text
    case = editor.get(f"/review/@{position}").text
    assert "The words do not stand in this page as it is now." in case
    assert re.search(r"Now</th><td>.*?>Met<.*?If accepted</th>", case, re.DOTALL)
    assert editor.send(f"/review/@{position}", decision="accept", reason="it was taken back").status_code == 303
    assert events()[-1].draft.type.value == "milestone.retracted"
    assert editor.send(f"/review/@{position}", decision="accept", reason="it was taken back").status_code == 409
