"""Ways out of an empty list: the choices that could be let go, with how many employers each would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers
from jobcentre_desk.desk.scope_words import area_name, list_words
from jobcentre_desk.errors import QuarterOutOfRange
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.task import Task
from jobcentre_desk.text import count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

MOST_WAYS = 4
_LISTS = ("branches", "occupations", "benefit_groups", "programmes")
_LENGTHS = (8, 12)


@dataclass(frozen=True, slots=True)
class WayOut:
    """One change of a scope: what to do, in words, the scope it gives, and how many employers fit that."""

    words: str
    scope: Scope
    employers: int


def ways_out(figures: Figures, scope: Scope, *, task: Task) -> tuple[WayOut, ...]:
    """Up to four single changes that give employers, the most first; the whole country comes last."""
    found = []
    for words, changed in _changes(figures, scope):
        task.stop_if_cancelled()
        employers = _employers(figures, changed)
        if employers:
            found.append(WayOut(words, changed, employers))
    found.sort(key=lambda way: (bool(scope.municipalities) and not way.scope.municipalities, -way.employers))
    return tuple(found[:MOST_WAYS])


def _employers(figures: Figures, scope: Scope) -> int:
    try:
        return find_employers(figures, scope).total
    except QuarterOutOfRange:
        return 0


def _changes(figures: Figures, scope: Scope) -> Iterator[tuple[str, Scope]]:
    yield from _without_lists(figures, scope)
    yield from _longer(figures, scope)
    yield from _with_neighbours(figures, scope)
    yield from _fewer_completed(figures, scope)
    if scope.municipalities:
        yield _("Look in the whole country"), scope.changed(municipalities=())


def _without_lists(figures: Figures, scope: Scope) -> Iterator[tuple[str, Scope]]:
    for name in _LISTS:
        chosen = getattr(scope, name)
        if chosen:
            words = list_words(figures.codes, name, chosen)
            yield _("Remove “{choice}”").format(choice=words), scope.changed(**{name: ()})
    if scope.text:
        yield _("Remove the text “{text}”").format(text=scope.text), scope.changed(text="")


def _longer(figures: Figures, scope: Scope) -> Iterator[tuple[str, Scope]]:
    """8 quarters instead of 4, or 12 instead of 8: the last known ones."""
    known = figures.known_through
    if known is None:
        return
    last = scope.last or known
    now = 4 if scope.first is None else last.index - scope.first.index + 1
    longer = next((length for length in _LENGTHS if length > now), None)
    if longer is not None:
        words = _("Use {longer} quarters instead of {now}").format(longer=longer, now=now)
        yield words, scope.changed(first=known.plus(1 - longer), last=known)


def _with_neighbours(figures: Figures, scope: Scope) -> Iterator[tuple[str, Scope]]:
    areas = figures.codes.areas
    chosen = set(scope.municipalities)
    near = {code for home in chosen if home in areas for code in areas[home].neighbours if code in areas}
    if not near - chosen:
        return
    if len(near - chosen) == 1:
        words = _("Include {municipality}").format(municipality=area_name(areas[next(iter(near - chosen))]))
    else:
        words = _("Include the neighbouring municipalities")
    yield words, scope.changed(municipalities=tuple(sorted(chosen | near)))


def _fewer_completed(figures: Figures, scope: Scope) -> Iterator[tuple[str, Scope]]:
    """The highest lower number of completed traineeships that gives anyone."""
    if scope.min_completed <= 1:
        return
    completed = find_employers(figures, scope.changed(min_completed=1)).completed
    if len(completed):
        least = min(int(completed.max()), scope.min_completed - 1)
        words = _n("Set least completed down to {n}", "Set least completed down to {n}", least)
        yield words.format(n=count(least)), scope.changed(min_completed=least)
