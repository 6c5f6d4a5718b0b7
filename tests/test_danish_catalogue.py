"""The Danish catalogue holds every text of the program, says the same, and never says what must not be said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "resources" / "translations" / "da" / "LC_MESSAGES" / "jobcentre_desk.po"
Forms = tuple[str, ...]

THE_SAME = {
    "Find": "the same word",
    "Id": "an id is called so in both languages",
    "Rate": "the same word",
    "Version": "the same word",
    "“{text}”": "what the person typed, in quotation marks",
    "≈ {n} person": "the same word",
}
"""Texts that are alike in both languages, with the reason."""

FORBIDDEN = {
    "da": r"bedste?|dårligste?|værste?|ringeste|succes\w*|vinder\w*|taber\w*|rang\w*|rank\w*",
    "en": r"best|worst|success\w*|winners?|losers?|ranking\w*",
}
"""Nobody is called best or worst, and an employer has no success: people went on to a job."""

LEFT_IN_ENGLISH = r"sync\w*|synk\w*|release\w*|download\w*|snapshot\w*|workspace\w*|gap\w*"
"""Words of the code that have a Danish one; commands stand in quotation marks and do not count."""


def _forms(text: str | Forms | list[str] | None) -> Forms:
    return (text,) if isinstance(text, str) else tuple(text or ())


@pytest.fixture(scope="module")
def in_source() -> set[Forms]:
    """Every text marked in the source, a plural as its two forms."""
    keywords = {**DEFAULT_KEYWORDS, "_n": (1, 2)}
    found = extract_from_dir(ROOT / "src", method_map=[("**.py", "python")], keywords=keywords)
    return {_forms(message) for _file, _line, message, _comments, _context in found}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="da")


@pytest.fixture(scope="module")
def danish(catalogue: Catalog) -> dict[Forms, Forms]:
    """The Danish of every text; a plural has two forms in both languages."""
    return {_forms(message.id): _forms(message.string) for message in catalogue if message.id}


def _pairs(danish: dict[Forms, Forms]) -> Iterator[tuple[str, str]]:
    for english, translated in danish.items():
        yield from zip(english, translated, strict=True)


def _placeholders(text: str) -> list[str]:
    return sorted(name for _before, name, _form, _conversion in Formatter().parse(text) if name is not None)


def _plain(text: str) -> str:
    """The words of a text, without placeholders and without what stands in quotation marks."""
    return re.sub(r"\{\w+\}|'[^']*'|“[^”]*”", "", text)


def test_every_text_of_the_source_has_its_danish(in_source: set[Forms], danish: dict[Forms, Forms]) -> None:
    assert [text for text in in_source if not all(danish.get(text, ("",)))] == []


def test_the_catalogue_holds_nothing_the_source_no_longer_says(
    in_source: set[Forms], catalogue: Catalog, danish: dict[Forms, Forms]
) -> None:
    assert not catalogue.obsolete
    assert set(danish) - in_source == set()


def test_no_text_waits_for_a_second_look(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_both_languages_have_the_same_placeholders(danish: dict[Forms, Forms]) -> None:
    assert [pair for pair in _pairs(danish) if _placeholders(pair[0]) != _placeholders(pair[1])] == []


def test_both_languages_begin_and_end_alike(danish: dict[Forms, Forms]) -> None:
    def edges(text: str) -> tuple[bool, bool, int]:
        return text.startswith(" "), text.endswith(" "), text.count("\n")

    assert [pair for pair in _pairs(danish) if edges(pair[0]) != edges(pair[1])] == []
    ended = [pair for pair in _pairs(danish) if pair[0][-1] in ".?…:"]
    assert [pair for pair in ended if pair[1][-1:] != pair[0][-1]] == []


def test_a_danish_text_that_is_the_english_one_has_a_reason(danish: dict[Forms, Forms]) -> None:
    assert {english for english, translated in _pairs(danish) if english == translated} == set(THE_SAME)


@pytest.mark.parametrize("language", ["da", "en"])
def test_nobody_is_called_best_or_worst(danish: dict[Forms, Forms], language: str) -> None:
    said = [pair[language == "da"] for pair in _pairs(danish)]
    word = re.compile(rf"\b({FORBIDDEN[language]})\b", re.IGNORECASE)
    assert [text for text in said if word.search(_plain(text))] == []


def test_rank_is_said_of_the_official_one_only(danish: dict[Forms, Forms]) -> None:
    said = [english for english, _danish in _pairs(danish) if re.search(r"\brank\b", _plain(english))]
    assert [text for text in said if "y30r21" not in text] == []


def test_words_of_the_code_are_not_left_in_danish_texts(danish: dict[Forms, Forms]) -> None:
    word = re.compile(rf"\b({LEFT_IN_ENGLISH})\b", re.IGNORECASE)
    assert [text for _english, text in _pairs(danish) if word.search(_plain(text))] == []
