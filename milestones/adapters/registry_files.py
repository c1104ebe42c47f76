"""Reads the data files that come with the product: one TOML per policy document, and the vocabulary.

A file with a `[document]` table is a policy document; a later one is added as a further file, without code.
"""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from milestones.domain.commitments import Registry
from milestones.domain.errors import RegistryError
from milestones.domain.registry import registry_from
from milestones.domain.vocabulary import Vocabulary, vocabulary_from

PACKAGED: Traversable = files("milestones") / "data"


def load_registry(folder: Traversable = PACKAGED) -> Registry:
    """All policy documents of the folder. Raises RegistryError."""
    parsed = [_parsed(f) for f in sorted(folder.iterdir(), key=lambda f: f.name) if f.name.endswith(".toml")]
    return registry_from([p for p in parsed if "document" in p])


def load_vocabulary(folder: Traversable = PACKAGED) -> Vocabulary:
    """The labels of the folder's `vocabulary.toml`. Raises RegistryError."""
    return vocabulary_from(_parsed(folder / "vocabulary.toml"))


def _parsed(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegistryError(f"{file.name} is no TOML file: {error}") from error
