"""The embedded font: which letters it has, and what stands where one is missing."""

from __future__ import annotations

import pytest

from jobcentre_desk.documents.fonts import REGULAR, fitted, missing_sign, printable, text_width


@pytest.mark.parametrize("text", ["æøåÆØÅ", "Łł éüß", "≥ ≤ ≈ ± √ – … − → • ▲", "31\N{NO-BREAK SPACE}%"])
def test_danish_polish_and_mathematical_signs_are_printed_as_they_are(text: str) -> None:
    assert printable(text) == text


def test_a_missing_letter_becomes_its_base_letter_or_a_visible_sign() -> None:
    assert printable("ạ̈") == "a" or missing_sign() not in printable("ạ̈")
    assert printable("漢") == missing_sign()
    assert missing_sign().strip()


def test_control_letters_are_left_out() -> None:
    assert printable("a\x00b\N{RIGHT-TO-LEFT OVERRIDE}c\ud800") == "abc"


def test_a_text_that_is_too_wide_is_cut_with_an_ellipsis_and_fits() -> None:
    cut = fitted("Andelsselskabet for Avancerede Byggematerialer", REGULAR, 10, 100)
    assert cut.endswith("…")
    assert text_width(cut, REGULAR, 10) <= 100
    assert fitted("kort", REGULAR, 10, 100) == "kort"
    assert fitted("", REGULAR, 10, 0) == ""
