"""Names and CVR numbers of employers that do not exist."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from jobcentre_desk.model.employers import CVR_MODULUS, CVR_WEIGHTS
from jobcentre_desk.publishing.demo_recipe import Floats, Recipe

PREFIXES = 1_000_000
"""Invented numbers begin with 0: their check digit holds, but no real CVR number begins so."""

_STEP = 387_420_489
"""Walks through all prefixes before the first comes again (a power of three shares no factor with 10^6)."""


def cvr_numbers(count: int) -> npt.NDArray[np.bytes_]:
    """The first `count` invented CVR numbers, all different, in a scattered order that never changes."""
    prefixes = (np.arange(PREFIXES, dtype=np.int64) * _STEP + 271_828) % PREFIXES
    digits = prefixes[:, None] // 10 ** np.arange(6, -1, -1) % 10
    sums = digits @ np.array(CVR_WEIGHTS[:-1])
    check = -sums % CVR_MODULUS
    whole = (prefixes * 10 + check)[check < 10][:count]
    columns = whole[:, None] // 10 ** np.arange(7, -1, -1) % 10 + ord("0")
    return np.asarray(columns.astype(np.uint8).view("S8").ravel())


def employer_names(
    recipe: Recipe, branch: npt.NDArray[np.int16], size_band: npt.NDArray[np.int8], sole: npt.NDArray[np.bool_],
    draws: Floats,
) -> list[str]:  # fmt: skip
    """A name per employer that fits its branch and size; `draws` are eight numbers in [0, 1) for each."""
    institution = recipe.classes.institution[branch]
    names = _Names(recipe)
    rows = zip(branch.tolist(), size_band.tolist(), sole.tolist(), institution.tolist(), draws.tolist(), strict=True)
    return [
        names.sole(of, draw)
        if is_sole
        else names.institution(of, draw)
        if is_institution
        else names.firm(of, band, draw)
        for of, band, is_sole, is_institution, draw in rows
    ]


class _Names:
    """Puts names together from the parts of the recipe; a draw picks each part."""

    def __init__(self, recipe: Recipe) -> None:
        self._parts = recipe.name_parts
        self._words = recipe.classes.name_words
        self._large_from = recipe.size_bands.index("20-49")
        self._forms: Sequence[tuple[float, Callable[[str, str, list[float]], str]]] = (
            (0.48, self._place_firm),
            (0.76, self._family_firm),
            (0.84, self._brothers),
            (0.93, self._pair),
            (1.00, self._two_places),
        )

    def firm(self, branch: int, size_band: int, draw: list[float]) -> str:
        """A company: `Nørrekær Lager & Logistik ApS`, `Holm Murerfirma A/S`, `Brdr. Juhl Transport I/S`."""
        word = _part(self._words[branch], draw[1])
        form = _part(self._parts["large_forms" if size_band >= self._large_from else "small_forms"], draw[2])
        make = next(make for share, make in self._forms if draw[0] < share)
        return make(word, form, draw)

    def sole(self, branch: int, draw: list[float]) -> str:
        """A person's own firm: `Jens Holm Tømrerfirma`, `Frisør v/Mette Østergaard`."""
        person = f"{self._of('first_names', draw[3])} {self._of('surnames', draw[4])}"
        word = _part(self._words[branch], draw[1])
        return f"{person} {word}" if draw[0] < 0.6 else f"{word} v/{person}"

    def institution(self, branch: int, draw: list[float]) -> str:
        """A school, nursing home or association: `Plejecenter Egenlund`, `Skovbæk Friskole`."""
        word, place = _part(self._words[branch], draw[1]), self._place(draw)
        return f"{place} {word}" if draw[0] < 0.5 else f"{word} {place}"

    def _place_firm(self, word: str, form: str, draw: list[float]) -> str:
        return f"{self._place(draw)} {word} {_without_family(form, 'ApS')}"

    def _family_firm(self, word: str, form: str, draw: list[float]) -> str:
        return f"{self._of('surnames', draw[4])} {word} {form}"

    def _brothers(self, word: str, form: str, draw: list[float]) -> str:
        return f"Brdr. {self._of('surnames', draw[4])} {word} {_without_family(form, 'I/S')}"

    def _pair(self, word: str, form: str, draw: list[float]) -> str:
        joiner = self._of("pair_joiners", draw[7])
        names = f" {joiner} ".join((self._of("surnames", draw[4]), self._of("surnames", draw[5])))
        return f"{names.replace(' - ', '-')} {word} {_without_family(form, 'I/S')}"

    def _two_places(self, word: str, form: str, draw: list[float]) -> str:
        return f"{word} {self._place(draw)} {_without_family(form, 'ApS')}"

    def _place(self, draw: list[float]) -> str:
        return self._of("places_first", draw[5]) + self._of("places_last", draw[6])

    def _of(self, parts: str, draw: float) -> str:
        return _part(self._parts[parts], draw)


def _part(parts: Sequence[str], draw: float) -> str:
    return parts[int(draw * len(parts))]


def _without_family(form: str, instead: str) -> str:
    """Only a family's firm is called `& Søn`."""
    return instead if form.startswith(("&", "og ")) else form
