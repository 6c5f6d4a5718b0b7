"""Who to learn from among the peers: why, where they differ most, and what they say that they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from jobcentre_desk.cache.figures import practices as read_practices
from jobcentre_desk.desk import measure_wording as words
from jobcentre_desk.desk.expected import GROUPS, LEARN_FROM_PERIODS, ExpectedTable
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.gap_parts import branch_parts
from jobcentre_desk.desk.municipality_wording import group_title
from jobcentre_desk.desk.value_words import POINTS, value_text
from jobcentre_desk.desk.wording import wanted
from jobcentre_desk.model.measures import Figure, Measure, Polarity
from jobcentre_desk.model.municipalities import Practice, Teacher
from jobcentre_desk.model.pages import Peer
from jobcentre_desk.text import decimal
from jobcentre_desk.text import translate as _

MOST_TEACHERS = 3
LEAST_COMPLETED = 20
"""Fewer completed traineeships in a branch say too little to be named as a difference."""


def learn_from(peer: Peer) -> bool:
    """Whether a peer lies below what was expected of it, now and in at least 4 of the last 6 periods."""
    if peer.difference is None or peer.periods_better < LEARN_FROM_PERIODS:
        return False
    return wanted(Decimal(peer.difference), Polarity.LOW_IS_GOOD) is True


def teachers_on_expected(
    figures: Figures, table: ExpectedTable, peers: Sequence[Peer], *, period: str, least: int = 0
) -> tuple[Teacher, ...]:
    """Peers lastingly below the expected, furthest below first."""
    chosen = sorted((peer for peer in peers if learn_from(peer)), key=lambda peer: Decimal(peer.difference or 0))
    return tuple(
        Teacher(
            code=peer.code,
            name=peer.name,
            reason=words.teacher_reason(peer.periods_better, peer.periods_known),
            differences=(*_group_difference(table, peer.code, period), *_branch_difference(figures, peer.code, least)),
            practices=practices_of(figures, peer.code),
        )
        for peer in chosen[:MOST_TEACHERS]
    )


def teachers_on_measure(
    figures: Figures,
    measure: Measure,
    values: Mapping[str, Figure],
    peers: Sequence[Peer],
    *,
    middle: str | None,
    least: int = 0,
) -> tuple[Teacher, ...]:
    """Peers on the wanted side of the middle of the peers in a measure, furthest first; none without judgement."""
    if middle is None or measure.polarity is Polarity.NO_JUDGEMENT:
        return ()
    centre = Decimal(middle)
    known = [(Decimal(v), peer) for peer in peers if (f := values.get(peer.code)) is not None and (v := f.value)]
    ahead = [(value, peer) for value, peer in known if wanted(value - centre, measure.polarity)]
    ahead.sort(key=lambda pair: (-abs(pair[0] - centre), pair[1].code))
    return tuple(
        Teacher(
            code=peer.code,
            name=peer.name,
            reason=words.teacher_reason_of_measure(
                value_text(value, measure.unit, signed=measure.unit == POINTS),
                value_text(centre, measure.unit, signed=measure.unit == POINTS),
            ),
            differences=_branch_difference(figures, peer.code, least),
            practices=practices_of(figures, peer.code),
        )
        for value, peer in ahead[:MOST_TEACHERS]
    )


def practices_of(figures: Figures, municipality: str) -> tuple[Practice, ...]:
    """What a municipality says that it does, newest first."""
    every: list[Practice] = figures.kept(("practices",), lambda: read_practices(figures.snapshot, order=figures.order))
    own = [practice for practice in every if practice.municipality == municipality]
    return tuple(sorted(own, key=lambda practice: practice.published, reverse=True))


def _group_difference(table: ExpectedTable, code: str, period: str) -> tuple[str, ...]:
    """The benefit group in which a municipality lies furthest below the expected."""
    found = [(row, group) for group in GROUPS[1:] if (row := table.row(code, period, group).difference) is not None]
    if not found or min(found)[0] >= 0:
        return ()
    difference, group = min(found)
    return (words.lies_apart(group_title(group), value_text(difference, POINTS, signed=True)),)


def _branch_difference(figures: Figures, code: str, least: int) -> tuple[str, ...]:
    """The branch in which most people more than usual went on to a job, where enough completed there."""
    if figures.outcome_source is None or figures.known_through is None:
        return ()
    parts = branch_parts(figures, code, least=least).every
    above = [part for part in parts if part.persons < 0 and part.completed >= LEAST_COMPLETED]
    if not above:
        return ()
    part = min(above, key=lambda part: part.persons)
    points = 100 * (part.jobs / part.completed - part.reference)
    told = _("{points} pct. points in a job after a traineeship").format(points=decimal(points, places=0, signed=True))
    return (words.lies_apart(part.name, told),)
