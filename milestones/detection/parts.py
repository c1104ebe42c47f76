"""Numbered parts: Phase 2 is not the Phase 3 that was promised, nor the second cluster the third.

Only units that a good share of a subject's own names number are compared: a second batch of trials is still the same trials.
"""

import re
from functools import cache

from milestones.domain.commitments import Subject

_UNITS = {"phase": "phase", "stage": "phase", "cluster": "cluster", "platform": "cluster", "期": "phase", "階段": "phase", "平台": "cluster"}
_NUMBERS = {
    **{word: n for n, word in enumerate(("one", "two", "three", "four", "five"), 1)},
    **{word: n for n, word in enumerate(("first", "second", "third", "fourth", "fifth"), 1)},
    **{word: n for n, word in enumerate("一二三四五", 1)},
    **{str(n): n for n in range(1, 6)},
}
_PARTS = (
    re.compile(r"\b(?P<unit>phase|stage)s? (?P<number>[1-5]|one|two|three|four|five)(?: (?:and|or|to|&) (?P<other>[1-5]))?\b"),
    re.compile(r"\b(?P<number>first|second|third|fourth|fifth)\b(?: (?!batch|round|of )[\w@&+']+){0,3}? (?P<unit>phase|stage|cluster|platform)\b"),
    re.compile(r"第(?P<number>[一二三四五1-5])(?:[和及至]第?(?P<other>[一二三四五1-5]))?(?:個[^,。;第]{0,10}?(?=平台))?(?P<unit>期|階段|平台)"),
)
_CUE = re.compile(r"phase|stage|cluster|platform|第")
_SHARE = 3
"""One name in so many must number a unit before other numbers of it are other things."""


def parts_in(text: str) -> frozenset[tuple[str, int]]:
    """The numbered parts that a folded text names, as (unit, number)."""
    if not _CUE.search(text):
        return frozenset()
    found = (m for pattern in _PARTS for m in pattern.finditer(text))
    return frozenset((_UNITS[m["unit"]], _NUMBERS[n]) for m in found for n in (m["number"], m.groupdict().get("other")) if n)


def is_other_part(subject: Subject, named: frozenset[tuple[str, int]]) -> bool:
    """Whether a sentence that names these parts speaks of other parts of the subject's scheme only."""
    if not named:
        return False
    ours = _parts_of(subject)
    units = {unit for unit, _ in ours} & {unit for unit, _ in named}
    return bool(units) and not ours & named


@cache
def _parts_of(subject: Subject) -> frozenset[tuple[str, int]]:
    numbered: set[tuple[str, int]] = set()
    for names in (subject.names_en, subject.names_zh):
        each = [parts_in(name.lower()) for name in names]
        if names and _SHARE * sum(map(bool, each)) >= len(names):
            numbered.update(*each)
    return frozenset(numbered)
