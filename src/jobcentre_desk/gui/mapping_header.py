"""The header over the preview of a file: above each column what it is, its name, what it holds, and its problems."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QHeaderView, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.control_drawing import elided
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.target_words import target_name, target_type
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of
from jobcentre_desk.model.imports import ImportMapping, Target
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

CHOICE, LINE, PADDING = 28, 17, 6
FIRST_REASONS = 5


class MappingHeader(QHeaderView):
    """`target_chosen` carries the name of a column and what it is now; `section_reached` the one the keyboard is in."""

    target_chosen = Signal(str, object)
    section_reached = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns: tuple[str, ...] = ()
        self._choices: list[QComboBox] = []
        self._problems: Mapping[str, tuple[str, ...]] = {}
        self._notes: Mapping[str, str] = {}
        self.setSectionsMovable(False)
        self.setSectionsClickable(False)
        self.sectionResized.connect(self._place)
        self.geometriesChanged.connect(self._place)

    def show_columns(self, columns: tuple[str, ...], mapping: ImportMapping) -> None:
        """Put a choice over each column."""
        for choice in self._choices:
            choice.hide()
            choice.deleteLater()
        self._columns = columns
        self._choices = [self._choice_over(column) for column in columns]
        self.show_mapping(mapping)

    def show_mapping(self, mapping: ImportMapping) -> None:
        """Choose over each column what it is."""
        for column, choice in zip(self._columns, self._choices, strict=True):
            choice.blockSignals(True)
            choice.setCurrentIndex(choice.findData(mapping.target_of(column).value))
            choice.blockSignals(False)
        self._place()
        self.viewport().update()

    def show_findings(self, problems: Mapping[str, tuple[str, ...]], notes: Mapping[str, str]) -> None:
        """Write under the name of each column how many problems it has, else its note; the tooltip has the rest."""
        self._problems, self._notes = problems, notes
        for column, choice in zip(self._columns, self._choices, strict=True):
            choice.setAccessibleDescription(self._standing(column))
        self.viewport().update()

    def choices(self) -> list[QComboBox]:
        """The choices, from the first column to the last."""
        return self._choices

    def choice(self, column: str) -> QComboBox:
        """The choice over one column."""
        return self._choices[self._columns.index(column)]

    def reasons(self, section: int) -> str:
        """The note and the first reasons of a column as lines, for the tooltip."""
        column = self._columns[section]
        lines = (self._notes.get(column, ""), *self._problems.get(column, ())[:FIRST_REASONS])
        return "\n".join(filter(None, lines))

    def widest_heading(self, section: int) -> int:
        """The width at which neither the choice nor the name of the column is cut."""
        choice, name = self._choices[section], self._columns[section]
        metrics = self.fontMetrics()
        words = max(metrics.horizontalAdvance(name), metrics.horizontalAdvance(self._type(name)))
        return max(choice.sizeHint().width(), words + scaled(8)) + 2 * PADDING

    def sizeHint(self) -> QSize:
        """Choice, name, and what it holds or how many problems."""
        return QSize(super().sizeHint().width(), scaled(CHOICE) + 2 * scaled(LINE) + 14)

    def setOffset(self, offset: int) -> None:
        super().setOffset(offset)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell where the keyboard went; a wheel that only passes over a choice changes nothing."""
        if isinstance(watched, QComboBox) and watched in self._choices:
            if event.type() == QEvent.Type.FocusIn:
                self.section_reached.emit(self._choices.index(watched))
            if event.type() == QEvent.Type.Wheel and not watched.hasFocus():
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        return super().event(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, column = theme_of(self), self._columns[section]
        painter.save()
        painter.fillRect(rect, theme.base)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.edge)
        room = rect.adjusted(PADDING, scaled(CHOICE) + 8, -PADDING, -4)
        line = QRect(room.left(), room.top(), room.width(), scaled(LINE))
        painter.setFont(font(TypeRole.CAPTION_STRONG))
        painter.setPen(theme.text)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided(column, line.width(), TypeRole.CAPTION_STRONG))
        line.translate(0, scaled(LINE))
        broken = bool(self._problems.get(column))
        role = TypeRole.CAPTION_STRONG if broken else TypeRole.CAPTION
        painter.setFont(font(role))
        painter.setPen(theme.error if broken else theme.text2)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, elided(self._standing(column), line.width(), role))
        painter.restore()

    def _standing(self, column: str) -> str:
        found = len(self._problems.get(column, ()))
        if found:
            return _n("{n} problem", "{n} problems", found).format(n=text.count(found))
        if column in self._notes:
            return self._notes[column]
        return self._type(column)

    def _type(self, column: str) -> str:
        return target_type(Target(self.choice(column).currentData() or ""))

    def _choice_over(self, column: str) -> QComboBox:
        choice = QComboBox(self.viewport())
        for target in Target:
            choice.addItem(target_name(target), target.value)
        choice.setMaxVisibleItems(len(Target))
        choice.setAccessibleName(_("What the column {name} is").format(name=column))
        choice.setToolTip(plain_tooltip(column))
        choice.activated.connect(lambda _row: self.target_chosen.emit(column, Target(choice.currentData())))
        choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        choice.installEventFilter(self)
        choice.show()
        return choice

    def _place(self) -> None:
        for section, choice in enumerate(self._choices):
            left = self.sectionViewportPosition(section)
            choice.setGeometry(left + 3, 3, max(0, self.sectionSize(section) - 6), scaled(CHOICE))


class RowNumbers(QHeaderView):
    """The rows as they are numbered in the file, at the left of the preview."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setFont(font(TypeRole.CAPTION))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = theme_of(self)
        painter.save()
        painter.fillRect(rect, theme.base)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.line)
        painter.setFont(self.font())
        painter.setPen(theme.text3)
        number = str(self.model().headerData(section, Qt.Orientation.Vertical))
        room = rect.adjusted(PADDING, 0, -PADDING, -1)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        painter.restore()
