"""The most memory a piece of work took beyond what was in use before it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_RESET_PEAK = "5"


@dataclass(slots=True)
class Peak:
    """`extra` in MiB, known after the work."""

    extra: float = 0.0


def can_measure() -> bool:
    """Whether this system tells the peak of a running process and lets it be reset (Linux does)."""
    return _CLEAR.exists()


@contextmanager
def peak_memory() -> Iterator[Peak]:
    """Measure what is done inside."""
    gc.collect()
    _CLEAR.write_text(_RESET_PEAK)
    before, peak = _mebibytes("VmRSS"), Peak()
    yield peak
    peak.extra = _mebibytes("VmHWM") - before


def _mebibytes(name: str) -> float:
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024
