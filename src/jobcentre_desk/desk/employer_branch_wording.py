"""The words about an employer among those of its branch: its place, both kinds of job, and what works there."""

from __future__ import annotations

from jobcentre_desk.desk.wording import Sentence
from jobcentre_desk.model.employer_branch import BranchCell
from jobcentre_desk.model.outcomes import Place
from jobcentre_desk.text import count, decimal, percent
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

_FEW = 10


def place_sentence(place: Place | None, employers: int, branch: str) -> Sentence:
    """Between which places of its branch the true rate of an employer probably lies; "" where it has none."""
    if place is None:
        return Sentence("")
    low, high = count(place.low), count(place.high)
    strong = low if place.low == place.high else _("{low} to {high}").format(low=low, high=high)
    text = _n(
        "True place probably {place} of {n} employer in {branch}, in the whole country.",
        "True place probably {place} of {n} employers in {branch}, in the whole country.",
        employers,
    ).format(place=strong, n=count(employers), branch=branch)
    return Sentence(text, strong)


def kinds_sentence(same: float, elsewhere: float, weight: float) -> str:
    """Both kinds of job drawn towards employers of the same branch, who count as so many traineeships."""
    more = round(weight)
    return _n(
        "Drawn towards its branch, which counts as {weight} traineeship: {same} with the same employer, {elsewhere} "
        "elsewhere.",
        "Drawn towards its branch, which counts as {weight} traineeships: {same} with the same employer, {elsewhere} "
        "elsewhere.",
        more,
    ).format(weight=count(more), same=percent(same), elsewhere=percent(elsewhere))


def kind_word(kind: str) -> str:
    """What a cell of a branch is: "Occupation", "Benefit group", "Programme"."""
    return {
        "occupation": _("Occupation"),
        "benefit_group": _("Benefit group"),
        "programme": _("Programme"),
    }[kind]


def works_sentence(branch: str, p0: float, *, checked: int, found: int, chance: float) -> str:
    """How many occupations, benefit groups and programmes were checked, how many are above, and what chance gives."""
    if not checked:
        return _("Too few traineeships in {branch} to tell occupations, benefit groups or programmes apart.").format(
            branch=branch
        )
    if not found:
        return _n(
            "{checked} occupation, benefit group or programme with at least 10 completed in {branch} was checked: none "
            "lies above the branch as a whole ({rate}) by more than chance.",
            "{checked} occupations, benefit groups and programmes with at least 10 completed in {branch} were checked: "
            "none lies above the branch as a whole ({rate}) by more than chance.",
            checked,
        ).format(checked=count(checked), branch=branch, rate=percent(p0))
    return _(
        "Above {branch} as a whole ({rate}) by more than chance. {checked} occupations, benefit groups and programmes "
        "with at least 10 completed were checked; chance alone would put about {chance} of them here."
    ).format(branch=branch, rate=percent(p0), checked=count(checked), chance=_number(chance))


def works_line(cell: BranchCell, *, with_counts: bool) -> str:
    """One occupation, benefit group or programme with its rate: "Occupation: Kitchen helpers, 52 % (23 of 44)"."""
    rate = cell.rate
    line = _("{kind}: {title}, {rate}").format(
        kind=kind_word(cell.kind), title=cell.title, rate=percent(rate.value or 0.0)
    )
    return f"{line} ({_('{x} of {n}').format(x=count(rate.x), n=count(rate.n))})" if with_counts else line


def _number(chance: float) -> str:
    return count(round(chance)) if chance >= _FEW else decimal(chance, places=1)
