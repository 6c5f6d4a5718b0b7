"""Jobindsats.dk (STAR, the Danish Agency for Labour Market and Recruitment), version 3, as a source of figures.

Needs a key of the organisation. A table is either read whole or left as it was; one that fails does not stop others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jobcentre_desk.errors import SourceUnreachable
from jobcentre_desk.model.areas import Area
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import (
    KnownTable,
    ServiceAnswer,
    ServiceFigures,
    SourceProgress,
    TableOffer,
    TableQuery,
    TracedFigure,
    Watch,
)
from jobcentre_desk.sources import service_faults
from jobcentre_desk.sources.http_faults import TookTooLong
from jobcentre_desk.sources.jobindsats_columns import read_answer
from jobcentre_desk.sources.jobindsats_levels import AreaNames, LabelJoin
from jobcentre_desk.sources.jobindsats_presets import read_presets
from jobcentre_desk.sources.jobindsats_request import (
    MOST_CELLS,
    Question,
    period_kind,
    periods_to_ask,
    questions,
    unknown_names,
    with_what_there_is,
)
from jobcentre_desk.sources.jobindsats_rows import TableReader, told_of_changes
from jobcentre_desk.sources.jobindsats_tables import JobindsatsTable, read_offers, read_subjects, read_table
from jobcentre_desk.sources.service_client import ServiceClient, ServiceRefused
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

ADDRESS = "https://api.jobindsats.dk/v3"
PUBLISHER = "star"
PUBLISHER_NAME = "Styrelsen for Arbejdsmarked og Rekruttering (Jobindsats.dk)"
MOST_BYTES = 4_000_000  # 20,000 cells take 2 MB; an evil answer of this length takes less than 64 MB to read
FAILURES_IN_A_ROW = 2
MOST_HALVED_FOR_TIME = 2
"""A question that is not answered in time is put again in halves, then in quarters: the service gives it a minute."""


def read_jobindsats(
    queries: Sequence[TableQuery],
    *,
    client: ServiceClient,
    known: Mapping[str, KnownTable],
    areas: Sequence[Area],
    task: Task,
    watch: Watch | None = None,
    former: Sequence[Measure] = (),
    most_cells: int = MOST_CELLS,
) -> ServiceFigures:
    """The figures of the tables in `queries` that changed since `known`, each traced to answer, row and column.

    `former` are the measures as they are loaded: one that is called otherwise now is told. Raises SourceUnreachable or
    ServiceRefused when the key is refused or nothing at all could be read; TaskCancelled.
    """
    sync = _Sync(
        client=client,
        known={name.casefold(): table for name, table in known.items()},
        areas=AreaNames(areas),
        former={measure.id: measure for measure in former},
        most_cells=most_cells,
        task=task,
        watch=watch,
    )
    sync.run(queries)
    return sync.result()


def offers(client: ServiceClient) -> tuple[TableOffer, ...]:
    """The tables there are, with the titles of their subjects and their dates in the release calendar."""
    told = client.read_json(client.get("tables?format=json", most_bytes=MOST_BYTES))
    found = read_offers(told, {})
    if found and not all(offer.subject for offer in found):
        subjects = client.read_json(client.get("subjects?format=json", most_bytes=MOST_BYTES))
        found = read_offers(told, read_subjects(subjects))
    if not found:
        raise service_faults.no_data(client.host, _("no list of tables"))
    return found


@dataclass(kw_only=True)
class _Sync:
    """One sync: takes table after table and gathers what was read."""

    client: ServiceClient
    known: Mapping[str, KnownTable]
    areas: AreaNames
    former: Mapping[str, Measure]
    most_cells: int
    task: Task
    watch: Watch | None
    offered: dict[str, TableOffer] = field(default_factory=dict)
    groups: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    answers: list[ServiceAnswer] = field(default_factory=list)
    figures: list[TracedFigure] = field(default_factory=list)
    measures: dict[str, Measure] = field(default_factory=dict)
    covered: dict[str, frozenset[str]] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    current: dict[str, tuple[str, str]] = field(default_factory=dict)
    rows: int = 0

    def run(self, queries: Sequence[TableQuery]) -> None:
        """Ask for the list of tables, then for each table that changed."""
        self._say(_("Asking for the list of tables"), 0, len(queries))
        self.offered = {offer.table: offer for offer in offers(self.client)}
        failures = 0
        last: SourceUnreachable | ServiceRefused | None = None
        for number, query in enumerate(queries):
            self._say(_("Fetching {table}").format(table=query.table), number, len(queries))
            if failures >= FAILURES_IN_A_ROW:
                self._keep(query.table, _("The table was not asked for, because the service did not answer."))
                continue
            try:
                self._take(query)
                failures = 0
            except SourceUnreachable as error:
                failures, last = failures + 1, error
                self._keep(query.table, error.message)
            except ServiceRefused as error:
                last = error
                if error.status in service_faults.NOT_LET_IN:
                    raise
                self._keep(query.table, error.message)
        self._say(_("Fetching figures"), len(queries), len(queries))
        if last is not None and not self.current:
            raise last

    def result(self) -> ServiceFigures:
        """All that was read, with the dates of the release calendar."""
        released = max((updated for updated, _next in self.current.values()), default="")
        coming = [next_update for _updated, next_update in self.current.values() if next_update > released]
        return ServiceFigures(
            publisher=PUBLISHER,
            publisher_name=PUBLISHER_NAME,
            released=released,
            next_release=min(coming, default=""),
            areas=tuple(self.areas.funds_met.values()),
            benefit_groups=tuple(self.groups.values()),
            measures=tuple(self.measures.values()),
            figures=tuple(self.figures),
            answers=tuple(self.answers),
            problems=tuple(self.problems),
            kept_tables=frozenset(self.kept),
            covered=self.covered,
            next_updates={table: coming for table, (_updated, coming) in self.current.items()},
        )

    def _take(self, query: TableQuery) -> None:
        name = query.table.casefold()
        offer = self.offered.get(name)
        if offer is None:
            self._keep(query.table, _("The table is no longer offered by Jobindsats."))
            return
        known = self.known.get(name)
        if self._is_as_known(query, known, offer.updated, offer.next_update):
            return
        table = self._metadata(offer)
        if table is None:
            self._keep(query.table, _("The description of the table cannot be read."))
        elif not self._is_as_known(query, known, table.updated, table.next_update):
            self._read_table(table, query, known=known)

    def _is_as_known(self, query: TableQuery, known: KnownTable | None, updated: str, next_update: str) -> bool:
        """Whether the table was asked for in the same way since it was updated; then it is left as it is."""
        if not (known and known.periods and known.query == query and updated and known.updated == updated):
            return False
        self.kept.add(query.table)
        self.current[query.table] = (updated, next_update)
        return True

    def _metadata(self, offer: TableOffer) -> JobindsatsTable | None:
        told = self.client.read_json(self.client.get(f"table/{offer.table}?format=json", most_bytes=MOST_BYTES))
        table = read_table(told, name=offer.table)
        if table is None:
            return None
        title = offer.title if table.title == table.id else table.title
        next_update = offer.next_update or table.next_update
        return replace(table, title=title, updated=offer.updated or table.updated, next_update=next_update)

    def _read_table(self, table: JobindsatsTable, query: TableQuery, *, known: KnownTable | None) -> None:
        kind = period_kind(table, query)
        if table.periods and kind not in table.periods:
            self._keep(query.table, _("The table has no periods of the kind {kind}.").format(kind=kind))
            return
        periods = periods_to_ask(table.periods.get(kind, ()), query, kind=kind, known=known)
        join = LabelJoin(self.areas, read_presets(), groups=self.groups)
        reader = TableReader(table, query, join=join)
        for name in unknown_names(table, query):
            sentence = _("The table has no dimension “{name}” any more; it is read without it.")
            reader.tell(0, 0, name, sentence.format(name=name))
        answers: list[ServiceAnswer] = []
        for question in questions(table, query, periods=periods, kind=kind, most_cells=self.most_cells):
            if not self._put(question, reader, answers):
                self.problems += reader.problems
                self.kept.add(query.table)
                return
        self._take_over(reader, answers, periods=frozenset(periods))

    def _put(
        self, question: Question, reader: TableReader, answers: list[ServiceAnswer], *, halved_for_time: int = 0
    ) -> bool:
        """Put a question, in halves when its answer is too long or too late; False when an answer cannot be used."""
        halves = question.halves()
        in_time = halves if halved_for_time < MOST_HALVED_FOR_TIME else ()
        try:
            answer = self._ask(question, reader, number=len(self.answers) + len(answers) + 1, divisible=bool(in_time))
        except ServiceRefused as refused:
            if refused.code != service_faults.TOO_LONG or not halves:
                raise
            return all(self._put(half, reader, answers, halved_for_time=halved_for_time) for half in halves)
        except TookTooLong:
            if not in_time:
                raise
            return all(self._put(half, reader, answers, halved_for_time=halved_for_time + 1) for half in in_time)
        if answer is not None:
            answers.append(answer)
        return answer is not None

    def _ask(self, question: Question, reader: TableReader, *, number: int, divisible: bool) -> ServiceAnswer | None:
        question, body = self._body(question, divisible=divisible)
        answered = read_answer(self.client.read_json(body))
        if answered is None:
            reader.tell(number, 0, "", _("The answer holds no columns and rows."))
            return None
        if not reader.read(answered, question, answer=number):
            return None
        self.rows += len(answered.rows)
        self._watch(_("Fetching {table}").format(table=question.table))
        return ServiceAnswer(
            number=number,
            table=reader.table.id,
            title=reader.table.title,
            request=question.path,
            updated=reader.table.updated,
            next_update=reader.table.next_update,
            rows=len(answered.rows),
            body=body,
        )

    def _body(self, question: Question, *, divisible: bool) -> tuple[Question, bytes]:
        """The answer; a question for more of the latest periods than there are is put again for those."""
        try:
            return question, self.client.get(question.path, most_bytes=MOST_BYTES, divisible=divisible)
        except ServiceRefused as refused:
            again = with_what_there_is(question, refused.cause)
            if again is None:
                raise
            return again, self.client.get(again.path, most_bytes=MOST_BYTES, divisible=divisible)

    def _take_over(self, reader: TableReader, answers: Iterable[ServiceAnswer], *, periods: frozenset[str]) -> None:
        figures = reader.figures
        asked = periods or frozenset(figure.period for figure in figures)
        for sentence in told_of_changes(reader.measures, self.former, table=reader.table.id):
            reader.tell(0, 0, "", sentence)
        self.current[reader.table.id] = (reader.table.updated, reader.table.next_update)
        self.answers += answers
        self.figures += figures
        self.measures |= reader.measures
        self.covered |= dict.fromkeys(reader.measures, asked)
        self.problems += reader.problems

    def _keep(self, table: str, reason: str) -> None:
        self.kept.add(table)
        sentence = _("{reason} The figures loaded earlier stay.").format(reason=reason)
        self.problems.append(RowProblem(file=table, row=0, column="", reason=sentence))

    def _say(self, stage: str, done: int, total: int) -> None:
        self.task.report(done, total, stage)
        self._watch(stage)

    def _watch(self, stage: str) -> None:
        self.task.stop_if_cancelled()
        if self.watch is not None:
            fetched = self.client.bytes_fetched
            self.watch(SourceProgress(name="jobindsats", stage=stage, bytes_fetched=fetched, rows_read=self.rows))
