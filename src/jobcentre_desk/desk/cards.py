"""Improvement cards for a municipality: which the figures suggest, each with its reason, and the others.

The rule: a benefit group with at least 10 full-time persons more than expected now, and above the expected in at
least 4 of the last 6 periods, is a gap. Cards that look at it are suggested; else "no gap found".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, zip_longest

from jobcentre_desk.cache.figures import cards as read_cards
from jobcentre_desk.desk import municipality_wording as words
from jobcentre_desk.desk.expected import GROUPS, ExpectedTable
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.municipality import area_name, settle
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures, page_measures, read_municipality_figures
from jobcentre_desk.model.cards import Card, CardSuggestion, Component
from jobcentre_desk.publishing.handbook import handbook_cards

LEAST_PERSONS = 10
LEAST_PERIODS = 4
MEASURE = "y30r21.actual_share"
"""Cards are suggested from this measure, beside `y30r21.expected_share`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A benefit group that lies clearly and lastingly above what was expected of the municipality."""

    group: str
    persons: int
    periods_above: int
    periods_known: int
    actual: Decimal | None
    expected: Decimal | None


def suggest_cards(figures: Figures, code: str) -> tuple[CardSuggestion, ...]:
    """Every card for a municipality: those its figures suggest first, the four components in turn.

    Raises InputRefused when `code` is not that of a municipality, or nothing is published about municipalities.
    """
    published = read_municipality_figures(figures, page_measures(figures))
    settle(published, code, period=None, group="all", peers="expected")
    return suggest_from(published, code, cards=cards_of(figures))


def cards_of(figures: Figures) -> tuple[Card, ...]:
    """The cards that a source publishes, else those of the shipped handbook."""
    return tuple(read_cards(figures.snapshot, order=figures.order)) or handbook_cards()


def suggest_from(published: MunicipalityFigures, code: str, *, cards: Sequence[Card]) -> tuple[CardSuggestion, ...]:
    """Every card of `cards` for a municipality, from published rows alone."""
    name = area_name(published.areas[code])
    gaps = find_gaps(published.expected, code)
    made = [_suggestion(card, gap_for(card, gaps), name=name) for card in cards]
    suggested = [suggestion for suggestion in made if suggestion.suggested]
    others = [suggestion for suggestion in made if not suggestion.suggested]
    return (*_components_in_turn(suggested), *_components_in_turn(others))


def find_gaps(table: ExpectedTable, code: str) -> dict[str, Gap]:
    """The gaps of a municipality in the latest period, by benefit group."""
    if not table.periods:
        return {}
    period = table.periods[-1]
    gaps = {}
    for group in GROUPS:
        row = table.row(code, period, group)
        above = table.periods_above(code, period, group)
        persons = row.persons_difference or 0
        if persons >= LEAST_PERSONS and above >= LEAST_PERIODS:
            gaps[group] = Gap(
                group=group,
                persons=persons,
                periods_above=above,
                periods_known=table.periods_below(code, period, group)[1],
                actual=row.actual_share,
                expected=row.expected_share,
            )
    return gaps


def gap_for(card: Card, gaps: dict[str, Gap]) -> Gap | None:
    """The gap a card looks at: that of the group in its `comparison` (`group:cash_benefit`), else the largest one."""
    group = _group_of(card)
    return gaps.get(group) if group else max(gaps.values(), key=lambda gap: gap.persons, default=None)


def _group_of(card: Card) -> str:
    """The benefit group that the `comparison` of a card names, "" for none."""
    kind, _colon, group = card.comparison.partition(":")
    return group if kind == "group" and group in GROUPS else ""


def _suggestion(card: Card, gap: Gap | None, *, name: str) -> CardSuggestion:
    if gap is None:
        return CardSuggestion(
            card=card,
            suggested=False,
            reason=words.no_gap_reason(name=name, group=_group_of(card)),
            measure=MEASURE,
            value=None,
            reference=None,
        )
    reason = words.suggested_reason(
        name=name, group=gap.group, persons=gap.persons, above=gap.periods_above, known=gap.periods_known
    )
    return CardSuggestion(
        card=card,
        suggested=True,
        reason=reason,
        measure=MEASURE,
        value=None if gap.actual is None else str(gap.actual),
        reference=None if gap.expected is None else str(gap.expected),
    )


def _components_in_turn(suggestions: Iterable[CardSuggestion]) -> Iterable[CardSuggestion]:
    """One card of each component, then the next of each: all four must be worked on."""
    columns: dict[Component, list[CardSuggestion]] = {component: [] for component in Component}
    for suggestion in suggestions:
        columns[suggestion.card.component].append(suggestion)
    rows = zip_longest(*columns.values())
    return [suggestion for suggestion in chain.from_iterable(rows) if suggestion is not None]
