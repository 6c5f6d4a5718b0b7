"""The letters that stand for a municipality on its tile: at most four, different for every one of the 98."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from jobcentre_desk.model.areas import Area

_KNOWN = {
    "101": "Kbh", "147": "Frb", "153": "Brby", "169": "HTaa", "210": "Fre", "250": "Frs", "306": "Odsh",
    "329": "Rste", "420": "Asse", "430": "FaMi", "480": "NFyn", "575": "Veje", "607": "Fred", "706": "SDju",
    "707": "NDju", "727": "Odde", "756": "IkBr", "760": "RiSk", "813": "Frh", "820": "VHim",
}  # fmt: skip
"""Where the first four letters of two names are the same, or others are how people write it."""


def tile_letters(areas: Iterable[Area]) -> dict[str, str]:
    """Code -> letters; a name that would take the letters of another gets its first two and its last two, or a number.

    The Danish name is used in every language: a map looks the same to two people who read it together.
    """
    return _letters_of(tuple(areas))


@lru_cache(4)
def _letters_of(areas: tuple[Area, ...]) -> dict[str, str]:
    letters: dict[str, str] = {}
    taken: set[str] = set()
    for area in sorted(areas, key=lambda area: area.code):
        plain = "".join(character for character in area.name_da if character.isalpha())
        wishes = [_KNOWN.get(area.code, plain[:4]), plain[:4], plain[:2] + plain[-2:]]
        wishes += [f"{plain[:2]}{number}" for number in range(1, 100)]
        letters[area.code] = next(wish for wish in wishes if wish not in taken)
        taken.add(letters[area.code])
    return letters
