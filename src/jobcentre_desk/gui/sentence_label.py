"""One plain sentence with its key words set bold; plain text throughout, wrapped to its width."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from jobcentre_desk.gui.theme import TypeRole, font, theme_of

_LINE_SPACING = 1.18


class SentenceLabel(QWidget):
    """Shows `text` in `role`, with the first place of `strong` in it in semibold."""

    def __init__(self, role: TypeRole = TypeRole.SENTENCE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._strong = ""
        self.setFont(font(role))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_sentence(self, text: str, strong: str = "") -> None:
        """Show another sentence."""
        self._text, self._strong = text, strong
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The sentence shown."""
        return self._text

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(self._laid_out(width)[1]) + 1

    def sizeHint(self) -> QSize:
        width = max(self.width(), 240)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the whole sentence is painted each time
        painter = QPainter(self)
        painter.setPen(theme_of(self).text)
        self._laid_out(self.width())[0].draw(painter, QPointF(0, 0))
        painter.end()

    def _laid_out(self, width: int) -> tuple[QTextLayout, float]:
        layout = QTextLayout(self._text, self.font())
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.setFormats(self._strong_formats())
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, height))
            height += line.height() * _LINE_SPACING
        layout.endLayout()
        return layout, height

    def _strong_formats(self) -> list[QTextLayout.FormatRange]:
        start = self._text.find(self._strong) if self._strong else -1
        if start < 0:
            return []
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)
        found = QTextLayout.FormatRange()
        found.start = start
        found.length = len(self._strong)
        found.format = strong
        return [found]
