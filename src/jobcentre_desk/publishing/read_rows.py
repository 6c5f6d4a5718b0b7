"""Reading the rows of a publication: one place to import the readers of all tables from."""

from __future__ import annotations

from jobcentre_desk.publishing.columns import EmployerColumns, EmployerIds, KnownCodes, OutcomeColumns
from jobcentre_desk.publishing.read_employers import read_employers
from jobcentre_desk.publishing.read_outcomes import read_outcomes
from jobcentre_desk.publishing.read_tables import known_codes, read_small_table
from jobcentre_desk.publishing.row_problems import RowsRefused, describe, refuse_rows

__all__ = [
    "EmployerColumns",
    "EmployerIds",
    "KnownCodes",
    "OutcomeColumns",
    "RowsRefused",
    "describe",
    "known_codes",
    "read_employers",
    "read_outcomes",
    "read_small_table",
    "refuse_rows",
]
