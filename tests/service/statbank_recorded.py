"""The recorded bodies of StatBank as tables that can be asked for a part: their rows, and what describes them.

STRAF42 was recorded with its description. Of the four CSV files only labels were recorded, so their descriptions are
synthetic: built from the labels here, with the codes Statistics Denmark gives its areas, and marked so in the JSON.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OTHER_AREAS = {
    "All Denmark": "000",
    "Region Hovedstaden": "084",
    "Region Sjælland": "085",
    "Region Syddanmark": "083",
    "Region Midtjylland": "082",
    "Region Nordjylland": "081",
    "Christiansø": "411",
    "Province Byen København": "01",
    "Province Københavns omegn": "02",
    "Province Nordsjælland": "03",
    "Province Bornholm": "04",
    "Province Østsjælland": "05",
    "Province Vest- og Sydsjælland": "06",
    "Province Fyn": "07",
    "Province Sydjylland": "08",
    "Province Østjylland": "09",
    "Province Vestjylland": "10",
    "Province Nordjylland": "11",
    "Not stated municipality": "998",
    "Abroad": "999",
    "Outside Denmark": "999",
}
TEXTS = {"OMRÅDE": ("område", "region"), "BOPKOM": ("bopælskommune", "municipality of residence")}
TOTALS = {"Total": "I alt", "Age, total": "Alder i alt", "Nature of the offence, total": "Overtrædelsens art i alt"}
TIME = "Tid"


@dataclass
class RecordedTable:
    """One table: `columns` and `rows` in codes; `labels` (column → code → English label); `body` as it was recorded."""

    id: str
    info: dict[str, dict[str, Any]]
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    body: bytes = b""
    exact: dict[str, bytes] = field(default_factory=dict)

    def variables(self) -> list[dict[str, Any]]:
        """The variables as /tableinfo describes them in English."""
        return list(self.info["en"]["variables"])

    def revise(self, row: int, value: str) -> None:
        """Give data row `row` (from 1) another value, as a later release would; the body is no longer the recorded."""
        self.rows[row - 1] = (*self.rows[row - 1][:-1], value)
        self.body = b""


def read_recorded(folder: Path) -> tuple[bytes, dict[str, RecordedTable]]:
    """The recorded list of tables, and every recorded table of `folder` by its id, to be changed at will."""
    listed, tables = _read_once(folder)
    return listed, {name: replace(table, rows=list(table.rows)) for name, table in tables.items()}


@lru_cache(maxsize=4)
def _read_once(folder: Path) -> tuple[bytes, dict[str, RecordedTable]]:
    listed = gzip.decompress((folder / "tables_all.body.json.gz").read_bytes())
    updated = {table["id"]: table["updated"] for table in json.loads(listed)}
    tables = {"STRAF42": _straf42(folder)}
    for path in sorted(folder.glob("*_*.csv")):
        if not path.name.endswith(".body.csv"):
            table = path.name.split("_")[0].upper()
            tables[table] = _from_labels(path, table, updated.get(table, ""))
    return listed, tables


def subjects(tables: dict[str, RecordedTable]) -> list[dict[str, Any]]:
    """Synthetic: the answer of /subjects was not recorded."""
    return [
        {
            "id": "1",
            "description": "People",
            "active": True,
            "hasSubjects": True,
            "synthetic": True,
            "subjects": [
                {
                    "id": "20021",
                    "description": "Recorded tables",
                    "active": True,
                    "hasSubjects": False,
                    "subjects": [],
                    "tables": [{"id": table} for table in tables],
                }
            ],
        }
    ]


def _straf42(folder: Path) -> RecordedTable:
    """The bodies of STRAF42: two figures, each in the very bytes it was answered in."""
    info = {
        "da": json.loads((folder / "table_info_straf42_da.body.json").read_bytes()),
        "en": json.loads((folder / "table_info_straf42.body.json").read_bytes()),
    }
    totals = {variable["id"]: variable["values"][0]["id"] for variable in info["en"]["variables"]}
    columns = [variable["id"] for variable in info["en"]["variables"]]
    rows = []
    for year, value in (("2023", "233454"), ("2024", "227774")):
        rows.append((*(totals[column] for column in columns[:-1]), year, value))
    return RecordedTable(
        id="STRAF42",
        info=info,
        columns=columns,
        rows=rows,
        labels=_labels(info["en"]),
        exact={
            "JSONSTAT HERKOMST1 2023": (folder / "data_straf42_json.body.json").read_bytes(),
            "JSONSTAT 2024": (folder / "data_straf42_all.body.json").read_bytes(),
            "CSV HERKOMST1 2023": (folder / "data_straf42_csv.body.csv").read_bytes(),
            "BULK HERKOMST1 2023": (folder / "data_straf42_csv.body.csv").read_bytes(),
        },
    )


def _from_labels(path: Path, table: str, updated: str) -> RecordedTable:
    body = path.read_bytes()
    header, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";")
    info = {language: _synthetic_info(path.name, table, header, rows, updated, language) for language in ("da", "en")}
    labels = _labels(info["en"])
    columns = [TIME if name == "TID" else name for name in header[:-1]]
    codes = [{label: code for code, label in labels[column].items()} for column in columns]
    coded = [(*(code[cell] for code, cell in zip(codes, row, strict=False)), row[-1]) for row in rows]
    return RecordedTable(id=table, info=info, columns=columns, rows=coded, labels=labels, body=body)


def _labels(info: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {one["id"]: {value["id"]: value["text"] for value in one["values"]} for one in info["variables"]}


def _synthetic_info(
    file: str, table: str, header: list[str], rows: list[list[str]], updated: str, language: str
) -> dict[str, Any]:
    return {
        "id": table,
        "synthetic": f"Built from the labels of {file}; the description of this table was not recorded.",
        "text": f"{table} ({'tal' if language == 'da' else 'figures'})",
        "description": f"{table}, synthetic description",
        "unit": "Antal" if language == "da" else "Number",
        "suppressedDataValue": "",
        "updated": updated,
        "active": True,
        "footnote": None,
        "variables": [
            _synthetic_variable(name, list(dict.fromkeys(row[place] for row in rows)), language)
            for place, name in enumerate(header[:-1])
        ],
    }


def _synthetic_variable(name: str, labels: list[str], language: str) -> dict[str, Any]:
    danish, english = TEXTS.get(name, (name.casefold(), name.casefold()))
    if name == "TID":
        values = [{"id": label.replace("Q", "K"), "text": label} for label in labels]
        danish, english = "tid", "time"
    elif name in TEXTS:
        values = [_area(label, language) for label in labels]
    else:
        values = [_value(name, place, label, language) for place, label in enumerate(labels)]
    return {
        "id": TIME if name == "TID" else name,
        "text": danish if language == "da" else english,
        "elimination": name in TEXTS or any(label in TOTALS for label in labels),
        "time": name == "TID",
        "values": [
            {**value, "text": value["text"].replace("Q", "K")} if name == "TID" and language == "da" else value
            for value in values
        ],
    }


def _value(name: str, place: int, label: str, language: str) -> dict[str, str]:
    if label in TOTALS:
        return {"id": "IALT" if name == "ALDER" else "TOT", "text": TOTALS[label] if language == "da" else label}
    return {"id": f"V{place + 1}", "text": label}


def _area(label: str, language: str) -> dict[str, str]:
    codes = _municipalities()
    if label in codes:
        code, danish = codes[label]
        return {"id": code, "text": danish if language == "da" else label}
    return {"id": OTHER_AREAS[label], "text": "Hele landet" if (label, language) == ("All Denmark", "da") else label}


@lru_cache(maxsize=1)
def _municipalities() -> dict[str, tuple[str, str]]:
    with (ROOT / "data" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return {row["name_en"]: (row["code"], row["name_da"]) for row in csv.DictReader(file)}
