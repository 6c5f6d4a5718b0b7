"""The tables of the service that stands in for Jobindsats: recorded bodies, and made-up ones marked as such.

Recorded are the data bodies, the titles and dimension ids of 55 tables, and the 422 answers. Nobody recorded
`/subjects`, `/tables`, `/table/<id>` or the ids of values, nor any body of y14d03: those are made up here, and every
answer that holds made-up figures or metadata says so in a field `synthetic`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from jobcentre_desk.publishing.code_lists import code_list_rows

SYNTHETIC = "Made up for tests: nobody published these figures, ids or dates."
UPDATED, NEXT_UPDATE = "2026-07-21", "2026-08-24"
MONTHS = tuple(f"{year}M{month:02d}" for year in (2023, 2024, 2025, 2026) for month in range(1, 13))[:42]
QUARTERS = tuple(f"{year}Q{quarter:02d}" for year in range(2019, 2027) for quarter in range(1, 5))[:29]
ROLLING = tuple(f"{year}QMAT{quarter:02d}" for year in range(2021, 2027) for quarter in (2, 4))[:11]
PERIODS = {"M": MONTHS, "Q": QUARTERS, "QMAT": ROLLING}

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Value:
    """One level of a hierarchy: its id is a path, "/" the total."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Body:
    """A recorded body: its exact bytes, and what was asked for it ("/" or "*" per hierarchy)."""

    content: bytes
    asked: Mapping[str, str]

    @property
    def columns(self) -> list[str]:
        columns: list[str] = json.loads(self.content.decode("utf-8-sig"))["columns"]
        return columns

    @property
    def rows(self) -> list[list[Cell]]:
        rows: list[list[Cell]] = json.loads(self.content.decode("utf-8-sig"))["rows"]
        return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as the service tells it; `labels` names the data column of each hierarchy."""

    id: str
    title: str
    subject: str
    kind: str
    hierarchies: Mapping[str, tuple[Value, ...]]
    labels: Mapping[str, str]
    measures: tuple[tuple[str, tuple[str, ...]], ...]
    periods: tuple[str, ...]
    bodies: tuple[Body, ...] = ()
    updated: str = UPDATED
    next_update: str = NEXT_UPDATE

    @property
    def columns(self) -> list[str]:
        """The labels of the measures: a group of several has its name before each."""
        return [column for _name, columns in self.measures for column in columns]

    def metadata(self) -> dict[str, object]:
        """The answer to `/table/<id>`, made up but for titles and dimension ids."""
        geography = {"_hele_landet": areas("country"), "_region": areas("region"), "_nykom": areas("municipality")}
        dimensions = [_dimension("_omrade", geography)]
        dimensions += [_dimension(name, {name: values}) for name, values in self.hierarchies.items()]
        return {
            "synthetic": SYNTHETIC,
            **self.entry(),
            "mgroups": [
                {"mgroup_id": f"mgrp{self.id}_{n}", "mgroup_name": name}
                for n, (name, _columns) in enumerate(self.measures, 1)
            ],
            "periods": [{"periodtype_id": self.kind, "values": [{"period_id": p} for p in self.periods]}],
            "dimensions": dimensions,
        }

    def entry(self) -> dict[str, object]:
        """The table in the list of tables."""
        return {
            "table_id": self.id,
            "table_name": self.title,
            "update_freq": self.kind,
            "update_latest": self.updated,
            "update_next": self.next_update,
        }


def _dimension(name: str, hierarchies: Mapping[str, Iterable[Value]]) -> dict[str, object]:
    return {
        "dimension_id": name,
        "hierarchies": [
            {"hierarchy_id": hierarchy, "levels": _levels(hierarchy, values)}
            for hierarchy, values in hierarchies.items()
        ],
    }


def _levels(hierarchy: str, values: Iterable[Value]) -> list[dict[str, object]]:
    by_depth: dict[int, list[dict[str, str]]] = {}
    for value in values:
        by_depth.setdefault(value.id.strip("/").count("/") + (value.id != "/"), []).append(
            {"value_id": value.id, "value_name": value.name}
        )
    return [{"level_id": f"{hierarchy}{depth}", "values": held} for depth, held in sorted(by_depth.items())]


@cache
def areas(kind: str) -> tuple[Value, ...]:
    """The values of a geographical hierarchy: the country, and below it what the hierarchy is named for."""
    rows = [row for row in code_list_rows("areas") if row["kind"] in ("country", kind)]
    return tuple(Value("/" if row["kind"] == "country" else f"/{row['code']}/", row["name_da"]) for row in rows)


def load_tables(folder: Path | None) -> dict[str, Table]:
    """All tables: the made-up ones, and what lies recorded in `folder` in their place."""
    tables = {table.id: table for table in _made_up()}
    if folder is None:
        return tables
    for table in _candidates(folder):
        tables[table.id] = _with_recorded_titles(tables.get(table.id), table)
    for table in _recorded(folder):
        tables[table.id] = table
    return tables


def _with_recorded_titles(made_up: Table | None, recorded: Table) -> Table:
    """A made-up table with the title and all the dimension ids that were recorded of it."""
    if made_up is None:
        return recorded
    hierarchies = {**recorded.hierarchies, **made_up.hierarchies}
    return replace(made_up, title=recorded.title, hierarchies=hierarchies, labels={**recorded.labels, **made_up.labels})


def made_up_rows(table: Table, periods: Sequence[str], chosen: Mapping[str, Sequence[Value]]) -> list[list[Cell]]:
    """Figures that depend on nothing but their own place; about one in forty is null, none is below 3."""
    places: list[tuple[str, ...]] = [()]
    for values in chosen.values():
        places = [(*place, value.name) for place in places for value in values]
    return [
        [period, *place, *(_made_up_value((table.id, period, *place, column)) for column in table.columns)]
        for period in periods
        for place in places
    ]


def _made_up_value(place: tuple[str, ...]) -> Cell:
    number = int.from_bytes(hashlib.blake2b("|".join(place).encode(), digest_size=4).digest())
    if number % 40 == 0:
        return None
    return number % 1000 / 10 if "pct" in place[-1] or "ndel" in place[-1] else 3 + number % 4000


GROUPS = (Value("/", "Ydelsesgrupper i alt"), Value("/1/", "A-dagpenge mv."), Value("/2/", "Kontanthjælp mv."))
SICK = Value("/3/", "Sygedagpenge mv.")
_STOCK = ("Antal personer", "Antal fuldtidspersoner", "Fuldtidspersoner i pct. af befolkningen 16-66 år")
_ACTIVE = ("Antal aktiverede", "Antal forløb")
_OFFERS = (
    Value("/", "Virksomhedsrettede tilbud i alt"), Value("/1/", "Virksomhedspraktik i alt"),
    Value("/1/1/", "Privat virksomhedspraktik"), Value("/2/", "Ansættelse med løntilskud i alt"),
)  # fmt: skip
_TARGETS = (Value("/", "Målgrupper i alt"), Value("/1/", "Jobparate"), Value("/2/", "Aktivitetsparate"))
_FUNDS = (Value("/", "A-kasse i alt"), Value("/1/", "FOAs A-kasse"), Value("/2/", "Lærernes A-kasse"))
_TITLES = {
    "y01a02": ("1123 A-dagpenge", "Antal personer og fuldtidspersoner på a-dagpenge"),
    "y60a02": ("1124 Kontanthjælp", "Antal personer og fuldtidspersoner i kontanthjælpssystemet"),
    "y07a02": ("1530 Sygedagpenge", "Antal personer og fuldtidspersoner på sygedagpenge"),
    "y12a02": ("1550 Jobafklaringsforløb", "Antal personer og fuldtidspersoner i jobafklaringsforløb"),
    "y11a02": ("1568 Ressourceforløb", "Antal personer og fuldtidspersoner i ressourceforløb"),
    "y04a02": ("1474 Revalidering", "Antal personer og fuldtidspersoner på revalidering"),
    "y08a02": ("1604 Fleksjob", "Antal personer og fuldtidspersoner i fleksjob"),
    "y09a02": ("1586 Ledighedsydelse", "Antal personer og fuldtidspersoner på ledighedsydelse"),
}


def _made_up() -> Iterable[Table]:
    yield Table(
        id="y14d03",
        title="Virksomhedsrettede tilbud og efterfølgende beskæftigelse",
        subject="2703 Fra ydelse til beskæftigelse",
        kind="QMAT",
        hierarchies={"_ygrpmm12": (*GROUPS, SICK), "_tilbud_d03": _OFFERS, "_maalgrp_d03": _TARGETS},
        labels={"_ygrpmm12": "Ydelsesgrupper", "_tilbud_d03": "Virksomhedsrettede tilbud", "_maalgrp_d03": "Målgruppe"},
        measures=(
            ("Antal afsluttede forløb", ("Antal afsluttede forløb",)),
            ("Efterfølgende beskæftigelse", tuple(f"Efterfølgende beskæftigelse: {where}" for where in _WHERE)),
            ("Gennemsnitlig beskæftigelsesgrad", ("Gennemsnitlig beskæftigelsesgrad",)),
        ),
        periods=ROLLING,
    )
    yield from (_plain(name, subject, title, "M", _STOCK) for name, (subject, title) in _TITLES.items())
    yield _plain("ptva02", "1135 Offentligt forsørgede", "Antal personer og fuldtidspersoner", "M", _STOCK, _ygrp="a02")
    for name, subject in (("y60c02", "1124 Kontanthjælp"), ("y07c02", "1530 Sygedagpenge")):
        yield _offered(name, subject, "Antal aktiverede og forløb", _ACTIVE)
    yield _offered("y12c02", "1550 Jobafklaringsforløb", "Antal aktiverede og forløb", _ACTIVE)
    yield _plain("y25i07", "1705 Rekruttering", "Antal nyopslåede stillinger", "M", ("Antal nyopslåede stillinger",))
    yield _plain("y25i14", "1705 Rekruttering", "Virksomhedernes forgæves rekrutteringer", "Q", _RECRUITED)
    yield _plain("y25i08", "1710 Ledighed", "Andel i beskæftigelse 3, 6, 9 og 12 mdr. efter nyledighed", "M", _AFTER)


_WHERE = (
    "I samme virksomhed", "I anden virksomhed i samme branche", "I anden virksomhed i anden branche",
    "Ingen beskæftigelse",
)  # fmt: skip
_RECRUITED = ("Antal forgæves rekrutteringer", "Forgæves rekrutteringsrate (pct.)")
_AFTER = tuple(f"Andel i beskæftigelse {months} mdr. efter nyledighed" for months in (3, 6, 9, 12))


def _plain(name: str, subject: str, title: str, kind: str, columns: tuple[str, ...], *, _ygrp: str = "") -> Table:
    group = {f"_ygrp{_ygrp}": (*GROUPS, SICK)} if _ygrp else {}
    return Table(
        id=name,
        title=title,
        subject=subject,
        kind=kind,
        hierarchies=group,
        labels=dict.fromkeys(group, "Ydelsesgrupper"),
        measures=tuple((column, (column,)) for column in columns),
        periods=PERIODS[kind],
    )


def _offered(name: str, subject: str, title: str, columns: tuple[str, ...]) -> Table:
    plain = _plain(name, subject, title, "M", columns)
    offers = (Value("/", "Tilbud i alt"), *_OFFERS[1:])
    return Table(
        id=name, title=title, subject=subject, kind="M", hierarchies={"_tilb_2ptv": offers},
        labels={"_tilb_2ptv": "Tilbud"}, measures=plain.measures, periods=MONTHS,
    )  # fmt: skip


def _candidates(folder: Path) -> Iterable[Table]:
    """The tables whose titles and dimensions are recorded, with made-up levels."""
    file = folder / "v3_table_dimensions.json"
    entries = json.loads(file.read_text(encoding="utf-8"))["candidates"] if file.is_file() else ()
    for entry in entries:
        names = [dimension["id"] for dimension in entry["dimensions"] if dimension["id"] != "_omrade"]
        yield Table(
            id=entry["table_id"],
            title=entry["title"],
            subject="9000 Øvrige (opdigtet emne)",
            kind="M",
            hierarchies={name: (Value("/", "I alt"), Value("/1/", "Første"), Value("/2/", "Anden")) for name in names},
            labels={name: name.removeprefix("_").capitalize() for name in names},
            measures=((entry["title"], (entry["title"],)),),
            periods=MONTHS,
        )


@dataclass(frozen=True, slots=True)
class _Recording:
    """Which table a recorded file holds, and what was asked for it, in the order of its columns."""

    file: str
    table: str
    title: str
    subject: str
    kind: str
    asked: Mapping[str, str] = field(default_factory=dict)


_RECORDINGS = (
    _Recording("v3_data_activation.json", "y01c01", "Antal aktiverede og fuldtidsaktiverede", "1123 A-dagpenge", "M",
               {"_akassedp": "/", "_tilb_2ptv": "*"}),
    _Recording("v3_data_graduates_total.json", "y01dia02", "Antal dimittendledige personer", "1123 A-dagpenge", "M",
               {"_akassedp": "/"}),
    _Recording("v3_data_graduates_akasser.json", "y01dia02", "Antal dimittendledige personer", "1123 A-dagpenge", "M",
               {"_akassedp": "*"}),
    _Recording("v3_data_longterm_total.json", "y25i09", "Antal langtidsledige personer", "1710 Ledighed", "M",
               {"_ygrpi09": "/", "_akassebl": "/"}),
    _Recording("v3_data_new_work_sharing.json", "y25i06b", "Antal nye arbejdsfordelinger i perioden", "1710 Ledighed",
               "M", {"_var13uger": "*"}),
    _Recording("v3_data_sanctions_total.json", "y01h01", "Antal rådighedssanktioner", "1123 A-dagpenge", "Q",
               {"_akassedp": "/"}),
    _Recording("v3_data_unemployment_total.json", "y25i01", "Ledighed: Faktiske antal ledige og fuldtidsledige",
               "1710 Ledighed", "M", {"_ygrpi09": "/", "_akassebl": "/"}),
    _Recording("v3_data_unemployment_akasser.json", "y25i01", "Ledighed: Faktiske antal ledige og fuldtidsledige",
               "1710 Ledighed", "M", {"_ygrpi09": "/", "_akassebl": "*"}),
    _Recording("v3_metadata_snippets.json:talkForms", "smt02", "Samtaleformer i a-kassen", "1705 Tilbud og samtaler",
               "M", {"_akassedp": "*"}),
    _Recording("v3_metadata_snippets.json:afterlon", "y28a02", "Antal personer og fuldtidspersoner på efterløn",
               "1132 Tilbagetrækningsydelser", "M", {"_akassedp": "*"}),
    _Recording("y30r21_2020-2022.ndjson", "y30r21", "Forventet og faktisk antal og andel på offentlig forsørgelse",
               "1815 Tidlig indsats og skærpet tilsyn", "QMAT", {"_ygrp_y30r21": "*"}),
)  # fmt: skip


def _recorded(folder: Path) -> Iterable[Table]:
    by_table: dict[str, list[_Recording]] = {}
    for recording in _RECORDINGS:
        if (folder / recording.file.partition(":")[0]).is_file():
            by_table.setdefault(recording.table, []).append(recording)
    for recordings in by_table.values():
        bodies = tuple(Body(recorded_bytes(folder / r.file), dict(r.asked)) for r in recordings)
        yield _table_of_bodies(recordings[0], bodies)


def recorded_bytes(file: Path) -> bytes:
    """A recorded body as it came; y30r21 and samples of rows are put together as v3 would send them."""
    if file.suffix == ".ndjson":
        return _body_of_lines([json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()])
    name, _colon, target = file.name.partition(":")
    if not target:
        return file.read_bytes()
    sample = json.loads(file.with_name(name).read_text(encoding="utf-8"))["targets"][target]
    rows = [[row[column] for column in sample["columns"]] for row in sample["sampleRows"]]
    return json.dumps({"columns": sample["columns"], "rows": rows}, ensure_ascii=False).encode()


def _body_of_lines(lines: Sequence[Mapping[str, Cell]]) -> bytes:
    measures = [name for name in lines[0] if name not in ("Area", "Periode", "Ydelsesgrupper")]
    rows = [[li["Periode"], li["Area"], li["Ydelsesgrupper"], *(li[name] for name in measures)] for li in lines]
    columns = ["Periode", "Område", "Ydelsesgrupper", *measures]
    return json.dumps({"columns": columns, "rows": rows}, ensure_ascii=False).encode()


def _table_of_bodies(recording: _Recording, bodies: tuple[Body, ...]) -> Table:
    columns, names = bodies[0].columns, list(recording.asked)
    held = [row for body in bodies for row in body.rows]
    measures: dict[str, list[str]] = {}
    for column in columns[2 + len(names) :]:
        group, part, _rest = column.partition(": ")
        measures.setdefault(group if part else column, []).append(column)
    return Table(
        id=recording.table,
        title=recording.title,
        subject=recording.subject,
        kind=recording.kind,
        hierarchies={name: _values_of(body_rows(bodies, name), at) for at, name in enumerate(names, 2)},
        labels=dict(zip(names, columns[2:], strict=False)),
        measures=tuple((name, tuple(held_columns)) for name, held_columns in measures.items()),
        periods=tuple(sorted({str(row[0]) for row in held})),
        bodies=bodies,
    )


def body_rows(bodies: Sequence[Body], hierarchy: str) -> list[list[Cell]]:
    """The rows of the body in which the hierarchy was asked for with every level, else of the first."""
    return next((body for body in bodies if body.asked[hierarchy] == "*"), bodies[0]).rows


def _values_of(rows: Sequence[Sequence[Cell]], at: int) -> tuple[Value, ...]:
    """Made-up ids for the labels of one column in the first period; a label that comes twice has two ids."""
    first = [row for row in rows if row[0] == rows[0][0] and row[1] == rows[0][1]]
    names = [str(row[at]) for row in first] if len({str(row[at]) for row in first}) > 1 else [str(first[0][at])]
    later = dict.fromkeys(str(row[at]) for row in rows if str(row[at]) not in names)
    return tuple(
        Value("/" if n == 0 and name.lower().endswith("i alt") else f"/{n}/", name)
        for n, name in enumerate((*names, *later))
    )
