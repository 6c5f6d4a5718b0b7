"""Icons: one box, one line, no colour of their own, each one paints something and is used."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from jobcentre_desk.gui.icons import icon_folder, pixmap

SOURCE = Path(__file__).resolve().parents[2] / "src" / "jobcentre_desk"
CALLS = {"icon": 0, "pixmap": 0, "draw_icon": 1, "icon_button": 0}
"""What takes the name of an icon, and where among its arguments."""
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


def _texts_and_icons() -> tuple[set[str], set[str]]:
    """Every text that stands in the source, and those that are given as the name of an icon."""
    nodes = [node for path in SOURCE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    given = [argument for node in nodes if isinstance(node, ast.Call) for argument in _icon_arguments(node)]
    return _texts(nodes), _texts(given)


def _icon_arguments(call: ast.Call) -> list[ast.expr]:
    called = call.func.id if isinstance(call.func, ast.Name) else ""
    place = CALLS.get(called, len(call.args))
    return [*call.args[place : place + 1], *(word.value for word in call.keywords if word.arg in {"icon", "icon_name"})]


def _texts(nodes: Sequence[ast.AST]) -> set[str]:
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)} - {""}


def test_every_icon_is_used_and_every_one_asked_for_is_there() -> None:
    texts, asked_for = _texts_and_icons()
    assert set(NAMES) - texts == set()
    assert len(asked_for) > 20
    assert asked_for - set(NAMES) == {"program"}  # the mark of the program, drawn as itself
