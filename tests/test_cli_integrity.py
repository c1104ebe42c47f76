"""verify, checkpoint, prove, key, trace and export as a person or a program meets them: output, files, exit codes."""

import json
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.command_line import run as call
from tests.command_line import world

__all__ = ["call", "world"]  # fixtures


@pytest.fixture
def run(call, monkeypatch):
    """Runs a command, on another database if one is named."""

    def named(*arguments, database=None):
        if database:
            monkeypatch.setenv("MILESTONES_DATABASE_URL", f"sqlite:///{database}")
        ran = call(*arguments)
        monkeypatch.delenv("MILESTONES_DATABASE_URL", raising=False)
        return ran

    return named


@pytest.fixture
def file(world, run) -> Path:
    assert run("init").code == 0
    return Path(world["MILESTONES_HOME"]) / "ledger.sqlite"


def test_a_checkpoint_is_printed_or_written_and_verifies(run, file, tmp_path):
    printed, written = run("checkpoint"), run("checkpoint", "--to", str(tmp_path / "held"))
    assert (printed.code, written.code) == (0, 0)
    assert printed.out == (tmp_path / "held").read_text("utf-8")
    assert printed.out.startswith("hk-milestones/")
    assert "(not signed" in printed.out
    checked = run("verify", "--against", str(tmp_path / "held"))
    assert (checked.code, checked.err) == (0, "")
    assert checked.out.endswith("clean: everything verifies\n")


def test_a_finding_is_named_with_its_position_and_exit_code_1(run, file, tmp_path):
    spoiled = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(spoiled)) as target:
        source.backup(target)
        target.execute("DROP TRIGGER event_refuses_update")
        target.execute("UPDATE event SET producer = 'somebody' WHERE position IN (40, 7)")
        target.commit()
    for_people, for_programs = run("verify", database=spoiled), run("verify", "--json", database=spoiled)
    assert (for_people.code, for_programs.code) == (1, 1)
    assert "leaf: position 7 " in for_people.err
    assert "trigger event_refuses_update is missing" in for_people.err
    assert for_people.out.endswith("the first bad position is 7\n")
    told = json.loads(for_programs.out)
    assert (told["clean"], [d["position"] for d in told["damages"] if d["check"] == "leaf"]) == (False, [7, 40])


def test_what_cannot_be_verified_has_exit_code_2(run, file, tmp_path, monkeypatch):
    (tmp_path / "empty").write_text("nothing")
    assert run("verify", "--against", str(tmp_path / "empty")).code == 2
    assert run("verify", "--against", str(tmp_path / "absent")).code == 2
    assert run("verify", database=tmp_path / "absent.sqlite").code == 2
    assert not (tmp_path / "absent.sqlite").exists()
    monkeypatch.setenv("MILESTONES_VERIFIER_KEYS", "no key")
    ran = run("verify")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)


def test_a_key_is_made_shown_and_used_and_never_printed(run, file, tmp_path, monkeypatch):
    secret = tmp_path / "signing.key"
    made = run("key", "new", str(secret))
    assert made.code == 0
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert run("key", "show", str(secret)).out == made.out
    assert run("key", "new", str(secret)).code == 2
    monkeypatch.setenv("MILESTONES_SIGNING_KEY", str(secret))
    signed = run("checkpoint")
    assert f"— {made.out.split('+')[0]} " in signed.out
    private = secret.read_text("utf-8").strip().split("+", 4)[4]  # base64 may hold a plus of its own
    assert private not in made.out + signed.out + signed.err
    monkeypatch.setenv("MILESTONES_SIGNING_KEY", secret.read_text("utf-8")[:-9])
    broken = run("checkpoint")
    assert (broken.code, private[:20] in broken.err + broken.out) == (2, False)
    assert "MILESTONES_SIGNING_KEY" in broken.err


def test_a_proof_convinces_a_stranger(run, file, tmp_path):
    assert run("prove", "5", "--to", str(tmp_path / "proof.json")).code == 0
    assert json.loads(run("prove", "5").out) == json.loads((tmp_path / "proof.json").read_text("utf-8"))
    script = Path(__file__).parents[1] / "bin" / "verify-proof.py"
    ran = subprocess.run([sys.executable, "-I", script, tmp_path / "proof.json"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert run("prove", "9999").code == 2


def test_a_trace_ends_with_1_where_something_does_not_match(run, file, tmp_path):
    good = run("events", "--trace", "5")
    assert (good.code, "event 5 " in good.out) == (0, True)
    spoiled = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(spoiled)) as target:
        source.backup(target)
        target.execute("DROP TRIGGER event_refuses_update")
        target.execute("UPDATE event SET run_id = 'other' WHERE position = 5")
        target.commit()
    bad = run("events", "--trace", "5", database=spoiled)
    assert (bad.code, "DOES NOT MATCH" in bad.out) == (1, True)


def test_captures_are_exported(run, file, tmp_path):
    ran = run("export", "warc", str(tmp_path / "out"))
    assert (ran.code, ran.out) == (0, f"0 captures in 0 files under {tmp_path / 'out'}\n")
    (tmp_path / "taken").write_text("a file")
    assert run("export", "warc", str(tmp_path / "taken")).code == 2
