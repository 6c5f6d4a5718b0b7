"""CPR numbers typed in a note are noticed in every common spelling; CVR numbers are not taken for them."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from jobcentre_desk.desk.notes import CPR_WEIGHTS, looks_like_cpr
from jobcentre_desk.model.employers import CVR_MODULUS, CVR_WEIGHTS

TODAY = dt.date(2026, 2, 1)
SPELLINGS = (
    "{d}{m}{y}{s}",
    "{d}{m}{y}-{s}",
    "{d}{m}{y} {s}",
    "{d} {m} {y} {s}",
    "{d}.{m}.{y}-{s}",
    "{d}-{m}-{y}-{s}",
    "{d}/{m}/{y} – {s}",
    "{d}{m}{full}-{s}",
)


def _serials(born: dt.date, chance: random.Random) -> str:
    """A serial number whose seventh digit gives the century and whose check sum holds."""
    first = chance.choice("0123" if born.year < 2000 else ("49" if born.year <= 2036 else "5678"))
    while True:
        serial = first + f"{chance.randrange(1000):03}"
        digits = f"{born:%d%m%y}{serial}"
        if sum(int(d) * w for d, w in zip(digits, CPR_WEIGHTS, strict=True)) % 11 == 0:
            return serial


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_number_is_noticed_in_each_spelling(spelling: str) -> None:
    chance = random.Random(spelling)
    for _ in range(300):
        born = dt.date(1900, 1, 1) + dt.timedelta(days=chance.randrange(46_000))
        parts = {"d": f"{born:%d}", "m": f"{born:%m}", "y": f"{born:%y}", "full": f"{born:%Y}"}
        written = spelling.format(s=_serials(born, chance), **parts)
        assert looks_like_cpr(f"Ring om {written}, kl. 10", today=TODAY), written


def test_a_birth_on_new_years_day_needs_no_check_sum() -> None:
    assert looks_like_cpr("010180-1111", today=TODAY)
    assert not looks_like_cpr("020180-1111", today=TODAY)


def test_a_number_from_the_future_or_without_a_date_is_none() -> None:
    assert not looks_like_cpr("310280-1234 311399-0000 010157-8000", today=TODAY)


def test_no_cvr_number_and_few_production_unit_numbers_are_taken_for_one() -> None:
    chance = random.Random(5)
    assert not any(looks_like_cpr(f"CVR {_cvr(chance)}, 12 pladser", today=TODAY) for _ in range(3_000))
    production_units = [str(chance.randrange(1_000_000_000, 1_032_000_000)) for _ in range(5_000)]
    assert sum(looks_like_cpr(number, today=TODAY) for number in production_units) <= 150


def test_a_telephone_number_and_a_date_are_no_cpr_number() -> None:
    assert not looks_like_cpr("Ring på +45 87 15 90 00 efter 12.03.2026 kl. 14.30", today=TODAY)


def _cvr(chance: random.Random) -> str:
    while True:
        number = str(chance.randrange(10_000_000, 100_000_000))
        if sum(int(d) * w for d, w in zip(number, CVR_WEIGHTS, strict=True)) % CVR_MODULUS == 0:
            return number
