"""All names of all subjects in one automaton, so that a document is read once however many names there are.

English names count only between word borders; hyphens equal blanks; Chinese names are substrings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from ahocorasick_rs import AhoCorasick, MatchKind

from milestones.detection.text import fold
from milestones.domain.commitments import Commitment, Registry, Subject


class Use(Enum):
    """What a phrase is for its subject."""

    NAME = auto()
    REQUIRED = auto()
    EXCLUDED = auto()


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to name a subject, with the subject's commitment. `text` is folded; `proper` tells a name from a description."""

    text: str
    use: Use
    proper: bool
    subject: Subject
    commitment: Commitment

    @property
    def key(self) -> tuple[str, str]:
        """What names the subject in the whole registry."""
        return self.commitment.key, self.subject.slug


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at a place of a folded text."""

    start: int
    end: int
    phrase: Phrase


def _plain(text: str, language: str) -> str:
    return fold(text, language).text.replace("-", " ").strip()


def _spellings(name: str) -> set[str]:
    """The name as it stands, with its brackets pushed together, and with 《》 left away."""
    return {name, name.replace(") (", ")("), name.strip("《》")}


_PROPER_EN = re.compile(r"(?<=.)[A-Z]|\d\+")
_PROPER_ZH = re.compile(r"[A-Za-z《「]|.{8}|.{3}(?:條例|條例草案|規例|聯盟|辦公室|小組|公司|計劃|基金|研究院|研發院|局)$")


def _is_proper(name: str, language: str) -> bool:
    """Whether the name stands for one thing only: English shows it by capitals, Chinese by its form or length."""
    return bool((_PROPER_ZH if language == "zh" else _PROPER_EN).search(name))


def _phrases(registry: Registry, language: str) -> Iterable[Phrase]:
    for commitment in registry.commitments():
        for subject in commitment.subjects:
            zh = language == "zh"
            lists = (
                (Use.NAME, subject.names_zh if zh else subject.names_en),
                (Use.REQUIRED, subject.requires_zh if zh else subject.requires_en),
                (Use.EXCLUDED, subject.excludes_zh if zh else subject.excludes_en),
            )
            for use, names in lists:
                spelt = {s: _is_proper(name, language) for name in names for s in _spellings(_plain(name, language)) if s}
                for text in sorted(spelt):
                    yield Phrase(text, use, spelt[text], subject, commitment)


class Phrases:
    """The names of a registry in one language; `words` are all their spellings."""

    def __init__(self, registry: Registry, language: str) -> None:
        self.language = language
        by_text: dict[str, list[Phrase]] = {}
        for phrase in _phrases(registry, language):
            by_text.setdefault(phrase.text, []).append(phrase)
        self.words = tuple(by_text)
        self._groups = list(by_text.values())
        self._automaton = AhoCorasick(list(by_text), matchkind=MatchKind.Standard)

    def find(self, folded: str) -> list[Hit]:
        """Every phrase in the folded text, overlapping ones too."""
        hits = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded.replace("-", " "), overlapping=True):
            if _bordered(folded, start, end):
                hits += [Hit(start, end, phrase) for phrase in self._groups[index]]
        return hits


def _bordered(text: str, start: int, end: int) -> bool:
    """Whether no Latin word runs on at either side; a plural s at the end is no other word."""
    if start and _latin(text[start]) and _latin(text[start - 1]):
        return False
    if end < len(text) and _latin(text[end - 1]) and _latin(text[end]):
        return text[end] == "s" and not (end + 1 < len(text) and _latin(text[end + 1]))
    return True


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
