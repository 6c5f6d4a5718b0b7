"""Unemployment-insurance funds as units of their own: those a measure is published for, on one scale and as a list."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from jobcentre_desk.desk import measure_wording as words
from jobcentre_desk.desk import value_words
from jobcentre_desk.desk.measure_charts import strip_of
from jobcentre_desk.desk.tile_map import blank_state
from jobcentre_desk.desk.wording import state_word
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.measures import Figure, Measure
from jobcentre_desk.model.municipalities import FundView
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _


def fund_view(values: Mapping[str, Figure], areas: Mapping[str, Area], measure: Measure) -> FundView | None:
    """The funds of one measure and period; None where it is published for none."""
    funds = sorted(code for code in values if code in areas and areas[code].kind is AreaKind.FUND)
    if not funds:
        return None
    known = {code: Decimal(v) for code in funds if (v := values[code].value) is not None}
    signed = value_words.is_signed(list(known.values()))
    ends = [value_words.value_text(end, measure.unit, signed=signed) for end in _ends(known)]
    title = both(measure.name_da, measure.name_en) or measure.id
    return FundView(
        sentence=words.fund_sentence(title, len(funds), lowest=ends[0], highest=ends[1]),
        strip=strip_of(
            values, areas, codes=funds, own="", peers=(), unit=measure.unit, title=_("The funds"), label=_("Funds")
        ),
        table=TableOf(
            header=(_("Fund"), _("Figure")),
            rows=tuple(
                (
                    both(areas[code].name_da, areas[code].name_en),
                    value_words.value_text(known[code], measure.unit, signed=signed)
                    if code in known
                    else state_word(blank_state(values[code])),
                )
                for code in sorted(funds, key=lambda code: (code not in known, -known.get(code, Decimal(0)), code))
            ),
            numeric=(False, True),
        ),
    )


def _ends(known: Mapping[str, Decimal]) -> tuple[Decimal | None, Decimal | None]:
    return (min(known.values()), max(known.values())) if known else (None, None)
