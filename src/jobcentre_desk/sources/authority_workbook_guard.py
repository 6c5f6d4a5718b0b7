"""What an Excel workbook is made of, looked at before anything of it is built in memory.

A workbook is a zip of XML. Everything here is counted in pieces while it is unpacked, so that a bomb costs no
more memory than one piece.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from jobcentre_desk.sources.authority_table import FileRefused
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

MOST_UNPACKED = 600_000_000
MOST_TAGS = 60_000_000
MOST_TAGS_BESIDE = 300_000
LONGEST_RUN = 4_000_000
"""Bytes between two ends of rows (or of shared texts): the reader holds one whole row in memory."""

MOST_PARTS = 5_000
MOST_ROWS = 1_048_576
_PIECE = 1_000_000
_LONGEST_TAG = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_TEXTS = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
_BESIDE = re.compile(r"\[Content_Types\]\.xml|.*\.rels|xl/(workbook|styles|theme/[^/]+)\.xml|docProps/[^/]+\.xml")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_FAR_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr="0*([0-9]{7,})"')
_END = re.compile(rb"</(?:\w+:)?(?:row|si)>")


def refuse_other_formats(path: Path, content_start: bytes) -> None:
    """Refuse the old .xls format and workbooks with a password, which cannot be read; raises FileRefused."""
    if not content_start.startswith(_OLE):
        return
    if _ENCRYPTED in path.read_bytes():
        raise FileRefused(
            _("The workbook is protected with a password, so it cannot be read."),
            _("Save it in Excel without the password, load it, and delete that copy afterwards."),
        )
    raise FileRefused(
        _("The file is a workbook in Excel's old format (.xls)."),
        _("Open it in Excel and save it as an Excel workbook (.xlsx)."),
    )


def check_workbook(file: IO[bytes], *, task: Task) -> bool:
    """Refuse a workbook that would fill the memory, or is none; gives whether any sheet holds a formula.

    Raises FileRefused.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_parts(parts)
            formulas = [_check_part(archive, part, task) for part in parts if _is_read(part.filename)]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged_workbook() from error
    return any(formulas)


def damaged_workbook() -> FileRefused:
    """What is said of a workbook that breaks the format."""
    return FileRefused(
        _("The workbook is damaged, or it is no Excel workbook."), _("Open it in Excel and save it again as .xlsx.")
    )


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise FileRefused(
            _("The file is no Excel workbook that can be read."), _("Save it as an Excel workbook (.xlsx) or as CSV.")
        )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts if _is_read(part.filename)) > MOST_UNPACKED:
        raise _too_large()


def _is_read(name: str) -> bool:
    return any(pattern.fullmatch(name) for pattern in (_SHEET, _TEXTS, _BESIDE))


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, task: Task) -> bool:
    """Count the tags of one part; gives whether it holds a formula."""
    large = _BESIDE.fullmatch(part.filename) is None
    most = MOST_TAGS if large else MOST_TAGS_BESIDE
    tags, run, formula, tail = 0, 0, False, b""
    with archive.open(part) as content:
        while piece := content.read(_PIECE):
            task.stop_if_cancelled()
            tags += piece.count(b"<")
            seen = tail + piece
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or any(map(_is_too_far, _FAR_ROW.findall(seen))):
                raise damaged_workbook()
            run = _run_after(seen, run + len(piece)) if large else 0
            if tags > most or run > LONGEST_RUN:
                raise _too_large()
            formula = formula or _FORMULA.search(seen) is not None
            tail = seen[-_LONGEST_TAG:]
    return formula


def _is_too_far(row: bytes) -> bool:
    """Whether a row lies below the last that a sheet can have; the reader would count its way down to it."""
    return int(row[:10]) > MOST_ROWS


def _run_after(seen: bytes, run: int) -> int:
    """How many bytes have passed since the last end of a row; within one piece no stretch is too long."""
    end = max((match.end() for match in _END.finditer(seen)), default=0)
    return len(seen) - end if end else run


def _too_large() -> FileRefused:
    return FileRefused(
        _("The workbook is far larger than a list of employers can be, once it is unpacked."),
        _("Save the one sheet that is needed as a workbook of its own, or as CSV."),
    )
