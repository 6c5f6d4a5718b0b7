"""The tables of Jobindsats chosen for everyone, and their measures in our own words (`data/jobindsats.toml`)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache

import msgspec

from jobcentre_desk import text
from jobcentre_desk.model.measures import Polarity
from jobcentre_desk.model.services import TableQuery
from jobcentre_desk.paths import shipped

_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"})


class Wording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why figures may differ, and what an empty one means, in both languages."""

    da: str
    en: str


class MeasureText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The definition of one measure; `id` is its part of the id after the table, `also` earlier or other labels."""

    id: str
    name_da: str
    name_en: str
    sentence_da: str
    sentence_en: str
    numerator: str
    denominator: str = ""
    unit: str
    polarity: Polarity = Polarity.NO_JUDGEMENT
    follow_up: str = ""
    differs: str = ""
    also: tuple[str, ...] = ()


class PresetTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table chosen for everyone: what is asked for, and its measures by their label in the answer.

    `shared` names a set of measures that tables have in common; its words hold the place of the `benefit`.
    """

    period_kind: str
    latest: int
    dimensions: tuple[tuple[str, tuple[str, ...]], ...]
    differs: str
    measures: dict[str, MeasureText] = {}
    shared: str = ""
    benefit: Wording | None = None
    next_review: str = ""
    definition_version: str = "1"


class Presets(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of the file: `empty` is said of every measure, `differs` by name, codes of benefit groups by label."""

    empty: Wording
    generic: Wording
    differs: dict[str, Wording]
    groups: dict[str, str]
    levels: dict[str, str]
    shared: dict[str, dict[str, MeasureText]]
    tables: dict[str, PresetTable]

    def measure_text(self, table: str, label: str) -> MeasureText | None:
        """The definition of a measure by its label in the answer; None when the file does not have it."""
        preset = self.tables.get(table)
        if preset is None:
            return None
        told = _by_label(self.shared.get(preset.shared, {}) | preset.measures).get(folded(label))
        return _with_benefit(told, preset.benefit) if told and preset.benefit else told


def preset_queries() -> tuple[TableQuery, ...]:
    """What is asked of Jobindsats when nobody chose otherwise."""
    return tuple(
        TableQuery(table=name, dimensions=table.dimensions, period_kind=table.period_kind, latest=table.latest)
        for name, table in read_presets().tables.items()
    )


@cache
def read_presets() -> Presets:
    """The file as it is shipped."""
    return msgspec.toml.decode((shipped("data") / "jobindsats.toml").read_bytes(), type=Presets)


def folded(label: str) -> str:
    """A label for comparing: cleaned, without differences of case."""
    return text.clean(label).casefold()


def slug(label: str) -> str:
    """A label as part of an id: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", label.casefold().translate(_ASCII))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def shortened(whole: str, *, longest: int) -> str:
    """An id of at most `longest` characters; what is cut off stands as a hash, so that two never become one."""
    if len(whole) <= longest:
        return whole
    return f"{whole[: longest - 9].rstrip('.-')}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def _by_label(measures: dict[str, MeasureText]) -> dict[str, MeasureText]:
    return {folded(name): measure for label, measure in measures.items() for name in (label, *measure.also)}


def _with_benefit(told: MeasureText, benefit: Wording) -> MeasureText:
    """The shared definition with the name of the benefit, a capital letter where it comes first."""
    return msgspec.structs.replace(
        told,
        name_da=_put_in(told.name_da, benefit.da),
        name_en=_put_in(told.name_en, benefit.en),
        sentence_da=_put_in(told.sentence_da, benefit.da),
        sentence_en=_put_in(told.sentence_en, benefit.en),
    )


def _put_in(words: str, benefit: str) -> str:
    filled = words.replace("{benefit}", benefit)
    return filled[:1].upper() + filled[1:]
