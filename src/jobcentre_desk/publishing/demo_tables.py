"""The files of the demonstration publication, one after another, so that only one is in memory at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import CODE_LISTS, TABLE_COLUMNS
from jobcentre_desk.publishing.code_lists import Row, code_list_rows, read_data
from jobcentre_desk.publishing.demo_csv import coded, empty, numbered, table_csv
from jobcentre_desk.publishing.demo_employers import DemoEmployers, make_employers
from jobcentre_desk.publishing.demo_figures import figure_tables
from jobcentre_desk.publishing.demo_outcomes import DemoWorld, QuarterRows, quarter_rows
from jobcentre_desk.publishing.demo_recipe import DemoSize, Recipe
from jobcentre_desk.publishing.handbook import card_row, handbook_cards
from jobcentre_desk.publishing.measure_list import measure_rows

_JOB_COLUMNS = ("job_same_employer", "job_same_branch", "job_other_branch")
_FLAGS = ("false", "true")


@dataclass(frozen=True, slots=True)
class DemoTable:
    """One file to write: its table, the quarter or measure it holds, and its CSV."""

    table: str
    csv: bytes
    quarter: Quarter | None = None
    measure: str = ""


def table_count(recipe: Recipe, release: int) -> int:
    """How many files `demo_tables` gives."""
    return len(CODE_LISTS) + len(recipe.quarters(release)) + 12


def demo_tables(recipe: Recipe, size: DemoSize, release: int) -> Iterator[DemoTable]:
    """Every file of a release: code lists, employers, measures, figures, cards, then one of outcomes per quarter."""
    for table in CODE_LISTS:
        yield DemoTable(table, rows_csv(table, code_list_rows(table)))
    yield DemoTable("measures", rows_csv("measures", measure_rows(release)))
    for measure, content in figure_tables(recipe):
        yield DemoTable("figures", content, measure=measure)
    for table in ("evidence", "practices"):
        yield DemoTable(table, rows_csv(table, read_data(f"demonstration/{table}.csv")))
    yield DemoTable("cards", rows_csv("cards", [card_row(card) for card in handbook_cards()]))
    employers = make_employers(recipe, size, release)
    yield DemoTable("employers", _employers_csv(recipe, employers))
    world = DemoWorld.of(recipe, size, employers)
    for quarter in recipe.quarters(release):
        rows = quarter_rows(world, quarter, release)
        yield DemoTable("outcomes", _outcomes_csv(world, rows, quarter, release), quarter=quarter)


def rows_csv(table: str, rows: Sequence[Row]) -> bytes:
    """The CSV of a small table; cells are quoted only where they must be."""
    page = io.StringIO(newline="")
    writer = csv.DictWriter(page, TABLE_COLUMNS[table], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return page.getvalue().encode()


def _employers_csv(recipe: Recipe, employers: DemoEmployers) -> bytes:
    """One line per employer; no part of a name holds a comma or a quote, so none needs quoting."""
    return table_csv(
        {
            "cvr": employers.cvr,
            "name": np.array([name.encode() for name in employers.name]),
            "branch": coded(recipe.classes.codes, employers.branch),
            "municipality": coded(recipe.municipalities, employers.municipality),
            "size_band": coded(recipe.size_bands, employers.size_band),
            "sole_proprietor": coded(_FLAGS, employers.sole_proprietor.astype(np.int8)),
            "advertising_protected": coded(_FLAGS, employers.advertising_protected.astype(np.int8)),
        }
    )


def _outcomes_csv(world: DemoWorld, rows: QuarterRows, quarter: Quarter, release: int) -> bytes:
    """The rows of one quarter; after the last known one the three job counts are null."""
    recipe, keys, count = world.recipe, rows.keys, len(rows.keys)
    columns = {
        "quarter": coded([str(quarter)], np.zeros(count, dtype=np.int8)),
        "cvr": world.employers.cvr[keys.employer],
        "municipality": coded(recipe.municipalities, keys.municipality),
        "branch": coded(recipe.classes.codes, keys.branch),
        "occupation": coded(recipe.occupations.codes, keys.occupation),
        "benefit_group": coded(recipe.schemes.groups, keys.benefit_group),
        "programme": coded(recipe.schemes.programmes, keys.programme),
        "started": numbered(rows.started),
        "completed": numbered(rows.completed),
    }
    known = quarter <= recipe.known(release)
    jobs = {name: numbered(getattr(rows, name)) if known else empty(count) for name in _JOB_COLUMNS}
    return table_csv(columns | jobs)
