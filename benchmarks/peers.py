"""Other ways to answer the same questions on the same facts: SQLite alone, pandas, DuckDB and polars.

Each adds up completed and jobs by employer within the filters and gives the first 40 by fair rate under one prior:
less than the program does, so that the comparison cannot flatter it.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from jobcentre_desk.cache.outcome_blocks import completed, jobs
from jobcentre_desk.desk.figures import Figures

Facts = dict[str, "np.ndarray[Any, Any]"]
Ids = Mapping[str, list[int]]

KEYS = ("employer", "municipality", "branch", "occupation", "benefit_group", "programme")
COLUMNS = ("quarter", *KEYS, "n", "x")
FIRST = 40
ALPHA, WEIGHT = 4.0, 10.0


class Peer(ABC):
    """One other way; made from the facts, which is not measured."""

    name = ""

    @abstractmethod
    def ask(self, quarters: tuple[int, int], ids: Ids, least: int) -> int:
        """Answer one question; how many rows came (at most 40)."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what it holds."""


def fact_table(figures: Figures) -> Facts:
    """All facts of all quarters as plain columns."""
    blocks = figures.load_blocks().outcomes.quarters
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for quarter, block in sorted(blocks.items()):
        columns["quarter"].append(np.full(len(block), quarter, dtype=np.int32))
        for name in KEYS:
            columns[name].append(getattr(block, name))
        columns["n"].append(completed(block.outcome).astype(np.int32))
        columns["x"].append(jobs(block.outcome).astype(np.int32))
    return {name: np.concatenate(parts) for name, parts in columns.items()}


def _conditions(quarters: tuple[int, int], ids: Ids) -> str:
    conditions = [f"quarter BETWEEN {quarters[0]} AND {quarters[1]}"]
    conditions += [f"{name} IN ({', '.join(map(str, wanted))})" for name, wanted in ids.items()]
    return " AND ".join(conditions)


def _query(quarters: tuple[int, int], ids: Ids, least: int) -> str:
    return (
        f"SELECT employer, sum(n) AS n, sum(x) AS x, (sum(x) + {ALPHA}) / (sum(n) + {WEIGHT}) AS fair FROM facts "
        f"WHERE {_conditions(quarters, ids)} GROUP BY employer HAVING sum(n) >= {max(least, 1)} "
        f"ORDER BY fair DESC, n DESC, employer LIMIT {FIRST}"
    )


class SqliteAlone(Peer):
    """A table with an index on each list that narrows most."""

    name = "SQLite"

    def __init__(self, facts: Facts) -> None:
        descriptor, path = tempfile.mkstemp(suffix=".db")
        os.close(descriptor)
        self._path = Path(path)
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute(f"CREATE TABLE facts ({', '.join(f'{name} INTEGER' for name in COLUMNS)})")
        rows = zip(*(facts[name].tolist() for name in COLUMNS), strict=True)
        self._connection.executemany(f"INSERT INTO facts VALUES ({', '.join('?' * len(COLUMNS))})", rows)
        for name in ("municipality", "branch", "occupation"):
            self._connection.execute(f"CREATE INDEX by_{name} ON facts ({name}, quarter)")
        self._connection.execute("ANALYZE")
        self._connection.commit()

    def ask(self, quarters: tuple[int, int], ids: Ids, least: int) -> int:
        """The first 40 employers."""
        return len(self._connection.execute(_query(quarters, ids, least)).fetchall())

    def close(self) -> None:
        """Let go of the facts."""
        self._connection.close()
        self._path.unlink()


class Pandas(Peer):
    """A DataFrame, masks and groupby."""

    name = "pandas"

    def __init__(self, facts: Facts) -> None:
        import pandas as pd

        self._frame = pd.DataFrame(facts)

    def ask(self, quarters: tuple[int, int], ids: Ids, least: int) -> int:
        """The first 40 employers."""
        frame = self._frame
        mask = (frame["quarter"] >= quarters[0]) & (frame["quarter"] <= quarters[1])
        for name, wanted in ids.items():
            mask &= frame[name].isin(wanted)
        sums = frame.loc[mask, ["employer", "n", "x"]].groupby("employer").sum()
        sums = sums[sums["n"] >= max(least, 1)]
        sums["fair"] = (sums["x"] + ALPHA) / (sums["n"] + WEIGHT)
        return len(sums.nlargest(FIRST, ["fair", "n"]))

    def close(self) -> None:
        """Let go of the facts."""
        del self._frame


class DuckDb(Peer):
    """A table in memory, two threads."""

    name = "DuckDB"

    def __init__(self, facts: Facts) -> None:
        import duckdb
        import pandas as pd

        self._connection = duckdb.connect()
        self._connection.register("given", pd.DataFrame(facts))
        self._connection.execute("CREATE TABLE facts AS SELECT * FROM given")
        self._connection.unregister("given")

    def ask(self, quarters: tuple[int, int], ids: Ids, least: int) -> int:
        """The first 40 employers."""
        return len(self._connection.execute(_query(quarters, ids, least)).fetchall())

    def close(self) -> None:
        """Let go of the facts."""
        self._connection.close()


class Polars(Peer):
    """A lazy frame, all threads."""

    name = "polars"

    def __init__(self, facts: Facts) -> None:
        import polars as pl

        self._frame = pl.DataFrame(facts)

    def ask(self, quarters: tuple[int, int], ids: Ids, least: int) -> int:
        """The first 40 employers."""
        import polars as pl

        mask = pl.col("quarter").is_between(*quarters)
        for name, wanted in ids.items():
            mask &= pl.col(name).is_in(wanted)
        sums = self._frame.lazy().filter(mask).group_by("employer").agg(pl.col("n").sum(), pl.col("x").sum())
        rated = sums.filter(pl.col("n") >= max(least, 1))
        fair = rated.with_columns(((pl.col("x") + ALPHA) / (pl.col("n") + WEIGHT)).alias("fair"))
        return len(fair.top_k(FIRST, by=["fair", "n"]).collect())

    def close(self) -> None:
        """Let go of the facts."""
        del self._frame


PEERS: tuple[Callable[[Facts], Peer], ...] = (SqliteAlone, Pandas, DuckDb, Polars)
