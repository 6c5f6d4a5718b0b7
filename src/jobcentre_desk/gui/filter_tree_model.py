"""The model of a filter tree: choices fetched when they are opened, ticks, and counts that arrive late."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from jobcentre_desk import text
from jobcentre_desk.gui.filter_choices import ROOT, FilterChoices, matches
from jobcentre_desk.gui.plain_tooltip import plain_tooltip
from jobcentre_desk.gui.tree_choice import Tick
from jobcentre_desk.text import translate_plural as _n

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_CHECK = {
    Tick.OFF: Qt.CheckState.Unchecked,
    Tick.PARTLY: Qt.CheckState.PartiallyChecked,
    Tick.ON: Qt.CheckState.Checked,
}


class Node:
    """One place in the tree; the same key may stand in two places (a neighbour, and in its region)."""

    __slots__ = ("children", "key", "parent", "row")

    def __init__(self, key: str, parent: Node | None, row: int) -> None:
        self.key = key
        self.parent = parent
        self.row = row
        self.children: list[Node] | None = None


class FilterTreeModel(QAbstractItemModel):
    """Shows `FilterChoices`; `toggled` tells that the person has clicked a box."""

    toggled = Signal()

    def __init__(self, choices: FilterChoices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._found: dict[str, tuple[str, ...]] | None = None
        self._root = Node(ROOT, None, 0)
        self._counts: Mapping[str, int] | None = None
        self.counts_are_old = True
        self._by_role: dict[int, Callable[[str], Any]] = {
            Role.DisplayRole: self._choices_title,
            Role.CheckStateRole: lambda key: _CHECK[self._choices.tick(key)],
            Role.ToolTipRole: lambda key: plain_tooltip(self._spoken(key)),
            Role.AccessibleTextRole: self._spoken,
        }

    def show_choices(self, choices: FilterChoices) -> None:
        """Show another list (new figures, another language)."""
        self.beginResetModel()
        self._choices, self._found, self._root = choices, None, Node(ROOT, None, 0)
        self.endResetModel()

    @property
    def choices(self) -> FilterChoices:
        """The list that is shown."""
        return self._choices

    def search(self, words: str) -> None:
        """Show only choices whose title or code holds `words`; an empty text shows all."""
        self.beginResetModel()
        self._found = matches(self._choices, words) if words.strip() else None
        self._root = Node(ROOT, None, 0)
        self.endResetModel()

    @property
    def searching(self) -> bool:
        """Whether only the matches of a search are shown."""
        return self._found is not None

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """New counts beside the choices."""
        self._counts, self.counts_are_old = counts, False

    def tick(self, index: Index) -> Tick:
        """How the box at `index` stands."""
        return self._choices.tick(self.key(index))

    def count(self, index: Index) -> int | None:
        """The employers beside the choice at `index`; None where none is told."""
        return self._count(self.key(index))

    def key(self, index: Index) -> str:
        """The key of the choice at `index`."""
        return self._node(index).key

    def toggle(self, index: Index) -> None:
        """Click the box at `index`."""
        self._choices.toggle(self.key(index))
        self.dataChanged.emit(index, index, [Role.CheckStateRole])
        self.toggled.emit()

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if column != 0 or row < 0:
            return QModelIndex()
        children = self._children(self._node(parent))
        return self.createIndex(row, 0, children[row]) if row < len(children) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        above = self._node(index).parent if index.isValid() else None
        return QModelIndex() if above is None or above is self._root else self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return len(self._children(self._node(parent)))

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002 - every level has the one column
        return 1

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        return bool(self._keys_under(self._node(parent).key))

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        make = self._by_role.get(role)
        return make(self.key(index)) if make and index.isValid() else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def _node(self, index: Index) -> Node:
        return index.internalPointer() if index.isValid() else self._root

    def _keys_under(self, key: str) -> tuple[str, ...]:
        return self._choices.children(key) if self._found is None else self._found.get(key, ())

    def _children(self, node: Node) -> list[Node]:
        if node.children is None:
            node.children = [Node(key, node, row) for row, key in enumerate(self._keys_under(node.key))]
        return node.children

    def _choices_title(self, key: str) -> str:
        return self._choices.title(key)

    def _count(self, key: str) -> int | None:
        if self._counts is None or not self._choices.is_counted(key):
            return None
        return self._counts.get(key, 0)

    def _spoken(self, key: str) -> str:
        counted = self._count(key)
        if counted is None:
            return self._choices.title(key)
        words = _n("{choice}, {n} employer", "{choice}, {n} employers", counted)
        return words.format(choice=self._choices.title(key), n=text.count(counted))
