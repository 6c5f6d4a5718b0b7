"""The choice of one of the 98 municipalities, from the figures or, before there are any, from the shipped code list."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from jobcentre_desk.gui.theme import scaled
from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.paths import shipped
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

if TYPE_CHECKING:
    from jobcentre_desk.desk.figures import Figures

_ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"


def municipalities(figures: Figures | None) -> list[tuple[str, str]]:
    """Codes and names of the municipalities in the order of the Danish alphabet."""
    if figures is not None:
        areas = figures.codes.areas.values()
        named = [(a.code, both(a.name_da, a.name_en)) for a in areas if a.kind is AreaKind.MUNICIPALITY]
    else:
        named = _shipped_municipalities()
    return sorted(named, key=lambda pair: danish_order(pair[1]))


def danish_order(name: str) -> tuple[int, ...]:
    """A key that puts æ, ø, å last and aa where å is."""
    letters = name.casefold().replace("aa", "å")
    return tuple(_ALPHABET.find(letter) for letter in letters)


def fill_municipalities(choice: QComboBox, figures: Figures | None, chosen: str) -> None:
    """Put "none" and all municipalities into `choice`, and choose the code `chosen`."""
    choice.setMinimumWidth(scaled(180))
    choice.setMaxVisibleItems(20)
    choice.addItem(_("Not chosen"), "")
    for code, name in municipalities(figures):
        choice.addItem(name, code)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))


def _shipped_municipalities() -> list[tuple[str, str]]:
    try:
        with (shipped("data") / "municipalities.csv").open(encoding="utf-8", newline="") as file:
            return [(row["code"], both(row["name_da"], row["name_en"])) for row in csv.DictReader(file)]
    except OSError:
        return []
