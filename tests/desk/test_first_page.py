"""The ready first page holds what the list would show, and is read without the libraries of numbers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.builders.random_outcomes import SOURCE, OpenOutcomes, random_outcomes

from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.first_page import make_first_page, ready_page
from jobcentre_desk.model.outcomes import Scope


def store(snapshot: Snapshot, page: str) -> None:
    """Put a page where a sync puts it."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(snapshot.path)) as connection:
        connection.execute("INSERT INTO first_page (source, data) VALUES (1, ?)", (page,))
        connection.commit()


def test_the_page_read_is_the_list_as_found(opened: OpenOutcomes) -> None:
    figures = opened(random_outcomes(1, hide=0.1))
    store(figures.snapshot, make_first_page(figures.snapshot, SOURCE))
    snapshot = Snapshot(figures.snapshot.path, number=1)
    found = find_employers(figures, Scope())
    page = ready_page(snapshot)
    assert page is not None
    assert (page.total, page.rated, page.period) == (found.total, found.rated, found.period)
    assert page.rows == rows(figures, found, 0, 200)
    snapshot.close()


def test_figures_without_outcomes_have_no_page(opened: OpenOutcomes) -> None:
    outcomes = random_outcomes(1, employers=20)
    outcomes.rows.clear()
    figures = opened(outcomes)
    assert make_first_page(figures.snapshot, SOURCE) == ""
    assert ready_page(figures.snapshot) is None


def test_reading_it_imports_neither_numpy_nor_pandas(tmp_path: Path) -> None:
    program = "import sys, jobcentre_desk.desk.first_page; print(*{'numpy', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.strip() == ""
