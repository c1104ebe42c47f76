"""Acts are looked for only where a cue of their family stands: no phrase may be able to match without one."""

from collections.abc import Iterator
from re import _constants as ops
from re import _parser as parser
from typing import Any

import pytest

from milestones.detection import acts_en, acts_zh, cues

PHRASES = [
    pytest.param(phrase, words[family], id=f"{language}-{family}-{n}")
    for language, patterns, words in (("en", acts_en.PATTERNS, cues.ENGLISH), ("zh", acts_zh.PATTERNS, cues.CHINESE))
    for family, phrases in patterns.items()
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


@pytest.mark.parametrize(("phrase", "words"), PHRASES)
def test_no_phrase_stands_without_a_cue(phrase: str, words: tuple[str, ...]) -> None:
    assert any(need and all(any(cue in text for cue in words) for text in need) for need in needed(parser.parse(phrase)))
