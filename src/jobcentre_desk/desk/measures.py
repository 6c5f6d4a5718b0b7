"""The glossary of measures: every definition as published, by whom the figures are shown and by whom else."""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk.cache.figures import definitions, publishers_of
from jobcentre_desk.cache.figures import measures as read_measures
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

SUCCESS_RATE = "traineeship.success_rate"
"""Those who went on to a job, of those who completed; the measure of the Employer page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSources:
    """Who publishes a measure: `shown` is the source whose figures are shown ("" = nobody has figures of it).

    `definitions` are all that there are, by the name of their source in the order of the sources.
    """

    shown: str
    others: tuple[str, ...]
    definitions: tuple[tuple[str, Measure], ...]


def measure_definitions(figures: Figures, measure_id: str | None = None, *, source: str = "") -> list[Measure]:
    """All measures by id, or the one asked for; those that `source` defines where it is named.

    A measure that several sources define has the words of the one whose figures are shown. Raises InputRefused when
    there is none of that id, or no source of that name defines any.
    """
    found = _defined_by(figures, source) if source else read_measures(figures.snapshot, order=figures.order)
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


def measure_sources(figures: Figures) -> dict[str, MeasureSources]:
    """Who publishes and who defines each measure, by its id."""
    publishers = publishers_of(figures.snapshot, order=figures.order)
    defined: dict[str, list[tuple[str, Measure]]] = {}
    for name, measure in definitions(figures.snapshot, order=figures.order):
        defined.setdefault(measure.id, []).append((name, measure))
    return {
        measure: MeasureSources(
            shown=next(iter(publishers.get(measure, ())), ""),
            others=publishers.get(measure, ())[1:],
            definitions=tuple(defined.get(measure, ())),
        )
        for measure in sorted({*publishers, *defined})
    }


def definition_of(figures: Figures, measure_id: str, *, source: str = "") -> str:
    """The sentence that defines a measure with the version of its definition; "" when no source defines it.

    In the words of `source` where it defines the measure, else of the first in order.
    """
    every: list[tuple[str, Measure]] = figures.remembered(
        ("definitions of measures",), lambda: definitions(figures.snapshot, order=figures.order)
    )
    found = {name: measure for name, measure in every if measure.id == measure_id}
    measure = found.get(source) or next(iter(found.values()), None)
    if measure is None:
        return ""
    sentence = both(measure.sentence_da, measure.sentence_en)
    return _("{definition} Definition {version}.").format(definition=sentence, version=measure.definition_version)


def _defined_by(figures: Figures, source: str) -> list[Measure]:
    own = [measure for name, measure in definitions(figures.snapshot, order=(source,)) if name == source]
    if not own:
        raise InputRefused(
            _("No source named {name} with measures has been fetched.").format(name=source),
            _("Sources that have been fetched: {names}.").format(names=", ".join(s.name for s in figures.sources)),
            error_id="no_figures_from",
        )
    return sorted(own, key=lambda measure: measure.id)
