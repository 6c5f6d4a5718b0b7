"""What the employer table asks of whoever found the employers: how many, and the rows it is about to paint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from jobcentre_desk.model.outcomes import EmployerRow


class EmployerSource(Protocol):
    """An ordered list of employers; the rated ones come first."""

    @property
    def total(self) -> int:
        """Employers in the list."""

    @property
    def rated(self) -> int:
        """How many of them have a rate."""

    def rows(self, start: int, stop: int) -> Sequence[EmployerRow]:
        """The employers at places start..stop - 1 of the list, fewer at its end."""


@dataclass(frozen=True, slots=True)
class Titles:
    """Names of branches and municipalities by code, in the language in use; a code without a name stands for itself."""

    branches: Mapping[str, str]
    areas: Mapping[str, str]

    def branch(self, code: str) -> str:
        """The title of a branch."""
        return self.branches.get(code, code)

    def area(self, code: str) -> str:
        """The name of a municipality."""
        return self.areas.get(code, code)


@dataclass(frozen=True, slots=True)
class EmployersInMemory:
    """A finished list of employers: the ready first page, and the shortlist."""

    employers: tuple[EmployerRow, ...]
    total: int
    rated: int

    def rows(self, start: int, stop: int) -> Sequence[EmployerRow]:
        """The employers at places start..stop - 1."""
        return self.employers[start:stop]


NO_EMPLOYERS = EmployersInMemory((), 0, 0)
