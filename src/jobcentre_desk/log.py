"""The program's log: a small rotating file that holds no names, no searches and no figures."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

LARGEST_LOG = 1_000_000


def start_log(path: Path) -> None:
    """Send warnings and errors to `path`; a folder that cannot be written leaves the program without a log."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=LARGEST_LOG, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("jobcentre_desk")
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
