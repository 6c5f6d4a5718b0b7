"""Tries every promise that has a file here and prints how it fared: `python -m trust [number ...]`.

Also kept as build/trust.json. The exit code is 1 when a promise is broken or a control was not seen to fail.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from trust.results import Row, as_json, lines

from trust import hostile_servers, killed_syncs, leaks, secret_keys

ROOT = Path(__file__).resolve().parents[1]

ROWS: dict[int, Callable[[Path], Row]] = {
    1: killed_syncs.run,
    8: hostile_servers.run,
    13: secret_keys.run,
    14: leaks.run,
}
"""The rows of the design's table of promises that are tried so far, by their number there."""


def main() -> int:
    """Try, print, keep; 2 for a number that has no file."""
    asked = [int(number) for number in sys.argv[1:] if number.isdigit()]
    if len(asked) != len(sys.argv) - 1 or set(asked) - ROWS.keys():
        print(f"Rows are {', '.join(map(str, ROWS))}.")
        return 2
    rows: list[Row] = []
    for number in asked or ROWS:
        with tempfile.TemporaryDirectory(prefix="jobcentre-trust-") as folder:
            rows.append(ROWS[number](Path(folder)))
        print("\n".join(lines(rows[-1])), flush=True)
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "trust.json").write_text(json.dumps(as_json(rows), indent=1) + "\n", encoding="utf-8")
    return 0 if all(row.kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
