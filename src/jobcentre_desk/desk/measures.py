"""The glossary of measures: every definition as published."""

from __future__ import annotations

from jobcentre_desk.cache.figures import measures as read_measures
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

SUCCESS_RATE = "traineeship.success_rate"
"""Those who went on to a job, of those who completed; the measure of the Employer page."""


def measure_definitions(figures: Figures, measure_id: str | None = None) -> list[Measure]:
    """All measures by id, or the one asked for; InputRefused when there is none of that id."""
    found = read_measures(figures.snapshot)
    if not measure_id:
        return found
    chosen = [measure for measure in found if measure.id == measure_id]
    if not chosen:
        raise InputRefused(
            _("There is no measure {measure}.").format(measure=measure_id),
            _("'jobcentre-desk measures' lists them all."),
            error_id="unknown_code",
        )
    return chosen


def definition_of(figures: Figures, measure_id: str) -> str:
    """The sentence that defines a measure with the version of its definition; "" when no source defines it."""
    for measure in read_measures(figures.snapshot):
        if measure.id == measure_id:
            sentence = both(measure.sentence_da, measure.sentence_en)
            return _("{definition} Definition {version}.").format(
                definition=sentence, version=measure.definition_version
            )
    return ""
