"""Which headlines to read first: those that name what the registry follows, by the same words that detection looks for."""

from milestones.detection.phrases import Phrases, Use
from milestones.detection.text import fold
from milestones.domain.commitments import Registry
from milestones.services.history import IsNamed


def names_what_is_followed(registry: Registry) -> IsNamed:
    """Whether a headline, English or Chinese, holds a name of a subject of the registry."""
    phrases = {language: Phrases(registry, language) for language in ("en", "zh")}

    def is_named(headline: str) -> bool:
        return any(hit.phrase.use is Use.NAME for language, known in phrases.items() for hit in known.find(fold(headline, language).text))

    return is_named
