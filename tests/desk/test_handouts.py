"""Cards and the sheet of a municipality as documents."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pypdf
import pytest

from jobcentre_desk import text
from jobcentre_desk.desk.cards import suggest_from
from jobcentre_desk.desk.handouts import cards_document
from jobcentre_desk.desk.handouts_municipality import municipality_document
from jobcentre_desk.desk.municipality import settle
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures
from jobcentre_desk.desk.municipality_page import page_from
from jobcentre_desk.desk.municipality_wording import component_title
from jobcentre_desk.documents.pdf import pdf_bytes
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.cards import CardSuggestion, Component
from jobcentre_desk.model.pages import Document, Origin
from jobcentre_desk.publishing.handbook import handbook_cards

TODAY = dt.date(2026, 11, 10)
RANDERS = Area("730", AreaKind.MUNICIPALITY, "Randers", "Randers")
ORIGIN = Origin(
    publisher_name="STAR",
    sequence=3,
    released="2026-11-01",
    synced_at="2026-11-02T06:40:00",
    definitions_version="3",
    demonstration=False,
    unsigned=False,
    line="Source: STAR, release 3.",
)


@pytest.fixture
def suggestions() -> list[CardSuggestion]:
    """All cards of the handbook, the fifth of them suggested."""
    return [
        CardSuggestion(
            card=card,
            suggested=number == 4,
            reason="430 full-time persons more" if number == 4 else "No gap was found.",
            measure="y30r21.actual_share",
            value="10.64" if number == 4 else None,
            reference="10.02" if number == 4 else None,
        )
        for number, card in enumerate(handbook_cards())
    ]


def _cards(suggestions: list[CardSuggestion], origin: Origin = ORIGIN) -> Document:
    return cards_document(suggestions, area=RANDERS, origin=origin, definition="Expected and actual.", printed=TODAY)


def _pages(document: Document) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf_bytes(document))).pages]


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_card_has_a_page_of_its_own_and_the_suggested_one_comes_first(
    suggestions: list[CardSuggestion], language: str
) -> None:
    text.use_language(language)
    pages = _pages(_cards(suggestions))
    assert len(pages) == len(suggestions)
    first = suggestions[4].card
    assert (first.title_da if language == "da" else first.title_en) in pages[0]
    assert "430 full-time persons more" in pages[0]
    assert ("10,64" if language == "da" else "10.64") in pages[0]
    for question in first.questions_da if language == "da" else first.questions_en:
        assert question in pages[0]


def test_a_card_tells_its_component_source_and_what_to_agree_on(suggestions: list[CardSuggestion]) -> None:
    for page in _pages(_cards(suggestions)):
        assert any(component_title(component) in page for component in Component)
        assert "Source: STAR, release 3." in page
        assert "not intended to be updated" in page
        for label in ("What", "Role", "Date", "Baseline", "too early"):
            assert label in page


def test_cards_from_demonstration_figures_say_so_on_each_page(suggestions: list[CardSuggestion]) -> None:
    assert all("DEMO" in page for page in _pages(_cards(suggestions, replace(ORIGIN, demonstration=True))))
    assert not any("DEMO" in page for page in _pages(_cards(suggestions)))


@pytest.mark.published
def test_the_sheet_and_cards_of_every_municipality_fit_their_pages(recorded: MunicipalityFigures) -> None:
    for code in ("730", "101", "825", "851", "492"):
        question = settle(recorded, code, period=None, group="all", peers="expected")
        page = page_from(recorded, question, cards=handbook_cards(), origin=ORIGIN)
        sheet = _pages(municipality_document(page, printed=TODAY))
        assert len(sheet) == 1
        assert page.comparison.area.name_da in sheet[0]
        made = _cards(list(suggest_from(recorded, code, cards=handbook_cards())))
        assert len(_pages(made)) == len(handbook_cards())
