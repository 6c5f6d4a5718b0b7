"""Outcomes of traineeships: what was asked for, what was counted, and the words for how a figure stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from jobcentre_desk.model.periods import Quarter, QuarterSpan


class State(StrEnum):
    """Whether a figure is there, and if not, why not; the three kinds of blank are never mixed up."""

    KNOWN = "known"
    HIDDEN = "hidden"
    NOT_REPORTED = "not_reported"
    NOT_LOADED = "not_loaded"
    NOT_YET_KNOWN = "not_yet_known"


class Verdict(StrEnum):
    """A figure beside its reference, by the one funnel rule (Spiegelhalter 2005)."""

    ABOVE = "above"
    BELOW = "below"
    CANNOT_TELL = "cannot_tell"
    NO_REFERENCE = "no_reference"
    HIDDEN = "hidden"


class Order(StrEnum):
    """The order of a list of employers."""

    FAIR = "fair"
    RAW = "raw"
    COMPLETED = "completed"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a person asked for: codes of each list (empty = all), the period, and the order."""

    municipalities: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    benefit_groups: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    first: Quarter | None = None
    last: Quarter | None = None
    min_completed: int = 1
    text: str = ""
    order: Order = Order.FAIR

    def changed(self, **changes: object) -> Scope:
        """The same scope with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The quarters a result covers; outcomes of quarters after `known_through` are not yet known."""

    span: QuarterSpan
    known_through: Quarter | None
    widened: bool = False

    @property
    def known(self) -> tuple[Quarter, ...]:
        """The quarters whose outcomes are known."""
        known = self.known_through
        return tuple(q for q in self.span.quarters() if known is not None and q <= known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Sums of known cells; with `hidden_cells` > 0 each is "at least" and nothing may be made of them.

    `withheld` names the counts that may not leave the screen; the number under such a name is 0 and says nothing.
    """

    started: int
    completed: int
    job_same_employer: int
    job_elsewhere: int
    hidden_cells: int = 0
    not_yet_known: int = 0
    withheld: frozenset[str] = frozenset()

    def shown(self, name: str) -> int | None:
        """The count of that name, None when it is withheld."""
        return None if name in self.withheld else int(getattr(self, name))

    @property
    def jobs(self) -> int:
        """Those who went on to a job, with the same employer or elsewhere."""
        return self.job_same_employer + self.job_elsewhere


@dataclass(frozen=True, slots=True)
class Rate:
    """x of n as a fraction with its Wilson interval; all three None when n = 0 or a cell is hidden."""

    x: int
    n: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerRow:
    """One employer in a list. Rates are fractions; None where the state says why there is none."""

    cvr: str
    name: str
    branch: str
    municipality: str
    workplaces: int
    counts: Counts
    rate: Rate
    fair_rate: float | None
    prior_level: str
    against_branch: Verdict
    reference_branch: str
    reference_rate: float | None
    state: State


@dataclass(frozen=True, slots=True)
class Place:
    """Where an employer's true rate probably lies among all rows of a list, 1 = highest."""

    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCounts:
    """Employers beside every filter choice: list name -> code -> employers."""

    municipalities: dict[str, int] = field(default_factory=dict)
    branches: dict[str, int] = field(default_factory=dict)
    occupations: dict[str, int] = field(default_factory=dict)
    benefit_groups: dict[str, int] = field(default_factory=dict)
    programmes: dict[str, int] = field(default_factory=dict)
