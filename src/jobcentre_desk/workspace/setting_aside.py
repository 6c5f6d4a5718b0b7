"""Damaged files of the workspace are kept under another name; what a person deletes is erased there too."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from jobcentre_desk.files import write_atomically
from jobcentre_desk.paths import Home
from jobcentre_desk.workspace.journal import Entry

_PATTERN = "workspace.damaged-*"
_SHORTEST_ERASED = 4


def copy_journal(home: Home) -> Path | None:
    """Keep a copy of the damaged journal; gives its path."""
    if not home.journal.exists():
        return None
    return Path(shutil.copyfile(home.journal, _free_name(home, ".jsonl")))


def move_database(home: Home) -> Path | None:
    """Move the damaged database, with a rollback journal beside it, out of the way; gives its new path."""
    if not home.workspace.exists():
        return None
    kept = _free_name(home, ".db")
    rollback = home.workspace.with_name(f"{home.workspace.name}-journal")
    if rollback.exists():
        rollback.replace(kept.with_name(f"{kept.name}-journal"))
    return home.workspace.replace(kept)


def remove_unfinished(home: Home) -> None:
    """Remove temporary files that a killed process left beside the workspace; the caller holds the lock."""
    for left in home.root.glob(".workspace.*.part*"):
        left.unlink(missing_ok=True)


def erase(home: Home, history: Iterable[Entry]) -> None:
    """Overwrite every text of `history` in the files that were set aside, and lines that name its records."""
    history = tuple(history)
    if not history:
        return
    for path in home.root.glob(_PATTERN):
        content = path.read_bytes()
        erased = _without_lines(content, history) if path.suffix == ".jsonl" else content
        for text in _texts(history):
            erased = erased.replace(text, b" " * len(text))
        if erased != content:
            write_atomically(path, erased)


def _texts(history: Iterable[Entry]) -> Iterator[bytes]:
    for entry in history:
        for value in (entry.data or {}).values():
            if isinstance(value, str) and len(value) >= _SHORTEST_ERASED:
                yield json.dumps(value, ensure_ascii=False)[1:-1].encode()


def _without_lines(content: bytes, history: Iterable[Entry]) -> bytes:
    names = {f'"key": "{entry.key}"'.encode() for entry in history}
    lines = content.split(b"\n")
    return b"\n".join(b" " * len(line) if any(name in line for name in names) else line for line in lines)


def _free_name(home: Home, suffix: str) -> Path:
    number = 1
    while (path := home.root / f"workspace.damaged-{number}{suffix}").exists():
        number += 1
    return path
