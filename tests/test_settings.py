"""What the program remembers: every field is kept, a bad value falls back alone, and other versions' keys stay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from jobcentre_desk.settings import Settings, read_settings, write_settings

OTHER: dict[str, Any] = {
    "language": "en",
    "theme": "dark",
    "text_factor": 130,
    "home_municipality": "730",
    "window_geometry": "AdnQ",
    "splitter_sizes": {"employers": [200, 600]},
    "column_widths": {"employers": [90, 40]},
    "last_page": "figures",
    "detail_pane": False,
    "daily_sync": False,
    "last_try": "2026-11-02T09:00:00+01:00",
    "outcomes_from": "Nordjylland",
}
"""For each setting a value that is not its default."""

NAMES = [field.name for field in msgspec.structs.fields(Settings)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "settings.json"


def test_a_first_start_has_the_settings_of_a_new_user_and_no_complaint(path: Path) -> None:
    assert read_settings(path) == (Settings(), [])


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_comes_back_as_it_was_written(path: Path, name: str) -> None:
    assert OTHER[name] != getattr(Settings(), name)
    changed = Settings(**{name: OTHER[name]})
    write_settings(path, changed)
    assert read_settings(path) == (changed, [])


@pytest.mark.parametrize("name", NAMES)
def test_a_value_of_another_kind_falls_back_alone_and_is_named(path: Path, name: str) -> None:
    write_settings(path, Settings(**OTHER))
    path.write_text(json.dumps(OTHER | {name: None}), encoding="utf-8")
    expected = Settings(**{key: value for key, value in OTHER.items() if key != name})
    assert read_settings(path) == (expected, [name])


def test_keys_of_a_newer_program_stay(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"language": "en", "from_the_future": [1]}', encoding="utf-8")
    write_settings(path, Settings(theme="dark"))
    kept = json.loads(path.read_bytes())
    assert (kept["from_the_future"], kept["theme"], kept["language"]) == ([1], "dark", "da")


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b"\xff\xfe"])
def test_a_file_nobody_can_read_is_named_and_everything_falls_back(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert read_settings(path) == (Settings(), ["settings.json"])
    write_settings(path, Settings(language="en"))
    assert read_settings(path) == (Settings(language="en"), [])


def test_a_folder_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(OSError, match=r"settings|file"):
        write_settings(blocked / "settings.json", Settings())
