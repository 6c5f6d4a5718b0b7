"""Hand-outs as documents: the page for an employer and the improvement cards of a municipality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jobcentre_desk.desk.municipality_wording import component_title
from jobcentre_desk.desk.wording import state_word
from jobcentre_desk.model.areas import Area
from jobcentre_desk.model.cards import Card, CardSuggestion
from jobcentre_desk.model.charts import IntervalChart, TableOf, TrendChart
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.pages import (
    Block,
    BulletList,
    Choices,
    Document,
    DocumentChart,
    DocumentTable,
    EmployerPage,
    FactBox,
    FormLines,
    Heading,
    Kicker,
    Origin,
    PageBreak,
    Paragraph,
    Spacer,
    Standing,
)
from jobcentre_desk.text import EN_DASH, both, count, date, language, percent, percent_range
from jobcentre_desk.text import translate as _

PROGRAM = "Jobcentre Desk"
ROW_MM = 5.9
TREND_MM = 43.0


def employer_document(page: EmployerPage, *, printed: dt.date) -> Document:
    """One A4 page about an employer: the sentence, the comparison drawn and as numbers, the trend, the definition."""
    employer = page.comparison.employer
    return Document(
        title=employer.name,
        language=language(),
        demonstration=page.origin.demonstration,
        blocks=tuple(block for block in _employer_blocks(page) if block != Paragraph(text="")),
        footer_left=page.origin.line,
        footer_right=printed_line(printed),
    )


def cards_document(
    suggestions: Sequence[CardSuggestion],
    *,
    area: Area,
    origin: Origin,
    definition: str,
    printed: dt.date,
) -> Document:
    """One card on each page, those the figures suggest first; `definition` stands under each reason."""
    name = both(area.name_da, area.name_en)
    ordered = sorted(suggestions, key=lambda suggestion: not suggestion.suggested)
    blocks: list[Block] = []
    for number, suggestion in enumerate(ordered, start=1):
        blocks.append(PageBreak(bookmark=both(suggestion.card.title_da, suggestion.card.title_en)))
        right = _("{municipality} · card {number} of {total}").format(
            municipality=name, number=number, total=len(ordered)
        )
        blocks += _card_blocks(suggestion, right=right, small_print=(definition, origin.line))
    return Document(
        title=_("Improvement cards: {municipality}").format(municipality=name),
        language=language(),
        demonstration=origin.demonstration,
        blocks=tuple(blocks),
        footer_left=" ".join(dict.fromkeys(_in_language(s.card.source) for s in ordered)),
        footer_right=printed_line(printed),
    )


def printed_line(printed: dt.date) -> str:
    """The program and the day of print, as they stand at the foot of each page."""
    return f"{PROGRAM} · {date(printed)}"


def trend_lines(trend: TrendChart) -> tuple[str, ...]:
    """What stands under a trend: where it goes, what a point is, the dashed line, the limits."""
    marker = (trend.marker.word, trend.marker.reason) if trend.marker else ()
    control = (trend.control.sentence,) if trend.control else ()
    return (*marker, trend.sentence, reference_line(trend), *control)


def reference_line(trend: TrendChart) -> str:
    """What the dashed line of a trend is; "" where there is none."""
    name = trend.comparison_name or trend.reference_name
    return _("Dashed: {reference}.").format(reference=name) if name else ""


def _employer_blocks(page: EmployerPage) -> Iterator[Block]:
    employer = page.comparison.employer
    about = (page.branch_title, page.municipality_name, f"CVR {employer.cvr}", page.period_line)
    yield Kicker(text=_("Traineeships in your company"))
    yield Heading(text=employer.name, level=1)
    yield Paragraph(text=" · ".join(part for part in about if part), role="secondary")
    yield Paragraph(text=page.scope_line, role="secondary")
    yield Paragraph(text=page.sentence, role="sentence", strong=page.sentence_strong)
    yield Paragraph(text=" ".join(page.other_lines), role="secondary")
    yield Spacer()
    yield Heading(text=page.beside.title, level=2)
    yield DocumentChart(chart=_addressed(page.beside), height_mm=_height_mm(page.beside))
    yield DocumentTable(table=_numbers(page))
    yield Spacer()
    yield Heading(text=page.trend.title, level=2)
    yield DocumentChart(chart=page.trend, height_mm=TREND_MM)
    lines = (*trend_lines(page.trend), page.settle_line)
    yield Paragraph(text=" ".join(line for line in lines if line))
    yield Paragraph(text=page.caution, role="secondary")
    yield Paragraph(text=page.definition, role="caption")


def _addressed(chart: IntervalChart) -> IntervalChart:
    """The chart as it speaks to the employer who is handed it."""
    titles = (_("In a job, all together"), _("Job with yourselves"), _("Job elsewhere"))
    groups = tuple(
        replace(group, title=title, bars=(replace(group.bars[0], label=_("Your company")), *group.bars[1:]))
        for group, title in zip(chart.groups, titles, strict=True)
    )
    return replace(chart, groups=groups)


def _height_mm(chart: IntervalChart) -> float:
    """Room for the rows and titles of the chart, its axis and its legend."""
    rows = sum(len(group.bars) + bool(group.title) for group in chart.groups)
    return rows * ROW_MM + 14


def _numbers(page: EmployerPage) -> TableOf:
    comparison = page.comparison
    branch = ((_("Rest of the branch"), comparison.rest_of_branch),) if comparison.reference_branch else ()
    sides = ((_("Your company"), comparison.own), *branch, (_("The whole country"), comparison.country))
    return TableOf(
        header=(
            "",
            _("Started"),
            _("Completed"),
            _("Job with yourselves"),
            _("Job elsewhere"),
            _("Went on to a job"),
            _("Share"),
            _("Uncertainty (95 %)"),
        ),
        rows=tuple((title, *_cells(standing)) for title, standing in sides),
        numeric=(False, *(True,) * 7),
    )


def _cells(standing: Standing) -> tuple[str, ...]:
    rate = standing.rate
    names = ("started", "completed", "job_same_employer", "job_elsewhere")
    numbers = [_count_cell(standing, name) for name in names]
    if rate.value is None or rate.low is None or rate.high is None:
        blank = state_word(standing.state) or EN_DASH
        return (*numbers, blank, blank, blank)
    return (*numbers, count(rate.x), percent(rate.value), percent_range(rate.low, rate.high))


def _count_cell(standing: Standing, name: str) -> str:
    shown = standing.counts.shown(name)
    if shown is None:
        return state_word(State.HIDDEN)
    at_least = standing.counts.hidden_cells > 0
    return _("at least {n}").format(n=count(shown)) if at_least else count(shown)


def _card_blocks(suggestion: CardSuggestion, *, right: str, small_print: tuple[str, ...]) -> list[Block]:
    card = suggestion.card
    look_at = both(card.look_at_da, card.look_at_en)
    reason = Paragraph(text=suggestion.reason)
    why = FactBox(
        title=_("Why now") if suggestion.suggested else _("No gap found"),
        paragraphs=(reason, *(Paragraph(text=line, role="caption") for line in small_print if line)),
    )
    return [
        Kicker(text=component_title(card.component), right=right, mark=card.component.value),
        Heading(text=both(card.title_da, card.title_en), level=1),
        Paragraph(text=both(card.theme_da, card.theme_en), role="sentence"),
        why,
        Paragraph(text=both(card.why_da, card.why_en)),
        Heading(text=_("Talk with each other about"), level=2),
        BulletList(items=card.questions_da if language() == "da" else card.questions_en),
        Heading(text=_("What others do"), level=2),
        Paragraph(text=both(card.practice_da, card.practice_en)),
        Heading(text=_("What to look at afterwards"), level=2),
        Paragraph(text=look_at),
        Heading(text=_("Agreement"), level=2),
        FormLines(rows=_agreement(suggestion)),
        Choices(label=_("Follow-up"), options=(_("changed"), _("not changed"), _("too early"))),
        Paragraph(text=_time_line(card), role="caption"),
    ]


def _agreement(suggestion: CardSuggestion) -> tuple[tuple[str, str], ...]:
    """What is agreed is written by hand; the baseline is there already where the card has one."""
    baseline = ""
    if suggestion.value is not None and suggestion.reference is not None:
        baseline = _("{value} %, expected {reference} %").format(
            value=_published(suggestion.value), reference=_published(suggestion.reference)
        )
    return ((_("What"), ""), (_("Role"), ""), (_("Date"), ""), (_("Baseline"), baseline))


def _published(digits: str) -> str:
    return both(digits.replace(".", ","), digits)


def _time_line(card: Card) -> str:
    return _("Time needed: {time}.").format(time=_in_language(card.time_needed)) if card.time_needed else ""


def _in_language(text: str) -> str:
    """The half of "Danish / English" that fits the language in use; a text without both stands as it is."""
    danish, slash, english = text.partition(" / ")
    return both(danish, english) if slash else text
