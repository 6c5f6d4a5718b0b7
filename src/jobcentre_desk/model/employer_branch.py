"""An employer among those of its branch: its place in the funnel, and what leads to a job more often there."""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.comparison_charts import FunnelChart
from jobcentre_desk.model.outcomes import Place, Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchCell:
    """One occupation, benefit group or programme in a branch with a rate above that of the branch as a whole."""

    kind: str
    code: str
    title: str
    rate: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatWorks:
    """What ends in a job more often in a branch than the branch as a whole, by more than chance; at most five cells.

    `checked` cells had enough cases; chance alone would put `by_chance` of them above. `sentence` and `lines` are
    finished, one line a cell.
    """

    checked: int
    by_chance: float
    cells: tuple[BranchCell, ...]
    title: str
    sentence: str
    lines: tuple[str, ...]
    table: TableOf


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerBranch:
    """What the Employer page says of the employer's reference branch, worked out after the page is shown.

    `funnel` names the employer alone; None without a branch to compare with or a rate. `place` is where its true rate
    probably lies among `employers` of the branch.
    """

    funnel: FunnelChart | None
    place: Place | None
    employers: int
    place_line: str
    place_strong: str
    kinds_line: str
    works: WhatWorks | None
