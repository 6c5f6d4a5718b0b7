"""Every fault a person can meet, as one small tree.

DeskError                    a sentence with cause, and a hint with the next step
├── InputRefused             what was typed or chosen cannot be used
│   └── QuarterOutOfRange    the period asked for holds no known quarter
├── PublicationRefused       a release breaks a rule of the format
├── SourceUnreachable        the place the figures come from did not answer
├── SnapshotUnusable         no snapshot, a damaged one, or one from a newer program
├── WorkspaceUnusable        the user's own file cannot be read or written
└── FileUnwritable           a file or folder cannot be written

Whoever raises one gives finished sentences in the language of the moment (`text.translate`), never a code.
Anything that is not a DeskError is a bug.
"""

from __future__ import annotations

from typing import ClassVar


class DeskError(Exception):
    """A fault told in one sentence, with the next step in another."""

    id: ClassVar[str] = "error"

    def __init__(self, message: str, hint: str, *, error_id: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.error_id = error_id or self.id

    def __str__(self) -> str:
        return f"{self.message} {self.hint}"


class InputRefused(DeskError):
    """What was typed or chosen cannot be used."""

    id = "input_refused"


class QuarterOutOfRange(InputRefused):
    """The period asked for holds no quarter whose outcomes are known."""

    id = "quarter_out_of_range"


class PublicationRefused(DeskError):
    """A release breaks a rule of the publication format."""

    id = "publication_refused"


class SourceUnreachable(DeskError):
    """The place the figures come from did not answer."""

    id = "source_unreachable"


class SnapshotUnusable(DeskError):
    """There is no snapshot, or it is damaged, or a newer program wrote it."""

    id = "snapshot_unusable"


class WorkspaceUnusable(DeskError):
    """The user's own file cannot be read or written."""

    id = "workspace_unusable"


class FileUnwritable(DeskError):
    """A file or folder cannot be written."""

    id = "file_unwritable"
