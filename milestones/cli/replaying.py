"""The command that reads the whole archive again, after a change of rules or parsers."""

from typing import Annotated

import typer

from milestones.bootstrap import Replaying, open_existing
from milestones.cli.deciding import run_id
from milestones.cli.shared import FACSIMILES, bar, complain, emit, say
from milestones.domain.errors import SettingsError
from milestones.domain.events import Origin
from milestones.services.replayed import Survey

_SHOWN = 200
"""Changes that are shown one by one; `--json` has all."""


def replay(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only show what would change")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="do not ask; for scripts")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="the difference as JSON")] = False,
) -> None:
    """Read all kept pages again with today's parsers and rules: show what that changes, ask, record it. Nobody is mailed it as news."""
    with open_existing() as monitor, bar() as progress:
        work, run, tell = Replaying(monitor), run_id(), complain if as_json else say
        if not dry_run:
            work.publish_waiting(run_id=run, say=tell, progress=progress)
        found = work.survey(progress)
        if as_json:
            emit({"origin": monitor.origin.value, **found.data()}, indent=1)
        else:
            if monitor.origin is Origin.REPLICA:
                complain(FACSIMILES)
            _tell(found)
        if dry_run or not found.is_due:
            tell("nothing of it was recorded" if found.is_due else "nothing to record")
            return
        if not yes and not typer.confirm("Record this for good?", err=as_json):
            raise SettingsError("nothing of it was recorded")
        work.record(found, run_id=run, say=tell, progress=progress)


def _tell(found: Survey) -> None:
    for name, counted in found.counts().items():
        for value, by in counted.items():
            say(f"{name:<10} {value}: {', '.join(f'{number} {what}' for what, number in by.items())}")
    for change in found.changes[:_SHOWN]:
        for line in change.lines():
            say(line)
    if len(found.changes) > _SHOWN:
        say(f"and {len(found.changes) - _SHOWN} more; --json has all of them")
    for failed in found.failed:
        say(f"cannot be read any more, stays as it was: {failed.url}: {failed.reason}")
    say(found.line())
