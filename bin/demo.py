"""`make demo`: the product over a replica of the sites, offline, with a fixed clock and a home of its own. All its texts are facsimiles."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

from milestones.airflow import embedded

TOP = Path(__file__).resolve().parent.parent
NOW = "2026-06-30T23:00:00+08:00"


def main() -> int:
    """Serves the replica on a free loopback port for as long as the embedded Airflow runs over it."""
    stopped = embedded.stop_on_signals()
    replica = subprocess.Popen(  # noqa: S603  # our own script
        [sys.executable, TOP / "tests/replica/replica.py", TOP / "tests/facsimiles", "--port", "0", "--now", NOW, "--filler", "0"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        first_line = replica.stdout.readline() if replica.stdout else ""
        found = re.search(r"http://127\.0\.0\.1:\d+", first_line)
        if not found:
            embedded.say(f"the replica did not start: {first_line.strip()}")
            return 2
        embedded.say(f"demo: facsimiles of the sites, as of {NOW}; nothing here is live")
        given = os.environ.get("MILESTONES_HOME")
        home = given or str(TOP / "var/demo")
        os.environ |= {
            "MILESTONES_MIRROR": found[0],
            "MILESTONES_NOW": NOW,
            "MILESTONES_SINCE": "2024-10-16",
            "MILESTONES_REQUEST_INTERVAL": "0",
            "MILESTONES_HOME": home,
        }
        return embedded.main(["--once"] if "--once" in sys.argv[1:] else ["--show"], stopped=stopped, aside=aside(home, ours=not given))
    finally:
        replica.send_signal(signal.SIGTERM)
        replica.wait()


def aside(home: str, *, ours: bool) -> list[str]:
    """How to look at the demo's data, and, where the folder is `ours` and nothing else can be in it, how to be rid of them."""
    folder, command = (shlex.quote(str(_as_seen_from_here(Path(path)))) for path in (home, embedded.MILESTONES))
    return [f"look around: MILESTONES_HOME={folder} {command} status", *([f"start over:  rm -rf {folder}"] if ours else [])]


def _as_seen_from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    sys.exit(main())
