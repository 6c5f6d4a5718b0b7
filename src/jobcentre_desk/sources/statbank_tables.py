"""What StatBank says about its tables: the list of them, and the variables and levels of one in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from jobcentre_desk import text
from jobcentre_desk.model.periods import PublishedPeriod
from jobcentre_desk.model.services import TableOffer
from jobcentre_desk.sources.service_faults import ServiceRefused
from jobcentre_desk.text import translate as _

Wanted = TypeVar("Wanted")

LONGEST_FOOTNOTE = 1500

_PERIOD = re.compile(r"([0-9]{4})(?:([MKQ])([0-9]{1,2}))?", re.IGNORECASE)
_TOTAL_IDS = frozenset({"tot", "ialt", "total", "alt", "mok"})
_TOTAL_NAMES = frozenset({"total", "i alt", "all", "alle"})
_TOTAL_WORDS = re.compile(r"\b(total|i alt|all|alle)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Level:
    """One value of a variable: its code and its names."""

    id: str
    name_da: str
    name_en: str

    def is_named(self, wanted: str) -> bool:
        """Whether a query that asks for `wanted` (a code or a name in either language) means this level."""
        return wanted.casefold() in (self.id.casefold(), self.name_da.casefold(), self.name_en.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One variable of a table; one that may be eliminated can be left out of a question (its total is answered)."""

    id: str
    name_da: str
    name_en: str
    may_be_left_out: bool
    is_time: bool
    levels: tuple[Level, ...]

    def total(self) -> Level | None:
        """The level that stands for all, when there is one: by its code, by its name, or the first one named so."""
        for level in self.levels:
            if level.id.casefold() in _TOTAL_IDS:
                return level
        for level in self.levels:
            if {level.name_da.casefold(), level.name_en.casefold()} & _TOTAL_NAMES:
                return level
        first = self.levels[0] if self.levels else None
        return first if first and _TOTAL_WORDS.search(f"{first.name_da} {first.name_en}") else None

    def is_named(self, wanted: str) -> bool:
        """Whether a query that asks for `wanted` (a code or a name in either language) means this variable."""
        return wanted.casefold() in (self.id.casefold(), self.name_da.casefold(), self.name_en.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class TableInfo:
    """One table: its names, unit, footnotes, and variables; `suppressed` is what stands where a figure is withheld."""

    table: str
    title_da: str
    title_en: str
    unit_da: str
    unit_en: str
    suppressed: str
    updated: str
    footnote_da: str
    footnote_en: str
    variables: tuple[Variable, ...]

    def time(self) -> Variable | None:
        """The variable that holds the periods."""
        return next((variable for variable in self.variables if variable.is_time), None)

    def variable(self, wanted: str) -> Variable | None:
        """The variable of that code or name."""
        return next((variable for variable in self.variables if variable.is_named(wanted)), None)


class _Value(msgspec.Struct):
    id: str
    text: str = ""


class _Variable(msgspec.Struct):
    id: str
    text: str = ""
    elimination: bool = False
    time: bool = False
    values: list[_Value] = []


class _Footnote(msgspec.Struct):
    text: str | None = ""


class _Info(msgspec.Struct):
    id: str
    variables: list[_Variable]
    text: str = ""
    unit: str | None = ""
    suppressedDataValue: str | None = ""  # noqa: N815 - the service's own name
    updated: str | None = ""
    footnote: _Footnote | None = None


class _Listed(msgspec.Struct):
    id: str
    text: str = ""
    updated: str | None = ""
    latestPeriod: str | None = ""  # noqa: N815 - the service's own name


class _TableOfSubject(msgspec.Struct):
    id: str


class _Subject(msgspec.Struct):
    description: str = ""
    subjects: list[_Subject] | None = None
    tables: list[_TableOfSubject] | None = None


def period_of(code: str) -> PublishedPeriod | None:
    """`2021M10`, `2007Q1`, `2007K1` or `2024` as a period of the program; None for half-years, weeks and ranges."""
    match = _PERIOD.fullmatch(code.strip())
    if not match:
        return None
    letter = (match[2] or "Y").upper().replace("K", "Q")
    return PublishedPeriod.parse(f"{match[1]}{letter}{int(match[3] or 1):02d}")


def read_offers(tables: object, subjects: object) -> tuple[TableOffer, ...]:
    """The answers of /tables and /subjects as offers; StatBank publishes no date of the next release."""
    subject_of = dict(_tables_of(_converted(subjects, list[_Subject]), ()))
    return tuple(
        TableOffer(
            table=text.clean(listed.id),
            title=text.clean(listed.text),
            subject=subject_of.get(listed.id, ""),
            updated=text.clean(listed.updated or ""),
            next_update="",
            latest_period=text.clean(listed.latestPeriod or ""),
        )
        for listed in _converted(tables, list[_Listed])
    )


def updates(tables: object) -> dict[str, str]:
    """When each table of the answer of /tables was updated last, by its id in small letters."""
    return {listed.id.casefold(): text.clean(listed.updated or "") for listed in _converted(tables, list[_Listed])}


def read_table(danish: object, english: object) -> TableInfo:
    """The answers of /tableinfo in both languages as one table; a text that lacks in one is that of the other.

    Raises ServiceRefused when they describe no table.
    """
    one, other = _converted(danish, _Info), _converted(english, _Info)
    twins = {variable.id: variable for variable in other.variables}
    return TableInfo(
        table=text.clean(one.id),
        title_da=text.clean(one.text or other.text),
        title_en=text.clean(other.text or one.text),
        unit_da=text.clean(one.unit or ""),
        unit_en=text.clean(other.unit or ""),
        suppressed=text.clean(one.suppressedDataValue or ""),
        updated=text.clean(one.updated or ""),
        footnote_da=_footnote(one),
        footnote_en=_footnote(other),
        variables=tuple(_variable(variable, twins.get(variable.id, variable)) for variable in one.variables),
    )


def _variable(danish: _Variable, english: _Variable) -> Variable:
    names = {value.id: value.text for value in english.values}
    return Variable(
        id=text.clean(danish.id),
        name_da=text.clean(danish.text or danish.id),
        name_en=text.clean(english.text or danish.text or danish.id),
        may_be_left_out=danish.elimination,
        is_time=danish.time,
        levels=tuple(
            Level(text.clean(value.id), text.clean(value.text), text.clean(names.get(value.id, value.text)))
            for value in danish.values
        ),
    )


def _footnote(info: _Info) -> str:
    told = (info.footnote.text if info.footnote else "") or ""
    return text.clean(told, longest=LONGEST_FOOTNOTE)


def _tables_of(subjects: list[_Subject], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for subject in subjects:
        path = (*above, text.clean(subject.description))
        for table in subject.tables or ():
            yield table.id, " – ".join(dict.fromkeys((path[0], path[-1])))
        yield from _tables_of(subject.subjects or [], path)


def _converted(told: object, wanted: type[Wanted]) -> Wanted:
    if isinstance(told, Mapping) and "errorTypeCode" in told:
        raise fault_told(told)
    try:
        return msgspec.convert(told, wanted, strict=False)
    except msgspec.ValidationError as error:
        raise ServiceRefused(
            _("StatBank described its tables otherwise than it used to: {cause}.").format(cause=text.clean(str(error))),
            _("Try again later; if it stays so, look for a newer version of the program."),
        ) from error


def fault_told(told: Mapping[str, object]) -> ServiceRefused:
    """A fault that came with status 200: StatBank tells it in the body."""
    message = text.clean(str(told.get("message") or ""))
    return ServiceRefused(
        _("StatBank could not answer the question: {cause}.").format(cause=message.rstrip(".") or _("no reason given")),
        _("The table or its columns may have changed; look at the tables chosen for this source."),
        cause=message,
        code=text.clean(str(told.get("errorTypeCode"))),
    )
