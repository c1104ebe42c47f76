"""What the commands share: the two consoles, a progress bar, options, and ways to print scraped text safely."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from milestones.domain.dates import HKT
from milestones.domain.errors import SettingsError
from milestones.reports.words import visible
from milestones.services.ports import Progress

out = Console(soft_wrap=True)
err = Console(stderr=True)

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY")]


FACSIMILES = "These texts are facsimiles, not the real record."
"""Said on every screen over a ledger made from a replica."""


def say(line: str) -> None:
    """A line of output; scraped text in it cannot steer the terminal."""
    print(visible(line))


def emit(data: Any, *, indent: int | None = None) -> None:
    """JSON on the output, as other programs read it."""
    print(json.dumps(data, ensure_ascii=False, indent=indent))


def write(to: Path, text: str) -> None:
    """Puts text into a file and says so. Raises SettingsError where it cannot be written."""
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{to} cannot be written: {error.strerror}") from None
    say(f"written to {to}")


def complain(line: str) -> None:
    """A line on the error stream."""
    print(visible(line), file=sys.stderr)


@contextmanager
def bar() -> Iterator[Progress]:
    """A progress bar on the error stream, one line for each thing that is being done."""
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    ) as shown:
        tasks: dict[str, Any] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what)
            shown.update(tasks[what], completed=done, total=total)

        yield tell


def instant_of(text: str | None) -> datetime | None:
    """An instant from the command line; without a time zone it means Hong Kong time, a bare day its end."""
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text if "T" in text or " " in text else f"{text}T23:59:59.999999")
    except ValueError:
        raise SettingsError(f"--known-at must be a day or an instant such as 2025-06-30T12:00, not {text!r}") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=HKT)


def one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    """Raises SettingsError where an option has none of its values."""
    if value not in allowed:
        raise SettingsError(f"{name} must be {' or '.join(allowed)}, not {value!r}")
