"""A municipality beside its peers: published measures, expected against actual, and who the peers are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jobcentre_desk.desk.background import read_background
from jobcentre_desk.desk.expected import (
    GROUPS,
    MEASURES,
    median,
    peers_by_distance,
    peers_by_share,
    period_order,
)
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures, read_municipality_figures
from jobcentre_desk.desk.municipality_places import place_of
from jobcentre_desk.desk.municipality_wording import official_note
from jobcentre_desk.desk.other_sources import (
    breaks_of,
    latest_period,
    of_group,
    other_expected,
    other_figures,
)
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.areas import COUNTRY, Area, AreaKind
from jobcentre_desk.model.measures import Figure, Polarity
from jobcentre_desk.model.municipalities import NO_CHOICE, PeerChoice
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.pages import ExpectedAndActual, MeasureStanding, MunicipalityComparison, Peer
from jobcentre_desk.statistics.proportions import wilson
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

PEERS_BY = ("expected", "distance", "statbank_group", "own")
PEER_COUNT = 5
NO_LEADER = "y30r21.expected_share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked about a municipality, with its period settled.

    `expected_period` is that period where y30r21 has it, else its latest: other measures may be monthly. With
    `latest` no period was asked for: a measure without figures of `period` is shown in its own latest. `choice` holds
    the variables of the distance and the own group.
    """

    code: str
    period: str
    expected_period: str
    group: str
    peers_by: str
    latest: bool = False
    choice: PeerChoice = NO_CHOICE


def compare_municipality(
    figures: Figures,
    code: str,
    *,
    measures: Sequence[str] = (),
    peers: str = "expected",
    period: str | None = None,
    group: str = "all",
    source: str = "",
    choice: PeerChoice = NO_CHOICE,
) -> MunicipalityComparison:
    """A municipality beside five peers and the country; latest period and all benefit groups unless asked otherwise.

    With `source` only figures of the source so named are shown. Raises InputRefused for a code, measure, period,
    group, source or kind of peers that does not exist.
    """
    published = read_municipality_figures(figures, measures, source=source)
    question = settle(published, code, period=period, group=group, peers=peers, choice=choice)
    return compare(with_background(figures, published, question), question)


def with_background(figures: Figures, published: MunicipalityFigures, question: Question) -> MunicipalityFigures:
    """The figures with what peers by distance are found with, where they are asked for."""
    if question.peers_by != "distance":
        return published
    found = read_background(
        figures,
        published.expected,
        published.measures,
        chosen=question.choice.variables,
        period=question.expected_period,
    )
    return replace(published, background=found)


def settle(
    published: MunicipalityFigures,
    code: str,
    *,
    period: str | None,
    group: str,
    peers: str,
    choice: PeerChoice = NO_CHOICE,
) -> Question:
    """Check what was asked against what is published; the latest period stands in for None."""
    _refuse_unknown(published, code, group=group, peers=peers, choice=choice)
    settled = _settled_period(published, period)
    in_table = published.expected.periods
    expected_period = settled if settled in in_table else in_table[-1] if in_table else settled
    return Question(
        code=code,
        period=settled,
        expected_period=expected_period,
        group=group,
        peers_by=peers,
        latest=period is None,
        choice=choice,
    )


def _refuse_unknown(published: MunicipalityFigures, code: str, *, group: str, peers: str, choice: PeerChoice) -> None:
    """Raise InputRefused for a municipality, a way to choose peers or a benefit group that does not exist."""
    area = published.areas.get(code)
    if area is None or area.kind is not AreaKind.MUNICIPALITY:
        raise InputRefused(
            _("{code} is not the code of a municipality.").format(code=code),
            _("Use one of the 98 codes of Statistics Denmark, such as 730 for Randers."),
            error_id="unknown_code",
        )
    if peers not in PEERS_BY:
        raise InputRefused(
            _("Peers cannot be chosen by {peers}.").format(peers=peers),
            _("Use one of: {choices}.").format(choices=", ".join(PEERS_BY)),
            error_id="unknown_code",
        )
    if peers == "own" and choice.own is None:
        raise InputRefused(
            _("There is no group of municipalities of your own."),
            _("Make one on the Municipality page: choose the municipalities and give the group a name."),
            error_id="unknown_code",
        )
    if group not in GROUPS:
        raise InputRefused(
            _("{group} is not a benefit group of y30r21.").format(group=group),
            _("Use one of: {choices}.").format(choices=", ".join(GROUPS)),
            error_id="unknown_code",
        )


def compare(published: MunicipalityFigures, question: Question) -> MunicipalityComparison:
    """The comparison itself, from published rows alone."""
    peers = find_peers(published, question)
    codes = [peer.code for peer in peers]
    standings = [standing_of(published, measure, question, codes) for measure in published.values]
    return MunicipalityComparison(
        area=published.areas[question.code],
        period=question.period,
        group=question.group,
        peers_by=question.peers_by,
        measures=tuple(standings),
        expected=_expected_and_actual(published, question),
        peers=peers,
    )


def find_peers(published: MunicipalityFigures, question: Question) -> tuple[Peer, ...]:
    """The peers, nearest first: five by expected share, by distance or within the group, or all of an own group."""
    table, code, period = published.expected, question.code, question.expected_period
    if question.peers_by == "distance":
        if published.background is None:
            nearest = peers_by_distance(table, code, period=period, count=PEER_COUNT)
        else:
            nearest = published.background.nearest(code, count=PEER_COUNT)
    elif question.peers_by == "own":
        nearest = _own_group(published, question)
    else:
        among = None if question.peers_by == "expected" else _same_group(published.areas, code)
        nearest = peers_by_share(table, code, period=period, group=question.group, among=among, count=PEER_COUNT)
    return tuple(_peer(published, question, peer, distance) for peer, distance in nearest)


def _own_group(published: MunicipalityFigures, question: Question) -> list[tuple[str, str]]:
    """All of an own group but the municipality itself, nearest on expected share first; then those without one."""
    own = question.choice.own
    codes = [c for c in (own.codes if own else ()) if c in published.areas and c != question.code]
    period, group = question.expected_period, question.group
    nearest = peers_by_share(
        published.expected, question.code, period=period, group=group, among=codes, count=len(codes)
    )
    known = {code for code, _distance in nearest}
    return [*nearest, *((code, "") for code in sorted(codes) if code not in known)]


def area_name(area: Area) -> str:
    """The name of an area in the language in use."""
    return both(area.name_da, area.name_en)


def _settled_period(published: MunicipalityFigures, period: str | None) -> str:
    """The period asked for, or the latest: of y30r21 when it is among the measures, else of those asked for."""
    known = published.expected.periods if any(measure in MEASURES for measure in published.values) else ()
    known = known or _all_periods(published)
    if not known:
        raise InputRefused(
            _("No figures of municipalities are loaded."),
            _("Add a source that publishes measures of municipalities, then sync."),
            error_id="no_figures",
        )
    if period is None:
        return known[-1]
    if period not in known and period not in _all_periods(published):
        raise InputRefused(
            _("No figures are published for the period {period}.").format(period=period),
            _("The latest is {period}.").format(period=known[-1]),
            error_id="unknown_period",
        )
    return period


def _all_periods(published: MunicipalityFigures) -> tuple[str, ...]:
    periods = {figure.period for values in published.values.values() for figure in values}
    return tuple(sorted(periods, key=period_order))


def _same_group(areas: Mapping[str, Area], code: str) -> list[str]:
    group = areas[code].peer_group
    return [area.code for area in areas.values() if area.peer_group == group and area.code != code and group]


def _peer(published: MunicipalityFigures, question: Question, code: str, distance: str) -> Peer:
    row = published.expected.row(code, question.expected_period, question.group)
    below, known = published.expected.periods_below(code, question.expected_period, question.group)
    return Peer(
        code=code,
        name=area_name(published.areas[code]),
        distance=distance,
        expected=_digits(row.expected_share),
        actual=_digits(row.actual_share),
        difference=_digits(row.difference),
        periods_better=below,
        periods_known=known,
    )


def _expected_and_actual(published: MunicipalityFigures, question: Question) -> ExpectedAndActual:
    row = published.expected.row(question.code, question.expected_period, question.group)
    period = question.expected_period
    return ExpectedAndActual(
        expected=_digits(row.expected_share),
        actual=_digits(row.actual_share),
        difference=_digits(row.difference),
        official_rank=row.rank,
        persons_difference=row.persons_difference,
        period=question.expected_period,
        group=question.group,
        official_note="" if row.rank is None else official_note(),
        source=published.expected_source,
        others=other_expected(
            published.other_expected,
            question.code,
            period=period,
            group=question.group,
            invented=published.invented,
        ),
        breaks=breaks_of(published.breaks, MEASURES, source=published.expected_source),
    )


def standing_of(
    published: MunicipalityFigures, measure_id: str, question: Question, peers: Sequence[str]
) -> MeasureStanding:
    """One measure of the municipality beside its peers, the country and the leading peer."""
    measure, group = published.measures.get(measure_id), question.group
    every = of_group(published.values[measure_id], group)
    period = latest_period(every, question.period) if question.latest else question.period
    values = {figure.area: figure for figure in every if figure.period == period}
    source = every[0].source if every else ""
    own = values.get(question.code)
    beside = [values[code] for code in peers if code in values and values[code].value is not None]
    low, high = interval_of(own)
    place = place_of(values, published.areas, question.code, polarity=measure.polarity if measure else None)
    return MeasureStanding(
        id=measure_id,
        name=both(measure.name_da, measure.name_en) if measure else measure_id,
        value=own.value if own else None,
        n=own.denominator if own else None,
        low=low,
        high=high,
        state=_state(own, values, published.areas),
        peers_median=_digits(median(Decimal(figure.value) for figure in beside if figure.value is not None)),
        country=values[COUNTRY].value if COUNTRY in values else None,
        leading=_leading(published, measure_id, beside),
        place_low=place[0] if place else None,
        place_high=place[1] if place else None,
        period=period,
        source=source,
        others=other_figures(
            of_group(published.others.get(measure_id, ()), group),
            question.code,
            period=period,
            invented=published.invented,
        ),
        breaks=breaks_of(published.breaks, (measure_id,), source=source),
    )


def _state(own: Figure | None, values: Mapping[str, Figure], areas: Mapping[str, Area]) -> State:
    """A missing value is not reported where another municipality has one, and not loaded where none has."""
    if own is not None:
        return own.state
    others = any(code in areas and areas[code].kind is AreaKind.MUNICIPALITY for code in values)
    return State.NOT_REPORTED if others else State.NOT_LOADED


def interval_of(own: Figure | None) -> tuple[float | None, float | None]:
    """Wilson's interval in percent, where the publication brings the counts behind a share."""
    if own is None or own.numerator is None or not own.denominator:
        return None, None
    low, high = wilson(own.numerator, own.denominator)
    return float(low) * 100, float(high) * 100


def _leading(published: MunicipalityFigures, measure_id: str, beside: Sequence[Figure]) -> tuple[str, str, str] | None:
    """The peer with the most favourable value as (value, code, name), ties by code; None without judgement."""
    measure = published.measures.get(measure_id)
    judged = measure is not None and measure.polarity is not Polarity.NO_JUDGEMENT
    if not judged or measure_id == NO_LEADER or not beside:
        return None
    assert measure is not None
    sign = -1 if measure.polarity is Polarity.HIGH_IS_GOOD else 1
    first = min(beside, key=lambda figure: (sign * Decimal(figure.value or 0), figure.area))
    return first.value or "", first.area, area_name(published.areas[first.area])


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
