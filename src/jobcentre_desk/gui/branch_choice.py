"""The choice of one branch: a button that opens the tree of branches, with a field that finds one by its words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from jobcentre_desk.gui.control_drawing import chevron, elided, rounded
from jobcentre_desk.gui.theme import TypeRole, font, scaled, theme_of
from jobcentre_desk.model.classifications import Code, CodeTree
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

WIDTH, HEIGHT = 420, 460
_LIKELY = 60
"""More matches than this stay closed under what is above them."""


class BranchChoice(QPushButton):
    """Shows the branch chosen; `chosen` carries the code of another one ("" = all branches)."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree = CodeTree(())
        self._code = ""
        self.setAccessibleName(_("Branch"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_tree)
        self.show_branch("")

    def show_tree(self, tree: CodeTree) -> None:
        """The branches to choose from."""
        self._tree = tree
        self.show_branch(self._code if self._code in tree else "")

    def show_branch(self, code: str) -> None:
        """Show another branch, without a signal."""
        self._code = code
        self._words = _title(self._tree[code]) if code in self._tree else _("All branches")
        self.setToolTip(self._words)
        self.setAccessibleDescription(self._words)
        self.update()

    def branch(self) -> str:
        """The code of the branch chosen."""
        return self._code

    def open_tree(self) -> BranchTreePopup:
        """Open the tree under the button."""
        popup = BranchTreePopup(self._tree, self._code, self)
        popup.chosen.connect(self.take)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        popup.field.setFocus(Qt.FocusReason.PopupFocusReason)
        return popup

    def sizeHint(self) -> QSize:
        return QSize(scaled(230), scaled(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(140), scaled(30))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.edge, 1))
        painter.setBrush(theme.hover if self.underMouse() else theme.base)
        painter.drawPath(rounded(box))
        chevron(painter, QPoint(self.width() - 14, self.height() // 2 + 1).toPointF(), theme.text2, way="down")
        painter.setPen(theme.text)
        painter.setFont(font(TypeRole.BODY))
        room = self.rect().adjusted(10, 0, -26, 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(room, middle, elided(self._words, room.width(), TypeRole.BODY))

    def take(self, code: str) -> None:
        """Choose a branch as a person does."""
        self.show_branch(code)
        self.chosen.emit(code)


class BranchTreePopup(QFrame):
    """The tree with a field over it; Enter or a click chooses, Esc closes."""

    chosen = Signal(str)

    def __init__(self, tree: CodeTree, current: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(scaled(WIDTH), scaled(HEIGHT))
        self._tree, self._items = tree, dict[str, QStandardItem]()
        self.field, self.view = QLineEdit(), QTreeView()
        self.field.setPlaceholderText(_("Find a branch"))
        self.field.setAccessibleName(_("Find a branch"))
        self.field.setClearButtonEnabled(True)
        self.view.setModel(self._filled())
        self.view.setHeaderHidden(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformRowHeights(True)
        self.view.setAnimated(False)
        self.view.setAccessibleName(_("Branches"))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setExpandsOnDoubleClick(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.view, 1)
        self.field.textChanged.connect(self.look_for)
        self.field.returnPressed.connect(lambda: self._choose(self.view.currentIndex()))
        self.view.clicked.connect(self._choose)
        self._show_current(current)

    def look_for(self, typed: str) -> None:
        """Show only branches with these words, or this code, and what stands above them."""
        from jobcentre_desk.cache.names import fold

        wanted = fold(typed.strip())
        fits = {code.code for code in self._tree if wanted in fold(_title(code)) or fold(code.code).startswith(wanted)}
        shown = fits | {above.code for code in fits for above in self._tree.ancestors(code)}
        for code, item in self._items.items():
            index = item.index()
            self.view.setRowHidden(index.row(), index.parent(), bool(wanted) and bool(code) and code not in shown)
            self.view.setExpanded(index, bool(wanted) and code in shown and len(fits) <= _LIKELY)
        first = next((code.code for code in self._tree if code.code in fits), "") if wanted else ""
        self.view.setCurrentIndex(self._items[first].index())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.view.currentIndex())
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.field.hasFocus():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        painter.setPen(theme.edge)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _filled(self) -> QStandardItemModel:
        model = QStandardItemModel(self)
        self._add(model.invisibleRootItem(), "", _("All branches"))
        for code in self._tree.children():
            self._add_with_children(model.invisibleRootItem(), code)
        return model

    def _add_with_children(self, parent: QStandardItem, code: Code) -> None:
        item = self._add(parent, code.code, _title(code))
        for child in self._tree.children(code.code):
            self._add_with_children(item, child)

    def _add(self, parent: QStandardItem, code: str, words: str) -> QStandardItem:
        item = QStandardItem(words)
        item.setData(code, Qt.ItemDataRole.UserRole)
        parent.appendRow(item)
        self._items[code] = item
        return item

    def _show_current(self, current: str) -> None:
        index = self._items[current if current in self._items else ""].index()
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(str(index.data(Qt.ItemDataRole.UserRole) or ""))
            self.close()


def _title(code: Code) -> str:
    return both(code.title_da, code.title_en)
