"""A real publication for tests: y30r21 as recorded (98 municipalities, 6 periods, 4 groups), through `publish`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jobcentre_desk.model.publication import TABLE_COLUMNS, Publication
from jobcentre_desk.publishing import trust
from jobcentre_desk.publishing.code_lists import code_list_rows
from jobcentre_desk.publishing.measure_list import measure_rows
from jobcentre_desk.publishing.writer import publish
from jobcentre_desk.task import Task

RECORDED = "data/jobindsats/y30r21_2020-2022.ndjson"
_PERSONS = "Forventet og faktisk antal fuldtidspersoner på offentlig forsørgelse: "
_SHARE = "Forventet og faktisk andel fuldtidspersoner på offentlig forsørgelse: "
COLUMNS = {
    "y30r21.expected_share": _SHARE + "Forventet andel (pct.)",
    "y30r21.actual_share": _SHARE + "Faktisk andel (pct.)",
    "y30r21.difference": _SHARE + "Forskel mellem forventet og faktisk andel (pct. point)",
    "y30r21.rank": "Placering på benchmarkranglisten",
    "y30r21.expected_persons": _PERSONS + "Forventet antal",
    "y30r21.actual_persons": _PERSONS + "Faktisk antal",
    "y30r21.persons_difference": _PERSONS + "Forskel mellem forventet og faktisk antal",
}
GROUPS = {
    "Ydelsesgrupper i alt": "all",
    "A-dagpenge mv.": "unemployment_benefit",
    "Sygedagpenge mv.": "sickness_benefit",
    "Kontanthjælp mv.": "cash_benefit",
}


@dataclass(frozen=True, slots=True)
class PublishedFolder:
    """A signed publication in a folder, and the file of the public key to trust it by."""

    folder: Path
    key_file: Path
    publication: Publication


def publish_y30r21(shared_folder: Path, folder: Path) -> PublishedFolder:
    """Publish the recorded figures to `folder/publication`; keys and input lie beside it."""
    given = write_y30r21_input(shared_folder, folder / "input")
    keys = trust.generate_keys(folder / "keys", None)
    secret_key = trust.load_secret_key(keys.secret, str)
    publication = publish(given, folder / "publication", secret_key=secret_key, task=Task())
    return PublishedFolder(folder / "publication", keys.public, publication)


def write_y30r21_input(shared_folder: Path, folder: Path) -> Path:
    """The input folder of `publish`: areas, benefit groups, measures, figures and publication.json."""
    folder.mkdir(parents=True, exist_ok=True)
    areas = code_list_rows("areas")
    _write_table(folder, "areas", areas)
    groups = [row for row in code_list_rows("benefit_groups") if row["code"] in GROUPS.values()]
    _write_table(folder, "benefit_groups", groups)
    _write_table(folder, "measures", [row for row in measure_rows() if row["id"] in COLUMNS])
    _write_table(folder, "figures", figure_rows(shared_folder, {row["name_da"]: row["code"] for row in areas}))
    (folder / "publication.json").write_text(json.dumps(_FACTS), encoding="utf-8")
    return folder


def figure_rows(shared_folder: Path, codes: Mapping[str, str]) -> list[dict[str, str]]:
    """The recorded figures as rows of the table `figures`: a Danish decimal comma becomes a point, digits stay."""
    lines = (shared_folder / RECORDED).read_text(encoding="utf-8").splitlines()
    return [row for line in lines for row in _figures_of(json.loads(line), codes)]


def _figures_of(recorded: Mapping[str, str | int | None], codes: Mapping[str, str]) -> Iterable[dict[str, str]]:
    for measure, column in COLUMNS.items():
        value = recorded[column]
        yield {
            "measure": measure,
            "area": codes[str(recorded["Area"])],
            "period": str(recorded["Periode"]),
            "group": GROUPS[str(recorded["Ydelsesgrupper"])],
            "value": "" if value is None else str(value).replace(",", "."),
            "numerator": "",
            "denominator": "",
            "state": "hidden" if value is None else "known",
        }


def _write_table(folder: Path, table: str, rows: Sequence[Mapping[str, str]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TABLE_COLUMNS[table], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


_FACTS = {
    "publisher": "star",
    "publisher_name": "Styrelsen for Arbejdsmarked og Rekruttering (Jobindsats, y30r21)",
    "released": "2023-04-15",
    "definitions_version": "1",
    "access": "public",
}
