"""The format of publications in words: the description, its tables and their columns (Data Package v2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobcentre_desk.model.periods import Quarter

CODE_LISTS = ("areas", "branches", "occupations", "benefit_groups", "programmes")
DESCRIPTION = "datapackage.json"
SIGNATURE = "datapackage.json.minisig"
CHECK_LIST = "TJEKLISTE-CHECKLIST.txt"
"""What a person reads who is handed a publication on a stick; no reader opens it."""

TABLE_COLUMNS: dict[str, tuple[str, ...]] = {
    "areas": ("code", "kind", "name_da", "name_en", "parent", "peer_group", "tile_column", "tile_row", "neighbours"),
    "branches": ("code", "parent", "level", "title_da", "title_en"),
    "occupations": ("code", "parent", "level", "title_da", "title_en"),
    "benefit_groups": ("code", "title_da", "title_en"),
    "programmes": ("code", "title_da", "title_en"),
    "employers": (
        "cvr", "name", "branch", "municipality", "size_band", "sole_proprietor", "advertising_protected",
    ),
    "outcomes": (
        "quarter", "cvr", "municipality", "branch", "occupation", "benefit_group", "programme",
        "started", "completed", "job_same_employer", "job_same_branch", "job_other_branch",
    ),
    "measures": (
        "id", "name_da", "name_en", "sentence_da", "sentence_en", "numerator", "denominator", "unit", "polarity",
        "follow_up", "source", "valid_from", "definition_version", "why_it_may_differ_da", "why_it_may_differ_en",
        "author", "next_review",
    ),
    "figures": ("measure", "area", "period", "group", "value", "numerator", "denominator", "state"),
    "evidence": (
        "id", "instrument", "target_group", "outcome", "direction", "design", "country", "quality", "method",
        "geography", "journal", "combination", "effect_size", "effect_unit", "cost_level", "year", "citation", "url",
    ),
    "practices": (
        "id", "municipality", "title", "description", "instrument", "target_group", "verdict", "published",
    ),
    "cards": (
        "id", "component", "title_da", "title_en", "theme_da", "theme_en", "why_da", "why_en", "finding_measure",
        "comparison", "threshold", "questions_da", "questions_en", "practice_da", "practice_en", "look_at_da",
        "look_at_en", "time_needed", "source", "reviewed",
    ),
}  # fmt: skip


class Access(StrEnum):
    """Who may see the figures; `public` holds neither employers nor outcomes."""

    PUBLIC = "public"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One file of a publication: its table, the hash of its gzip bytes, and that of the CSV inside."""

    name: str
    path: str
    table: str
    bytes: int
    hash: str
    content_hash: str
    quarter: Quarter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The description of one release; `sequence` only grows and `outcome_window` is 1, or 4 when masked."""

    publisher: str
    publisher_name: str
    sequence: int
    released: str
    next_release: str | None
    stale_after: str | None
    definitions_version: str
    outcomes_known_through: Quarter | None
    access: Access
    minimum_count: int
    share_minimum_count: int
    demonstration: bool
    languages: tuple[str, ...]
    next_key: str | None
    outcome_window: int
    resources: tuple[Resource, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """One broken rule: the file, the row (1 = header), the column and the reason in a sentence."""

    file: str
    row: int
    column: str
    reason: str
