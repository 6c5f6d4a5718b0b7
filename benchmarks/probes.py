"""Starting the small scripts that measure a process of their own, as an installed program would start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from benchmarks.ground import ROOT


def run_probe(name: str, *arguments: str) -> dict[str, Any]:
    """What a probe prints as its last line. Bytecode may be kept, as it is when the program was installed."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    found_in = os.pathsep.join(filter(None, (str(ROOT), environment.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), *arguments],
        env=environment | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": found_in},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
