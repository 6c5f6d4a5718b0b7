"""The monthly reports from the command line: files, their names, what is printed, and exit codes."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
from tests.program.driver import Program


def test_one_report_is_written_and_told(program: Program, tmp_path: Path) -> None:
    told = program.ask("report", "730", "--out", str(tmp_path / "reports"))
    assert told.keys() >= {"folder", "language", "reports", "failed"}
    assert told["language"] == "en"
    assert [(one["code"], one["name"]) for one in told["reports"]] == [("730", "Randers")]
    (path,) = (Path(name) for name in told["reports"][0]["files"])
    assert path.parent == tmp_path / "reports"
    assert re.fullmatch(r"report-730-\d{4}QMAT\d{2}-en\.pdf", path.name)
    assert told["reports"][0]["period"] in path.name
    assert "Randers" in pypdf.PdfReader(path).pages[0].extract_text()


def test_all_98_are_written_in_one_run_in_the_language_asked_for(program: Program, tmp_path: Path) -> None:
    answer = program.run("report", "--all", "--out", str(tmp_path), language="da")
    assert answer.code == 0, answer.err
    files = sorted(tmp_path.iterdir())
    assert len(files) == 98
    assert all(re.fullmatch(r"report-\d{3}-\w+-da\.pdf", path.name) for path in files)
    for path in files[::14]:
        read = pypdf.PdfReader(path)
        assert read.root_object["/Lang"] == "da"  # type: ignore[comparison-overlap, unused-ignore]
        assert all("DEMO" in page.extract_text() for page in read.pages)


def test_an_unknown_municipality_is_refused_before_anything_is_written(program: Program, tmp_path: Path) -> None:
    answer = program.run("report", "730", "999", "--out", str(tmp_path / "reports"), "--format", "json")
    assert answer.code == 1
    assert answer.json["error"]["id"] == "unknown_code"
    assert "999" in answer.json["error"]["message"]
    assert not (tmp_path / "reports").exists()


def test_a_period_without_figures_and_a_day_that_is_none_are_refused(program: Program, tmp_path: Path) -> None:
    wrong_period = program.run("report", "730", "--out", str(tmp_path / "a"), "--period", "1999QMAT01")
    assert (wrong_period.code, "1999QMAT01" in wrong_period.err) == (1, True)
    wrong_day = program.run("report", "730", "--out", str(tmp_path / "a"), "--since", "yesterday")
    assert (wrong_day.code, "yesterday" in wrong_day.err) == (1, True)
    assert not (tmp_path / "a").exists()


def test_without_a_municipality_the_usage_is_told(program: Program, tmp_path: Path) -> None:
    assert program.run("report", "--out", str(tmp_path)).code == 2
    assert program.run("report", "730", "--all", "--out", str(tmp_path)).code == 2


def test_a_file_in_the_way_fails_alone_and_is_named(program: Program, tmp_path: Path) -> None:
    period = program.ask("report", "730", "--out", str(tmp_path))["reports"][0]["period"]
    (tmp_path / f"report-751-{period}-en.pdf").mkdir()
    answer = program.run("report", "730", "751", "--out", str(tmp_path), "--format", "json")
    assert answer.code == 1
    assert [one["code"] for one in answer.json["reports"]] == ["730"]
    assert [one["code"] for one in answer.json["failed"]] == ["751"]
    assert "Aarhus" in answer.err
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
