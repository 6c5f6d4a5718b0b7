"""The mapping of a file's columns as JSON: what it says is checked, and it comes back as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobcentre_desk.desk.import_mapping import layout_key, mapping_data, mapping_of, read_mapping
from jobcentre_desk.errors import InputRefused
from jobcentre_desk.model.imports import ColumnMapping, ImportMapping, Target


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "It is not correct JSON."),
        ("[" * 100_000, "It is not correct JSON."),
        ("[]", "It has no object “columns”."),
        ('{"columns": {"CVR-nr.": "cvr number"}}', "“cvr number” of the column “CVR-nr.” is none of period, cvr"),
        ('{"columns": {"CVR-nr.": null}}', "is none of period, cvr"),
        ('{"columns": {}, "colour": ""}', "“colour” is none of its keys."),
        ('{"columns": {}, "sheet": 1}', "Encoding, separator and sheet are texts."),
    ],
)
def test_a_mapping_that_says_nothing_usable_is_refused(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read_mapping(path)
    assert words in str(refused.value)
    assert "--suggest" in refused.value.hint


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        read_mapping(tmp_path / "nowhere.json")


def test_a_mapping_comes_back_as_it_was_written() -> None:
    columns = (
        ColumnMapping(column="CVR", target=Target.CVR),
        ColumnMapping(column="Note", target=Target.NOTHING),
    )
    mapping = ImportMapping(columns=columns, encoding="utf-8", separator=";", sheet="Ark1")
    assert mapping_of(mapping_data(mapping)) == mapping


def test_a_layout_is_known_by_its_column_names_in_any_order() -> None:
    assert layout_key(("a", "b")) == layout_key(("b", "a"))
    assert layout_key(("a", "b")) != layout_key(("a", "c"))


def test_a_kind_of_column_moves_from_one_column_to_another() -> None:
    mapping = mapping_of({"columns": {"a": "cvr", "b": "", "c": "name"}}).with_target("b", Target.CVR)
    assert mapping_data(mapping)["columns"] == {"a": "", "b": "cvr", "c": "name"}
