"""A table of a data file, read field by field.

Every wrong field raises RegistryError with the place and the name of the field (`PA2024/DE-04, target bill, deadline.last: ...`),
so that somebody who writes a policy document in an editor finds the line.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from milestones.domain.errors import RegistryError

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Table:
    """One parsed table. `place` says whose it is; `prefix` leads the field names of a table inside a table (`deadline.`)."""

    place: str
    data: Mapping[str, Any]
    prefix: str = ""

    def wrong(self, name: str, message: str) -> RegistryError:
        """The error to raise about one field."""
        return RegistryError(f"{self.place}, {self.prefix}{name}: {message}", field=f"{self.prefix}{name}", problem=message)

    def only(self, *names: str) -> None:
        """Refuses fields of other names: a misspelt field would otherwise be a field left out."""
        for name in self.data:
            if name not in names:
                raise self.wrong(str(name), f"unknown; known are {', '.join(names)}")

    def at(self, place: str) -> "Table":
        """The same table with a better name for its place."""
        return Table(place, self.data, self.prefix)

    def has(self, name: str) -> bool:
        return name in self.data

    def text(self, name: str) -> str:
        """A text that is not empty, without white space around it."""
        value = self._get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, "must be a text, not empty")
        return value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts in NFKC form (half-width brackets and digits), no two alike; empty where the field is left out."""
        values = self.data.get(name, [])
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            raise self.wrong(name, "must be a list of texts")
        read = tuple(unicodedata.normalize("NFKC", v).strip() for v in values)
        for position, value in enumerate(read):
            if value.casefold() in (earlier.casefold() for earlier in read[:position]):
                raise self.wrong(name, f"{value} stands twice")
        return read

    def day(self, name: str) -> date:
        value = self._get(name)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(name, "must be a day such as 2025-12-31, without quotation marks")
        return value

    def count(self, name: str) -> int:
        """A whole number from 1."""
        value = self._get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.wrong(name, "must be a whole number from 1")
        return value

    def truth(self, name: str) -> bool:
        value = self._get(name)
        if not isinstance(value, bool):
            raise self.wrong(name, "must be true or false")
        return value

    def choice(self, name: str, choices: type[E]) -> E:
        return self._choice(name, self.text(name), choices)

    def choices(self, name: str, choices: type[E]) -> tuple[E, ...]:
        return tuple(self._choice(name, value, choices) for value in self.texts(name))

    def table(self, name: str) -> "Table":
        value = self._get(name)
        if not isinstance(value, Mapping):
            raise self.wrong(name, "must be a table such as {en = ..., zh = ...}")
        return Table(self.place, value, f"{self.prefix}{name}.")

    def tables(self, name: str) -> tuple["Table", ...]:
        """A list of tables, each named by its number; empty where the field is left out."""
        values = self.data.get(name, [])
        if not isinstance(values, list) or not all(isinstance(v, Mapping) for v in values):
            raise self.wrong(name, "must be a list of tables")
        return tuple(Table(self.place, v, f"{self.prefix}{name} {n}.") for n, v in enumerate(values, start=1))

    def _get(self, name: str) -> Any:
        if name not in self.data:
            raise self.wrong(name, "is missing")
        return self.data[name]

    def _choice(self, name: str, value: str, choices: type[E]) -> E:
        try:
            return choices(value)
        except ValueError:
            raise self.wrong(name, f"{value} is none of {', '.join(choices)}") from None
