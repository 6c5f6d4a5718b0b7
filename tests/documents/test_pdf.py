"""Documents as PDF: read back, one page, fonts embedded, nothing of this machine inside."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from jobcentre_desk.documents.pdf import pdf_bytes
from jobcentre_desk.model.pages import Block, Document, Heading, PageBreak, Paragraph

HOSTILE = (
    "Jensen <A/S>",
    "=cmd|' /C calc'!A0",
    "<img src=/etc/passwd>",
    "AT&T &amp; Søn",
    "Łukasz Zażółć gęślą jaźń",
    "<b>ikke fed</b> <font size=40>stor</font>",
    "<table><tr><td>" * 20,
    "æøå ÆØÅ é ü ß ≥ ≤ ≈ ± √ – … − → • ▲",
)

Read = Callable[[Document], str]
Named = Callable[[str], Document]
Opened = Callable[[Document], pypdf.PdfReader]


def test_every_text_of_a_document_is_read_back(document: Document, text_of: Read) -> None:
    read = text_of(document)
    wanted = ("Employer contact", "card 1 of 12", "Gudenå Lager & Logistik ApS", "28 went on to a job", "28 of 42",
              "above its branch", "hidden", "Jensen <A/S>", "=cmd", "Why now", "Who calls?", "10.64 %", "too early",
              "57 of 98", "Source: demonstration, release 14.", "page 1 of 1", "DEMO")  # fmt: skip
    assert [text for text in wanted if text not in read] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_whatever_it_holds(name: str, naming: Named, text_of: Read) -> None:
    read = text_of(naming(name))
    assert "".join(name.split()) in "".join(read.split())


def test_letters_the_font_lacks_leave_a_sign_and_never_a_gap(naming: Named, text_of: Read) -> None:
    read = text_of(naming("東京 A\N{NON-BREAKING HYPHEN}B \N{RIGHT-TO-LEFT OVERRIDE}x"))
    assert "◊◊ A-B x" in read


def test_only_the_embedded_font_is_used(document: Document, open_pdf: Opened) -> None:
    fonts = [
        font.get_object()
        for page in open_pdf(document).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index, attr-defined, unused-ignore]
    ]
    assert fonts
    assert all("SourceSansPro" in font["/BaseFont"] for font in fonts)
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_the_file_says_its_title_and_language_and_shows_the_title(document: Document, open_pdf: Opened) -> None:
    pdf = open_pdf(document)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Gudenå Lager"
    assert str(pdf.root_object["/Lang"]) == "en"
    assert pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index, unused-ignore]


def test_the_same_content_gives_the_same_bytes(document: Document) -> None:
    assert pdf_bytes(document) == pdf_bytes(document)


def test_a_page_that_is_too_full_is_made_smaller(document: Document, open_pdf: Opened) -> None:
    fuller = replace(document, blocks=(*document.blocks, *[Paragraph(text="One more line of text.")] * 25))
    assert len(open_pdf(fuller).pages) == 1


def test_a_very_long_name_still_fits_on_one_page(naming: Named, open_pdf: Opened) -> None:
    assert len(open_pdf(naming("Virksomhedsnavn" * 14)).pages) == 1


def test_a_long_document_flows_over_pages_with_footer_and_demo_on_each(document: Document, open_pdf: Opened) -> None:
    blocks = tuple(Paragraph(text=f"Line {number}") for number in range(150))
    pdf = open_pdf(replace(document, blocks=blocks, parts_on_one_page=False))
    texts = [page.extract_text() for page in pdf.pages]
    assert len(texts) > 2
    for number, text in enumerate(texts, start=1):
        assert f"page {number} of {len(texts)}" in text
        assert "DEMO" in text
        assert "Source: demonstration" in text


def test_each_part_has_a_page_and_a_bookmark(document: Document, open_pdf: Opened) -> None:
    blocks: list[Block] = []
    for title in ("First & foremost", "Second"):
        blocks += [PageBreak(bookmark=title), Heading(text=title, level=1)]
    pdf = open_pdf(replace(document, blocks=tuple(blocks)))
    assert len(pdf.pages) == 2
    assert [entry.title for entry in pdf.outline] == ["First & foremost", "Second"]  # type: ignore[union-attr]
    assert [pdf.get_destination_page_number(entry) for entry in pdf.outline] == [0, 1]  # type: ignore[arg-type]


def test_real_figures_carry_no_demo_mark(document: Document, text_of: Read) -> None:
    assert "DEMO" not in text_of(replace(document, demonstration=False))


def test_no_path_of_this_machine_is_inside(document: Document) -> None:
    content = pdf_bytes(document)
    assert str(Path.cwd()).encode() not in content
    assert str(Path.home()).encode() + b"/" not in content


def test_a_long_source_line_is_never_cut(document: Document, text_of: Read) -> None:
    line = "Source: a publisher with a long name, release 14 of 1 Nov 2026, fetched 2 Nov 2026 06:40. Definitions 3."
    assert line in " ".join(text_of(replace(document, footer_left=line)).split())


def test_a_page_is_made_well_within_a_tenth_of_a_second_once_loaded(document: Document) -> None:
    pdf_bytes(document)
    started = time.perf_counter()
    pdf_bytes(document)
    assert time.perf_counter() - started < 1
