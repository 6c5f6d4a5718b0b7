"""The figures of one snapshot, open for every question: sources, code lists, and the blocks once they are loaded."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
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
from jobcentre_desk.desk.first_page import outcome_sources
from jobcentre_desk.desk.shared_before import SharedBefore
from jobcentre_desk.errors import InputRefused, QuarterOutOfRange
from jobcentre_desk.model.employers import Employer
from jobcentre_desk.model.pages import Origin
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.text import count, date, language, moment
from jobcentre_desk.text import translate as _

_REMEMBERED = 12
"""Sums kept for the next question; each takes up to 4 MB at 300,000 employers."""
_SMALL_REMEMBERED = 200
"""Small things kept for the next question, of some 10 kB each."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Everything a list of employers is worked out from, in memory."""

    outcomes: OutcomeBlocks
    employers: Employers
    priors: Priors
    branch_table: BranchTable


@dataclass(frozen=True, slots=True)
class _Contents:
    """What all views of one snapshot share; `views` are those made so far, by the name of their outcomes' source."""

    sources: tuple[LoadedSource, ...]
    codes: CodeLists
    order: tuple[str, ...]
    outcome_sources: tuple[LoadedSource, ...]
    views: dict[str, Figures]
    lock: threading.Lock
    shared_before: SharedBefore | None

    @classmethod
    def of(
        cls,
        sources: tuple[LoadedSource, ...],
        codes: CodeLists,
        order: tuple[str, ...],
        shared_before: SharedBefore | None,
    ) -> _Contents:
        """The contents of a snapshot with these sources, and no view of it yet."""
        return cls(sources, codes, order, outcome_sources(sources, order), {}, threading.Lock(), shared_before)


class Figures:
    """The figures of one snapshot, with the outcomes of one source; safe to read from any thread, never changed.

    Outcomes of several sources are never added up: `outcome_source` is the one looked at (None when none brings
    any), `outcome_sources` are all to choose from, and `seen_from` gives the figures with another one's outcomes.
    """

    def __init__(self, snapshot: Snapshot, contents: _Contents, outcome_source: LoadedSource | None) -> None:
        self.snapshot = snapshot
        self.sources = contents.sources
        self.codes = contents.codes
        self.order = contents.order
        self.outcome_sources = contents.outcome_sources
        self.outcome_source = outcome_source
        self.shared_before = contents.shared_before
        quarters = read_quarters(snapshot.connect(), outcome_source.id) if outcome_source else []
        self.quarters = tuple(Quarter(index) for index in quarters)
        self.outcome_window = outcome_source.outcome_window if outcome_source else 1
        self.known_through = outcome_source.known_through if outcome_source else None
        self.shows_sole_proprietors = (
            outcome_source is None or outcome_source.sole_proprietors or outcome_source.demonstration
        )
        self._contents = contents
        self._blocks: Blocks | None = None
        self._lock = threading.Lock()
        self._remembered: OrderedDict[Hashable, Any] = OrderedDict()
        self._small_remembered: OrderedDict[Hashable, Any] = OrderedDict()
        self._kept: dict[Hashable, Any] = {}
        self._remembering = threading.Lock()

    @classmethod
    def open(
        cls,
        snapshot: Snapshot,
        *,
        order: Sequence[str] = (),
        outcomes_from: str = "",
        shared_before: SharedBefore | None = None,
    ) -> Figures:
        """Open the figures of a snapshot; quick, as blocks are read only by `load_blocks` or the first question.

        Looked at are the outcomes of the first source that has any: in `order`, then in the order they came. With
        `outcomes_from` those of the source so named; InputRefused when it brings none. With `shared_before` the guard
        holds what is shared against what was, and remembers it.
        """
        connection = snapshot.connect()
        sources, codes = tuple(read_sources(connection)), read_code_lists(connection)
        contents = _Contents.of(sources, codes, tuple(order), shared_before)
        first = contents.outcome_sources[0] if contents.outcome_sources else None
        figures = cls(snapshot, contents, first)
        if first is not None:
            contents.views[first.name] = figures
        return figures.seen_from(outcomes_from) if outcomes_from else figures

    def seen_from(self, name: str) -> Figures:
        """The figures with the outcomes of the source `name`: of the same snapshot, its blocks read when asked for.

        Always the same object for a name. InputRefused when no source so named brings outcomes.
        """
        chosen = next((source for source in self.outcome_sources if source.name == name), None)
        if chosen is None:
            raise _no_outcomes_from(name, self.outcome_sources)
        with self._contents.lock:
            view = self._contents.views.get(name)
            if view is None:
                view = self._contents.views[name] = Figures(self.snapshot, self._contents, chosen)
            return view

    def load_blocks(self) -> Blocks:
        """The blocks, read from the snapshot the first time (0.2 s at 3 million facts).

        QuarterOutOfRange when no source brought outcomes: there is nothing to list then, and nobody to look up.
        """
        with self._lock:
            if self._blocks is None:
                if not self.quarters or self.outcome_source is None:
                    raise no_outcomes()
                self._blocks = self._load(self.outcome_source.id)
            return self._blocks

    def _load(self, source: int) -> Blocks:
        connection = self.snapshot.connect()
        known = None if self.known_through is None else self.known_through.index
        outcomes, employers = OutcomeBlocks.load(connection, source, known), Employers.load(connection, source)
        table = branch_table(outcomes, employers.branch, branch_tree(self.codes))
        return Blocks(outcomes, employers, Priors.load(connection, source), table)

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
        employer = self._listed(cvr)
        if employer is None:
            raise InputRefused(
                _("No employer with the CVR number {cvr} is in the figures.").format(cvr=cvr),
                self._where_listed(cvr) or _("Check the eight digits, or search for the name."),
                error_id="unknown_employer",
            )
        return employer

    def _listed(self, cvr: str) -> int | None:
        """The id of an employer that the source of the outcomes lists and that may be shown."""
        employer, shown = self.employers.id_of(cvr), self.shown_employers
        return employer if employer is not None and (shown is None or shown[employer]) else None

    def _where_listed(self, cvr: str) -> str:
        """The remedy where another source of outcomes lists the employer, else ""."""
        others = [source.name for source in self.outcome_sources if source is not self.outcome_source]
        names = [name for name in others if self.seen_from(name)._listed(cvr) is not None]  # noqa: SLF001 - our kind
        if not names:
            return ""
        return _("It is in the figures of {names}: choose that source on the Employers page, or with --source.").format(
            names=", ".join(names)
        )

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
        """Where figures come from, with a line that says it; the outcomes looked at unless a source is given."""
        chosen = source or self.outcome_source or self.sources[0]
        return Origin(
            publisher_name=chosen.publisher_name,
            sequence=chosen.sequence,
            released=chosen.released,
            synced_at=chosen.synced_at,
            definitions_version=chosen.definitions_version,
            demonstration=chosen.demonstration,
            unsigned=chosen.unsigned and not chosen.own_file,
            line=_origin_line(chosen),
        )

    def kept(self, key: Hashable, work_out: Callable[[], Any]) -> Any:
        """What `work_out` gives, kept while the figures are open: for what every page of a kind asks for again."""
        if key not in self._kept:
            value = work_out()
            with self._remembering:
                self._kept.setdefault(key, value)
        return self._kept[key]

    def remembered(self, key: Hashable, work_out: Callable[[], Any], *, small: bool = False) -> Any:
        """What `work_out` gives, kept for the next question with the same key; the oldest is forgotten.

        Names and sentences may be in it, so it is kept for each language. What is `small` (a rate, a row for each
        code) is kept longer.
        """
        key, kept, most = (language(), key), self._remembered, _REMEMBERED
        if small:
            kept, most = self._small_remembered, _SMALL_REMEMBERED
        with self._remembering:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        value = work_out()
        with self._remembering:
            kept[key] = value
            while len(kept) > most:
                kept.popitem(last=False)
        return value


def no_outcomes() -> QuarterOutOfRange:
    """What is said where a question needs outcomes and no loaded source brings any."""
    return QuarterOutOfRange(
        _("No source with outcomes of traineeships has been fetched yet."),
        _("Add a source with outcomes and sync it."),
        error_id="no_outcomes",
    )


def _no_outcomes_from(name: str, sources: Sequence[LoadedSource]) -> InputRefused:
    if not sources:
        remedy = _("Add a source with outcomes and sync it.")
    else:
        remedy = _("Sources with outcomes: {names}.").format(names=", ".join(source.name for source in sources))
    told = _("No source named {name} with outcomes of traineeships has been fetched.").format(name=name)
    return InputRefused(told, remedy, error_id="no_outcomes_from")


def _origin_line(source: LoadedSource) -> str:
    line = _("Source: {publisher}, release {sequence} of {released}, fetched {fetched}. Definitions {version}.").format(
        publisher=source.publisher_name,
        sequence=count(source.sequence),
        released=date(dt.datetime.fromisoformat(source.released).date()),
        fetched=moment(dt.datetime.fromisoformat(source.synced_at)),
        version=source.definitions_version,
    )
    if source.demonstration:
        line += " " + _("Demonstration figures: everything in them is invented.")
    if source.own_file:
        line += " " + _("It is a file of your own, loaded on this computer.")
    elif source.unsigned:
        line += " " + _("The publication is not signed.")
    return line
