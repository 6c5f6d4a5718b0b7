"""A table as it is shown, saved as CSV or xlsx; whoever saves one that counts people sent it through the guard."""

from __future__ import annotations

from pathlib import Path

from jobcentre_desk.desk.exports import XLSX, unwritable_file
from jobcentre_desk.documents.csv_export import csv_text
from jobcentre_desk.files import write_atomically
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.model.workbooks import Workbook
from jobcentre_desk.text import language


def save_table(table: TableOf, path: Path, *, about: tuple[str, ...] = ()) -> None:
    """Write all rows with their headers; raises FileUnwritable, and what was there is then still there.

    As xlsx where the file is called so, with the sentences of `about` above the rows, else as CSV.
    """
    if path.suffix.lower() == XLSX:
        from jobcentre_desk.documents.workbook import sheet_of, workbook_bytes

        sheet = sheet_of(path.stem, table, lines=about)
        content = workbook_bytes(Workbook(title=path.stem, language=language(), sheets=(sheet,)))
    else:
        content = csv_text(table, delimiter=";" if language() == "da" else ",").encode("utf-8-sig")
    try:
        write_atomically(path, content)
    except OSError as error:
        raise unwritable_file(path, error) from error
