"""How much memory this process holds, and the most it has held."""

from __future__ import annotations

import resource
from pathlib import Path

_STATUS = Path("/proc/self/status")
_KIB_A_MIB = 1024


def held_mib() -> float:
    """Resident memory now, where the system tells it (Linux); else the most there was."""
    return _told("VmRSS")


def peak_mib() -> float:
    """The most resident memory since this program began; `ru_maxrss` would count the process that started it."""
    return _told("VmHWM")


def _told(name: str) -> float:
    if not _STATUS.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_A_MIB
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / _KIB_A_MIB
