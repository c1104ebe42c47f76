"""Documents of 5 kB that detection reads in a second of one core, and how fast two plainer ways find only the names: `make bench-detect`.

The documents are made from the labelled facsimiles: `about` are facsimiles filled up with paragraphs of others, so that nearly every sentence
is about something that is watched; `day` is nine documents out of paragraphs that name nothing to one of those, as on a real day.
"""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import cycle, islice
from time import process_time

from milestones.adapters.registry_files import load_registry
from milestones.detection import detector
from milestones.detection.phrases import Phrases
from milestones.detection.text import fold
from milestones.domain.documents import Document
from tests.detection.facsimiles import labelled

SIZE = 5_000
"""Bytes."""

COUNT = 100
"""Documents of each sort; a run of all takes about a minute, nearly all of it in the naive loop."""


def grown(document: Document, fillers: Iterable[str]) -> Document:
    """The document with paragraphs added until it is of the size."""
    paragraphs, size = list(document.paragraphs), sum(len(p.encode()) for p in (document.headline, *document.paragraphs))
    for filler in fillers:
        if size >= SIZE:
            break
        paragraphs.append(filler)
        size += len(filler.encode())
    return replace(document, paragraphs=tuple(paragraphs))


def documents(language: str, phrases: Phrases) -> dict[str, list[Document]]:
    """Both sorts."""
    releases = [d.document for d in labelled() if d.document.language == language and d.document.paragraphs]
    paragraphs = [p for d in releases for p in d.paragraphs]
    silent = [p for p in paragraphs if not phrases.find(fold(p, language).text)]
    about = [grown(d, islice(cycle(paragraphs), 7 * n, None)) for n, d in enumerate(islice(cycle(releases), COUNT))]
    others = [grown(replace(d, headline="-", paragraphs=()), islice(cycle(silent), 3 * n, None)) for n, d in enumerate(about)]
    return {"about": about, "day": [a if n % 10 == 0 else o for n, (a, o) in enumerate(zip(about, others, strict=True))]}


def text(document: Document) -> str:
    """The whole document, folded."""
    return fold("\n".join((document.headline, *document.paragraphs)), document.language).text


def naive(words: Sequence[str]) -> Callable[[Document], int]:
    """Looks for one phrase after the other."""

    def count(document: Document) -> int:
        folded = text(document)
        return sum(folded.count(word) for word in words)

    return count


def one_expression(words: Sequence[str]) -> Callable[[Document], int]:
    """Looks for all phrases with one regular expression, the longest first; of those that overlap it finds one."""
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    return lambda document: sum(1 for _ in pattern.finditer(text(document)))


def speed(work: Callable[[Document], object], of: Sequence[Document]) -> float:
    """Documents a second, the best of three rounds."""
    best = min(seconds(work, of) for _ in range(3))
    return len(of) / best


def seconds(work: Callable[[Document], object], of: Sequence[Document]) -> float:
    """Processor seconds for all of them."""
    began = process_time()
    for document in of:
        work(document)
    return process_time() - began


def main() -> None:
    """Prints the table."""
    registry = load_registry()
    reader = detector(registry)
    lines = ["| documents of 5 kB a second | English, about | English, day | Chinese, about | Chinese, day |", "|---|---|---|---|---|"]
    columns: list[dict[str, float]] = []
    for language in ("en", "zh"):
        phrases = Phrases(registry, language)
        ways: dict[str, Callable[[Document], object]] = {
            "detection, all of it": reader.read,
            "names only, automaton": lambda d, p=phrases: p.find(text(d)),
            "names only, one regular expression": one_expression(phrases.words),
            "names only, loop over phrases": naive(phrases.words),
        }
        columns += [{name: speed(way, of) for name, way in ways.items()} for of in documents(language, phrases).values()]
    lines += [f"| {name} | {' | '.join(f'{c[name]:,.0f}' for c in columns)} |" for name in columns[0]]
    ratios = (f"{c['detection, all of it'] / c['names only, one regular expression']:.1f}" for c in columns)
    lines.append(f"| detection against one regular expression | {' | '.join(ratios)} |")
    ratios = (f"{c['detection, all of it'] / c['names only, loop over phrases']:.1f}" for c in columns)
    lines.append(f"| detection against a loop over phrases | {' | '.join(ratios)} |")
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
