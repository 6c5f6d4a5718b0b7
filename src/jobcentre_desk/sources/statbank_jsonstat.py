"""JSON-stat 1.x as StatBank answers it: a `dataset` with its values in one long row, counted through its sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from jobcentre_desk import text
from jobcentre_desk.sources.service_faults import ServiceRefused
from jobcentre_desk.sources.statbank_tables import fault_told
from jobcentre_desk.text import translate as _

VALUE_COLUMN = "value"
MOST_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: its code, its name, and the codes and labels of its categories in the order of the values."""

    id: str
    name: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JsonStat:
    """An answer: `values` by position (None = null), `statuses` by position, `metric` the dimensions of contents."""

    dimensions: tuple[Dimension, ...]
    metric: frozenset[str]
    values: Mapping[int, str | None]
    statuses: Mapping[int, str]

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many categories each dimension has."""
        return tuple(len(dimension.codes) for dimension in self.dimensions)

    def cells(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Each position in the row of values, with the place of its category in every dimension."""
        sizes = self.sizes
        for position in range(prod(sizes)):
            yield position, places(position, sizes)


def places(position: int, sizes: Sequence[int]) -> tuple[int, ...]:
    """The place in every dimension of the value at `position`; the last dimension runs fastest."""
    found = []
    for size in reversed(sizes):
        position, place = divmod(position, size)
        found.append(place)
    return tuple(reversed(found))


def read_json_stat(told: object) -> JsonStat:
    """A parsed body as JSON-stat; ServiceRefused where it is none, or where its parts contradict each other."""
    if isinstance(told, Mapping) and "errorTypeCode" in told:
        raise fault_told(told)
    try:
        return _read(told)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise ServiceRefused(
            _("StatBank's answer is not in the form JSON-stat: {cause}.").format(cause=text.clean(str(error))),
            _("Try again later; the figures you have stay in use."),
        ) from error


def _read(told: Any) -> JsonStat:
    dataset = told["dataset"]
    described = dataset["dimension"]
    ids = [str(name) for name in described["id"]]
    dimensions = tuple(_dimension(name, described[name]) for name in ids)
    sizes = [int(size) for size in described["size"]]
    if sizes != [len(dimension.codes) for dimension in dimensions]:
        raise ValueError(_("its sizes do not fit its categories"))
    if not 0 < prod(sizes) <= MOST_CELLS:
        raise ValueError(_("it has no values, or too many"))
    metric = frozenset((described.get("role") or {}).get("metric") or ())
    values, statuses = dataset["value"], dataset.get("status") or {}
    return JsonStat(dimensions, metric, _values(values, prod(sizes)), _by_position(statuses, prod(sizes)))


def _dimension(name: str, described: Mapping[str, Any]) -> Dimension:
    category = described["category"]
    labels = category.get("label") or {}
    index = category.get("index")
    codes = _codes(labels if index is None else index)
    label = text.clean(str(described.get("label") or name))
    return Dimension(text.clean(name), label, codes, tuple(text.clean(str(labels.get(code, code))) for code in codes))


def _codes(index: Mapping[str, Any] | Sequence[Any]) -> tuple[str, ...]:
    if not isinstance(index, Mapping):
        return tuple(str(code) for code in index)
    if not index or all(not str(place).isdigit() for place in index.values()):
        return tuple(index)
    placed = {int(place): code for code, place in index.items()}
    return tuple(placed[place] for place in range(len(index)))


def _values(told: Any, cells: int) -> dict[int, str | None]:
    if isinstance(told, list) and len(told) != cells:
        raise ValueError(_("it has {values} values for {cells} cells").format(values=len(told), cells=cells))
    found = _by_position(told, cells)
    return {position: None if value is None else str(value) for position, value in found.items()}


def _by_position(told: Any, cells: int) -> dict[int, Any]:
    """Values or statuses by position, given as a list, as an object of positions, or as one for all."""
    if isinstance(told, str):
        return dict.fromkeys(range(cells), told)
    pairs = enumerate(told) if isinstance(told, list) else ((int(place), value) for place, value in told.items())
    found = dict(pairs)
    if any(not 0 <= position < cells for position in found):
        raise ValueError(_("it has values outside its cells"))
    return found
