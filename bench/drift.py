"""When publishers change their pages, how much is noticed: the table of docs/operations.md, made anew.

python -m bench.drift [--rounds 20] [--seed 1] [--list]. What is changed, and what counts as noticed, stands in tests/scrapers/drift.py.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable

from tests.scrapers.drift import Trial, trials


def table(found: Iterable[Trial]) -> list[str]:
    """Per way: changes, those that lost data, the share of these that was noticed, and by what; of harmless ones the alarms."""
    by: dict[tuple[bool, str], list[Trial]] = defaultdict(list)
    for trial in found:
        by[trial.harmless, trial.way].append(trial)
    lines = ["| change | made | lost data | noticed | refused | by a canary | alarms without loss |", "|---|--:|--:|--:|--:|--:|--:|"]
    for harmless in (False, True):
        rows = [(way, trials) for (h, way), trials in by.items() if h == harmless]
        lines += [_row(way, trials) for way, trials in rows]
        lines.append(_row("**harmless, all**" if harmless else "**breaking, all**", [t for _, trials in rows for t in trials]))
    return lines


def _row(way: str, found: list[Trial]) -> str:
    lost = [t for t in found if t.lost]
    refused, noticed = sum(t.noticed == "refused" for t in lost), sum(bool(t.noticed) for t in lost)
    alarms = sum(bool(t.noticed) for t in found if not t.lost)
    return f"| {way} | {len(found)} | {len(lost)} | {_share(noticed, len(lost))} | {refused} | {noticed - refused} | {alarms} |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20, help="changes of each way on each page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="name each change that lost data unnoticed, and each false alarm")
    asked = parser.parse_args()
    found = list(trials(asked.rounds, asked.seed))
    sys.stdout.write("\n".join([*table(found), ""]))
    if asked.list:
        for trial in found:
            if (trial.lost and not trial.noticed) or (trial.harmless and (trial.noticed or trial.lost)):
                sys.stdout.write(f"{trial}\n")


if __name__ == "__main__":
    main()
