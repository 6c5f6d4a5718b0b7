"""Outcomes of one quarter as the format writes them: the inverse of `read_outcomes`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import TABLE_COLUMNS
from jobcentre_desk.publishing.columns import NULL, OUTCOME_COUNTS, EmployerIds, Int32s, KnownCodes, OutcomeColumns


def outcomes_bytes(outcomes: OutcomeColumns, *, quarter: Quarter, codes: KnownCodes) -> bytes:
    """The CSV of one quarter in the order the columns stand in; a NULL count becomes an empty cell."""
    columns: list[Sequence[str]] = [
        [str(quarter)] * len(outcomes),
        _cvr_numbers(outcomes, codes.employers),
        _texts(outcomes.municipality, codes.areas),
        _texts(outcomes.branch, codes.branches),
        _texts(outcomes.occupation, codes.occupations),
        _texts(outcomes.benefit_group, codes.benefit_groups),
        _texts(outcomes.programme, codes.programmes),
    ]
    columns += [_counts(getattr(outcomes, name)) for name in OUTCOME_COUNTS]
    lines = [",".join(TABLE_COLUMNS["outcomes"]), *map(",".join, zip(*columns, strict=True)), ""]
    return "\n".join(lines).encode()


def _texts(ids: np.ndarray[tuple[int], np.dtype[np.signedinteger]], known: Mapping[str, int]) -> list[str]:
    codes = {number: code for code, number in known.items()}
    return [codes[number] for number in ids.tolist()]


def _counts(counts: Int32s) -> list[str]:
    return ["" if count == NULL else str(count) for count in counts.tolist()]


def _cvr_numbers(outcomes: OutcomeColumns, employers: EmployerIds) -> list[str]:
    order = np.argsort(employers.ids)
    places = order[np.searchsorted(employers.ids, outcomes.employer, sorter=order)] if len(order) else order
    return [f"{number:08d}" for number in employers.cvr[places].tolist()]
