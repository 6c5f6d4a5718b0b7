"""Publications made straight from lines of CSV, signed with a key of the test: also those no writer would make."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import minisign
from tests.builders.small_publication import TABLES, table_csv

from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE, Access, Publication, Resource
from jobcentre_desk.publishing import trust
from jobcentre_desk.publishing.format import content_hash, description_bytes, gzip_bytes, resource_name, resource_path

Lines = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Publisher:
    """A pair of keys; `key` is the public line."""

    secret: minisign.SecretKey
    key: str

    @classmethod
    def new(cls) -> Publisher:
        """A publisher nobody has met."""
        secret = minisign.KeyPair.generate().secret_key
        return cls(secret, trust.public_key_of(secret))

    def write(self, folder: Path, *, sequence: int = 1, tables: Lines = TABLES, **facts: object) -> Publication:
        """Write a whole release of `tables`; keywords change the facts of the description."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tables").mkdir(exist_ok=True)
        resources = tuple(_write_file(folder, *part) for table in tables for part in _parts(table, tables[table]))
        publication = replace(FACTS, sequence=sequence, resources=resources, **facts)  # type: ignore[arg-type]
        self.sign(folder, publication)
        return publication

    def sign(self, folder: Path, publication: Publication) -> None:
        """Write description and signature."""
        description = description_bytes(publication)
        signature = trust.sign(description, self.secret, publication.publisher, publication.sequence)
        (folder / SIGNATURE).write_bytes(signature)
        (folder / DESCRIPTION).write_bytes(description)


FACTS = Publication(
    publisher="north-jutland",
    publisher_name="Nordjylland, opdigtet",
    sequence=1,
    released="2026-04-15",
    next_release="2026-07-15",
    stale_after="2026-09-01",
    definitions_version="1",
    outcomes_known_through=Quarter.of(2025, 4),
    access=Access.AUTHORITY,
    minimum_count=1,
    share_minimum_count=3,
    demonstration=True,
    languages=("da", "en"),
    next_key=None,
    outcome_window=1,
    resources=(),
)


def changed(table: str, *lines: str, tables: Lines = TABLES) -> dict[str, Sequence[str]]:
    """The tables with one of them replaced (no lines: left out)."""
    kept = {name: rows for name, rows in tables.items() if name != table or lines}
    return {name: lines if name == table else rows for name, rows in kept.items()}


def zipped(folder: Path, path: Path) -> Path:
    """The publication in one .zip."""
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder).as_posix())
    return path


def _parts(table: str, lines: Sequence[str]) -> list[tuple[str, Quarter | None, str, Sequence[str]]]:
    """One file for a table, but one a quarter of outcomes and one a measure of figures."""
    if table not in {"outcomes", "figures"}:
        return [(table, None, "", lines)]
    firsts = dict.fromkeys(line.split(",")[0] for line in lines)
    split = {first: [line for line in lines if line.split(",")[0] == first] for first in firsts}
    if table == "figures":
        return [(table, None, measure, part) for measure, part in split.items()]
    return [(table, Quarter.parse(quarter), "", part) for quarter, part in split.items()]


def _write_file(folder: Path, table: str, quarter: Quarter | None, measure: str, lines: Sequence[str]) -> Resource:
    csv = table_csv(table, *lines)
    body = gzip_bytes(csv)
    path = resource_path(table, quarter, measure, content_hash(body))
    (folder / path).write_bytes(body)
    return Resource(
        name=resource_name(table, quarter=quarter, measure=measure),
        path=path,
        table=table,
        bytes=len(body),
        hash=content_hash(body),
        content_hash=content_hash(csv),
        quarter=quarter,
    )
