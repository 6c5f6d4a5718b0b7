"""What is told of a file that was read: how its numbers were taken, what was mended, and what it does not hold."""

from __future__ import annotations

from collections.abc import Mapping

from jobcentre_desk.model.imports import Target
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.sources.authority_cells import ColumnReader
from jobcentre_desk.sources.authority_lines import Reading
from jobcentre_desk.sources.authority_numbers import parting_note
from jobcentre_desk.sources.authority_periods import Grain
from jobcentre_desk.text import count as written_count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

_MONTHS_A_QUARTER = 3


def reading_notes(reading: Reading, readers: Mapping[Target, ColumnReader], known: Quarter | None) -> tuple[str, ...]:
    """Finished sentences on a file whose outcomes are known through `known`."""
    notes = [
        _("{column}: {sentence}").format(column=reading.columns[target][1], sentence=note)
        for target, reader in readers.items()
        if (note := parting_note(reader.parting))
    ]
    notes += [
        _n("{sentence} ({n} row)", "{sentence} ({n} rows)", number).format(sentence=note, n=written_count(number))
        for note, number in reading.mended.items()
    ]
    return (*notes, *_known_notes(reading, known), *_missing_notes(reading))


def _known_notes(reading: Reading, known: Quarter | None) -> list[str]:
    if known is None:
        return [_("No row has a job count, so no outcome is known.")]
    notes = (
        [] if reading.known_through else [_("Outcomes count as known through {quarter}, the last with a job count.")]
    )
    last = max(line.quarter for line in reading.lines)
    months = {line.period.text for line in reading.lines if line.quarter == last and line.period.grain is Grain.MONTH}
    if 0 < len(months) < _MONTHS_A_QUARTER:
        notes.append(
            _n(
                "The last quarter, {last}, has rows of {n} month only.",
                "The last quarter, {last}, has rows of {n} months only.",
                len(months),
            )
        )
    return [note.format(quarter=known, last=last, n=len(months)) for note in notes]


def _missing_notes(reading: Reading) -> list[str]:
    told = (
        (Target.NAME, _("No column is the name: employers are shown by their CVR number.")),
        (Target.STARTED, _("No column counts those who started: the count is shown as hidden.")),
        (Target.SOLE_PROPRIETOR, _("No column says which employers are sole proprietors; none is taken for one.")),
        (Target.OCCUPATION, _("No column is the occupation: all traineeships stand under “All”.")),
        (Target.BENEFIT_GROUP, _("No column is the benefit group: all traineeships stand under “All”.")),
        (Target.PROGRAMME, _("No column is the programme: all traineeships stand under “All”.")),
    )
    notes = [sentence for target, sentence in told if target not in reading.columns]
    if Target.JOB_ELSEWHERE in reading.columns:
        notes.append(
            _("The file does not tell jobs in the same branch from those in another; they count as elsewhere.")
        )
    return notes
