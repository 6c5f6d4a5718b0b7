"""Reading a CSV of an authority: which encoding and separator it has is found out by stated rules, and told."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from jobcentre_desk.model.publication import RowProblem
from jobcentre_desk.publishing.csv_rows import quotation_reason
from jobcentre_desk.publishing.row_problems import quoted
from jobcentre_desk.sources.authority_table import CellKeeper, FileRefused, NumberedRow, RawRows
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

UTF_8, UTF_16, WINDOWS_1252 = "utf-8", "utf-16", "windows-1252"
SEPARATORS = (";", "\t", ",")
_SAME_AS = {
    "utf8": UTF_8,
    "utf-8": UTF_8,
    "utf-8-sig": UTF_8,
    "utf16": UTF_16,
    "utf-16": UTF_16,
    "windows-1252": WINDOWS_1252,
    "cp1252": WINDOWS_1252,
    "latin-1": WINDOWS_1252,
    "iso-8859-1": WINDOWS_1252,
}
_LINES_LOOKED_AT = 20
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SAID_BY_FILE = "sep="


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file, the encoding it had, and the sentence that says why."""

    text: str
    encoding: str
    decided_by: str


def decode_text(content: bytes, declared: str = "") -> DecodedText:
    """The text of a file.

    A byte order mark decides; else what is `declared`; else UTF-8 where every byte fits it; else Windows-1252, and
    the sentence shows the first line that is not UTF-8, as read. Raises FileRefused.
    """
    encoding = _known_encoding(declared)
    decoded = _by_mark(content) or (_as_declared(content, encoding) if encoding else _found_out(content))
    if "\0" in decoded.text:
        raise FileRefused(_("The file is no text."), _("Save it as CSV or as an Excel workbook (.xlsx)."))
    return decoded


def find_separator(text: str, declared: str = "") -> tuple[str, str]:
    """The separator of the cells, and the sentence that says why.

    Of semicolon, tab and comma it is the one that cuts most of the first lines into equally many cells, two or
    more; where two do so equally often, the one that gives more cells.
    """
    if declared:
        if declared not in SEPARATORS:
            raise FileRefused(
                _("The separator {sign} cannot be used.").format(sign=quoted(declared)),
                _("It is a semicolon, a comma or a tab."),
            )
        return declared, _("The separator is {sign}, as was said.").format(sign=separator_name(declared))
    said = _said_by_file(text)
    if said:
        return said, _("The separator is {sign}: the first line says so.").format(sign=separator_name(said))
    best = max(SEPARATORS, key=lambda separator: _fit(text, separator))
    told = _("The separator is {sign}: it cuts most lines into equally many cells.")
    return best, told.format(sign=separator_name(best))


def read_text_rows(text: str, separator: str, *, file: str, task: Task) -> RawRows:
    """The rows of a CSV (RFC 4180 with any separator), each record counted as one row as Excel does."""
    keeper = CellKeeper(task, text_of=str)
    rows: list[NumberedRow] = []
    number = 0
    try:
        for number, cells in enumerate(_records(text, separator), start=1):
            if number > 1 or not _said_by_file(text):
                rows.append((number, keeper.row(number, cells)))
    except csv.Error:
        broken = RowProblem(file=file, row=number + 1, column="", reason=quotation_reason())
        return RawRows(rows=rows, broken=broken)
    return RawRows(rows=rows)


def separator_name(separator: str) -> str:
    """The separator in words."""
    return {";": _("a semicolon"), ",": _("a comma"), "\t": _("a tab")}[separator]


def _known_encoding(declared: str) -> str:
    if not declared:
        return ""
    encoding = _SAME_AS.get(declared.strip().casefold())
    if encoding is None:
        raise FileRefused(
            _("The encoding {name} cannot be read.").format(name=quoted(declared)),
            _("It is UTF-8, UTF-16 or Windows-1252."),
        )
    return encoding


def _by_mark(content: bytes) -> DecodedText | None:
    if content.startswith(codecs.BOM_UTF8):
        told = _("The encoding is UTF-8: the file begins with its mark.")
        return DecodedText(_strictly(content, "utf-8-sig"), UTF_8, told)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        told = _("The encoding is UTF-16: the file begins with its mark.")
        return DecodedText(_strictly(content, "utf-16"), UTF_16, told)
    return None


def _as_declared(content: bytes, encoding: str) -> DecodedText:
    if encoding == UTF_16:
        raise FileRefused(
            _("The file does not begin with the mark of UTF-16."), _("Choose another encoding, or let it be found out.")
        )
    told = _("The encoding is {encoding}, as was said.").format(encoding=_shown(encoding))
    if encoding == WINDOWS_1252 and not content.isascii() and _is_utf_8(content):
        told = _("The encoding is Windows-1252, as was said, although every line fits UTF-8.")
    return DecodedText(_strictly(content, encoding), encoding, told)


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _found_out(content: bytes) -> DecodedText:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_around(content, error.start)
        told = _("The encoding is Windows-1252: line {n} is not UTF-8, and reads {line} as Windows-1252.").format(
            n=content.count(b"\n", 0, error.start) + 1, line=quoted(line.decode("cp1252", "replace"))
        )
        return DecodedText(_strictly(content, WINDOWS_1252), WINDOWS_1252, told)
    told = _("The encoding is UTF-8: every line fits it.")
    return DecodedText(text, UTF_8, told)


def _line_around(content: bytes, place: int) -> bytes:
    """The line that holds this place, from at most fifteen bytes before it."""
    start = max(content.rfind(b"\n", 0, place) + 1, place - 15)
    end = content.find(b"\n", place)
    return content[start : end if end >= 0 else len(content)]


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(
            _("Line {n} of the file is not {encoding}.").format(n=line, encoding=_shown(encoding)),
            _("Choose another encoding, or save the file again as “CSV UTF-8”."),
        ) from error


def _shown(encoding: str) -> str:
    return {UTF_8: "UTF-8", "utf-8-sig": "UTF-8", UTF_16: "UTF-16"}.get(encoding, "Windows-1252")


def _said_by_file(text: str) -> str:
    """The separator that Excel writes into a first line of its own ("" = none)."""
    first = text[:10].splitlines()[0].casefold() if text else ""
    sign = first.removeprefix(_SAID_BY_FILE)
    return sign if first.startswith(_SAID_BY_FILE) and sign in SEPARATORS else ""


def _fit(text: str, separator: str) -> tuple[int, int]:
    """How many of the first lines have the width most of them have, and that width; (0, 0) where it cuts none."""
    widths: Counter[int] = Counter()
    records = _records(text[: 64 * 1024], separator)
    try:
        for _number, cells in zip(range(_LINES_LOOKED_AT), records, strict=False):
            widths[len(cells)] += len(cells) > 1
    except csv.Error:
        pass
    width, lines = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (lines, width) if lines else (0, 0)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """The records of a text, its lines taken one by one: a file of its own in memory would take four bytes a letter."""
    lines = (line[0] for line in _LINE.finditer(text))
    return csv.reader(lines, delimiter=separator, strict=True)
