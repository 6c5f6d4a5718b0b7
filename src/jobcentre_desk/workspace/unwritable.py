"""Why the workspace cannot be changed, told in one sentence with its remedy."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from jobcentre_desk.errors import WorkspaceUnusable
from jobcentre_desk.text import translate as _

_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def unwritable(error: OSError | sqlite3.Error, folder: Path) -> WorkspaceUnusable:
    """The fault behind a failed change of the workspace in `folder`; what was there is still there."""
    code = _system_code(error)
    if code in _READ_ONLY:
        return WorkspaceUnusable(
            _("The workspace cannot be changed: the folder {folder} is read-only.").format(folder=folder),
            _("Ask for write access to the folder, or choose another one with --home."),
        )
    if code in _FULL:
        return WorkspaceUnusable(
            _("The workspace cannot be changed: the disk of {folder} is full.").format(folder=folder),
            _("Free some space, then try again; nothing that was there is lost."),
        )
    return WorkspaceUnusable(
        _("The workspace in {folder} cannot be changed: {reason}.").format(folder=folder, reason=_reason(error)),
        _("Close other programs that use the folder, then try again."),
    )


def _system_code(error: OSError | sqlite3.Error) -> int | None:
    if isinstance(error, OSError):
        return error.errno
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return {sqlite3.SQLITE_READONLY: errno.EROFS, sqlite3.SQLITE_FULL: errno.ENOSPC}.get(code)


def _reason(error: OSError | sqlite3.Error) -> str:
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)
