"""Which measures a municipality can be compared on: those with figures of municipalities, by table and source."""

from __future__ import annotations

from jobcentre_desk.cache.figures import measures as read_measures
from jobcentre_desk.cache.figures import measures_of_kind
from jobcentre_desk.cache.revisions import release_calendar
from jobcentre_desk.desk.expected import TABLE
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.traineeship_figures import TRAINEESHIPS
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.municipalities import MeasureOffer
from jobcentre_desk.text import both, language
from jobcentre_desk.text import translate as _

START = f"{TABLE}.difference"
"""The measure the page opens with."""
_RANK = f"{TABLE}.rank"


def measure_offers(figures: Figures) -> tuple[MeasureOffer, ...]:
    """Every measure with figures of municipalities, or of funds alone: y30r21 first, then by table and name."""
    offers: tuple[MeasureOffer, ...] = figures.kept(("measures to choose", language()), lambda: _offers(figures))
    return offers


def start_measure(figures: Figures) -> str:
    """The measure the page opens with: the difference of y30r21, else the first there is, "" for none."""
    ids = [offer.id for offer in measure_offers(figures)]
    return START if START in ids else next(iter(ids), "")


def _offers(figures: Figures) -> tuple[MeasureOffer, ...]:
    snapshot, order = figures.snapshot, figures.order
    published = {
        **measures_of_kind(snapshot, AreaKind.FUND, order=order),
        **measures_of_kind(snapshot, AreaKind.MUNICIPALITY, order=order),
    }
    if figures.outcome_source is not None and figures.known_through is not None and figures.outcome_window == 1:
        published |= {measure: figures.outcome_source.name for measure in TRAINEESHIPS if measure not in published}
    titles = {(entry.source, entry.table.lower()): entry.title for entry in release_calendar(snapshot)}
    found = [
        MeasureOffer(
            id=measure.id,
            name=both(measure.name_da, measure.name_en) or measure.id,
            group=_group(measure.id, published[measure.id], titles),
            source=published[measure.id],
        )
        for measure in read_measures(snapshot, order=order)
        if measure.id in published and measure.id != _RANK
    ]
    return tuple(sorted(found, key=_place))


def _group(measure: str, source: str, titles: dict[tuple[str, str], str]) -> str:
    """The table a measure belongs to with its source: "Expected and actual share (y30r21) · star"."""
    table = measure.partition(".")[0]
    if table == TABLE:
        words = _("Expected and actual (y30r21)")
    elif table == "traineeship":
        words = _("Traineeships, by the municipality of the workplace")
    else:
        title = titles.get((source, table), "")
        words = f"{title} ({table})" if title and title.lower() != table else table
    return f"{words} · {source}"


def _place(offer: MeasureOffer) -> tuple[bool, bool, str, str, str]:
    start, traineeship = offer.id.startswith(f"{TABLE}."), offer.id.startswith("traineeship.")
    return (not start, not traineeship, offer.group.casefold(), offer.name.casefold(), offer.id)
