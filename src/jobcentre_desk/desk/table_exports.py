"""A table as it is shown, saved as a CSV file: problems found, values revised; nothing in it counts single people."""

from __future__ import annotations

from pathlib import Path

from jobcentre_desk.desk.exports import unwritable_file
from jobcentre_desk.documents.csv_export import csv_text
from jobcentre_desk.files import write_atomically
from jobcentre_desk.model.charts import TableOf
from jobcentre_desk.text import language


def save_table(table: TableOf, path: Path) -> None:
    """Write all rows with their headers; raises FileUnwritable, and what was there is then still there."""
    content = csv_text(table, delimiter=";" if language() == "da" else ",")
    try:
        write_atomically(path, content.encode("utf-8-sig"))
    except OSError as error:
        raise unwritable_file(path, error) from error
