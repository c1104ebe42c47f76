"""Commands by which a policy document comes into the ledger from a spreadsheet, without code."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from milestones.bootstrap import open_existing
from milestones.bootstrap.registering import Registering, filled, refuse_shipped, write_template
from milestones.cli.deciding import By, Reason, run_id, who
from milestones.cli.shared import bar, complain, say
from milestones.domain.documents import Candidate, Document
from milestones.domain.errors import SettingsError
from milestones.services.policy_rows import Filled
from milestones.services.registering import Difference

registry = typer.Typer(no_args_is_help=True, help="A new policy document from a spreadsheet: docs/new-policy-document.md goes through it.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="a spreadsheet, .xlsx or .csv")]

_SHOWN = 20
"""Documents that `try` lists for each row; how many there are is told anyway."""


@registry.command()
def template(file: File) -> None:
    """Write an empty form with an example row, explanations and lists to choose from."""
    write_template(file)
    say(f"written to {file}; fill in the sheet, then: milestones registry check {file}")


@registry.command()
def check(file: File) -> None:
    """Say all that is wrong with a filled form, cell by cell. Records nothing and needs no ledger."""
    form = _right(file)
    refuse_shipped(form.data)
    promises, targets = len(form.data["commitment"]), sum(len(c["target"]) for c in form.data["commitment"])
    say(f"{file} can be applied: {form.data['document']['key']} with {promises} promises and {targets} targets")


@registry.command("try")
def try_(file: File) -> None:
    """List the kept pages in which each row would find something, and why. Records nothing."""
    form = _right(file)
    with open_existing() as monitor, bar() as progress:
        found: dict[tuple[str, str], list[tuple[Document, Candidate]]] = {place: [] for place in form.rows}
        work = Registering(monitor, form.data)
        work.difference()
        for document, candidate in work.matches(progress):
            found[candidate.commitment.partition("/")[2], candidate.target].append((document, candidate))
    for (number, target), row in form.rows.items():
        _tell_row(row, f"{form.data['document']['key']}/{number} {target}", found[number, target])
    say("nothing was recorded")


@registry.command()
def apply(
    file: File,
    reason: Reason = "a new policy document",
    by: By = None,
    yes: Annotated[bool, typer.Option("--yes", help="do not ask; for scripts")] = False,
) -> None:
    """Show what the document changes, ask, record it, and read all kept pages with it. Nobody is mailed about what that finds."""
    form = _right(file)
    with open_existing() as monitor:
        work = Registering(monitor, form.data)
        change = work.difference()
        _tell_difference(change)
        if change.changed and not yes and not typer.confirm("Record this for good?"):
            raise SettingsError("nothing was recorded")
        signature = monitor.sign(who(by), reason, run_id=run_id())
        with bar() as progress:
            work.apply(change, signature=signature, say=say, progress=progress)


def _right(file: Path) -> Filled:
    """The form, if all of it is right; else says what is not and ends with exit code 1."""
    form = filled(file)
    for problem in form.problems:
        complain(problem.line())
    if form.problems:
        complain(f"{len(form.problems)} to put right; nothing was recorded")
        raise typer.Exit(1)
    return form


def _tell_row(row: int, name: str, found: list[tuple[Document, Candidate]]) -> None:
    pages = len({document.url for document, _ in found})
    say(f"row {row}, {name}: " + (f"found in {pages} {'page' if pages == 1 else 'pages'}" if found else "found nowhere"))
    for document, candidate in found[:_SHOWN]:
        day = candidate.occurred_on or "day not stated"
        say(f"    {document.url}: {document.headline}")
        say(f"        {candidate.decision} {candidate.kind} {candidate.state} {day}, confidence {candidate.confidence}: {candidate.reason}")
        say(f"        “{candidate.quote}”")
    if len(found) > _SHOWN:
        say(f"    and {len(found) - _SHOWN} more")


def _tell_difference(change: Difference) -> None:
    for commitment in change.added:
        say(f"added      {commitment.key} {commitment.title_en}")
    for commitment, fields in change.reworded:
        say(f"reworded   {commitment.key} {commitment.title_en}: {', '.join(fields)}")
    for key in change.left_out:
        say(f"left out   {key}: it stays as it is; `milestones commitment withdraw` ends a promise")
    counts: Mapping[str, int] = {"added": len(change.added), "reworded": len(change.reworded), "unchanged": len(change.unchanged)}
    say(", ".join(f"{n} {what}" for what, n in counts.items()))
