"""The commands by which people correct and decide, as a person or a script meets them. One ledger is read once; each test has a copy."""

import json
import shutil
import sys
from io import StringIO
from pathlib import Path
from urllib.request import urlopen

import pytest

from milestones.bootstrap import open_monitor
from tests.command_line import Ran, Run, world
from tests.command_line import run as call

__all__ = ["call", "world"]  # fixtures

GAZETTED = "https://www.info.gov.hk/gia/general/202412/06/P2024120600254.htm"
CITATION = "https://www.policyaddress.gov.hk/2025/en/p10.html"
ESC = "\x1b[2J"


@pytest.fixture
def run(call: Run, world: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a copy of the ledger that has read the two weeks."""
    home = Path(world["MILESTONES_HOME"])
    if not (home / "ledger.sqlite").exists():
        assert call("ingest").code == 0
    shutil.copytree(home, tmp_path / "copy")
    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path / "copy"))
    return call


def events(run: Run, **wanted: object) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in run("events", "--format", "jsonl").out.splitlines()]
    return [line for line in lines if all(line[k] == v for k, v in wanted.items())]


def bill(run: Run, *options: str) -> dict[str, object]:
    told = json.loads(run("status", "DE-04", "--json", *options).out)
    return next(t for t in told["commitments"][0]["targets"] if t["target"] == "bill")


def first_readings(run: Run) -> list[str]:
    found = events(run, commitment="PA2024/DE-04", kind="bill_first_reading", state="happened", current=True)
    assert found
    return [str(e["position"]) for e in found]


# ---- amend, retract -----------------------------------------------------------------------------------------------------


def test_amend_shows_the_event_first_and_asks_nobody_where_there_is_nobody(run):
    position = first_readings(run)[0]
    ran = run("amend", position, "--occurred-on", "2024-12-11", "--reason", "the sitting was earlier", "--by", "Chan Siu-ming")
    assert ran.code == 2
    assert f"position {position}: milestone.reported PA2024/DE-04 bill bill_first_reading happened 2024-12-18 day" in ran.out
    assert "no mail has carried it" in ran.out
    assert ran.err == "milestones: there is no terminal to ask at; look at what is said above, then add --yes\n"
    assert events(run, type="milestone.amended") == []


def test_amend_records_the_other_day_and_a_pseudonym(run):
    position = first_readings(run)[0]
    ran = run("amend", position, "--occurred-on", "2024-12-11", "--reason", "the sitting was earlier", "--by", "Chan Siu-ming", "--yes")
    assert (ran.code, ran.err) == (0, "")
    [event] = events(run, type="milestone.amended")
    assert (event["occurred_on"], event["current"], event["confidence"]) == ("2024-12-11", True, None)
    assert "by person:" in ran.out
    home = run("person", "list").out
    assert "Chan Siu-ming" in home
    assert bill(run)["occurred_on"] == "2024-12-11"
    again = run("amend", position, "--occurred-on", "2024-12-11", "--reason", "r", "--yes")
    assert again.code == 2
    assert f"position {position} does not stand any more: it was amended at position {event['position']}" in again.err


def test_retract_takes_back_and_the_past_still_shows_it(run):
    before = bill(run)["status"]
    positions = first_readings(run)
    head = len(events(run))
    for position in positions:
        ran = run("retract", position, "--reason", "another bill", "--by", "Chan Siu-ming", "--code", "withdrawn_by_source", "--yes")
        assert ran.code == 0
    assert (before, bill(run)["status"] == "met") == ("met", False)
    assert len(events(run)) == head + len(positions)
    again = run("ingest")
    assert "0 events recorded" in again.out, "the machine does not undo a person"


def test_retract_says_which_mails_carried_the_event(run):
    sent = run("report", "digest")
    assert sent.code == 0
    position = first_readings(run)[0]
    shown = run("retract", position, "--reason", "r").out
    assert "carried by the digest up to 2024-12-20, sent to " in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("retract", "999999", "--reason", "r", "--yes"), "no event '999999'"),
        (("retract", "1", "--reason", "r", "--yes"), "position 1 is ledger.opened, no milestone"),
        (("retract", "2", "--reason", " ", "--yes"), "position 2 is commitment.registered"),
        (("retract", "1", "--reason", "r", "--code", "dull", "--yes"), "--code must be one of wrong, withdrawn_by_source, not 'dull'"),
        (("amend", "1", "--state", "perhaps", "--reason", "r"), "--state must be one of scheduled, happened, not 'perhaps'"),
        (("amend", "1", "--kind", f"{ESC}bill", "--reason", "r"), "--kind must be one of legislative_proposal, "),
        (("review", "accept", "123456", "--reason", "r"), "no candidate 123456 waits for review"),
        (("review", "list", "--format", "xml"), "--format must be table or jsonl"),
        (("review", "accept", "@70", "--reason", "r"), "position 70 does not wait for review"),
        (("review", "reject", "@70", "--reason", "r"), "position 70 does not wait for review"),
        (("review", "reject", f"@{ESC}", "--reason", "r"), "is no number of `milestones review list`"),
        (("person", "erase", "Nobody"), "nobody is known as 'Nobody'"),
        (("person", "add", " "), "a name has 1 to 200 characters"),
        (("commitment", "withdraw", "XX-99", "--effective-on", "2025-09-17", "--citation", CITATION, "--reason", "r"), "no commitment XX-99"),
        (
            ("commitment", "merge", "DE-04", "--effective-on", "2025-09-17", "--citation", CITATION, "--reason", "r"),
            "commitment.merged names the commitments that take its place with --into: 1, not 0",
        ),
        (
            ("commitment", "withdraw", "DE-04", "--effective-on", "2025-09-17", "--citation", "javascript:alert(1)", "--reason", "r"),
            "--citation must be the https address",
        ),
        (
            ("rule", GAZETTED, "--commitment", "DE-04", "--target", "bill", "--kind", "bill_gazetted", "--reason", "r"),
            "says this and stands; retract it",
        ),
    ],
)
def test_an_error_is_one_line_and_exit_code_2_and_records_nothing(run, arguments, message):
    before = len(events(run))
    ran = run(*arguments)
    assert ran.code == 2
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "\x1b" not in ran.err
    assert len(events(run)) == before


class Terminal(StringIO):
    """Somebody who sits there and answers."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "code", "recorded"), [("y\n", 0, 1), ("n\n", 1, 0), ("\n", 1, 0)])
def test_at_a_terminal_the_person_is_asked(run, monkeypatch, answer, code, recorded):
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    ran = run("retract", first_readings(run)[0], "--reason", "another bill", "--by", "Chan Siu-ming")
    assert ran.code == code
    assert "Record the correction? [y/N]" in ran.out
    assert len(events(run, type="milestone.retracted")) == recorded


# ---- record -------------------------------------------------------------------------------------------------------------


def record(run: Run, page: str, quote: str, *more: str, kind: str = "study_commissioned", on: str = "2024-12-06") -> Ran:
    known = ("--commitment", "DE-04", "--target", "bill", "--kind", kind, "--occurred-on", on, "--quote", quote)
    return run("record", page, *known, "--reason", "missed", "--by", "Chan Siu-ming", *more)


def test_record_of_an_address_archives_the_page_and_says_who(run, tmp_path):
    captures = len(list((tmp_path / "copy" / "archive").rglob("*.warc.gz")))
    ran = record(run, GAZETTED, "Stablecoins Bill")
    assert (ran.code, ran.err) == (0, "")
    [event] = events(run, kind="study_commissioned")
    assert (event["url"], event["quote"], event["confidence"]) == (GAZETTED, "Stablecoins Bill", None)
    assert len(list((tmp_path / "copy" / "archive").rglob("*.warc.gz"))) >= captures
    assert "recorded already; nothing new" in record(run, GAZETTED, "Stablecoins Bill").out


def test_record_refuses_live_pages_on_a_ledger_of_facsimiles(run, monkeypatch):
    monkeypatch.delenv("MILESTONES_MIRROR")
    monkeypatch.delenv("MILESTONES_NOW")
    monkeypatch.setenv("MILESTONES_REQUEST_INTERVAL", "2")
    ran = record(run, GAZETTED, "Stablecoins Bill")
    assert (ran.code, "opened on a replica and must not read live sources" in ran.err) == (2, True)


def test_record_of_a_saved_file_needs_no_network(run, world, tmp_path, monkeypatch):
    page = tmp_path / "saved.htm"
    with urlopen(f"{world['MILESTONES_MIRROR']}/{GAZETTED.removeprefix('https://')}") as answer:
        page.write_bytes(answer.read())
    monkeypatch.setenv("MILESTONES_MIRROR", "http://127.0.0.1:9")
    assert record(run, str(page), "Stablecoins Bill").code == 0
    assert [e["url"] for e in events(run, kind="study_commissioned")] == [GAZETTED]
    page.write_bytes(page.read_bytes().replace(b"Stablecoins", b"Tulip Bulbs"))
    ran = record(run, str(page), "Tulip Bulbs Bill", kind="bill_passed")
    assert ran.code == 2
    assert "with another text than this file" in ran.err


@pytest.mark.parametrize(
    ("page", "quote", "message"),
    [
        (GAZETTED, "The Bill was lost at sea", "the words do not stand in one paragraph of"),
        ("absent.htm", "x", "absent.htm cannot be read: No such file"),
        ("https://example.org/P1.htm", "x", "its host is none of"),
        (GAZETTED.replace("00254", "99999"), "x", "no such page"),
    ],
)
def test_record_of_what_a_page_does_not_say_is_refused(run, page, quote, message):
    ran = record(run, page, quote)
    assert ran.code == 2
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1
    assert events(run, kind="study_commissioned") == []


def test_a_later_deadline_is_told_beside_the_original(run):
    ran = record(run, GAZETTED, "Stablecoins Bill", "--revised-deadline", "2025-06-30", "--said-by", f"FSTB{ESC}", kind="delayed")
    assert (ran.code, ran.err) == (0, "")
    told = bill(run)
    assert told["deadline"] == "2024-12-31"
    assert isinstance(told["revised_deadline"], dict)
    assert (told["revised_deadline"]["day"], told["revised_deadline"]["precision"]) == ("2025-06-30", "day")
    page = run("status", "DE-04").out
    assert "\x1b[2J" not in page
    assert "later date announced by FSTB" in " ".join(page.split())


# ---- review, rulings ----------------------------------------------------------------------------------------------------


def test_the_queue_is_listed_and_each_entry_decided_once(run):
    lines = [json.loads(line) for line in run("review", "list", "--format", "jsonl").out.splitlines()]
    assert len(lines) >= 2
    table = run("review", "list").out
    assert all(line["url"] in table and line["quote"].split()[0] in table for line in lines)
    first, second = (str(line["number"]) for line in lines[:2])
    accepted = run("review", "accept", first, "--reason", "it says so", "--by", "Chan Siu-ming")
    assert accepted.code == 0
    assert "candidate.accepted" in accepted.out
    rejected = run("review", "reject", second, "--reason", "a plan only", "--by", "Chan Siu-ming")
    assert (rejected.code, "candidate.rejected" in rejected.out) == (0, True)
    left = [json.loads(line)["number"] for line in run("review", "list", "--format", "jsonl").out.splitlines()]
    assert not {int(first), int(second)} & set(left)
    assert run("review", "reject", first, "--reason", "r").code == 2


def test_a_ruling_on_a_document_is_recorded(run):
    about = ("--commitment", "DE-04", "--target", "bill", "--kind", "bill_passed", "--subject", "stablecoins-bill")
    ran = run("rule", GAZETTED, *about, "--reason", "gazettal is not passage", "--by", "Chan Siu-ming")
    assert (ran.code, ran.err) == (0, "")
    [event] = events(run, type="ruling.made")
    assert (event["url"], event["target"], event["kind"]) == (GAZETTED, "bill", None)


# ---- what becomes of commitments ----------------------------------------------------------------------------------------


def test_a_merged_commitment_ends_on_its_day_and_names_its_successor(run):
    merge = ("commitment", "merge", "DE-04", "--effective-on", "2024-12-19", "--citation", CITATION, "--into", "DE-05")
    assert run(*merge, "--reason", "one promise now", "--by", "Chan Siu-ming").code == 0
    assert (bill(run, "--on", "2024-12-18")["status"], bill(run, "--on", "2024-12-19")["status"]) == ("met", "withdrawn")
    told = json.loads(run("status", "DE-04", "--json").out)["commitments"][0]
    [became] = told["lifecycle"]
    assert (became["type"], became["into"], became["citation"]) == ("commitment.merged", ["PA2024/DE-05"], CITATION)
    assert "Commitment merged into PA2024/DE-05, from 2024-12-19: one promise now" in run("status", "DE-04").out
    again = run(*merge, "--reason", "r")
    assert (again.code, "retract that first" in again.err) == (2, True)
    [event] = events(run, type="commitment.merged")
    assert run("retract", str(event["position"]), "--reason", "wrong one", "--yes").code == 0
    assert bill(run)["status"] == "met"


@pytest.mark.parametrize(
    ("how", "into", "after"),
    [("withdraw", (), "withdrawn"), ("split", ("DE-05", "DE-06"), "withdrawn"), ("supersede", ("DE-05",), "withdrawn"), ("carry-over", (), "met")],
)
def test_each_way_a_commitment_can_go(run, how, into, after):
    successors = [part for key in into for part in ("--into", key)]
    ran = run("commitment", how, "DE-04", "--effective-on", "2024-12-19", "--citation", CITATION, "--reason", "r", "--by", "Chan", *successors)
    assert (ran.code, ran.err) == (0, "")
    assert bill(run)["status"] == after


def test_whatever_people_record_verifies_and_passes_the_suites(run):
    first, *_ = first_readings(run)
    merge = ("commitment", "merge", "IT-25", "--effective-on", "2024-12-19", "--citation", CITATION, "--into", "IT-24")
    number, other = (str(json.loads(line)["number"]) for line in run("review", "list", "--format", "jsonl").out.splitlines()[:2])
    about = ("--commitment", "DE-04", "--target", "bill", "--kind", "bill_passed", "--subject", "stablecoins-bill")
    for command in (
        ("amend", first, "--occurred-on", "2024-12-11", "--yes"),
        ("retract", str(len(events(run)) + 1), "--yes"),
        ("review", "accept", number),
        ("review", "reject", other),
        ("rule", GAZETTED, *about),
        merge,
        ("retract", str(len(events(run)) + 7), "--yes"),
    ):
        ran = run(*command, "--reason", "so it is", "--by", "Chan Siu-ming")
        assert (ran.code, ran.err) == (0, ""), command
    assert record(run, GAZETTED, "Stablecoins Bill", "--revised-deadline", "2025-06-30", kind="delayed").code == 0
    assert run("verify").code == 0
    with open_monitor() as monitor:
        assert monitor.check() == []


# ---- people -------------------------------------------------------------------------------------------------------------


def test_an_erased_person_leaves_a_ledger_that_still_names_a_pseudonym(run, tmp_path):
    position = first_readings(run)[0]
    run("retract", position, "--reason", "another bill", "--by", "Chan Siu-ming", "--yes")
    pseudonym = run("person", "list").out.split()[0]
    before = run("events", "--format", "jsonl").out
    assert "Siu-ming" not in before
    assert run("person", "erase", "Chan Siu-ming").code == 2, "nobody can be asked"
    assert run("person", "erase", "Chan Siu-ming", "--yes").code == 0
    assert run("person", "list").out == f"{pseudonym}  (erased)\n"
    assert run("events", "--format", "jsonl").out == before


def test_without_a_name_it_is_who_is_logged_in(run, monkeypatch):
    monkeypatch.setenv("LOGNAME", "siuming")
    assert run("retract", first_readings(run)[0], "--reason", "r", "--yes").code == 0
    assert "siuming" in run("person", "list").out


@pytest.mark.parametrize(
    "command",
    [
        *(("amend",), ("retract",), ("record",), ("rule",), ("review",), ("review", "list"), ("review", "accept"), ("review", "reject")),
        *(("commitment",), ("commitment", "withdraw"), ("commitment", "carry-over"), ("person",), ("person", "erase")),
    ],
)
def test_each_command_explains_itself(run, command):
    ran = run(*command, "--help")
    assert ran.code == 0
    assert "Usage: " in ran.out
