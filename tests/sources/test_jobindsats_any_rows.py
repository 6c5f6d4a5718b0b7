"""Any rows at all: a figure is read exactly when every row that has it gives the same cell for it."""

from __future__ import annotations

import json
import time
from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders.jobindsats_reading import QUICK, HandMade, areas, key

from jobcentre_desk.model.services import TracedFigure
from jobcentre_desk.sources.jobindsats_columns import read_answer
from jobcentre_desk.sources.jobindsats_levels import AreaNames, LabelJoin
from jobcentre_desk.sources.jobindsats_presets import read_presets
from jobcentre_desk.sources.jobindsats_request import questions
from jobcentre_desk.sources.jobindsats_rows import MOST_PROBLEMS, TableReader
from jobcentre_desk.sources.jobindsats_tables import read_table
from jobcentre_desk.sources.service_client import ServiceClient
from jobcentre_desk.task import Task

MADE = HandMade()
AREAS = {"Hele landet": "000", "Aarhus": "751", "Mars": None}
LEVELS = {"Tilbud i alt": "", "Virksomhedspraktik i alt": ".tilb-2ptv-1", "Løntilskud": ".tilb-2ptv-2", "Nyt": None}
PERIODS = {"2026M05": True, "2026M06": True, "2026M04": False}
CELLS = [None, 0, 3, 34, 0.0, 9.08, -0.05, "9,08", "1.234", "x"]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(list(PERIODS)), st.sampled_from(list(AREAS)), st.sampled_from(list(LEVELS)),
        st.sampled_from(CELLS), st.sampled_from(CELLS),
    ),
    min_size=1, max_size=30,
)  # fmt: skip
AREA_NAMES = areas()


def reader_of(body: bytes) -> TableReader:
    """The rows of a body as the program reads them, without a server."""
    table = read_table(MADE.table().metadata(), name="x01")
    assert table is not None
    client = ServiceClient("http://127.0.0.1:1", task=Task(), limits=QUICK, ends_at=time.monotonic())
    [question] = questions(table, MADE.query, periods=MADE.periods, kind="M")
    reader = TableReader(table, MADE.query, join=LabelJoin(AreaNames(AREA_NAMES), read_presets()))
    answered = read_answer(client.read_json(body))
    client.close()
    assert answered is not None
    assert reader.read(answered, question, answer=1)
    return reader


def expected(rows: list[tuple[object, ...]]) -> dict[tuple[str, str, str, str], str | None]:
    """By hand: cells by figure, those that agree kept."""
    found: dict[tuple[str, str, str, str], list[str | None]] = defaultdict(list)
    for period, area, level, *cells in rows:
        code, suffix = AREAS[str(area)], LEVELS[str(level)]
        for number, cell in enumerate(cells, 1):
            if code is None or suffix is None or not PERIODS[str(period)] or cell in ("1.234", "x"):
                continue
            value = None if cell is None else str(cell).replace(",", ".")
            found[f"x01.mgrpx01-{number}{suffix}", code, str(period), "all"].append(value)
    return {place: values[0] for place, values in found.items() if _agree(values)}


def _agree(values: list[str | None]) -> bool:
    numbers = {None if value is None else float(value) for value in values}
    return len(numbers) == 1


@settings(max_examples=150, deadline=None)
@given(rows=ROWS)
def test_a_figure_is_read_when_all_its_rows_agree(rows: list[tuple[object, ...]]) -> None:
    body = json.dumps({"columns": MADE.columns, "rows": rows}, ensure_ascii=False).encode()
    reader = reader_of(body)
    read: dict[tuple[str, str, str, str], TracedFigure] = {key(figure): figure for figure in reader.figures}
    assert len(read) == len(reader.figures)
    assert {place: figure.value for place, figure in read.items()} == expected(rows)
    for figure in read.values():
        cell = rows[figure.row - 1][MADE.columns.index(figure.column)]
        assert figure.value == (None if cell is None else str(cell).replace(",", "."))
    assert len(reader.problems) <= MOST_PROBLEMS + 1
