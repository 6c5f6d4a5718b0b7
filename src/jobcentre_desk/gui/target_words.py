"""What a column of an authority's file may be, in words: its name in the list of choices, and what it holds."""

from __future__ import annotations

from jobcentre_desk.model.imports import COUNTS, Target
from jobcentre_desk.text import translate as _


def target_name(target: Target) -> str:
    """The name of a target, short enough for a choice above a column."""
    return {
        Target.NOTHING: _("Not used"),
        Target.PERIOD: _("Period"),
        Target.CVR: _("CVR number"),
        Target.NAME: _("Name of the employer"),
        Target.MUNICIPALITY: _("Municipality"),
        Target.BRANCH: _("Branch"),
        Target.OCCUPATION: _("Occupation"),
        Target.BENEFIT_GROUP: _("Benefit group"),
        Target.PROGRAMME: _("Programme"),
        Target.SIZE_BAND: _("Size"),
        Target.SOLE_PROPRIETOR: _("Sole proprietor"),
        Target.ADVERTISING_PROTECTED: _("Advertising protection"),
        Target.STARTED: _("Started"),
        Target.COMPLETED: _("Completed"),
        Target.JOB_SAME_EMPLOYER: _("Job, same employer"),
        Target.JOB_SAME_BRANCH: _("Job, same branch"),
        Target.JOB_OTHER_BRANCH: _("Job, other branch"),
        Target.JOB_ELSEWHERE: _("Job elsewhere"),
    }[target]


def target_type(target: Target) -> str:
    """What a column that is `target` holds."""
    if target in COUNTS:
        return _("whole number")
    return {
        Target.NOTHING: _("left out"),
        Target.PERIOD: _("month, quarter or date"),
        Target.CVR: _("8 digits"),
        Target.NAME: _("text"),
        Target.SIZE_BAND: _("text"),
        Target.SOLE_PROPRIETOR: _("yes or no"),
        Target.ADVERTISING_PROTECTED: _("yes or no"),
    }.get(target, _("code or name"))


def encoding_name(encoding: str) -> str:
    """The name people know an encoding by."""
    return {"utf-8": "UTF-8", "utf-16": "UTF-16", "windows-1252": "Windows-1252"}.get(encoding, encoding)


def separator_name(separator: str) -> str:
    """What parts the columns, in words."""
    return {";": _("Semicolon ;"), ",": _("Comma ,"), "\t": _("Tab")}.get(separator, separator)
