"""F1: what the page shows, how to read it and what its words mean, from our own shipped Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from jobcentre_desk import text
from jobcentre_desk.gui.theme import TypeRole, font, scaled
from jobcentre_desk.paths import shipped
from jobcentre_desk.text import translate as _

SIZE = QSize(620, 620)
START = "index"


class HelpBrowser(QTextBrowser):
    """Shows one help page; links lead to other help pages and nowhere else, no picture or file is ever loaded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setFont(font(TypeRole.BODY))
        self.document().setDocumentMargin(scaled(20))
        self.page = ""
        self.anchorClicked.connect(self._on_anchor_clicked)

    def show_page(self, page: str) -> None:
        """Show the help of `page` in the language in use; a page without one shows the start."""
        path = help_file(page)
        self.page = path.stem
        self.setMarkdown(path.read_text(encoding="utf-8"))
        set_in_type(self.document())
        self.verticalScrollBar().setValue(0)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002 - nothing is loaded, whatever is asked
        """Load nothing."""
        return None

    def _on_anchor_clicked(self, link: QUrl) -> None:
        self.show_page(Path(link.path()).stem)


class HelpWindow(QDialog):
    """A window of its own beside the main one, so that one can read and try at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help – Jobcentre Desk"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, on=False)
        self.resize(scaled(SIZE.width()), scaled(SIZE.height()))
        self.browser = HelpBrowser(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.browser)


def set_in_type(document: QTextDocument) -> None:
    """Put the type scale on a Markdown document: headings, air between paragraphs, 600 for what is bold."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        _set_block(QTextCursor(block), block)
        block = block.next()
    cursor.endEditBlock()


def _set_block(cursor: QTextCursor, block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    in_list, table = block.textList() is not None, cursor.currentTable()
    if table is not None:
        plain = table.format()
        plain.setBorder(0)
        plain.setCellPadding(scaled(3))
        table.setFormat(plain)
    shape = block.blockFormat()
    shape.setTopMargin(scaled(14) if level > 1 else 0)
    shape.setBottomMargin(0 if table is not None else scaled(4 if in_list or level else 8))
    shape.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(shape)
    for piece in block.textFormats():
        cursor.setPosition(block.position() + piece.start)
        cursor.setPosition(block.position() + piece.start + piece.length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_letters(piece.format, level))


def _letters(former: QTextCharFormat, level: int) -> QTextCharFormat:
    role = {0: TypeRole.BODY, 1: TypeRole.TITLE}.get(level, TypeRole.SECTION)
    if not level and former.fontWeight() > QFont.Weight.Normal:
        role = TypeRole.STRONG
    letters = QTextCharFormat(former)
    letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
    chosen = font(role)
    chosen.setItalic(former.fontItalic())
    chosen.setUnderline(former.isAnchor())
    letters.setFont(chosen)
    return letters


def help_file(page: str) -> Path:
    """The Markdown file of `page` in the language in use."""
    folder = shipped("resources") / "help" / text.language()
    path = folder / f"{page}.md"
    return path if page.isidentifier() and path.is_file() else folder / f"{START}.md"


def show_help(page: str, window: QWidget) -> HelpWindow:
    """Show the help of `page` in the help window of `window`, opening it if it is not open."""
    opened = [dialog for dialog in window.findChildren(HelpWindow) if dialog.isVisible()]
    shown = opened[0] if opened else HelpWindow(window)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    shown.browser.show_page(page)
    shown.show()
    shown.raise_()
    shown.activateWindow()
    return shown
