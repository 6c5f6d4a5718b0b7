"""What was asked for, in words: the parts of a scope as a person would say them."""

from __future__ import annotations

from jobcentre_desk.cache.code_lists import CodeLists
from jobcentre_desk.desk.wording import quarter_words
from jobcentre_desk.model.areas import Area
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.text import EN_DASH, both, count
from jobcentre_desk.text import translate as _
from jobcentre_desk.text import translate_plural as _n

NAMED = 3
"""More choices of one list than this are told as a number."""


def area_name(area: Area) -> str:
    """The name of an area in the language in use."""
    return both(area.name_da, area.name_en)


def list_words(codes: CodeLists, name: str, chosen: tuple[str, ...]) -> str:
    """The choices of one list of a scope ("branches" ...): their names, or how many they are; "" for none."""
    if len(chosen) <= NAMED:
        return ", ".join(_title(codes, name, code) for code in chosen)
    n = len(chosen)
    several = {
        "municipalities": _n("{n} municipality", "{n} municipalities", n),
        "branches": _n("{n} branch", "{n} branches", n),
        "occupations": _n("{n} occupation", "{n} occupations", n),
        "benefit_groups": _n("{n} benefit group", "{n} benefit groups", n),
        "programmes": _n("{n} programme", "{n} programmes", n),
    }[name]
    return several.format(n=count(n))


def scope_parts(codes: CodeLists, scope: Scope) -> tuple[str, ...]:
    """The parts of a scope that narrow it, in the order of the filter panel; empty when nothing does."""
    lists = ("municipalities", "branches", "occupations", "benefit_groups", "programmes")
    parts = [list_words(codes, name, getattr(scope, name)) for name in lists]
    parts.append(_period_words(scope))
    if scope.text:
        parts.append(_("“{text}”").format(text=scope.text))
    if scope.min_completed > 1:
        parts.append(_("at least {n} completed").format(n=count(scope.min_completed)))
    return tuple(part for part in parts if part)


def _period_words(scope: Scope) -> str:
    if scope.first is None and scope.last is None:
        return ""
    first, last = (quarter_words(end) if end else "" for end in (scope.first, scope.last))
    return f"{first} {EN_DASH} {last}".strip()


def _title(codes: CodeLists, name: str, code: str) -> str:
    if name == "municipalities":
        return area_name(codes.areas[code]) if code in codes.areas else code
    tree = codes.tree(name)
    return both(tree[code].title_da, tree[code].title_en) if code in tree else code
