"""Names are found however a person spells them."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk.cache.names import Lines, NameIndex, fold, folded_names, line_blob, second_fold
from jobcentre_desk.text import clean

NAMES = ["Søstrene Ø", "Ågård Træ", "Ost & Vin", "Øster Bageri", "Jensen <A/S>", "Łódź Import", "Café Élan", "Åa", ""]


def index_of(names: list[str]) -> NameIndex:
    first, second = folded_names(names)
    differ = [place for place in range(len(names)) if first[place] != second[place]]
    cvrs = [f"{10_000_000 + place:08d}" for place in range(len(names))]
    return NameIndex(
        lines(first, list(range(len(names)))),
        lines([second[p] for p in differ], differ),
        lines(cvrs, list(range(len(names)))),
    )


def lines(texts: list[str], ids: list[int]) -> Lines:
    blob, offsets = line_blob(texts)
    return Lines.of(np.frombuffer(blob, np.uint8), offsets, np.array(ids, dtype=np.int32))


def found(names: list[str], text: str) -> list[str] | None:
    flags = index_of(names).find(text, len(names))
    return None if flags is None else [name for name, flag in zip(names, flags, strict=True) if flag]


@pytest.mark.parametrize(
    "typed", ["soestrene", "sostrene", "søstrene", "SØSTRENE", "so\N{COMBINING ACUTE ACCENT}strene"]
)
def test_every_danish_spelling_finds_the_name(typed: str) -> None:
    assert found(NAMES, typed) == ["Søstrene Ø"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("aagaard", ["Ågård Træ"]),
        ("agard trae", ["Ågård Træ"]),
        ("lodz", ["Łódź Import"]),
        ("cafe el", ["Café Élan"]),
        ("øst", ["Ost & Vin", "Øster Bageri"]),
        ("ost", ["Søstrene Ø", "Ost & Vin", "Øster Bageri"]),
        ("10000004", ["Jensen <A/S>"]),
        ("0000003", ["Øster Bageri"]),
        ("<a/s>", ["Jensen <A/S>"]),
        ("no such name", []),
    ],
)
def test_both_folds_are_looked_at_on_both_sides(typed: str, names: list[str]) -> None:
    assert sorted(found(NAMES, typed) or []) == sorted(names if typed != "øst" else ["Søstrene Ø", *names])


@pytest.mark.parametrize("typed", ["", "a", " ø ", "\x00\u202e"])
def test_fewer_than_two_letters_narrow_nothing(typed: str) -> None:
    assert found(NAMES, typed) is None


def test_a_text_never_reaches_over_the_end_of_a_name() -> None:
    assert found(["Alfa", "Beta"], "fab") == []
    assert found(["Alfa", "Beta"], "a b") == []


def test_no_names_give_nothing() -> None:
    assert found([], "ab") == []


@given(st.lists(st.text(max_size=12), max_size=30), st.text(max_size=6))
def test_finds_exactly_the_names_that_hold_the_text_in_a_fold(raw: list[str], raw_text: str) -> None:
    names, text = [clean(name) for name in raw], clean(raw_text)
    if len(text) < 2 or len(second_fold(text)) < 2:
        assert found(names, raw_text) is None
        return
    index = index_of(names).find(raw_text, len(names))
    assert index is not None
    cvrs = [f"{10_000_000 + place:08d}" for place in range(len(names))]
    expected = [
        fold(text) in fold(name) or second_fold(text) in second_fold(name) or text in cvr
        for name, cvr in zip(names, cvrs, strict=True)
    ]
    assert index.tolist() == expected


def test_long_lists_are_searched_like_short_ones() -> None:
    chance = random.Random(4)
    names = ["".join(chance.choices("abcdeøå ", k=chance.randint(0, 30))).strip() for _ in range(4000)]
    names = [clean(name) for name in names]
    for text in ("ab", "abc", "øa", "cå d", "aaa"):
        expected = [n for n in names if fold(text) in fold(n) or second_fold(text) in second_fold(n)]
        assert found(names, text) == expected


def test_folding_many_names_at_once_equals_folding_each() -> None:
    first, second = folded_names(NAMES)
    assert first == [fold(name) for name in NAMES]
    assert second == [second_fold(name) for name in NAMES]
