"""Looking at a stick: which publications lie there, who signed them, and how each stands beside what is here."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from jobcentre_desk.cache.publishers import description_hash
from jobcentre_desk.cache.snapshot import LoadedSource, Snapshot, open_newest, sources
from jobcentre_desk.desk.keeping import keeping
from jobcentre_desk.desk.publisher_keys import highest_seen, key_ids, trusted_keys
from jobcentre_desk.errors import DeskError, PublicationRefused, SourceUnreachable
from jobcentre_desk.model.publication import DESCRIPTION, Publication
from jobcentre_desk.model.services import SourceKind
from jobcentre_desk.model.workspace_records import SourceEntry
from jobcentre_desk.paths import Home
from jobcentre_desk.publishing import trust
from jobcentre_desk.publishing.format import read_description
from jobcentre_desk.sources.publication_source import PublicationSource, open_source, read_release
from jobcentre_desk.sources.zip_source import holds_publication
from jobcentre_desk.task import Task
from jobcentre_desk.text import count, date
from jobcentre_desk.text import translate as _
from jobcentre_desk.workspace.store import Workspace

MOST_PLACES = 200
ZIP = ".zip"


class StickState(StrEnum):
    """How a publication on a stick stands beside what is here."""

    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class StickPublication:
    """A publication found at `place`; `source` is the one here that trusts its key ("" = none does).

    Until a source trusts the key, publisher and date are only what the files say. `here` is the release in use of
    that source (None = none yet). `sentence` tells how it stands, in the words of the person's language.
    """

    place: Path
    state: StickState
    sentence: str
    source: str = ""
    publisher: str = ""
    publisher_name: str = ""
    key_id: str = ""
    sequence: int = 0
    released: str = ""
    bytes: int = 0
    here: int | None = None
    here_released: str = ""


def look_at_stick(
    home: Home, workspace: Workspace, path: Path, *, task: Task | None = None
) -> tuple[StickPublication, ...]:
    """The publications in the folder `path`, in its folders, and in its .zip files; `path` may be a .zip itself.

    Signatures of known publishers are verified, and the files that are not here yet are looked for and measured; their
    content is read when they are taken. Raises SourceUnreachable when `path` cannot be read.
    """
    newest = open_newest(home, check_hash=False)
    try:
        looker = _Looker(home, workspace, newest, task or Task())
        return tuple(looker.look(place) for place in places_of(path))
    finally:
        if newest is not None:
            newest.close()


def places_of(path: Path) -> list[Path]:
    """Where publications lie at `path`: the .zip or folder itself, its folders, its .zip files."""
    try:
        if path.is_file():
            return [path] if path.suffix.casefold() == ZIP and holds_publication(path) else []
        inside = sorted(each for each in path.iterdir() if not each.name.startswith("."))
    except OSError as error:
        raise SourceUnreachable(
            _("{place} cannot be read: {cause}.").format(place=path, cause=error.strerror or error),
            _("Put the stick in, or choose the folder again; the figures you have stay in use."),
        ) from error
    own = [path] if (path / DESCRIPTION).is_file() else []
    return own + [each for each in inside[:MOST_PLACES] if _holds_publication(each)]


def _holds_publication(place: Path) -> bool:
    """Whether something of a stick is a publication; what cannot be read at all is not, but for a damaged .zip."""
    with suppress(OSError, SourceUnreachable):
        if place.is_dir():
            return (place / DESCRIPTION).is_file()
        if place.suffix.casefold() == ZIP:
            with suppress(PublicationRefused):
                return holds_publication(place)
    return False


@dataclass(frozen=True, slots=True)
class _Looker:
    home: Home
    workspace: Workspace
    newest: Snapshot | None
    task: Task

    def look(self, place: Path) -> StickPublication:
        self.task.stop_if_cancelled()
        try:
            found = open_source(str(place.absolute()), incoming=self.home.incoming, task=self.task)
            source = keeping(self.home, found, signed=True)
            source.waits = ()
        except DeskError as error:
            return StickPublication(place=place, state=StickState.REFUSED, sentence=str(error))
        try:
            return self._look_into(place, source)
        except DeskError as error:
            return StickPublication(place=place, state=StickState.REFUSED, sentence=str(error))
        finally:
            source.close()

    def _look_into(self, place: Path, source: PublicationSource) -> StickPublication:
        answer = source.read_description()
        assert answer is not None, "a place on a disk always answers"
        publication = read_description(answer.body)
        key_id = _signed_by(source)
        entry, loaded = self._source_of(publication, key_id)
        found = StickPublication(
            place=place,
            state=StickState.UNKNOWN,
            sentence=_unknown(key_id),
            publisher=publication.publisher,
            publisher_name=publication.publisher_name,
            key_id=key_id,
            sequence=publication.sequence,
            released=publication.released,
            bytes=sum(resource.bytes for resource in publication.resources),
        )
        return found if entry is None else self._beside(found, source, entry, loaded)

    def _source_of(self, publication: Publication, key_id: str) -> tuple[SourceEntry | None, LoadedSource | None]:
        """The source here that trusts the key, else one of the same publisher, whose key will then refuse it."""
        loaded = {each.name: each for each in sources(self.newest)} if self.newest else {}
        signed = [e for e in self.workspace.sources() if e.kind is SourceKind.PUBLICATION and not e.unsigned]

        def publisher_of(entry: SourceEntry) -> str:
            return loaded[entry.name].publisher if entry.name in loaded else ""

        trusting = [entry for entry in signed if key_id in key_ids(entry)]
        named = [entry for entry in signed if publisher_of(entry) == publication.publisher]
        both = [entry for entry in trusting if entry in named]
        fresh = [entry for entry in trusting if entry.name not in loaded]
        entry = next(iter((*both, *fresh, *trusting, *named)), None)
        return entry, loaded.get(entry.name) if entry is not None else None

    def _beside(
        self, found: StickPublication, source: PublicationSource, entry: SourceEntry, loaded: LoadedSource | None
    ) -> StickPublication:
        ids = key_ids(entry)
        here = loaded if loaded is not None and loaded.key_id in ids else None
        found = replace(
            found,
            source=entry.name,
            here=here.sequence if here else None,
            here_released=here.released if here else "",
        )
        try:
            release = read_release(source, keys=trusted_keys(entry), task=self.task)
            assert release is not None, "nothing was known before, so nothing can be unchanged"
            source.collect(release.publication.resources, task=self.task)
        except DeskError as error:
            return replace(found, state=StickState.REFUSED, sentence=str(error))
        seen = highest_seen(self.newest, self.workspace.sequence_seen, ids)
        highest, digest = (seen.sequence, seen.description_hash) if seen else (0, "")
        if found.sequence < max(highest, entry.at_least):
            return replace(found, state=StickState.OLDER, sentence=_older(found, max(highest, entry.at_least)))
        if found.sequence == highest and description_hash(release.description) != digest:
            return replace(found, state=StickState.REFUSED, sentence=_other_content(found))
        if here is not None and here.sequence == found.sequence:
            return replace(found, state=StickState.SAME, sentence=_("The same release is in use here already."))
        return replace(found, state=StickState.NEWER, sentence=_newer(found))


def _signed_by(source: PublicationSource) -> str:
    """The id of the key a signature names; "" for a publication without one. It proves nothing yet."""
    try:
        signature = source.read_signature()
    except (SourceUnreachable, PublicationRefused):
        return ""
    return trust.signer_id(signature)


def _unknown(key_id: str) -> str:
    if not key_id:
        return _("It is not signed, so nobody vouches for it and no source here takes it.")
    return _(
        "No source here trusts the key {key}. Compare it with the publisher by phone, then add the source."
    ).format(key=key_id)


def _newer(found: StickPublication) -> str:
    if found.here is None:
        return _("Nothing of {name} is here yet: this release comes in.").format(name=found.source)
    return _("Newer than release {here} of {day} that is here: it comes in.").format(
        here=count(found.here), day=_day(found.here_released)
    )


def _older(found: StickPublication, known: int) -> str:
    if found.here != known:
        return _("Older than release {known}, which is out already: it stays outside.").format(known=count(known))
    return _("Older than release {here} of {day} that is here: it stays outside.").format(
        here=count(known), day=_day(found.here_released)
    )


def _other_content(found: StickPublication) -> str:
    return _("It has the number of the release that is here, {here}, but another content: ask the publisher.").format(
        here=count(found.sequence)
    )


def _day(released: str) -> str:
    return date(dt.date.fromisoformat(released[:10]))
