"""Workbooks (xlsx): text is always text and never a formula, numbers are numbers with their format.

The same content gives the same bytes. What cannot be in a file (control characters, lone surrogates) is left out.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, islice
from xml.sax.saxutils import escape

from jobcentre_desk.documents import xlsx_parts as parts
from jobcentre_desk.documents.csv_export import FORMULA_STARTS
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.workbooks import Cell, Share, Sheet, Workbook
from jobcentre_desk.text import NO_BREAK_SPACE, TRUE_MINUS, both

LONGEST_TEXT = 32_767
LONGEST_NAME = 31
NEVER = (1980, 1, 1, 0, 0, 0)
_ROWS_LOOKED_AT = 200
_WIDEST, _NARROWEST = 60, 8
_CHUNK = 2_000
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NAMES = re.compile(r"[\[\]:*?/\\]")


def workbook_bytes(workbook: Workbook) -> bytes:
    """The workbook as the bytes of an xlsx file."""
    styles, many = parts.Styles(), len(workbook.sheets)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for number, sheet in enumerate(workbook.sheets, start=1):
            with file.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as part:
                for piece in _sheet_part(sheet, styles):
                    part.write(piece.encode())
        names = sheet_names([sheet.name for sheet in workbook.sheets])
        fixed = {
            "[Content_Types].xml": parts.content_types(many),
            "_rels/.rels": parts.root_relations(),
            "docProps/core.xml": parts.core_properties(_legal(workbook.title), workbook.language),
            "xl/workbook.xml": parts.book(names),
            "xl/_rels/workbook.xml.rels": parts.book_relations(many),
            "xl/styles.xml": styles.part(),
        }
        for name, content in fixed.items():
            file.writestr(_entry(name), content)
    return made.getvalue()


def sheet_of(name: str, table: TableOf, *, lines: tuple[str, ...] = ()) -> Sheet:
    """A table of finished texts as a sheet: numbers of numeric columns stand as numbers, all else as it is told."""
    rows = tuple(
        tuple(shown_number(text) if numeric else text for text, numeric in zip(row, table.numeric, strict=True))
        for row in table.rows
    )
    return Sheet(name=name, lines=lines, header=table.header, rows=rows)


def shown_number(text: str) -> Cell:
    """The number that `text` shows in the language in use, with its digits; the text itself where it is none.

    "1.234" is 1234 and "31 %" a share in Danish; "28 of 42" and "52-79 %" stay what they are.
    """
    thousands, comma = both(".", ","), both(",", ".")
    number = text.removesuffix(f"{NO_BREAK_SPACE}%")
    pattern = rf"[+\-{TRUE_MINUS}]?(\d{{1,3}}({re.escape(thousands)}\d{{3}})+|\d+)({re.escape(comma)}\d+)?"
    if not re.fullmatch(pattern, number, re.ASCII):
        return text
    digits = number.replace(thousands, "").replace(comma, ".").replace(TRUE_MINUS, "-")
    value = Decimal(digits)
    if number != text:
        return Share(float(value / 100), _places(value))
    return int(value) if _places(value) == 0 else value


def legal_text(text: str) -> str:
    """`text` as a cell takes it: no control characters or lone surrogates, nothing read as an escape."""
    return _ESCAPE.sub("_x005F_", _legal(text)[:LONGEST_TEXT])


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that a spreadsheet accepts, each once: at most 31 letters, no bracket, colon, star, mark or slash."""
    names: list[str] = []
    for name in wanted:
        plain = _NAMES.sub(" ", _ILLEGAL.sub("", name)).strip(" '\t\r\n") or "-"
        made, number = plain[:LONGEST_NAME].rstrip(" '"), 2
        while made.casefold() in {other.casefold() for other in names} or made.casefold() == "history":
            ending = f" {number}"
            made, number = plain[: LONGEST_NAME - len(ending)] + ending, number + 1
        names.append(made)
    return names


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, NEVER)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _sheet_part(sheet: Sheet, styles: parts.Styles) -> Iterator[str]:
    """A sheet some rows at a time: sentences, an empty row, the header (which stays when one scrolls), the rows."""
    rows = iter(sheet.rows)
    first = list(islice(rows, _ROWS_LOOKED_AT))
    above = len(sheet.lines) + 1 if sheet.lines else 0
    view = _frozen(above + 1) if sheet.header else ""
    yield (
        f'{parts.HEAD}<worksheet xmlns="{parts.MAIN}"><sheetViews><sheetView workbookViewId="0">{view}</sheetView>'
        f"</sheetViews>{_columns([sheet.header, *first])}<sheetData>"
    )
    cells = _Cells(styles)
    for number, line in enumerate(sheet.lines, start=1):
        yield cells.row(number, (line,))
    if sheet.header:
        yield cells.row(above + 1, sheet.header, header=True)
    top, made = above + bool(sheet.header), [""]
    for number, row in enumerate(chain(first, rows), start=top + 1):
        made.append(cells.row(number, row))
        if len(made) > _CHUNK:
            yield "".join(made)
            made.clear()
    yield "".join(made) + "</sheetData></worksheet>"


def _frozen(rows: int) -> str:
    return f'<pane ySplit="{rows}" topLeftCell="A{rows + 1}" activePane="bottomLeft" state="frozen"/>'


class _Cells:
    """Writes rows: every text as a text, every number with its look."""

    def __init__(self, styles: parts.Styles) -> None:
        self._styles = styles
        self._letters: list[str] = []

    def row(self, number: int, values: Iterable[Cell], *, header: bool = False) -> str:
        """One row; a None leaves its cell out."""
        made = [
            self._cell(f"{self._letter(column)}{number}", value, header=header) for column, value in enumerate(values)
        ]
        return f'<row r="{number}">{"".join(made)}</row>'

    def _letter(self, column: int) -> str:
        while len(self._letters) <= column:
            place, name = len(self._letters), ""
            while place >= 0:
                place, rest = divmod(place, 26)
                name, place = chr(ord("A") + rest) + name, place - 1
            self._letters.append(name)
        return self._letters[column]

    def _cell(self, at: str, value: Cell, *, header: bool) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            look = self._styles.look(header=header, quoted=value.startswith(FORMULA_STARTS))
            text = escape(legal_text(value))
            return f'<c r="{at}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        if isinstance(value, Share):
            return f'<c r="{at}" s="{self._styles.look(_format(value.places) + "%")}"><v>{value.value!r}</v></c>'
        if isinstance(value, float):
            return f'<c r="{at}"><v>{value!r}</v></c>'
        form = "#,##0" if isinstance(value, int) else "#,##" + _format(_places(value))
        return f'<c r="{at}" s="{self._styles.look(form)}"><v>{value}</v></c>'


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _format(places: int) -> str:
    return "0." + "0" * places if places else "0"


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _columns(rows: Iterable[tuple[Cell, ...]]) -> str:
    """Widths in letters by what stands in the columns, up to a limit."""
    widest: dict[int, int] = {}
    for row in rows:
        for column, value in enumerate(row):
            letters = 0 if isinstance(value, Share) else max(map(len, str(value or "").splitlines()), default=0)
            widest[column] = max(widest.get(column, _NARROWEST), letters + 2)
    columns = "".join(
        f'<col min="{n + 1}" max="{n + 1}" width="{min(widest[n], _WIDEST)}" customWidth="1"/>' for n in sorted(widest)
    )
    return f"<cols>{columns}</cols>" if columns else ""
