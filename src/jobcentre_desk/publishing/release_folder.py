"""The folder a release is written to: tables first, then the signature, then the description, each by rename."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from jobcentre_desk.files import write_atomically
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE, TABLE_COLUMNS, Publication, Resource
from jobcentre_desk.publishing import trust
from jobcentre_desk.publishing.format import (
    content_hash,
    description_bytes,
    gzip_bytes,
    read_description,
    resource_name,
    resource_path,
)
from jobcentre_desk.publishing.read_back import check_tables, read_signed
from jobcentre_desk.publishing.verify import verify_description
from jobcentre_desk.task import Task

_TABLES = "tables"
_ORDER = tuple(TABLE_COLUMNS)


@dataclass(slots=True)
class ReleaseFolder:
    """One release on its way into a folder; `former` is the release that stands there, if any."""

    folder: Path
    former: Publication | None = None
    resources: list[Resource] = field(default_factory=list)

    def write_table(self, table: str, csv: bytes, *, quarter: Quarter | None = None, measure: str = "") -> Resource:
        """Write one table, or keep the former file where the CSV in it is the same; raises OSError."""
        name = resource_name(table, quarter=quarter, measure=measure)
        resource = self._unchanged(name, content_hash(csv))
        if resource is None:
            packed = gzip_bytes(csv)
            sha = content_hash(packed)
            resource = Resource(
                name=name,
                path=resource_path(table, quarter, measure, sha),
                table=table,
                bytes=len(packed),
                hash=sha,
                content_hash=content_hash(csv),
                quarter=quarter,
            )
            (self.folder / _TABLES).mkdir(parents=True, exist_ok=True)
            write_atomically(self.folder / resource.path, packed)
        self.resources.append(resource)
        return resource

    def finish(self, publication: Publication, secret_key: trust.SecretKey | None, *, task: Task) -> Publication:
        """Sign and describe what was written, and read all of it back; gives the release as a reader sees it.

        Without a key the release is unsigned: only a person's own file is kept so, on the computer it was loaded on.
        Nothing is replaced before the new tables, signature and description hold together. Files that neither
        this release nor the former names are deleted; the former's stay for those who are just fetching them.
        """
        resources = sorted(self.resources, key=lambda resource: (_ORDER.index(resource.table), resource.name))
        description = description_bytes(replace(publication, resources=tuple(resources)))
        signature, key_line = None, None
        if secret_key is not None:
            signature = trust.sign(description, secret_key, publication.publisher, publication.sequence)
            key_line = trust.public_key_of(secret_key)
        checked = verify_description(description, signature, key_line=key_line)
        check_tables(self.folder, checked, task=task)
        if signature is not None:
            write_atomically(self.folder / SIGNATURE, signature)
        write_atomically(self.folder / DESCRIPTION, description)
        finished = read_signed(self.folder, key_line=key_line)
        self._delete_forgotten(finished)
        return finished

    def _unchanged(self, name: str, csv_hash: str) -> Resource | None:
        resources = self.former.resources if self.former else ()
        found = next((r for r in resources if r.name == name and r.content_hash == csv_hash), None)
        if found is None or not (self.folder / found.path).is_file():
            return None
        return found if content_hash((self.folder / found.path).read_bytes()) == found.hash else None

    def _delete_forgotten(self, finished: Publication) -> None:
        releases = [finished] if self.former is None else [finished, self.former]
        named = {resource.path for release in releases for resource in release.resources}
        for path in (self.folder / _TABLES).glob("*.csv.gz"):
            if f"{_TABLES}/{path.name}" not in named:
                path.unlink()


def former_release(folder: Path) -> Publication | None:
    """The release that stands in a folder, unsigned or not; None where there is none. Raises PublicationRefused."""
    description = folder / DESCRIPTION
    return read_description(description.read_bytes()) if description.is_file() else None
