"""The columns of the two large tables, as arrays of the snapshot's integer ids, and the codes they may use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Int8s = npt.NDArray[np.int8]
Int16s = npt.NDArray[np.int16]
Int32s = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

NULL = -1
"""How a count that is hidden or not yet known stands in an array."""

OUTCOME_IDS = ("municipality", "branch", "occupation", "employer", "benefit_group", "programme")
"""The id columns of outcomes, in the order that rows are sorted by."""

OUTCOME_COUNTS = ("started", "completed", "job_same_employer", "job_same_branch", "job_other_branch")
JOB_COUNTS = OUTCOME_COUNTS[2:]


@dataclass(frozen=True, slots=True, eq=False)
class EmployerIds:
    """CVR numbers as ascending int32 and, beside each, the id of that employer."""

    cvr: Int32s
    ids: Int32s

    @classmethod
    def of(cls, cvr: Iterable[str], ids: Iterable[int] | None = None) -> EmployerIds:
        """Pair CVR numbers with ids (their place in the list where none are given), sorted by CVR."""
        numbers = np.array([int(number) for number in cvr], dtype=np.int32)
        given = np.arange(len(numbers), dtype=np.int32) if ids is None else np.fromiter(ids, dtype=np.int32)
        order = np.argsort(numbers, kind="stable")
        return cls(numbers[order], given[order])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KnownCodes:
    """The codes that rows may use, each with its integer id; `municipalities` are the areas of that kind.

    `measures` holds ids of measures as text. A list that is empty is not part of the publication: rows that
    must point into it are refused, but for the free tables (practices, cards, group of figures).
    """

    areas: Mapping[str, int] = field(default_factory=dict)
    municipalities: frozenset[str] = frozenset()
    branches: Mapping[str, int] = field(default_factory=dict)
    occupations: Mapping[str, int] = field(default_factory=dict)
    benefit_groups: Mapping[str, int] = field(default_factory=dict)
    programmes: Mapping[str, int] = field(default_factory=dict)
    employers: EmployerIds = field(default_factory=lambda: EmployerIds.of(()))
    measures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EmployerColumns:
    """The employers of a release, in the order of their CVR number; all columns are equally long."""

    cvr: list[str]
    name: list[str]
    branch: Int16s
    municipality: Int16s
    size_band: list[str]
    sole_proprietor: Flags
    advertising_protected: Flags

    def __len__(self) -> int:
        return len(self.cvr)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OutcomeColumns:
    """The outcomes of one quarter, sorted by OUTCOME_IDS; a count is NULL (-1) when hidden or not yet known."""

    employer: Int32s
    municipality: Int16s
    branch: Int16s
    occupation: Int16s
    benefit_group: Int8s
    programme: Int8s
    started: Int32s
    completed: Int32s
    job_same_employer: Int32s
    job_same_branch: Int32s
    job_other_branch: Int32s

    def __len__(self) -> int:
        return len(self.employer)
