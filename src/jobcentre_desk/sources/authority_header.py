"""Finding the header of an authority's file below title lines, and giving every column a name of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jobcentre_desk.model.imports import Target
from jobcentre_desk.sources.authority_names import target_by_name
from jobcentre_desk.sources.authority_table import Cells, FileRefused, NumberedRow
from jobcentre_desk.text import clean
from jobcentre_desk.text import translate as _

ROWS_LOOKED_AT = 30
_LEAST_KNOWN_NAMES = 3
_LEAST_FILLED = 2
_SHARE_FILLED = 0.6
_LONGEST_NAME = 80
_NUMBER = re.compile(r"[-+]?[\d.,  ]+%?")


def find_header(rows: Sequence[NumberedRow]) -> tuple[int, str]:
    """The place of the header in `rows`, and the sentence that says why.

    Of the first rows it is the one with most names that are known, where there are three or more; else the first
    that fills at least 60 % of the widest row and holds no number. Raises FileRefused when there is none.
    """
    looked_at = rows[:ROWS_LOOKED_AT]
    known = [known_names(cells) for _number, cells in looked_at]
    if known and max(known) >= _LEAST_KNOWN_NAMES:
        place = known.index(max(known))
        return place, _("The header is row {n}: {known} of its names are known.").format(
            n=looked_at[place][0], known=known[place]
        )
    widest = max((_filled(cells) for _number, cells in looked_at), default=0)
    for place, (number, cells) in enumerate(looked_at):
        if _filled(cells) >= max(_LEAST_FILLED, _SHARE_FILLED * widest) and not any(map(_is_number, cells)):
            return place, _("The header is row {n}: the first that is filled and holds no number.").format(n=number)
    raise FileRefused(
        _("No row of the file looks like a header."), _("Let the first row name the columns, one name in each.")
    )


def known_names(cells: Cells) -> int:
    """How many different kinds of column the cells of a row name."""
    return len({target_by_name(cell) for cell in cells} - {Target.NOTHING})


def column_names(header: Cells) -> tuple[str, ...]:
    """The names of the columns: plain, an empty one called by its letter, and one that stands twice numbered."""
    names: list[str] = []
    for place, cell in enumerate(_without_empty_end(header)):
        name = clean(cell, longest=_LONGEST_NAME) or _("Column {letter}").format(letter=_letter(place))
        alike = sum(former == name or former.startswith(f"{name} (") for former in names)
        names.append(f"{name} ({alike + 1})" if alike else name)
    return tuple(names)


def _without_empty_end(cells: Cells) -> Cells:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _filled(cells: Cells) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell.strip()) is not None


def _letter(place: int) -> str:
    """The letters by which a spreadsheet calls a column: A, B … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
