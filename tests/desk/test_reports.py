"""Monthly reports: the numbers of the pages digit by digit, said in both languages, and what is not loaded said so."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from tests.builders.synced_home import SyncedHome
from tests.builders.two_publishers import NEWER, OLDER, two_publishers

from jobcentre_desk import text
from jobcentre_desk.cache.snapshot import Snapshot
from jobcentre_desk.cache.upgrade import open_current
from jobcentre_desk.desk.branches import branch_rows
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.guard import shared_standings
from jobcentre_desk.desk.municipality_page import municipality_page
from jobcentre_desk.desk.municipality_wording import published_number
from jobcentre_desk.desk.report_run import municipality_codes, save_reports
from jobcentre_desk.desk.reports import read_report, report_document, report_ground, report_workbook
from jobcentre_desk.documents.pdf import pdf_bytes
from jobcentre_desk.documents.workbook import workbook_bytes
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.reports import Report
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.task import Task, TaskCancelled
from jobcentre_desk.text import count, percent

PRINTED = dt.date(2026, 11, 23)
SEVERAL = ("101", "730", "751", "825")
HOSTILE = "<b>=cmd|' /C calc'!A0</b> & Søn <img src=/etc/passwd>"


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SyncedHome]:
    """The small demonstration, with its second release taken over after the first."""
    folder = tmp_path_factory.mktemp("reports")
    made = SyncedHome.at(Home(folder / "home"))
    write_demonstration(folder / "demo", size="small", release=1, task=Task())
    made.add(folder / "demo", (folder / "demo.pub").read_text(encoding="utf-8"), name="demo")
    assert made.sync(name="demo").result == "new"
    write_demonstration(folder / "demo", size="small", release=2, task=Task())
    assert made.sync(name="demo").result == "new"
    yield made
    made.workspace.close()


@pytest.fixture(scope="module")
def figures(homes: SyncedHome) -> Iterator[Figures]:
    """The figures of the demonstration."""
    with _opened(homes) as snapshot:
        yield Figures.open(snapshot)


class _opened:  # noqa: N801 - used as a function
    def __init__(self, home: SyncedHome) -> None:
        self._home = home

    def __enter__(self) -> Snapshot:
        snapshot = open_current(self._home.home)
        assert snapshot is not None
        self._snapshot = snapshot
        return snapshot

    def __exit__(self, *_error: object) -> None:
        self._snapshot.close()


def _pdf(report: Report) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf_bytes(report_document(report, printed=PRINTED))))


def _plain(words: str) -> str:
    return "".join(words.split())


def _read(report: Report) -> str:
    return _plain("".join(page.extract_text() for page in _pdf(report).pages))


def _book(report: Report) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(report_workbook(report))))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.parametrize("code", SEVERAL)
def test_every_number_of_the_page_stands_in_the_report_digit_by_digit(figures: Figures, code: str) -> None:
    page = municipality_page(figures, code)
    read = _read(read_report(report_ground(figures), code))
    told = [page.sentence, page.gap_text, page.gap_line, page.strips.title, page.history.sentence]
    told += [cell for table in (page.peers_table, page.history.table) for row in table.rows for cell in row]
    told += [words for row in page.strips.rows for words in (row.sublabel, row.value_text, row.note)]
    assert [words for words in told if _plain(words) not in read] == []


@pytest.mark.parametrize("code", SEVERAL[:3])
def test_branches_are_told_as_they_may_leave_the_screen(figures: Figures, code: str) -> None:
    scope = Scope(municipalities=(code,))
    shared = shared_standings(branch_rows(figures, scope), figures, scope=scope)
    report = read_report(report_ground(figures), code)
    read, rows = _read(report), {row[0]: row for row in _book(report)["Branches"]}
    assert set(rows) >= {row.code for row in shared.rows}
    for row in shared.rows:
        counts = [row.counts.shown(name) for name in ("started", "completed", "job_same_employer", "job_elsewhere")]
        assert list(rows[row.code][2:6]) == counts
        assert (rows[row.code][6] is None) is (row.rate.value is None)
        if row.rate.value is not None:
            assert rows[row.code][6] == pytest.approx(row.rate.value, rel=1e-12)
            assert _plain(f"{count(row.rate.x)} of {count(row.rate.n)}") in read
            assert _plain(percent(row.rate.value)) in read


def test_the_workbook_holds_the_published_numbers_as_numbers(figures: Figures) -> None:
    page = municipality_page(figures, "730")
    book = _book(read_report(report_ground(figures), "730"))
    peers = {row[0]: row for row in book["Peers"]}
    for peer in page.comparison.peers:
        assert peer.expected is not None
        shown = peers[peer.name][1]
        assert isinstance(shown, float)
        assert Decimal(str(shown)) == Decimal(peer.expected)
    assert len(book["All municipalities"]) >= 98
    assert [row[0] for row in book["About"][:1]] == ["Monthly report"]
    assert "DEMO" in {row[0] for row in book["About"]}


def test_each_page_has_its_number_the_source_and_demo_and_each_part_a_bookmark(figures: Figures) -> None:
    report = read_report(report_ground(figures), "730")
    pdf = _pdf(report)
    for number, page in enumerate(pdf.pages, start=1):
        read = page.extract_text()
        assert f"page {number} of {len(pdf.pages)}" in read
        assert "DEMO" in read
        assert "Source:" in read
    outline = pdf.outline
    first, inside = outline
    assert isinstance(inside, list)
    titles = [entry.title for entry in (first, *inside) if not isinstance(entry, list)]
    assert titles == ["Monthly report: Randers", *(part.title for part in report.parts)]


def test_what_the_last_release_changed_is_told_with_revised_values_of_the_municipality(figures: Figures) -> None:
    ground = report_ground(figures)
    codes = [code for code in SEVERAL if ground.changes.revisions.get(code)][:1]
    told = {code: _read(read_report(ground, code)) for code in codes or ["730"]}
    assert all(_plain("Changed by the last release") in read for read in told.values())
    assert all(_plain("demo, release 2, taken over") in read for read in told.values())
    for code in codes:
        revision = ground.changes.revisions[code][0]
        assert _plain(published_number(revision.new_value)) in told[code]
    everything = report_ground(figures, since=dt.date(2000, 1, 1))
    read = _read(read_report(everything, "730"))
    assert _plain("Changed since 1 Jan 2000") in read
    assert _plain("demo, release 1, taken over") in read
    later = _read(read_report(report_ground(figures, since=dt.date(2100, 1, 1)), "730"))
    assert _plain("No release has been taken over in that time.") in later


def test_a_figure_that_never_changed_tells_its_release_alone(figures: Figures) -> None:
    book = _book(read_report(report_ground(figures), "730"))
    for name in ("Expected and actual", "All municipalities", "Peers", "Periods"):
        rows = [row for row in book[name] if "demo" in row]
        assert rows
        assert all(row[-4] == "2" and row[-3] and row[-2] for row in rows)
        assert any(not row[-1] for row in rows)


def test_a_report_is_danish_where_danish_is_asked_for(figures: Figures) -> None:
    with text.in_language("da"):
        report = read_report(report_ground(figures), "751")
        read = _read(report)
        page = municipality_page(figures, "751")
        assert _plain(page.sentence) in read
    assert report.language == "da"
    assert text.language() == "en"
    assert _pdf(report).root_object["/Lang"] == "da"  # type: ignore[comparison-overlap, unused-ignore]


def test_the_same_figures_give_the_same_bytes(figures: Figures) -> None:
    first, second = (read_report(report_ground(figures), "730") for _time in range(2))
    assert pdf_bytes(report_document(first, printed=PRINTED)) == pdf_bytes(report_document(second, printed=PRINTED))
    assert workbook_bytes(report_workbook(first)) == workbook_bytes(report_workbook(second))


def test_a_report_among_others_is_the_same_as_alone(figures: Figures, tmp_path: Path) -> None:
    run = save_reports(figures, ("751", "730", "751", "101"), tmp_path, printed=PRINTED, task=Task())
    assert [one.code for one in run.saved] == ["751", "730", "101"]
    assert run.failed == ()
    alone = save_reports(figures, ("730",), tmp_path / "alone", printed=PRINTED, task=Task()).saved[0].files[0]
    assert alone.read_bytes() == (tmp_path / alone.name).read_bytes()


def test_a_cancelled_run_writes_nothing(figures: Figures, tmp_path: Path) -> None:
    task = Task()
    heard = []

    def cancel_at_the_third(done: int, _total: int, _words: str) -> None:
        heard.append(done)
        if done >= 2:
            task.cancel()

    task = Task(cancel_at_the_third)
    with pytest.raises(TaskCancelled):
        save_reports(figures, municipality_codes(figures), tmp_path / "out", task=task)
    assert heard
    assert not (tmp_path / "out").exists()


def test_a_report_there_already_is_replaced_whole(figures: Figures, tmp_path: Path) -> None:
    (path,) = save_reports(figures, ("730",), tmp_path, task=Task()).saved[0].files
    path.write_bytes(b"older")
    save_reports(figures, ("730",), tmp_path, task=Task())
    assert path.read_bytes().startswith(b"%PDF")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_names_from_outside_stay_text_in_both_files(figures: Figures) -> None:
    report = read_report(report_ground(figures), "730")
    hostile = replace(report, name=HOSTILE, source_line=HOSTILE)
    assert _plain(HOSTILE) in _plain("".join(page.extract_text() for page in _pdf(hostile).pages))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(report_workbook(hostile))))
    about = [list(row) for row in book["About"].iter_rows()]
    assert about[0][1].value == HOSTILE
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_without_outcomes_the_report_says_so_and_tells_the_rest(tmp_path: Path) -> None:
    home = two_publishers(Home(tmp_path / "home"), tmp_path)
    try:
        with _opened(home) as snapshot:
            report = read_report(report_ground(Figures.open(snapshot, order=("ministry", "collected"))), "730")
        read = _read(report)
        assert report.period == OLDER != NEWER
        assert not report.demonstration
        assert _plain("No outcomes of traineeships are loaded.") in read
        assert _plain("No further measures of municipalities are loaded.") in read
        assert _plain("Also published by collected: 10.28 %, expected 10.10 %") in read
        assert re.search("DEMO", read) is None
    finally:
        home.workspace.close()


def test_with_outcomes_alone_the_report_says_that_expected_and_actual_is_not_loaded(world: Any) -> None:
    world.add(0, 20, same=8, elsewhere=6, started=22)
    world.add_others(30, 20, same=5, elsewhere=5, started=20)
    report = read_report(report_ground(world.figures()), "730")
    read = _read(report)
    assert report.period == "2026Q01"
    assert _plain("Expected and actual share (y30r21) is not loaded") in read
    assert _plain("Traineeships by branch") in read
    assert report.parts[-1].title == "Definitions and sources"


def test_a_municipality_without_a_traineeship_is_told_so(world: Any) -> None:
    world.add(0, 20, same=8, elsewhere=6, started=22)
    read = _read(read_report(report_ground(world.figures()), "707"))
    assert _plain("No traineeships in the municipality") in read


def test_small_counts_are_in_neither_file(world: Any) -> None:
    world.add(0, 40, same=10, elsewhere=10, started=41)
    world.add(1, 37, same=1, elsewhere=0, started=37, branch="49.41")
    world.own_branch[1] = "49.41"
    report = read_report(report_ground(world.figures()), "730")
    rows = {row[0]: row for row in _book(report)["Branches"]}
    assert rows["H"][4:7] == (None, None, None)
    assert "1of37" not in _read(report)


def test_nothing_loaded_is_refused_with_a_remedy(world: Any) -> None:
    with pytest.raises(InputRefused, match="no figures that a report could be made of"):
        report_ground(world.figures())
