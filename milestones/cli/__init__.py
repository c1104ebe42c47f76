"""The command line. Exit codes: 0 done, 1 findings or failures, 2 could not run; errors are one line that says what to do."""

import sys
from collections.abc import Callable

import typer

from milestones.cli import decisions, exporting, integrity, keeping, mailing, people, reading, registry, replaying, reports, telling, watching
from milestones.cli.shared import complain
from milestones.domain.errors import MilestonesError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
report = typer.Typer(no_args_is_help=True, help="Reports: build, show or send them.")

_COMMANDS: tuple[Callable[..., None], ...] = (
    *(reading.init, reading.ingest, telling.status, telling.events, reading.detect),
    *(people.record, people.amend, people.retract, decisions.rule),
    *(integrity.verify, integrity.checkpoint, integrity.prove, keeping.rebuild, replaying.replay, watching.sources),
)
for command in _COMMANDS:
    app.command()(command)
report.command()(reports.digest)
report.command()(reports.subscriptions)
report.command()(mailing.brief)
report.command()(mailing.alert)
report.command()(mailing.operators)
app.add_typer(report, name="report")
app.add_typer(integrity.key, name="key")
app.add_typer(exporting.export, name="export")
app.add_typer(decisions.review, name="review")
app.add_typer(decisions.commitment, name="commitment")
app.add_typer(people.person, name="person")
app.add_typer(registry.registry, name="registry")


def main() -> None:
    """Entry point: runs a command and turns our errors into one line and exit code 2."""
    try:
        app()
    except MilestonesError as error:
        complain(f"milestones: {error}")
        sys.exit(2)
    except KeyboardInterrupt:
        complain("milestones: stopped; whatever was recorded by then is whole, and the next run goes on from there")
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        sys.exit(0)
