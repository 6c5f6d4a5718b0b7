"""The bar over every page: its title, what the page puts there, the search, DEMO and the language."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.buttons import icon_button, secondary_button
from jobcentre_desk.gui.control_drawing import elided, rounded
from jobcentre_desk.gui.icons import draw_icon
from jobcentre_desk.gui.page import Page
from jobcentre_desk.gui.theme import Theme, TypeRole, font, scaled, theme_of
from jobcentre_desk.text import translate as _

HEIGHT = 48
SEARCH_WIDE, SEARCH = 340, 260


class TopBar(QWidget):
    """Title at the left, then the page's own widgets, the search, the marks, the language."""

    search_asked = Signal()
    language_asked = Signal()
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(scaled(HEIGHT))
        self._title, self._subtitle = _Words(TypeRole.TITLE, self), _Words(TypeRole.CAPTION, self)
        self._back = icon_button("chevron-left", _("Back (Esc)"), self)
        self._back.clicked.connect(self.back_asked)
        self._own: list[QWidget] = []
        self.search = SearchButton(self)
        self.search.clicked.connect(self.search_asked)
        self._small_search = icon_button("search", _("Find anything (Ctrl+K)"), self)
        self._small_search.clicked.connect(self.search_asked)
        self.demo, self.unsigned = _Mark("DEMO", "demo", self), _Mark(_("NOT SIGNED"), "warning", self)
        self.demo.setToolTip(_("Demonstration figures: the employers and all their figures are invented."))
        self.unsigned.setToolTip(
            _("At least one source is loaded without a signature: nobody vouches for its figures.")
        )
        self.language = secondary_button(text.language().upper(), self)
        self.language.setFont(font(TypeRole.STRONG))
        self.language.setToolTip("Skift til dansk" if text.language() == "en" else "Switch to English")
        self.language.clicked.connect(self.language_asked)
        self._lay_out()

    def show_page(self, page: Page, *, has_way_back: bool) -> None:
        """Take title and widgets of `page`."""
        self._title.show_words(page.title())
        self._subtitle.show_words(page.subtitle())
        self._subtitle.setVisible(bool(page.subtitle()))
        self._back.setVisible(page.can_go_back() and has_way_back)
        for widget in self._own:
            self._row.removeWidget(widget)
            widget.hide()
            widget.setParent(page)
        self._own = page.top_bar_widgets()
        for i, widget in enumerate(self._own):
            self._row.insertWidget(self._own_at + i, widget)
            widget.show()
        self.fit()

    def show_marks(self, *, demonstration: bool, unsigned: bool) -> None:
        """Show or hide DEMO and NOT SIGNED."""
        self.demo.setVisible(demonstration)
        self.unsigned.setVisible(unsigned)

    def fit(self) -> None:
        """The search as a field where there is room, else as an icon."""
        wide = self.width() >= 1500
        self.search.setFixedWidth(scaled(SEARCH_WIDE if wide else SEARCH))
        roomy = wide or not self._own
        self.search.setVisible(roomy)
        self._small_search.setVisible(not roomy)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """Base ground and a line under it."""
        theme, painter = theme_of(self), QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.line)

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        for widget in (self._title, self._subtitle):
            names.addWidget(widget)
        names.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 1)
        self._row.setSpacing(12)
        self._row.addWidget(self._back)
        self._row.addLayout(names, 1)
        self._own_at = 2
        for right in (self.search, self._small_search, self.unsigned, self.demo, self.language):
            self._row.addWidget(right)
        self.language.setFixedSize(scaled(30), scaled(30))


class SearchButton(QPushButton):
    """Looks like a field and opens the search over everything."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(scaled(30))
        self.setAccessibleName(_("Find anything (Ctrl+K)"))
        self.setCursor(Qt.CursorShape.IBeamCursor)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """Magnifier, what can be found, and the key."""
        theme, painter = theme_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.edge, 1))
        painter.setBrush(theme.hover if self.underMouse() else theme.base)
        painter.drawPath(rounded(box))
        side = scaled(16)
        draw_icon(painter, "search", QRectF(10, (self.height() - side) / 2, side, side), theme.text2)
        wide = self.width() > scaled(SEARCH)
        words = _("Find anything: employer, measure, page …") if wide else _("Find anything …")
        painter.setFont(font(TypeRole.BODY))
        painter.setPen(theme.text3)
        room = self.rect().adjusted(10 + side + 8, 0, -scaled(60), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided(words, room.width(), TypeRole.BODY))
        self._draw_key(painter, theme)

    def _draw_key(self, painter: QPainter, theme: Theme) -> None:
        painter.setFont(font(TypeRole.SMALL))
        width = painter.fontMetrics().horizontalAdvance("Ctrl K") + 10
        key = QRectF(self.width() - width - 8.5, (self.height() - scaled(18)) / 2 + 0.5, width, scaled(18) - 1)
        painter.setPen(QPen(theme.line, 1))
        painter.setBrush(theme.alternate)
        painter.drawPath(rounded(key, 3))
        painter.setPen(theme.text2)
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, "Ctrl K")


class _Mark(QWidget):
    """A filled word (DEMO) in the top bar."""

    def __init__(self, words: str, role: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._role = words, role
        self.setFont(font(TypeRole.CAPTION_STRONG))
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The words, 8 px to either side, 20 high."""
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 22, scaled(20))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """Ground and words."""
        theme, painter = theme_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        demo = self._role == "demo"
        painter.fillPath(rounded(QRectF(self.rect()), 3), theme.demo if demo else theme.warning_ground)
        painter.setPen(QColor(theme.on_demo if demo else theme.warning))
        spaced = painter.font()
        spaced.setLetterSpacing(spaced.SpacingType.AbsoluteSpacing, 0.8)
        painter.setFont(spaced)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)


class _Words(QLabel):
    """One line that gives way with an ellipsis; the whole of it in the tooltip."""

    def __init__(self, role: TypeRole, parent: QWidget) -> None:
        super().__init__(parent)
        self._role, self._words = role, ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.setAccessibleName(words)
        self.setText(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - painted whole
        """The words, cut to the width."""
        theme, painter = theme_of(self), QPainter(self)
        painter.setPen(theme.text if self._role is TypeRole.TITLE else theme.text2)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, elided(self._words, self.width(), self._role))
