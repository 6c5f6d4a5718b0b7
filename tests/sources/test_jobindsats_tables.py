"""What the service tells of its tables: subjects, dates, periods and levels, however it nests them."""

from __future__ import annotations

import json

import pytest
from tests.builders.jobindsats_reading import client_of
from tests.service.jobindsats_service import JobindsatsService

from jobcentre_desk.sources.jobindsats import offers
from jobcentre_desk.sources.jobindsats_tables import read_offers, read_table
from jobcentre_desk.sources.service_client import ServiceRefused

LEVELS = [
    {"level_id": "land", "values": [{"value_id": "/", "value_name": "Hele landet"}]},
    {"level_id": "i_alt", "values": [{"value_id": "/1/", "value_name": "A-kasse i alt"}]},
    {"level_id": "akassedp", "values": [{"value_id": "/1/7/", "value_name": "FOAs A-kasse"}]},
]
METADATA = {
    "table_id": "smt02",
    "table_name": "Samtaleformer",
    "update_freq": "m",
    "update_latest": "2026-07-26T08:00:00",
    "update_next": "27-08-2026",
    "mgroups": [{"mgroup_id": "mgrpsmt02_1", "mgroup_name": "Samtaler i alt"}, {"mgroup_id": "", "mgroup_name": "x"}],
    "periods": [{"periodtype_id": "M", "values": [{"period_id": one} for one in ("2026M04", "2026M03", "?")]}],
    "dimensions": [
        {"dimension_id": "_omrade", "hierarchies": [{"hierarchy_id": "_nykom", "levels": [LEVELS[0]]}]},
        {"dimension_id": "_akassedp", "hierarchies": [{"hierarchy_id": "_akassedp", "levels": LEVELS[1:]}]},
    ],
}


def test_metadata_is_read() -> None:
    table = read_table([METADATA], name="smt02")
    assert table is not None
    assert (table.title, table.update_kind, table.updated, table.next_update) == (
        "Samtaleformer", "M", "2026-07-26", "2026-08-27",
    )  # fmt: skip
    assert table.periods == {"M": ("2026M03", "2026M04")}
    assert table.measures == (("mgrpsmt02_1", "Samtaler i alt"),)
    places, funds = table.hierarchies
    assert (places.is_geography, places.total, funds.is_funds, funds.total) == (True, "/", True, "/1/")
    assert table.hierarchy("_omrade") == places
    assert table.hierarchy("_gone") is None


@pytest.mark.parametrize("told", [None, [], {}, "text", {"table_id": "x"}, [[[]]]])
def test_what_is_no_metadata_is_none(told: object) -> None:
    assert read_table(told, name="x") is None


def test_metadata_nested_without_end_does_no_harm() -> None:
    assert read_table(json.loads('{"dimensions": ' + "[" * 900 + "]" * 900 + "}"), name="x") is not None


def test_tables_are_offered_with_their_subject_and_dates() -> None:
    with JobindsatsService.of(None) as service, client_of(service) as client:
        found = {offer.table: offer for offer in offers(client)}
    offer = found["y14d03"]
    assert (offer.subject, offer.updated, offer.next_update) == (
        "Fra ydelse til beskæftigelse",
        "2026-07-21",
        "2026-08-24",
    )
    assert offer.title == "Virksomhedsrettede tilbud og efterfølgende beskæftigelse"


def test_a_plain_list_of_tables_gets_its_subjects_from_the_other_list() -> None:
    flat = [{"table_id": "Y01A02", "table_name": "Personer", "subject_id": "1123", "update_latest": "2026-07-21"}]
    with JobindsatsService.of(None) as service, client_of(service) as client:
        service.bodies = {"/tables": json.dumps({"tables": flat}).encode()}
        (offer,) = offers(client)
    assert (offer.table, offer.subject, offer.updated, offer.next_update) == ("y01a02", "A-dagpenge", "2026-07-21", "")


def test_a_table_under_two_subjects_is_offered_once() -> None:
    told = [{"subject_name": name, "tables": [{"table_id": "a", "table_name": "A"}]} for name in ("Første", "Andet")]
    assert [offer.subject for offer in read_offers(told, {})] == ["Første"]


def test_an_answer_without_tables_is_refused() -> None:
    with JobindsatsService.of(None) as service, client_of(service) as client:
        service.bodies = {"/tables": b'{"message": "Invalid API key"}'}
        with pytest.raises(ServiceRefused, match="no list of tables"):
            offers(client)
