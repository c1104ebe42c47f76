"""Commands for those who do not want to believe us: verify, checkpoint, prove, and the keys that sign."""

import json
from pathlib import Path
from typing import Annotated

import typer

from milestones.adapters.signing import signer_of
from milestones.adapters.witness import notes_of_file
from milestones.bootstrap import Evidence, open_as_found, open_existing
from milestones.cli.shared import bar, complain, emit, say, write
from milestones.domain.errors import SettingsError
from milestones.services.integrity import Inspection

File = Annotated[Path | None, typer.Option(metavar="FILE", help="write it there instead of on the screen")]

key = typer.Typer(no_args_is_help=True, help="Keys that sign checkpoints.")


def verify(
    against: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="a checkpoint held elsewhere, or a mail with one; may be repeated")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Check the whole record: log, checkpoints, documents, captures, guards, read tables. Changes nothing."""
    held = [(file, note) for file in against or () for note in notes_of_file(file)]
    outside = [note for _, note in held]
    with open_as_found() as monitor, bar() as progress:
        inspection = Evidence(monitor).verify(outside=outside, progress=progress)
    if as_json:
        emit(inspection.data(), indent=1)
    else:
        for file, note in held:
            say(f"against {file}: a checkpoint of {note.checkpoint.size} events")
        _tell(inspection)
    raise typer.Exit(1 if inspection.damages else 0)


def checkpoint(to: File = None) -> None:
    """Size and root of the ledger, signed if there is a key, for others to keep: whoever holds one can tell whether the past was changed."""
    with open_existing() as monitor:
        note = str(Evidence(monitor).checkpoint())
    if to:
        write(to, note)
    else:
        for line in note.splitlines():
            say(line)


def prove(event: Annotated[str, typer.Argument(help="its position or id")], to: File = None) -> None:
    """A proof that an event is in the ledger; bin/verify-proof.py checks it without any of our code."""
    with open_existing() as monitor:
        proof = Evidence(monitor).prove(event)
    if to:
        write(to, json.dumps(proof, ensure_ascii=False, indent=1) + "\n")
    else:
        emit(proof, indent=1)


@key.command("new")
def new_key(file: Path) -> None:
    """Make a key pair for this ledger: the private key into FILE, for MILESTONES_SIGNING_KEY; the public one is printed, for everybody."""
    with open_existing() as monitor:
        say(Evidence(monitor).new_key(file).line)


@key.command("show")
def show_key(file: Path) -> None:
    """The public key of a private one in FILE."""
    if not file.is_file():
        raise SettingsError(f"{file} is no file")
    say(signer_of(str(file), "hk-milestones/key").verifier.line)


def _tell(inspection: Inspection) -> None:
    say(f"{inspection.origin}: {inspection.size} events, root {inspection.root}, {inspection.checkpoints} checkpoints kept")
    for notice in inspection.notices:
        say(f"note: {notice}")
    bad = [d.position for d in inspection.damages if d.position is not None]
    for damage in inspection.damages:
        complain(f"{damage.check}: {'' if damage.position is None else f'position {damage.position} '}{damage.detail}")
    first = f"; the first bad position is {min(bad)}" if bad else ""
    say(f"{len(inspection.damages)} findings{first}" if inspection.damages else "clean: everything verifies")
