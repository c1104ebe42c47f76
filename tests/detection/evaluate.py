"""How well detection reads the labelled facsimiles: `python -m tests.detection.evaluate [FOLDER]` prints the figures, with 95 % intervals."""

import sys
from collections.abc import Iterable
from pathlib import Path

from milestones.adapters.registry_files import load_registry
from milestones.detection import detector
from tests.detection.facsimiles import FOLDER, Labelled, labelled
from tests.detection.scoring import Score, is_progress, is_step, score, wilson


def scores(folder: Path = FOLDER) -> dict[str, Score]:
    """The figures by name: all steps, each language, and progress."""
    reader = detector(load_registry())
    read = [(d, reader.read(d.document)) for d in labelled(folder) if not d.debatable]

    def of(documents: Iterable[tuple[Labelled, list]], *, progress: bool = False) -> Score:
        return score(((d.name, d.expected, found) for d, found in documents), is_progress if progress else is_step)

    return {
        "steps": of(read),
        "steps, English": of((d, f) for d, f in read if d.document.language == "en"),
        "steps, Chinese": of((d, f) for d, f in read if d.document.language == "zh"),
        "progress": of(read, progress=True),
    }


def line(name: str, s: Score) -> str:
    low_p, high_p = wilson(s.right, s.right + s.wrong)
    low_r, high_r = wilson(s.found, s.expected)
    return (
        f"{name:15} precision {s.precision:.3f} [{low_p:.3f}, {high_p:.3f}] ({s.right}/{s.right + s.wrong})"
        f"  recall {s.recall:.3f} [{low_r:.3f}, {high_r:.3f}] ({s.found}/{s.expected})"
        f"  with review {s.recall_with_review:.3f}  F1 {s.f1:.3f}"
    )


def main() -> None:
    found = scores(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
    lines = [line(name, s) for name, s in found.items()]
    sys.stdout.write("\n".join([*lines, *found["steps"].faults, ""]))


if __name__ == "__main__":
    main()
