"""The demonstration publication: invented figures in the real format, from one seed, in three sizes and any release."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from jobcentre_desk.errors import FileUnwritable, InputRefused, PublicationRefused
from jobcentre_desk.files import sync_folder, write_atomically
from jobcentre_desk.model.publication import DESCRIPTION, SIGNATURE, Access, Publication, Resource
from jobcentre_desk.publishing import format as publication_format
from jobcentre_desk.publishing import trust
from jobcentre_desk.publishing.demo_recipe import DemoSize, Recipe, read_recipe
from jobcentre_desk.publishing.demo_tables import DemoTable, demo_tables, table_count
from jobcentre_desk.publishing.read_back import read_back
from jobcentre_desk.task import Task
from jobcentre_desk.text import translate as _

PUBLISHER = "demonstration"
PUBLISHER_NAME = "Demonstration: opdigtede tal / invented figures"
_MONTHS_A_QUARTER = 3
_RELEASE_DAY = 15


def write_demonstration(out: Path, *, size: str = "small", release: int = 1, task: Task) -> Publication:
    """Write a release of the demonstration to the folder `out`, and its public key beside it as `<out>.pub`.

    The bytes depend on size, release and program version alone. A demonstration that is there already is replaced
    as a whole when the new one is complete and has been read back. Any other folder that is not empty is refused
    (InputRefused), one that cannot be written raises FileUnwritable.
    """
    recipe = read_recipe()
    chosen = recipe.size(size)
    out = out.absolute()
    _check_request(out, release)
    unfinished = out.with_name(f".{out.name}.part")
    try:
        _restore_former(out)
        shutil.rmtree(unfinished, ignore_errors=True)
        (unfinished / "tables").mkdir(parents=True)
        _write_release(unfinished, recipe, chosen, release, task)
        publication = read_back(unfinished, key_line=trust.DEMONSTRATION_KEY, task=task)
        _replace_folder(unfinished, out)
        write_atomically(out.with_name(f"{out.name}.pub"), trust.public_key_file(trust.DEMONSTRATION_KEY))
    except OSError as error:
        raise FileUnwritable(
            _("The demonstration figures cannot be written to {folder}.").format(folder=out),
            _("Choose a folder that you may write to, with enough room."),
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return publication


def _check_request(out: Path, release: int) -> None:
    if release < 1:
        raise InputRefused(
            _("There is no release {release} of the demonstration.").format(release=release),
            _("The first one is release 1."),
        )
    if not _may_be_replaced(out):
        raise InputRefused(
            _("{folder} holds something else than demonstration figures.").format(folder=out),
            _("Choose an empty folder or a new one; nothing was changed."),
        )


def _may_be_replaced(out: Path) -> bool:
    if not out.exists():
        return True
    if not out.is_dir():
        return False
    if not any(out.iterdir()):
        return True
    try:
        return publication_format.read_description((out / DESCRIPTION).read_bytes()).demonstration
    except (OSError, PublicationRefused):
        return False


def _write_release(folder: Path, recipe: Recipe, size: DemoSize, release: int, task: Task) -> None:
    total = table_count(recipe, release)
    resources = []
    for done, table in enumerate(demo_tables(recipe, size, release)):
        task.report(done, total, _("Writing demonstration figures"))
        resources.append(_write_table(folder, table))
    publication = _publication(recipe, release, tuple(resources))
    description = publication_format.description_bytes(publication)
    signature = trust.sign(description, trust.demonstration_secret_key(), PUBLISHER, release)
    write_atomically(folder / SIGNATURE, signature)
    write_atomically(folder / DESCRIPTION, description)
    task.report(total, total, _("Writing demonstration figures"))


def _write_table(folder: Path, table: DemoTable) -> Resource:
    packed = publication_format.gzip_bytes(table.csv)
    sha = publication_format.content_hash(packed)
    path = publication_format.resource_path(table.table, table.quarter, table.measure, sha)
    (folder / path).write_bytes(packed)
    return Resource(
        name=publication_format.resource_name(table.table, quarter=table.quarter, measure=table.measure),
        path=path,
        table=table.table,
        bytes=len(packed),
        hash=sha,
        content_hash=publication_format.content_hash(table.csv),
        quarter=table.quarter,
    )


def _publication(recipe: Recipe, release: int, resources: tuple[Resource, ...]) -> Publication:
    """A release comes a fortnight after its last quarter; the next one a quarter later, stale a month after that."""
    return Publication(
        publisher=PUBLISHER,
        publisher_name=PUBLISHER_NAME,
        sequence=release,
        released=str(_release_day(recipe, release)),
        next_release=str(_release_day(recipe, release + 1)),
        stale_after=str(_release_day(recipe, release + 1) + dt.timedelta(days=31)),
        definitions_version=str(release),
        outcomes_known_through=recipe.known(release),
        access=Access.AUTHORITY,
        minimum_count=1,
        share_minimum_count=3,
        demonstration=True,
        languages=("da", "en"),
        next_key=None,
        outcome_window=1,
        resources=resources,
    )


def _release_day(recipe: Recipe, release: int) -> dt.date:
    following = recipe.last_quarter.plus(release)
    return dt.date(following.year, _MONTHS_A_QUARTER * (following.number - 1) + 1, _RELEASE_DAY)


def _replace_folder(finished: Path, out: Path) -> None:
    """Put the finished folder in the place of the old one; if that fails the old one is put back."""
    if out.exists():
        out.rename(_former(out))
    try:
        finished.rename(out)
    except OSError:
        _restore_former(out)
        raise
    sync_folder(out.parent)
    shutil.rmtree(_former(out), ignore_errors=True)


def _restore_former(out: Path) -> None:
    """After a break between the two renames the old folder still lies beside; bring it back, or tidy it away."""
    former = _former(out)
    if former.exists() and not out.exists():
        former.rename(out)
    shutil.rmtree(former, ignore_errors=True)


def _former(out: Path) -> Path:
    return out.with_name(f".{out.name}.former")
