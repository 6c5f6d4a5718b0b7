"""The Municipality page: the comparison with its sentence, gap in persons, charts, and the cards it suggests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from jobcentre_desk.desk import municipality_wording as words
from jobcentre_desk.desk.background import peer_distance
from jobcentre_desk.desk.cards import cards_of, suggest_from
from jobcentre_desk.desk.expected import GROUPS, TABLE, ExpectedTable, median, persons_to_the_middle
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.gap_parts import branch_parts, employer_parts, parts_view
from jobcentre_desk.desk.goals import progress
from jobcentre_desk.desk.learning import learn_from, teachers_on_expected, teachers_on_measure
from jobcentre_desk.desk.measure_choice import START, start_measure
from jobcentre_desk.desk.measure_view import Chosen, choose_measure, measure_view
from jobcentre_desk.desk.municipality import Question, area_name, compare, settle, with_background
from jobcentre_desk.desk.municipality_figures import MunicipalityFigures, page_measures, read_municipality_figures
from jobcentre_desk.desk.other_sources import source_lines
from jobcentre_desk.desk.tile_map import blank_state
from jobcentre_desk.desk.value_words import PERCENT, POINTS, axis, value_text
from jobcentre_desk.desk.wording import Sentence, state_word
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.cards import Card
from jobcentre_desk.model.charts import StripChart, StripRow, TableOf, TrendChart, TrendPoint
from jobcentre_desk.model.municipalities import NO_CHOICE, GapParts, Goal, PeerChoice
from jobcentre_desk.model.outcomes import State
from jobcentre_desk.model.pages import MunicipalityComparison, MunicipalityPage, Origin, Peer
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.text import translate as _


def municipality_page(  # noqa: PLR0913 - a person chooses all of these on one page
    figures: Figures,
    code: str,
    *,
    peers: str = "expected",
    period: str | None = None,
    group: str = "all",
    source: str = "",
    measure: str = "",
    choice: PeerChoice = NO_CHOICE,
    goals: Sequence[Goal] = (),
    least: int = 0,
) -> MunicipalityPage:
    """The page of one municipality, every sentence finished in the language in use.

    `measure` is the one chosen ("" = the difference of y30r21, else the first there is); group and period are those of
    that measure. With `source` only figures of the source so named are on it. `least` is the smallest count that may be
    told, for a page that leaves the screen (0 = on the screen: all). Raises InputRefused for a code, measure,
    period, group, source or kind of peers that does not exist.
    """
    chosen = measure or start_measure(figures)
    measures = page_measures(figures) or ((chosen,) if chosen else ())
    published = read_municipality_figures(figures, measures, source=source)
    of_table = chosen.startswith(f"{TABLE}.")
    strict = of_table or not measure
    asked_group = group if strict or group in GROUPS else "all"
    asked_period = period if strict or period in published.expected.periods else None
    question = settle(published, code, period=asked_period, group=asked_group, peers=peers, choice=choice)
    published = with_background(figures, published, question)
    page = page_from(published, question, cards=cards_of(figures), origin=_origin(figures, published))
    if not chosen or source:
        return replace(page, goals=progress(figures, published.measures, goals))
    view = choose_measure(figures, published.measures, chosen, group=group, period=period or "", least=least)
    by_branch, by_employer = _parts(figures, code, least)
    return replace(
        _with_measure(figures, published, question, page, view, least=least),
        goals=progress(figures, published.measures, goals),
        branch_parts=by_branch,
        employer_parts=by_employer,
    )


def _with_measure(
    figures: Figures,
    published: MunicipalityFigures,
    question: Question,
    page: MunicipalityPage,
    chosen: Chosen,
    *,
    least: int,
) -> MunicipalityPage:
    """The page with the chosen measure, the distance to the peers taken apart, and who to learn from in it."""
    peers = page.comparison.peers
    codes = [peer.code for peer in peers]
    view, standing = measure_view(figures, published, question, chosen, codes)
    if chosen.measure.id == START and page.comparison.expected.difference is not None:
        view = replace(
            view,
            sentence=page.sentence,
            sentence_strong=page.sentence_strong,
            gap_text=page.gap_text,
            gap_line=page.gap_line,
            strips=page.strips,
            history=page.history,
            definition=page.definition,
        )
    background = published.background
    distance = (
        peer_distance(background, published.areas, question.code, codes, chosen=bool(question.choice.variables))
        if background is not None
        else None
    )
    if chosen.measure.id.startswith(f"{TABLE}."):
        teachers = teachers_on_expected(
            figures, published.expected, peers, period=question.expected_period, least=least
        )
    else:
        teachers = teachers_on_measure(
            figures, chosen.measure, chosen.values, peers, middle=standing.peers_median, least=least
        )
    if not chosen.measure.id.startswith(f"{TABLE}."):
        page = replace(page, peers_table=measure_peers_table(chosen, peers))
    return replace(page, chosen=view, standing=standing, distance=distance, teachers=teachers)


def measure_peers_table(chosen: Chosen, peers: Sequence[Peer]) -> TableOf:
    """The peers with their figure of another measure than y30r21, and the expected share they were found by."""
    signed = chosen.measure.unit == POINTS
    rows = []
    for peer in peers:
        figure = chosen.values.get(peer.code)
        known = figure is not None and figure.value is not None
        told = value_text(figure.value, chosen.measure.unit, signed=signed) if figure is not None and known else ""
        rows.append((peer.name, told or state_word(blank_state(figure)), words.published_percent(peer.expected)))
    return TableOf(
        header=(_("Municipality"), _("Figure"), _("Expected share")),
        rows=tuple(rows),
        numeric=(False, True, True),
    )


def _parts(figures: Figures, code: str, least: int) -> tuple[GapParts | None, GapParts | None]:
    """Half of the gap in outcomes by branch and by employer; None where no outcomes are loaded."""
    if figures.outcome_source is None or figures.known_through is None:
        return None, None
    by_branch, by_employer = branch_parts(figures, code, least=least), employer_parts(figures, code, least=least)
    return parts_view(by_branch), parts_view(by_employer)


def page_from(
    published: MunicipalityFigures, question: Question, *, cards: Sequence[Card], origin: Origin
) -> MunicipalityPage:
    """The page from published rows alone."""
    comparison = compare(published, question)
    sentence = page_sentence(published.expected, comparison)
    gap = words.gap_words(_gap(published.expected, comparison), question.group)
    return MunicipalityPage(
        comparison=comparison,
        sentence=sentence.text,
        sentence_strong=sentence.strong,
        gap_text=gap.text,
        gap_line=gap.strong,
        strips=strip_chart(published, question, comparison.peers),
        history=history_chart(published.expected, question),
        peers_table=peers_table(comparison.peers),
        cards=suggest_from(published, question.code, cards=cards),
        definition=words.definition_line(question.expected_period),
        origin=origin,
        source_lines=source_lines(comparison.expected),
    )


def page_sentence(table: ExpectedTable, comparison: MunicipalityComparison) -> Sentence:
    """The one sentence of the page: expected and actual, the gap in persons, and where the peers lie."""
    name = area_name(comparison.area)
    row = table.row(comparison.area.code, comparison.expected.period, comparison.group)
    first = words.expected_sentence(
        name,
        comparison.group,
        actual=row.actual_share,
        expected=row.expected_share,
        persons=row.persons_difference,
    )
    peers = comparison.peers
    parts = [first.text, words.peers_sentence(comparison.peers_by, len(peers), _peers_middle(peers))]
    shares = [Decimal(peer.expected) for peer in peers if peer.expected is not None]
    parts.append(words.one_sided_sentence(name, row.expected_share, shares))
    return Sentence(" ".join(part for part in parts if part), first.strong)


def strip_chart(published: MunicipalityFigures, question: Question, peers: Sequence[Peer]) -> StripChart:
    """All municipalities by difference from the expected, a line for each benefit group; own and peers marked."""
    name = area_name(published.areas[question.code])
    rows = tuple(_strip_row(published, question, group, peers) for group in GROUPS)
    values = [value for row in rows for value, _name in (*row.others, *row.peers, (row.own or 0.0, ""))]
    low, high, ticks = axis([Decimal(str(value)) for value in (*values, 0.0)], signed=True)
    return StripChart(
        title=_("{name} among the {n}").format(name=name, n=_municipalities(published.areas)),
        sentence=_("Left of 0 fewer people were on benefits than expected, right of it more."),
        rows=rows,
        axis_low=low,
        axis_high=high,
        axis_ticks=ticks,
        axis_name=_("percentage points from the expected"),
        table=_strip_table(published, question),
    )


def history_chart(table: ExpectedTable, question: Question) -> TrendChart:
    """Actual beside expected share, period by period."""
    rows = [(period, table.row(question.code, period, question.group)) for period in table.periods]
    shares = [share for _period, row in rows for share in (row.actual_share, row.expected_share) if share is not None]
    low, high, ticks = axis(shares, signed=False, unit=PERCENT)
    known = sum(row.difference is not None for _period, row in rows)
    above = sum(row.difference is not None and row.difference > 0 for _period, row in rows)
    return TrendChart(
        title=_("Expected and actual"),
        sentence=words.history_sentence(above, known, axis_from=ticks[0][1]),
        points=tuple(_history_point(period, row.actual_share) for period, row in rows),
        reference=None,
        reference_name="",
        axis_low=low,
        axis_high=high,
        axis_ticks=ticks,
        comparison=tuple(_float(row.expected_share) for _period, row in rows),
        comparison_name=_("expected"),
        table=TableOf(
            header=(_("Period"), _("Expected"), _("Actual"), _("Difference")),
            rows=tuple(
                (
                    words.period_words(period),
                    words.published_percent(row.expected_share),
                    words.published_percent(row.actual_share),
                    words.published_number(row.difference, signed=True),
                )
                for period, row in rows
            ),
            numeric=(False, True, True, True),
        ),
    )


def peers_table(peers: Sequence[Peer]) -> TableOf:
    """The peers with what they reach, and whom to learn from: below the expected now and in 4 of the last 6 periods."""
    return TableOf(
        header=(_("Municipality"), _("Expected"), _("Actual"), _("Difference"), _("Periods below"), _("Learn from")),
        rows=tuple(
            (
                peer.name,
                words.published_percent(peer.expected),
                words.published_percent(peer.actual),
                words.published_number(peer.difference, signed=True),
                _("{below} of {known}").format(below=peer.periods_better, known=peer.periods_known),
                _("yes") if learn_from(peer) else "–",
            )
            for peer in peers
        ),
        numeric=(False, True, True, True, True, False),
    )


def _origin(figures: Figures, published: MunicipalityFigures) -> Origin:
    """The source of the figures on the page, which need not be that of the outcomes."""
    names = [figure.source for values in published.values.values() for figure in values[:1]]
    shown = next((name for name in (published.expected_source, *names) if name), "")
    return figures.origin(next((source for source in figures.sources if source.name == shown), None))


def _gap(table: ExpectedTable, comparison: MunicipalityComparison) -> int | None:
    row = table.row(comparison.area.code, comparison.expected.period, comparison.group)
    return persons_to_the_middle(row, _peers_middle(comparison.peers))


def _peers_middle(peers: Sequence[Peer]) -> Decimal | None:
    return median(Decimal(peer.difference) for peer in peers if peer.difference is not None)


def _strip_row(published: MunicipalityFigures, question: Question, group: str, peers: Sequence[Peer]) -> StripRow:
    differences = published.expected.column("difference", question.expected_period, group)
    row = published.expected.row(question.code, question.expected_period, group)
    peer_codes = [peer.code for peer in peers if peer.code in differences]
    middle = median(differences[code] for code in peer_codes)
    named = {code: (float(value), area_name(published.areas[code])) for code, value in differences.items()}
    return StripRow(
        label=words.group_title(group),
        sublabel=_("{actual} · expected {expected}").format(
            actual=words.published_percent(row.actual_share), expected=words.published_number(row.expected_share)
        ),
        own=_float(row.difference),
        peers=tuple(named[code] for code in peer_codes),
        middle=_float(middle),
        others=tuple(named[code] for code in sorted(named) if code not in peer_codes and code != question.code),
        value_text=_("{points} pct. points").format(points=words.published_number(row.difference, signed=True)),
        note=words.rank_words(row.rank, len(differences)),
    )


def _strip_table(published: MunicipalityFigures, question: Question) -> TableOf:
    """Every municipality with its difference in each benefit group, in the order of their names."""
    columns = [published.expected.column("difference", question.expected_period, group) for group in GROUPS]
    codes = {code for column in columns for code in column}
    ordered = sorted((area_name(published.areas[code]), code) for code in codes)
    return TableOf(
        header=(_("Municipality"), *(words.group_title(group) for group in GROUPS)),
        rows=tuple(
            (name, *(words.published_number(column.get(code), signed=True) for column in columns))
            for name, code in ordered
        ),
        numeric=(False, True, True, True, True),
    )


def _history_point(period: str, actual: Decimal | None) -> TrendPoint:
    parsed = PublishedPeriod.parse(period)
    return TrendPoint(
        label=_("Q{number}").format(number=parsed.number) if parsed else period,
        sublabel=str(parsed.year) if parsed else "",
        value=_float(actual),
        low=None,
        high=None,
        state=State.KNOWN if actual is not None else State.NOT_REPORTED,
    )


def _municipalities(areas: Mapping[str, Area]) -> int:
    return sum(area.kind is AreaKind.MUNICIPALITY for area in areas.values())


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
