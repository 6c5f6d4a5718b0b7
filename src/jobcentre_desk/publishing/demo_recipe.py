"""The recipe of the demonstration figures: what `data/demonstration` holds, as arrays ready to draw from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.paths import shipped
from jobcentre_desk.publishing.code_lists import code_list_rows, read_data
from jobcentre_desk.text import translate as _

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

SIZES = ("small", "country", "tenfold")
"""The sizes a person can ask for; `tiny` is there for tests."""


@dataclass(frozen=True, slots=True)
class DemoSize:
    """How many employers, and how many outcome rows over the quarters of release 1 (about)."""

    name: str
    number: int
    employers: int
    outcome_rows: int


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """The branch classes invented employers have; all arrays are as long as `codes`."""

    codes: tuple[str, ...]
    weight: Floats
    success: Floats
    section: Ints
    profile: tuple[str, ...]
    institution: npt.NDArray[np.bool_]
    name_words: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Occupations:
    """The occupations used, and per branch class the cumulated shares of each of them."""

    codes: tuple[str, ...]
    success: Floats
    cumulated: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Schemes:
    """Benefit groups and programmes: how many people, how likely a job, where."""

    groups: tuple[str, ...]
    group_share: Floats
    group_success: Floats
    programmes: tuple[str, ...]
    programme_success: Floats
    programme_same_employer: Floats
    programme_cumulated: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Recipe:
    """Everything the demonstration is made from; `numbers` are the plain tables of recipe.toml."""

    seed: int
    first_quarter: Quarter
    known_through: Quarter
    last_quarter: Quarter
    municipalities: tuple[str, ...]
    inhabitants: Floats
    classes: Classes
    occupations: Occupations
    schemes: Schemes
    size_bands: tuple[str, ...]
    size_band_share: Floats
    size_band_activity: Floats
    numbers: Mapping[str, Any]
    name_parts: Mapping[str, tuple[str, ...]]

    def size(self, name: str) -> DemoSize:
        """The size of that name; raises InputRefused naming those there are."""
        sizes = self.numbers["sizes"]
        if name not in sizes:
            raise InputRefused(
                _("There is no demonstration of the size “{size}”.").format(size=name),
                _("Choose one of {sizes}.").format(sizes=", ".join(SIZES)),
            )
        employers, rows = sizes[name]
        return DemoSize(name, list(sizes).index(name), employers, rows)

    def quarters(self, release: int) -> tuple[Quarter, ...]:
        """The quarters of a release: those of release 1, and one more with each later one."""
        count = self.last_quarter.index - self.first_quarter.index + release
        return tuple(self.first_quarter.plus(i) for i in range(count))

    def known(self, release: int) -> Quarter:
        """The last quarter whose outcomes are known at a release."""
        return self.known_through.plus(release - 1)

    def rng(self, *path: int) -> np.random.Generator:
        """A generator of its own for one part of the figures, so that no part moves another."""
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence((self.seed, *path))))


@cache
def read_recipe() -> Recipe:
    """Read the shipped recipe, once."""
    numbers = _read_toml("recipe.toml")
    names = _read_toml("names.toml")
    classes = _read_classes(frozenset(names["institutions"]))
    bands = numbers["size_bands"]
    return Recipe(
        seed=numbers["seed"],
        first_quarter=_quarter(numbers["first_quarter"]),
        known_through=_quarter(numbers["known_through"]),
        last_quarter=_quarter(numbers["last_quarter"]),
        municipalities=tuple(numbers["municipalities"]),
        inhabitants=np.array(list(numbers["municipalities"].values()), dtype=float),
        classes=classes,
        occupations=_read_occupations(classes, numbers["occupations"]),
        schemes=_read_schemes(numbers["benefit_groups"], numbers["programmes"]),
        size_bands=tuple(bands),
        size_band_share=shares(band[0] for band in bands.values()),
        size_band_activity=np.array([band[1] for band in bands.values()]),
        numbers=numbers,
        name_parts={key: tuple(parts) for key, parts in names.items()},
    )


def shares(weights: Iterable[float]) -> Floats:
    """Weights as shares of their sum."""
    given = np.array(list(weights), dtype=float)
    return np.asarray(given / given.sum())


def pick(shares_of: Sequence[float] | Floats, draws: Floats) -> Ints:
    """Which part each draw in [0, 1) falls into."""
    cumulated = np.cumsum(shares_of)
    places = np.searchsorted(cumulated[:-1] / cumulated[-1], draws, side="right")
    return places.astype(np.int32)


def _quarter(text: str) -> Quarter:
    quarter = Quarter.parse(text)
    assert quarter is not None, text
    return quarter


def _read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((shipped("data") / "demonstration" / name).read_text(encoding="utf-8"))


def _read_classes(institutions: frozenset[str]) -> Classes:
    """Each class weighs its share of its division's weight."""
    divisions = {row["division"]: row for row in read_data("demonstration/divisions.csv")}
    sections = {row["code"]: row["parent"] for row in code_list_rows("branches") if row["level"] == "2"}
    letters = sorted(set(sections.values()))
    rows = read_data("demonstration/classes.csv")
    of_class = [row["branch"][:2] for row in rows]
    within: dict[str, float] = {}
    for division, row in zip(of_class, rows, strict=True):
        within[division] = within.get(division, 0.0) + float(row["weight"])
    return Classes(
        codes=tuple(row["branch"] for row in rows),
        weight=shares(
            float(row["weight"]) / within[division] * float(divisions[division]["weight"])
            for division, row in zip(of_class, rows, strict=True)
        ),
        success=np.array([float(divisions[division]["success"]) for division in of_class]),
        section=np.array([letters.index(sections[division]) for division in of_class], dtype=np.int32),
        profile=tuple(row["profile"] for row in rows),
        institution=np.array([division in institutions for division in of_class]),
        name_words=tuple(tuple(row["name_words"].split(";")) for row in rows),
    )


def _read_occupations(classes: Classes, success: Mapping[str, float]) -> Occupations:
    rows = read_data("demonstration/occupations.csv")
    codes = tuple(sorted({row["occupation"] for row in rows}))
    place = {code: i for i, code in enumerate(codes)}
    of_profile: dict[str, Floats] = {}
    for row in rows:
        weights = of_profile.setdefault(row["profile"], np.zeros(len(codes)))
        weights[place[row["occupation"]]] = float(row["weight"])
    table = np.array([of_profile[profile] for profile in classes.profile])
    return Occupations(codes, np.array([success[code[0]] for code in codes]), _cumulated(table))


def _read_schemes(groups: Mapping[str, Any], programmes: Mapping[str, Any]) -> Schemes:
    return Schemes(
        groups=tuple(groups),
        group_share=shares(group["weight"] for group in groups.values()),
        group_success=np.array([group["success"] for group in groups.values()]),
        programmes=tuple(programmes),
        programme_success=np.array([programme["success"] for programme in programmes.values()]),
        programme_same_employer=np.array([programme["same_employer"] for programme in programmes.values()]),
        programme_cumulated=_cumulated(np.array([group["programmes"] for group in groups.values()], dtype=float)),
    )


def _cumulated(weights: Floats) -> Floats:
    """Cumulated shares along each row, without the last 1."""
    cumulated = np.cumsum(weights, axis=1)
    return np.asarray(cumulated[:, :-1] / cumulated[:, -1:])
