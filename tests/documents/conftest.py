"""A small document with every kind of block, and reading a PDF back."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pytest

from jobcentre_desk.documents.pdf import pdf_bytes
from jobcentre_desk.model import pages
from jobcentre_desk.model.charts import (
    IntervalBar,
    IntervalChart,
    IntervalGroup,
    StripChart,
    StripRow,
    TableOf,
    TrendChart,
    TrendPoint,
)
from jobcentre_desk.model.outcomes import State, Verdict

NO_TABLE = TableOf(header=(), rows=(), numeric=())
TABLE = TableOf(header=("Who", "Completed"), rows=(("Jensen <A/S>", "1,234"), ("=cmd", "2")), numeric=(False, True))


def interval_bar(label: str, value: float | None, *, state: State = State.KNOWN, own: bool = False) -> IntervalBar:
    return IntervalBar(
        label=label,
        value=value,
        low=None if value is None else value - 0.1,
        high=None if value is None else value + 0.1,
        reference=0.44 if own else None,
        verdict=Verdict.ABOVE if own else Verdict.CANNOT_TELL,
        state=state,
        value_text="hidden" if value is None else f"{value:.0%}",
        note="28 of 42",
        own=own,
    )


INTERVALS = IntervalChart(
    title="Beside the branch",
    sentence="",
    groups=(
        IntervalGroup(
            title="Any job",
            verdict=Verdict.ABOVE,
            verdict_text="above its branch",
            bars=(interval_bar("Own", 0.67, own=True), interval_bar("Hidden one", None, state=State.HIDDEN)),
        ),
    ),
    reference_name="the branch",
    table=NO_TABLE,
)
TREND = TrendChart(
    title="Trend",
    sentence="",
    points=(
        TrendPoint(label="Q1", sublabel="2025", value=0.4, low=0.3, high=0.5, state=State.KNOWN),
        TrendPoint(label="Q2", sublabel="", value=0.5, low=0.4, high=0.6, state=State.KNOWN),
        TrendPoint(label="Q3", sublabel="", value=None, low=None, high=None, state=State.NOT_YET_KNOWN),
    ),
    reference=0.44,
    reference_name="the branch",
    axis_low=0,
    axis_high=1,
    axis_ticks=((0, "0"), (1, "100 %")),
    comparison=(0.41, 0.42, None),
    comparison_name="expected",
    table=NO_TABLE,
)
STRIP = StripChart(
    title="Among the 98",
    sentence="",
    rows=(
        StripRow(
            label="All groups",
            sublabel="10.08 %",
            own=0.03,
            peers=((0.01, "Ishøj"),),
            middle=0.0,
            others=((-0.4, "Vejle"), (0.5, "Læsø")),
            value_text="+0.03",
            note="57 of 98",
        ),
    ),
    axis_low=-1,
    axis_high=1,
    axis_ticks=((-1, "−1"), (1, "+1")),
    axis_name="percentage points",
    table=NO_TABLE,
)

EVERY_BLOCK: tuple[pages.Block, ...] = (
    pages.Kicker(text="Employer contact", right="Randers · card 1 of 12", mark="employer_contact"),
    pages.Heading(text="Gudenå Lager & Logistik ApS", level=1),
    pages.Paragraph(text="Of 42, 28 went on to a job.", role="sentence", strong="28 went on to a job"),
    pages.Paragraph(text=""),
    pages.Spacer(),
    pages.Heading(text="Beside the branch", level=2),
    pages.DocumentChart(chart=INTERVALS, height_mm=40),
    pages.DocumentChart(chart=TREND, height_mm=40),
    pages.DocumentChart(chart=STRIP, height_mm=20),
    pages.DocumentTable(table=TABLE),
    pages.Heading(text="Details", level=3),
    pages.FactBox(title="Why now", paragraphs=(pages.Paragraph(text="430 persons more"),)),
    pages.BulletList(items=("Who calls?", "Who asks?", "Who writes?")),
    pages.FormLines(rows=(("What", ""), ("Baseline", "10.64 %"))),
    pages.Choices(label="Follow-up", options=("changed", "not changed", "too early")),
)


@pytest.fixture
def document() -> pages.Document:
    """A document of one page with every kind of block."""
    return pages.Document(
        title="Gudenå Lager",
        language="en",
        demonstration=True,
        blocks=EVERY_BLOCK,
        footer_left="Source: demonstration, release 14.",
        footer_right="Jobcentre Desk · 10 Nov 2026",
    )


@pytest.fixture
def text_of() -> Callable[[pages.Document], str]:
    """The text of a document as a reader of PDF files finds it."""

    def read(document: pages.Document) -> str:
        return "\n".join(page.extract_text() for page in reader_of(document).pages)

    return read


@pytest.fixture
def naming(document: pages.Document) -> Callable[[str], pages.Document]:
    """A document about an employer of some name."""

    def make(name: str) -> pages.Document:
        return replace(document, title=name, blocks=(pages.Heading(text=name, level=1), pages.Paragraph(text=name)))

    return make


@pytest.fixture
def open_pdf() -> Callable[[pages.Document], pypdf.PdfReader]:
    """A document read back as PDF."""
    return reader_of


def reader_of(document: pages.Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf_bytes(document)))
