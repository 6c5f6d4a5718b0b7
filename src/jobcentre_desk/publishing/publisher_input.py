"""The folder a publisher hands in: one CSV (or csv.gz) per table, `publication.json`, perhaps `traineeships.csv`."""

from __future__ import annotations

import codecs
import csv
import errno
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from jobcentre_desk.errors import InputRefused, PublicationRefused
from jobcentre_desk.model.publication import CODE_LISTS, TABLE_COLUMNS, Access
from jobcentre_desk.publishing.format import PRIVATE_TABLES, PUBLICATION_FILE
from jobcentre_desk.text import translate as _

TRAINEESHIPS = "traineeships"
_ENDINGS = (".csv", ".csv.gz")
_OUTCOMES_NEED = ("employers", *CODE_LISTS)


@dataclass(frozen=True, slots=True)
class PublisherInput:
    """What the folder holds: the file of each table."""

    folder: Path
    files: dict[str, Path]

    def __contains__(self, table: str) -> bool:
        return table in self.files

    @property
    def has_outcomes(self) -> bool:
        """Whether there are counts, from outcomes or from traineeships."""
        return "outcomes" in self or TRAINEESHIPS in self

    def check(self, access: Access) -> None:
        """Refuse what must not be published, or lacks a table it needs (PublicationRefused, InputRefused)."""
        private = [table for table in self.files if table in PRIVATE_TABLES | {TRAINEESHIPS}]
        if access is Access.PUBLIC and private:
            raise PublicationRefused(
                _("A public publication may not hold {tables}.").format(tables=", ".join(private)),
                _("Take them out of the input folder, or set “access” to “authority”."),
            )
        if "outcomes" in self and TRAINEESHIPS in self:
            raise InputRefused(
                _("There are both outcomes and traineeships; only one can be the source of the counts."),
                _("Take one of the two files away."),
            )
        missing = [table for table in _OUTCOMES_NEED if table not in self]
        if self.has_outcomes and missing:
            raise InputRefused(
                _("Outcomes need the tables {tables} too.").format(tables=", ".join(missing)),
                _("Add them to the input folder."),
            )

    def name(self, table: str) -> str:
        """The name of a table's file, for sentences about its rows."""
        return self.files[table].name

    def publication_json(self) -> bytes:
        """The content of publication.json; raises InputRefused."""
        with _readable(self.folder / PUBLICATION_FILE):
            return (self.folder / PUBLICATION_FILE).read_bytes().removeprefix(codecs.BOM_UTF8)

    def content(self, table: str) -> bytes:
        """The whole CSV of a table, without a byte order mark; raises InputRefused."""
        with self.open(table) as file:
            return file.read().removeprefix(codecs.BOM_UTF8)

    @contextmanager
    def open(self, table: str) -> Iterator[BinaryIO]:
        """The CSV of a table as an open file of bytes; raises InputRefused when it cannot be read."""
        path = self.files[table]
        with _readable(path):
            if path.suffix == ".gz":
                with gzip.open(path, "rb") as packed:
                    yield io.BufferedReader(packed)
            else:
                with path.open("rb") as file:
                    yield file

    @contextmanager
    def open_text(self, table: str) -> Iterator[TextIO]:
        """The same as text, ready for the csv module."""
        with self.open(table) as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
            yield text


def find_input(folder: Path) -> PublisherInput:
    """The tables in a folder; raises InputRefused for files that are no table."""
    files: dict[str, Path] = {}
    with _readable(folder):
        paths = sorted(folder.iterdir())
    for path in (path for path in paths if path.name.endswith(_ENDINGS)):
        table = path.name.removesuffix(".gz").removesuffix(".csv")
        if table not in TABLE_COLUMNS and table != TRAINEESHIPS:
            raise InputRefused(
                _("{file} is no table of the format.").format(file=path.name),
                _("Its name must be one of {tables}.").format(tables=", ".join((*TABLE_COLUMNS, TRAINEESHIPS))),
            )
        if table in files:
            raise InputRefused(
                _("{table} is there twice, as .csv and as .csv.gz.").format(table=table), _("Take one of them away.")
            )
        files[table] = path
    return PublisherInput(folder, files)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zlib.error) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise  # what was written while reading found no room
        raise InputRefused(
            _("{path} cannot be read.").format(path=path), _("Check the path, and that the file is whole.")
        ) from error


def unquoted(line: bytes) -> bytes:
    """One line of outcomes without quotation marks, for the same line without them; others as they are."""
    if b'"' not in line:
        return line
    try:
        cells = next(csv.reader([line.decode("utf-8", "replace")]), [])
    except csv.Error:
        return line
    return ",".join(cells).encode()
