"""The case mix of an employer: what others reach with people like those it took, stratum by stratum."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Widened(StrEnum):
    """How far a stratum had to be merged until it held enough others."""

    NOT = "not"
    BENEFIT_GROUPS = "benefit_groups"
    OCCUPATIONS = "occupations"
    BRANCHES = "branches"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class MixStratum:
    """People of one branch, occupation and benefit group (codes) at the employer, and the others they are held against.

    `against` is the code it was widened to, where it was an occupation or branch.
    """

    branch: str
    occupation: str
    benefit_group: str
    completed: int
    others_completed: int
    others_jobs: int
    widened: Widened
    against: str = ""

    @property
    def rate(self) -> float:
        """The rate of the others."""
        return self.others_jobs / self.others_completed


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMix:
    """The jobs to be expected of `completed`, with the variance of that number and the limits chance gives it."""

    completed: int
    expected: float
    variance: float
    low: float
    high: float
    strata: tuple[MixStratum, ...]

    @property
    def rate(self) -> float:
        """The rate to be expected."""
        return self.expected / self.completed
