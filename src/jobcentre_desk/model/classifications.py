"""Code lists: branches (DB25), occupations (DISCO-08), benefit groups and programmes, each a tree by parent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ALL = "all"
"""The code a masking publisher collapses occupation, benefit group and programme to."""

BRANCH_LEVELS = ("section", "division", "group", "class")


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list; `level` 1 is the coarsest and `parent` is "" there."""

    code: str
    title_da: str
    title_en: str
    parent: str = ""
    level: int = 1


class CodeTree:
    """A code list as a tree; a parent is a column of its own, never a prefix of the code."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._codes = {code.code: code for code in codes}
        self._children: dict[str, list[str]] = {}
        for code in self._codes.values():
            self._children.setdefault(code.parent, []).append(code.code)

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes.values())

    def __len__(self) -> int:
        return len(self._codes)

    def children(self, code: str = "") -> tuple[Code, ...]:
        """The codes directly under `code`; "" gives the coarsest level."""
        return tuple(self._codes[child] for child in self._children.get(code, ()))

    def ancestors(self, code: str) -> tuple[Code, ...]:
        """The parent of `code`, its parent and so on, nearest first."""
        found: list[Code] = []
        parent = self._codes[code].parent
        while parent in self._codes and len(found) < len(self._codes):
            found.append(self._codes[parent])
            parent = self._codes[parent].parent
        return tuple(found)

    def closure(self, codes: Iterable[str]) -> frozenset[str]:
        """The codes themselves and everything under them."""
        found: set[str] = set()
        waiting = list(codes)
        while waiting:
            code = waiting.pop()
            if code not in found:
                found.add(code)
                waiting += self._children.get(code, ())
        return frozenset(found)


def branch_level_code(code: Code) -> str:
    """The name of a branch as `prior_level` and `priors` write it: `class:47.11`, `section:G`."""
    return f"{BRANCH_LEVELS[code.level - 1]}:{code.code}"
