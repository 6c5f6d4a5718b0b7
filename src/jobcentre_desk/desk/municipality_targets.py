"""What peers reach, as a level to aim at and a modest one, and the gap to them in persons a year.

Where the counts behind a share are published: the Achievable Benchmark of Care among the peers (Kiefe et al. 1998);
else the quartile on the wanted side. The modest level is the peers' median. Only shares and differences of shares are
compared: a number of persons says how large a municipality is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from jobcentre_desk.desk import measure_wording as words
from jobcentre_desk.desk.expected import ROUNDED_TO, TABLE, ExpectedRow, median
from jobcentre_desk.desk.value_words import PERCENT, POINTS, value_text
from jobcentre_desk.model.areas import Area
from jobcentre_desk.model.measures import Figure, Measure, Polarity
from jobcentre_desk.model.municipalities import Target
from jobcentre_desk.statistics.targets import achievable_benchmark, favourable_quartile
from jobcentre_desk.text import both

LEAST_PEERS = 2
_WITHOUT = (f"{TABLE}.expected_share", f"{TABLE}.expected_persons", f"{TABLE}.rank")
_SHARES = (f"{TABLE}.difference", f"{TABLE}.actual_share")
_DIGITS = Decimal("0.01")


def target_of(
    measure: Measure,
    values: Mapping[str, Figure],
    areas: Mapping[str, Area],
    *,
    own: str,
    peers: Sequence[str],
    row: ExpectedRow,
) -> Target | None:
    """The level peers reach in a measure; `values` by code in one period, `row` the municipality's row of y30r21.

    None without judgement, for numbers of persons, and with fewer than two peers.
    """
    beside = [values[code] for code in peers if code in values and values[code].value is not None]
    judged = measure.polarity is not Polarity.NO_JUDGEMENT and measure.unit in (PERCENT, POINTS)
    if not judged or measure.id in _WITHOUT or len(beside) < LEAST_PEERS:
        return None
    high = measure.polarity is Polarity.HIGH_IS_GOOD
    level, reached_by = _level(beside, high_is_good=high)
    modest = median(Decimal(figure.value or 0) for figure in beside)
    assert modest is not None
    figure = values.get(own)
    persons = [persons_to(measure, figure, row, level=each) for each in (level, modest)]
    names = tuple(both(areas[code].name_da, areas[code].name_en) for code in reached_by)
    signed = measure.unit == POINTS
    return Target(
        value=str(level),
        modest=str(modest),
        persons=persons[0],
        modest_persons=persons[1],
        reached_by=names,
        sentence=words.target_sentence(
            value_text(level, measure.unit, signed=signed),
            value_text(modest, measure.unit, signed=signed),
            names=names,
            high_is_good=high,
            reached=_is_reached(figure, level, high_is_good=high),
        ),
    )


def persons_to(measure: Measure, figure: Figure | None, row: ExpectedRow, *, level: Decimal) -> int | None:
    """Persons a year between a municipality and a level on the wanted side; 0 where it is there already.

    From the counts behind the share, or for y30r21 from the published expected persons, rounded to 10; else None.
    """
    if figure is None or figure.value is None:
        return None
    gap = Decimal(figure.value) - level
    if measure.polarity is Polarity.HIGH_IS_GOOD:
        gap = -gap
    if figure.denominator:
        return max(0, round(gap * figure.denominator / 100))
    if measure.id in _SHARES and row.expected_share and row.expected_persons is not None:
        tens = (gap * row.expected_persons / row.expected_share / ROUNDED_TO).to_integral_value("ROUND_HALF_UP")
        return max(0, int(tens) * ROUNDED_TO)
    return None


def _level(beside: Sequence[Figure], *, high_is_good: bool) -> tuple[Decimal, tuple[str, ...]]:
    """The benchmark with who reached it, or the quartile on the wanted side."""
    if all(figure.numerator is not None and figure.denominator for figure in beside):
        n = [figure.denominator or 0 for figure in beside]
        x = [figure.numerator or 0 for figure in beside]
        wanted = x if high_is_good else [cases - hits for hits, cases in zip(x, n, strict=True)]
        found = achievable_benchmark(wanted, n)
        if found is not None:
            rate = found.rate if high_is_good else 1 - found.rate
            return _rounded(rate * 100), tuple(beside[place].area for place in found.units)
    values = [float(figure.value or 0) for figure in beside]
    return _rounded(favourable_quartile(values, high_is_good=high_is_good)), ()


def _is_reached(figure: Figure | None, level: Decimal, *, high_is_good: bool) -> bool:
    if figure is None or figure.value is None:
        return False
    value = Decimal(figure.value)
    return value >= level if high_is_good else value <= level


def _rounded(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(_DIGITS)
