"""The shipped code lists: complete, well formed, and nothing points nowhere."""

from __future__ import annotations

import json

import pytest

from jobcentre_desk.model.areas import AreaKind
from jobcentre_desk.model.classifications import Code, CodeTree
from jobcentre_desk.model.publication import CODE_LISTS, TABLE_COLUMNS
from jobcentre_desk.publishing.code_lists import code_list_rows
from jobcentre_desk.publishing.measure_list import measure_rows
from jobcentre_desk.publishing.read_tables import read_small_table, table_bytes


def _tree(table: str) -> CodeTree:
    rows = code_list_rows(table)
    return CodeTree(Code(r["code"], r["title_da"], r["title_en"], r["parent"], int(r["level"])) for r in rows)


@pytest.mark.parametrize("table", [*CODE_LISTS])
def test_every_code_list_passes_the_checks_of_the_format(table: str) -> None:
    rows = code_list_rows(table)
    read, problems = read_small_table(
        table, table_bytes(table, [dict[str, str | None](row) for row in rows]), file=f"{table}.csv"
    )
    assert problems == []
    assert len(read) == len(rows)
    assert tuple(rows[0]) == TABLE_COLUMNS[table]


def test_there_are_98_municipalities_five_regions_and_the_country() -> None:
    kinds = [row["kind"] for row in code_list_rows("areas")]
    counts = [kinds.count(kind) for kind in (AreaKind.COUNTRY, AreaKind.REGION, AreaKind.MUNICIPALITY)]
    assert counts == [1, 5, 98]


def test_neighbours_are_mutual_and_at_least_five() -> None:
    neighbours = {row["code"]: row["neighbours"].split(";") for row in code_list_rows("areas") if row["neighbours"]}
    assert len(neighbours) == 98
    for code, near in neighbours.items():
        assert len(near) >= 5
        assert code not in near
        assert all(code in neighbours[other] for other in near)


def test_randers_lies_beside_the_municipalities_around_it() -> None:
    randers = next(row for row in code_list_rows("areas") if row["code"] == "730")
    assert randers["neighbours"].split(";")[:4] == ["846", "710", "707", "706"]
    assert (randers["parent"], randers["peer_group"]) == ("082", "Provinsbykommuner")


def test_each_municipality_has_a_tile_of_its_own() -> None:
    rows = [row for row in code_list_rows("areas") if row["kind"] == AreaKind.MUNICIPALITY]
    assert len({(row["tile_column"], row["tile_row"]) for row in rows}) == 98


def test_branches_have_four_levels_each_under_the_one_above() -> None:
    tree = _tree("branches")
    assert [sum(code.level == level for code in tree) for level in (1, 2, 3, 4)] == [22, 87, 287, 651]
    assert all(tree[code.parent].level == code.level - 1 for code in tree if code.level > 1)
    assert [code.code for code in tree.ancestors("47.11")] == ["47.1", "47", "G"]


def test_occupations_go_down_to_four_digits() -> None:
    tree = _tree("occupations")
    assert [sum(code.level == level for code in tree) for level in (1, 2, 3, 4)] == [10, 42, 126, 429]
    assert tree["5223"].title_da == "Salgsarbejde i butik"
    assert tree["5223"].title_en == "Shop sales assistants"


@pytest.mark.parametrize("table", ["branches", "occupations"])
def test_every_code_has_a_title_in_both_languages(table: str) -> None:
    rows = code_list_rows(table)
    assert all(row["title_da"].strip() and row["title_en"].strip() for row in rows)
    alike = [row["code"] for row in rows if row["title_da"] == row["title_en"]]
    assert alike == []


def test_an_unknown_code_list_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="employers"):
        code_list_rows("employers")


def test_a_release_amends_one_definition_more_than_the_one_before() -> None:
    for release in range(1, 13):
        before = {row["id"]: row for row in measure_rows(release)}
        after = {row["id"]: row for row in measure_rows(release + 1)}
        changed = [name for name, row in after.items() if row != before[name]]
        assert len(changed) == 1, json.dumps(changed)
        assert changed[0].startswith("traineeship.")
        assert int(after[changed[0]]["definition_version"]) == int(before[changed[0]]["definition_version"]) + 1


def test_measures_hold_the_seven_of_y30r21_and_the_five_of_traineeships() -> None:
    ids = [row["id"] for row in measure_rows()]
    assert [name for name in ids if name.startswith("y30r21.")] == [
        f"y30r21.{name}"
        for name in (
            "expected_share", "actual_share", "difference", "rank",
            "expected_persons", "actual_persons", "persons_difference",
        )
    ]  # fmt: skip
    assert sum(name.startswith("traineeship.") for name in ids) == 5
