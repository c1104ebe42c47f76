"""How well detection reads labelled documents: `python -m tests.detection.evaluate [--faults SET]` prints the figures, with 95 % intervals.

Sets are `facsimiles`, `dev` and `held`. Faults of the held-out set are shown only with `--reveal`, since a rule mended after looking at them
would be measured on its own pattern from then on.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from functools import cache

from milestones.adapters.registry_files import load_registry
from milestones.detection import RULES, detector
from tests.detection.facsimiles import SETS, labelled
from tests.detection.scoring import NOTHING, Judged, Outcome, Score, confusion, judged, score, wilson

LANGUAGES = {"en": "English", "zh": "Chinese"}


@cache
def read(name: str) -> tuple[Judged, ...]:
    """All claims and events of one of the sets."""
    reader = detector(load_registry())
    documents = [d for d in labelled(SETS[name]) if not d.debatable]
    return tuple(j for d in documents for j in judged(d.name, d.document.language, d.expected, reader.read(d.document)))


@cache
def met() -> frozenset[str]:
    """The commitments of which documents tell that were at hand when the rules were written."""
    return frozenset(e["commitment"] for name in ("facsimiles", "dev") for d in labelled(SETS[name]) for e in d.expected)


def scores(name: str) -> dict[str, Score]:
    """The figures of a set that have floors: all steps, each language, and progress."""
    rows = read(name)
    steps = [r for r in rows if r.is_step]
    by_language = {f"steps, {word}": score(r for r in steps if r.language == code) for code, word in LANGUAGES.items()}
    return {"steps": score(steps), **by_language, "progress": score(r for r in rows if not r.is_step)}


def line(name: str, s: Score) -> str:
    low_p, high_p = wilson(s.right, s.right + s.wrong)
    low_r, high_r = wilson(s.found, s.expected)
    return (
        f"| {name:31} | {s.precision:.3f} [{low_p:.3f}, {high_p:.3f}] ({s.right}/{s.right + s.wrong})"
        f" | {s.recall:.3f} [{low_r:.3f}, {high_r:.3f}] ({s.found}/{s.expected}) | {s.recall_with_review:.3f} | {s.f1:.3f} |"
    )


def table(title: str, rows: Iterable[tuple[str, Score]]) -> Iterator[str]:
    yield f"\n{title}"
    yield f"| {'':31} | precision of what is appended | recall | with review | F1 |"
    yield "|---|---|---|---|---|"
    yield from (line(name, s) for name, s in rows)


def report(name: str) -> Iterator[str]:
    """The tables of one set."""
    rows = read(name)
    steps = [r for r in rows if r.is_step]
    seen = [("steps, commitments met", score(r for r in steps if r.commitment in met()))]
    seen.append(("steps, commitments never met", score(r for r in steps if r.commitment not in met())))
    documents = [d for d in labelled(SETS[name]) if not d.debatable]
    yield from table(f"{name}: {len(documents)} documents", [*scores(name).items(), *(seen if name == "held" else [])])
    yield from table("by kind", ((k, score(r for r in rows if r.kind == k)) for k in sorted({r.kind for r in rows})))
    yield from table("by commitment, steps", ((c, score(r for r in steps if r.commitment == c)) for c in sorted({r.commitment for r in steps})))
    yield f"\nkinds confused ({NOTHING}: nothing was expected, or nothing appended)"
    for (expected, claimed), count in sorted(confusion(rows).items()):
        if expected != claimed:
            yield f"  {expected} read as {claimed}: {count}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Figures of detection on labelled documents.")
    parser.add_argument("--faults", choices=SETS, help="print the faults of this set instead")
    parser.add_argument("--reveal", action="store_true", help="allow it for the held-out set, which is spent by that")
    asked = parser.parse_args()
    if asked.faults == "held" and not asked.reveal:
        parser.error("held-out faults are shown with --reveal only; whoever mends a rule after looking must say so in docs/accuracy.md")
    if asked.faults:
        lines = [str(j) for j in read(asked.faults) if j.outcome not in (Outcome.RIGHT, Outcome.FOUND)]
    else:
        lines = [f"rules {RULES}", *(text for name, folder in SETS.items() if folder.exists() for text in report(name))]
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
