"""What Ctrl+K finds for a few letters: pages and commands at once, the rest from the figures on a thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from jobcentre_desk.gui.command_palette import Hit
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures
    from jobcentre_desk.gui.context import Command, PageContext
    from jobcentre_desk.gui.page_list import PageEntry
    from jobcentre_desk.model.areas import Area
    from jobcentre_desk.model.classifications import Code
    from jobcentre_desk.model.measures import Measure
    from jobcentre_desk.model.outcomes import EmployerRow
    from jobcentre_desk.task import Task

MOST_EMPLOYERS, MOST_OTHERS = 8, 5
FEWEST_LETTERS = 2
LOOKED_THROUGH = 100
"""Employers put in order by how their name begins; the largest come first."""

Finds = tuple[list["EmployerRow"], list["Area"], list["Code"], list["Measure"]]


class PaletteSearch(QObject):
    """Sends `found` with the lines to show, first what is known at once, then with the figures' own."""

    found = Signal(list)

    def __init__(
        self, context: PageContext, pages: tuple[PageEntry, ...], commands: tuple[Command, ...], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._pages, self._commands = context, pages, commands

    def look_for(self, typed: str) -> None:
        """Look for `typed`; figures are asked from two letters on."""
        typed = typed.strip()
        known = self._known_at_once(typed)
        figures = self._context.figures()
        if figures is None or len(typed) < FEWEST_LETTERS:
            self.found.emit(known)
            return
        self._context.jobs.start(
            partial(_find, figures, typed), self, partial(self._on_found, known), replaces="palette"
        )

    def _on_found(self, known: list[Hit], finds: Finds) -> None:
        employers, areas, branches, measures = finds
        hits = [
            *_group(_("Employers"), [self._employer(row) for row in employers]),
            *_group(_("Municipalities"), [self._area(area) for area in areas]),
            *_group(_("Branches"), [self._branch(branch) for branch in branches]),
            *_group(_("Measures"), [self._measure(measure) for measure in measures]),
            *known,
        ]
        self.found.emit(hits or [Hit(words=_("Nothing found. Two letters of a name or the whole CVR are enough."))])

    def _known_at_once(self, typed: str) -> list[Hit]:
        pages = [
            Hit(
                words=entry.word(),
                detail=f"Ctrl+{entry.number}",
                icon=entry.icon,
                act=partial(self._context.open_page, entry.name),
            )
            for entry in self._pages
        ]
        commands = [Hit(words=command.words, icon=command.icon, act=command.act) for command in self._commands]
        return [
            *_group(_("Pages"), [hit for hit in pages if _fits(hit.words, typed)]),
            *_group(_("Commands"), [hit for hit in commands if _fits(hit.words, typed)]),
        ]

    def _employer(self, row: EmployerRow) -> Hit:
        return Hit(
            words=row.name,
            detail=f"CVR {row.cvr}",
            icon="employer",
            act=partial(self._context.open_employer, row.cvr, None),
        )

    def _area(self, area: Area) -> Hit:
        return Hit(
            words=both(area.name_da, area.name_en),
            detail=area.code,
            icon="municipality",
            act=partial(self._context.open_municipality, area.code),
        )

    def _branch(self, branch: Code) -> Hit:
        return Hit(
            words=both(branch.title_da, branch.title_en),
            detail=branch.code,
            icon="branches",
            act=partial(self._open_branch, branch.code),
        )

    def _open_branch(self, branch: str) -> None:
        self._context.state["branch"] = branch
        self._context.open_page("branches")

    def _measure(self, measure: Measure) -> Hit:
        return Hit(
            words=both(measure.name_da, measure.name_en),
            detail=measure.id,
            icon="measure",
            act=partial(self._open_measure, measure.id),
        )

    def _open_measure(self, measure: str) -> None:
        self._context.state["measure"] = measure
        self._context.open_page("figures")


def _find(figures: Figures, typed: str, task: Task) -> Finds:
    from jobcentre_desk.desk.find import find_employers, rows
    from jobcentre_desk.desk.measures import measure_definitions
    from jobcentre_desk.model.areas import AreaKind
    from jobcentre_desk.model.outcomes import Order, Scope

    scope = Scope(text=typed, min_completed=0, order=Order.COMPLETED)
    employers = rows(figures, find_employers(figures, scope), 0, LOOKED_THROUGH)
    task.stop_if_cancelled()
    areas = [
        area
        for area in figures.codes.areas.values()
        if area.kind is AreaKind.MUNICIPALITY and (_fits(area.name_da, typed) or area.code == typed)
    ]
    measures = [
        measure
        for measure in measure_definitions(figures)
        if any(_fits(words, typed) for words in (measure.name_da, measure.name_en, measure.id))
    ]
    branches = [
        branch
        for branch in figures.codes.branches
        if _fits(both(branch.title_da, branch.title_en), typed) or branch.code.startswith(typed)
    ]
    branches.sort(key=lambda branch: (not _begins(both(branch.title_da, branch.title_en), typed), branch.level))
    employers.sort(key=lambda row: not _begins(row.name, typed))
    areas.sort(key=lambda area: not _begins(area.name_da, typed))
    return employers[:MOST_EMPLOYERS], areas[:MOST_OTHERS], branches[:MOST_OTHERS], measures[:MOST_OTHERS]


def _begins(words: str, typed: str) -> bool:
    from jobcentre_desk.cache.names import fold, second_fold

    return fold(words).startswith(fold(typed)) or second_fold(words).startswith(second_fold(typed))


def _fits(words: str, typed: str) -> bool:
    if not typed:
        return True
    from jobcentre_desk.cache.names import fold, second_fold

    return fold(typed) in fold(words) or second_fold(typed) in second_fold(words)


def _group(words: str, hits: list[Hit]) -> list[Hit]:
    return [Hit(words=words), *hits] if hits else []
