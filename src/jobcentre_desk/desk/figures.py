"""The figures of one snapshot, open for every question: sources, code lists, and the blocks once they are loaded."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jobcentre_desk.cache.code_lists import CodeLists, read_code_lists
from jobcentre_desk.cache.employers import Employers
from jobcentre_desk.cache.outcome_blocks import OutcomeBlocks, read_quarters
from jobcentre_desk.cache.prior_fits import Priors
from jobcentre_desk.cache.snapshot import LoadedSource, Snapshot, read_sources
from jobcentre_desk.desk.branch_totals import BranchTable, branch_table, branch_tree
from jobcentre_desk.errors import InputRefused, QuarterOutOfRange
from jobcentre_desk.model.employers import Employer
from jobcentre_desk.model.pages import Origin
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.text import date, moment
from jobcentre_desk.text import translate as _

_REMEMBERED = 12
"""Sums kept for the next question; each takes up to 4 MB at 300,000 employers."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Everything a list of employers is worked out from, in memory."""

    outcomes: OutcomeBlocks
    employers: Employers
    priors: Priors
    branch_table: BranchTable


class Figures:
    """The figures of one snapshot; reading them is safe from any thread, and nothing changes them."""

    def __init__(self, snapshot: Snapshot, sources: tuple[LoadedSource, ...], codes: CodeLists) -> None:
        self.snapshot = snapshot
        self.sources = sources
        self.codes = codes
        self.quarters = tuple(Quarter(index) for index in read_quarters(snapshot.connect()))
        with_outcomes = [source for source in sources if source.holds_outcomes]
        self.outcome_window = max((source.outcome_window for source in with_outcomes), default=1)
        self.known_through = max((s.known_through for s in with_outcomes if s.known_through), default=None)
        self.shows_sole_proprietors = all(s.sole_proprietors or s.demonstration for s in with_outcomes)
        self._blocks: Blocks | None = None
        self._lock = threading.Lock()
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()
        self._remembering = threading.Lock()

    @classmethod
    def open(cls, snapshot: Snapshot) -> Figures:
        """Open the figures of a snapshot; quick, as blocks are read only by `load_blocks` or the first question."""
        connection = snapshot.connect()
        return cls(snapshot, tuple(read_sources(connection)), read_code_lists(connection))

    def load_blocks(self) -> Blocks:
        """The blocks, read from the snapshot the first time (0.2 s at 3 million facts).

        QuarterOutOfRange when no source brought outcomes: there is nothing to list then, and nobody to look up.
        """
        with self._lock:
            if self._blocks is None:
                if not self.quarters:
                    raise no_outcomes()
                connection = self.snapshot.connect()
                known = None if self.known_through is None else self.known_through.index
                outcomes, employers = OutcomeBlocks.load(connection, known), Employers.load(connection)
                table = branch_table(outcomes, employers.branch, branch_tree(self.codes))
                self._blocks = Blocks(outcomes, employers, Priors.load(connection), table)
            return self._blocks

    @property
    def employers(self) -> Employers:
        """The employers by id."""
        return self.load_blocks().employers

    @property
    def shown_employers(self) -> NDArray[np.bool_] | None:
        """Employers that may stand in a list, by id; None when all may (sole proprietors only where covered)."""
        shown: NDArray[np.bool_] | None = self.remembered("shown_employers", self._shown_employers)
        return shown

    def _shown_employers(self) -> NDArray[np.bool_] | None:
        """None unless there is somebody to leave out: whom no release lists any more has no facts either."""
        left_out = self.employers.sole_proprietors
        return None if self.shows_sole_proprietors or not left_out.any() else ~left_out

    def employer(self, cvr: str) -> Employer:
        """The employer with this CVR number; InputRefused when no source lists it or it may not be shown."""
        return self.employer_at(self.employer_id(cvr))

    def employer_id(self, cvr: str) -> int:
        """The id of an employer by CVR number; InputRefused when no source lists it or it may not be shown."""
        employer = self.employers.id_of(cvr)
        shown = self.shown_employers
        if employer is None or not (shown is None or shown[employer]):
            raise InputRefused(
                _("No employer with the CVR number {cvr} is in the figures.").format(cvr=cvr),
                _("Check the eight digits, or search for the name."),
                error_id="unknown_employer",
            )
        return employer

    def employer_at(self, employer: int) -> Employer:
        """The employer with this id."""
        employers = self.employers
        return Employer(
            cvr=employers.cvr_text(employer),
            name=employers.name(employer),
            branch=self.code("branches", int(employers.branch[employer])),
            municipality=self.code("areas", int(employers.municipality[employer])),
            size_band=employers.size_bands[employers.size_band[employer]],
            sole_proprietor=employers.is_sole_proprietor(employer),
            advertising_protected=employers.is_advertising_protected(employer),
        )

    def code(self, name: str, code_id: int) -> str:
        """The code with this id in a list ("areas", "branches" ...)."""
        codes: dict[int, str] = self.remembered(
            ("codes", name), lambda: {number: code for code, number in self.codes.ids[name].items()}
        )
        return codes[code_id]

    def origin(self, source: LoadedSource | None = None) -> Origin:
        """Where the figures come from, with a line that says it; of the outcomes unless another source is given."""
        chosen = source or next((s for s in self.sources if s.holds_outcomes), self.sources[0])
        return Origin(
            publisher_name=chosen.publisher_name,
            sequence=chosen.sequence,
            released=chosen.released,
            synced_at=chosen.synced_at,
            definitions_version=chosen.definitions_version,
            demonstration=chosen.demonstration,
            unsigned=chosen.unsigned,
            line=_origin_line(chosen),
        )

    def remembered(self, key: Hashable, work_out: Callable[[], Any]) -> Any:
        """What `work_out` gives, kept for the next question with the same key; the oldest is forgotten."""
        with self._remembering:
            if key in self._remembered:
                self._remembered.move_to_end(key)
                return self._remembered[key]
        value = work_out()
        with self._remembering:
            self._remembered[key] = value
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return value


def no_outcomes() -> QuarterOutOfRange:
    """What is said where a question needs outcomes and no loaded source brings any."""
    return QuarterOutOfRange(
        _("No source with outcomes of traineeships has been fetched yet."),
        _("Add a source with outcomes and sync it."),
        error_id="no_outcomes",
    )


def _origin_line(source: LoadedSource) -> str:
    line = _("Source: {publisher}, release {sequence} of {released}, fetched {fetched}. Definitions {version}.").format(
        publisher=source.publisher_name,
        sequence=source.sequence,
        released=date(dt.datetime.fromisoformat(source.released).date()),
        fetched=moment(dt.datetime.fromisoformat(source.synced_at)),
        version=source.definitions_version,
    )
    if source.demonstration:
        line += " " + _("Demonstration figures: everything in them is invented.")
    if source.unsigned:
        line += " " + _("The publication is not signed.")
    return line
