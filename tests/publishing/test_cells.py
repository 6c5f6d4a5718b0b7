"""One cell: what each kind of column takes, how it is written, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcentre_desk.publishing.cells import CellRefused, read_cell
from jobcentre_desk.publishing.schemas import FORMATS, LONGEST_PROSE, LONGEST_TEXT, Field, Kind

ACCEPTED: dict[Kind, dict[str, str]] = {
    Kind.TEXT: {
        "Søstrene  Hansen": "Søstrene Hansen",
        "<b>AT&T</b>": "<b>AT&T</b>",
        "=1+1": "=1+1",
        "e\u0301": "é",
        "a\u202eb": "a b",
        "a\0b": "a b",
        "x" * 300: "x" * LONGEST_TEXT,
        "NA": "NA",
        "Ł": "Ł",
    },
    Kind.PROSE: {"Et?\r\nTo? \n\n Tre?": "Et?\nTo?\nTre?", "y" * 9999: "y" * LONGEST_PROSE},
    Kind.CODE: {"047.1": "047.1", "fund-12": "fund-12", "A": "A", "all": "all"},
    Kind.CODES: {"851;860": "851;860", "851": "851"},
    Kind.ID: {"y30r21.rank": "y30r21.rank"},
    Kind.CVR: {"10000009": "10000009"},
    Kind.QUARTER: {"2025Q03": "2025Q03"},
    Kind.PERIOD: {text: text for text in ("2025Q03", "2026M06", "2022QMAT04", "2025Y01", "2025MYTD11")},
    Kind.DATE: {"2026-02-28": "2026-02-28"},
    Kind.INTEGER: {"0": "0", "-3": "-3", "007": "7"},
    Kind.DECIMAL: {text: text for text in ("10.05", "-0.20", "0", "7.50")},
    Kind.FLAG: {"true": "true", "1": "true", "false": "false", "0": "false"},
    Kind.CHOICE: {"north": "north"},
    Kind.ADDRESS: {"https://example.org/a?b=1": "https://example.org/a?b=1"},
}

REFUSED: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: ("\u200b", " ", "\0"),
    Kind.PROSE: ("\n\n", " "),
    Kind.CODE: ("a b", "ø", "x" * 41, "-1", "a\n", "../x", " 851"),
    Kind.CODES: ("851;", ";851", "851,860", "851; 860"),
    Kind.ID: ("Rank", "../x", "x" * 81, "a b", "a/b"),
    Kind.CVR: ("10000008", "1000000", "100000090", "١٠٠٠٠٠٠٩", "1e7", " 10000009", "1000000९"),
    Kind.QUARTER: ("2025Q3", "2025Q05", "2025-Q03", "25Q03", "2025q03", "2025Q03\n"),
    Kind.PERIOD: ("2025Q3", "2025Q05", "2026M13", "2026M00", "2025Y02", "2022QMAT05", "2022", "2025k01"),
    Kind.DATE: ("2026-02-29", "2026-2-1", "01-02-2026", "2026-02-01T00:00", "20260201"),
    Kind.INTEGER: ("1.0", "1e3", "+1", "1 000", "NaN", "inf", "0x1", "1_000", "١", "1" * 10, "--1"),
    Kind.DECIMAL: ("10,05", "1e3", "NaN", "inf", "-inf", ".5", "5.", "+1", "1_0", "1.1.1", "٫5", "-"),
    Kind.FLAG: ("yes", "True", "TRUE", "ja", "2", ""),
    Kind.CHOICE: ("North", "south", " north"),
    Kind.ADDRESS: ("javascript:alert(1)", "file:///etc/passwd", "http://", "https://a b", "example.org", "https://ø"),
}


def field(kind: Kind, *, required: bool = True, low: int | None = None, high: int | None = None) -> Field:
    return Field(name="cell", kind=kind, required=required, choices=("north",), low=low, high=high)


@pytest.mark.parametrize("kind", Kind)
def test_good_cells_are_taken_and_written_one_way(kind: Kind) -> None:
    for raw, written in ACCEPTED[kind].items():
        assert read_cell(field(kind), raw) == written
        assert read_cell(field(kind), written) == written


@pytest.mark.parametrize("kind", Kind)
def test_bad_cells_are_refused_with_a_sentence(kind: Kind) -> None:
    for raw in REFUSED[kind]:
        with pytest.raises(CellRefused) as refused:
            read_cell(field(kind), raw)
        assert str(refused.value).endswith(".")


@pytest.mark.parametrize("kind", Kind)
def test_an_empty_cell_is_nothing_where_it_may_be(kind: Kind) -> None:
    assert read_cell(field(kind, required=False), "") is None
    with pytest.raises(CellRefused, match="empty"):
        read_cell(field(kind), "")


def test_bounds_include_their_ends() -> None:
    for kind in (Kind.INTEGER, Kind.DECIMAL):
        assert read_cell(field(kind, low=0, high=1), "0") == "0"
        assert read_cell(field(kind, low=0, high=1), "1") == "1"
        for raw in ("-1", "2"):
            with pytest.raises(CellRefused):
                read_cell(field(kind, low=0, high=1), raw)


@given(st.text(max_size=300), st.sampled_from(list(Kind)))
def test_what_was_read_reads_the_same_again(raw: str, kind: Kind) -> None:
    try:
        written = read_cell(field(kind, required=False), raw)
    except CellRefused:
        return
    assert read_cell(field(kind, required=False), written or "") == written


def test_every_kind_is_used_by_some_table_but_that_of_traineeships() -> None:
    used = {column.kind for layout in FORMATS.values() for column in layout.fields}
    assert used == set(Kind)
