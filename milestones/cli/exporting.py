"""Commands that hand out what is kept, for other programs and other decades."""

from pathlib import Path

import typer

from milestones.bootstrap import Evidence, open_existing
from milestones.cli.shared import bar, say
from milestones.domain.errors import SettingsError

export = typer.Typer(no_args_is_help=True, help="Hand out what is kept, for other programs.")


@export.callback()
def _export() -> None:
    """Hand out what is kept, for other programs."""


@export.command()
def warc(folder: Path) -> None:
    """Every archived answer, in WARC files that web archives and their readers take."""
    with open_existing() as monitor, bar() as progress:
        try:
            captures, files = Evidence(monitor).export_warc(folder, progress=progress)
        except OSError as error:
            raise SettingsError(f"{folder} cannot be written: {error.strerror}") from None
    say(f"{captures} captures in {files} files under {folder}")
