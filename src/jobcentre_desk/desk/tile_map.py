"""The map of municipalities as tiles of the same size: five classes with named cuts, own tile and peers marked.

Values on both sides of 0 are classed by how far they lie from it, so that both sides read alike: two fifths of the
municipalities lie within the inner cut, four fifths within the outer one. Other values are parted into fifths. Cuts are
published values, never rounded. Where the measure has no judgement the map tells high from low and wants neither.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jobcentre_desk.desk import value_words
from jobcentre_desk.desk.municipality_wording import published_number
from jobcentre_desk.desk.tile_letters import tile_letters
from jobcentre_desk.desk.wording import state_word
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.comparison_charts import Tile, TileMap
from jobcentre_desk.model.measures import Figure, Polarity
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

CLASSES = 5
_INNER, _OUTER = 0.4, 0.8
_WANTED = {Polarity.HIGH_IS_GOOD: 1, Polarity.LOW_IS_GOOD: -1, Polarity.NO_JUDGEMENT: 0}


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the classes part: for `signed` values the two distances from 0, else the four values between fifths."""

    at: tuple[Decimal, ...]
    signed: bool

    @classmethod
    def of(cls, values: Sequence[Decimal]) -> Cuts:
        """The cuts of these values; none where there are no values."""
        if not values:
            return cls((), signed=False)
        if value_words.is_signed(values):
            distances = sorted(abs(value) for value in values)
            return cls((_ordered(distances, _INNER), _ordered(distances, _OUTER)), signed=True)
        ordered = sorted(values)
        return cls(tuple(_ordered(ordered, fifth / CLASSES) for fifth in range(1, CLASSES)), signed=False)

    def step(self, value: Decimal) -> int:
        """The class of a value, -2 .. 2."""
        if self.signed:
            distance = sum(abs(value) >= cut for cut in self.at if cut > 0)
            return distance if value > 0 else -distance
        return sum(value >= cut for cut in self.at) - 2

    def names(self) -> tuple[str, ...]:
        """The five classes in words, from the lowest values up; "" for one that no value can fall in."""
        if not self.at:
            return ("",) * CLASSES
        at = (-self.at[1], -self.at[0], *self.at) if self.signed else self.at
        texts = [published_number(cut, signed=self.signed) for cut in at]
        inner = [
            _("{low} to {high}").format(low=low, high=high) if a != b else ""
            for (a, low), (b, high) in zip(
                zip(at[:-1], texts[:-1], strict=True), zip(at[1:], texts[1:], strict=True), strict=True
            )
        ]
        lowest = _("{value} and lower") if self.signed else _("under {value}")
        return (lowest.format(value=texts[0]), *inner, _("{value} and higher").format(value=texts[-1]))


def tile_map(
    values: Mapping[str, Figure],
    areas: Mapping[str, Area],
    *,
    own: str,
    peers: Collection[str],
    title: str,
    unit: str,
    polarity: Polarity,
) -> TileMap:
    """The map of one measure, period and group; `values` by code, what is missing there is not reported.

    Only municipalities with a place on the map are on it; the table holds the others too.
    """
    known = {code: Decimal(figure.value) for code, figure in values.items() if figure.value is not None}
    places = {code: area for code, area in areas.items() if area.kind is AreaKind.MUNICIPALITY}
    shown = [value for code, value in known.items() if code in places]
    cuts, signed = Cuts.of(shown), value_words.is_signed(shown)
    thousands = value_words.in_thousands(shown)
    letters = tile_letters(places.values())
    nothing = State.NOT_REPORTED if shown or any(code in places for code in values) else State.NOT_LOADED
    tiles = tuple(
        _tile(
            area,
            values.get(area.code),
            cuts=cuts,
            letters=letters[area.code],
            words=(signed, thousands),
            marked=(area.code == own, area.code in peers),
            nothing=nothing,
        )
        for area in _on_the_map(places.values())
    )
    names, counted = cuts.names(), any(figure.denominator is not None for figure in values.values())
    notes = _notes(thousands=thousands, counted=counted)
    return TileMap(
        title=title,
        sentence=_sentence(cuts, unit, known=len(shown), of=len(places), notes=notes),
        tiles=tiles,
        classes=names,
        wanted=_WANTED[polarity],
        table=_table(
            places, values, cuts=cuts, names=names, unit=unit, marked=(own, frozenset(peers)), nothing=nothing
        ),
    )


def _on_the_map(places: Collection[Area]) -> list[Area]:
    """The municipalities that have a place on the map, row by row."""
    placed = [area for area in places if area.tile_column is not None and area.tile_row is not None]
    return sorted(placed, key=lambda area: (area.tile_row or 0, area.tile_column or 0))


def _tile(
    area: Area,
    figure: Figure | None,
    *,
    cuts: Cuts,
    letters: str,
    words: tuple[bool, bool],
    marked: tuple[bool, bool],
    nothing: State,
) -> Tile:
    assert area.tile_column is not None
    assert area.tile_row is not None
    signed, thousands = words
    known = figure is not None and figure.value is not None
    digits = figure.value if figure is not None else None
    return Tile(
        code=area.code,
        name=both(area.name_da, area.name_en),
        column=area.tile_column,
        row=area.tile_row,
        letters=letters,
        text=value_words.tile_text(digits, signed=signed, thousands=thousands) if digits is not None else "",
        step=cuts.step(Decimal(digits)) if digits is not None else None,
        state=State.KNOWN if known else blank_state(figure, nothing),
        own=marked[0],
        peer=marked[1],
    )


def blank_state(figure: Figure | None, nothing: State = State.NOT_REPORTED) -> State:
    """Why a value is not there: as its source says; without a row not reported, or (`nothing`) not loaded at all."""
    if figure is None:
        return nothing
    return State.NOT_REPORTED if figure.state is State.KNOWN and figure.value is None else figure.state


def _notes(*, thousands: bool, counted: bool) -> list[str]:
    """What a reader of the map must know besides: its unit, and that colours say nothing about chance."""
    told = [_("The tiles show thousands.")] if thousands else []
    if counted:
        told.append(_("A colour shows the class, not that a difference is more than chance."))
    return told


def _sentence(cuts: Cuts, unit: str, *, known: int, of: int, notes: Sequence[str]) -> str:
    if not known:
        return _("No municipality has a figure in the period.")
    texts = [published_number(cut) for cut in dict.fromkeys(cuts.at)]
    listed = _("{first} and {last}").format(first=", ".join(texts[:-1]), last=texts[-1]) if texts[1:] else texts[0]
    words = value_words.title_unit(unit)
    if cuts.signed:
        first = _("One tile for each municipality, all the same size. Cuts {cuts} {unit} to either side of 0.")
    else:
        first = _("One tile for each municipality, all the same size. Cuts at {cuts} {unit}.")
    parts = [first.format(cuts=listed, unit=words).replace(" .", "."), *notes]
    if known < of:
        parts.append(_("{known} of {of} have a figure.").format(known=known, of=of))
    return " ".join(parts)


def _table(
    places: Mapping[str, Area],
    values: Mapping[str, Figure],
    *,
    cuts: Cuts,
    names: Sequence[str],
    unit: str,
    marked: tuple[str, frozenset[str]],
    nothing: State,
) -> TableOf:
    """Every municipality by name with its figure and class, or why there is none."""
    own, peers = marked
    rows = []
    for area in sorted(places.values(), key=lambda area: both(area.name_da, area.name_en)):
        figure = values.get(area.code)
        mark = _("own") if area.code == own else _("peer") if area.code in peers else ""
        if figure is None or figure.value is None:
            cells = (state_word(blank_state(figure, nothing)), "")
        else:
            value = Decimal(figure.value)
            cells = (value_words.value_text(value, unit, signed=cuts.signed), names[cuts.step(value) + 2])
        rows.append((both(area.name_da, area.name_en), *cells, mark))
    return TableOf(
        header=(_("Municipality"), _("Figure"), _("Class"), _("Marked")),
        rows=tuple(rows),
        numeric=(False, True, False, False),
    )


def _ordered(ordered: Sequence[Decimal], share: float) -> Decimal:
    """The value at a share of an ascending list: one of the values, so that a cut is a published figure."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
