"""The real figures of y30r21 through `publish`: every digit arrives."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from tests.builders.y30r21 import COLUMNS, GROUPS, PublishedFolder, publish_y30r21

from jobcentre_desk.model.publication import Access
from jobcentre_desk.publishing import trust
from jobcentre_desk.publishing.read_back import read_back
from jobcentre_desk.publishing.verify import check_resource
from jobcentre_desk.task import Task

pytestmark = pytest.mark.published


@pytest.fixture(scope="module")
def published(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> PublishedFolder:
    return publish_y30r21(shared_folder, tmp_path_factory.mktemp("y30r21"))


@pytest.fixture(scope="module")
def figures(published: PublishedFolder) -> dict[tuple[str, str, str, str], str]:
    found = {}
    for resource in (r for r in published.publication.resources if r.table == "figures"):
        text = check_resource(resource, (published.folder / resource.path).read_bytes()).decode()
        for row in csv.DictReader(io.StringIO(text)):
            found[(row["measure"], row["area"], row["period"], row["group"])] = row["value"]
    return found


def test_it_is_public_and_its_signature_holds(published: PublishedFolder) -> None:
    key_line = trust.parse_public_key(published.key_file.read_text(encoding="utf-8"))
    publication = read_back(published.folder, key_line=key_line, task=Task())
    assert publication.access is Access.PUBLIC
    assert (publication.sequence, publication.publisher) == (1, "star")


def test_every_municipality_period_group_and_measure_is_there(figures: dict[tuple[str, str, str, str], str]) -> None:
    assert len(figures) == 98 * 6 * len(GROUPS) * len(COLUMNS)
    assert {len({key[place] for key in figures}) for place in (0, 1, 2, 3)} == {7, 98, 6, 4}


def test_randers_has_its_published_digits(figures: dict[tuple[str, str, str, str], str]) -> None:
    def randers(measure: str) -> str:
        return figures[(f"y30r21.{measure}", "730", "2022QMAT04", "all")]

    assert (randers("expected_share"), randers("actual_share"), randers("rank")) == ("10.05", "10.08", "57")
    assert Decimal(randers("persons_difference")) == Decimal(randers("actual_persons")) - Decimal(
        randers("expected_persons")
    )
