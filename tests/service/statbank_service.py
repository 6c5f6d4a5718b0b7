"""A real web server on this machine that answers like StatBank (v1) out of recorded bodies, with faults.

A question that covers a whole recorded body gets its very bytes; another one gets the rows it asks for. By hand:
`python -m tests.service.statbank_service --port 8123 FOLDER`.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any, Self

from tests.service.publication_server import PublicationHandler, PublicationServer, _Server
from tests.service.statbank_recorded import TIME, RecordedTable, read_recorded, subjects

MOST_CELLS = 1_000_000
MISSING = {"..", "."}
Change = Callable[[bytes], bytes]


class Refused(Exception):
    """A fault as StatBank tells it: a code and a message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class StatBankService(PublicationServer):
    """Serves the recorded folder `folder`.

    `faults` maps the end of "tables", "tableinfo AUK01" or "data AUK01" to what goes wrong there; `changes` maps
    "data AUK01" or "tableinfo AUK01 en" to what is done to that body; `asked` lists the questions; `hidden` are
    tables the service pretends not to have; `until` is the last period it has of a table.
    """

    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    changes: dict[str, Change] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    until: dict[str, str] = field(default_factory=dict)
    updated: dict[str, str] = field(default_factory=dict)
    most_cells: int = MOST_CELLS
    refusal_status: int = 400
    tables: dict[str, RecordedTable] = field(default_factory=dict)
    listed: bytes = b""

    def __post_init__(self) -> None:
        self.restore()

    @property
    def address(self) -> str:
        """The base address, as a source has it."""
        return f"{super().address}/v1"

    def __enter__(self) -> Self:
        super().__enter__()
        assert self._server is not None
        self._server.RequestHandlerClass = self.handler()
        return self

    def handler(self) -> type[StatBankHandler]:
        """A handler that answers for this service."""
        return type("Handler", (StatBankHandler,), {"server_of_test": self})

    def restore(self) -> None:
        """Serve what was recorded, and forget every change."""
        self.listed, self.tables = read_recorded(self.folder)
        self.most_cells, self.refusal_status = MOST_CELLS, 400
        for kept in (self.asked, self.changes, self.hidden, self.until, self.updated):
            kept.clear()

    def answer_to(self, path: str, question: dict[str, Any]) -> bytes:
        """The body of the answer to one question; Refused where StatBank would refuse it."""
        self.asked.append((path, question))
        if path == "tables":
            return self._tables()
        if path == "subjects":
            return _json(subjects(self.tables))
        table = self.tables.get(str(question.get("table", "")).upper())
        if table is None or table.id in self.hidden:
            raise Refused("EXTRACT-NOTFOUND", "Tabellen blev ikke fundet.")
        if path == "tableinfo":
            return self._changed(f"tableinfo {table.id} {question['lang']}", self._info(table, question["lang"]))
        return self._changed(f"data {table.id}", data_of(table, question, most_cells=self.most_cells))

    def _tables(self) -> bytes:
        if not self.hidden and not self.updated:
            return self.listed
        listed = [table for table in json.loads(self.listed) if table["id"] not in self.hidden]
        return _json([table | {"updated": self.updated.get(table["id"], table["updated"])} for table in listed])

    def _info(self, table: RecordedTable, language: str) -> bytes:
        info = dict(table.info.get(language, table.info["en"]))
        info["updated"] = self.updated.get(table.id, info["updated"])
        last = self.until.get(table.id)
        if last:
            info["variables"] = [_ended(variable, last) for variable in info["variables"]]
        return _json(info)

    def _changed(self, name: str, body: bytes) -> bytes:
        change = self.changes.get(name)
        return change(body) if change else body


class StatBankHandler(PublicationHandler):
    """Answers POST."""

    server_of_test: StatBankService

    def do_POST(self) -> None:  # noqa: N802 - the name http.server looks for
        """The answer to one question, or what the fault makes of it."""
        service = self.server_of_test
        service.headers.append(dict(self.headers))
        path = self.path.removeprefix("/v1/").strip("/")
        question = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        status, body = 200, b""
        try:
            body = service.answer_to(path, question)
        except Refused as refused:
            status, body = service.refusal_status, _json({"errorTypeCode": refused.code, "message": str(refused)})
        fault = service.fault_for(f"{path} {question.get('table', '')}".strip())
        try:
            if fault is not None:
                fault(self, body)
            else:
                self.answer(status, body, Content_Type="text/json; charset=utf-8")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


def data_of(table: RecordedTable, question: dict[str, Any], *, most_cells: int = MOST_CELLS) -> bytes:
    """What /data answers: the recorded bytes when all of them are asked for, else the rows asked for."""
    wanted = _wanted(table, question)
    form = str(question.get("format", "")).upper()
    cells = 1
    for levels in wanted.values():
        cells *= len(levels)
    if form != "BULK" and cells > most_cells:
        raise Refused("REQUEST-LIMIT", f"Forespørgslen returnerer for mange observationer ({cells}).")
    recorded = _recorded(table, form, wanted)
    if recorded:
        return recorded
    columns = [column for column in table.columns if column in wanted]
    left_out = {name: _total(variable) for name, variable in _by_id(table).items() if name not in wanted}
    values = {}
    for row in table.rows:
        codes = dict(zip(table.columns, row, strict=False))
        if all(codes[name] in levels for name, levels in wanted.items()) and all(
            codes[name] == total for name, total in left_out.items()
        ):
            values[tuple(codes[column] for column in columns)] = row[-1]
    if not values:
        raise Refused("EXTRACT-NOTFOUND", "Ingen data er optaget for denne forespørgsel.")
    if form == "JSONSTAT":
        return _json_stat(table, {column: wanted[column] for column in columns}, values)
    return _rows(table, columns, values, by_code=question.get("valuePresentation") == "Code")


def _wanted(table: RecordedTable, question: dict[str, Any]) -> dict[str, list[str]]:
    """The codes asked for of each variable, in the order of the table; Refused where there are none such."""
    variables = {name.casefold(): variable for name, variable in _by_id(table).items()}
    asked = {str(one["code"]).casefold(): one["values"] for one in question.get("variables", [])}
    for name in asked:
        if name not in variables:
            raise Refused("EXTRACT-NOTFOUND", f"Variablen blev ikke fundet: {name}")
    wanted = {}
    for name, variable in variables.items():
        codes = [value["id"] for value in variable["values"]]
        if name not in asked:
            if question.get("format") == "BULK" or not variable["elimination"]:
                raise Refused("EXTRACT-NOTALLOWED", f"Der skal vælges værdier for variabel: {variable['text']}")
            continue
        chosen = codes if asked[name] == ["*"] else list(asked[name])
        if not chosen or set(chosen) - set(codes):
            raise Refused("EXTRACT-NOTFOUND", f"Værdien blev ikke fundet: {sorted(set(chosen) - set(codes))[:1]}")
        wanted[variable["id"]] = [code for code in codes if code in set(chosen)]
    return wanted


def _recorded(table: RecordedTable, form: str, wanted: dict[str, list[str]]) -> bytes:
    """The recorded bytes that hold exactly this, if any."""
    if table.exact:
        plain = [name for name in wanted if name not in (TIME, "HERKOMST1")]
        if form != "BULK" and plain:
            return b""
        years = ",".join(wanted.get(TIME, []))
        name = " ".join(filter(None, (form, "HERKOMST1" if "HERKOMST1" in wanted else "", years)))
        return table.exact.get(name, b"")
    whole = set(wanted) == set(table.columns) and all(
        len(levels) == len(table.labels[name]) for name, levels in wanted.items()
    )
    return table.body if whole and form in ("CSV", "BULK") else b""


def _json_stat(table: RecordedTable, wanted: dict[str, list[str]], values: dict[tuple[str, ...], str]) -> bytes:
    """Synthetic: the recorded values in the form of the recorded JSON-stat bodies."""
    dimension: dict[str, Any] = {
        name: {
            "label": name,
            "category": {
                "index": {code: place for place, code in enumerate(levels)},
                "label": {code: table.labels[name][code] for code in levels},
            },
        }
        for name, levels in wanted.items()
    }
    contents = {"index": {table.id: 0}, "label": {table.id: table.info["en"]["text"]}}
    dimension["ContentsCode"] = {"label": "Indhold", "category": contents}
    ids = [*(name for name in wanted if name != TIME), "ContentsCode", TIME]
    sizes = [len(wanted[name]) if name in wanted else 1 for name in ids]
    dimension |= {"id": ids, "size": sizes, "role": {"metric": ["ContentsCode"], "time": [TIME]}}
    names = list(wanted)
    order = [name for name in ids if name != "ContentsCode"]
    listed = []
    for codes in product(*(wanted[name] for name in order)):
        placed = dict(zip(order, codes, strict=True))
        listed.append(values.get(tuple(placed[name] for name in names), ".."))
    dataset = {
        "synthetic": "Recorded values, put into JSON-stat by the test server",
        "dimension": dimension,
        "label": table.id,
        "source": "Statistics Denmark",
        "updated": table.info["en"]["updated"],
        "value": [None if value in MISSING else _number(value) for value in listed],
    }
    statuses = {str(place): value for place, value in enumerate(listed) if value in MISSING}
    return _json({"dataset": dataset | ({"status": statuses} if statuses else {})})


def _number(value: str) -> int | float:
    return float(value) if "." in value else int(value)


def _rows(
    table: RecordedTable, columns: list[str], values: dict[tuple[str, ...], str], *, by_code: bool = False
) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([*("TID" if column == TIME else column for column in columns), "INDHOLD"])
    for codes, value in values.items():
        labels = (table.labels[column][code] for column, code in zip(columns, codes, strict=True))
        writer.writerow([*(codes if by_code else labels), value])
    return text.getvalue().encode("utf-8-sig")


def _by_id(table: RecordedTable) -> dict[str, dict[str, Any]]:
    return {variable["id"]: variable for variable in table.variables()}


def _total(variable: dict[str, Any]) -> str:
    """What a variable that is left out is answered at; the recorded ones have their total first."""
    return str(variable["values"][0]["id"])


def _ended(variable: dict[str, Any], last: str) -> dict[str, Any]:
    if not variable["time"]:
        return variable
    return variable | {"values": [value for value in variable["values"] if value["id"] <= last]}


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()


def main() -> None:
    """Serve a recorded folder until the program is interrupted."""
    parser = argparse.ArgumentParser(description="Answers like StatBank out of recorded bodies, on this machine only.")
    parser.add_argument("folder", type=Path, help="the folder of recorded bodies")
    parser.add_argument("--port", type=int, default=8123)
    given = parser.parse_args()
    service = StatBankService(given.folder)
    server: ThreadingHTTPServer = _Server(("127.0.0.1", given.port), service.handler())
    sys.stdout.write(f"http://127.0.0.1:{given.port}/v1\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
