"""The ground and mark of a cell of a heat map: colour only where it can be told apart, stronger where it is sure."""

from __future__ import annotations

from PySide6.QtGui import QColor

from jobcentre_desk.gui.theme import Theme
from jobcentre_desk.model.comparison_charts import HeatCell
from jobcentre_desk.model.outcomes import State, Verdict


def cell_colours(cell: HeatCell, theme: Theme) -> tuple[QColor | None, QColor]:
    """Ground (None = none) and colour of the mark; words are always in the colour of text."""
    if cell.verdict is Verdict.ABOVE:
        return (theme.above_strong if cell.sure else theme.above_tint), theme.above
    if cell.verdict is Verdict.BELOW:
        return (theme.below_strong if cell.sure else theme.below_tint), theme.below
    filled = cell.state is not State.KNOWN or bool(cell.note)
    return (theme.alternate if filled else None), theme.text2
