"""One section of the filter panel: a heading that opens and closes it, what is chosen while closed, and its search."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from jobcentre_desk.gui.buttons import LinkButton, icon_button
from jobcentre_desk.gui.filter_tree import FilterTree
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of
from jobcentre_desk.text import translate as _

SIDE = 12
BODY_LEFT = 30
CHEVRON = 14


class SectionHeading(QAbstractButton):
    """Chevron, name, and at the right what is chosen while the section is closed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(name)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(font(TypeRole.STRONG))
        self._summary = ""

    def show_summary(self, words: str) -> None:
        """What is chosen, shown while the section is closed."""
        self._summary = words
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, max(scaled(28), self.fontMetrics().height() + 8))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        name = "chevron-down" if self.isChecked() else "chevron-right"
        top = (self.height() - CHEVRON) / 2
        draw_icon(painter, name, QRectF(SIDE - 2, top, CHEVRON, CHEVRON), theme.text2)
        words = self.rect().adjusted(BODY_LEFT, 0, -SIDE, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.text)
        painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignLeft), self.text())
        if self._summary and not self.isChecked():
            rest = words.adjusted(self.fontMetrics().horizontalAdvance(self.text()) + 10, 0, 0, 0)
            painter.setFont(font(TypeRole.CAPTION))
            painter.setPen(theme.text2)
            shown = painter.fontMetrics().elidedText(self._summary, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, int(middle | Qt.AlignmentFlag.AlignRight), shown)
        if self.hasFocus():
            painter.setPen(theme.focus)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))


class FilterSection(QFrame):
    """Heading over a body, with a line under it all."""

    opened = Signal(bool)

    def __init__(self, name: str, body: QWidget, *, is_open: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = SectionHeading(name, self)
        self.body = body
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 6, 0, 8)
        self._layout.setSpacing(2)
        self.top = QHBoxLayout()
        self.top.setContentsMargins(0, 0, 0, 0)
        self.top.setSpacing(0)
        self.top.addWidget(self.heading, 1)
        self._layout.addLayout(self.top)
        self._layout.addWidget(body)
        self.heading.toggled.connect(self._on_heading_toggled)
        self.heading.setChecked(is_open)
        self._on_heading_toggled(is_open)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme_of(self).line)

    def _on_heading_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - what Qt's signal carries
        self.body.setVisible(is_open)
        self.opened.emit(is_open)


class TreeSection(FilterSection):
    """A section with a tree; a button in its heading opens a search field over it."""

    changed = Signal()

    def __init__(
        self, name: str, tree: FilterTree, *, search_hint: str = "", is_open: bool = True, parent: QWidget | None = None
    ) -> None:
        body = QWidget()
        super().__init__(name, body, is_open=is_open, parent=parent)
        self.tree = tree
        self._field = QLineEdit(body)
        self._more = LinkButton("", body)
        self._more.use_role(TypeRole.CAPTION)
        self._lay_out(body)
        tree.changed.connect(self._on_tree_changed)
        tree.rows_changed.connect(self._tell_more)
        self._more.clicked.connect(lambda: tree.show_all(shows_all=not tree.shows_all))
        if search_hint:
            self._add_search(search_hint)
        self.show_summary()

    def _lay_out(self, body: QWidget) -> None:
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 0, 0, 0)
        column.setSpacing(4)
        field_row = QHBoxLayout()
        field_row.setContentsMargins(0, 0, SIDE, 0)
        field_row.addWidget(self._field)
        column.addLayout(field_row)
        column.addWidget(self.tree)
        more_row = QHBoxLayout()
        more_row.setContentsMargins(BODY_LEFT - SIDE + 2, 0, 0, 0)
        more_row.addWidget(self._more)
        more_row.addStretch(1)
        column.addLayout(more_row)
        self._field.hide()
        self._more.hide()

    def _add_search(self, hint: str) -> None:
        self._field.setPlaceholderText(hint)
        self._field.setAccessibleName(hint)
        self._field.setClearButtonEnabled(True)
        self._field.setFixedHeight(scaled(28))
        self._field.textChanged.connect(self.tree.search)
        button = icon_button("search", hint, self, kind="quiet")
        button.setFixedSize(scaled(26), scaled(26))
        button.clicked.connect(self.toggle_search)
        self.top.addWidget(button)
        self.top.addSpacing(SIDE - 5)
        self.tree.typed.connect(self._on_tree_typed)

    def toggle_search(self) -> None:
        """Open the search field, or close it and show all choices again."""
        opening = self._field.isHidden()
        self.heading.setChecked(True)
        self._field.setVisible(opening)
        if opening:
            self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._field.clear()

    def close_search(self) -> bool:
        """Close an open search field; False when none is open."""
        if self._field.isHidden():
            return False
        self.toggle_search()
        return True

    def show_summary(self) -> None:
        """Say in the heading what is chosen."""
        chosen = self.tree.chosen()
        several = _("{n} chosen").format(n=len(chosen))
        self.heading.show_summary((self.tree.chosen_title() or several) if chosen else _("all"))

    def _tell_more(self) -> None:
        tree, some_left = self.tree, self.tree.left_out() > 0
        words = _("All {n}").format(n=tree.rows_at_top()) if some_left else _("Fewer")
        self._more.setText(words)
        self._more.setAccessibleName(words)
        self._more.updateGeometry()
        self._more.setVisible(some_left or (tree.is_limited and tree.shows_all))

    def _on_tree_changed(self) -> None:
        self.show_summary()
        self.changed.emit()

    def _on_tree_typed(self, letter: str) -> None:
        if self._field.isHidden():
            self.toggle_search()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.insert(letter)
