"""The choices of one filter list as a tree: what stands under what, what is ticked, and which count belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from jobcentre_desk.gui.tree_choice import AreaChoice, CodeChoice, Tick
from jobcentre_desk.model.areas import Area, AreaKind
from jobcentre_desk.model.classifications import CodeTree
from jobcentre_desk.text import both
from jobcentre_desk.text import translate as _

ROOT = ""
NEIGHBOURS = "neighbours"


class FilterChoices(Protocol):
    """What a filter tree shows; keys name choices, ROOT is above them all."""

    def children(self, key: str) -> tuple[str, ...]:
        """The choices directly under one, in reading order."""

    def title(self, key: str) -> str:
        """The words of a choice."""

    def tick(self, key: str) -> Tick:
        """How its box stands."""

    def toggle(self, key: str) -> None:
        """Click its box."""

    def is_counted(self, key: str) -> bool:
        """Whether employers are counted for it; groups of areas are not."""

    def chosen(self) -> tuple[str, ...]:
        """The codes chosen, in a fixed order, as a scope takes them."""

    def choose(self, codes: Iterable[str]) -> None:
        """Choose exactly these codes."""


class CodeChoices:
    """Branches, occupations, benefit groups or programmes; a chosen code stands for all under it."""

    def __init__(self, tree: CodeTree) -> None:
        self._choice = CodeChoice(tree)

    def children(self, key: str) -> tuple[str, ...]:
        """The codes directly under one."""
        return tuple(code.code for code in self._choice.tree.children(key))

    def title(self, key: str) -> str:
        """The title of a code in the language in use."""
        code = self._choice.tree[key]
        return both(code.title_da, code.title_en)

    def tick(self, key: str) -> Tick:
        """How the box of a code stands."""
        return self._choice.tick(key)

    def toggle(self, key: str) -> None:
        """Click the box of a code."""
        self._choice = self._choice.toggled(key)

    def is_counted(self, key: str) -> bool:
        """Every code is counted, with all under it."""
        return key in self._choice.tree

    def chosen(self) -> tuple[str, ...]:
        """The codes chosen, sorted."""
        return tuple(sorted(self._choice.codes))

    def choose(self, codes: Iterable[str]) -> None:
        """Choose these codes; one the list does not have is left out."""
        self._choice = CodeChoice(self._choice.tree, frozenset(c for c in codes if c in self._choice.tree))


class AreaChoices:
    """Municipalities: the home municipality first, its neighbours as a group, then all of them by region."""

    def __init__(self, areas: Mapping[str, Area], home: str) -> None:
        self._areas = areas
        self._home = home if home in areas else ""
        self._children = self._tree()
        self._choice = AreaChoice(self._members)

    def _tree(self) -> dict[str, tuple[str, ...]]:
        regions = [area.code for area in self._areas.values() if area.kind is AreaKind.REGION]
        tree = {region: self._municipalities(region) for region in regions}
        loose = () if regions else self._municipalities(None)
        top: tuple[str, ...] = (*self._by_name(regions), *loose)
        if self._home:
            near = [code for code in self._areas[self._home].neighbours if code in self._areas]
            tree[NEIGHBOURS] = self._by_name(near)
            top = (self._home, *((NEIGHBOURS,) if near else ()), *top)
        return tree | {ROOT: top}

    def _municipalities(self, region: str | None) -> tuple[str, ...]:
        areas = (area for area in self._areas.values() if area.kind is AreaKind.MUNICIPALITY)
        return self._by_name(area.code for area in areas if region is None or area.parent == region)

    def _by_name(self, codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(codes, key=lambda code: self.title(code).casefold()))

    def _members(self, key: str) -> tuple[str, ...]:
        return self._children.get(key) or (key,)

    def children(self, key: str) -> tuple[str, ...]:
        """The municipalities of a region or of the neighbours; under ROOT the home municipality and the groups."""
        return self._children.get(key, ())

    def title(self, key: str) -> str:
        """The name of a municipality, a region, or the group of neighbours."""
        if key == NEIGHBOURS:
            return _("With neighbours")
        area = self._areas[key]
        return both(area.name_da, area.name_en)

    def tick(self, key: str) -> Tick:
        """How the box stands; that of the neighbours only looks at the neighbours."""
        return self._choice.tick(key)

    def toggle(self, key: str) -> None:
        """Click the box of a municipality or a group."""
        self._choice = self._choice.toggled(key)

    def is_counted(self, key: str) -> bool:
        """Municipalities are; an employer in two of a region would count twice in it."""
        return key not in self._children

    def chosen(self) -> tuple[str, ...]:
        """The municipalities chosen, by code."""
        return tuple(sorted(self._choice.codes))

    def choose(self, codes: Iterable[str]) -> None:
        """Choose these municipalities; a code that is none is left out."""
        known = (code for code in codes if code in self._areas)
        self._choice = AreaChoice(self._members, frozenset(known))


def matches(choices: FilterChoices, words: str) -> dict[str, tuple[str, ...]]:
    """The part of the tree in which a title or code holds `words` in Danish folding: key -> children to show.

    A choice that fits is shown with everything above it; one choice is shown once, where it comes first.
    """
    from jobcentre_desk.cache.names import fold, second_fold

    needles = {fold(words), second_fold(words)}
    kept: dict[str, tuple[str, ...]] = {}
    seen: set[str] = set()

    def fits(key: str) -> bool:
        title = choices.title(key)
        return any(needle in text for needle in needles for text in (fold(title), second_fold(title), key.casefold()))

    def visit(key: str) -> None:
        shown = []
        for child in choices.children(key):
            if child in seen:
                continue
            visit(child)
            if kept.get(child) or fits(child):
                shown.append(child)
                seen.add(child)
        kept[key] = tuple(shown)

    visit(ROOT)
    return kept
