"""The language in use: one for the program, and another for a thread that writes in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from jobcentre_desk import text


def _written() -> tuple[str, str, str]:
    return text.language(), text.decimal(10.05), text.quarter(2026, 2)


DANISH, ENGLISH = (
    ("da", "10,05", "2.\N{NO-BREAK SPACE}kvt.\N{NO-BREAK SPACE}2026"),
    ("en", "10.05", "Q2\N{NO-BREAK SPACE}2026"),
)


def test_texts_within_are_in_the_language_named_and_afterwards_in_that_of_the_program() -> None:
    with text.in_language("da"):
        assert _written() == DANISH
        with text.in_language("en"):
            assert _written() == ENGLISH
        assert _written() == DANISH
    assert _written() == ENGLISH


def test_other_threads_go_on_in_the_language_of_the_program() -> None:
    with ThreadPoolExecutor(1) as threads, text.in_language("da"):
        assert threads.submit(_written).result() == ENGLISH


def test_the_language_of_the_program_comes_back_after_an_error() -> None:
    def fail() -> None:
        with text.in_language("da"):
            raise KeyError(text.language())

    with pytest.raises(KeyError, match="da"):
        fail()
    assert _written() == ENGLISH
