"""Where one figure comes from: its source, release and definition, what it was before, and where it was read."""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk.model.outcomes import State


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerValue:
    """What a figure was until release `changed_by` of its source, taken over at `changed_at`; published digits."""

    value: str | None
    state: State
    changed_by: int
    changed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAt:
    """Where a figure of a service was read: table, request without any key, row (1 = first of data) and column."""

    table: str
    title: str
    request: str
    fetched_at: str
    row: int
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Everything a figure can tell of itself.

    `release` is the release of the source that is loaded, `released` its date as published; `former` are
    earlier values, the newest first; `read_at` is None for a figure that came in a file.
    """

    source: str
    publisher_name: str
    release: int
    released: str
    taken_over: str
    definition_version: str
    value: str | None
    state: State
    former: tuple[FormerValue, ...]
    read_at: ReadAt | None
    demonstration: bool
