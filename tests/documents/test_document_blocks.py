"""Blocks of a document that are rare: long and empty tables, rows without a figure, charts with nothing to judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pypdf
import pytest
from tests.documents.conftest import INTERVALS, NO_TABLE, STRIP, interval_bar

from jobcentre_desk.documents.flow import flowables
from jobcentre_desk.model import pages
from jobcentre_desk.model.charts import IntervalGroup, TableOf
from jobcentre_desk.model.outcomes import State

Read = Callable[[pages.Document], str]
Open = Callable[[pages.Document], pypdf.PdfReader]


def with_blocks(document: pages.Document, *blocks: pages.Block) -> pages.Document:
    return replace(document, blocks=blocks)


def test_a_long_table_goes_on_over_the_page_with_its_headers(document: pages.Document, open_pdf: Open) -> None:
    rows = tuple((f"Employer {number}", str(number)) for number in range(120))
    table = TableOf(header=("Name", "Completed"), rows=rows, numeric=(False, True))
    long = replace(with_blocks(document, pages.DocumentTable(table=table)), parts_on_one_page=False)
    read = [page.extract_text() for page in open_pdf(long).pages]
    assert len(read) > 1
    assert all("Completed" in page for page in read)
    lines = [f"Employer {number} {number}\n" for number in (0, 60, 119)]
    assert [sum(line in f"{page}\n" for page in read) for line in lines] == [1, 1, 1]


def test_a_table_with_more_than_the_line_holds_still_shows_every_word(document: pages.Document, text_of: Read) -> None:
    words = tuple(f"longerthanhalf{number}" * 3 for number in range(6))
    table = TableOf(header=words, rows=(words,), numeric=(False,) * 6)
    read = "".join(text_of(with_blocks(document, pages.DocumentTable(table=table))).split())
    assert [word for word in words if word not in read] == []


def test_a_table_without_columns_takes_no_room(document: pages.Document, text_of: Read) -> None:
    empty = with_blocks(document, pages.DocumentTable(table=NO_TABLE), pages.Paragraph(text="After"))
    assert text_of(empty) == text_of(with_blocks(document, pages.Paragraph(text="After")))


def test_a_side_without_cases_has_a_dash_and_a_hidden_one_its_word(document: pages.Document, text_of: Read) -> None:
    none = replace(interval_bar("Nobody", None), value_text="")
    hidden = replace(interval_bar("Few", None, state=State.HIDDEN), value_text="hidden")
    groups = (
        IntervalGroup(title="", verdict=None, verdict_text="", bars=(none,)),
        IntervalGroup(title="Elsewhere", verdict=None, verdict_text="", bars=(hidden,)),
    )
    chart = replace(INTERVALS, groups=groups)
    read = text_of(with_blocks(document, pages.DocumentChart(chart=chart, height_mm=40)))
    assert "–" in read
    assert "hidden" in read
    assert "above" not in read


def test_a_rate_without_its_interval_is_drawn_as_a_rate(document: pages.Document, text_of: Read) -> None:
    bar = replace(interval_bar("Own", 0.67, own=True), low=None, high=None, reference=None)
    chart = replace(INTERVALS, groups=(replace(INTERVALS.groups[0], bars=(bar,)),))
    assert "67%" in text_of(with_blocks(document, pages.DocumentChart(chart=chart, height_mm=30)))


def test_a_municipality_without_its_own_figure_is_left_off_the_strip(document: pages.Document, text_of: Read) -> None:
    row = replace(STRIP.rows[0], own=None, middle=None, value_text="not reported")
    chart = replace(STRIP, rows=(row,))
    assert "not reported" in text_of(with_blocks(document, pages.DocumentChart(chart=chart, height_mm=20)))


def test_a_block_of_no_known_kind_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError, match="object"):
        flowables(object())
