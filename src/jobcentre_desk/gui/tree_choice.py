"""What is ticked in a tree of codes: pure rules for a code that stands for all under it, and for areas."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from jobcentre_desk.model.classifications import CodeTree


class Tick(Enum):
    """How the box of one choice stands."""

    OFF = 0
    PARTLY = 1
    ON = 2


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """Codes of a tree where a ticked code stands for everything under it; `codes` never holds a code twice over."""

    tree: CodeTree
    codes: frozenset[str] = frozenset()

    def tick(self, code: str) -> Tick:
        """ON when the code or one above it is chosen, PARTLY when only some under it are."""
        if code in self.codes or any(above.code in self.codes for above in self.tree.ancestors(code)):
            return Tick.ON
        under = self.tree.closure([code])
        return Tick.PARTLY if not self.codes.isdisjoint(under) else Tick.OFF

    def toggled(self, code: str) -> CodeChoice:
        """The choice after a click on the box of `code`: off when it was on, else on."""
        return self._without(code) if self.tick(code) is Tick.ON else self._with(code)

    def _with(self, code: str) -> CodeChoice:
        codes = (self.codes - self.tree.closure([code])) | {code}
        for above in self.tree.ancestors(code):
            children = {child.code for child in self.tree.children(above.code)}
            if not children <= codes:
                break
            codes = (codes - children) | {above.code}
        return CodeChoice(self.tree, codes)

    def _without(self, code: str) -> CodeChoice:
        codes = self.codes - self.tree.closure([code])
        path = [code, *(above.code for above in self.tree.ancestors(code))]
        chosen = next((i for i, above in enumerate(path) if above in codes), None)
        if chosen is None:
            return CodeChoice(self.tree, codes)
        codes -= {path[chosen]}
        for child, above in pairwise(path[: chosen + 1]):
            codes |= {sibling.code for sibling in self.tree.children(above)} - {child}
        return CodeChoice(self.tree, codes)


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """Municipalities, ticked one by one or in groups (a region, the neighbours); a group is only its members."""

    members: Callable[[str], Iterable[str]]
    codes: frozenset[str] = frozenset()

    def tick(self, group: str) -> Tick:
        """ON when every member of the group is chosen, PARTLY when some are."""
        members = frozenset(self.members(group))
        if members and members <= self.codes:
            return Tick.ON
        return Tick.PARTLY if members & self.codes else Tick.OFF

    def toggled(self, group: str) -> AreaChoice:
        """The choice after a click on the box of a municipality or group."""
        members = frozenset(self.members(group))
        on = self.tick(group) is Tick.ON
        return AreaChoice(self.members, self.codes - members if on else self.codes | members)
