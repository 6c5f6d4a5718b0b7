"""The invented employers of the demonstration and their workplaces."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from jobcentre_desk.publishing.demo_names import cvr_numbers, employer_names
from jobcentre_desk.publishing.demo_recipe import DemoSize, Floats, Recipe, pick

_EMPLOYERS, _WORKPLACES = 1, 2
"""First step of the seed of each part, so that no part uses another's draws."""

_MOST_WORKPLACES = (1, 1, 1, 2, 4, 9, 30)
"""By size band: a large employer has up to thirty."""


@dataclass(frozen=True, slots=True, eq=False)
class DemoEmployers:
    """Employers in the order they appeared; `effect` is how much better (or worse) than its branch, in logits."""

    cvr: npt.NDArray[np.bytes_]
    name: list[str]
    branch: npt.NDArray[np.int16]
    municipality: npt.NDArray[np.int16]
    size_band: npt.NDArray[np.int8]
    sole_proprietor: npt.NDArray[np.bool_]
    advertising_protected: npt.NDArray[np.bool_]
    activity: Floats
    effect: Floats

    def __len__(self) -> int:
        return len(self.name)


@dataclass(frozen=True, slots=True, eq=False)
class Workplaces:
    """Workplaces of all employers: those of employer i are `first[i]` up to `first[i + 1]`."""

    first: npt.NDArray[np.int64]
    municipality: npt.NDArray[np.int16]
    branch: npt.NDArray[np.int16]


def employers_at(size: DemoSize, release: int, recipe: Recipe) -> int:
    """How many employers a release lists: 0.1 % of the first number more with each release, at least one."""
    new = max(1, round(size.employers * float(recipe.numbers["outcomes"]["new_employers"])))
    return size.employers + (release - 1) * new


def make_employers(recipe: Recipe, size: DemoSize, release: int) -> DemoEmployers:
    """All employers of a release; those of an earlier release come first and are the same."""
    counts = [employers_at(size, earlier, recipe) for earlier in range(1, release + 1)]
    cvr = cvr_numbers(counts[-1])
    batches = []
    start = 0
    for number, end in enumerate(counts, start=1):
        batches.append(_draw_employers(recipe, recipe.rng(_EMPLOYERS, size.number, number), cvr[start:end]))
        start = end
    return _joined(batches)


def make_workplaces(recipe: Recipe, size: DemoSize, employers: DemoEmployers) -> Workplaces:
    """Most employers have one workplace, at home and in their own branch; large ones have several.

    Drawn employer by employer from a stream of equal steps, so that a later release changes no earlier workplace.
    """
    draws = recipe.rng(_WORKPLACES, size.number).random((len(employers), 2))
    most = np.array(_MOST_WORKPLACES)[employers.size_band]
    count = 1 + np.floor(draws[:, 0] ** 2 * most).astype(np.int64)
    count = np.where(employers.sole_proprietor, 1, np.minimum(count, most))
    first = np.concatenate(([0], np.cumsum(count)))
    owner = np.repeat(np.arange(len(employers)), count)
    number = np.arange(len(owner)) - first[owner]
    spread = _spread(draws[owner, 1], number)
    elsewhere = pick(recipe.inhabitants, spread)
    municipality = np.where(number == 0, employers.municipality[owner], elsewhere).astype(np.int16)
    return Workplaces(first, municipality, _workplace_branches(recipe, employers.branch[owner], number, spread))


def _draw_employers(recipe: Recipe, rng: np.random.Generator, cvr: npt.NDArray[np.bytes_]) -> DemoEmployers:
    numbers, count = recipe.numbers["employers"], len(cvr)
    branch = pick(recipe.classes.weight, rng.random(count)).astype(np.int16)
    band = pick(recipe.size_band_share, rng.random(count)).astype(np.int8)
    sole = (band == 0) & (rng.random(count) < numbers["sole_proprietors"]) & ~recipe.classes.institution[branch]
    protected = rng.random(count) < np.where(
        sole, numbers["advertising_protected_sole"], numbers["advertising_protected"]
    )
    return DemoEmployers(
        cvr=cvr,
        name=employer_names(recipe, branch, band, sole, rng.random((count, 8))),
        branch=branch,
        municipality=pick(recipe.inhabitants, rng.random(count)).astype(np.int16),
        size_band=band,
        sole_proprietor=sole,
        advertising_protected=protected,
        activity=recipe.size_band_activity[band] * np.exp(rng.normal(0, numbers["activity_spread"], count)),
        effect=_effects(rng, count, numbers["truly_different"], numbers["difference"], numbers["ordinary_spread"]),
    )


def _effects(rng: np.random.Generator, count: int, different: float, difference: float, ordinary: float) -> Floats:
    kind = rng.random(count)
    effect = rng.normal(0, ordinary, count)
    effect += difference * (kind < different / 2)
    effect -= difference * ((kind >= different / 2) & (kind < different))
    return np.asarray(effect)


def _joined(batches: list[DemoEmployers]) -> DemoEmployers:
    parts = {
        field.name: np.concatenate([getattr(batch, field.name) for batch in batches])
        for field in fields(DemoEmployers)
        if field.name != "name"
    }
    return DemoEmployers(name=[name for batch in batches for name in batch.name], **parts)


def _spread(draw: Floats, number: npt.NDArray[np.int64]) -> Floats:
    """Further numbers in [0, 1) from one draw: steps of the golden ratio (Weyl's sequence)."""
    return np.asarray((draw + number * 0.6180339887498949) % 1.0)


def _workplace_branches(
    recipe: Recipe, own: npt.NDArray[np.int16], number: npt.NDArray[np.int64], spread: Floats
) -> npt.NDArray[np.int16]:
    """A few of the further workplaces are in the class next to the employer's own, within the same section."""
    section = recipe.classes.section
    following = np.minimum(own + 1, len(section) - 1)
    other = np.where(section[following] == section[own], following, np.maximum(own - 1, 0))
    differs = (number > 0) & ((spread * 997) % 1.0 < recipe.numbers["employers"]["other_branch_workplace"])
    return np.where(differs & (section[other] == section[own]), other, own).astype(np.int16)
