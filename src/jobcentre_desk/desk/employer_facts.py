"""The facts of one employer: every quarter, occupation, benefit group and workplace it has, as columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.outcome_blocks import QuarterBlock, completed, jobs
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.narrowing import Narrowing
from jobcentre_desk.desk.selection import facts_of_employers
from jobcentre_desk.model.outcomes import Counts
from jobcentre_desk.model.periods import Quarter

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerFacts:
    """Columns as long as the employer has facts, quarter after quarter; ids are those of the snapshot's lists.

    A null count is 0 and its fact is `hidden`, or not `known` where its quarter's outcomes are not known yet.
    """

    quarter: Ints
    municipality: Ints
    branch: Ints
    occupation: Ints
    benefit_group: Ints
    programme: Ints
    started: Ints
    completed: Ints
    jobs: Ints
    same_employer: Ints
    hidden: Flags
    known: Flags

    def __len__(self) -> int:
        return len(self.quarter)

    def where(self, chosen: Flags) -> EmployerFacts:
        """The facts chosen."""
        return EmployerFacts(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    def of_quarters(self, quarters: Iterable[Quarter]) -> EmployerFacts:
        """The facts of some quarters."""
        return self.where(np.isin(self.quarter, [quarter.index for quarter in quarters]))

    def within(self, narrowing: Narrowing) -> EmployerFacts:
        """The facts within the occupations, benefit groups and programmes of a narrowing."""
        held = np.ones(len(self), dtype=np.bool_)
        for name, ids in narrowing.sets.items():
            held &= ids.table.take(getattr(self, name))
        return self.where(held)

    def counts(self) -> Counts:
        """Sums of the known counts; those who completed in quarters not yet known are `not_yet_known`."""
        known = self.known
        same = int(self.same_employer[known].sum())
        return Counts(
            started=int(self.started.sum()),
            completed=int(self.completed[known].sum()),
            job_same_employer=same,
            job_elsewhere=int(self.jobs[known].sum()) - same,
            hidden_cells=int(np.count_nonzero(self.hidden)),
            not_yet_known=int(self.completed[~known].sum()),
        )


def employer_facts(figures: Figures, cvr: str) -> EmployerFacts:
    """All facts of the employer with this CVR number; InputRefused when no source lists it."""
    ids = np.array([figures.employer_id(cvr)], dtype=np.int64)
    known_through = -1 if figures.known_through is None else figures.known_through.index
    blocks = figures.load_blocks().outcomes.quarters
    parts = [_columns(blocks[index], ids, known=index <= known_through) for index in sorted(blocks)]
    return EmployerFacts(**{field.name: _joined(parts, field.name) for field in fields(EmployerFacts)})


def _columns(block: QuarterBlock, ids: Ints, *, known: bool) -> dict[str, NDArray[Any]]:
    places, _which = facts_of_employers(block, ids)
    outcome = block.outcome.take(places)
    size = len(places)
    names = ("municipality", "branch", "occupation", "benefit_group", "programme", "started", "same_employer")
    columns: dict[str, NDArray[Any]] = {name: getattr(block, name).take(places) for name in names}
    return columns | {
        "quarter": np.full(size, block.quarter),
        "completed": completed(outcome),
        "jobs": jobs(outcome),
        "hidden": np.zeros(size, dtype=np.bool_) if block.null_rows is None else block.null_rows.take(places),
        "known": np.full(size, known),
    }


def _joined(parts: list[dict[str, NDArray[Any]]], name: str) -> NDArray[Any]:
    kind = np.bool_ if name in ("hidden", "known") else np.int64
    return np.concatenate([np.zeros(0, dtype=kind), *(part[name].astype(kind) for part in parts)])
