"""The report of a municipality as data: parts in reading order, each as it is printed and as a sheet of numbers."""

from __future__ import annotations

from dataclasses import dataclass

from jobcentre_desk.model.alerts import AlertList
from jobcentre_desk.model.pages import Block
from jobcentre_desk.model.workbooks import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPart:
    """One part of a report under its heading; `own_page` starts it on a page of its own."""

    title: str
    blocks: tuple[Block, ...]
    sheets: tuple[Sheet, ...] = ()
    own_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report of one municipality for one period, every sentence finished in `language`.

    `period` is the code in the file name, `opening` what stands under the name of the municipality, `alerts` those
    that are told in it.
    """

    code: str
    name: str
    period: str
    language: str
    demonstration: bool
    opening: tuple[Block, ...]
    parts: tuple[ReportPart, ...]
    source_line: str
    alerts: AlertList
