"""What the user made or confirmed, as the workspace keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.services import SourceKind, TableQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """A source the user added; `key` is the publisher's public key line ("" = loaded unsigned).

    `next_key` is the key the publisher announced when the user was asked about it; once confirmed (a time, "" = put
    off) it signs for the same publisher. A service has no location of its own but a base `address` ("" = its usual
    one) and the `queries` put to it (none = those chosen for everyone); an authority file lies, converted, at its
    location.
    """

    name: str
    location: str
    key: str
    unsigned: bool = False
    at_least: int = 0
    basis: str = ""
    sole_proprietors: bool = False
    confirmed_at: str = ""
    next_key: str = ""
    next_key_confirmed_at: str = ""
    kind: SourceKind = SourceKind.PUBLICATION
    address: str = ""
    queries: tuple[TableQuery, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """A named scope."""

    name: str
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on an employer; about the employer, never about a jobseeker."""

    id: str
    cvr: str
    text: str
    written_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceSeen:
    """The highest release ever seen of one publisher (key id) and the SHA-256 of its description."""

    key_id: str
    sequence: int
    description_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissedAlert:
    """An alert that was put away: what it said of which period, when, and by whom ("" = not told)."""

    key: str
    period: str
    sentence: str
    by: str
    dismissed_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProblem:
    """Something `check` found in a file of the program: which table and row of it, and what is wrong."""

    file: str
    table: str
    row: str
    reason: str
