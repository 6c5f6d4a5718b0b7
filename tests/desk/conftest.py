"""Published figures of municipalities: the recorded ones, and small invented ones."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from jobcentre_desk.desk.expected import MEASURES, PARTS
from jobcentre_desk.desk.municipality import MunicipalityFigures, gather
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.measures import Figure, Measure, Polarity
from jobcentre_desk.model.outcomes import State

_COLUMNS = {
    "expected_persons": "antal fuldtidspersoner på offentlig forsørgelse: Forventet antal",
    "actual_persons": "antal fuldtidspersoner på offentlig forsørgelse: Faktisk antal",
    "persons_difference": "antal fuldtidspersoner på offentlig forsørgelse: Forskel mellem forventet og faktisk antal",
    "expected_share": "andel fuldtidspersoner på offentlig forsørgelse: Forventet andel (pct.)",
    "actual_share": "andel fuldtidspersoner på offentlig forsørgelse: Faktisk andel (pct.)",
    "difference": "Forskel mellem forventet og faktisk andel (pct. point)",
    "rank": "Placering på benchmarkranglisten",
}
_GROUPS = {
    "Ydelsesgrupper i alt": "all",
    "A-dagpenge mv.": "unemployment_benefit",
    "Sygedagpenge mv.": "sickness_benefit",
    "Kontanthjælp mv.": "cash_benefit",
}
_LOW_IS_GOOD = ("actual_share", "difference", "actual_persons", "persons_difference")


def published(area: str, period: str, group: str, parts: Mapping[str, str | None]) -> list[Figure]:
    """One row of y30r21 as figures."""
    return [
        Figure(
            measure=f"y30r21.{part}",
            area=area,
            period=period,
            group=group,
            value=value,
            numerator=None,
            denominator=None,
            state=State.HIDDEN if value is None else State.KNOWN,
            source="star",
            release=1,
        )
        for part, value in parts.items()
    ]


def definitions() -> dict[str, Measure]:
    """The definitions of y30r21's measures, with empty texts."""
    texts = dict.fromkeys([name for name in Measure.__dataclass_fields__ if name not in ("id", "polarity")], "")
    judged = {part: Polarity.LOW_IS_GOOD if part in _LOW_IS_GOOD else Polarity.NO_JUDGEMENT for part in PARTS}
    return {
        f"y30r21.{part}": Measure(
            id=f"y30r21.{part}", polarity=judged[part], **{**texts, "name_en": part.replace("_", " ")}
        )
        for part in PARTS
    }


@pytest.fixture(scope="session")
def recorded(shared_folder: Path) -> MunicipalityFigures:
    """The recorded answer of y30r21: 98 municipalities, 6 periods, 4 benefit groups."""
    with (shared_folder / "data/classifications/derived_municipalities.csv").open(encoding="utf-8-sig") as file:
        areas = {
            row["kommunekode"]: Area(
                row["kommunekode"],
                AreaKind.MUNICIPALITY,
                row["navn"],
                row["navn"],
                peer_group=row["dst_kommunegruppe"],
            )
            for row in csv.DictReader(file)
        }
    codes = {area.name_da: code for code, area in areas.items()}
    figures: list[Figure] = []
    lines = (shared_folder / "data/jobindsats/y30r21_2020-2022.ndjson").read_text("utf-8").splitlines()
    for line in lines:
        row = json.loads(line)
        parts = {part: str(row[_column(row, name)]).replace(",", ".") for part, name in _COLUMNS.items()}
        figures += published(codes[row["Area"]], row["Periode"], _GROUPS[row["Ydelsesgrupper"]], parts)
    return gather(areas, definitions(), figures, wanted=MEASURES)


def _column(row: Mapping[str, object], name: str) -> str:
    return next(column for column in row if column.endswith(name))


Row = tuple[str, str, str, dict[str, str | None]]


@pytest.fixture
def small() -> Callable[..., MunicipalityFigures]:
    """Make figures of a few invented municipalities from rows (code, period, group, parts)."""

    def make(*rows: Row, country: Mapping[str, str] | None = None) -> MunicipalityFigures:
        codes = sorted({row[0] for row in rows})
        areas = {
            code: Area(
                code, AreaKind.MUNICIPALITY, f"By {code}", f"Town {code}", peer_group="A" if code < "300" else "B"
            )
            for code in codes
        }
        areas["081"] = Area("081", AreaKind.REGION, "Region", "Region")
        figures = [figure for row in rows for figure in published(*row)]
        if country:
            figures += published("000", rows[0][1], "all", country)
        return gather(areas, definitions(), figures, wanted=MEASURES)

    return make
