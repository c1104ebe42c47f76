"""Acts are looked for only where a cue of their family stands: no phrase may be able to match without one."""

from collections.abc import Iterator
from re import _constants as ops
from re import _parser as parser
from typing import Any

import pytest

from milestones.detection import acts_en, acts_zh

PHRASES = [
    pytest.param(phrase, table.CUES[family], id=f"{language}-{family}-{n}")
    for language, table in (("en", acts_en), ("zh", acts_zh))
    for family, phrases in table.PATTERNS.items()
    for n, phrase in enumerate(phrases)
]


def needed(parts: Any) -> Iterator[frozenset[str]]:
    """Sets of words of which every match of a parsed pattern holds at least one."""
    run = ""
    for op, value in parts:
        if op is ops.LITERAL:
            run += chr(value)
            continue
        if run:
            yield frozenset({run})
        run = ""
        if op is ops.SUBPATTERN:
            yield from needed(value[3])
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[0] > 0:
            yield from needed(value[2])
        elif op is ops.ASSERT:
            yield from needed(value[1])
        elif op is ops.BRANCH:
            ways = [max(needed(way), key=lambda s: min(map(len, s)), default=frozenset()) for way in value[1]]
            if all(ways):
                yield frozenset().union(*ways)
    if run:
        yield frozenset({run})


@pytest.mark.parametrize(("phrase", "cues"), PHRASES)
def test_no_phrase_stands_without_a_cue(phrase: str, cues: tuple[str, ...]) -> None:
    assert any(words and all(any(cue in word for cue in cues) for word in words) for words in needed(parser.parse(phrase)))
