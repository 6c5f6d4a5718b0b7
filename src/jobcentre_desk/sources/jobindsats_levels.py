"""Labels in answers to codes of ours: areas and funds, benefit groups, and the levels measures are counted for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jobcentre_desk import text
from jobcentre_desk.model.areas import COUNTRY, Area, AreaKind
from jobcentre_desk.publishing.code_lists import code_list_rows
from jobcentre_desk.sources.jobindsats_measures import Breakdown, path_of
from jobcentre_desk.sources.jobindsats_presets import Presets, folded, shortened, slug
from jobcentre_desk.sources.jobindsats_request import Asked
from jobcentre_desk.sources.jobindsats_tables import Hierarchy, Level
from jobcentre_desk.text import translate as _

EVERYBODY = "all"
LONGEST_CODE = 40
_TOTAL_LEVEL = Level("/", "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the figures of a row stand: area, benefit group, and the levels their measures are counted for."""

    area: str
    group: str
    levels: tuple[Breakdown, ...]


@dataclass(frozen=True, slots=True)
class UnknownLabel:
    """A label that could not be joined; `at` is its column, `reason` a sentence."""

    at: int
    reason: str


class AreaNames:
    """Areas by what Jobindsats calls them: their name or code; regions also without the word. Funds by their name."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._codes: dict[str, str] = {}
        self._funds = {folded(area.name_da): area for area in areas if area.kind is AreaKind.FUND}
        self._fund_names = {area.code: name for name, area in self._funds.items()}
        self.funds_met: dict[str, Area] = {}
        for area in areas:
            if area.kind is not AreaKind.FUND:
                names = [area.name_da, area.name_en, area.code]
                names += [area.name_da.removeprefix("Region ")] if area.kind is AreaKind.REGION else []
                for name in names:
                    self._codes.setdefault(folded(name), area.code)
                    self._codes.setdefault(name, area.code)

    def code(self, label: str) -> str | None:
        """The code of an area by its label; None when it is no area of ours."""
        return self._codes.get(label) or self._codes.get(folded(label))

    def fund(self, hierarchy: Hierarchy, level: Level) -> str:
        """The code of a fund: that of the fund so called, else `fund-<id of the level>`.

        Hierarchies of funds need not number them alike: a number that stands for another fund gets the name of the
        hierarchy before it, so that two funds are never mixed up.
        """
        name = folded(level.name)
        area = self._funds.get(name)
        if area is None:
            code = shortened(f"fund-{path_of(level.id)}", longest=LONGEST_CODE)
            if code in self._fund_names:
                code = shortened(f"fund-{slug(hierarchy.id)}-{path_of(level.id)}", longest=LONGEST_CODE)
            area = Area(code, AreaKind.FUND, level.name, level.name, parent=COUNTRY)
            self._funds[name] = area
            self._fund_names[code] = name
        self.funds_met[area.code] = area
        return area.code


@dataclass(frozen=True)
class LabelJoin:
    """Joins the labels of one table; remembers the benefit groups that its rows need."""

    areas: AreaNames
    presets: Presets
    groups: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    _levels: dict[str, dict[str, Level]] = field(default_factory=dict)
    _breakdowns: dict[tuple[str, str], Breakdown] = field(default_factory=dict)
    _group_codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def place(self, area: tuple[int, object], breakdowns: Iterable[tuple[int, Asked, object]]) -> Place | UnknownLabel:
        """The place that the labels of a row stand for, or the first label that is not known."""
        at, label = area
        code = self.areas.code(label) if isinstance(label, str) else None
        if code is None:
            return UnknownLabel(at, _("“{label}” is no area that is known here.").format(label=_shown(label)))
        group, levels = EVERYBODY, []
        for column, asked, told in breakdowns:
            level = self._level(asked, told)
            if level is None:
                return _new_level(column, told)
            if asked.is_total or level.id == asked.hierarchy.total:
                continue
            if asked.hierarchy.is_funds:
                if code != COUNTRY:
                    return UnknownLabel(column, _("A fund cannot stand beside an area other than the whole country."))
                code = self.areas.fund(asked.hierarchy, level)
            elif asked.hierarchy.is_groups:
                group = self._group(asked.hierarchy, level)
            else:
                levels.append(self._breakdown(asked.hierarchy, level))
        return Place(code, group, tuple(levels))

    def _level(self, asked: Asked, label: object) -> Level | None:
        """The level a label stands for, the upper one of two that are called alike."""
        if not isinstance(label, str):
            return None
        if asked.is_total:
            return _TOTAL_LEVEL
        held = self._levels.get(asked.hierarchy.id)
        if held is None:
            lower_first = list(reversed(asked.hierarchy.levels))
            held = {folded(level.name): level for level in lower_first} | {level.name: level for level in lower_first}
            self._levels[asked.hierarchy.id] = held
        return held.get(label) or held.get(folded(label))

    def _breakdown(self, hierarchy: Hierarchy, level: Level) -> Breakdown:
        key = (hierarchy.id, level.id)
        if key not in self._breakdowns:
            self._breakdowns[key] = Breakdown.of(hierarchy, level)
        return self._breakdowns[key]

    def _group(self, hierarchy: Hierarchy, level: Level) -> str:
        codes = self._group_codes.get(hierarchy.id)
        if codes is None:
            codes = self._group_codes[hierarchy.id] = _group_codes(hierarchy, self.presets.groups)
        code = codes[folded(level.name)]
        if code not in self.groups:
            self.groups[code] = _titles().get(code, (code, level.name, level.name))
        return code


def _group_codes(hierarchy: Hierarchy, known: Mapping[str, str]) -> dict[str, str]:
    """Codes by label: those of our list, each for the uppermost label only; other labels make their own."""
    by_label = {folded(label): code for label, code in known.items()}
    codes: dict[str, str] = {}
    for level in hierarchy.levels:
        label = folded(level.name)
        code = by_label.get(label, "")
        if label not in codes:
            own = shortened(slug(level.name) or f"group-{path_of(level.id)}", longest=LONGEST_CODE)
            codes[label] = code if code and code not in codes.values() else own
    return codes


def _titles() -> dict[str, tuple[str, str, str]]:
    return {row["code"]: (row["code"], row["title_da"], row["title_en"]) for row in code_list_rows("benefit_groups")}


def _new_level(column: int, label: object) -> UnknownLabel:
    sentence = _("“{label}” is a level that the table did not announce; its figures were left out.")
    return UnknownLabel(column, sentence.format(label=_shown(label)))


def _shown(label: object) -> str:
    return text.clean(label) if isinstance(label, str) else "–"
