"""CSV of an authority: encoding, separator, title lines and header are found out by rules that are told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders.authority_files import CVR, HEADER, TITLE, csv_content, sound_row

from jobcentre_desk.sources.authority_file import read_authority_file
from jobcentre_desk.sources.authority_guesses import guess_targets
from jobcentre_desk.sources.authority_table import FileRefused, FileTable
from jobcentre_desk.task import Task

ROWS = [list(HEADER), sound_row(name='Ærø "Smed" & Søn; I/S'), sound_row(cvr=CVR[1], name="To\nlinjer")]


def read(path: Path, content: bytes, **said: str) -> FileTable:
    path.write_bytes(content)
    return read_authority_file(path, task=Task(), **said)


@pytest.mark.parametrize(
    ("encoding", "found", "words"),
    [
        ("utf-8", "utf-8", "The encoding is UTF-8: every line fits it."),
        ("utf-8-sig", "utf-8", "The encoding is UTF-8: the file begins with its mark."),
        ("utf-16", "utf-16", "The encoding is UTF-16: the file begins with its mark."),
        ("cp1252", "windows-1252", "line 1 is not UTF-8, and reads “"),
    ],
)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_encoding_and_separator_gives_the_same_cells(
    tmp_path: Path, encoding: str, found: str, words: str, separator: str
) -> None:
    table = read(tmp_path / "a.csv", csv_content(ROWS, separator=separator, encoding=encoding))
    assert (table.layout.encoding, table.layout.separator) == (found, separator)
    assert [list(cells) for _number, cells in table.rows] == ROWS[1:]
    assert table.layout.columns == HEADER
    assert words in table.decided_by


def test_the_line_that_decided_the_encoding_is_shown_as_read(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "cvr;navn;periode\n1;Ærø Bageri;2\n".encode("cp1252"))
    assert "line 2 is not UTF-8, and reads “1;Ærø Bageri;2” as Windows-1252" in table.decided_by


def test_what_is_said_wins_over_what_would_be_found(tmp_path: Path) -> None:
    content = "cvr;navn;periode\n1;Ærø;2\n".encode()
    table = read(tmp_path / "a.csv", content, encoding="cp1252", separator=";")
    assert table.rows[0][1][1] == "Ã†rÃ¸"
    assert "although every line fits UTF-8" in table.decided_by
    assert "The separator is a semicolon, as was said." in table.decided_by


@pytest.mark.parametrize("first", ["sep=;\r\n", "SEP=;\r\n"])
def test_the_separator_that_excel_writes_into_the_first_line_is_taken(tmp_path: Path, first: str) -> None:
    table = read(tmp_path / "a.csv", first.encode() + csv_content(ROWS, encoding="utf-8"))
    assert table.layout.header_row == 2
    assert "the first line says so" in table.decided_by


def test_title_lines_above_the_header_are_passed_over(tmp_path: Path) -> None:
    rows = [list(TITLE), ["Trukket 2. november 2026", *[""] * 13], [""] * 14, *ROWS]
    table = read(tmp_path / "a.csv", csv_content(rows))
    assert (table.layout.header_row, table.rows[0][0]) == (4, 5)
    assert "The header is row 4: 14 of its names are known." in table.decided_by


def test_a_header_of_unknown_names_is_the_first_filled_row_without_numbers(tmp_path: Path) -> None:
    content = b"Udtraek 2025\n;;\na;b;;a\n1;2;3;4\n5;6;7;8\n"
    table = read(tmp_path / "a.csv", content, separator=";")
    assert table.layout.columns == ("a", "b", "Column C", "a (2)")
    assert [number for number, _cells in table.rows] == [4, 5]


def test_empty_rows_and_empty_cells_at_the_end_are_no_trouble(tmp_path: Path) -> None:
    content = csv_content(ROWS, encoding="utf-8").replace(b"\r\n", b";;\r\n") + b"\r\n;;;;;;;;;;;;;\r\n"
    table = read(tmp_path / "a.csv", content.replace(b"To\nlinjer", b"To linjer"))
    assert len(table.rows) == 2
    assert table.problems == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "No row of the file looks like a header."),
        (b"1;2\n3;4\n", "No row of the file looks like a header."),
        (b"cvr;navn;periode\n", "There are no rows below the header"),
        (b"cvr;navn\0;periode\n", "The file is no text."),
        (b"cvr;navn;periode\n1;\x81\x8d;2\n", "Line 2 of the file is not Windows-1252."),
        (b"%PDF-1.7\n\x80\0", "The file is no text."),
        (";".join(f"c{n}" for n in range(300)).encode() + b"\n", "Row 1 has more than 200 columns."),
    ],
)
def test_what_is_no_table_is_refused_with_the_remedy(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(tmp_path / "a.csv", content)
    assert words in refused.value.message
    assert refused.value.hint


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300)
    | st.text(alphabet='cvr;,\t\n\r"æ1 .-=#', max_size=300).map(str.encode)
    | st.tuples(st.just(csv_content(ROWS)), st.integers(0, 400), st.binary(max_size=9)).map(
        lambda made: made[0][: made[1]] + made[2] + made[0][made[1] :]
    )
)
def test_any_bytes_are_a_table_or_refused(tmp_path: Path, content: bytes) -> None:
    with suppress(FileRefused):
        table = read(tmp_path / "a.csv", content)
        width = len(table.layout.columns)
        assert len(set(table.layout.columns)) == width
        assert {len(cells) for _number, cells in table.rows} <= {width}
        assert set(guess_targets(table)) == set(table.layout.columns)


def test_utf_16_that_is_said_but_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="mark of UTF-16"):
        read(tmp_path / "a.csv", b"cvr;navn\n1;2\n", encoding="utf-16")
