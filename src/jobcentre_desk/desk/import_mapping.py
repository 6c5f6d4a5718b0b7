"""What the columns of a file are, as JSON: in a file for the command line, and remembered in the workspace."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.imports import (
    ALWAYS_NEEDED,
    JOBS_ELSEWHERE_APART,
    ColumnMapping,
    FileLayout,
    ImportMapping,
    Target,
)
from jobcentre_desk.text import clean
from jobcentre_desk.text import translate as _

_FACTS = ("encoding", "separator", "sheet")


def mapping_data(mapping: ImportMapping) -> dict[str, Any]:
    """A mapping as an object of JSON: `{"columns": {"CVR-nr.": "cvr", "Note": ""}, "encoding": "", …}`."""
    columns = {one.column: one.target.value for one in mapping.columns}
    return {"columns": columns, **{fact: getattr(mapping, fact) for fact in _FACTS}}


def mapping_of(data: object) -> ImportMapping:
    """The mapping that such an object says; raises InputRefused with what is wrong in it."""
    columns = data.get("columns") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(columns, dict):
        raise _no_mapping(_("It has no object “columns”."))
    unknown = sorted(set(data) - {"columns", *_FACTS})
    if unknown:
        raise _no_mapping(_("“{name}” is none of its keys.").format(name=clean(unknown[0])))
    facts = {fact: data.get(fact, "") for fact in _FACTS}
    if not all(isinstance(fact, str) for fact in facts.values()):
        raise _no_mapping(_("Encoding, separator and sheet are texts."))
    return ImportMapping(columns=tuple(_column(name, columns[name]) for name in columns), **facts)


def read_mapping(path: Path) -> ImportMapping:
    """The mapping in a JSON file; raises InputRefused."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputRefused(
            _("The mapping {path} cannot be read.").format(path=path), _("Check the path, and that you may read it.")
        ) from error
    except (ValueError, RecursionError) as error:
        raise _no_mapping(_("It is not correct JSON.")) from error
    return mapping_of(data)


def layout_key(columns: Sequence[str]) -> str:
    """What tells a layout from others: the set of its column names."""
    return hashlib.sha256("\n".join(sorted(columns)).encode()).hexdigest()[:32]


def check_mapping(mapping: ImportMapping, layout: FileLayout) -> None:
    """Refuse a mapping that lacks a column, names one that is not there, or says the same of two (InputRefused)."""
    for one in mapping.columns:
        if one.target and one.column not in layout.columns:
            raise InputRefused(
                _("The file has no column {name}.").format(name=f"“{one.column}”"),
                _("Its columns are {names}.").format(names=", ".join(layout.columns)),
            )
    said = Counter(one.target for one in mapping.columns if one.target)
    twice = [target.value for target, number in said.items() if number > 1]
    if twice:
        raise InputRefused(
            _("Two columns are said to be {name}.").format(name=twice[0]), _('Leave out one of the two ("").')
        )
    if Target.JOB_ELSEWHERE in said and not said.keys().isdisjoint(JOBS_ELSEWHERE_APART):
        raise InputRefused(
            _("Jobs elsewhere are given both as one column and by branch; they would count twice."),
            _("Leave out job_elsewhere, or both job_same_branch and job_other_branch."),
        )
    missing = ", ".join(target.value for target in mapping.missing())
    if missing:
        raise InputRefused(
            _("No column is said to be {names}.").format(names=missing),
            _("A file needs {needed}, and job_elsewhere or both job_same_branch and job_other_branch.").format(
                needed=", ".join(ALWAYS_NEEDED)
            ),
        )


def _column(name: str, target: object) -> ColumnMapping:
    try:
        return ColumnMapping(column=name, target=Target(str(target)))
    except ValueError as error:
        choices = ", ".join(target for target in Target if target)
        raise _no_mapping(
            _("“{target}” of the column “{column}” is none of {choices}.").format(
                target=clean(str(target)), column=clean(name), choices=choices
            )
        ) from error


def _no_mapping(reason: str) -> InputRefused:
    return InputRefused(
        _("The mapping cannot be used. {reason}").format(reason=reason),
        _("'import FILE --suggest' prints one to begin with."),
    )
