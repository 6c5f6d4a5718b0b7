"""Handing publications on without a network: copying them to a stick or folder, with a check list."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from jobcentre_desk.desk.handing_on import HandedOn, chosen_to_hand_on
from jobcentre_desk.desk.stick_files import (
    ZIP,
    Copy,
    Progress,
    discard,
    finish,
    require_free_place,
    told_when_unwritable,
    write_copy,
)
from jobcentre_desk.desk.stick_looking import StickPublication, StickState, look_at_stick
from jobcentre_desk.desk.sync import SyncResult, sync
from jobcentre_desk.errors import FileUnwritable, InputRefused
from jobcentre_desk.model.services import Watch
from jobcentre_desk.paths import Home
from jobcentre_desk.sources.kept_files import KeptFiles
from jobcentre_desk.task import Task
from jobcentre_desk.text import count
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

__all__ = ["StickPublication", "StickResult", "StickState", "copy_to_stick", "look_at_stick", "take_from_stick"]

ROOM_FOR_NAMES = 1_000_000
"""Bytes beside the files themselves: folders, check lists, rounding to blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedPublication:
    """A publication that lies at `place` now, proved by reading it back."""

    source: str
    publisher: str
    publisher_name: str
    key_id: str
    sequence: int
    released: str
    files: int
    bytes: int
    needs_access: bool
    place: Path


@dataclass(frozen=True, slots=True)
class StickResult:
    """What was copied."""

    publications: tuple[CopiedPublication, ...]

    @property
    def access_sentence(self) -> str:
        """What whoever receives the stick must know about access; "" where the figures are for everyone."""
        names = [copied.publisher_name for copied in self.publications if copied.needs_access]
        if not names:
            return ""
        return _(
            "The figures of {publishers} were given to certain authorities. Whoever receives them needs access of"
            " their own and confirms in the program who gave it, and on what legal basis."
        ).format(publishers=", ".join(dict.fromkeys(names)))


def copy_to_stick(home: Home, workspace: Workspace, out: Path, *, names: Sequence[str] = (), task: Task) -> StickResult:
    """Copy the newest releases of the sources `names` (all that are signed when empty) as they were published.

    `out` is a folder, which gets one folder for each publisher, or a .zip; several publications then make
    `<name>-<publisher>.zip` each. All are written beside their places and read back before any gets its name; what
    was there of them before gives way. Raises InputRefused, FileUnwritable and TaskCancelled; nothing half is left.
    """
    chosen = _one_of_each(chosen_to_hand_on(home, workspace, names))
    kept = KeptFiles(home.releases)
    copies = [Copy(handed=handed, place=place, kept=kept) for handed, place in _places(chosen, out)]
    total = sum(handed.bytes for handed in chosen)
    _require_room(out, total)
    progress = Progress(task, 2 * total)
    with told_when_unwritable(out), _folder_for(out), _thrown_away_when_failing(copies):
        for copy in copies:
            require_free_place(copy)
            _require_no_newer(copy, home, workspace, task)
        for copy in copies:
            write_copy(copy, progress, task)
        for copy in copies:
            finish(copy)
    return StickResult(tuple(_copied(copy) for copy in copies))


def take_from_stick(
    home: Home,
    workspace: Workspace,
    path: Path,
    *,
    names: Sequence[str] = (),
    task: Task,
    watch: Watch | None = None,
) -> SyncResult:
    """Bring the sources whose publishers are known here to the releases at `path`, with all checks of a sync.

    `names` takes those sources alone; `watch` is told how far each is. Where the sources stand stays as it was. What
    is older than what is here, was altered or is signed with another key fails in the result, and the figures here
    stay. Raises InputRefused where nothing at `path` belongs to a source, and what `sync` raises.
    """
    found = look_at_stick(home, workspace, path, task=task)
    known = _best_of_each_source(found)
    for name in names:
        if name not in known:
            raise InputRefused(
                _("Nothing at {path} belongs to {name}.").format(path=path, name=name),
                _("See what is there with 'stick --look'."),
            )
    if not known:
        raise _nothing_known(found, path)
    wanted = [name for name in known if not names or name in names]
    locations = {name: str(known[name].place.absolute()) for name in wanted}
    return sync(home, workspace, wanted, task=task, locations=locations, watch=watch)


def _best_of_each_source(found: Sequence[StickPublication]) -> dict[str, StickPublication]:
    """The newest honest publication for each source; a refused one where there is no other."""
    best: dict[str, StickPublication] = {}
    for each in found:
        former = best.get(each.source)
        if each.source and (former is None or _worth(each) > _worth(former)):
            best[each.source] = each
    return best


def _worth(found: StickPublication) -> tuple[bool, int]:
    return found.state is not StickState.REFUSED, found.sequence


def _nothing_known(found: Sequence[StickPublication], path: Path) -> InputRefused:
    if not found:
        return InputRefused(
            _("There is no publication at {path}.").format(path=path),
            _("Choose the folder or .zip that the publication was copied to, or the stick itself."),
            error_id="no_publication",
        )
    refused = next((each for each in found if each.state is StickState.REFUSED), None)
    if refused is not None:
        return InputRefused(refused.sentence, _("Nothing was taken from the stick."), error_id="stick_refused")
    return InputRefused(
        _("No source here has the key {keys} that the publications at {path} are signed with.").format(
            keys=", ".join(dict.fromkeys(each.key_id or _("(none)") for each in found)), path=path
        ),
        _("Compare the key id with the publisher by phone, then add the folder as a source with that key."),
        error_id="publisher_unknown",
    )


def _one_of_each(chosen: Sequence[HandedOn]) -> list[HandedOn]:
    """Two sources of one publisher and key hold the same publication: the newest release of it is enough."""
    best: dict[tuple[str, str], HandedOn] = {}
    for handed in chosen:
        identity = (handed.publication.publisher, handed.key_id)
        if identity not in best or handed.publication.sequence > best[identity].publication.sequence:
            best[identity] = handed
    return list(best.values())


def _places(chosen: Sequence[HandedOn], out: Path) -> Iterator[tuple[HandedOn, Path]]:
    """Where each goes; two publishers who call themselves the same are told apart by their keys."""
    publishers = [handed.publication.publisher for handed in chosen]
    for handed in chosen:
        publisher = handed.publication.publisher
        name = publisher if publishers.count(publisher) == 1 else f"{publisher}-{handed.key_id.lower()}"
        if out.suffix.casefold() != ZIP:
            yield handed, out / name
        else:
            yield handed, out if len(chosen) == 1 else out.with_name(f"{out.stem}-{name}{out.suffix}")


def _require_room(out: Path, needed: int) -> None:
    there = next((folder for folder in (out, *out.absolute().parents) if folder.is_dir()), None)
    with told_when_unwritable(out):
        free = shutil.disk_usage(there).free if there is not None else 0
    if free < needed + ROOM_FOR_NAMES:
        raise FileUnwritable(
            _("The copy takes {needed} MB, and {place} has room for {free} MB.").format(
                needed=count((needed + ROOM_FOR_NAMES) / 1e6), place=out, free=count(free / 1e6)
            ),
            _("Make room or use another stick; nothing was copied."),
            error_id="stick_full",
        )


def _require_no_newer(copy: Copy, home: Home, workspace: Workspace, task: Task) -> None:
    """Refuse to write over a newer release of the same publisher: it should be taken, not lost."""
    if not copy.place.exists():
        return
    for there in look_at_stick(home, workspace, copy.place, task=task):
        same = there.key_id == copy.handed.key_id and there.state is StickState.NEWER
        if same and there.sequence > copy.handed.publication.sequence:
            raise InputRefused(
                _(
                    "{place} holds release {there} of {publisher}, newer than release {here} that would be copied."
                ).format(
                    place=copy.place,
                    there=count(there.sequence),
                    publisher=there.publisher_name,
                    here=count(copy.handed.publication.sequence),
                ),
                _("Take it from the stick first; nothing was copied."),
                error_id="newer_on_stick",
            )


@contextmanager
def _folder_for(out: Path) -> Iterator[None]:
    """The folder to write into; one that was made for it goes again when nothing was copied."""
    folder = out.parent if out.suffix.casefold() == ZIP else out
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for each in made:
            with suppress(OSError):
                each.rmdir()
        raise


@contextmanager
def _thrown_away_when_failing(copies: Sequence[Copy]) -> Iterator[None]:
    try:
        yield
    finally:
        for copy in copies:
            discard(copy)


def _copied(copy: Copy) -> CopiedPublication:
    handed = copy.handed
    return CopiedPublication(
        source=handed.source,
        publisher=handed.publication.publisher,
        publisher_name=handed.publication.publisher_name,
        key_id=handed.key_id,
        sequence=handed.publication.sequence,
        released=handed.publication.released,
        files=handed.files,
        bytes=handed.bytes,
        needs_access=handed.needs_access,
        place=copy.place,
    )
