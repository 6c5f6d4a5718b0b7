"""The measures that a StatBank table gives: one for each combination of levels, with its definition and its breaks."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jobcentre_desk import text
from jobcentre_desk.model.measures import Measure, Polarity
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.model.services import SeriesBreak
from jobcentre_desk.sources.statbank_presets import Break, preset_of, texts
from jobcentre_desk.sources.statbank_tables import Level, TableInfo, Variable, period_of
from jobcentre_desk.text import translate as _

Levels = tuple[tuple[Variable, Level], ...]

CONTENTS = "indhold"
"""The column of the figures has no code of its own but this."""
LONGEST_ID = 80
LONGEST_SENTENCE = 4000

_NOT_IN_IDS = re.compile(r"[^a-z0-9_-]")
_BRANCH = re.compile(r"branche|industry|\bDB(07|25)\b", re.IGNORECASE)
_UNIT_NAMES = frozenset({"enhed", "unit", "tal"})
_UNITS = {"number": "number", "per cent": "percent", "avg.": "average"}


def measure_id(table: str, levels: Levels) -> str:
    """The id of a measure: the table, and for each level that is no total the variable and the code of the level."""
    parts = [_part(table), CONTENTS, *(f"{_part(variable.id)}-{_part(level.id)}" for variable, level in levels)]
    joined = ".".join(parts)
    if len(joined) <= LONGEST_ID:
        return joined
    return f"{joined[: LONGEST_ID - 9]}-{zlib.crc32(joined.encode()):08x}"


def telling(levels: Levels) -> Levels:
    """The levels that tell a measure apart from the total of its table."""
    return tuple((variable, level) for variable, level in levels if level != variable.total())


def measure_of(info: TableInfo, levels: Levels) -> Measure:
    """The definition of the figures of `info` at `levels` (those that are no total)."""
    preset, generic = preset_of(info.table), texts().generic
    names_da = [level.name_da for _variable, level in levels]
    names_en = [level.name_en for _variable, level in levels]
    return Measure(
        id=measure_id(info.table, levels),
        name_da=_named(preset.name_da if preset else info.title_da, names_da),
        name_en=_named(preset.name_en if preset else info.title_en, names_en),
        sentence_da=_sentences(
            preset.sentence_da if preset else generic.sentence_da.format(title=info.title_da, table=info.table),
            generic.levels_da.format(levels=_quoted(names_da)) if levels else "",
            generic.suppressed_da.format(value=info.suppressed) if info.suppressed else "",
        ),
        sentence_en=_sentences(
            preset.sentence_en if preset else generic.sentence_en.format(title=info.title_en, table=info.table),
            generic.levels_en.format(levels=_quoted(names_en)) if levels else "",
            generic.suppressed_en.format(value=info.suppressed) if info.suppressed else "",
        ),
        numerator="",
        denominator="",
        unit=(preset.unit if preset else "") or _unit(info, levels),
        polarity=Polarity.NO_JUDGEMENT,
        follow_up="",
        source=generic.source.format(table=info.table),
        valid_from=_first_period(info),
        definition_version="1" if preset else "",
        why_it_may_differ_da=_sentences(
            preset.why_da if preset else "",
            generic.why_da,
            generic.footnote_da.format(footnote=info.footnote_da) if info.footnote_da else "",
        ),
        why_it_may_differ_en=_sentences(
            preset.why_en if preset else "",
            generic.why_en,
            generic.footnote_en.format(footnote=info.footnote_en) if info.footnote_en else "",
        ),
        author="Jobcentre Desk" if preset else "Danmarks Statistik",
        next_review="",
    )


def breaks_of(info: TableInfo, measures: Iterable[tuple[str, Levels]], kinds: Iterable[str]) -> Iterator[SeriesBreak]:
    """The breaks of a table's measures, for the kinds of period ("M", "Q", "Y") its figures have."""
    kinds = tuple(kinds)
    for measure, levels in measures:
        for told in texts().breaks:
            if _is_broken(told, info, levels):
                yield from (
                    SeriesBreak(
                        measure=measure,
                        period=told.periods[kind],
                        sentence_da=told.sentence_da,
                        sentence_en=told.sentence_en,
                    )
                    for kind in kinds
                    if kind in told.periods
                )


def renamed(read: Iterable[Measure], former: Mapping[str, Measure]) -> Iterator[str]:
    """A sentence for each measure whose name is another one than in the definitions loaded before."""
    sentence = _("“{old}” is now called “{new}”; check that it still means the same.")
    for measure in read:
        before = former.get(measure.id)
        if before is not None and (before.name_da, before.name_en) != (measure.name_da, measure.name_en):
            old, new = text.both(before.name_da, before.name_en), text.both(measure.name_da, measure.name_en)
            yield sentence.format(old=old, new=new)


def _is_broken(told: Break, info: TableInfo, levels: Levels) -> bool:
    if told.tables:
        return info.table.upper() in told.tables
    return any(_BRANCH.search(f"{variable.id} {variable.name_da} {variable.name_en}") for variable, _level in levels)


def _named(title: str, names: Sequence[str]) -> str:
    return text.clean(f"{title}: {', '.join(names)}" if names else title)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _sentences(*sentences: str) -> str:
    return " ".join(filter(None, sentences))[:LONGEST_SENTENCE]


def _unit(info: TableInfo, levels: Levels) -> str:
    """The unit of the table, or the level that is one where the table says `-`."""
    told = info.unit_en
    if told in ("", "-"):
        units = (level.name_en for variable, level in levels if variable.name_en.casefold() in _UNIT_NAMES)
        told = next(units, "-")
    return _UNITS.get(told.casefold(), told)


def _first_period(info: TableInfo) -> str:
    time = info.time()
    found: list[PublishedPeriod] = [period for level in time.levels if (period := period_of(level.id))] if time else []
    return str(min(found)) if found else ""


def _part(code: str) -> str:
    """A code in the letters an id may have; a code that loses letters gets a check number to stay apart."""
    plain = code.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    part = _NOT_IN_IDS.sub("-", plain)
    return part if part == plain else f"{part}-{zlib.crc32(code.encode()) & 0xFFFF:04x}"
