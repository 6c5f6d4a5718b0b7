"""Employers read as columns: in order of CVR, names made plain, every broken rule told by row and column."""

from __future__ import annotations

import numpy as np
import pytest
from tests.builders.small_publication import CVR, TABLES, table_csv

from jobcentre_desk.model.employers import is_cvr
from jobcentre_desk.publishing.columns import KnownCodes
from jobcentre_desk.publishing.read_employers import employers_bytes, read_employers
from jobcentre_desk.publishing.row_problems import RowsRefused
from jobcentre_desk.text import clean

CODES = KnownCodes(
    areas={"000": 0, "081": 1, "820": 2, "851": 3, "860": 4},
    municipalities=frozenset({"820", "851", "860"}),
    branches={"47.1": 7, "47.11": 8, "H": 9},
)
GOOD = table_csv("employers", *TABLES["employers"])


def problems_of(*lines: str) -> list[tuple[int, str]]:
    with pytest.raises(RowsRefused) as refused:
        read_employers(table_csv("employers", *lines), file="employers.csv", codes=CODES)
    assert all(problem.file == "employers.csv" for problem in refused.value.problems)
    return [(problem.row, problem.column) for problem in refused.value.problems]


def test_employers_come_as_columns_of_ids() -> None:
    employers = read_employers(GOOD, file="f", codes=CODES)
    assert employers.cvr == list(CVR)
    assert employers.name == ["Nørre Brød A/S", "Østergård, Hansen & Søn I/S", "Ålborg Fragt ApS", "Łódź Import"]
    assert employers.branch.tolist() == [8, 7, 9, 8]
    assert employers.municipality.tolist() == [3, 4, 3, 2]
    assert employers.size_band == ["1-4", "5-9", "", "1-4"]
    assert employers.sole_proprietor.tolist() == [False, True, False, False]
    assert employers.advertising_protected.tolist() == [False, False, True, False]


def test_employers_write_back_as_they_were() -> None:
    assert employers_bytes(read_employers(GOOD, file="f", codes=CODES), CODES) == GOOD


def test_employers_are_put_in_order_and_identical_rows_merged() -> None:
    lines = [*TABLES["employers"][::-1], TABLES["employers"][1]]
    assert employers_bytes(read_employers(table_csv("employers", *lines), file="f", codes=CODES), CODES) == GOOD


HOSTILE = (
    "=cmd|' /C calc'!A0", "<img src=x onerror=1>", "Jensen <A/S>", "AT&T", "a\u202etxt", "Nu\u200bl", "e\u0301",
    "a\tb", "  x  ", "x" * 10_000, "NA", "null", "-1+1", "\u0149", "ﬁ", "日本", "😀",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_any_name_becomes_the_same_plain_text_as_by_clean(name: str) -> None:
    line = f"{CVR[0]},{name},H,851,,0,1"
    for lines in ([line], [line, TABLES["employers"][1]]):
        assert read_employers(table_csv("employers", *lines), file="f", codes=CODES).name[0] == clean(name)


BROKEN = (
    ("10000008,N,H,851,,false,false", "cvr"),
    ("1000000,N,H,851,,false,false", "cvr"),
    ("0010000009,N,H,851,,false,false", "cvr"),
    (",N,H,851,,false,false", "cvr"),
    ("١٠٠٠٠٠٠٩,N,H,851,,false,false", "cvr"),
    ("10000041,,H,851,,false,false", "name"),
    ("10000041,\u200b,H,851,,false,false", "name"),
    ("10000041,N,X,851,,false,false", "branch"),
    ("10000041,N,,851,,false,false", "branch"),
    ("10000041,N,H,999,,false,false", "municipality"),
    ("10000041,N,H,081,,false,false", "municipality"),
    ("10000041,N,H,000,,false,false", "municipality"),
    ("10000041,N,H,851,,maybe,false", "sole_proprietor"),
    ("10000041,N,H,851,,false,", "advertising_protected"),
    ("10000041,N,H,851,,false", ""),
    ("10000041,N,H,851,,false,false,", ""),
    (f"{CVR[0]},Andet navn,47.11,851,1-4,false,false", "cvr"),
    (f"{CVR[0]},Nørre Brød A/S,47.1,851,1-4,false,false", "cvr"),
)  # fmt: skip


@pytest.mark.parametrize(("line", "column"), BROKEN)
def test_each_rule_refuses_its_row_and_names_the_column(line: str, column: str) -> None:
    assert problems_of(*TABLES["employers"], line) == [(6, column)]
    quoted = ",".join(f'"{cell}"' for cell in line.split(","))
    assert problems_of(*TABLES["employers"], quoted) == [(6, column)]


def test_the_first_hundred_problems_are_told_in_the_order_of_rows() -> None:
    problems = problems_of(*["10000008,,X,851,,false,false"] * 80)
    assert len(problems) == 100
    assert problems[:4] == [(2, "cvr"), (2, "name"), (2, "branch"), (3, "cvr")]


def test_a_header_alone_is_no_employer() -> None:
    assert len(read_employers(table_csv("employers"), file="f", codes=CODES)) == 0


def cvr_numbers(count: int) -> list[str]:
    """The first numbers from 20 million whose digits, weighted, add up to a multiple of 11."""
    numbers = np.arange(20_000_000, 20_000_000 + 12 * count)
    digits = numbers[:, np.newaxis] // 10 ** np.arange(7, -1, -1) % 10
    return [str(number) for number in numbers[digits @ (2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0][:count]]


def test_thousands_of_employers_keep_their_cells_together() -> None:
    numbers = cvr_numbers(45_000)
    lines = [
        f'{cvr},"Firma, nr. {n}",H,851,{n % 5},false,true' if n % 3 else f"{cvr},Firma nr. {n},47.1,860,,true,false"
        for n, cvr in enumerate(numbers)
    ]
    employers = read_employers(table_csv("employers", *lines), file="f", codes=CODES)
    assert employers.cvr == numbers
    assert all(is_cvr(number) for number in numbers[:100])
    assert employers.name == [f"Firma, nr. {n}" if n % 3 else f"Firma nr. {n}" for n in range(len(numbers))]
    assert employers.branch.tolist() == [9 if n % 3 else 7 for n in range(len(numbers))]
    assert employers.sole_proprietor.tolist() == [n % 3 == 0 for n in range(len(numbers))]
