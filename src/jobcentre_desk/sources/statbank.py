"""StatBank (Statistics Denmark): the tables it offers, and the figures of those that are asked for.

Each table is read on its own: one that is gone, was described anew or cannot be reached is named in a sentence, its
stored figures stay, and the others go on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jobcentre_desk import text
from jobcentre_desk.errors import SourceUnreachable
from jobcentre_desk.model.areas import Area
from jobcentre_desk.model.measures import Measure
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.model.services import (
    KnownTable,
    SeriesBreak,
    ServiceAnswer,
    ServiceFigures,
    SourceProgress,
    TableOffer,
    TableQuery,
    TracedFigure,
    Watch,
)
from jobcentre_desk.sources import statbank_tables
from jobcentre_desk.sources.service_client import ServiceClient
from jobcentre_desk.sources.service_faults import ServiceRefused
from jobcentre_desk.sources.statbank_areas import KnownAreas
from jobcentre_desk.sources.statbank_figures import Gathered
from jobcentre_desk.sources.statbank_jsonstat import JsonStat, read_json_stat
from jobcentre_desk.sources.statbank_measures import breaks_of, measure_of, renamed
from jobcentre_desk.sources.statbank_request import (
    MOST_BYTES_OF_LIST,
    SMALL,
    Chosen,
    Form,
    NotAskable,
    Question,
    choose,
    questions,
    trailing,
)
from jobcentre_desk.sources.statbank_rows import Rows, read_rows
from jobcentre_desk.sources.statbank_tables import TableInfo
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

__all__ = ["ADDRESS", "offers", "read_statbank"]

ADDRESS = "https://api.statbank.dk/v1"
NAME = "statbank"
PUBLISHER = "Danmarks Statistik"
MOST_BYTES_OF_INFO = 6_000_000
MOST_FAILED_IN_A_ROW = 3
TOO_MANY, NOT_FOUND, NOT_ALLOWED = "REQUEST-LIMIT", "EXTRACT-NOTFOUND", "EXTRACT-NOTALLOWED"


def offers(client: ServiceClient) -> tuple[TableOffer, ...]:
    """All tables of StatBank in the language in use; no date of the next release is published.

    Subjects are a help for choosing: the tables are offered without them when StatBank refuses to list them.
    """
    language = text.language()
    tables = _asked(client, "tables", {"lang": language}, most_bytes=MOST_BYTES_OF_LIST)
    asked = {"lang": language, "recursive": True, "includeTables": True}
    try:
        subjects = _asked(client, "subjects", asked, most_bytes=MOST_BYTES_OF_LIST)
        return statbank_tables.read_offers(tables, subjects)
    except ServiceRefused:
        return statbank_tables.read_offers(tables, [])


def read_statbank(
    queries: Sequence[TableQuery],
    *,
    client: ServiceClient,
    known: Mapping[str, KnownTable],
    areas: Sequence[Area],
    task: Task,
    watch: Watch | None = None,
    former: Sequence[Measure] = (),
    small: int = SMALL,
) -> ServiceFigures:
    """The figures of `queries`, as far as they changed since `known`; one answer has `small` cells or is asked as rows.

    `areas` are the areas the caller knows beside the official ones, `former` the measures as they are loaded: one that
    is called otherwise now is told. Raises SourceUnreachable when StatBank cannot be
    reached, ServiceRefused when its list of tables is no list.
    """
    reading = _Reading(client, KnownAreas.of(areas), task, watch, small)
    reading.former = {measure.id: measure for measure in former}
    listed = _asked(client, "tables", {"lang": "en"}, most_bytes=MOST_BYTES_OF_LIST)
    reading.updated = statbank_tables.updates(listed)
    for place, query in enumerate(queries):
        task.report(place, len(queries), _("Asking StatBank"))
        before = next((one for name, one in known.items() if name.casefold() == query.table.casefold()), None)
        reading.read(query, before)
    reading.require_something()
    return reading.result()


@dataclass(slots=True)
class _Reading:
    """What a sync has read so far."""

    client: ServiceClient
    areas: KnownAreas
    task: Task
    watch: Watch | None
    small: int
    updated: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, Measure] = field(default_factory=dict)
    figures: list[TracedFigure] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    breaks: list[SeriesBreak] = field(default_factory=list)
    answers: list[ServiceAnswer] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    covered: dict[str, frozenset[str]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    released: str = ""
    rows: int = 0
    fault: SourceUnreachable | None = None
    failed_in_a_row: int = 0
    reached: bool = False

    def read(self, query: TableQuery, before: KnownTable | None) -> None:
        """Read one table, unless it is the same as before, or StatBank was out of reach too often."""
        updated = self.updated.get(query.table.casefold(), "")
        self.released = max(self.released, updated)
        self._say(query.table)
        if before is not None and before.query == query and updated and before.updated == updated:
            self.kept.add(query.table)
            self.reached = True
            return
        if self.failed_in_a_row >= MOST_FAILED_IN_A_ROW:
            self._keep(query, _("Not asked, since StatBank could not be reached; try again later."))
            return
        try:
            self._read_table(query, before)
        except NotAskable as error:
            self._keep(query, str(error))
        except ServiceRefused as error:
            self._keep(query, _refusal(query, error))
        except SourceUnreachable as error:
            self.fault = error
            self.failed_in_a_row += 1
            self._keep(query, str(error))
            return
        self.reached = True
        self.failed_in_a_row = 0

    def require_something(self) -> None:
        """Raise what kept StatBank out of reach when not one table was reached."""
        if self.fault is not None and not self.reached:
            raise self.fault

    def result(self) -> ServiceFigures:
        """What was read, and the areas it is of."""
        used = {figure.area for figure in self.figures}
        return ServiceFigures(
            publisher=NAME,
            publisher_name=PUBLISHER,
            released=self.released[:10],
            next_release="",
            areas=tuple(area for code, area in self.areas.by_code.items() if code in used),
            measures=tuple(self.measures),
            figures=tuple(self.figures),
            answers=tuple(self.answers),
            breaks=tuple(self.breaks),
            problems=tuple(self.problems),
            kept_tables=frozenset(self.kept),
            covered=self.covered,
        )

    def _read_table(self, query: TableQuery, before: KnownTable | None) -> None:
        info = self._info(query.table)
        chosen = choose(info, query, self.areas)
        for sentence in chosen.told:
            self._tell(query.table, sentence)
        chosen = trailing(chosen, before, query)
        gathered = Gathered(chosen, self.areas)
        answers: list[ServiceAnswer] = []
        for question in questions(chosen, small=self.small):
            self._put(question, gathered, answers)
        gathered.close()
        self._take(info, chosen, gathered, answers)

    def _info(self, table: str) -> TableInfo:
        """What the table is, in both languages."""
        told = [
            _asked(self.client, "tableinfo", {"table": table, "lang": language}, most_bytes=MOST_BYTES_OF_INFO)
            for language in ("da", "en")
        ]
        return statbank_tables.read_table(*told)

    def _put(self, question: Question, gathered: Gathered, answers: list[ServiceAnswer]) -> None:
        """Put one question; one that is too large for StatBank is put in halves."""
        self.task.stop_if_cancelled()
        try:
            answer, body = self._answered(question)
        except ServiceRefused as error:
            halves = question.halves() if error.code == TOO_MANY else ()
            if not halves:
                raise
            for half in halves:
                self._put(half, gathered, answers)
            return
        info, number, before = question.chosen.table, len(self.answers) + len(answers) + 1, gathered.rows
        if isinstance(answer, JsonStat):
            gathered.take_json_stat(answer, number)
        else:
            gathered.take_rows(answer, number, by_code=question.by_code)
        answers.append(_answer(info, question, number, rows=gathered.rows - before, body=body))
        self._say(info.table, rows=gathered.rows)

    def _answered(self, question: Question) -> tuple[JsonStat | Rows, bytes]:
        body = self.client.post("data", question.payload, most_bytes=question.most_bytes)
        if question.form is Form.JSON_STAT:
            return read_json_stat(self.client.read_json(body)), body
        return read_rows(body), body

    def _take(self, info: TableInfo, chosen: Chosen, gathered: Gathered, answers: Iterable[ServiceAnswer]) -> None:
        """Take over a table that was read to its end; nothing of it was before."""
        used = {figure.measure for figure in gathered.figures.values()}
        measures = {measure: levels for measure, levels in gathered.measures.items() if measure in used}
        kinds = {period.kind for period in map(PublishedPeriod.parse, chosen.asked_periods) if period}
        self.figures += gathered.figures.values()
        defined = [measure_of(info, levels) for levels in measures.values()]
        for sentence in renamed(defined, self.former):
            self._tell(info.table, sentence)
        self.measures += defined
        self.breaks += breaks_of(info, measures.items(), sorted(kinds))
        self.answers += answers
        self.problems += gathered.problems
        self.covered |= dict.fromkeys(gathered.measures, chosen.asked_periods)
        self.rows += gathered.rows
        self.released = max(self.released, info.updated)

    def _keep(self, query: TableQuery, sentence: str) -> None:
        self.kept.add(query.table)
        self._tell(query.table, sentence)

    def _tell(self, table: str, sentence: str) -> None:
        self.problems.append(RowProblem(file=table, row=0, column="", reason=sentence))

    def _say(self, table: str, *, rows: int = 0) -> None:
        if self.watch is not None:
            self.watch(
                SourceProgress(
                    name=NAME,
                    stage=_("Table {table}").format(table=text.clean(table)),
                    bytes_fetched=self.client.bytes_fetched,
                    rows_read=self.rows + rows,
                )
            )


def _answer(info: TableInfo, question: Question, number: int, *, rows: int, body: bytes) -> ServiceAnswer:
    asked = json.dumps(question.payload, ensure_ascii=False, separators=(",", ":"))
    return ServiceAnswer(
        number=number,
        table=info.table,
        title=text.both(info.title_da, info.title_en),
        request=f"data {asked}",
        updated=info.updated,
        next_update="",
        rows=rows,
        body=body,
    )


def _refusal(query: TableQuery, error: ServiceRefused) -> str:
    """One sentence and its remedy for the faults StatBank has a code for; else what is said anyway."""
    sentences = {
        NOT_FOUND: _("StatBank has no table {table}, or not what was asked of it: {cause}. Choose it anew."),
        NOT_ALLOWED: _("StatBank does not answer this question on table {table}: {cause}. Choose its levels anew."),
        TOO_MANY: _("The question on table {table} is too large for StatBank: {cause}. Choose fewer levels."),
    }
    sentence = sentences.get(error.code)
    if sentence is None:
        return str(error)
    return sentence.format(table=query.table, cause=error.cause.rstrip(".") or _("no reason given"))


def _asked(client: ServiceClient, path: str, payload: Mapping[str, object], *, most_bytes: int) -> object:
    return client.read_json(client.post(path, payload, most_bytes=most_bytes))
