"""Outcomes read as columns: good ones exactly, broken ones refused by the rule they break."""

from __future__ import annotations

import csv
import io
import random
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders.small_publication import CVR, table_csv

from jobcentre_desk.model.employers import is_cvr
from jobcentre_desk.model.periods import Quarter
from jobcentre_desk.model.publication import TABLE_COLUMNS
from jobcentre_desk.publishing.columns import OUTCOME_COUNTS, OUTCOME_IDS, EmployerIds, KnownCodes, OutcomeColumns
from jobcentre_desk.publishing.outcome_csv import outcomes_bytes
from jobcentre_desk.publishing.read_outcomes import read_outcomes
from jobcentre_desk.publishing.row_problems import RowsRefused

QUARTER = Quarter.of(2025, 3)
COLUMNS = TABLE_COLUMNS["outcomes"]
CODES = KnownCodes(
    areas={"000": 0, "820": 2, "851": 1, "860": 3},
    municipalities=frozenset({"820", "851", "860"}),
    branches={"G": 0, "47.1": 1, "47.11": 2, "H": 3},
    occupations={"5": 0, "522": 1, "5223": 2},
    benefit_groups={"cash_benefit": 0, "unemployment_benefit": 1, "unemployment_benefit_young": 2},
    programmes={"traineeship": 0, "wage_subsidy": 1},
    employers=EmployerIds.of(CVR, [7, 5, 3, 1]),
)
KEY = f"2025Q03,{CVR[0]},851,47.11,5223,cash_benefit,traineeship"
OTHER = f"2025Q03,{CVR[1]},820,H,522,unemployment_benefit_young,wage_subsidy"


def read(content: bytes, **changes: object) -> OutcomeColumns:
    facts: dict[str, object] = {"file": "f", "quarter": QUARTER, "codes": CODES, "known_through": QUARTER}
    return read_outcomes(content, **(facts | changes))  # type: ignore[arg-type]


def lines(*rows: str) -> bytes:
    return table_csv("outcomes", *rows)


def problems_of(content: bytes, **changes: object) -> list[tuple[int, str]]:
    with pytest.raises(RowsRefused) as refused:
        read(content, **changes)
    return [(problem.row, problem.column) for problem in refused.value.problems]


def counts_of(columns: OutcomeColumns) -> list[list[int]]:
    return list(map(list, zip(*(getattr(columns, name).tolist() for name in OUTCOME_COUNTS), strict=True)))


def test_rows_come_as_ids_sorted_by_municipality_first() -> None:
    outcomes = read(lines(f"{OTHER},1,2,0,0,1", f"{KEY},3,4,1,1,0"))
    assert outcomes.municipality.tolist() == [1, 2]
    assert outcomes.employer.tolist() == [7, 5]
    assert outcomes.branch.tolist() == [2, 3]
    assert outcomes.occupation.tolist() == [2, 1]
    assert outcomes.benefit_group.tolist() == [0, 2]
    assert outcomes.programme.tolist() == [0, 1]
    assert counts_of(outcomes) == [[3, 4, 1, 1, 0], [1, 2, 0, 0, 1]]
    assert [outcomes.employer.dtype, outcomes.branch.dtype, outcomes.programme.dtype] == [np.int32, np.int16, np.int8]


def test_rows_are_sorted_by_every_id_in_turn() -> None:
    parts = [
        (cvr, area, branch, occupation)
        for cvr in CVR
        for area in ("851", "820")
        for branch in ("47.1", "H")
        for occupation in ("5", "522")
    ]
    rows = [f"2025Q03,{c},{a},{b},{o},cash_benefit,traineeship,1,1,0,0,0" for c, a, b, o in parts]
    outcomes = read(lines(*random.Random(3).sample(rows, len(rows))))
    keys = np.stack([getattr(outcomes, name) for name in OUTCOME_IDS], axis=1).tolist()
    assert keys == sorted(keys)
    assert len(keys) == len(rows)


def test_ids_too_wide_for_one_integer_are_sorted_all_the_same() -> None:
    wide = replace(
        CODES,
        employers=EmployerIds.of(CVR, [2**31 - 1, 5, 3, 1]),
        areas={"851": 32_000, "820": 2},
        branches={"47.11": 32_000, "H": 3},
        occupations={"5223": 32_000, "522": 1},
    )
    outcomes = read(lines(f"{KEY},3,4,1,1,0", f"{OTHER},1,2,0,0,1"), codes=wide)
    assert outcomes.municipality.tolist() == [2, 32_000]
    assert outcomes.employer.tolist() == [5, 2**31 - 1]


def test_identical_rows_are_merged_and_contradicting_ones_refused() -> None:
    assert len(read(lines(f"{KEY},3,4,1,1,0", f"{KEY},3,4,1,1,0"))) == 1
    assert problems_of(lines(f"{KEY},3,4,1,1,0", f"{OTHER},1,2,0,0,1", f"{KEY},3,4,1,0,0")) == [(4, "programme")]


def test_empty_counts_are_hidden_whole() -> None:
    def counts(text: str) -> list[int]:
        return counts_of(read(lines(f"{KEY},{text}")))[0]

    assert counts(",,,,") == [-1, -1, -1, -1, -1]
    assert counts("2,4,,,") == [2, 4, -1, -1, -1]
    assert counts("2,4,1,,1") == [2, 4, -1, -1, -1]
    assert counts("2,,1,0,1") == [2, -1, -1, -1, -1]
    assert counts(",4,1,0,1") == [-1, 4, 1, 0, 1]


def test_outcomes_after_known_through_must_be_empty() -> None:
    before = QUARTER.plus(-1)
    assert counts_of(read(lines(f"{KEY},2,4,,,"), known_through=before)) == [[2, 4, -1, -1, -1]]
    for known_through in (before, None):
        assert problems_of(lines(f"{KEY},2,4,0,,"), known_through=known_through) == [(2, "job_same_employer")]
        assert problems_of(lines(f"{KEY},2,4,,,1"), known_through=known_through) == [(2, "job_other_branch")]


BROKEN = (
    ("2025Q04" + KEY[7:] + ",1,1,0,0,0", "quarter"),
    ("2025Q3" + KEY[7:] + ",1,1,0,0,0", "quarter"),
    (KEY[7:] + ",1,1,0,0,0", "quarter"),
    (KEY.replace(CVR[0], "10000008") + ",1,1,0,0,0", "cvr"),
    (KEY.replace(CVR[0], "1000000") + ",1,1,0,0,0", "cvr"),
    (KEY.replace(CVR[0], "10000041") + ",1,1,0,0,0", "cvr"),
    (KEY.replace(CVR[0], "") + ",1,1,0,0,0", "cvr"),
    (KEY.replace(CVR[0], "1e000009") + ",1,1,0,0,0", "cvr"),
    (KEY.replace("851", "999") + ",1,1,0,0,0", "municipality"),
    (KEY.replace("851", "000") + ",1,1,0,0,0", "municipality"),
    (KEY.replace("851", "0851") + ",1,1,0,0,0", "municipality"),
    (KEY.replace("47.11", "47.12") + ",1,1,0,0,0", "branch"),
    (KEY.replace("47.11", "4711") + ",1,1,0,0,0", "branch"),
    (KEY.replace("5223", "5224") + ",1,1,0,0,0", "occupation"),
    (KEY.replace("cash_benefit", "cash_benefits") + ",1,1,0,0,0", "benefit_group"),
    (KEY.replace("cash_benefit", "") + ",1,1,0,0,0", "benefit_group"),
    (KEY.replace("cash_benefit", "cash_benefit" * 9) + ",1,1,0,0,0", "benefit_group"),
    (KEY.replace("traineeship", "Traineeship") + ",1,1,0,0,0", "programme"),
    (KEY.replace("traineeship", "tråineeship") + ",1,1,0,0,0", "programme"),
    (f"{KEY},-1,1,0,0,0", "started"),
    (f"{KEY},1.0,1,0,0,0", "started"),
    (f"{KEY},1,NaN,0,0,0", "completed"),
    (f"{KEY},1,inf,0,0,0", "completed"),
    (f"{KEY},1,null,0,0,0", "completed"),
    (f"{KEY},1,123456789,0,0,0", "completed"),
    (f"{KEY},1,1, 0,0,0", "job_same_employer"),
    (f"{KEY},1,1,0,1e0,0", "job_same_branch"),
    (f"{KEY},1,1,0,0,0x0", "job_other_branch"),
    (f"{KEY},1,1,0,0,٠", "job_other_branch"),
    (f"{KEY},1,1,1,1,0", "job_same_employer"),
    (f"{KEY},1,2,,3,", "job_same_employer"),
    (f"{KEY},1,1,0,0", ""),
    (f"{KEY},1,1,0,0,0,", ""),
    ("", ""),
)  # fmt: skip


@pytest.mark.parametrize(("row", "column"), BROKEN)
def test_each_rule_refuses_its_row_and_names_the_column(row: str, column: str) -> None:
    assert problems_of(lines(f"{OTHER},1,2,0,0,1", row)) == [(3, column)]


def test_reasons_are_sentences_with_the_value() -> None:
    with pytest.raises(RowsRefused) as refused:
        read(lines(f"{KEY},-1,x,0,0,0"))
    assert [p.reason for p in refused.value.problems] == [
        "“-1” is negative; a count cannot be.",
        "“x” is no whole number.",
    ]


def test_problems_are_told_by_the_rows_of_the_longer_file_it_was_cut_from() -> None:
    assert problems_of(lines(f"{OTHER},1,2,0,0,1", f"{KEY},x,1,0,0,0"), rows=np.array([70, 90])) == [(90, "started")]
    assert problems_of(lines(f"{OTHER},1,2,0,0,1", "short"), rows=np.array([70, 90])) == [(90, "")]


def test_a_missing_line_feed_windows_ends_and_quotation_marks_change_nothing() -> None:
    plain = lines(f"{KEY},3,4,1,1,0", f"{OTHER},1,2,0,0,1")
    quoted = "\r\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in plain.decode().splitlines())
    for content in (plain[:-1], plain.replace(b"\n", b"\r\n"), quoted.encode()):
        assert counts_of(read(content)) == counts_of(read(plain))


def test_a_comma_or_line_feed_inside_quotation_marks_is_no_way_around_the_rules() -> None:
    broken = KEY.replace("cash_benefit", '"cash_benefit,"') + ",1,1,0,0,0"
    assert problems_of(lines(broken)) == [(2, "benefit_group")]
    assert problems_of(lines(f'{KEY},"1\n",1,0,0,0')) == [(2, "started")]


def test_quotation_marks_without_end_are_no_way_around_the_rules() -> None:
    assert problems_of(lines(f'{KEY},1,1,0,0,"0')) == [(2, "job_other_branch")]
    assert problems_of(lines(f"{KEY},1,1,0,0,0") + b'"' + b"x" * 200_000) == [(3, "")]


@pytest.mark.parametrize("header", [b"", b"quarter,cvr\n", b"\xef\xbb\xbf" + lines(), lines().upper()])
def test_another_header_is_refused_at_row_one(header: bytes) -> None:
    assert problems_of(header + f"{KEY},1,1,0,0,0\n".encode()) == [(1, "")]


def test_a_quarter_without_rows_is_empty() -> None:
    assert len(read(lines())) == 0


def test_a_hundred_problems_are_enough() -> None:
    assert len(problems_of(lines(*[f"{KEY},x,1,0,0,0"] * 300))) == 100


def test_without_employers_no_row_is_good() -> None:
    assert problems_of(lines(f"{KEY},1,1,0,0,0"), codes=replace(CODES, employers=EmployerIds.of(()))) == [(2, "cvr")]


MASKED = replace(
    CODES,
    occupations={**CODES.occupations, "all": 9},
    benefit_groups={**CODES.benefit_groups, "all": 9},
    programmes={**CODES.programmes, "all": 9},
)


def test_a_masked_release_holds_all_alone_in_the_collapsed_columns() -> None:
    row = f"2025Q03,{CVR[0]},851,47.11,all,all,all,6,9,,,"
    assert len(read(lines(row), codes=MASKED, outcome_window=4, minimum_count=3)) == 1
    fine = row.replace("all,all,all", "5223,all,all")
    assert problems_of(lines(fine), codes=MASKED, outcome_window=4) == [(2, "occupation")]


@pytest.mark.parametrize(
    ("counts", "column"),
    [
        ("6,2,0,0,0", "completed"),
        ("6,9,2,0,0", "job_same_employer"),
        ("6,9,0,2,0", "job_same_branch"),
        ("6,9,0,0,1", "job_other_branch"),
        ("6,9,4,4,0", "job_same_employer"),
    ],
)
def test_a_masked_release_that_shows_a_small_count_is_refused(counts: str, column: str) -> None:
    row = f"2025Q03,{CVR[0]},851,47.11,all,all,all,{counts}"
    assert (2, column) in problems_of(lines(row), codes=MASKED, outcome_window=4, minimum_count=3)


count = st.integers(0, 30) | st.none()


@settings(max_examples=100)
@given(st.data())
def test_what_was_read_writes_and_reads_back_the_same(data: st.DataObject) -> None:
    keys = data.draw(
        st.sets(
            st.tuples(
                st.sampled_from(CVR),
                *(
                    st.sampled_from(sorted(known))
                    for known in (CODES.municipalities, CODES.branches, CODES.occupations)
                ),
                st.sampled_from(sorted(CODES.benefit_groups)),
                st.sampled_from(sorted(CODES.programmes)),
            ),
            max_size=20,
        )
    )
    rows = []
    for key in sorted(keys):
        jobs = data.draw(st.tuples(*[st.integers(0, 9)] * 3) | st.just(("", "", "")))
        completed = sum(j for j in jobs if j != "") + data.draw(st.integers(0, 5))
        rows.append(",".join(str(cell) for cell in ("2025Q03", *key, 1, completed, *jobs)))
    outcomes = read(lines(*rows))
    written = outcomes_bytes(outcomes, quarter=QUARTER, codes=CODES)
    again = read(written)
    assert sorted(written.splitlines()) == sorted(lines(*rows).splitlines())
    for name in (*OUTCOME_IDS, *OUTCOME_COUNTS):
        assert getattr(again, name).tolist() == getattr(outcomes, name).tolist()


def breaks_a_rule(content: str) -> bool:
    """The rules again, as plainly as they can be written: an independent checker."""
    rows = list(csv.reader(io.StringIO(content)))
    if rows[0] != list(COLUMNS):
        return True
    seen: dict[tuple[str, ...], list[str]] = {}
    for row in rows[1:]:
        if len(row) != len(COLUMNS) or row_breaks_a_rule(dict(zip(COLUMNS, row, strict=True))):
            return True
        if seen.setdefault(tuple(row[:7]), row[7:]) != row[7:]:
            return True
    return False


def row_breaks_a_rule(row: dict[str, str]) -> bool:
    codes_known = (
        row["quarter"] == "2025Q03"
        and is_cvr(row["cvr"])
        and row["cvr"] in CVR
        and row["municipality"] in CODES.municipalities
        and row["branch"] in CODES.branches
        and row["occupation"] in CODES.occupations
        and row["benefit_group"] in CODES.benefit_groups
        and row["programme"] in CODES.programmes
    )
    counts = [row[name] for name in OUTCOME_COUNTS]
    if not codes_known or not all(re.fullmatch("[0-9]{0,8}", count) for count in counts):
        return True
    jobs = sum(int(count or 0) for count in counts[2:])
    return counts[1] != "" and jobs > int(counts[1])


CELLS = ("", "0", "1", "9", "-1", "1.5", "NaN", "x", "851", "47.11", "all", "2025Q03", "2025Q3", *CVR[:2], "٣", "1 ")


def mutated(content: str, chance: random.Random) -> str:
    rows = [line.split(",") for line in content.splitlines()]
    place = chance.randrange(len(rows))
    kind = chance.randrange(6)
    if kind == 0:
        rows[place][chance.randrange(len(rows[place]))] = chance.choice(CELLS)
    elif kind == 1:
        rows.insert(place, list(rows[chance.randrange(1, len(rows))]))
    elif kind == 2:
        del rows[place][chance.randrange(len(rows[place]))]
    elif kind == 3:
        one, other = chance.sample(range(len(rows[place])), 2)
        rows[place][one], rows[place][other] = rows[place][other], rows[place][one]
    elif kind == 4:
        text = list(",".join(rows[place]))
        text[chance.randrange(len(text))] = chance.choice("0123456789.-,xQ ø")
        rows[place] = "".join(text).split(",")
    else:
        del rows[place]
    return "".join(",".join(row) + "\n" for row in rows)


def test_thousands_of_mutations_are_judged_as_by_the_independent_checker() -> None:
    good = lines(
        f"{KEY},3,4,1,1,0",
        f"{OTHER},1,2,0,0,1",
        f"2025Q03,{CVR[2]},860,G,5,cash_benefit,wage_subsidy,0,3,,,",
        f"2025Q03,{CVR[3]},851,47.1,522,unemployment_benefit,traineeship,0,12,3,3,6",
    ).decode()
    chance = random.Random(20261122)
    judged = {True: 0, False: 0}
    for _ in range(3000):
        content = good
        for _step in range(chance.choice((1, 1, 2))):
            content = mutated(content, chance)
        broken = breaks_a_rule(content) if content else True
        judged[broken] += 1
        if broken:
            with pytest.raises(RowsRefused) as refused:
                read(content.encode())
            assert all(problem.row >= 1 and problem.reason for problem in refused.value.problems)
        else:
            read(content.encode())
    assert min(judged.values()) > 300
