"""Drives the program from outside: a process of its own, a home of its own, nothing patched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Program:
    """The command line on one home folder."""

    home: Path

    def run(self, *words: str, language: str = "en", **environment: str) -> Answer:
        """Run one command and wait for it."""
        done = subprocess.run(
            [sys.executable, "-m", "jobcentre_desk", *words, "--home", str(self.home), "--language", language],
            capture_output=True,
            encoding="utf-8",
            timeout=100,
            check=False,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def ask(self, *words: str) -> Any:
        """Run one command with JSON and give its object; it must succeed."""
        answer = self.run(*words, "--format", "json")
        assert answer.code == 0, answer.err
        return answer.json
