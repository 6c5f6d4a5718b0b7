"""One chosen measure of a municipality: said beside peers and country, on the map, on the strip, over its periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jobcentre_desk.cache.figures import figures_of
from jobcentre_desk.desk import measure_wording as words
from jobcentre_desk.desk import value_words
from jobcentre_desk.desk.expected import GROUPS, TABLE, period_order
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.measure_charts import drawn_history, drawn_strip
from jobcentre_desk.desk.measures import definition_of
from jobcentre_desk.desk.municipality import Question, area_name, standing_of
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures
from jobcentre_desk.desk.municipality_funds import fund_view
from jobcentre_desk.desk.municipality_targets import persons_to, target_of
from jobcentre_desk.desk.municipality_wording import group_title, period_words, published_number
from jobcentre_desk.desk.tile_map import tile_map
from jobcentre_desk.desk.traineeship_figures import COUNTS, TRAINEESHIPS, traineeship_figures
from jobcentre_desk.desk.wording import Sentence, state_sentence
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.measures import Figure, Measure, Polarity
from jobcentre_desk.model.municipalities import MeasureView, Target
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.pages import MeasureStanding
from jobcentre_desk.statistics.disclosure import is_small
from jobcentre_desk.text import both, count
from jobcentre_desk.text import translate as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A measure with its values of one benefit group and one period, those of municipalities and the country by code.

    `every` are all values of the group, of all periods and kinds of area.
    """

    measure: Measure
    group: str
    period: str
    groups: tuple[str, ...]
    periods: tuple[str, ...]
    every: tuple[Figure, ...]
    values: Mapping[str, Figure]


def measure_figures(figures: Figures, measure: str) -> tuple[Figure, ...]:
    """All values of a measure as they are shown, or counted from the outcomes; kept for the next municipality."""

    def read() -> tuple[Figure, ...]:
        found = tuple(figures_of(figures.snapshot, measure, order=figures.order))
        return found or traineeship_figures(figures, measure)

    kept: tuple[Figure, ...] = figures.remembered(("measure", measure), read)
    return kept


def choose_measure(
    figures: Figures, definitions: Mapping[str, Measure], measure: str, *, group: str, period: str, least: int = 0
) -> Chosen:
    """The values asked for; a group or period the measure does not have gives way to all groups, the latest period.

    `least` is the smallest count that may be told (0 = on the screen: all); a value made of smaller ones is hidden.
    Raises InputRefused for a measure that nobody defines or that has no figures.
    """
    every = measure_figures(figures, measure) if measure in definitions else ()
    if not every:
        raise InputRefused(
            _("There is no measure {measure} with figures.").format(measure=measure),
            _("Choose another one; 'jobcentre-desk measures' lists them all."),
            error_id="unknown_code",
        )
    groups = tuple(sorted({figure.group for figure in every}, key=_group_place))
    settled_group = group if group in groups else groups[0]
    own = tuple(_told(figure, least) for figure in every if figure.group == settled_group)
    periods = tuple(sorted({figure.period for figure in own}, key=period_order))
    settled_period = period if period in periods else periods[-1]
    return Chosen(
        measure=definitions[measure],
        group=settled_group,
        period=settled_period,
        groups=groups,
        periods=periods,
        every=own,
        values={figure.area: figure for figure in own if figure.period == settled_period},
    )


def _group_place(group: str) -> tuple[bool, int, str]:
    """All groups first, then those of y30r21 in their order, then others by code."""
    return group != "", GROUPS.index(group) if group in GROUPS else len(GROUPS), group


def _told(figure: Figure, least: int) -> Figure:
    """The figure, hidden where a count it was made of, or the rest of that count, lies in 1 .. least - 1."""
    if figure.denominator is not None and figure.numerator is not None:
        few = 1 <= figure.denominator < least
        small = few or bool(is_small(figure.numerator, figure.denominator, least))
    else:
        small = figure.measure in COUNTS and figure.value is not None and 1 <= int(figure.value) < least
    return replace(figure, value=None, numerator=None, denominator=None, state=State.HIDDEN) if small else figure


def measure_view(
    figures: Figures, published: MunicipalityFigures, question: Question, chosen: Chosen, peers: Sequence[str]
) -> tuple[MeasureView, MeasureStanding]:
    """The chosen measure of the municipality of `question`, and its standing; `published` has the row of y30r21."""
    measure, code = chosen.measure, question.code
    standing = _standing(published, question, chosen, peers)
    row = published.expected.row(code, chosen.period, chosen.group or "all")
    target = target_of(measure, chosen.values, published.areas, own=code, peers=peers, row=row)
    sentence = view_sentence(published, standing, chosen, code, peers)
    gap = _gap(chosen, standing, persons_of_middle(published, chosen, standing, code))
    name = both(measure.name_da, measure.name_en) or measure.id
    invented = standing.source in published.invented
    return MeasureView(
        id=measure.id,
        name=name,
        unit=measure.unit,
        period=chosen.period,
        group=chosen.group,
        groups=tuple((group, _group_words(figures, group)) for group in chosen.groups),
        periods=tuple((period, period_words(period)) for period in reversed(chosen.periods)),
        sentence=sentence.text,
        sentence_strong=sentence.strong,
        gap_text=gap.text,
        gap_line=gap.strong,
        tiles=tile_map(
            chosen.values,
            published.areas,
            own=code,
            peers=peers,
            title=_map_title(name, measure),
            unit=measure.unit,
            polarity=measure.polarity,
        ),
        strips=drawn_strip(published.areas, chosen, question, peers),
        history=drawn_history(chosen, code, peers, breaks=standing.breaks),
        facts=_facts(chosen, standing, target),
        target=target,
        definition=definition_of(figures, measure.id, source=standing.source),
        demonstration=invented,
        source_line=_source_line(standing.source, counted=measure.id in TRAINEESHIPS, invented=invented),
        funds=fund_view(chosen.values, published.areas, measure),
    ), standing


def view_sentence(
    published: MunicipalityFigures, standing: MeasureStanding, chosen: Chosen, code: str, peers: Sequence[str]
) -> Sentence:
    """Own figure beside peers and country, its uncertainty and place, and that all peers lie on one side."""
    unit, signed = chosen.measure.unit, _signed(chosen)
    name, period = area_name(published.areas[code]), period_words(chosen.period)
    title = both(chosen.measure.name_da, chosen.measure.name_en) or chosen.measure.id
    if standing.value is None:
        loaded = standing.state is not State.NOT_LOADED
        why = state_sentence(standing.state) if loaded else words.not_loaded_sentence()
        return Sentence(words.no_figure_sentence(name, title, why=why, period=period))
    first = words.measure_sentence(
        name,
        title,
        value_words.value_text(standing.value, unit, signed=signed),
        period=period,
        middle=value_words.value_text(standing.peers_median, unit, signed=signed) if standing.peers_median else "",
        country=value_words.value_text(standing.country, unit, signed=signed) if standing.country else "",
    )
    low, high = interval_words(standing)
    own = Decimal(standing.value)
    beside = [Decimal(v) for p in peers if (f := chosen.values.get(p)) is not None and (v := f.value) is not None]
    lower, higher = sum(value < own for value in beside), sum(value > own for value in beside)
    parts = [
        first.text,
        words.uncertainty_sentence(low, high),
        words.place_sentence(standing.place_low, standing.place_high, _counted(chosen, published)),
        words.sides_sentence(name, lower, higher) if lower + higher == len(beside) else "",
        "" if peers else words.no_peers_sentence(),
    ]
    return Sentence(" ".join(part for part in parts if part), first.strong)


def interval_words(standing: MeasureStanding) -> tuple[str, str]:
    """The limits of a share in percent as words; empty where the counts behind it are not published."""
    if standing.low is None or standing.high is None:
        return "", ""
    return published_number(f"{standing.low:.1f}"), value_words.value_text(f"{standing.high:.1f}", value_words.PERCENT)


def persons_of_middle(
    published: MunicipalityFigures, chosen: Chosen, standing: MeasureStanding, code: str
) -> int | None:
    """Persons a year to the middle of the peers on the wanted side; None without judgement or without counts."""
    if standing.peers_median is None or chosen.measure.polarity is Polarity.NO_JUDGEMENT:
        return None
    row = published.expected.row(code, chosen.period, chosen.group or "all")
    return persons_to(chosen.measure, chosen.values.get(code), row, level=Decimal(standing.peers_median))


def _standing(
    published: MunicipalityFigures, question: Question, chosen: Chosen, peers: Sequence[str]
) -> MeasureStanding:
    """The standing of the measure in the period settled, by the rule of every measure."""
    asked = Question(
        code=question.code,
        period=chosen.period,
        expected_period=question.expected_period,
        group=chosen.group or "all",
        peers_by=question.peers_by,
    )
    own = MunicipalityFigures(
        published.areas,
        published.measures,
        {chosen.measure.id: chosen.every},
        published.expected,
        published.expected_source,
        published.others,
        breaks=published.breaks,
        invented=published.invented,
    )
    return standing_of(own, chosen.measure.id, asked, peers)


def _gap(chosen: Chosen, standing: MeasureStanding, persons: int | None) -> Sentence:
    if persons is not None:
        return words.gap_persons(persons, wants_more=chosen.measure.polarity is Polarity.HIGH_IS_GOOD)
    share = chosen.measure.unit in (value_words.PERCENT, value_words.POINTS)
    if not share or standing.value is None or standing.peers_median is None or standing.state is not State.KNOWN:
        return Sentence("")
    difference = Decimal(standing.value) - Decimal(standing.peers_median)
    return words.gap_in_units(value_words.value_text(difference, value_words.POINTS, signed=True))


def _facts(chosen: Chosen, standing: MeasureStanding, target: Target | None) -> TableOf:
    """The standing as a table: own, peers, country, leading, uncertainty, place, and what peers reach."""
    unit, signed = chosen.measure.unit, _signed(chosen)

    def told(digits: str | None) -> str:
        return value_words.value_text(digits, unit, signed=signed)

    low, high = interval_words(standing)
    rows = [
        (_("Own figure"), told(standing.value), "" if standing.n is None else _("of {n}").format(n=count(standing.n))),
        (_("Middle of the peers"), told(standing.peers_median), ""),
        (_("The whole country"), told(standing.country), ""),
    ]
    if standing.leading is not None:
        rows.append((_("Leading among the peers"), told(standing.leading[0]), standing.leading[2]))
    if low:
        rows.append((_("Uncertainty (95 %)"), f"{low}–{high}", ""))
    if standing.place_low is not None and standing.place_high is not None:
        rows.append((_("True place, probably"), f"{standing.place_low}–{standing.place_high}", ""))
    if target is not None:
        rows += [
            (_("What peers reach"), told(target.value), _persons_note(target.persons)),
            (_("The modest level"), told(target.modest), _persons_note(target.modest_persons)),
        ]
    return TableOf(header=(_("What"), _("Figure"), _("Note")), rows=tuple(rows), numeric=(False, True, False))


def _persons_note(persons: int | None) -> str:
    return "" if persons is None else _("≈ {n} persons a year").format(n=count(persons))


def _group_words(figures: Figures, group: str) -> str:
    if not group:
        return group_title("all")
    known = group_title(group)
    codes = figures.codes.benefit_groups
    if known == group and group in codes:
        return both(codes[group].title_da, codes[group].title_en)
    return known


def _map_title(name: str, measure: Measure) -> str:
    unit = value_words.title_unit(measure.unit)
    return f"{name}, {unit}" if unit else name


def _source_line(source: str, *, counted: bool, invented: bool) -> str:
    if counted:
        line = _("Counted from the outcomes of {source} by the municipality of the workplace.").format(source=source)
    else:
        line = _("Source: {source}.").format(source=source)
    return f"{line} {_('Demonstration figures: everything in them is invented.')}" if invented else line


def _counted(chosen: Chosen, published: MunicipalityFigures) -> int:
    areas = published.areas
    return sum(
        figure.denominator is not None and code in areas and areas[code].kind is AreaKind.MUNICIPALITY
        for code, figure in chosen.values.items()
    )


def _signed(chosen: Chosen) -> bool:
    return chosen.measure.unit == value_words.POINTS or chosen.measure.id in (
        f"{TABLE}.difference",
        f"{TABLE}.persons_difference",
    )
