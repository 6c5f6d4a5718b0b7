"""Icons: one box, one line, no colour of their own, and each one paints something."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from jobcentre_desk.gui.icons import icon_folder, pixmap

NAMES = sorted(path.stem for path in icon_folder().glob("*.svg") if path.stem != "program")


@pytest.mark.parametrize("name", NAMES)
def test_icon_is_a_24_box_in_the_colour_asked_for(name: str, qapp: QApplication) -> None:
    source = (icon_folder() / f"{name}.svg").read_text()
    assert 'viewBox="0 0 24 24"' in source
    assert 'stroke="currentColor"' in source
    assert "#" not in source
    image = pixmap(name, QColor("#ff0000"), size=24).toImage()
    painted = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200]
    assert painted
    assert all(colour.red() > 200 and colour.green() < 60 for colour in painted)
