"""The case mix as a chart: the employer beside what is usual of people like those it took; its strata are the table."""

from __future__ import annotations

from jobcentre_desk.desk import wording as words
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.model.case_mix import CaseMix, MixStratum, Widened
from jobcentre_desk.model.charts import IntervalBar, IntervalChart, IntervalGroup, TableOf
from jobcentre_desk.model.classifications import ALL, CodeTree
from jobcentre_desk.model.outcomes import Rate, State, Verdict
from jobcentre_desk.text import both, count, decimal, percent, percent_range
from jobcentre_desk.text import translate as _


def case_mix_line(mix: CaseMix | None, rate: Rate) -> str:
    """What is usual, what it is here, and what chance alone would give; "" where nothing can be expected."""
    if mix is None or rate.value is None:
        return ""
    return f"{words.case_mix_sentence(mix.rate, rate.value)} {_chance_line(mix, rate)}"


def case_mix_chart(figures: Figures, mix: CaseMix | None, rate: Rate) -> IntervalChart | None:
    """The employer's rate with its interval, dashed what is usual; None where nothing can be expected."""
    if mix is None or rate.value is None:
        return None
    bar = IntervalBar(
        label=_("The employer"),
        value=rate.value,
        low=rate.low,
        high=rate.high,
        reference=mix.rate,
        verdict=mix_verdict(mix, rate),
        state=State.KNOWN,
        value_text=percent(rate.value),
        note=_("{x} in a job, {expected} expected").format(x=count(rate.x), expected=decimal(mix.expected, places=1)),
        own=True,
    )
    return IntervalChart(
        title=_("Given whom they took"),
        sentence=case_mix_line(mix, rate),
        groups=(IntervalGroup(title="", verdict=None, verdict_text="", bars=(bar,)),),
        reference_name=_("usually {rate}").format(rate=percent(mix.rate)),
        table=_strata_table(figures, mix),
    )


def mix_verdict(mix: CaseMix, rate: Rate) -> Verdict:
    """Whether more or fewer went on to a job than chance gives people like them."""
    if rate.x > mix.high:
        return Verdict.ABOVE
    return Verdict.BELOW if rate.x < mix.low else Verdict.CANNOT_TELL


def _chance_line(mix: CaseMix, rate: Rate) -> str:
    between = percent_range(mix.low / mix.completed, mix.high / mix.completed)
    if mix_verdict(mix, rate) is Verdict.CANNOT_TELL:
        return _("By chance alone it would be {between}, so the difference may be chance.").format(between=between)
    return _("By chance alone it would be {between}: a difference this large seldom comes about so.").format(
        between=between
    )


def _strata_table(figures: Figures, mix: CaseMix) -> TableOf:
    rows = [_row(figures, stratum) for stratum in mix.strata]
    return TableOf(
        header=(
            _("Branch of the workplace"),
            _("Occupation"),
            _("Benefit group"),
            _("Completed here"),
            _("Usual rate"),
            _("Of others"),
            _("Others are those of"),
        ),
        rows=tuple(rows) or ((words.state_word(State.HIDDEN), *[""] * 6),),
        numeric=(False, False, False, True, True, True, False),
    )


def _row(figures: Figures, one: MixStratum) -> tuple[str, ...]:
    codes = figures.codes
    return (
        _title(codes.branches, one.branch),
        _title(codes.occupations, one.occupation),
        _title(codes.benefit_groups, one.benefit_group),
        count(one.completed),
        percent(one.rate),
        _("{x} of {n}").format(x=count(one.others_jobs), n=count(one.others_completed)),
        _others(figures, one),
    )


def _others(figures: Figures, one: MixStratum) -> str:
    """Who the others are: the same stratum, or how far it was merged until it held 20 of them."""
    if one.widened is Widened.NOT:
        return _("the same branch, occupation and benefit group")
    if one.widened is Widened.BENEFIT_GROUPS:
        return _("the same branch and occupation, all benefit groups")
    if one.widened is Widened.OCCUPATIONS:
        wider = _title(figures.codes.occupations, one.against)
        return _("the same branch, occupations of {wider}").format(wider=wider)
    if one.widened is Widened.BRANCHES:
        wider = _title(figures.codes.branches, one.against)
        return _("the wider branch {wider}").format(wider=wider)
    return _("the whole country")


def _title(tree: CodeTree, code: str) -> str:
    if code in {"", ALL} and code not in tree:
        return _("all")
    return both(tree[code].title_da, tree[code].title_en)
