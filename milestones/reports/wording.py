"""The words around the facts on pages and in mails, in English and Chinese: one TOML for each in milestones/data/words.

Labels of statuses, kinds and the like are not here but in vocabulary.toml, which everything that people read shares.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from milestones.domain.errors import RegistryError


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Each text by `page.name`, in `en` and `zh`. Raises RegistryError where one is missing in a language."""
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted((files("milestones") / "data" / "words").iterdir(), key=lambda f: f.name):
        page = file.name.removesuffix(".toml")
        for name, text in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if set(text) != {"en", "zh"}:
                raise RegistryError(f"words/{file.name}: {name} needs en and zh")
            found[f"{page}.{name}"] = text
    return found


def say(name: str, language: str, **values: object) -> str:
    """A text in a language, its `{places}` filled. Raises KeyError for a name that is not there."""
    text = words()[name][language]
    return text.format(**values) if values else text
