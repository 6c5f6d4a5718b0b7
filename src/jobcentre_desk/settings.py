"""The reader's choices: one typed record kept as JSON, where a bad value falls back and unknown keys stay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from jobcentre_desk.files import write_atomically


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the program remembers between two starts. Every field has a default that suits a new user."""

    language: str = "da"
    theme: str = "system"
    text_factor: int = 100
    home_municipality: str = ""
    window_geometry: str = ""
    splitter_sizes: dict[str, list[int]] = {}
    column_widths: dict[str, list[int]] = {}
    last_page: str = "employers"
    detail_pane: bool = True
    daily_sync: bool = True
    last_try: str = ""
    outcomes_from: str = ""


def read_settings(path: Path) -> tuple[Settings, list[str]]:
    """The settings in `path`, and the names of the values that could not be used and fell back."""
    kept, problems = _read_object(path)
    usable: dict[str, Any] = {}
    for field in msgspec.structs.fields(Settings):
        if field.name not in kept:
            continue
        try:
            usable[field.name] = msgspec.convert(kept[field.name], field.type)
        except msgspec.ValidationError:
            problems.append(field.name)
    return Settings(**usable), problems


def write_settings(path: Path, settings: Settings) -> None:
    """Write `settings` atomically, keeping keys of other versions; raises OSError when it cannot be written."""
    kept, _ = _read_object(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    merged = kept | msgspec.to_builtins(settings)
    write_atomically(path, json.dumps(merged, ensure_ascii=False, indent=1).encode())


def _read_object(path: Path) -> tuple[dict[str, Any], list[str]]:
    try:
        raw = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError):
        return {}, [path.name]
    return (raw, []) if isinstance(raw, dict) else ({}, [path.name])
