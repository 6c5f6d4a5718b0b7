"""The model behind the employer table: ids first, rows fetched in blocks for what is painted, places when they come."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from jobcentre_desk import text
from jobcentre_desk.gui.employer_cells import NONE, EmployerCells, cells_of, place_text, spoken, trend_words
from jobcentre_desk.gui.employer_columns import RIGHT, Column, heading, meaning
from jobcentre_desk.gui.employer_source import NO_EMPLOYERS, EmployerSource, Titles
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.model.outcomes import EmployerRow, Place
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

BLOCK = 64
BLOCKS_KEPT = 48
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()
_OF_LINE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_OF_ROW = _OF_LINE | Qt.ItemFlag.ItemIsSelectable


class EmployerTableModel(QAbstractTableModel):
    """Employers of a source in its order; employers without a rate come last, under one line that says why."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: EmployerSource = NO_EMPLOYERS
        self._total = self._rated = 0
        self._line: int | None = None
        self._titles = Titles({}, {})
        self._blocks: OrderedDict[int, Sequence[EmployerRow]] = OrderedDict()
        self._cells: dict[int, EmployerCells] = {}
        self._places: dict[int, Place | None] = {}
        self._trends: dict[int, Sequence[float | None]] = {}
        self._shortlist: frozenset[str] = frozenset()
        self._two_lines = False
        self._by_role: dict[int, Callable[[int, int], Any]] = {
            Role.DisplayRole: self._shown,
            Role.TextAlignmentRole: self._alignment,
            Role.ToolTipRole: self._tooltip,
            Role.AccessibleTextRole: self._spoken,
        }

    def reset(self, source: EmployerSource, titles: Titles, first: Sequence[EmployerRow] = ()) -> None:
        """Show another list; `first` are its first rows where they are at hand already."""
        self.beginResetModel()
        self._source, self._titles = source, titles
        self._total, self._rated = source.total, source.rated
        self._line = self._rated if self._rated < self._total else None
        self._blocks.clear()
        self._cells.clear()
        self._places.clear()
        self._trends.clear()
        for block in range(len(first) // BLOCK + bool(len(first) % BLOCK)):
            part = first[block * BLOCK : (block + 1) * BLOCK]
            if len(part) == BLOCK or len(first) == source.total:
                self._keep(block, part)
        self.endResetModel()

    @property
    def source(self) -> EmployerSource:
        """The list that is shown."""
        return self._source

    def rowCount(self, parent: Index = _ROOT) -> int:
        if parent.isValid():
            return 0
        return self._total + (self._line is not None)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def line_row(self) -> int | None:
        """The row of the line above employers without a rate; None when all have one."""
        return self._line

    def place_in_list(self, row: int) -> int | None:
        """The position in the list of the employer in table row `row`; None for the line."""
        line = self._line
        if line is None or row < line:
            return row
        return None if row == line else row - 1

    def row_of(self, position: int) -> int:
        """The table row of the employer at `position` of the list."""
        line = self._line
        return position if line is None or position < line else position + 1

    def cells(self, row: int) -> EmployerCells | None:
        """The texts of table row `row`, made when it is first painted; None for the line."""
        position = self.place_in_list(row)
        cells = None if position is None else self._cells.get(position)
        if cells is None and position is not None:
            employer = self.employer(row)
            if employer is not None:
                cells = self._cells[position] = cells_of(employer, self._titles)
        return cells

    def employer(self, row: int) -> EmployerRow | None:
        """The employer in table row `row`, fetched with its block when it is not at hand; None for the line."""
        position = self.place_in_list(row)
        if position is None or not 0 <= position < self._total:
            return None
        block, within = divmod(position, BLOCK)
        kept = self._blocks.get(block)
        if kept is None:
            kept = self._keep(block, self._source.rows(block * BLOCK, (block + 1) * BLOCK))
        return kept[within] if within < len(kept) else None

    def find(self, cvr: str) -> int | None:
        """The table row of an employer among the rows at hand."""
        for block, kept in self._blocks.items():
            for within, employer in enumerate(kept):
                if employer.cvr == cvr:
                    return self.row_of(block * BLOCK + within)
        return None

    def line_text(self) -> tuple[str, str]:
        """The line above employers without a rate: how many, and why they come last."""
        without = self._total - self._rated
        many = _n("Without a rate: {n} employer.", "Without a rate: {n} employers.", without)
        return many.format(n=text.count(without)), _(
            "They come last because figures are missing, not because it goes badly."
        )

    def place_of(self, row: int) -> str:
        """The place of a table row as a range, "" while it is being worked out, a dash where there is none."""
        position = self.place_in_list(row)
        if position is None:
            return ""
        if position >= self._rated:
            return NONE
        return place_text(self._places[position]) if position in self._places else ""

    def place_at(self, row: int) -> Place | None:
        """The place of a table row, None while it is not known."""
        position = self.place_in_list(row)
        return None if position is None else self._places.get(position)

    def places_wanted(self, first_row: int, last_row: int) -> tuple[int, int] | None:
        """The positions start..stop among these table rows whose place is not known yet; None when all are."""
        wanted = [p for p in range(first_row, min(last_row + 1, self._rated)) if p not in self._places]
        return (wanted[0], wanted[-1] + 1) if wanted else None

    def show_places(self, start: int, places: Sequence[Place | None]) -> None:
        """Places have come for the positions from `start` on."""
        self._places |= {start + i: place for i, place in enumerate(places)}
        if places:
            self._tell(self.row_of(start), self.row_of(start + len(places) - 1), Column.PLACE, Column.PLACE)

    def show_trends(self, start: int, trends: Sequence[Sequence[float | None]]) -> None:
        """Rolling rates have come for the positions from `start` on."""
        self._trends |= {start + i: trend for i, trend in enumerate(trends)}
        if trends:
            self._tell(self.row_of(start), self.row_of(start + len(trends) - 1), Column.TREND, Column.TREND)

    def trend_of(self, row: int) -> Sequence[float | None]:
        """The rolling rates of a table row; empty while they are being worked out."""
        position = self.place_in_list(row)
        return () if position is None else self._trends.get(position, ())

    def is_shortlisted(self, cvr: str) -> bool:
        """Whether the employer wears a star."""
        return cvr in self._shortlist

    def show_shortlist(self, shortlist: frozenset[str]) -> None:
        """Show stars beside these employers."""
        self._shortlist = shortlist
        if self.rowCount():
            self._tell(0, self.rowCount() - 1, Column.NAME, Column.NAME)

    def use_two_lines(self, two_lines: bool) -> None:  # noqa: FBT001 - a Qt style setter
        """Whether branch and municipality stand under the name."""
        if two_lines != self._two_lines:
            self._two_lines = two_lines
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.NAME, Column.NAME)

    @property
    def two_lines(self) -> bool:
        """Whether branch and municipality stand under the name."""
        return self._two_lines

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        make = self._by_role.get(role)
        return make(index.row(), index.column()) if make and index.isValid() else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Role.DisplayRole:
            return heading(column, two_lines=self._two_lines)
        if role == Role.ToolTipRole:
            return meaning(column)
        return self._alignment(0, section) if role == Role.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _OF_LINE if index.row() == self._line else _OF_ROW

    def _shown(self, row: int, column: int) -> str:
        if row == self._line:
            return " ".join(self.line_text()) if column == Column.PLACE else ""
        if column == Column.PLACE:
            return self.place_of(row)
        cells = self.cells(row)
        return cells.texts[column] if cells else ""

    def _alignment(self, _row: int, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _tooltip(self, row: int, column: int) -> str:
        return plain_tooltip(self._spoken(row, column))

    def _spoken(self, row: int, column: int) -> str:
        cells = self.cells(row)
        if cells is None:
            return " ".join(self.line_text()) if row == self._line else ""
        if column == Column.TREND:
            return trend_words(self.trend_of(row))
        words = spoken(cells, Column(column), self.place_of(row))
        starred = column == Column.NAME and self.is_shortlisted(cells.row.cvr)
        return _("{employer}, on the shortlist").format(employer=words) if starred else words

    def _keep(self, block: int, rows: Sequence[EmployerRow]) -> Sequence[EmployerRow]:
        self._blocks[block] = rows
        if len(self._blocks) > BLOCKS_KEPT:
            self._blocks.popitem(last=False)
            self._cells.clear()
        return rows

    def _tell(self, first_row: int, last_row: int, first: Column, last: Column) -> None:
        self.dataChanged.emit(self.index(first_row, first), self.index(last_row, last))
