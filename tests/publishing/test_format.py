"""The description of a publication: written, read back, and refused when it breaks the format."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from jobcentre_desk.errors import PublicationRefused
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import TABLE_COLUMNS, Access, Publication, Resource
from jobcentre_desk.publishing.format import (
    LARGEST_DESCRIPTION,
    content_hash,
    description_bytes,
    gzip_bytes,
    read_description,
    read_publication_object,
    resource_name,
    resource_path,
)
from jobcentre_desk.publishing.schemas import FORMATS, table_schema

HASH = "sha256:" + "ab" * 32


def resource(table: str, *, quarter: Quarter | None = None, measure: str = "") -> Resource:
    return Resource(
        name=resource_name(table, quarter=quarter, measure=measure),
        path=resource_path(table, quarter, measure, HASH),
        table=table,
        bytes=100,
        hash=HASH,
        content_hash=HASH,
        quarter=quarter,
    )


def publication(*resources: Resource, **changes: Any) -> Publication:
    facts = Publication(
        publisher="north-jutland",
        publisher_name="Nordjylland",
        sequence=7,
        released="2026-04-15",
        next_release=None,
        stale_after="2026-09-01",
        definitions_version="1",
        outcomes_known_through=Quarter.of(2025, 4),
        access=Access.AUTHORITY,
        minimum_count=1,
        share_minimum_count=3,
        demonstration=False,
        languages=("da", "en"),
        next_key=None,
        outcome_window=1,
        resources=resources,
    )
    return replace(facts, **changes)


WHOLE = publication(
    resource("areas"),
    resource("employers"),
    resource("outcomes", quarter=Quarter.of(2025, 4)),
    resource("figures", measure="y30r21.rank"),
)


def test_a_description_reads_back_as_what_was_written() -> None:
    assert read_description(description_bytes(WHOLE)) == WHOLE


def test_the_same_publication_gives_the_same_bytes() -> None:
    assert description_bytes(WHOLE) == description_bytes(replace(WHOLE))


def test_paths_carry_table_part_and_sixteen_digits_of_the_hash() -> None:
    assert [resource.path for resource in WHOLE.resources] == [
        "tables/areas-abababababababab.csv.gz",
        "tables/employers-abababababababab.csv.gz",
        "tables/outcomes-2025q04-abababababababab.csv.gz",
        "tables/figures-y30r21.rank-abababababababab.csv.gz",
    ]


def test_every_table_has_a_schema_with_its_columns_in_order() -> None:
    assert set(FORMATS) == set(TABLE_COLUMNS)
    for table, columns in TABLE_COLUMNS.items():
        schema = table_schema(table)
        assert tuple(field["name"] for field in schema["fields"]) == columns
        assert set(schema["primaryKey"]) <= set(columns)


def test_the_description_is_a_data_package_of_version_two() -> None:
    package = json.loads(description_bytes(WHOLE))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for entry in package["resources"]:
        assert {"name", "path", "bytes", "hash", "content_hash", "schema"} <= set(entry)
    outcomes = package["resources"][2]["schema"]
    assert {"fields": ["cvr"], "reference": {"resource": "employers", "fields": ["cvr"]}} in outcomes["foreignKeys"]
    assert outcomes["missingValues"] == [""]


def test_compressed_bytes_carry_neither_time_nor_name() -> None:
    packed = gzip_bytes(b"code\n1\n")
    assert packed[4:8] == bytes(4)
    assert packed[3] == 0
    assert packed == gzip_bytes(b"code\n1\n")
    assert gzip.decompress(packed) == b"code\n1\n"


def test_a_hash_is_named_sha256() -> None:
    assert content_hash(b"x") == "sha256:" + hashlib.sha256(b"x").hexdigest()


Change = Callable[[dict[str, Any]], object]

BROKEN: dict[str, Change] = {
    "no_publication": lambda p: p.pop("publication"),
    "no_resources": lambda p: p.pop("resources"),
    "resources_no_list": lambda p: p.update(resources={}),
    "publisher_with_capitals": lambda p: p["publication"].update(publisher="Nord"),
    "publisher_with_line_feed": lambda p: p["publication"].update(publisher="nord\n"),
    "publisher_too_long": lambda p: p["publication"].update(publisher="n" * 41),
    "publisher_empty": lambda p: p["publication"].update(publisher=""),
    "sequence_zero": lambda p: p["publication"].update(sequence=0),
    "sequence_text": lambda p: p["publication"].update(sequence="7"),
    "sequence_fraction": lambda p: p["publication"].update(sequence=7.5),
    "sequence_true": lambda p: p["publication"].update(sequence=True),
    "sequence_beyond_exact_numbers": lambda p: p["publication"].update(sequence=2**53 + 1),
    "released_no_date": lambda p: p["publication"].update(released="April"),
    "released_impossible": lambda p: p["publication"].update(released="2026-02-30"),
    "stale_after_no_date": lambda p: p["publication"].update(stale_after="soon"),
    "known_through_short": lambda p: p["publication"].update(outcomes_known_through="2025Q4"),
    "access_unknown": lambda p: p["publication"].update(access="secret"),
    "minimum_count_zero": lambda p: p["publication"].update(minimum_count=0),
    "share_minimum_count_zero": lambda p: p["publication"].update(share_minimum_count=0),
    "share_minimum_count_21": lambda p: p["publication"].update(share_minimum_count=21),
    "demonstration_text": lambda p: p["publication"].update(demonstration="no"),
    "language_unknown": lambda p: p["publication"].update(languages=["de"]),
    "no_language": lambda p: p["publication"].update(languages=[]),
    "window_two": lambda p: p["publication"].update(outcome_window=2),
    "window_without_masking": lambda p: p["publication"].update(outcome_window=4),
    "masking_without_window": lambda p: p["publication"].update(minimum_count=5),
    "public_with_outcomes": lambda p: p["publication"].update(access="public"),
    "table_unknown": lambda p: p["resources"][0].update(name="persons"),
    "name_with_capitals": lambda p: p["resources"][2].update(name="outcomes-2025Q04"),
    "name_with_fifth_quarter": lambda p: p["resources"][2].update(name="outcomes-2025q05"),
    "figures_without_measure": lambda p: p["resources"][3].update(name="figures"),
    "outcomes_without_quarter": lambda p: p["resources"][2].update(name="outcomes"),
    "path_outside": lambda p: p["resources"][0].update(path="../areas-abababababababab.csv.gz"),
    "path_absolute": lambda p: p["resources"][0].update(path="/tables/areas-abababababababab.csv.gz"),
    "path_with_dots": lambda p: p["resources"][0].update(path="tables/../tables/areas-abababababababab.csv.gz"),
    "path_of_other_hash": lambda p: p["resources"][0].update(path="tables/areas-0000000000000000.csv.gz"),
    "path_backslash": lambda p: p["resources"][0].update(path="tables\\areas-abababababababab.csv.gz"),
    "path_list": lambda p: p["resources"][0].update(path=["tables/areas-abababababababab.csv.gz"]),
    "bytes_negative": lambda p: p["resources"][0].update(bytes=-1),
    "bytes_beyond_all_bounds": lambda p: p["resources"][0].update(bytes=10**12),
    "hash_md5": lambda p: p["resources"][0].update(hash="ab" * 16),
    "hash_capitals": lambda p: p["resources"][0].update(hash="sha256:" + "AB" * 32),
    "content_hash_missing": lambda p: p["resources"][0].pop("content_hash"),
    "schema_missing": lambda p: p["resources"][0].pop("schema"),
    "schema_of_other_columns": lambda p: p["resources"][0]["schema"]["fields"].pop(),
    "twice_the_same": lambda p: p["resources"].append(p["resources"][0]),
    "far_too_many": lambda p: p["resources"].extend([p["resources"][0]] * 2001),
}  # fmt: skip


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN.keys())
def test_a_description_that_breaks_a_rule_is_refused_with_a_sentence(change: Change) -> None:
    package = json.loads(description_bytes(WHOLE))
    change(package)
    with pytest.raises(PublicationRefused) as refused:
        read_description(json.dumps(package).encode())
    assert "datapackage.json" in refused.value.message
    assert refused.value.hint.endswith(".")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe",
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"publication": 1e999}',
        b'{"publication": NaN}',
        b'{"a": 1, "a": 2}',
        b'{"publication": ' + b"9" * 5000 + b"}",
        b" " * (LARGEST_DESCRIPTION + 1),
    ],
)
def test_what_is_no_description_at_all_is_refused(content: bytes) -> None:
    with pytest.raises(PublicationRefused):
        read_description(content)


def test_a_key_that_stands_twice_is_refused_although_json_would_take_the_last() -> None:
    twice = description_bytes(WHOLE).replace(b'"sequence": 7,', b'"sequence": 7, "sequence": 8,')
    with pytest.raises(PublicationRefused):
        read_description(twice)


def test_keys_that_came_later_do_no_harm() -> None:
    package = json.loads(description_bytes(WHOLE))
    package["publication"]["new"] = package["resources"][0]["new"] = package["new"] = 1
    assert read_description(json.dumps(package).encode()) == WHOLE


def masked(*quarters: Quarter) -> Publication:
    resources = tuple(resource("outcomes", quarter=quarter) for quarter in quarters)
    return publication(*resources, minimum_count=5, outcome_window=4)


def test_windows_of_four_end_a_multiple_of_four_quarters_before_known_through() -> None:
    read_description(description_bytes(masked(Quarter.of(2025, 4), Quarter.of(2023, 4))))
    with pytest.raises(PublicationRefused, match="window"):
        read_description(description_bytes(masked(Quarter.of(2025, 3))))


def test_windows_of_four_need_a_known_quarter_to_count_from() -> None:
    nowhere = replace(masked(Quarter.of(2025, 4)), outcomes_known_through=None)
    with pytest.raises(PublicationRefused, match="outcomes_known_through"):
        read_description(description_bytes(nowhere))


def test_a_public_publication_may_say_its_smallest_count() -> None:
    given = publication(resource("areas"), access=Access.PUBLIC, minimum_count=3)
    assert read_description(description_bytes(given)).minimum_count == 3


def test_a_publisher_may_leave_out_what_has_a_default() -> None:
    given = {"publisher": "n", "publisher_name": "N", "released": "2026-04-15", "definitions_version": "1"}
    for content in (given | {"access": "public"}, {"publication": given | {"access": "public"}}):
        read = read_publication_object(json.dumps(content).encode(), sequence=3, minimum_count=1)
        assert (read.sequence, read.share_minimum_count, read.languages) == (3, 3, ("da", "en"))


def test_the_minimum_count_of_the_command_wins_over_the_file() -> None:
    given = {"publisher": "n", "publisher_name": "N", "released": "2026-04-15", "definitions_version": "1"}
    content = json.dumps(given | {"access": "authority", "minimum_count": 3}).encode()
    assert read_publication_object(content, sequence=1, minimum_count=1).minimum_count == 3
    assert read_publication_object(content, sequence=1, minimum_count=5).minimum_count == 5


def test_a_publisher_must_say_who_may_see_the_figures() -> None:
    given = {"publisher": "n", "publisher_name": "N", "released": "2026-04-15", "definitions_version": "1"}
    with pytest.raises(PublicationRefused, match=r"publication\.json.*access"):
        read_publication_object(json.dumps(given).encode(), sequence=1, minimum_count=1)
    with pytest.raises(PublicationRefused):
        read_publication_object(b'{"publication": []}', sequence=1, minimum_count=1)
