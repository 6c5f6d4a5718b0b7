"""One promise: what was tried, what failed, what could not be tried here, and whether the controls have teeth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Row:
    """A promise and how it fared.

    `failures` and `skipped` are sentences. `controls` names weak variants that must fail: each with whether it did,
    since a row that cannot see them proves nothing.
    """

    number: int
    promise: str
    cases: int = 0
    failures: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    controls: dict[str, bool] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Whether every case held and every control was seen to fail."""
        return bool(self.cases) and not self.failures and all(self.controls.values())

    def expect(self, holds: object, failure: str) -> None:
        """Count a failure with its sentence unless `holds`."""
        if not holds:
            self.failures.append(failure)


def lines(row: Row) -> Iterator[str]:
    """The row as it is printed."""
    word = "kept" if row.kept else "BROKEN"
    yield f"{row.number:>2}  {word:<7} {row.promise}: {row.cases} cases, {len(row.failures)} failures"
    yield from (f"      {figure}" for figure in row.figures)
    yield from (f"      failed: {failure}" for failure in row.failures)
    yield from (f"      skipped: {reason}" for reason in row.skipped)
    for control, failed in row.controls.items():
        yield f"      control {'seen' if failed else 'NOT SEEN'}: {control}"


def as_json(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows as they are kept from run to run."""
    return [asdict(row) | {"kept": row.kept} for row in rows]
