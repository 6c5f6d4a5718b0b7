"""The Municipality page twice: as it is shown, and as it may leave the screen; and what a new goal is set from."""

from __future__ import annotations

from collections.abc import Sequence

from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.goals import AMBITIOUS, goal_from, goal_year, proposed_targets
from jobcentre_desk.desk.guard import share_minimum
from jobcentre_desk.desk.measures import measure_definitions
from jobcentre_desk.desk.municipality_page import municipality_page
from jobcentre_desk.desk.value_words import POINTS, value_text
from jobcentre_desk.model.municipalities import NO_CHOICE, Goal, PeerChoice, Target
from jobcentre_desk.model.pages import MunicipalityPage
from jobcentre_desk.text import count
from jobcentre_desk.text import translate as _

Levels = tuple[tuple[str, str, str], ...]


def shown_page(
    figures: Figures,
    code: str,
    *,
    measure: str,
    peers: str,
    period: str | None,
    group: str,
    choice: PeerChoice = NO_CHOICE,
    goals: Sequence[Goal] = (),
) -> tuple[MunicipalityPage, MunicipalityPage, Goal | None, Levels]:
    """The page for the screen, the page for everything that leaves it, and a new goal with the levels to begin from.

    The goal is None where nothing is to be aimed at. Raises what `municipality_page` raises.
    """
    pages = [
        municipality_page(
            figures,
            code,
            measure=measure,
            peers=peers,
            period=period,
            group=group,
            choice=choice,
            goals=goals,
            least=least,
        )
        for least in (0, share_minimum(figures))
    ]
    proposed, levels = new_goal(figures, pages[0])
    return pages[0], pages[1], proposed, levels


def new_goal(figures: Figures, page: MunicipalityPage) -> tuple[Goal | None, Levels]:
    """A goal begun from what the peers reach, and the levels to choose from as (words, digits, persons)."""
    view, standing = page.chosen, page.standing
    if view is None or standing is None or view.target is None or standing.value is None:
        return None, ()
    definition = measure_definitions(figures, view.id)[0]
    proposed = goal_from(
        definition,
        standing,
        municipality=page.comparison.area.code,
        group=view.group,
        target=view.target.value,
        year=goal_year(standing.period),
    )
    return proposed, _levels(view.target, view.unit)


def _levels(target: Target, unit: str) -> Levels:
    persons = {AMBITIOUS: target.persons}
    found = []
    for which, digits in proposed_targets(target):
        value = value_text(digits, unit, signed=unit == POINTS)
        words = _("What peers reach: {value}") if which == AMBITIOUS else _("The modest level: {value}")
        gap = persons.get(which, target.modest_persons)
        told = "" if gap is None else _("≈ {n} persons a year").format(n=count(gap))
        found.append((words.format(value=value), digits, told))
    return tuple(found)
