"""Results of desk as the objects the command line promises (keys may be added, never renamed)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jobcentre_desk.model.areas import Area
from jobcentre_desk.model.cards import CardSuggestion
from jobcentre_desk.model.case_mix import CaseMix
from jobcentre_desk.model.outcomes import EmployerRow, Period, Place, Rate, Scope, State
from jobcentre_desk.model.pages import (
    EmployerComparison,
    MeasureStanding,
    MunicipalityComparison,
    OccupationStanding,
    OtherExpected,
    OtherOutcomes,
    QuarterStanding,
    Standing,
)
from jobcentre_desk.text import both

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobcentre_desk.desk.branches import CodeStanding
    from jobcentre_desk.desk.measures import MeasureSources

Object = dict[str, Any]

EMPLOYER_COLUMNS = (
    *("cvr", "name", "branch", "municipality", "workplaces", "started", "completed", "not_yet_known"),
    *("job_same_employer", "job_elsewhere", "rate", "low", "high", "fair_rate", "prior_level", "place_low"),
    *("place_high", "against_branch", "reference_branch", "reference_rate", "hidden_cells", "state"),
)
"""The keys of `employer_row_form`, for a csv without rows."""


def period_form(period: Period) -> Object:
    """The period of a result: first and last quarter, what is known, and whether it was widened."""
    return {
        "from": str(period.span.first),
        "to": str(period.span.last),
        "known_through": str(period.known_through) if period.known_through else None,
        "quarters": len(period.span),
        "widened": period.widened,
    }


def scope_form(scope: Scope) -> Object:
    """The filters of a query as they were understood."""
    return {
        "municipality": list(scope.municipalities),
        "branch": list(scope.branches),
        "occupation": list(scope.occupations),
        "benefit_group": list(scope.benefit_groups),
        "programme": list(scope.programmes),
        "min_completed": scope.min_completed,
        "text": scope.text,
        "order": scope.order.value,
    }


def employer_row_form(row: EmployerRow, place: Place | None) -> Object:
    """One employer of a list."""
    return {
        "cvr": row.cvr,
        "name": row.name,
        "branch": row.branch,
        "municipality": row.municipality,
        "workplaces": row.workplaces,
        "started": row.counts.shown("started"),
        "completed": row.counts.shown("completed"),
        "not_yet_known": row.counts.shown("not_yet_known"),
        "job_same_employer": row.counts.shown("job_same_employer"),
        "job_elsewhere": row.counts.shown("job_elsewhere"),
        **_rate_form(row.rate),
        "fair_rate": row.fair_rate,
        "prior_level": row.prior_level,
        "place_low": place.low if place else None,
        "place_high": place.high if place else None,
        "against_branch": row.against_branch.value,
        "reference_branch": row.reference_branch,
        "reference_rate": row.reference_rate,
        "hidden_cells": row.counts.hidden_cells,
        "state": row.state.value,
    }


def standing_form(standing: Standing) -> Object:
    """One side of a comparison."""
    counts = standing.counts
    return {
        "started": counts.shown("started"),
        "completed": counts.shown("completed"),
        "job_same_employer": counts.shown("job_same_employer"),
        "job_elsewhere": counts.shown("job_elsewhere"),
        **_rate_form(standing.rate),
        "hidden_cells": counts.hidden_cells,
        "state": standing.state.value,
    }


def employer_form(
    comparison: EmployerComparison, *, source: str | None = None, others: Sequence[OtherOutcomes] = ()
) -> Object:
    """One employer beside its branch and the country, with the counts of other sources."""
    employer, verdicts = comparison.employer, comparison.against_branch
    difference = comparison.difference
    return {
        "employer": {
            "cvr": employer.cvr,
            "name": employer.name,
            "branch": employer.branch,
            "municipality": employer.municipality,
            "size_band": employer.size_band,
        },
        "period": period_form(comparison.period),
        "own": standing_form(comparison.own),
        "reference": standing_form(comparison.reference),
        "rest_of_branch": standing_form(comparison.rest_of_branch),
        "country": standing_form(comparison.country),
        "reference_branch": comparison.reference_branch,
        "against_branch": {
            "any": verdicts.any.value,
            "same_employer": verdicts.same_employer.value,
            "elsewhere": verdicts.elsewhere.value,
        },
        "difference": dict(zip(("value", "low", "high"), difference, strict=True)) if difference else None,
        "expected_rate": comparison.expected_rate,
        "needed_n": comparison.needed_n,
        "quarters": [_quarter_form(quarter) for quarter in comparison.quarters],
        "occupations": [_occupation_form(occupation) for occupation in comparison.occupations],
        "programmes": [_occupation_form(programme) for programme in comparison.programmes],
        "case_mix": _case_mix_form(comparison.case_mix),
        "source": source,
        "others": [
            {
                "source": other.source,
                "period": period_form(other.period),
                "own": standing_form(other.own),
                "demonstration": other.demonstration,
            }
            for other in others
        ],
    }


def _case_mix_form(mix: CaseMix | None) -> Object | None:
    """The jobs to be expected of people like those an employer took, and the limits chance gives that number."""
    if mix is None:
        return None
    return {
        "completed": mix.completed,
        "expected": mix.expected,
        "variance": mix.variance,
        "low": mix.low,
        "high": mix.high,
    }


def branch_form(row: CodeStanding) -> Object:
    """One branch or occupation held against the country."""
    counts = row.counts
    return {
        "code": row.code,
        "title": row.title,
        "level": row.level,
        "parent": row.parent,
        "employers": None if "employers" in counts.withheld else row.employers,
        "started": counts.shown("started"),
        "completed": counts.shown("completed"),
        "job_same_employer": counts.shown("job_same_employer"),
        "job_elsewhere": counts.shown("job_elsewhere"),
        **_rate_form(row.rate),
        "hidden_cells": counts.hidden_cells,
        "against_country": row.against_country.value,
        "state": row.state.value,
    }


def municipality_form(comparison: MunicipalityComparison) -> Object:
    """One municipality beside its peers and the country."""
    expected = comparison.expected
    return {
        "area": area_form(comparison.area),
        "period": comparison.period,
        "group": comparison.group,
        "measures": [_measure_form(measure) for measure in comparison.measures],
        "expected": {
            "expected": _number(expected.expected),
            "actual": _number(expected.actual),
            "difference": _number(expected.difference),
            "official_rank": expected.official_rank,
            "official_note": expected.official_note,
            "persons_difference": expected.persons_difference,
            "period": expected.period,
            "group": expected.group,
            "source": expected.source or None,
            "others": [_other_expected_form(other) for other in expected.others],
            "breaks": _breaks_form(expected.breaks),
        },
        "peers": [
            {
                "code": p.code,
                "name": p.name,
                "distance": _number(p.distance),
                "expected": _number(p.expected),
                "actual": _number(p.actual),
            }
            for p in comparison.peers
        ],
    }


def measure_sources_form(sources: MeasureSources) -> Object:
    """Who publishes figures of a measure: the source that is shown, and the others with their words."""
    return {
        "shown_from": sources.shown or None,
        "others": list(sources.others),
        "definitions": [
            {
                "source": name,
                "version": measure.definition_version,
                "sentence_da": measure.sentence_da,
                "sentence_en": measure.sentence_en,
            }
            for name, measure in sources.definitions
        ],
    }


def area_form(area: Area) -> Object:
    """An area by code and name."""
    return {"code": area.code, "name": both(area.name_da, area.name_en)}


def suggestion_form(suggestion: CardSuggestion) -> Object:
    """One card with the reason it is suggested, or not."""
    card = suggestion.card
    return {
        "id": card.id,
        "component": card.component.value,
        "title": both(card.title_da, card.title_en),
        "suggested": suggestion.suggested,
        "reason": suggestion.reason,
        "measure": suggestion.measure,
        "value": _number(suggestion.value),
        "reference": _number(suggestion.reference),
    }


def _known_part(count: int, state: State) -> int | None:
    """A count of which some may be hidden: where nothing of it is known it is null, for null is never 0."""
    return None if state is State.HIDDEN and count == 0 else count


def _quarter_form(quarter: QuarterStanding) -> Object:
    return {
        "quarter": quarter.quarter,
        "started": None if quarter.started_hidden else _known_part(quarter.started, quarter.state),
        "completed": _known_part(quarter.completed, quarter.state),
        **_rate_form(quarter.rate),
        "state": quarter.state.value,
    }


def _occupation_form(occupation: OccupationStanding) -> Object:
    return {
        "code": occupation.code,
        "title": occupation.title,
        "completed": _known_part(occupation.rate.n, occupation.state),
        **_rate_form(occupation.rate),
        "state": occupation.state.value,
    }


def _measure_form(measure: MeasureStanding) -> Object:
    return {
        "id": measure.id,
        "value": _number(measure.value),
        "n": measure.n,
        "low": measure.low,
        "high": measure.high,
        "state": measure.state.value,
        "peers_median": _number(measure.peers_median),
        "country": _number(measure.country),
        "leading": _leading_form(measure.leading),
        "place_low": measure.place_low,
        "place_high": measure.place_high,
        "period": measure.period,
        "source": measure.source or None,
        "others": [
            {
                "source": other.source,
                "value": _number(other.value),
                "period": other.period,
                "newest": other.newest or other.period,
                "demonstration": other.demonstration,
            }
            for other in measure.others
        ],
        "breaks": _breaks_form(measure.breaks),
    }


def _other_expected_form(other: OtherExpected) -> Object:
    return {
        "source": other.source,
        "expected": _number(other.expected),
        "actual": _number(other.actual),
        "difference": _number(other.difference),
        "period": other.period,
        "newest": other.newest or other.period,
        "demonstration": other.demonstration,
    }


def _breaks_form(breaks: tuple[tuple[str, str], ...]) -> list[Object]:
    return [{"period": period, "sentence": sentence} for period, sentence in breaks]


def _rate_form(rate: Rate) -> Object:
    return {"rate": rate.value, "low": rate.low, "high": rate.high}


def _leading_form(leading: tuple[str, str, str] | None) -> Object | None:
    if leading is None:
        return None
    value, code, name = leading
    return {"value": _number(value), "code": code, "name": name}


def _number(published: str | None) -> float | None:
    """Published digits as a number: percent stays percent, as published."""
    return None if published is None else float(published)
