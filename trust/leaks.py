"""Row 14: of tables that left the program, two by two and over two releases, no small count can be worked out."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from trust.attacker import Cell, Finding, attack_subject, attack_sum
from trust.leaked_tables import KINDS, MINIMUM, Table
from trust.results import Row

from jobcentre_desk.cache.snapshot import open_newest
from jobcentre_desk.desk.figures import Figures
from jobcentre_desk.desk.find import find_employers, rows
from jobcentre_desk.desk.reference_rules import Branches
from jobcentre_desk.desk.scopes import LISTS, narrowing_of
from jobcentre_desk.desk.shared_before import SharedBefore
from jobcentre_desk.desk.source_list import add_source
from jobcentre_desk.desk.sync import sync
from jobcentre_desk.errors import DeskError
from jobcentre_desk.model.outcomes import Scope
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing.demo import write_demonstration
from jobcentre_desk.publishing.trust import DEMONSTRATION_KEY
from jobcentre_desk.task import Task
from jobcentre_desk.workspace.store import Workspace

PAIRS = 500
CONTROLS = 60
"""Pairs of the control; the primary rule alone leaks in most of them."""
SEED = 14
PROCESSES = 2
MOST_HIDDEN_MORE = 0.15
"""Share of all counts that may be hidden beyond those the primary rule hides."""


def run(folder: Path, *, pairs: int = PAIRS) -> Row:
    """500 random pairs of exports of the small demonstration, over two releases; some by the primary rule alone."""
    row = Row(number=14, promise="No small count leaks", cases=pairs)
    demonstrations(folder)
    controls = min(pairs, CONTROLS)
    found = _in_parts(folder, pairs, guarded=True)
    seen = _in_parts(folder, controls, guarded=False)
    for told in found.pinned:
        row.expect(holds=False, failure=told)
    more = (found.hidden - found.small) / max(found.cells, 1)
    row.expect(more <= MOST_HIDDEN_MORE, f"{more:.1%} of the counts are hidden beyond the primary rule")
    row.figures.append(f"{found.attacked} hidden counts attacked, {len(found.pinned)} pinned")
    row.figures.append(
        f"{found.cells} counts, {found.small / max(found.cells, 1):.1%} hidden by the primary rule,"
        f" {100 * more:.1f} percentage points beyond it"
    )
    row.figures.append(f"{len(seen.pinned)} pinned by the primary rule alone in {controls} pairs")
    row.controls["small counts hidden by the primary rule alone are pinned"] = bool(seen.pinned)
    return row


def _in_parts(folder: Path, pairs: int, *, guarded: bool) -> Finding:
    """The pairs, dealt out to processes."""
    found = Finding()
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = [
            pool.submit(attack_pairs, folder, range(start, pairs, PROCESSES), guarded=guarded)
            for start in range(PROCESSES)
        ]
        for part in parts:
            found.add(part.result())
    return found


def attack_pairs(folder: Path, numbers: Sequence[int], *, guarded: bool) -> Finding:
    """Some pairs, each with a memory of its own, by the demonstrations in `folder`."""
    found, releases = Finding(), opened(folder)
    for number in numbers:
        chance = random.Random(SEED * 100_000 + number)
        attack_pair(releases, chance, folder / f"pair-{number}-{guarded}", found, guarded=guarded)
    for figures in releases:
        figures.snapshot.close()
    return found


def demonstrations(folder: Path) -> None:
    """The small demonstration in two releases, synced each into a home of its own."""
    for release in (1, 2):
        publication, home = folder / f"publication-{release}", Home(folder / f"home-{release}")
        write_demonstration(publication, size="small", release=release, task=Task())
        workspace = Workspace.open(home)
        add_source(workspace, name="demo", location=str(publication), key=DEMONSTRATION_KEY)
        sync(home, workspace, task=Task())


def opened(folder: Path) -> list[Figures]:
    """Both releases, open."""
    snapshots = [open_newest(Home(folder / f"home-{release}")) for release in (1, 2)]
    return [Figures.open(snapshot) for snapshot in snapshots if snapshot is not None]


def attack_pair(
    releases: Sequence[Figures], chance: random.Random, folder: Path, found: Finding, *, guarded: bool
) -> None:
    """Two exports one after the other, the second mostly a near relative of the first; then the attack on both."""
    memory = SharedBefore(Workspace.open(Home(folder)))
    tables: list[Table] = []
    scope = _scope(releases[0], chance)
    newer = chance.random() < 0.4
    cvr = _cvr(releases[0], scope, chance)
    for number in range(2):
        figures = releases[1 if newer and number else 0]
        figures.shared_before = memory if guarded else None
        scope = scope if number == 0 else _related(figures, scope, chance)
        kind = chance.choice(["list", "list", "sheet", "branches", "occupations", "map"])
        try:
            tables += KINDS[kind](figures, scope, cvr, folder, guarded=guarded)
        except DeskError:
            continue
    _judge(tables, found)


def _judge(tables: Sequence[Table], found: Finding) -> None:
    by_subject: dict[str, list[Cell]] = defaultdict(list)
    for table in tables:
        for subject, cells in table.cells.items():
            by_subject[subject] += cells
            counted = [cell for cell in cells if cell.measure != "nobody"]
            found.cells += len(counted)
            found.hidden += sum(cell.shown is None for cell in counted)
            found.small += sum(cell.small for cell in counted)
    seen: dict[tuple[Cell, ...], list[str]] = {}
    for subject, cells in by_subject.items():
        found.attacked += sum(cell.shown is None for cell in cells)
        alike = tuple(cells)
        if alike not in seen:
            seen[alike] = [told for _cell, told in attack_subject(cells, minimum=MINIMUM)]
        found.pinned += [f"{subject}: {told}" for told in seen[alike]]
    found.pinned += [told for table in tables for told in (*_sums(table), *_beside(table, by_subject))]


def _sums(table: Table) -> Iterator[str]:
    """Rows against the sum of all of them, which other tables of the same scope tell; and of those of one branch."""
    if table.kind in ("sheet", "map") or table.scope.min_completed > 1 or table.scope.text:
        return
    for name, subjects in _groups(table):
        for measure in ("started", "completed", "jobs"):
            cells = [(subject, c) for subject in subjects for c in table.cells[subject] if c.measure == measure]
            parts = [(cell.shown, cell.truth) for _subject, cell in cells]
            if sum(truth > 0 for _shown, truth in parts) < 2:
                continue  # the sum is the count itself, and hidden wherever that is
            total = sum(truth for _shown, truth in parts)
            for place in attack_sum(parts, total, minimum=MINIMUM):
                yield f"{table.kind} {name}: {measure} {parts[place][1]} of {cells[place][0]} by the sum {total}"


def _beside(table: Table, by_subject: Mapping[str, Sequence[Cell]]) -> Iterator[str]:
    """An employer and the rest of its branch against their sum, wherever that was shown."""
    if table.kind != "sheet":
        return
    names = {subject.split()[0]: subject for subject in table.cells if " " in subject}
    own = next(subject for subject in table.cells if " " not in subject)
    if len(names) < 2:
        return
    rests = {(cell.region, cell.measure): cell for cell in table.cells[names["rest_of_branch"]]}
    totals = {(c.region, c.measure): c.truth for c in by_subject[names["reference"]] if c.shown is not None}
    for cell in table.cells[own]:
        key = (cell.region, cell.measure)
        if key in rests and key in totals and cell.truth + rests[key].truth == totals[key]:
            parts = [(cell.shown, cell.truth), (rests[key].shown, rests[key].truth)]
            for place in attack_sum(parts, totals[key], minimum=MINIMUM):
                yield f"{own}: {cell.measure} {parts[place]} beside its branch"


def _groups(table: Table) -> Iterator[tuple[str, list[str]]]:
    """All rows; in a list of the whole country those of each branch that stands beside employers, less those in it."""
    yield "all", list(table.cells)
    if table.kind != "list" or table.scope.municipalities or table.scope.branches:
        return
    figures = table.figures
    tree = figures.codes.tree("branches")
    beside = Branches.of(figures, narrowing_of(figures, table.scope), table.period, minimum=MINIMUM)
    own = {subject: figures.employer(subject).branch for subject in table.cells}
    shown = {beside.allowed(subject, branch) for subject, branch in own.items()} - {""}
    under = {code: tree.closure([code]) for code in shown}
    for code in shown:
        lower = [under[other] for other in shown if other != code and other in under[code]]
        yield code, [s for s, b in own.items() if b in under[code] and not any(b in codes for codes in lower)]


def _scope(figures: Figures, chance: random.Random) -> Scope:
    """A random question: some quarters, mostly of one or two municipalities, now and then of codes."""
    codes = figures.codes
    towns = sorted(code for code, area in codes.areas.items() if area.kind == "municipality")
    chosen: dict[str, Any] = {}
    if chance.random() < 0.7:
        chosen["municipalities"] = tuple(chance.sample(towns, chance.choice([1, 1, 2])))
    for column, share in (("branch", 0.35), ("occupation", 0.25), ("benefit_group", 0.2), ("programme", 0.2)):
        name, attribute = LISTS[column]
        if chance.random() < share:
            every = [code for code in codes.tree(name) if code.level <= 2]
            chosen[attribute] = (chance.choice(every).code,)
    return Scope(**chosen).changed(**_period(figures, chance))


def _period(figures: Figures, chance: random.Random) -> dict[str, Quarter]:
    known = figures.known_through
    assert known is not None
    if chance.random() < 0.4:
        return {}
    back = chance.randrange(0, 4)
    return {"first": known.plus(-back - chance.choice([0, 1, 3, 3, 7])), "last": known.plus(-back)}


def _related(figures: Figures, scope: Scope, chance: random.Random) -> Scope:
    """The same question, one with a filter let go, added or changed, a shorter or longer period, or another one."""
    way = chance.choice(["same", "wider", "narrower", "period", "period", "other"])
    if way == "other":
        return _scope(figures, chance)
    if way == "wider":
        named = [attribute for _name, attribute in LISTS.values() if getattr(scope, attribute)]
        return scope.changed(**{chance.choice(named): ()}) if named else scope
    if way == "narrower":
        more = _scope(figures, chance)
        free = [a for _n, a in LISTS.values() if getattr(more, a) and not getattr(scope, a)]
        return scope.changed(**{a: getattr(more, a) for a in free[:1]})
    if way == "period":
        if scope.first is not None and scope.last is not None:
            ends = [{"first": scope.first.plus(-1)}, {"first": scope.first.plus(1)}, {"last": scope.last.plus(-1)}]
            changed = scope.changed(**chance.choice(ends))
            return changed if changed.first <= changed.last else scope  # type: ignore[operator]
        return scope.changed(**_period(figures, chance))
    return scope


def _cvr(figures: Figures, scope: Scope, chance: random.Random) -> str:
    found = find_employers(figures, scope.changed(first=None, last=None, min_completed=1))
    if not found.total:
        found = find_employers(figures, Scope())
    covered = [row.cvr for row in rows(figures, found, 0, min(found.total, 400))]
    legal = [cvr for cvr in covered if not figures.employer(cvr).sole_proprietor]
    return chance.choice(legal or ["00000000"])
