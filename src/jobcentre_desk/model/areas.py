"""Areas: the country, regions, municipalities and unemployment-insurance funds, by Statistics Denmark's codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

COUNTRY = "000"


class AreaKind(StrEnum):
    """What kind of area or unit a code stands for."""

    COUNTRY = "country"
    REGION = "region"
    MUNICIPALITY = "municipality"
    FUND = "fund"


@dataclass(frozen=True, slots=True)
class Area:
    """One area; `neighbours` are codes of municipalities, `tile_*` its place on the tile map (None = not on it)."""

    code: str
    kind: AreaKind
    name_da: str
    name_en: str
    parent: str = ""
    peer_group: str = ""
    tile_column: int | None = None
    tile_row: int | None = None
    neighbours: tuple[str, ...] = ()
